"""Everything that stands on a shift's handover sheet. Made by `services.reporting`, drawn by `documents`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from checkpoint_app.domain.desk_lines import DeskLine
from checkpoint_app.domain.figures import LaneLine, ShiftFigures
from checkpoint_app.domain.handover import Handover
from checkpoint_app.domain.logbook import Incident, Item, Matter, Noted, Order, Visit


@dataclass(frozen=True, slots=True)
class Attended:
    """One officer's time in a shift; `state` present, late, absent, replaced. `minutes` on duty, `posts` as
    taken (lane-1, hut), `name` in full: who signs and serves is printed.
    """

    officer: str
    name: str
    state: str
    posts: tuple[str, ...] = ()
    came: int = 0
    went: int = 0
    minutes: int = 0
    role: str = "officer"


@dataclass(frozen=True, slots=True)
class Contact:
    """A duty phone number (值班电话); `name` may be a place (县人民医院)."""

    id: str
    name: str
    phone: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """One of the things to know first: `code` with `facts` for its words, gravest first."""

    code: str
    facts: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Sealing:
    """The last seal that covers the sheet: `seq` and `hash` (64 hex) of the head it signed.

    `texts` are what the codes carry, the first on the first sheet, further ones on the last; see
    `domain.paper_proof`.
    """

    seq: int
    hash: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShiftReport:
    """`number` is the sheet's own (2026-G107-1121-3), `copy` 0 for the first print. Names of `officers` are
    by number. `next_group`, `next_lead` are blank while nobody takes over.
    """

    station: str
    desk: str
    number: str
    figures: ShiftFigures
    notices: tuple[Notice, ...] = ()
    handover: Handover | None = None
    officers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    attended: tuple[Attended, ...] = ()
    contacts: tuple[Contact, ...] = ()
    matters: tuple[Matter, ...] = ()  # open at the end, and those closed in this shift
    orders: tuple[Order, ...] = ()
    incidents: tuple[Incident, ...] = ()
    visits: tuple[Visit, ...] = ()
    notes: tuple[Noted, ...] = ()
    items: tuple[Item, ...] = ()
    weather: str = ""
    next_group: str = ""
    next_lead: str = ""
    sealing: Sealing | None = None
    desks: tuple[DeskLine, ...] = ()  # the station's other desks
    printed_by: str = ""
    printed_at: int = 0
    copy: int = 0

    @property
    def lanes(self) -> tuple[LaneLine, ...]:
        """Every lane of the station, this desk's first."""
        others = (replace(lane, desk=each.desk) for each in self.desks for lane in each.lanes)
        return (*self.figures.lanes, *others)

    @property
    def all_vehicles(self) -> int:
        """Of all desks of the station, counted ones included."""
        return self.figures.all_vehicles + sum(each.all_vehicles for each in self.desks)

    @property
    def all_people(self) -> int:
        return self.figures.all_people + sum(each.all_people for each in self.desks)

    @property
    def counted_vehicles(self) -> int:
        return self.figures.counted_vehicles + sum(each.counted_vehicles for each in self.desks)

    def outcome(self, code: str) -> int:
        """Vehicles of all desks with that outcome."""
        own = self.figures.outcomes.get(code, 0)
        return own + sum(each.outcomes.get(code, 0) for each in self.desks)
