"""Groups, months and swaps as entries: what stands, who is due, what a swap would break, who may."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path

import pytest

from checkpoint_app.domain.facts import By
from checkpoint_app.domain.hours import Stint
from checkpoint_app.domain.roles import ACTION_REFUSED, NotAllowed, Role
from checkpoint_app.domain.roster import Exchange, StandIn, turnings
from checkpoint_app.domain.rotation import PATTERNS, PatternRefused, RosterRefused
from checkpoint_app.services.desk import Desk, new_action
from checkpoint_app.services.rights import Rights
from checkpoint_app.services.roster import (
    GroupNameNeeded,
    GroupPlanned,
    NoRoster,
    Roster,
    UnknownGroup,
)
from tests.services.desks import desk_in, entries
from tests.storage.desks import Clock

NAMES = tuple("一二三四五六七八")
EIGHT = PATTERNS["eight_by_two"]
HOUR, ZONE = 3_600_000, 480
NOVEMBER = 1_667_232_000_000  # 2022-11-01 00:00 at +08:00


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_in(tmp_path, clock=Clock(NOVEMBER + 36 * HOUR)) as desk:
        for place, name in enumerate(NAMES, 1):
            members = [f"{place}{n}" for n in range(6)]
            desk.roster.set_group(name, members, members[:3], by=desk.by).result()
        yield desk


@pytest.fixture
def planned(desk: Desk) -> Desk:
    desk.roster.generate("2022-11", EIGHT, by=desk.by).result()
    return desk


def test_groups_stand_as_they_were_set_last_and_leads_are_members(desk: Desk) -> None:
    desk.roster.set_group("二", ["21"], ["99"], by=desk.by).result()
    assert [group.name for group in desk.roster.groups()] == list(NAMES)
    group = desk.roster.group("二")
    assert (group.members, group.leads) == (("99", "21"), ("99",))


def test_a_group_needs_a_name_and_somebody(desk: Desk) -> None:
    for name, members in (("", ["1"]), ("九", [])):
        with pytest.raises(GroupNameNeeded):
            desk.roster.set_group(name, members, [], by=desk.by)


def test_a_dropped_group_is_gone_and_one_with_turns_is_not_dropped(planned: Desk) -> None:
    roster, by = planned.roster, planned.by
    with pytest.raises(GroupPlanned) as refused:
        roster.drop_group("一", zone=ZONE, by=by)
    assert refused.value.facts["group"] == "一"
    roster.set_group("九", ["91"], [], by=by).result()
    roster.drop_group("九", zone=ZONE, by=by).result()
    assert "九" not in [group.name for group in roster.groups()]
    with pytest.raises(UnknownGroup):
        roster.drop_group("九", zone=ZONE, by=by)


def test_what_is_read_back_is_what_was_generated(desk: Desk) -> None:
    drafted = desk.roster.drafted("2022-11", EIGHT)
    desk.roster.generate("2022-11", EIGHT, by=desk.by).result()
    assert desk.roster.plan("2022-11") == drafted
    assert desk.roster.plan("2022-12") is None


def test_the_next_month_goes_on_where_this_one_ends(planned: Desk) -> None:
    told = planned.roster.drafted("2022-12", EIGHT).turns
    last = planned.roster.drafted("2022-11", EIGHT).turns[-4:]
    assert [turn.groups for turn in told[:4]] == [turn.groups for turn in last]


def test_too_few_groups_for_a_pattern_are_refused(desk: Desk) -> None:
    with pytest.raises(PatternRefused):
        desk.roster.generate("2022-11", EIGHT, NAMES[:7], by=desk.by)
    assert entries(desk, "roster_set") == []


def test_swaps_stand_in_the_plan_and_a_new_plan_takes_them_away(planned: Desk) -> None:
    roster, by = planned.roster, planned.by
    plan = roster.plan("2022-11")
    assert plan is not None
    one, two = plan.turns[10], plan.turns[13]
    swap = Exchange(one.day, one.slot, one.groups[0], two.groups[0], (two.day, two.slot))
    roster.swap("2022-11", swap, why="家中有事", by=by).result()
    after = roster.plan("2022-11")
    assert after is not None
    assert after.swaps == (swap,)
    assert after.turns[10].groups[0] == two.groups[0]
    assert after.count() == plan.count()
    assert entries(planned, "roster_swapped")[0]["why"] == "own_words", "words may name somebody"
    roster.generate("2022-11", EIGHT, by=by).result()
    assert roster.plan("2022-11") == plan


def test_a_swap_of_what_is_not_planned_is_refused_and_writes_nothing(planned: Desk) -> None:
    roster, by = planned.roster, planned.by
    for month, swap, refusal in (
        ("2022-10", Exchange(1, 0, "一", "二"), NoRoster),
        ("2022-11", Exchange(1, 0, "一", "十"), UnknownGroup),
        ("2022-11", Exchange(31, 0, "一", "二"), RosterRefused),
    ):
        with pytest.raises(refusal):
            roster.swap(month, swap, by=by)
    assert entries(planned, "roster_swapped") == []


def test_a_stand_in_that_leaves_two_leads_is_told_before_it_is_done(planned: Desk) -> None:
    plan = planned.roster.plan("2022-11")
    assert plan is not None
    turn = plan.turns[30]
    place = NAMES.index(turn.groups[0]) + 1
    swap = StandIn(turn.day, turn.slot, turn.groups[0], f"{place}0", "99")
    codes = [flaw.code for flaw in planned.roster.breaks("2022-11", swap, zone=ZONE)]
    assert codes == ["few_leads"]
    experienced = StandIn(turn.day, turn.slot, turn.groups[0], f"{place}5", f"{place % 8 + 1}5")
    codes = [flaw.code for flaw in planned.roster.breaks("2022-11", experienced, zone=ZONE)]
    assert "few_leads" not in codes


@pytest.mark.parametrize("hours", [0, 6.99, 7, 14.99, 22.99, 23, 30.5, 36, 30 * 24 - 0.5])
def test_who_is_due_is_due_over_midnight_too(planned: Desk, hours: float) -> None:
    planned.roster.generate("2022-12", EIGHT, by=planned.by).result()
    now = NOVEMBER + round(hours * HOUR)
    due = planned.roster.due(now, ZONE)
    if hours < 7:
        assert due.current is None, "October was not planned"
    else:
        assert due.current is not None
        assert due.current.begins <= now < due.current.ends
        assert due.following is not None
        assert due.following.begins == due.current.ends
    assert due.following is not None
    assert due.following.begins > now


def test_the_last_night_of_a_month_is_still_due_on_the_first(planned: Desk) -> None:
    due = planned.roster.due(NOVEMBER + (30 * 24 + 3) * HOUR, ZONE)
    assert due.current is not None
    assert (due.current.month, due.current.slot) == ("2022-11", "night")
    assert due.following is None


def test_nothing_is_due_without_a_plan(desk: Desk) -> None:
    due = desk.roster.due(NOVEMBER, ZONE)
    assert (due.current, due.following) == (None, None)


def test_attendance_before_now_counts_instead_of_the_plan(planned: Desk) -> None:
    """Somebody stayed from 07:00 to 20:00 of yesterday: 13 hours, whatever the plan said."""
    stayed = Stint("10", "S1", NOVEMBER + 7 * HOUR, NOVEMBER + 20 * HOUR)
    found = planned.roster.flaws("2022-11", zone=ZONE, stints=(stayed,))
    assert [(flaw.code, flaw.officer, flaw.found) for flaw in found] == [("long", "10", 13 * 60)]
    assert planned.roster.flaws("2022-11", zone=ZONE) == ()


@pytest.mark.parametrize("role", [Role.OFFICER, Role.AUDITOR])
def test_only_leads_and_admins_change_the_roster(planned: Desk, role: Role) -> None:
    rights = Rights(planned.ledger, new_action, role_of=lambda _officer: role)
    roster = Roster(planned.ledger, rights, new_action, lambda: planned.settings)
    by = By(planned.by.shift, "77")
    tries: tuple[Callable[[], object], ...] = (
        lambda: roster.set_group("九", ["1"], [], by=by),
        lambda: roster.generate("2022-12", EIGHT, by=by),
        lambda: roster.swap("2022-11", Exchange(1, 0, "一", "二"), by=by),
        lambda: roster.drop_group("八", zone=ZONE, by=by),
    )
    for refused in tries:
        with pytest.raises(NotAllowed):
            refused()
    planned.ledger.keep({}).result()
    assert len(entries(planned, ACTION_REFUSED)) == 4
    assert len(entries(planned, "roster_set")) == 1


def test_of_several_returns_the_first_that_breaks_nothing_is_best(planned: Desk) -> None:
    roster, now = planned.roster, planned.ledger.now()
    plan = roster.plan("2022-11")
    assert plan is not None
    ahead = [each for each in turnings(plan, zone=ZONE) if each.begins > now]
    worse = 0
    for turn, other in product(ahead[2:4], NAMES):
        swaps = [
            Exchange(turn.day, turn.place, turn.groups[0], other, (each.day, each.place))
            for each in ahead
            if other in each.groups and not set(turn.groups) & set(each.groups)
        ][:6]
        flaws = [len(roster.breaks("2022-11", each, zone=ZONE)) for each in swaps]
        best = roster.best("2022-11", swaps, zone=ZONE)
        assert best == (flaws.index(min(flaws)) if flaws else None)
        worse += bool(flaws) and flaws[0] > min(flaws)
    assert worse, "the very next turn is not always the best one"
