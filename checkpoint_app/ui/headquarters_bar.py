"""What the top bar and the rail say at headquarters."""

from __future__ import annotations

from collections.abc import Iterator

from checkpoint_app.domain.masking import mask_name
from checkpoint_app.i18n import _
from checkpoint_app.services.desk import Desk
from checkpoint_app.ui import said, shift_text
from checkpoint_app.ui.duty_bar import PERSON
from checkpoint_app.ui.duty_pages import EXCHANGE, HELP, PAGES, PEOPLE, RECORDS, REPORTS, SETTINGS, SHIFT
from checkpoint_app.ui.main_window import ALT
from checkpoint_app.ui.officer_text import name_of
from checkpoint_app.ui.rail import RailItem
from checkpoint_app.ui.shift_text import Proof
from checkpoint_app.ui.top_bar import BarText, Tag

__all__ = ["ALT_KEYS", "PAGES_THERE", "PERSON", "PLACE_OF", "SIGN_ON", "bar_text", "person", "rail_items"]

SIGN_ON = "sign-on"
FIRST = (EXCHANGE, SHIFT, RECORDS, PEOPLE, SETTINGS, HELP)
"""The rail from the top."""
ICONS = {PEOPLE: "users"}
PLACE_OF = {REPORTS: SHIFT}
"""Pages without a place of their own in the rail, and whose they have."""
PAGES_THERE = frozenset({*FIRST, *PLACE_OF})
ALT_KEYS = ALT
"""Keys with this added choose a lane."""


def rail_items() -> tuple[RailItem, ...]:
    known = {each.name: each for each in PAGES}
    return tuple(RailItem(name, ICONS.get(name, known[name].icon), _(known[name].word)) for name in FIRST)


def person(desk: Desk) -> RailItem | None:
    """Who acts, at the rail's foot."""
    if not desk.officers.protected:
        return None
    number = desk.by.officer
    word = mask_name(name_of(desk, number, None)) if number else _("Nobody")
    return RailItem(PERSON, "user", word)


def bar_text(desk: Desk, proof: Proof, *, saved: int | None, locked: bool) -> BarText:
    """`saved`: when the last entry was, ms UTC."""
    sure = desk.ledger.clock.value == "sure"
    proved = shift_text.proof_light(proof)
    return BarText(
        "",
        desk.settings.station,
        tags=tuple(_tags(desk, locked=locked)),
        lights=(*((proved,) if proved else ()), shift_text.clock_light(desk.ledger.now(), sure=sure)),
        saved_label=_("Saved") if saved else "",
        saved=said.time_of_day(saved) if saved else "",
        title=_("Headquarters"),
    )


def _tags(desk: Desk, *, locked: bool) -> Iterator[Tag]:
    """What somebody should see to."""
    if locked:
        yield Tag("lock", _("Locked: names covered"))
    if not desk.officers.protected:
        yield Tag("user-question", _("No PINs yet"))
    if not desk.settings.sheet_proved:
        yield Tag("key", _("Recovery sheet not proved"))
    if not desk.settings.retention_days:
        yield Tag("history", _("Retention not answered"))
