"""What the app itself could not do for a while, as an entry: over as soon as it is written."""

from __future__ import annotations

from checkpoint_app.domain.canonical import Value
from checkpoint_app.domain.entry import Fact
from checkpoint_app.domain.facts import By

OUTAGE = "outage"
CAMERA, SCANNER, SAVING, PRINTING, SOUND = KINDS = ("camera", "scanner", "saving", "printing", "sound")


def outage(what: str, *, lane: int, since: int, until: int, by: By, at: int, action: str) -> Fact:
    """`what` of KINDS did not work from `since` to `until` (ms UTC) at that lane, 0 for the whole desk."""
    public: dict[str, Value] = {"what": what, "lane": lane, "since": since, "until": until, "over": True}
    return Fact(OUTAGE, action, at, public, None, by.shift, by.officer)
