"""What the other desks of a station did within a shift of this one, for one handover over all of them.

Their crossings come by bundle, some of them late. A handover counts of another desk what happened before it
began, is here, and no handover before has counted: what was missing then is counted by the next one. So every
crossing counts once whatever the order in which bundles arrive, and a figure once signed never changes. How
far a handover counted is its `Reach`, which is signed with the figures.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from checkpoint_app.domain.canonical import Value
from checkpoint_app.domain.figures import NONE, LaneLine
from checkpoint_app.domain.intervals import Span

QUIET = 15 * 60_000
"""ms: a desk seals every ten minutes, and bundles go every five."""

Spans = Mapping[str, tuple[Span, ...]]
"""Numbers that are here, by epoch."""


@dataclass(frozen=True, slots=True)
class Reach:
    """What was counted of a desk: entries with these numbers that happened from `since` to before `until`."""

    since: int
    until: int
    spans: Spans = field(default_factory=lambda: MappingProxyType({}))

    def holds(self, epoch: str, seq: int) -> bool:
        return any(first <= seq <= last for first, last in self.spans.get(epoch, ()))

    def counts(self, epoch: str, seq: int, happened: int) -> bool:
        return self.since <= happened < self.until and self.holds(epoch, seq)

    def last(self, epoch: str) -> int:
        """The furthest number that was here; 0 before the first."""
        return max((last for _first, last in self.spans.get(epoch, ())), default=0)


@dataclass(frozen=True, slots=True)
class Missing:
    """Entries of a desk that are not here; `since` is when the last one before them was written (ms UTC, 0
    when that is not here either). `tail`: nothing behind them is here.
    """

    epoch: str
    first: int
    last: int
    since: int
    tail: bool = False


@dataclass(frozen=True, slots=True)
class DeskLine:
    """One other desk. `late` of its vehicles and counted ones crossed before this shift began, and were not
    here then. `heard` is when the newest entry that is here was written, at most the end that was asked for.
    """

    desk: str
    vehicles: int = 0
    people: int = 0
    counted_vehicles: int = 0
    counted_people: int = 0
    undone: int = 0
    late: int = 0
    outcomes: Mapping[str, int] = field(default_factory=lambda: NONE)
    lanes: tuple[LaneLine, ...] = ()
    heard: int = 0
    missing: tuple[Missing, ...] = ()
    reach: Reach = field(default_factory=lambda: Reach(0, 0))

    @property
    def all_vehicles(self) -> int:
        return self.vehicles + self.counted_vehicles

    @property
    def all_people(self) -> int:
        return self.people + self.counted_people

    @property
    def quiet(self) -> bool:
        """Nothing was heard of it for longer than a desk that is at work and connected is silent."""
        return self.heard < self.reach.until - QUIET

    @property
    def whole(self) -> bool:
        return not self.missing and not self.quiet


def shown(line: DeskLine) -> dict[str, Value]:
    """The facts of its line in a handover."""
    return {
        "desk": line.desk,
        "vehicles": line.vehicles,
        "people": line.people,
        "counted_vehicles": line.counted_vehicles,
        "counted_people": line.counted_people,
        "undone": line.undone,
        "late": line.late,
        "outcomes": dict(line.outcomes),
        "lanes": [_lane(each) for each in line.lanes],
        "heard": line.heard,
        "quiet": line.quiet,
        "missing": [[each.epoch, each.first, each.last, each.since, int(each.tail)] for each in line.missing],
    }


def told(line: DeskLine) -> dict[str, Value]:
    """Everything, as a shift's totals keep it."""
    spans: list[Value] = [
        [epoch, first, last] for epoch, own in line.reach.spans.items() for first, last in own
    ]
    reach: dict[str, Value] = {"since": line.reach.since, "until": line.reach.until, "spans": spans}
    return {**shown(line), "reach": reach}


def read(facts: Value) -> DeskLine | None:
    """The line behind what `told` made; None for anything else."""
    if not isinstance(facts, Mapping) or not isinstance(facts.get("desk"), str):
        return None
    counts = {name: _number(facts.get(name)) for name in _COUNTS}
    return DeskLine(
        str(facts["desk"]),
        **counts,
        outcomes=_counts(facts.get("outcomes")),
        lanes=tuple(_lane_of(each) for each in _rows(facts.get("lanes"), 9)),
        heard=_number(facts.get("heard")),
        missing=tuple(_missing(each) for each in _rows(facts.get("missing"), 5)),
        reach=read_reach(facts.get("reach")) or Reach(0, 0),
    )


def read_reach(value: Value) -> Reach | None:
    """The reach behind what `told` made of it; None for anything else."""
    if not isinstance(value, Mapping):
        return None
    spans: dict[str, tuple[Span, ...]] = {}
    for epoch, first, last in _rows(value.get("spans"), 3):
        spans[str(epoch)] = (*spans.get(str(epoch), ()), (_number(first), _number(last)))
    return Reach(_number(value.get("since")), _number(value.get("until")), spans)


_COUNTS = ("vehicles", "people", "counted_vehicles", "counted_people", "undone", "late")


def _lane(line: LaneLine) -> list[Value]:
    return [
        line.lane,
        line.direction,
        line.vehicles,
        line.people,
        line.counted_vehicles,
        line.counted_people,
        dict(line.outcomes),
        line.mean_ms,
        line.seen_only,
    ]


def _lane_of(row: Sequence[Value]) -> LaneLine:
    lane, direction, vehicles, people, counted, counted_people, outcomes, mean, eye = row
    return LaneLine(
        _number(lane),
        str(direction),
        _number(vehicles),
        _number(people),
        _number(counted),
        _number(counted_people),
        _counts(outcomes),
        None if mean is None else _number(mean),
        _number(eye),
    )


def _missing(row: Sequence[Value]) -> Missing:
    epoch, first, last, since, tail = row
    return Missing(str(epoch), _number(first), _number(last), _number(since), bool(tail))


def _rows(value: Value, width: int) -> list[Sequence[Value]]:
    rows = value if isinstance(value, list | tuple) else ()
    return [each for each in rows if isinstance(each, list | tuple) and len(each) == width]


def _counts(value: Value) -> Mapping[str, int]:
    return {name: _number(count) for name, count in value.items()} if isinstance(value, Mapping) else NONE


def _number(value: Value) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else 0
