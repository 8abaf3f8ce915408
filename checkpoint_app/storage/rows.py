"""What queries answer: frozen rows of plain values. Times are ms UTC, `zone` minutes east; not masked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from checkpoint_app.domain.canonical import Value
from checkpoint_app.domain.crossing import Check, Person
from checkpoint_app.domain.entry import Entry
from checkpoint_app.domain.words import Evidence


@dataclass(frozen=True, slots=True)
class CrossingRow:
    """A crossing as it now reads, or a flagged check whose crossing never ended (`outcome` is blank then).

    `id` is local to this file. `amended`: some value differs from the one first written; `undone`: it no
    longer counts; `forgotten`: the personal part was erased. `people` counts heads, `persons` are those
    entered by name or document. `started` is when the vehicle came, `happened` when the outcome fell.
    """

    id: int
    desk: str
    epoch: str
    seq: int
    hash: str
    action: str
    kind: str
    shift: str
    officer: str
    happened: int
    zone: int
    lane: int
    direction: str
    vehicle: str
    verdict: str
    people: int = 0
    outcome: str = ""
    evidence: str = ""
    started: int = 0
    why: str = ""
    replaces: str = ""
    plate: str = ""
    plate_colour: str = ""
    origin: str = ""
    destination: str = ""
    purpose: str = ""
    persons: tuple[Person, ...] = ()
    amended: bool = False
    undone: bool = False
    forgotten: bool = False

    @property
    def took(self) -> int:
        """Milliseconds from the vehicle's coming to the outcome."""
        return max(0, self.happened - self.started) if self.started else 0


@dataclass(frozen=True, slots=True)
class EventRow:
    """One entry of a crossing's history: a flag, a voided check, a correction, what took its place."""

    id: int
    seq: int
    kind: str
    happened: int
    officer: str
    public: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One crossing with everything that was ever said about it, oldest first."""

    now: CrossingRow
    written: CrossingRow
    checks: tuple[Check, ...]
    events: tuple[EventRow, ...]


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Somebody who was entered, and in which crossing."""

    person: Person
    crossing: int
    desk: str
    shift: str
    happened: int
    zone: int
    lane: int
    direction: str
    outcome: str
    plate: str


@dataclass(frozen=True, slots=True)
class SearchPage:
    """Newest first. `further` is the day (since 1970) below which to search on, None when nothing is older.

    `full`: more than these were found, a longer fragment will show them.
    """

    rows: tuple[CrossingRow, ...]
    further: int | None = None
    full: bool = False


@dataclass(frozen=True, slots=True)
class ShiftRow:
    """A shift; `officers` maps numbers to names and is empty once forgotten, `closed` None while open."""

    shift: str
    desk: str
    group: str
    lead: str
    opened: int
    zone: int
    closed: int | None = None
    officers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class ShiftTotals:
    """What counts in one shift. `vehicles` and `people` were recorded, the `counted_` ones only tallied.

    `outcomes` are vehicles by outcome. Means are ms a vehicle over the shift and over its last ten, None
    before the first.
    """

    shift: str
    vehicles: int = 0
    people: int = 0
    counted_vehicles: int = 0
    counted_people: int = 0
    outcomes: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    evidence: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    undone: int = 0
    flagged: int = 0
    mean: int | None = None
    mean_recent: int | None = None

    @property
    def turned_back(self) -> int:
        return self.outcomes.get("turned_back", 0)

    @property
    def held(self) -> int:
        return self.outcomes.get("held", 0)

    @property
    def seen_only_share(self) -> float:
        """Share of all vehicles known by eye or word alone, tallied ones included; 0 without any."""
        by_eye = sum(self.evidence.get(kind, 0) for kind in (Evidence.DECLARED, Evidence.SEEN))
        whole = self.vehicles + self.counted_vehicles
        return (by_eye + self.counted_vehicles) / whole if whole else 0.0


@dataclass(frozen=True, slots=True)
class HourRow:
    """Vehicles and people of one slot; `day` since 1970 and `hour` on the checkpoint's own calendar."""

    day: int
    hour: int
    desk: str
    lane: int
    direction: str
    vehicle: str
    outcome: str
    evidence: str
    vehicles: int
    people: int


@dataclass(frozen=True, slots=True)
class DayRow:
    """One day's counts (`day` since 1970): recorded, and only tallied."""

    day: int
    vehicles: int
    people: int
    counted_vehicles: int
    counted_people: int
    turned_back: int
    held: int


@dataclass(frozen=True, slots=True)
class EntryRow:
    """A stored entry with its local id."""

    id: int
    entry: Entry
