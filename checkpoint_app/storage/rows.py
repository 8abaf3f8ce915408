"""What queries answer: frozen rows of plain values. Times are ms UTC, `zone` minutes east; not masked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from checkpoint_app.domain.canonical import Value
from checkpoint_app.domain.crossing import Check, Person
from checkpoint_app.domain.entry import Entry
from checkpoint_app.domain.words import CheckKind, Evidence


@dataclass(frozen=True, slots=True)
class CrossingRow:
    """A crossing as it now reads, or a flagged check whose crossing never ended (`outcome` is blank then).

    `id` is local to this file. `amended`: some value differs from the one first written; `undone`: it no
    longer counts; `forgotten`: the personal part was erased. `people` counts heads, `persons` are those
    entered by name or document. `started` is when the vehicle came, `plate_at` when its plate was known (0:
    never), `happened` when the outcome fell. `raw_checks` are checks as written; `checks` reads them.
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
    marks: tuple[str, ...] = ()
    plate_at: int = 0
    bus: bool = False
    service: str = ""
    convoy: Convoy | None = None
    raw_checks: Sequence[Mapping[str, Any]] = ()
    amended: bool = False
    undone: bool = False
    forgotten: bool = False

    @property
    def took(self) -> int:
        """Milliseconds from the vehicle's coming to the outcome."""
        return max(0, self.happened - self.started) if self.started else 0

    @property
    def checks(self) -> tuple[Check, ...]:
        return tuple(map(_check, self.raw_checks))


@dataclass(frozen=True, slots=True)
class Convoy:
    """The `place`th (from 1) of `of` vehicles that crossed together; `id` is the first one's action."""

    id: str
    place: int
    of: int


@dataclass(frozen=True, slots=True)
class EventRow:
    """One entry of a crossing's history: a flag, a voided check, a correction, what took its place.

    `own` is its personal part, empty when there is none or when it was erased (`forgotten`).
    """

    id: int
    seq: int
    kind: str
    happened: int
    officer: str
    public: Mapping[str, Value]
    own: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))
    epoch: str = ""
    forgotten: bool = False


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One crossing with everything that was ever said about it, oldest first.

    `public` is the crossing's public part as written. `officers` are names by number as far as not forgotten.
    `sealed` is the last number of the crossing's chain that a seal covers; `intact`: every entry here is what
    its header promises, and the one behind it names its hash.
    """

    now: CrossingRow
    written: CrossingRow
    checks: tuple[Check, ...]
    events: tuple[EventRow, ...]
    public: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    officers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    sealed: int = 0
    intact: bool = True


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
class Below:
    """Where a search by fragment stopped: `entry` is the last local id seen on that `day` (since 1970)."""

    day: int
    entry: int


@dataclass(frozen=True, slots=True)
class SearchPage:
    """Newest first. `further` is the day (since 1970) below which to search on, None when nothing is older.

    `full`: more than these were found, a longer fragment will show them. `below`: where it stopped within a
    day, because it was full or had `looked` at enough entries.
    """

    rows: tuple[CrossingRow, ...]
    further: int | None = None
    full: bool = False
    below: Below | None = None
    looked: int = 0


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


def _check(fields: Mapping[str, Any]) -> Check:
    return Check(
        kind=CheckKind(fields["kind"]),
        result=fields["result"],
        evidence=Evidence(fields["evidence"]),
        at=fields["at"],
        person=fields.get("person", 0),
        tenths=fields.get("tenths"),
        taken=fields.get("taken"),
        source=fields.get("source", ""),
        voided=fields.get("voided", False),
    )
