"""The wall's figures, held against what was put in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from checkpoint_app.domain.crossing import Check
from checkpoint_app.domain.entry import Fact
from checkpoint_app.domain.forecast import Forecast, NotYet
from checkpoint_app.domain.lane_clock import Spent
from checkpoint_app.domain.words import CheckKind, Evidence, Outcome
from checkpoint_app.services.traffic import LaneFigures, days_before, forecast, lane_figures
from checkpoint_app.storage import lane_counts
from checkpoint_app.storage.engine import Connection
from checkpoint_app.storage.ledger import Ledger
from tests.storage.desks import DESK, START, Clock, opened
from tests.storage.traffic import DAY, amended, crossed, crossing, tallied, undone

HOUR = 3_600_000
MINUTE = 60_000
ZONE = 480


def figures(ledger: Ledger, *, since: int, now: int) -> tuple[LaneFigures, ...]:
    with ledger.reader() as reader:
        return lane_figures(reader, desk=DESK, since=since, now=now, zone=ZONE)


def at(times: Iterable[int], *, lane: int = 1, outcome: Outcome = Outcome.RELEASED) -> list[Fact]:
    return [crossed(crossing(lane=lane), at=when, outcome=outcome) for when in times]


def test_each_lane_is_counted_from_the_shift_on_and_corrections_hold(tmp_path: Path) -> None:
    since = START // HOUR * HOUR + 20 * MINUTE
    now = since + 3 * HOUR
    with opened(tmp_path) as ledger:
        before = at([since - 1, since - 10 * MINUTE])
        early = at([since, since + 39 * MINUTE]) + at([since + HOUR], outcome=Outcome.TURNED_BACK)
        other = at([since + 10 * MINUTE, since + 2 * HOUR], lane=2)
        written = ledger.append([*before, *early, *other]).result()
        ledger.append([undone(written[2]), amended(written[5], public={"people": 5})]).result()
        for minute in (since - MINUTE, since, since + 90 * MINUTE):
            ledger.append([tallied(cars=3, people=7, minute=minute // MINUTE * MINUTE)]).result()
        first, second = figures(ledger, since=since, now=now)
    assert (first.lane, first.vehicles, first.people, first.turned_back) == (1, 2, 2, 1)
    assert (second.lane, second.vehicles, second.people, second.counted) == (2, 2, 20, 6)


def test_a_shift_of_some_minutes_counts_only_its_own(tmp_path: Path) -> None:
    since = START // HOUR * HOUR + 20 * MINUTE
    with opened(tmp_path) as ledger:
        ledger.append(at([since - MINUTE, since + MINUTE, since + 2 * MINUTE])).result()
        (one,) = figures(ledger, since=since, now=since + 10 * MINUTE)
        assert (one.vehicles, one.last_hour) == (2, 2)
        assert figures(ledger, since=since + HOUR, now=since + 2 * HOUR) == ()


def test_the_last_hour_has_its_pace_and_says_where_it_went(tmp_path: Path) -> None:
    ends = [START + number * 20_000 for number in range(10)]
    facts = []
    for end in ends:
        checks = (
            Check(CheckKind.HEALTH_CODE, "green", Evidence.SCANNED, end - 4_000, 1),
            Check(CheckKind.TEMPERATURE, "measured", Evidence.MEASURED, end - 1_000, 1, tenths=365),
        )
        facts.append(crossed(replace(crossing(), checks=checks), at=end))
    with opened(tmp_path) as ledger:
        ledger.append(facts).result()
        (one,) = figures(ledger, since=START - 2 * HOUR, now=ends[-1])
        (idle,) = figures(ledger, since=START - 2 * HOUR, now=ends[-1] + 2 * HOUR)
    assert one.shares == Spent(codes=2_000, temperature=3_000, decision=1_000)
    assert (one.mean_ms, one.gap_ms, one.last_hour) == (6_000, 14_000, 10)
    assert (idle.vehicles, idle.last_hour, idle.mean_ms, idle.shares) == (10, 0, None, Spent())


def week(ledger: Ledger, *, days: int, now: int) -> None:
    """So many days before now, and today: a vehicle each five minutes, ten in the coming half hour."""
    for back in range(days, -1, -1):
        moment = now - back * DAY
        whole = [moment - 8 * HOUR + number * 5 * MINUTE for number in range(96)]
        half_hour = [moment + number * 3 * MINUTE for number in range(10)] if back else []
        ledger.append(at([*whole, *half_hour])).result()


def test_half_an_hour_of_known_days_is_foretold(tmp_path: Path) -> None:
    now = START // HOUR * HOUR + 40 * MINUTE
    with opened(tmp_path, tick=Clock(wall=now)) as ledger:
        week(ledger, days=9, now=now)
        with ledger.reader() as reader:
            days = days_before(reader, desk=DESK, now=now, zone=ZONE)
            found = forecast(reader, desk=DESK, now=now, zone=ZONE, lanes=1)
            queued = forecast(reader, desk=DESK, now=now, zone=ZONE, lanes=0, queue=7)
    assert [round(day.half_hour) for day in days[1:]] == [10] * 9
    assert {day.so_far for day in days} == {72}
    assert isinstance(found, Forecast)
    assert (found.waiting, found.demand, found.error, found.days) == (0, 10, 0, 7)
    assert isinstance(queued, Forecast)
    assert (queued.waiting, queued.capacity) == (17, 0)


@pytest.mark.parametrize("days", [0, 1, 2])
def test_a_young_ledger_says_what_it_lacks(tmp_path: Path, days: int) -> None:
    now = START // HOUR * HOUR + 40 * MINUTE
    with opened(tmp_path, tick=Clock(wall=now)) as ledger:
        with ledger.reader() as reader:
            assert forecast(reader, desk=DESK, now=now, zone=ZONE, lanes=1) == NotYet("pace", 0, 5)
        week(ledger, days=days, now=now)
        with ledger.reader() as reader:
            assert forecast(reader, desk=DESK, now=now, zone=ZONE, lanes=1) == NotYet("days", days, 3)


@pytest.mark.parametrize("name", ["_BEFORE", "_PASSED", "_NEWEST"])
def test_a_statement_begins_at_the_index_of_times(tmp_path: Path, name: str) -> None:
    """By the index of places every entry of the desk would be read: 30 s in a ledger of two million."""
    with opened(tmp_path) as ledger:
        ledger.append(at([START])).result()
        with ledger.reader() as reader:
            steps = plan(reader, getattr(lane_counts, name))
            hasty = plan(reader, getattr(lane_counts, name).replace("+entry.desk", "entry.desk"))
    assert [step for step in steps if "entry_happened" in step]
    assert not [step for step in steps if "entry_place" in step]
    assert [step for step in hasty if "entry_place" in step]


def plan(reader: Connection, statement: str) -> list[str]:
    values = dict.fromkeys(("since", "until", "now", "limit"), 1)
    rows = reader.execute("EXPLAIN QUERY PLAN " + statement, {**values, "desk": DESK})
    return [row[3] for row in rows]
