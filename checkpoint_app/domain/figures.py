"""A shift in figures, as it stood when it was closed: fold over the entries that carry its name.

Corrections count in the shift that wrote them: those of a shift's own crossings, written while it lasted, are
in its figures; a later one changes no figure of it and stands in the `corrections` of the shift that wrote it
(`late`). So a figure once printed never changes, and every crossing counts once: one that is recorded again
(`replaces`) in a later shift, because it was undone there, still counts in the first, and in the later one it
is `elsewhere`. Undone in its own shift it counts there no more, and what replaces it counts where that is
written.

`counted_` vehicles and people were tallied, not checked, and are not among the others. Times are ms UTC.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

NONE: Mapping[str, int] = MappingProxyType({})
NO_LANES: Mapping[int, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class LaneLine:
    """One lane. `mean_ms` from coming to outcome, None without crossings; `seen_only` vehicles known by eye
    or word alone, counted ones included. `desk` is another desk's name, "" for the own.
    """

    lane: int
    direction: str
    vehicles: int = 0
    people: int = 0
    counted_vehicles: int = 0
    counted_people: int = 0
    outcomes: Mapping[str, int] = field(default_factory=lambda: NONE)
    mean_ms: int | None = None
    seen_only: int = 0
    desk: str = ""


@dataclass(frozen=True, slots=True)
class HourLine:
    """One hour of the station's calendar, from `start`; `by_lane` and `vehicles` include counted ones."""

    start: int
    vehicles: int = 0
    people: int = 0
    turned_back: int = 0
    held: int = 0
    by_lane: Mapping[int, int] = field(default_factory=lambda: NO_LANES)


@dataclass(frozen=True, slots=True)
class ClassLine:
    """One class of vehicle; counted ones are included."""

    vehicle: str
    vehicles: int
    people: int


@dataclass(frozen=True, slots=True)
class Exceptional:
    """A crossing that was not simply released, or was released beyond its verdict (`why`).

    `reasons` are codes of the verdict; `plate` as it reads, "" when forgotten; `apart` how many people did
    not go on with it. `name` is the first person's, for masking by whoever shows it. `elsewhere`: its vehicle
    counts in an earlier shift, whose crossing this one replaces. `why` is a code or somebody's own words,
    `lead` who let it go by PIN although it was stopped.
    """

    seq: int
    action: str
    at: int
    lane: int
    direction: str
    plate: str
    outcome: str
    verdict: str
    reasons: tuple[str, ...] = ()
    why: str = ""
    officer: str = ""
    people: int = 1
    apart: int = 0
    name: str = ""
    elsewhere: bool = False
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Alarm:
    """A check that gave stop or refer, and how the crossing ended ("" while it has not): hits and answers."""

    seq: int
    at: int
    lane: int
    state: str
    reasons: tuple[str, ...]
    plate: str = ""
    outcome: str = ""
    answered: int = 0
    voided: bool = False


@dataclass(frozen=True, slots=True)
class Correction:
    """An undoing or an amendment. `late`: the crossing belongs to an earlier shift, `of_shift`.

    `changes` are (field, before, after) of public fields; `personal` names of personal ones that changed.
    `of_seq` is a number of this desk's chain at that time; `replaced_by` of the crossing recorded instead.
    """

    seq: int
    at: int
    of_seq: int
    of_shift: str
    late: bool
    undone: bool
    changes: tuple[tuple[str, str, str], ...] = ()
    personal: tuple[str, ...] = ()
    why: str = ""
    officer: str = ""
    replaced_by: int = 0


@dataclass(frozen=True, slots=True)
class ClockEvent:
    """kind jumped or confirmed; `off` ms by which the wall clock was ahead, 0 when not told."""

    seq: int
    at: int
    kind: str
    off: int = 0


@dataclass(frozen=True, slots=True)
class Outage:
    """What the app itself could not do: `what` camera, scanner, saving, printing, sound; `until` 0 while it
    lasts; `vehicles` that crossed the lane meanwhile.
    """

    what: str
    lane: int
    since: int
    until: int = 0
    vehicles: int = 0
    seq: int = 0


@dataclass(frozen=True, slots=True)
class DataAge:
    """A data set as the last crossing used it: `age` ms, None unknown; `light` is the worst of them all."""

    name: str
    version: str
    age: int | None
    light: str
    vehicles: int = 0  # crossings judged while it was stale, expired or missing


@dataclass(frozen=True, slots=True)
class Sealed:
    """A seal within the shift: number and hash (hex) of the seal's own entry."""

    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class ShiftFigures:
    """`first` and `last` are numbers of the shift's first and last entry in its chain, `epoch` that chain's.

    `people_by_evidence` counts people by their crossing's weakest evidence, counted ones as seen.
    `people_apart` are those who did not go on with a vehicle that did, by their own outcome.
    """

    shift: str
    desk: str
    epoch: str
    group: str
    lead: str
    opened: int
    closed: int | None
    zone: int
    first: int
    last: int
    vehicles: int = 0
    people: int = 0
    counted_vehicles: int = 0
    counted_people: int = 0
    undone: int = 0
    mean_ms: int | None = None
    outcomes: Mapping[str, int] = field(default_factory=lambda: NONE)
    directions: Mapping[str, int] = field(default_factory=lambda: NONE)
    evidence: Mapping[str, int] = field(default_factory=lambda: NONE)
    people_by_evidence: Mapping[str, int] = field(default_factory=lambda: NONE)
    people_apart: Mapping[str, int] = field(default_factory=lambda: NONE)
    counted_directions: Mapping[str, int] = field(default_factory=lambda: NONE)
    elsewhere: int = 0
    lanes: tuple[LaneLine, ...] = ()
    hours: tuple[HourLine, ...] = ()
    classes: tuple[ClassLine, ...] = ()
    exceptions: tuple[Exceptional, ...] = ()
    alarms: tuple[Alarm, ...] = ()
    corrections: tuple[Correction, ...] = ()
    clock: tuple[ClockEvent, ...] = ()
    outages: tuple[Outage, ...] = ()
    data: tuple[DataAge, ...] = ()
    seals: tuple[Sealed, ...] = ()

    @property
    def all_vehicles(self) -> int:
        return self.vehicles + self.counted_vehicles

    @property
    def all_people(self) -> int:
        return self.people + self.counted_people
