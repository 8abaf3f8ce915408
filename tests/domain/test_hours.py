"""Hours on duty: over midnight and month borders, twice said, restarted, going over into the next shift."""

from __future__ import annotations

from datetime import UTC, datetime
from types import MappingProxyType

from hypothesis import given
from hypothesis import strategies as st

from checkpoint_app.domain.affairs import Family, Told
from checkpoint_app.domain.facts import By
from checkpoint_app.domain.hours import (
    Hours,
    Stint,
    ended_with,
    month_bounds,
    month_hours,
    month_of,
    off_duty,
    on_duty,
    stints,
    unbroken,
)

HOUR, MINUTE = 3_600_000, 60_000
ZONE = 480
NOON = int(datetime(2022, 11, 21, 4, tzinfo=UTC).timestamp()) * 1000  # 12:00 at +08:00


def told(kind: str, at: float, *, who: str = "07", shift: str = "S1", **public: str) -> Told:
    """An entry `at` hours after noon of the 21st."""
    happened = NOON + round(at * HOUR)
    return Told(
        0, "D", 1, Family.ATTENDANCE, who, kind, "", shift, "01", happened, ZONE, MappingProxyType(public)
    )


def on(at: float, **how: str) -> Told:
    return told("on_duty", at, **how)


def off(at: float, **how: str) -> Told:
    return told("off_duty", at, **how)


def hours(*entries: Told, month: str = "2022-11", now: float = 100) -> Hours:
    (found,) = month_hours(stints(entries), month, now=NOON + round(now * HOUR))
    return found


def test_facts_carry_the_number_as_the_affairs_name_and_nothing_personal() -> None:
    came = on_duty("07", post="lane-1", by=By("S1", "01"), at=5, action="a" * 32)
    went = off_duty("07", state="replaced", by=By("S1", "01"), at=6, action="b" * 32)
    assert came.public == {"about": "07", "post": "lane-1", "state": "present"}
    assert went.public == {"about": "07", "state": "replaced", "over": True}
    assert came.personal is None
    assert went.personal is None


def test_a_duty_over_midnight_is_one_duty() -> None:
    assert hours(on(11), off(19)).minutes == 8 * 60
    assert hours(on(11), off(19)).longest == 8 * 60


def test_coming_twice_counts_once_and_the_post_is_changed() -> None:
    (stint,) = stints([on(0, post="lane-1"), on(1, post="lane-2"), on(1, post="lane-2"), off(8)])
    assert stint.minutes(now=0 + stint.went) == 8 * 60
    assert stint.posts == ("lane-1", "lane-2")


def test_going_twice_takes_nothing_away() -> None:
    assert hours(on(0), off(8), off(9)).minutes == 8 * 60


def test_the_next_shift_takes_over_without_a_minute_twice_or_lost() -> None:
    one, two = stints([on(0, shift="S1"), on(8, shift="S2"), off(10, shift="S2")])
    assert (one.shift, one.went - one.came) == ("S1", 8 * HOUR)
    assert (two.shift, two.went - two.came) == ("S2", 2 * HOUR)
    assert unbroken((one, two), now=NOON) == ((one.came, two.went),)


def test_who_is_still_on_is_counted_to_now() -> None:
    (found,) = month_hours(stints([on(0)]), "2022-11", now=NOON + 3 * HOUR)
    assert (found.minutes, found.on) == (180, True)


def test_a_month_border_splits_the_minutes_and_loses_none() -> None:
    """From 23:00 on the 30th to 07:00 on the first, at +08:00."""
    late = 9 * 24 + 11
    entries = (on(late), off(late + 8))
    assert hours(*entries, now=999).minutes == 60
    assert hours(*entries, month="2022-12", now=999).minutes == 7 * 60


def test_states_are_counted_in_the_month_they_began() -> None:
    found = hours(on(0, state="late"), off(8), on(24, shift="S4"), off(25, shift="S4", state="replaced"))
    assert (found.shifts, found.late, found.replaced, found.absent) == (2, 1, 1, 0)


def test_who_did_not_come_served_no_minute_and_no_shift() -> None:
    for entry in (off(0, state="absent"), on(0, state="absent")):
        found = hours(entry)
        assert (found.minutes, found.shifts, found.absent) == (0, 0, 1)


def test_a_clock_that_was_set_back_takes_no_minute_away() -> None:
    (stint,) = stints([on(5), off(2)])
    assert stint.minutes(now=NOON) == 0
    assert stint.went == stint.came


def test_no_stint_outlasts_its_shift() -> None:
    forgotten, other = stints([on(0), on(20, shift="S9")])
    ended = ended_with((forgotten, other), {"S1": NOON + 8 * HOUR})
    assert ended[0].went == NOON + 8 * HOUR
    assert ended[1].lasting
    assert forgotten.went == NOON + 20 * HOUR, "the control: without the shift's end it is 20 hours"


def test_months_are_those_of_the_entrys_zone() -> None:
    begin, end = month_bounds("2022-11", ZONE)
    assert (month_of(begin, ZONE), month_of(begin - 1, ZONE)) == ("2022-11", "2022-10")
    assert (month_of(end - 1, ZONE), month_of(end, ZONE)) == ("2022-11", "2022-12")
    assert month_bounds("2022-12", 0)[1] == month_bounds("2023-01", 0)[0]


@st.composite
def days(draw: st.DrawFn) -> tuple[tuple[Told, ...], int]:
    """Some officer's coming and going at whole minutes, and the minutes on duty by a minute-wise oracle."""
    steps = draw(st.lists(st.tuples(st.booleans(), st.integers(0, 600)), max_size=30))
    minute, served, serving = 0, 0, False
    entries = []
    for comes, later in steps:
        served += later if serving else 0
        minute += later
        serving = comes
        shift = f"S{minute // 480}"
        entries.append((on if comes else off)(minute / 60, shift=shift))
    return tuple(entries), served


@given(days())
def test_minutes_are_those_of_a_clock_that_runs_while_somebody_is_on(
    drawn: tuple[tuple[Told, ...], int],
) -> None:
    entries, served = drawn
    found = stints(entries)
    last = entries[-1].happened if entries else 0
    assert sum(each.minutes(now=last) for each in found) == served
    assert sum(each.lasting for each in found) == (bool(entries) and entries[-1].kind == "on_duty")


@given(days())
def test_every_entry_told_twice_changes_nothing(drawn: tuple[tuple[Told, ...], int]) -> None:
    entries, _served = drawn
    assert stints([each for each in entries for _again in range(2)]) == stints(entries)


def test_a_stint_knows_whether_it_lasts() -> None:
    assert Stint("07", "S1", 1).lasting
    assert not Stint("07", "S1", 1, 2).lasting
