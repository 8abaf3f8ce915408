"""Rotation patterns: every slot is served, everybody gets a fair share, nobody serves twice in a row."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkpoint_app.domain.roster import Plan, generate, phase_after
from checkpoint_app.domain.rotation import (
    PATTERNS,
    THREE,
    TWO,
    Pattern,
    PatternRefused,
    RosterRefused,
    Slot,
    check_slots,
    days_of,
    evenly,
    month_after,
    own_pattern,
    read_pattern,
)

NAMES = tuple(f"{n}班" for n in range(1, 27))
months = st.builds("{:04}-{:02}".format, st.integers(2020, 2040), st.integers(1, 12))
patterns = st.sampled_from(tuple(PATTERNS.values()))


@st.composite
def own(draw: st.DrawFn) -> Pattern:
    """Any pattern that can be read, over one to six slots a day."""
    groups = draw(st.integers(2, 9))
    letters = [chr(ord("A") + n) for n in range(groups)]
    parts = draw(
        st.lists(st.lists(st.sampled_from(letters), min_size=1, max_size=groups, unique=True), max_size=12)
    )
    text = " ".join("".join(part) for part in [*([letter] for letter in letters), *parts])
    slots = evenly(draw(st.sampled_from((1, 2, 3, 4, 6))), first=draw(st.integers(0, 1439)))
    return own_pattern(text, slots)


def plan(pattern: Pattern, month: str, phase: int | None = None) -> Plan:
    return generate(pattern, NAMES[: pattern.groups], month, phase=phase)


def sequence(made: Plan) -> list[set[str]]:
    return [set(turn.groups) for turn in sorted(made.turns, key=lambda turn: (turn.day, turn.slot))]


@given(st.one_of(patterns, own()), months)
def test_every_slot_of_the_month_is_served_by_as_many_groups_as_the_pattern_says(
    pattern: Pattern, month: str
) -> None:
    made = plan(pattern, month)
    places = [(turn.day, turn.slot) for turn in made.turns]
    assert sorted(places) == [
        (day + 1, n) for day in range(days_of(month)) for n in range(len(pattern.slots))
    ]
    for place, on in enumerate(sequence(made)):
        assert len(on) == len(pattern.cycle[(made.phase + place) % len(pattern.cycle)])


@given(patterns, months)
def test_every_group_serves_its_fair_share_give_or_take_one_turn(pattern: Pattern, month: str) -> None:
    """Two days on and two off begin a month with two days of somebody: there it is two turns."""
    made = plan(pattern, month)
    counted, share = made.count(), sum(made.count().values()) / pattern.groups
    assert len(counted) == pattern.groups
    most = 2 if pattern.code == "two_on_two_off" else 1
    assert all(abs(turns - share) <= most for turns in counted.values())


@given(months)
def test_eight_groups_by_two_share_the_month_to_one_turn(month: str) -> None:
    counted = plan(PATTERNS["eight_by_two"], month).count()
    assert max(counted.values()) - min(counted.values()) <= 1
    assert sum(counted.values()) == days_of(month) * 3 * 2


@given(patterns, months)
def test_nobody_serves_two_slots_one_after_the_other(pattern: Pattern, month: str) -> None:
    both = [*sequence(plan(pattern, month)), *sequence(plan(pattern, month_after(month)))]
    assert not any(one & two for one, two in pairwise(both))


def test_a_pattern_that_says_so_has_somebody_on_twice_in_a_row() -> None:
    made = plan(own_pattern("AABBCC", THREE), "2022-11", phase=0)
    assert [turn.groups for turn in made.turns[:7]] == [
        ("1班",), ("1班",), ("2班",), ("2班",), ("3班",), ("3班",), ("1班",),
    ]  # fmt: skip


@given(st.one_of(patterns, own()), months)
def test_a_month_goes_on_where_the_one_before_it_ended(pattern: Pattern, month: str) -> None:
    first = plan(pattern, month)
    natural, following = plan(pattern, month_after(month)), phase_after(first)
    assert plan(pattern, month_after(month), phase=following).turns == natural.turns


@given(own(), months)
def test_own_patterns_share_every_whole_cycle_evenly(pattern: Pattern, month: str) -> None:
    made, cycle = plan(pattern, month, phase=0), pattern.cycle
    turns = sequence(made)
    for begin in range(0, len(turns) - len(cycle) + 1, len(cycle)):
        assert turns[begin : begin + len(cycle)] == [{NAMES[on] for on in slot} for slot in cycle]


@pytest.mark.parametrize(
    ("text", "fault"),
    [("", "empty"), ("   ", "empty"), ("A1", "sign"), ("AA B", "twice"), ("A C", "gap"), ("A" * 500, "long")],
)
def test_a_text_nobody_can_serve_by_is_refused(text: str, fault: str) -> None:
    with pytest.raises(PatternRefused) as refused:
        read_pattern(text)
    assert refused.value.facts["fault"] == fault


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("ABCD", ((0,), (1,), (2,), (3,))),
        ("aab", ((0,), (0,), (1,))),
        (" AB  CD ", ((0, 1), (2, 3))),
        ("A", ((0,),)),
    ],
)
def test_blanks_decide_whether_letters_serve_together(text: str, read: tuple[tuple[int, ...], ...]) -> None:
    assert read_pattern(text) == read


@pytest.mark.parametrize("names", [NAMES[:7], NAMES[:9], (*NAMES[:7], NAMES[0])])
def test_too_few_too_many_or_equal_groups_are_refused(names: tuple[str, ...]) -> None:
    with pytest.raises(PatternRefused):
        generate(PATTERNS["eight_by_two"], names, "2022-11")


@pytest.mark.parametrize("month", ["2022-13", "2022-00", "22-11", "2022-1", "2022-11-01", ""])
def test_what_is_no_month_is_refused(month: str) -> None:
    with pytest.raises(RosterRefused):
        days_of(month)


def test_days_with_holes_or_overlaps_are_refused() -> None:
    for slots in ((), TWO[:1], (*TWO, TWO[0]), (Slot("a", 0, 600), Slot("b", 660, 0))):
        with pytest.raises(RosterRefused):
            check_slots(slots)
    check_slots((Slot("whole", 420, 420),))


@given(months, st.integers(-40, 40))
def test_months_count_to_and_fro(month: str, by: int) -> None:
    assert month_after(month_after(month, by), -by) == month


@pytest.mark.parametrize("pattern", PATTERNS.values(), ids=lambda each: each.code)
def test_the_listed_patterns_leave_everybody_time_to_sleep(pattern: Pattern) -> None:
    """At least one whole slot between two of the same group, so 8 h at the least."""
    check_slots(pattern.slots)
    assert min(slot.minutes for slot in pattern.slots) >= 8 * 60
