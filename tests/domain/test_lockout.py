"""Waits after wrong PINs: nothing but time that really passed shortens them."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkpoint_app.domain.clock import Tick
from checkpoint_app.domain.lockout import FREE, WAITS, Lockout, tried, wait

YEARS = 20 * 365 * 86_400_000


def wrong(times: int, *, elapsed: int = 0) -> Lockout:
    lockout = Lockout()
    for _ in range(times):
        lockout = tried(lockout, elapsed=elapsed)
    return lockout


def test_four_wrong_ones_are_free() -> None:
    assert [wrong(times).left for times in range(FREE + 2)] == [5, 4, 3, 2, 1, 0, 0]
    assert wait(wrong(FREE - 1), elapsed=0) == 0


@pytest.mark.parametrize(("times", "minutes"), [(5, 1), (6, 5), (7, 15), (8, 60), (9, 60), (1_000, 60)])
def test_each_wrong_one_from_the_fifth_on_brings_a_longer_wait(times: int, minutes: int) -> None:
    assert wait(wrong(times), elapsed=0) == minutes * 60_000


@given(times=st.integers(FREE, FREE + 9), passed=st.integers(0, 2 * WAITS[-1]), since=st.integers(0, 10**12))
def test_a_wait_is_over_when_its_time_has_passed_and_not_before(times: int, passed: int, since: int) -> None:
    lockout = wrong(times, elapsed=since)
    assert wait(lockout, elapsed=since + passed) == max(0, lockout.length - passed)


@given(back=st.integers(0, 10**12))
def test_a_counter_that_ran_backwards_shortens_nothing(back: int) -> None:
    lockout = wrong(FREE, elapsed=10**12)
    assert wait(lockout, elapsed=10**12 - back) == lockout.length


@dataclass
class Played:
    """A clock somebody plays with: the counter goes on, the wall jumps."""

    elapsed: int = 1_000_000
    wall: int = 1_665_800_000_000

    def tick(self) -> Tick:
        return Tick(self.wall, self.elapsed, 480)


steps = st.lists(st.tuples(st.integers(0, 90_000), st.integers(-YEARS, YEARS)), min_size=1, max_size=30)


@given(steps=steps, times=st.integers(FREE, FREE + 4))
def test_jumps_of_the_wall_clock_never_shorten_a_wait(steps: list[tuple[int, int]], times: int) -> None:
    clock = Played()
    lockout, began = wrong(times, elapsed=clock.tick().elapsed), clock.elapsed
    for passed, jump in steps:
        clock.elapsed += passed
        clock.wall += passed + jump
        left = wait(lockout, elapsed=clock.tick().elapsed)
        assert left == max(0, lockout.length - (clock.elapsed - began))


def test_a_lockout_by_the_wall_clock_would_be_shortened() -> None:
    """The control: the same functions fed with the wall's time give way to a jump."""
    clock = Played()
    by_wall = wrong(FREE, elapsed=clock.tick().wall)
    clock.wall += YEARS
    assert wait(by_wall, elapsed=clock.tick().wall) == 0
