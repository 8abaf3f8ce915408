"""What the lead's board shows of a running shift, light enough to be read every few seconds."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from checkpoint_app.domain.desk_lines import QUIET, Missing
from checkpoint_app.domain.figures import HourLine
from checkpoint_app.domain.forecast import HALF_HOUR, Forecast, NotYet
from checkpoint_app.domain.logbook import Incident, Matter, Order
from checkpoint_app.domain.verdict import DataSet
from checkpoint_app.domain.words import Evidence, Outcome
from checkpoint_app.services import traffic
from checkpoint_app.services.traffic import LaneFigures
from checkpoint_app.storage import hour_slots, logbook, queries
from checkpoint_app.storage.desk_lines import heard_and_missing
from checkpoint_app.storage.engine import Connection
from checkpoint_app.storage.hour_slots import HOUR, Apart, Slot
from checkpoint_app.storage.rows import ShiftRow

DAY = 24 * HOUR
SAME_SHIFT = 2 * HOUR  # ms: a shift begun about then the day before is the same shift of the day before
ELAPSED = 10 * 60_000  # ms of an hour that must be over before its own pace tells the rest of it
BY_EYE = (Evidence.SEEN.value, Evidence.DECLARED.value)
EARLIER = 40


@dataclass(frozen=True, slots=True)
class SeenAt:
    """People known by eye or word alone, at one lane and in one class of vehicle."""

    lane: int
    vehicle: str
    people: int


@dataclass(frozen=True, slots=True)
class OtherDesk:
    """Another desk of the station since the shift began, as far as its bundles are here. `heard` is when its
    newest entry that is here was written (ms UTC, 0 never), `quiet` that this is too long ago.
    """

    desk: str
    lanes: tuple[LaneFigures, ...]
    held: Mapping[int, int]
    heard: int
    quiet: bool
    missing: tuple[Missing, ...]

    @property
    def whole(self) -> bool:
        return not self.missing and not self.quiet


@dataclass(frozen=True, slots=True)
class Board:
    """`held` vehicles by lane and the people held while theirs went on. `hours` from the first to the running
    one; `foretold` how many vehicles that one will have had, None when nothing tells.

    `evidence` counts people by their crossing's weakest evidence, as does `yesterday`, the same shift of the
    day before, None without one. `ends` is the planned end (ms UTC), 0 when no roster tells.
    """

    shift: ShiftRow
    read_at: int
    lanes: tuple[LaneFigures, ...] = ()
    held: Mapping[int, int] = field(default_factory=dict)
    hours: tuple[HourLine, ...] = ()
    foretold: int | None = None
    forecast: Forecast | NotYet | None = None
    evidence: Mapping[str, int] = field(default_factory=dict)
    yesterday: Mapping[str, int] | None = None
    seen: tuple[SeenAt, ...] = ()
    matters: tuple[Matter, ...] = ()
    incidents: tuple[Incident, ...] = ()
    orders: tuple[Order, ...] = ()
    sets: tuple[DataSet, ...] = ()
    ends: int = 0
    others: tuple[OtherDesk, ...] = ()

    @property
    def people(self) -> int:
        return sum(self.evidence.values())


@dataclass(slots=True)
class BoardReading:
    """Reads boards of one desk, one at a time, and remembers what cannot change any more: what an earlier
    shift had, and which crossings of this one left somebody behind.
    """

    desk: str
    _shift: str = ""
    _behind: int = 0
    _apart: dict[int, Apart] = field(default_factory=dict)
    _yesterday: Mapping[str, int] | None = None

    def read(
        self,
        reader: Connection,
        shift: ShiftRow,
        *,
        now: int,
        zone: int,
        working: int,
        queue: int = 0,
        others: Sequence[str] = (),
    ) -> Board:
        """The board at `now` (ms UTC), `zone` minutes east, with `working` lanes; `queue` vehicles wait.
        `others` are the station's other desks.
        """
        since = shift.opened
        if shift.shift != self._shift:
            self._turn_to(reader, shift, zone=zone)
        found = hour_slots.slots(reader, desk=self.desk, since=since, zone=zone)
        hours = hours_of(found, since=since, now=now, zone=zone)
        forecast = traffic.forecast(reader, desk=self.desk, now=now, zone=zone, lanes=working, queue=queue)
        return Board(
            shift,
            now,
            lanes=traffic.lane_figures(reader, desk=self.desk, since=since, now=now, zone=zone),
            held=held(found, self._people_apart(reader, shift.shift)),
            hours=hours,
            foretold=hour_foretold(hours[-1], forecast, now=now, opened=since) if hours else None,
            forecast=forecast,
            evidence=by_evidence(found),
            yesterday=self._yesterday,
            seen=seen(found),
            matters=logbook.matters(reader, self.desk),
            incidents=logbook.incidents(reader, self.desk),
            orders=logbook.orders_in_force(reader, self.desk, now),
            sets=self._sets(reader, since=since, now=now),
            others=tuple(other(reader, desk, since=since, now=now, zone=zone) for desk in others),
        )

    def _turn_to(self, reader: Connection, shift: ShiftRow, *, zone: int) -> None:
        self._shift, self._behind, self._apart = shift.shift, 0, {}
        before = same_shift(queries.shifts(reader, desk=self.desk, limit=EARLIER), shift)
        self._yesterday = None
        if before is not None and before.closed is not None:
            stretch = hour_slots.slots(
                reader, desk=self.desk, since=before.opened, until=before.closed, zone=zone
            )
            self._yesterday = by_evidence(stretch)

    def _people_apart(self, reader: Connection, shift: str) -> tuple[Apart, ...]:
        newest = hour_slots.newest_id(reader)
        more = hour_slots.held_apart(reader, shift, behind=self._behind)
        self._apart |= {each.entry: each for each in more}
        self._behind = newest
        gone = hour_slots.undone(reader, self._apart)
        return tuple(each for each in self._apart.values() if each.entry not in gone)

    @staticmethod
    def _sets(reader: Connection, *, since: int, now: int) -> tuple[DataSet, ...]:
        """The data sets of the newest crossing, older by what has passed since."""
        happened, said = hour_slots.newest_sets(reader, since=since, now=now)
        return tuple(
            DataSet(
                each["name"],
                each["version"],
                each["age"] + now - happened if each["age"] is not None else None,
                each["light"],
            )
            for each in json.loads(said)
        )


def other(reader: Connection, desk: str, *, since: int, now: int, zone: int) -> OtherDesk:
    """Another desk since `since`; ms UTC, `zone` in minutes east."""
    heard, missing = heard_and_missing(reader, desk, until=now)
    found = hour_slots.slots(reader, desk=desk, since=since, zone=zone)
    lanes = traffic.lane_figures(reader, desk=desk, since=since, now=now, zone=zone)
    return OtherDesk(desk, lanes, held(found, ()), heard, heard < now - QUIET, missing)


def hours_of(found: Iterable[Slot], *, since: int, now: int, zone: int) -> tuple[HourLine, ...]:
    """Every hour from the shift's first to the running one, also those in which nobody came."""
    shifted = zone * 60_000
    first, last = ((at + shifted) // HOUR * HOUR - shifted for at in (since, max(since, now)))
    by_hour: dict[int, list[Slot]] = {hour: [] for hour in range(first, last + 1, HOUR)}
    for slot in found:
        if slot.hour in by_hour:
            by_hour[slot.hour].append(slot)
    return tuple(_hour(hour, parts) for hour, parts in by_hour.items())


def hour_foretold(hour: HourLine, forecast: Forecast | NotYet, *, now: int, opened: int) -> int | None:
    """How many vehicles the running hour will have had: what is foretold to come and can be let through,
    else by the pace of the hour so far; None when neither tells.
    """
    left = hour.start + HOUR - now
    if isinstance(forecast, Forecast):
        through = min(forecast.demand, forecast.capacity)
        return hour.vehicles + round(through * left / HALF_HOUR)
    begun = max(hour.start, opened)
    if now - begun < ELAPSED or not hour.vehicles:
        return None
    return hour.vehicles + round(hour.vehicles * left / (now - begun))


def held(found: Iterable[Slot], apart: Iterable[Apart]) -> Mapping[int, int]:
    """Vehicles held by lane, and people held while theirs went on."""
    counted: Counter[int] = Counter()
    for slot in found:
        if slot.outcome == Outcome.HELD:
            counted[slot.lane] += slot.vehicles
    for each in apart:
        counted[each.lane] += each.people
    return counted


def by_evidence(found: Iterable[Slot]) -> Mapping[str, int]:
    """People by the weakest evidence of their crossing; those only counted were seen."""
    counted: Counter[str] = Counter()
    for slot in found:
        counted[slot.evidence or Evidence.SEEN.value] += slot.people
    return counted


def seen(found: Iterable[Slot]) -> tuple[SeenAt, ...]:
    """Where those known by eye or word alone came through, most first."""
    counted: Counter[tuple[int, str]] = Counter()
    for slot in found:
        if (slot.evidence or Evidence.SEEN.value) in BY_EYE:
            counted[slot.lane, slot.vehicle] += slot.people
    return tuple(SeenAt(lane, vehicle, people) for (lane, vehicle), people in counted.most_common() if people)


def same_shift(earlier: Sequence[ShiftRow], shift: ShiftRow) -> ShiftRow | None:
    """Of the desk's closed shifts the one begun at about the same time the day before."""
    wanted = shift.opened - DAY
    near = [
        row
        for row in earlier
        if row.closed is not None and row.shift != shift.shift and abs(row.opened - wanted) <= SAME_SHIFT
    ]
    return min(near, key=lambda row: abs(row.opened - wanted), default=None)


def _hour(start: int, parts: Sequence[Slot]) -> HourLine:
    lanes: Counter[int] = Counter()
    for slot in parts:
        lanes[slot.lane] += slot.vehicles
    return HourLine(
        start,
        vehicles=sum(lanes.values()),
        people=sum(slot.people for slot in parts),
        turned_back=sum(slot.vehicles for slot in parts if slot.outcome == Outcome.TURNED_BACK),
        held=sum(slot.vehicles for slot in parts if slot.outcome == Outcome.HELD),
        by_lane=lanes,
    )
