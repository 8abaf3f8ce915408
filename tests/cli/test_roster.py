"""`roster`: groups, a month, swaps, hours and duty phones from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from checkpoint_app.cli import parser_duty
from checkpoint_app.domain.disclosures import EXPORTED
from checkpoint_app.domain.rotation import PATTERNS
from tests.cli.desks import Post
from tests.services.desks import entries

MONTH = "2099-03"


@pytest.fixture
def grouped(post: Post) -> Post:
    """Eight groups of one officer each."""
    with post.opened() as desk:
        for place, name in enumerate("一二三四五六七八", 1):
            made = desk.officers.enrol(f"样例{place}", by=desk.by)
            desk.roster.set_group(f"{name}班", [made.number], [made.number], by=desk.by).result()
    return post


@pytest.fixture
def planned(grouped: Post) -> Post:
    assert grouped.ask("roster", "generate", "--month", MONTH).status == 0
    return grouped


def turn(post: Post, day: int, slot: int) -> list[str]:
    told = post.ask("--json", "roster", "show", "--month", MONTH).records
    return next(each["groups"] for each in told if (each["day"], each["slot"]) == (day, slot))


def test_a_month_is_planned_and_shown(planned: Post) -> None:
    told = planned.ask("--json", "roster", "show", "--month", MONTH).records
    assert len(told) == 31 * 3
    assert {len(each["groups"]) for each in told} == {2}
    assert told[0]["from"] == 7 * 60
    shown = planned.ask("roster", "show", "--month", MONTH).out
    assert len(shown.splitlines()) == 32
    assert "Early shift 07–15" in shown


def test_too_few_experienced_are_told_beside_the_plan(grouped: Post) -> None:
    answer = grouped.ask("--json", "roster", "generate", "--month", MONTH)
    assert (answer.status, answer.records[0]["pattern"]) == (0, "AB CD EF GH")
    assert "一班: 1 experienced, 3 are needed" in answer.err


def test_a_pattern_says_how_many_groups_it_needs(grouped: Post) -> None:
    words = ("--pattern", "two_on_two_off", "--group", "一班", "--group", "二班")
    refused = grouped.ask("roster", "generate", "--month", MONTH, *words)
    assert refused.status == 1
    assert "needs 4 groups, there are 2: 一班, 二班" in refused.err
    assert {code: each.groups for code, each in PATTERNS.items()} == parser_duty.PATTERNS


def test_a_group_that_is_set_says_who_is_in_it(post: Post) -> None:
    numbers = [post.ask("--json", "officers", "enrol", name).records[0]["number"] for name in ("甲", "乙")]
    told = post.ask(
        "roster", "groups", "--set", "九班", "--experienced", numbers[0], "--member", numbers[1]
    ).out
    assert f"experienced  {numbers[0]}\nmembers      {numbers[1]}" in told
    assert "UnknownOfficer" in post.ask("--json", "roster", "groups", "--set", "九班", "--member", "88").out
    assert "`officers list`" in post.ask("roster", "groups", "--set", "九班", "--member", "88").err


def test_what_a_plan_breaks_is_told_day_after_day(grouped: Post) -> None:
    words = ("--pattern", "AAABBB", "--group", "一班", "--group", "二班")
    told = grouped.ask("roster", "generate", "--month", MONTH, *words).err.splitlines()
    days = [line[:5] for line in told if line[0].isdecimal()]
    assert len(set(days)) > 2
    assert days == sorted(days)


def test_an_own_pattern_over_own_parts_of_the_day(grouped: Post) -> None:
    words = ("--pattern", "AABB", "--slots", "2", "--first", "8", "--group", "一班", "--group", "二班")
    assert grouped.ask("roster", "generate", "--month", MONTH, *words).status == 0
    told = grouped.ask("--json", "roster", "show", "--month", MONTH).records
    assert [each["groups"] for each in told[:2]] in (
        [["一班"], ["一班"]],
        [["一班"], ["二班"]],
        [["二班"], ["二班"]],
        [["二班"], ["一班"]],
    )
    assert (told[0]["from"], told[0]["to"]) == (480, 1200)


def test_what_cannot_be_planned_is_refused(grouped: Post) -> None:
    for words in (("--pattern", "A C"), ("--pattern", "ABC", "--slots", "5"), ("--group", "一班")):
        answer = grouped.ask("roster", "generate", "--month", MONTH, *words)
        assert (answer.status, answer.out) == (1, "")
    assert grouped.ask("roster", "show", "--month", MONTH).status == 1
    assert grouped.ask("roster", "show", "--month", "2099-13").status == 1


def test_groups_swap_turns(planned: Post) -> None:
    mine, other = turn(planned, 1, 1), turn(planned, 2, 2)
    if set(mine) & set(other):
        other = turn(planned, 2, 3)
    gives, takes = mine[0], next(name for name in turn(planned, 1, 2) if name not in mine)
    answer = planned.ask(
        "--json", "roster", "swap", "--month", MONTH, "1", "1", gives, "--to", takes, "--why", "家中有事"
    )
    assert answer.status == 0
    assert takes in turn(planned, 1, 1)
    assert "long" in answer.records[0]["breaks"], "two slots one after the other"
    refused = planned.ask("roster", "swap", "--month", MONTH, "1", "1", gives, "--to", takes)
    assert refused.status == 1


def test_an_officer_stands_in(planned: Post) -> None:
    (first, _second) = turn(planned, 1, 1)
    number = next(
        each["members"][0]
        for each in planned.ask("--json", "roster", "groups").records
        if each["name"] == first
    )
    words = ("swap", "--month", MONTH, "1", "1", first, "--goes", number, "--comes", "99")
    answer = planned.ask("--json", "roster", *words)
    assert answer.records[0]["breaks"] == ["few_leads"]


def test_groups_are_set_listed_and_dropped(grouped: Post) -> None:
    number = grouped.ask("--json", "roster", "groups").records[0]["members"][0]
    assert grouped.ask("roster", "groups", "--set", "九班", "--experienced", number).status == 0
    assert "九班" in grouped.ask("roster", "groups").out
    assert grouped.ask("roster", "groups", "--set", "十班", "--member", "99").status == 1
    assert grouped.ask("roster", "groups", "--drop", "九班").status == 0
    assert "九班" not in grouped.ask("roster", "groups").out


def test_hours_are_shown_masked_and_written_as_a_file_with_its_entry(grouped: Post, tmp_path: Path) -> None:
    with grouped.opened() as desk:
        desk.duty.open(group="一班", lead="样例1", officers=("样例2",), zone=480).result()
        desk.resume_shift()
        number = desk.officers.everybody()[0].number
        desk.attendance.come(number, by=desk.by).result()
    told = grouped.ask("--json", "roster", "hours").records
    assert (told[0]["officer"], told[0]["shifts"]) == (number, 1)
    assert "样*" in grouped.ask("roster", "hours").out
    path = tmp_path / "工时.xlsx"
    assert grouped.ask("roster", "hours", "--xlsx", path).status == 0
    assert path.read_bytes().startswith(b"PK")
    assert grouped.ask("roster", "hours", "--xlsx", path, "--full").status == 1, "a reason is needed"
    with grouped.opened() as desk:
        assert [entry["form"] for entry in entries(desk, EXPORTED)] == ["hours-xlsx"]


def test_duty_phones_are_masked_added_and_dropped(post: Post) -> None:
    added = post.ask("--json", "roster", "contacts", "--add", "县人民医院", "0373-7260120", "--about", "急诊")
    assert added.status == 0
    (told,) = post.ask("--json", "roster", "contacts").records
    assert (told["name"], told["phone"], told["about"]) == ("县人民医院", "*******0120", "急诊")
    assert "7260120" not in post.ask("roster", "contacts").out
    assert post.ask("roster", "contacts", "--drop", told["id"]).status == 0
    assert post.ask("--json", "roster", "contacts").records == []
