"""What several entries tell one after the other: an officer, an order, a matter, a handover.

An affair has a family, and within one desk a name: public "about" of its entries; without it the entry's own
action, so that whatever begins an affair names it. The last entry decides whether it is over (public "over"),
but for entries that only tell more: an order may be read at another lane in the moment it ends.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from checkpoint_app.domain.canonical import Value


class Family(StrEnum):
    OFFICER = "officer"
    GROUP = "group"
    ROSTER = "roster"
    ATTENDANCE = "attendance"
    CONTACT = "contact"
    NOTE = "note"
    ORDER = "order"
    INCIDENT = "incident"
    VISIT = "visit"
    MATTER = "matter"
    ITEM = "item"
    HANDOVER = "handover"
    OUTAGE = "outage"
    SHEET = "sheet"  # what was taken out of the ledger; the sheet of a shift is named by it
    DATA = "data"  # data sets by their name: published, adopted
    DATA_PART = "data_part"  # their content, by the action that published it


_KINDS: Mapping[Family, tuple[str, ...]] = {
    Family.OFFICER: ("officer_enrolled", "officer_changed", "officer_left", "officer_keyed"),
    Family.GROUP: ("group_set", "group_dropped"),
    Family.ROSTER: ("roster_set", "roster_swapped"),
    Family.ATTENDANCE: ("on_duty", "off_duty"),
    Family.CONTACT: ("contact_set", "contact_dropped"),
    Family.NOTE: ("noted",),
    Family.ORDER: ("order_received", "order_read", "order_ended"),
    Family.INCIDENT: (
        "incident_noticed",
        "incident_reported",
        "incident_answered",
        "incident_linked",
        "person_transferred",
        "incident_closed",
    ),
    Family.VISIT: ("visited",),
    Family.MATTER: ("matter_raised", "matter_worked", "matter_closed", "matter_reopened"),
    Family.ITEM: ("item_declared", "item_counted", "item_moved", "item_dropped"),
    Family.HANDOVER: (
        "handover_begun",
        "handover_answered",
        "handover_signed",
        "handover_refused",
        "handover_absent",
    ),
    Family.OUTAGE: ("outage",),
    Family.SHEET: ("exported",),
    Family.DATA: ("data_published", "data_adopted"),
    Family.DATA_PART: ("data_part", "data_ended"),
}
FAMILY_OF: Mapping[str, Family] = MappingProxyType(
    {kind: family for family, kinds in _KINDS.items() for kind in kinds}
)
"""Family of every kind of entry that tells of an affair."""

CONTINUING = frozenset(
    {
        "order_read",
        "incident_reported",
        "incident_answered",
        "incident_linked",
        "person_transferred",
        "matter_worked",
        "item_counted",
        "item_moved",
    }
)
"""Kinds that tell more of an affair and leave it over or not over, as it was."""


@dataclass(frozen=True, slots=True)
class Told:
    """One entry of an affair. `name` is the affair's, `id` local to this file, times ms UTC.

    `personal` is empty when there is none or when it was erased (`forgotten`).
    """

    id: int
    desk: str
    seq: int
    family: Family
    name: str
    kind: str
    action: str
    shift: str
    officer: str
    happened: int
    zone: int
    public: Mapping[str, Value]
    personal: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))
    forgotten: bool = False

    def text(self, name: str) -> str:
        """Words of that name, personal or public; "" when there are none."""
        value = self.personal.get(name, self.public.get(name, ""))
        return value if isinstance(value, str) else ""

    def number(self, name: str) -> int:
        """A public number; 0 when there is none."""
        value = self.public.get(name, 0)
        return value if isinstance(value, int) and not isinstance(value, bool) else 0
