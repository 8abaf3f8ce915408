"""The wall's figures: what each lane did this shift, where its seconds went, the queue in half an hour."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from itertools import pairwise

from checkpoint_app.domain import forecast as foretelling
from checkpoint_app.domain.forecast import DAYS, HALF_HOUR, Day, Forecast, NotYet
from checkpoint_app.domain.lane_clock import Spent
from checkpoint_app.storage import lane_counts
from checkpoint_app.storage.engine import Connection
from checkpoint_app.storage.lane_counts import DAY, HOUR, LaneCount, Pass

COMPARED = 6  # whole hours before now in which today is compared with the days before it
LEAST_PASSES = 5
LONGEST_GAP = 120_000  # ms: after a longer one nobody was waiting


@dataclass(frozen=True, slots=True)
class LaneFigures:
    """One lane since the shift began; `counted` vehicles were only tallied and are not among `vehicles`,
    the people in them are among `people`.

    Over the last hour: `last_hour` vehicles, mean milliseconds from coming to outcome, milliseconds between
    an outcome and the next coming when somebody waits, and the mean crossing step by step. The means are
    None, and the steps nothing, when nobody crossed.
    """

    lane: int
    vehicles: int = 0
    people: int = 0
    counted: int = 0
    turned_back: int = 0
    last_hour: int = 0
    mean_ms: int | None = None
    gap_ms: int | None = None
    shares: Spent = field(default_factory=Spent)


def lane_figures(
    reader: Connection, *, desk: str, since: int, now: int, zone: int
) -> tuple[LaneFigures, ...]:
    """Every lane with traffic since `since`, when the shift was opened; ms UTC, `zone` in minutes east."""
    counted = lane_counts.counts(reader, desk=desk, since=since, now=now, zone=zone)
    hour_ago = max(since, now - HOUR)
    passed = lane_counts.passed(reader, desk=desk, since=hour_ago, now=now)
    passes = _by_lane(lane_counts.passes(reader, desk=desk, since=hour_ago, now=now))
    return tuple(
        _figures(lane, counted[lane], last_hour=passed.get(lane, 0), passes=passes.get(lane, ()))
        for lane in sorted(counted)
    )


def forecast(
    reader: Connection, *, desk: str, now: int, zone: int, lanes: int, queue: int = 0
) -> Forecast | NotYet:
    """The queue in half an hour with `lanes` at work and `queue` vehicles told to be waiting now."""
    passes = lane_counts.passes(reader, desk=desk, since=now - HOUR, now=now)
    if len(passes) < LEAST_PASSES:
        return NotYet("pace", len(passes), LEAST_PASSES)
    days = days_before(reader, desk=desk, now=now, zone=zone)
    return foretelling.foretold(days, queue=queue, lanes=lanes, pace=_pace(passes))


def days_before(reader: Connection, *, desk: str, now: int, zone: int) -> tuple[Day, ...]:
    """Today at this time and the days before it, newest first; those before the first entry are left out."""
    last = (now + zone * 60_000) // HOUR
    hours = lane_counts.hours_of(reader, desk=desk, first=last - 24 * 2 * DAYS - COMPARED, last=last)
    earliest = min(hours, default=last)
    days = (_day(reader, hours, now=now - back * DAY, zone=zone) for back in range(2 * DAYS + 1))
    known = min(2 * DAYS, (last - COMPARED - earliest) // 24)
    return tuple(day for _, day in zip(range(known + 1), days, strict=False))


def _day(reader: Connection, hours: Mapping[int, int], *, now: int, zone: int) -> Day:
    hour = (now + zone * 60_000) // HOUR
    so_far = sum(hours.get(hour - back, 0) for back in range(1, COMPARED + 1))
    parts = (
        hours.get(number, 0)
        * lane_counts.share_of_hour(
            reader, hour=number * HOUR - zone * 60_000, since=now, until=now + HALF_HOUR
        )
        for number in {hour, (now + HALF_HOUR - 1 + zone * 60_000) // HOUR}
    )
    return Day(so_far, sum(parts))


def _figures(lane: int, count: LaneCount, *, last_hour: int, passes: Sequence[Pass]) -> LaneFigures:
    whole = reduce(Spent.plus, (one.spent for one in passes), Spent())
    return LaneFigures(
        lane,
        vehicles=count.vehicles,
        people=count.people + count.counted_people,
        counted=count.counted,
        turned_back=count.turned_back,
        last_hour=last_hour,
        mean_ms=whole.whole // len(passes) if passes else None,
        gap_ms=_gap(passes),
        shares=whole.over(len(passes)),
    )


def _pace(passes: Sequence[Pass]) -> int:
    """Milliseconds a lane needs for a vehicle: from its coming to its outcome, and until the next comes."""
    times = [one.spent.whole for one in passes]
    gaps = [gap for own in _by_lane(passes).values() if (gap := _gap(own)) is not None]
    return max(1, sum(times) // len(times) + (sum(gaps) // len(gaps) if gaps else 0))


def _gap(passes: Sequence[Pass]) -> int | None:
    """What lies between two vehicles of a lane while somebody waits: the lower quartile of what was seen."""
    pairs = pairwise(passes)
    gaps = [max(0, after.started - before.happened) for before, after in pairs]
    short = [gap for gap in gaps if gap <= LONGEST_GAP]
    return int(statistics.quantiles(short, n=4)[0]) if len(short) > 1 else None


def _by_lane(passes: Sequence[Pass]) -> Mapping[int, Sequence[Pass]]:
    found: dict[int, list[Pass]] = {}
    for one in passes:
        found.setdefault(one.lane, []).append(one)
    return found
