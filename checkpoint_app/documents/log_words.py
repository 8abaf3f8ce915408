"""Words of what a shift writes down: incidents, conditions of articles, steps of a matter, owners."""

from __future__ import annotations

from collections.abc import Mapping

from checkpoint_app.documents import wording
from checkpoint_app.documents.line_parts import SOURCES
from checkpoint_app.domain.logbook import Matter
from checkpoint_app.i18n import N_, _

INCIDENTS = {
    "illness": N_("Somebody ill"),
    "dispute": N_("Dispute"),
    "forced": N_("Forced through"),
    "contraband": N_("Forbidden goods"),
    "accident": N_("Accident"),
    "crowd": N_("Crowd or jam"),
    "equipment": N_("Equipment failed"),
    "weather": N_("Weather"),
    "other": N_("Other incident"),
}
CONDITIONS = {
    "good": N_("In order"),
    "worn": N_("Worn"),
    "broken": N_("Broken"),
    "expired": N_("Expired"),
}
STEPS = {
    "called": N_("Lead called"),
    "sent": N_("Somebody sent"),
    "worked": N_("Worked on"),
    "closed": N_("closed"),
    "reopened": N_("Opened again"),
}


def matter_title(matter: Matter) -> str:
    """What it is about: its own title, else where it comes from with lane and plate."""
    if matter.title:
        return wording.joined(matter.title, matter.plate if matter.plate not in matter.title else "")
    source = _("Lead called") if matter.source == "lane" else wording.word(SOURCES, matter.source)
    lane = _("Lane {n}").format(n=matter.lane) if matter.lane else ""
    return wording.joined(source, lane, matter.plate)


def owner(matter: Matter, names: Mapping[str, str]) -> str:
    """Whose it is: an officer's name, or the words that were written."""
    return names.get(matter.owner, matter.owner)
