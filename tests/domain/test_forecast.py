"""The queue forecast: a few numbers, and an error that was really made."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkpoint_app.domain.forecast import HALF_HOUR, Day, Forecast, NotYet, expected, foretold

STEADY = (Day(600), *[Day(600, 100)] * 14)
PACE = 36_000  # 50 vehicles a lane in half an hour


def test_with_two_lanes_a_steady_hundred_passes() -> None:
    found = foretold(STEADY, queue=0, lanes=2, pace=PACE)
    assert found == Forecast(waiting=0, error=0, demand=100, capacity=100, lanes_needed=2, days=7)


def test_what_one_lane_cannot_pass_waits_with_the_queue() -> None:
    found = foretold(STEADY, queue=12, lanes=1, pace=PACE)
    assert isinstance(found, Forecast)
    assert (found.waiting, found.capacity, found.lanes_needed) == (62, 50, 3)


def test_a_day_twice_as_busy_doubles_the_demand_within_reason() -> None:
    busy = (replace(STEADY[0], so_far=1_200), *STEADY[1:])
    assert expected(busy) == pytest.approx(100 * 1_220 / 620)
    assert expected((replace(STEADY[0], so_far=10**6), *STEADY[1:])) == 400


def test_the_error_is_what_replaying_the_days_would_have_missed() -> None:
    swinging = (Day(600), *(Day(600, 80 if place % 2 else 120) for place in range(14)))
    found = foretold(swinging, queue=0, lanes=1, pace=PACE)
    assert isinstance(found, Forecast)
    replays = [abs(expected(swinging[place:]) - swinging[place].half_hour) for place in range(1, 8)]
    assert min(replays) > 15
    assert found.error == pytest.approx(sum(replays) / 7, abs=1)


@pytest.mark.parametrize("known", [0, 1, 2])
def test_few_days_give_no_forecast_but_the_number_still_needed(known: int) -> None:
    found = foretold(STEADY[: known + 1], queue=3, lanes=2, pace=PACE)
    assert found == NotYet("days", known, 3)


def test_days_on_which_nobody_came_do_not_count() -> None:
    closed = (Day(600), Day(0), Day(600, 100), Day(0), Day(600, 100), Day(600, 100), *[Day(0)] * 9)
    found = foretold(closed, queue=0, lanes=2, pace=PACE)
    assert isinstance(found, Forecast)
    assert (found.demand, found.days) == (100, 3)


@given(
    days=st.lists(st.builds(Day, st.floats(0, 5_000), st.floats(0, 900)), min_size=1, max_size=15),
    queue=st.integers(0, 500),
    lanes=st.integers(0, 4),
    pace=st.integers(1_000, 600_000),
)
def test_no_days_make_nonsense(days: list[Day], queue: int, lanes: int, pace: int) -> None:
    found = foretold(days, queue=queue, lanes=lanes, pace=pace)
    if isinstance(found, NotYet):
        return
    assert 0 <= found.waiting <= queue + found.demand + 1
    assert found.error >= 0
    assert found.lanes_needed * HALF_HOUR / pace >= queue + expected(days) - 1e-6
