"""Verdicts: every reason from the tables, and what must hold for any crossing."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkpoint_app.domain.case import as_data, gone_through
from checkpoint_app.domain.crossing import Check, Crossing, Person
from checkpoint_app.domain.judging import WORST_FIRST, Known, KnownSet, Sighting, judge
from checkpoint_app.domain.rules import requiring, with_parameters
from checkpoint_app.domain.verdict import Verdict
from checkpoint_app.domain.words import (
    CheckKind,
    ClockState,
    Direction,
    Evidence,
    VehicleClass,
    VerdictState,
)

from .verdict_rows import NOW, PACK, Row, read_check, rows

DAY = 24 * 3_600_000
LONGEST = {"zh": 24, "en": 48}
ROWS = rows()

# crossings


def crossings(*, wild: bool = False) -> st.SearchStrategy[Crossing]:
    """Crossings as a lane makes them; `wild` ones as nobody would."""
    numbers = st.integers() if wild else st.integers(0, 4)
    people = st.lists(st.builds(Person, number=numbers), max_size=4).map(tuple)
    return st.builds(
        Crossing,
        action=st.just("a"),
        lane=numbers,
        direction=st.sampled_from(Direction),
        started=st.integers() if wild else st.just(NOW),
        plate=st.text(max_size=9) if wild else st.sampled_from(["", "豫A12345"]),
        vehicle=st.sampled_from(VehicleClass),
        people=people if wild else st.just(()),
        told=st.integers(-5, 10**12) if wild else st.integers(0, 4),
        checks=st.lists(checks(wild=wild), max_size=8).map(tuple),
    )


def checks(*, wild: bool = False) -> st.SearchStrategy[Check]:
    results = ["green", "yellow", "red", "grey", "unread", "presented", "negative", "positive", "measured"]
    return st.builds(
        Check,
        kind=st.sampled_from(CheckKind),
        result=st.text() if wild else st.sampled_from(results),
        evidence=st.sampled_from(Evidence),
        at=st.integers() if wild else st.just(NOW),
        person=st.integers() if wild else st.integers(0, 4),
        tenths=st.none() | (st.integers() if wild else st.integers(300, 430)),
        taken=st.none() | (st.integers() if wild else st.integers(NOW - 9 * DAY, NOW + 9 * DAY)),
        digest=st.sampled_from(["", "ab12"]),
        voided=st.booleans(),
    )


def knowns() -> st.SearchStrategy[Known]:
    return st.builds(
        Known,
        clock=st.sampled_from(ClockState),
        sets=st.lists(
            st.builds(
                KnownSet,
                name=st.just("watch"),
                version=st.just("v88"),
                issued=st.none() | st.integers(),
                stale_after=st.integers(0),
                expires_after=st.integers(0),
            ),
            max_size=2,
        ).map(tuple),
        sightings=st.lists(
            st.builds(Sighting, digest=st.just("ab12"), at=st.integers(), lane=st.integers()), max_size=2
        ).map(tuple),
    )


WORSE = (
    "1 health_code red scanned",
    "2 health_code yellow scanned",
    "1 health_code grey seen",
    "3 travel_code red seen",
    "1 test_report positive seen -1:00",
    "1 test_report negative seen +1:00",
    "2 test_report negative seen -49:00",
    "1 test_report unread seen -1:00",
    "1 temperature 373",
    "2 temperature 300",
    "0 other_code unread scanned",
)


def badness(verdict: Verdict) -> int:
    return -WORST_FIRST.index(verdict.state)


def lines_of(verdict: Verdict, language: str) -> list[str]:
    every = [reason.words[language] for reason in (*verdict.reasons, *verdict.done)]
    return [*every, verdict.title(language), verdict.now(language)]


# tables


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_a_row_of_the_tables_holds(row: Row) -> None:
    verdict, expected = row.verdict, row.given

    assert verdict.state == expected["state"]
    assert [f"{reason.code}:{reason.person}" for reason in verdict.reasons] == expected["codes"]
    for key, found in (
        ("zh", verdict.title("zh_CN")),
        ("en", verdict.title("en")),
        ("now", verdict.now("zh_CN")),
        ("weakest", verdict.weakest),
        ("ring", verdict.facts["ring"]),
    ):
        assert found == expected.get(key, found), key
    assert expected.get("done") in {None, *(line.text("zh") for line in verdict.done)}


def test_the_tables_reach_every_rule() -> None:
    seen = {code.split(":")[0] for row in ROWS for code in row.given["codes"]}

    assert seen == {rule.identifier for rule in PACK.rules}
    assert len(ROWS) >= 60


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_line_is_finished_and_short(row: Row, language: str) -> None:
    verdict = row.verdict

    for line in lines_of(verdict, language):
        assert not set("{}") & set(line)
        assert len(line) <= LONGEST[language], line
    assert len(verdict.title("zh")) <= 24
    assert not re.search("无效|非法|失败|错误|异常|！|!", verdict.title("zh") + verdict.now("zh"))


def test_a_pass_leaves_the_foot_to_the_evidence_and_anything_else_says_what_to_do() -> None:
    for row in ROWS:
        assert bool(row.verdict.now("zh")) == (row.verdict.state is not VerdictState.PASS)


# what must hold for any crossing


@given(crossings(wild=True), knowns(), st.integers(), st.none() | checks(wild=True))
def test_judging_never_raises_and_says_the_same_twice(
    crossing: Crossing, known: Known, now: int, check: Check | None
) -> None:
    first = judge(crossing, check, known, PACK, now=now)

    assert first == judge(crossing, check, known, PACK, now=now)
    assert not set("{}") & set("".join(lines_of(first, "zh") + lines_of(first, "en")))


@given(crossings(), knowns(), st.sampled_from(WORSE))
def test_a_worse_check_never_makes_the_verdict_better(crossing: Crossing, known: Known, worse: str) -> None:
    before = judge(crossing, None, known, PACK, now=NOW)
    after = judge(crossing, read_check(worse), known, PACK, now=NOW)

    assert badness(after) >= badness(before)


def test_a_better_check_may_make_it_better() -> None:
    """The control of the property above: it would fail for a check that is not worse."""
    fever = Crossing(
        "a", 1, Direction.IN, NOW, plate="豫A12345", checks=(read_check("1 temperature 380 -0:05"),)
    )
    cooled = read_check("1 temperature 365")

    assert badness(judge(fever, cooled, Known(), PACK, now=NOW)) < badness(
        judge(fever, None, Known(), PACK, now=NOW)
    )


@given(crossings(), knowns(), st.permutations([1, 2, 3, 4]))
def test_who_is_called_first_does_not_matter(crossing: Crossing, known: Known, order: list[int]) -> None:
    others = {0: 0, **dict(enumerate(order, start=1))}
    told = replace(crossing, told=4)
    mixed = replace(told, checks=tuple(replace(one, person=others[one.person]) for one in told.checks))
    before, after = (judge(one, None, known, PACK, now=NOW) for one in (told, mixed))

    assert (before.state, before.checked, before.people) == (after.state, after.checked, after.people)
    assert before.weakest == after.weakest
    assert sorted((reason.code, others[reason.person]) for reason in before.reasons) == sorted(
        (reason.code, reason.person) for reason in after.reasons
    )


@given(crossings(), st.sampled_from(["positive seen -1:00", "negative seen -49:00", "negative seen +0:01"]))
def test_positive_too_old_and_future_always_stop(crossing: Crossing, test: str) -> None:
    alone = replace(crossing, checks=tuple(one for one in crossing.checks if one.person != 1))

    verdict = judge(alone, read_check(f"1 test_report {test}"), Known(), PACK, now=NOW)

    assert verdict.state is VerdictState.STOP


@given(crossings(), knowns())
def test_reasons_come_worst_first_and_the_first_is_the_state(crossing: Crossing, known: Known) -> None:
    verdict = judge(crossing, None, known, PACK, now=NOW)
    order = [WORST_FIRST.index(reason.state) for reason in verdict.reasons]

    assert order == sorted(order)
    assert verdict.state is (verdict.reasons[0].state if verdict.reasons else VerdictState.PASS)


@given(crossings(wild=True), knowns(), st.integers())
def test_rules_see_whole_numbers_only(crossing: Crossing, known: Known, now: int) -> None:
    case = gone_through(crossing, known=known, rules=PACK, now=now)

    assert plain(as_data(case, known=known, rules=PACK, now=now))


def plain(value: Any) -> bool:
    if isinstance(value, dict):
        return all(isinstance(name, str) and plain(one) for name, one in value.items())
    if isinstance(value, list):
        return all(plain(one) for one in value)
    return value is None or type(value) in {str, int, bool}


def test_plain_notices_a_float() -> None:
    assert not plain({"tenths": [36.5]})


# the rest


def test_the_new_check_counts_once_whether_or_not_it_is_in_the_crossing() -> None:
    check = read_check("1 health_code red scanned")
    empty = Crossing("a", 1, Direction.IN, NOW, plate="豫A12345")

    given_apart = judge(empty, check, Known(), PACK, now=NOW)

    assert given_apart == judge(empty.with_check(check), check, Known(), PACK, now=NOW)
    assert given_apart == judge(empty.with_check(check), None, Known(), PACK, now=NOW)


def test_the_lines_of_a_pass_are_those_of_the_design() -> None:
    texts = ["1 health_code green scanned", "2 health_code green scanned", "1 venue_code presented scanned"]
    texts += ["2 venue_code presented scanned", "1 temperature 365", "2 temperature 367"]
    texts += [f"{person} test_report negative declared -36:00" for person in (1, 2)]
    verdict = judged(*texts, told=2)

    assert [line.text("zh_CN") for line in verdict.done] == [
        "健康码 绿·扫码",
        "场所码·扫码",
        "核酸 36 小时前 阴性·自报",
        "体温 36.5 / 36.7",
    ]
    assert [line.text("en") for line in verdict.done][::3] == [
        "Health code green·scanned",
        "Temp. 36.5 / 36.7",
    ]


def test_the_lines_of_an_unfinished_crossing_are_those_of_the_design() -> None:
    texts = ["1 health_code green scanned", "2 health_code green scanned"]
    verdict = judged(*texts, "1 temperature 365", "2 temperature 367", told=3)

    assert [(line.state, line.text("zh")) for line in verdict.done][:3] == [
        (VerdictState.NOT_YET, "第 3 人 健康码 未扫"),
        (VerdictState.NOT_YET, "第 3 人 体温 未测"),
        (VerdictState.PASS, "第 1、2 人 已查完"),
    ]
    assert verdict.facts["next_person"] == "3"


def test_what_speaks_against_comes_first_with_its_own_state() -> None:
    verdict = judged("1 temperature 365", "1 health_code red scanned")

    assert verdict.done[0].state is VerdictState.STOP
    assert verdict.done[0].text("zh") == "健康码 红·扫码"
    assert verdict.facts["phrase_zh"] == "您的健康码不是绿码，请靠边停车，我们马上核实。"


def test_a_busload_shows_the_range_of_temperatures() -> None:
    texts = [f"{person} health_code green scanned" for person in range(1, 46)]
    texts += [f"{person} temperature {360 + person % 9}" for person in range(1, 46)]

    verdict = judged(*texts, told=45)

    assert verdict.title("zh") == "45 人全部查完"
    assert "体温 36.0–36.8" in {line.text("zh") for line in verdict.done}


def test_more_people_than_anybody_can_carry_are_counted_not_listed() -> None:
    verdict = judged(told=10**9)

    assert verdict.people == 10**9
    assert verdict.checked == 0
    assert verdict.title("zh") == "还差 9999 人：第 1–500 人健康码、体温"


def test_a_station_may_require_other_checks_and_other_limits() -> None:
    crossing = Crossing(
        "a", 1, Direction.IN, NOW, plate="豫A12345", checks=(read_check("1 temperature 372"),)
    )

    only = requiring(PACK, ("temperature",))
    stricter = with_parameters(only, {"temperature_limit": 372})

    assert judge(crossing, None, Known(), only, now=NOW).state is VerdictState.PASS
    assert judge(crossing, None, Known(), stricter, now=NOW).state is VerdictState.STOP


def test_a_station_may_let_a_scanned_code_do_without_its_colour() -> None:
    texts = ("1 health_code presented scanned", "1 temperature 365")
    relaxed = with_parameters(PACK, {"colour_needed": 0})

    assert judged(*texts).state is VerdictState.NOT_YET
    assert judged(*texts, pack=relaxed).state is VerdictState.PASS


def test_without_a_rule_in_force_nothing_passes() -> None:
    late = PACK.rules[0].valid_to + 1
    crossing = Crossing("a", 1, Direction.IN, late, plate="豫A12345")

    assert judge(crossing, None, Known(), PACK, now=late).reasons[0].code == "rules_out_of_force"
    unsure = judge(crossing, None, Known(clock=ClockState.UNSURE), PACK, now=late)
    assert "rules_out_of_force" not in {reason.code for reason in unsure.reasons}


def test_a_rule_that_has_no_answer_is_a_reason_to_look_closer() -> None:
    odd = replace(
        PACK.rules[0], logic={">": [{"var": "payload.plate"}, 1]}, scope="crossing", identifier="odd"
    )

    verdict = judged("1 health_code green seen", "1 temperature 365", pack=replace(PACK, rules=(odd,)))

    assert verdict.state is VerdictState.REFER
    assert verdict.reasons[0].code == "undecided_odd"


def test_a_rule_about_a_person_is_asked_for_each() -> None:
    logic = {"===": [{"var": "payload.person.number"}, 1]}
    rule = replace(PACK.rules[0], logic=logic, scope="person", kinds=(), identifier="first_only")

    verdict = judged(told=3, pack=replace(PACK, rules=(rule,)))

    assert [reason.person for reason in verdict.reasons] == [2, 3]


@pytest.mark.parametrize(
    ("age", "light"), [(0, "fresh"), (23, "fresh"), (24, "stale"), (71, "stale"), (72, "expired")]
)
def test_every_verdict_carries_the_age_of_its_data(age: int, light: str) -> None:
    hour = 3_600_000
    watch = KnownSet("watch", "v88", NOW - age * hour, 24 * hour, 72 * hour)

    verdict = judge(Crossing("a", 1, Direction.IN, NOW), None, Known(sets=(watch,)), PACK, now=NOW)

    assert [data.name for data in verdict.data] == ["rules", "watch"]
    assert (verdict.data[1].age, verdict.data[1].light) == (age * hour, light)


def test_an_unsure_clock_calls_no_data_expired_and_a_missing_set_is_missing() -> None:
    known = Known(
        clock=ClockState.UNSURE, sets=(KnownSet("watch", "v88", 0, 1, 2), KnownSet("trust", "", None, 1, 2))
    )

    verdict = judge(Crossing("a", 1, Direction.IN, NOW), None, known, PACK, now=NOW)

    assert [(data.age, data.light) for data in verdict.data] == [(None, "stale")] * 2 + [(None, "missing")]
    assert not verdict.clock_sure


def judged(*texts: str, told: int = 0, pack: Any = PACK) -> Verdict:
    checked = tuple(read_check(text) for text in texts)
    crossing = Crossing("a", 1, Direction.IN, NOW, plate="豫A12345", told=told, checks=checked)
    return judge(crossing, None, Known(), pack, now=NOW)
