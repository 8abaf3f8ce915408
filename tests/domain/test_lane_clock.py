"""The lane clock: every millisecond of a crossing belongs to one step."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from checkpoint_app.domain.lane_clock import Spent, Step, slow_at, spent
from checkpoint_app.domain.words import CheckKind

CAME = 1_665_800_000_000
MOMENTS = st.integers(CAME - 10_000, CAME + 60_000)
CHECKS = st.lists(st.tuples(st.sampled_from([kind.value for kind in CheckKind]), MOMENTS), max_size=12)


@given(plate_at=st.one_of(st.just(0), MOMENTS), checks=CHECKS, happened=MOMENTS)
def test_the_steps_are_exactly_the_whole(plate_at: int, checks: list[tuple[str, int]], happened: int) -> None:
    found = spent(started=CAME, plate_at=plate_at, checks=checks, happened=happened)
    assert found.whole == max(0, happened - CAME)
    assert all(found.of(step) >= 0 for step in Step)


def test_a_stretch_belongs_to_what_ended_it() -> None:
    found = spent(
        started=CAME,
        plate_at=CAME + 2_000,
        checks=[("health_code", CAME + 3_500), ("temperature", CAME + 6_000), ("identity", CAME + 7_000)],
        happened=CAME + 9_000,
    )
    assert found == Spent(plate=2_000, codes=2_500, temperature=2_500, decision=2_000)


def test_without_a_plate_nothing_is_spent_on_it() -> None:
    found = spent(started=CAME, plate_at=0, checks=[], happened=CAME + 4_000)
    assert found == Spent(decision=4_000)


def test_two_crossings_add_up_and_have_a_mean() -> None:
    both = Spent(1, 2, 3, 4).plus(Spent(5, 6, 7, 8))
    assert both == Spent(6, 8, 10, 12)
    assert both.over(2) == Spent(3, 4, 5, 6)
    assert both.over(0) == Spent()


def test_a_lane_slow_at_one_step_is_named_with_it() -> None:
    quick = Spent(2_000, 3_000, 2_000, 1_000)
    slow = Spent(2_000, 3_000, 9_000, 1_000)
    assert slow_at({1: quick, 2: quick, 3: slow}) == (3, Step.TEMPERATURE)
    assert slow_at({1: quick, 2: quick}) is None
    assert slow_at({3: slow}) is None
