"""A handover's lines in words, in both languages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkpoint_app import i18n
from checkpoint_app.documents import line_words
from checkpoint_app.documents.line_words import LineWords, words_of
from checkpoint_app.domain.canonical import Value
from checkpoint_app.domain.handover import Line, Part

NOW = 1_795_000_000_000
HOUR = 3_600_000
NAMES = {"01": "王*", "02": "赵*"}


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    i18n.use("zh_CN")
    yield
    i18n.use("en")


def told(about: str, facts: Mapping[str, Value]) -> LineWords:
    return words_of(Line(1, about, Part.PAST, about, facts), names=NAMES, now=NOW, zone=480)


def test_totals_say_whether_the_lanes_add_up() -> None:
    facts: dict[str, Value] = {"vehicles": 9_000, "counted_vehicles": 18, "people": 17_003}
    lanes: list[Value] = [[n, "in", count, count * 2] for n, count in ((1, 5_000), (2, 4_018))]
    right = told("totals", {**facts, "lanes": lanes})
    assert right.said == "9,018 车 / 17,003 人，与 2 条车道之和一致"
    assert not right.grave
    assert ("1 车道 入", "5,000 车 / 10,000 人") in right.rows
    wrong = told("totals", {**facts, "lanes": lanes[:1]})
    assert wrong.grave
    assert "不一致" in wrong.said


def test_outcomes_stand_in_the_order_of_care_without_those_that_are_none() -> None:
    assert told("outcomes", {"turned_back": 47, "released": 8_889}).said == "放行 8,889·劝返 47"


def test_a_stop_nobody_answered_is_grave() -> None:
    assert told("alarms", {"count": 6, "answered": 6}).said == "6 次，全部已答"
    assert told("alarms", {"count": 6, "answered": 5}).grave


def test_a_matter_is_told_by_its_plate_with_cause_steps_due_time_and_owner() -> None:
    facts: dict[str, Value] = {
        "title": "通行证已注销，石桥镇未答复",
        "source": "lane",
        "lane": 2,
        "plate": "豫G6A0W8",
        "owner": "01",
        "raised": NOW - 3 * HOUR,
        "due": NOW + HOUR,
        "steps": [[NOW - HOUR, "02", "电话石桥镇交通组"]],
    }
    words = told("matter", facts)
    assert (words.what, words.said) == ("豫G·6A0W8", "通行证已注销，石桥镇未答复·责任人 王*")
    assert words.title.startswith("豫G·6A0W8 ")
    rows = dict(words.rows)
    assert rows["责任人"] == "王*"
    assert rows["已做"].endswith("电话石桥镇交通组 (赵*)")
    assert not words.grave
    late = told("matter", {**facts, "due": NOW - 26 * 60_000})
    assert "已过 26 分" in late.said
    assert late.grave


@pytest.mark.parametrize(
    ("facts", "said", "grave"),
    [
        (
            {"equipment": True, "due": 6, "balance": 5, "condition": "1 支送修"},
            "应有 6·实有 5·1 支送修",
            True,
        ),
        ({"equipment": True, "due": 6, "balance": 6}, "应有 6·实有 6", False),
        ({"equipment": False, "low": 200, "balance": 140}, "结存 140，低于下限 200", True),
        ({"equipment": False, "low": 200, "balance": 200}, "结存 200", False),
    ],
)
def test_articles_say_what_is_short(facts: dict[str, Value], said: str, grave: bool) -> None:
    words = told("item", {"name": "测温枪", "unit": "支", **facts})
    assert (words.what, words.said, words.grave) == ("测温枪", said, grave)


def test_a_data_set_says_its_age_or_that_it_is_missing() -> None:
    assert told("data", {"name": "watch", "version": "v88", "age": 29 * HOUR, "light": "stale"}).grave
    assert told("data", {"name": "watch", "version": "v88", "age": 29 * HOUR}).said == "v88，29 小时前"
    assert told("data", {"name": "watch", "light": "missing"}).said == "缺失"


def test_an_incident_waits_for_its_answer_until_it_has_one() -> None:
    facts: dict[str, Value] = {"kind": "fever", "text": "37.9", "reported": NOW - HOUR, "due": NOW - 60_000}
    assert told("incident", facts).grave
    assert not told("incident", {**facts, "answered": NOW - 1}).grave


def test_a_line_nobody_knows_keeps_its_place() -> None:
    assert words_of(Line(3, "else:1", Part.OPEN, "else"), names={}, now=NOW, zone=0).what == "else:1"


_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=6),
    max_leaves=12,
)
_keys = st.sampled_from(
    [
        "vehicles",
        "people",
        "lanes",
        "what",
        "steps",
        "due",
        "raised",
        "age",
        "text",
        "title",
        "count",
        "owner",
    ]
)


@pytest.mark.parametrize("about", sorted(line_words._TELL))
@pytest.mark.parametrize("language", i18n.LANGUAGES)
@settings(max_examples=15, deadline=None)
@given(facts=st.dictionaries(_keys, _values))
def test_no_facts_of_another_shape_are_in_the_way(about: str, language: str, facts: dict[str, Value]) -> None:
    i18n.use(language)
    words = told(about, facts)
    assert isinstance(words.what, str)
    assert all(label or value for label, value in words.rows)
