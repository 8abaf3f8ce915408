from __future__ import annotations

import random
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkpoint_app.domain.clock import (
    SLEW_PER_MILLION,
    TOLERANCE,
    ClockEvent,
    ClockWatch,
    Tick,
    begin,
    clock_fact,
    confirm,
    observe,
)
from checkpoint_app.domain.facts import By
from checkpoint_app.domain.words import ClockState

T0 = 1_640_995_200_000  # 2022-01-01T00:00:00Z
SECOND, MINUTE, HOUR = 1_000, 60_000, 3_600_000
DAY, YEAR = 24 * HOUR, 31_557_600_000
SURE, UNSURE = ClockState.SURE, ClockState.UNSURE


@dataclass
class Desk:
    """A computer with a counter that always runs and a wall that people may set."""

    wall: int = T0
    elapsed: int = 777_000
    zone: int = 480
    floor: int = T0 - DAY
    watch: ClockWatch = field(init=False)
    events: list[ClockEvent] = field(default_factory=list)
    now: int = 0

    def __post_init__(self) -> None:
        self.start()

    def tick(self) -> Tick:
        return Tick(self.wall, self.elapsed, self.zone)

    def start(self) -> None:
        self.watch, event = begin(self.floor, self.tick())
        self.now = self.watch.now
        self.events += [event] if event else []

    def pass_(self, milliseconds: int, *, jump: int = 0) -> None:
        self.elapsed += milliseconds
        self.wall += milliseconds + jump
        self.watch, self.now, event = observe(self.watch, self.tick())
        self.events += [event] if event else []

    def confirm(self) -> None:
        self.watch, event = confirm(self.watch, self.tick())
        self.now = self.watch.now
        self.events.append(event)

    @property
    def kinds(self) -> list[str]:
        return [event.kind for event in self.events]


def test_an_undisturbed_clock_says_what_the_wall_says() -> None:
    desk = Desk()
    for _ in range(1000):
        desk.pass_(8_600)
        assert desk.now == desk.wall
    assert (desk.watch.state, desk.events) == (SURE, [])


@pytest.mark.parametrize(
    "jump", [2 * HOUR, 400 * DAY, 20 * YEAR, -2 * HOUR, -400 * DAY, -T0 - DAY, TOLERANCE + 1, -TOLERANCE - 1]
)
def test_a_jump_is_one_event_and_now_goes_on_as_predicted(jump: int) -> None:
    desk = Desk()
    desk.pass_(MINUTE)
    desk.pass_(MINUTE, jump=jump)
    assert desk.watch.state is UNSURE
    assert desk.now == T0 + 2 * MINUTE
    for _ in range(50):
        desk.pass_(MINUTE)
    assert desk.now == T0 + 52 * MINUTE
    assert desk.events == [
        ClockEvent("clock_jumped", T0 + 2 * MINUTE, T0 + 2 * MINUTE + jump, UNSURE),
    ]


@pytest.mark.parametrize("jump", [TOLERANCE, -TOLERANCE])
def test_a_difference_within_the_tolerance_is_no_jump(jump: int) -> None:
    desk = Desk()
    desk.pass_(MINUTE, jump=jump)
    assert (desk.watch.state, desk.events) == (SURE, [])


def test_twenty_years_ahead_and_back_are_two_events_and_still_unsure() -> None:
    desk = Desk()
    desk.pass_(MINUTE, jump=20 * YEAR)
    desk.pass_(MINUTE, jump=-20 * YEAR)
    assert desk.kinds == ["clock_jumped", "clock_jumped"]
    assert desk.watch.state is UNSURE
    assert desk.now == desk.wall
    desk.confirm()
    desk.pass_(MINUTE)
    assert (desk.watch.state, desk.now) == (SURE, desk.wall)


def test_a_flat_battery_at_the_start_is_unsure_and_now_runs_on_from_the_floor() -> None:
    desk = Desk(wall=0)
    assert desk.events == [ClockEvent("clock_jumped", desk.floor, 0, UNSURE)]
    assert desk.now == desk.floor
    desk.pass_(HOUR)
    assert desk.now == desk.floor + HOUR
    assert desk.watch.state is UNSURE


def test_a_clock_set_right_after_a_flat_battery_waits_for_the_lead() -> None:
    desk = Desk(wall=0)
    desk.pass_(MINUTE, jump=T0)
    assert (desk.watch.state, desk.kinds) == (UNSURE, ["clock_jumped", "clock_jumped"])
    desk.confirm()
    desk.pass_(MINUTE)
    assert (desk.watch.state, desk.now) == (SURE, desk.wall)


def test_nine_hours_asleep_are_no_jump() -> None:
    desk = Desk()
    desk.pass_(9 * HOUR)
    assert (desk.watch.state, desk.events, desk.now) == (SURE, [], T0 + 9 * HOUR)


def test_control_a_counter_that_stops_in_sleep_would_raise_an_alarm() -> None:
    desk = Desk()
    desk.pass_(0, jump=9 * HOUR)
    assert desk.kinds == ["clock_jumped"]


def test_a_restart_with_the_wall_below_the_floor_is_unsure() -> None:
    desk = Desk(floor=T0 + 1)
    assert (desk.watch.state, desk.now, desk.kinds) == (UNSURE, T0 + 1, ["clock_jumped"])
    assert Desk(floor=T0).events == []


