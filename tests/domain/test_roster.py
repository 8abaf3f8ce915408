"""A month's roster: swaps keep totals, times are right over midnight, and what is wrong is said."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from checkpoint_app.domain.roster import (
    Exchange,
    Group,
    Plan,
    StandIn,
    generate,
    planned,
    serving,
    swapped,
    turnings,
)
from checkpoint_app.domain.roster_rules import duty_flaws, group_flaws, plan_flaws
from checkpoint_app.domain.rotation import PATTERNS, Pattern, RosterRefused

NAMES = tuple("一二三四五六七八")
EIGHT = PATTERNS["eight_by_two"]
HOUR = 3_600_000
ZONE = 480
NOVEMBER = 1_667_232_000_000  # 2022-11-01 00:00 at +08:00


def group(place: int, name: str, leads: int = 3) -> Group:
    members = tuple(f"{place}{n}" for n in range(6))
    return Group(name, members, members[:leads])


GROUPS = tuple(group(place, name) for place, name in enumerate(NAMES, 1))
PLAN = generate(EIGHT, NAMES, "2022-11", phase=0)


@st.composite
def exchanges(draw: st.DrawFn) -> Exchange:
    one, two = draw(st.sampled_from(PLAN.turns)), draw(st.sampled_from(PLAN.turns))
    mine, other = draw(st.sampled_from(one.groups)), draw(st.sampled_from(two.groups))
    assume(other not in one.groups and mine not in two.groups)
    return Exchange(one.day, one.slot, mine, other, (two.day, two.slot))


@given(exchanges())
def test_an_exchange_keeps_everybodys_total_and_every_slots_number(swap: Exchange) -> None:
    after = swapped(PLAN, swap)
    assert after.count() == PLAN.count()
    assert [len(set(turn.groups)) for turn in after.turns] == [2] * len(after.turns)
    assert after.turns != PLAN.turns


@given(exchanges())
def test_an_exchange_taken_back_leaves_the_plan_as_it_was(swap: Exchange) -> None:
    assert swap.back is not None
    back = Exchange(swap.day, swap.slot, swap.other, swap.group, swap.back)
    again = swapped(swapped(PLAN, swap), back)
    assert [set(turn.groups) for turn in again.turns] == [set(turn.groups) for turn in PLAN.turns]


def test_a_turn_given_away_without_return_moves_one_turn() -> None:
    after = swapped(PLAN, Exchange(1, 0, "一", "五")).count()
    assert (after["一"], after["五"]) == (PLAN.count()["一"] - 1, PLAN.count()["五"] + 1)


@pytest.mark.parametrize(
    "swap",
    [
        Exchange(1, 0, "三", "五"),
        Exchange(31, 0, "一", "五"),
        Exchange(1, 3, "一", "五"),
        Exchange(1, 0, "一", "二"),
        Exchange(1, 0, "一", "三", (1, 0)),
        StandIn(1, 0, "三", "30", "40"),
        StandIn(1, 0, "一", "10", "10"),
    ],
)
def test_a_swap_that_cannot_be_is_refused(swap: Exchange | StandIn) -> None:
    with pytest.raises(RosterRefused):
        swapped(PLAN, swap)


def test_a_night_ends_on_the_next_day_and_the_last_one_in_the_next_month() -> None:
    told = turnings(PLAN, zone=ZONE)
    assert (told[0].begins, told[0].ends) == (NOVEMBER + 7 * HOUR, NOVEMBER + 15 * HOUR)
    assert (told[2].begins, told[2].ends) == (NOVEMBER + 23 * HOUR, NOVEMBER + 31 * HOUR)
    assert told[-1].ends == NOVEMBER + (30 * 24 + 7) * HOUR
    assert all(one.ends == two.begins for one, two in pairwise(told))


def test_a_group_without_enough_leads_is_told() -> None:
    groups = (*GROUPS[:7], group(8, "八", leads=2))
    (flaw,) = group_flaws(groups, leads_needed=3)
    assert (flaw.code, flaw.group, flaw.found, flaw.need) == ("few_leads", "八", 2, 3)
    assert group_flaws(groups, leads_needed=2) == ()


def test_an_officer_in_two_groups_is_told() -> None:
    groups = (GROUPS[0], replace(GROUPS[1], members=(*GROUPS[1].members, "10")))
    (flaw,) = group_flaws(groups, leads_needed=3)
    assert (flaw.code, flaw.officer, flaw.others) == ("two_groups", "10", ("二",))


def flaws(plan: Plan) -> set[str]:
    return {flaw.code for flaw in plan_flaws(plan, GROUPS, leads_needed=3, zone=ZONE)}


def test_a_stand_in_without_experience_for_a_lead_is_told_and_one_with_it_is_not() -> None:
    assert flaws(PLAN) == set()
    assert flaws(swapped(PLAN, StandIn(1, 0, "一", "10", "35"))) == {"few_leads"}
    assert flaws(swapped(PLAN, StandIn(1, 0, "一", "10", "30"))) == set()
    assert flaws(swapped(PLAN, StandIn(1, 0, "一", "15", "35"))) == set()


def test_a_stand_in_who_is_on_already_is_told() -> None:
    assert flaws(swapped(PLAN, StandIn(1, 0, "一", "15", "25"))) == {"twice"}


def test_a_plan_with_a_group_that_is_none_is_told() -> None:
    strange = generate(EIGHT, (*NAMES[:7], "九"), "2022-11", phase=0)
    assert [flaw.group for flaw in plan_flaws(strange, GROUPS, leads_needed=3, zone=0)] == ["九"]


def test_who_stands_in_serves_in_that_turn_alone() -> None:
    plan, known = swapped(PLAN, StandIn(1, 0, "一", "15", "35")), {each.name: each for each in GROUPS}
    assert "35" in serving(plan, plan.turns[0], known)["一"]
    others = [turn for turn in plan.turns[1:] if "一" in turn.groups]
    assert all("35" not in serving(plan, turn, known)["一"] for turn in others)


def codes(*spans: tuple[int, int]) -> list[str]:
    hours = tuple((begin * HOUR, end * HOUR) for begin, end in spans)
    return [flaw.code for flaw in duty_flaws({"1": hours}, longest=12 * 60, least_rest=8 * 60)]


@pytest.mark.parametrize(
    ("spans", "found"),
    [
        (((7, 15),), []),
        (((7, 19),), []),
        (((7, 20),), ["long"]),
        (((7, 15), (15, 23)), ["long"]),
        (((7, 15), (22, 30)), ["rest"]),
        (((7, 15), (23, 31)), []),
        (((7, 24), (25, 40)), ["long", "rest", "long"]),
        (((7, 15), (8, 12)), []),
    ],
)
def test_long_duties_and_short_rests_are_told(spans: tuple[tuple[int, int], ...], found: list[str]) -> None:
    assert codes(*spans) == found


@pytest.mark.parametrize("pattern", PATTERNS.values(), ids=lambda each: each.code)
def test_the_listed_patterns_break_no_rule_of_duty_and_rest(pattern: Pattern) -> None:
    groups = GROUPS[: pattern.groups]
    made = generate(pattern, [each.name for each in groups], "2022-11")
    spans = planned(made, groups, zone=ZONE)
    assert len(spans) == 6 * pattern.groups
    assert duty_flaws(spans, longest=12 * 60, least_rest=8 * 60) == ()


def test_a_swap_that_leaves_too_short_a_rest_is_told() -> None:
    """Group 一 serves 07–15 and then also 15–23 of the same day."""
    after = swapped(PLAN, Exchange(1, 1, "三", "一", (2, 1)))
    found = duty_flaws(planned(after, GROUPS, zone=ZONE), longest=12 * 60, least_rest=8 * 60)
    assert {flaw.code for flaw in found} == {"long"}
    assert {flaw.officer for flaw in found} >= set(GROUPS[0].members)