def test_a_lead_may_confirm_downward_and_the_floor_follows() -> None:
    desk = Desk(floor=T0 + 400 * DAY)
    before = desk.now
    desk.confirm()
    desk.pass_(MINUTE)
    assert (desk.watch.state, desk.now) == (SURE, T0 + MINUTE)
    assert desk.now < before
    assert desk.watch.floor == T0
    assert desk.events[-1] == ClockEvent("clock_confirmed", T0 + 400 * DAY, T0, SURE)


def test_a_confirmation_never_raises_the_floor_by_itself() -> None:
    desk = Desk()
    desk.pass_(MINUTE, jump=20 * YEAR)
    desk.confirm()
    assert desk.watch.floor == T0 - DAY


def test_time_spent_unsure_never_raises_the_floor() -> None:
    desk = Desk()
    desk.pass_(MINUTE, jump=20 * YEAR)
    for _ in range(100):
        desk.pass_(DAY)
    assert desk.watch.floor == T0 - DAY


def test_a_change_of_zone_or_daylight_saving_is_no_jump() -> None:
    desk = Desk()
    for zone in (540, 480, 0, -720, 840):
        desk.zone = zone
        desk.pass_(SECOND)
    assert (desk.events, desk.now) == ([], desk.wall)


def test_a_time_service_that_slews_is_no_jump_however_long_it_takes() -> None:
    desk = Desk()
    for _ in range(10_000):
        desk.pass_(10 * SECOND, jump=10 * SECOND * SLEW_PER_MILLION // 1_000_000)
    assert desk.wall - T0 - 10_000 * 10 * SECOND == 50 * SECOND
    assert (desk.events, desk.watch.state) == ([], SURE)


@pytest.mark.parametrize("step", [4_900, 1_000, 100, -100, -4_900])
def test_small_steps_cannot_creep_past_the_tolerance(step: int) -> None:
    desk = Desk()
    steps = 0
    while desk.watch.state is SURE and steps < 1000:
        desk.pass_(SECOND, jump=step)
        steps += 1
    slewed = steps * SECOND * SLEW_PER_MILLION // 1_000_000
    assert desk.watch.state is UNSURE
    assert abs(step * (steps - 1)) <= TOLERANCE + slewed


def test_control_an_anchor_that_follows_at_once_would_let_small_steps_creep() -> None:
    desk = Desk()
    for _ in range(100):
        desk.pass_(SECOND, jump=4_900)
        desk.watch, _ = begin(desk.floor, desk.tick())
    assert desk.wall - T0 - 100 * SECOND == 490 * SECOND
    assert desk.watch.state is SURE


def test_a_counter_that_runs_backwards_counts_as_standing() -> None:
    desk = Desk()
    desk.pass_(HOUR)
    was = desk.now
    desk.elapsed -= 10 * MINUTE
    desk.watch, now, _ = observe(desk.watch, desk.tick())
    assert now >= was


def test_an_event_becomes_an_entry_with_both_times() -> None:
    event = ClockEvent("clock_jumped", T0, 0, UNSURE)
    fact = clock_fact(event, by=By("s", "7"), at=T0, action="0" * 32)
    assert (fact.kind, fact.happened, fact.shift, fact.officer) == ("clock_jumped", T0, "s", "7")
    assert fact.public == {"predicted": T0, "wall": 0}
    assert fact.personal is None


moves = st.tuples(
    st.integers(0, 12 * HOUR),
    st.sampled_from([0, 0, 0, 0, 1, -1, 400, -400, 4_999, -4_999, 2 * HOUR, -2 * HOUR])
    | st.integers(-20 * YEAR, 20 * YEAR),
)


@given(st.lists(moves, max_size=30))
def test_now_never_falls_within_a_run_unless_confirmed(sequence: list[tuple[int, int]]) -> None:
    desk = Desk()
    for passed, jump in sequence:
        was = desk.now
        desk.pass_(passed, jump=jump)
        assert desk.now >= was


def test_no_duration_is_negative_in_ten_thousand_random_sequences() -> None:
    """Starts below and above the floor, jumps, sleep, zones, confirmations; one event a jump."""
    chosen = random.Random(2022)
    for _ in range(10_000):
        desk = Desk(wall=chosen.choice([T0, 0, T0 + 20 * YEAR, T0 - 2 * DAY]))
        started, began = desk.now, desk.elapsed
        for _ in range(chosen.randrange(1, 12)):
            jump = chosen.choice([0, 0, 0, 50, -50, 2 * HOUR, -2 * HOUR, 20 * YEAR, -20 * YEAR])
            known, was = len(desk.events), desk.now
            desk.zone = chosen.choice([480, 0, 540])
            desk.pass_(chosen.choice([0, 8_600, 9 * HOUR]), jump=jump)
            assert desk.now >= was
            assert len(desk.events) - known <= 1
            if abs(jump) > 2 * TOLERANCE:
                assert len(desk.events) == known + 1
            if desk.watch.state is UNSURE and chosen.random() < 0.2:
                desk.confirm()
                started, began = desk.now, desk.elapsed
        drift = TOLERANCE + (desk.elapsed - began) * SLEW_PER_MILLION // 1_000_000
        assert desk.now - started >= 0
        assert abs(desk.now - started - (desk.elapsed - began)) <= drift
