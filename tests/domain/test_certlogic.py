"""CertLogic: the EU rules with their own tests, a second implementation, hostile logic."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from json_logic.cert_logic import certLogic

from checkpoint_app.domain import certlogic
from checkpoint_app.domain.certlogic import LogicRefused, Undecided, checked, evaluate, moment

COUNTRIES = ("AT", "DE", "ES", "EU", "FI", "HR", "NL", "RO")


def rule_tests(folder: Path, country: str) -> list[tuple[str, Any, Any, bool]]:
    """Name, logic, data and expected answer of every test of a country."""
    sets = json.loads((folder / "valuesets.json").read_text(encoding="utf-8"))
    found = []
    for item in json.loads((folder / f"{country}.json").read_text(encoding="utf-8")):
        for test in item["tests"]:
            external = dict(test["external"])
            reference = external.get("valueSets", {})
            if "$ref" in reference:
                external["valueSets"] = sets[reference["$ref"]]
            data = {"payload": test.get("payload"), "external": external}
            name = f"{item['rule']['Identifier']}: {test.get('name')}"
            found.append((name, item["rule"]["Logic"], data, test["expected"]))
    return found


@pytest.mark.shared
@pytest.mark.parametrize("country", COUNTRIES)
def test_the_rules_of_a_country_pass_all_their_tests(shared: Path, country: str) -> None:
    tests = rule_tests(shared / "data/rules", country)

    wrong = [name for name, logic, data, expected in tests if evaluated(logic, data) is not expected]

    assert tests
    assert not wrong


@pytest.mark.shared
@pytest.mark.parametrize("country", COUNTRIES)
def test_a_second_implementation_agrees(shared: Path, country: str) -> None:
    tests = rule_tests(shared / "data/rules", country)

    assert not [
        name for name, logic, data, _ in tests if bool(certLogic(logic, data)) is not evaluated(logic, data)
    ]


@pytest.mark.shared
def test_every_rule_file_is_among_the_countries(shared: Path) -> None:
    names = {path.stem for path in (shared / "data/rules").glob("*.json")} - {"valuesets"}

    assert names == set(COUNTRIES)


def evaluated(logic: object, data: object) -> object:
    checked(logic)
    return evaluate(logic, data)


@pytest.mark.parametrize(
    ("logic", "data", "answer"),
    [
        ({"var": ""}, 7, 7),
        ({"var": "a.1.b"}, {"a": [0, {"b": "x"}]}, "x"),
        ({"var": "a.9"}, {"a": [0]}, None),
        ({"var": "a.b"}, {"a": None}, None),
        ({"if": [[], 1, 2]}, {}, 2),
        ({"if": [0, 1, 2]}, {}, 2),
        ({"if": ["", 1, 2]}, {}, 2),
        ({"if": ["0", 1, 2]}, {}, 1),
        ({"and": [1, 0, {"+": ["no", 1]}]}, {}, 0),
        ({"!": [{"var": "x"}]}, {}, True),
        ({"===": [1, True]}, {}, False),
        ({"===": ["1", 1]}, {}, False),
        ({"===": [{"var": "x"}, {"var": "y"}]}, {}, True),
        ({"===": [[], []]}, {}, False),
        ({"in": ["a", ["b", "a"]]}, {}, True),
        ({"in": [1, [True]]}, {}, False),
        ({"in": ["a", {"var": "x"}]}, {}, False),
        ({"<": [1, 2, 3]}, {}, True),
        ({"<": [1, 3, 2]}, {}, False),
        ({">=": [3, 3, 2]}, {}, True),
        (
            {"reduce": [{"var": "x"}, {"+": [{"var": "accumulator"}, {"var": "current"}]}, 5]},
            {"x": [1, 2]},
            8,
        ),
        ({"reduce": [{"var": "x"}, {"var": "current"}, 5]}, {}, 5),
        ({"reduce": [[1], {"var": "data.z"}, 5]}, {"z": 9}, 9),
        ({"extractFromUVCI": ["URN:UVCI:01:NL:187/37512422923", 1]}, {}, "NL"),
        ({"extractFromUVCI": ["01/AT#x", 9]}, {}, None),
        ({"extractFromUVCI": ["01/AT#x", -1]}, {}, None),
        ({"extractFromUVCI": [{"var": "x"}, 0]}, {}, None),
        (
            {"after": [{"plusTime": ["2021-06-01", 1, "hour"]}, {"plusTime": ["2021-06-01", 0, "day"]}]},
            {},
            True,
        ),
        ({"not-after": ["2021-06-01", "2021-06-01T00:00:00Z", "2021-06-02"]}, {}, True),
        ({"before": ["2021-06-01", "2021-06-01"]}, {}, False),
        ({"not-before": ["2021-06-01T02:00:00+02:00", "2021-06-01T00:00:00Z"]}, {}, True),
    ],
)
def test_an_operation_means_what_the_standard_says(logic: Any, data: Any, answer: object) -> None:
    found = evaluated(logic, data)

    assert type(found) is type(answer)
    assert found == answer


@pytest.mark.parametrize(
    ("text", "amount", "unit", "expected"),
    [
        ("2021-06-30T12:00:00Z", 48, "hour", "2021-07-02T12:00:00Z"),
        ("2021-06-30", -1, "day", "2021-06-29"),
        ("2021-12-15", 1, "month", "2022-01-15"),
        ("2021-01-31", 1, "month", "2021-02-28"),
        ("2021-01-31", -13, "month", "2019-12-31"),
        ("2020-02-29", 1, "year", "2021-02-28"),
        ("2020-02-29", 4, "year", "2024-02-29"),
        ("1964", 18, "year", "1982-01-01"),
        ("1964-08", 0, "day", "1964-08-01"),
    ],
)
def test_time_is_added_by_the_calendar(text: str, amount: int, unit: str, expected: str) -> None:
    assert evaluated({"plusTime": [text, amount, unit]}, {}) == moment(expected)


@given(
    st.integers(-600_000_000, 7_000_000_000).map(lambda second: datetime.fromtimestamp(second, UTC)),
    st.integers(-10_000, 10_000),
    st.sampled_from(["day", "hour"]),
)
def test_time_agrees_with_the_second_implementation(start: datetime, amount: int, unit: str) -> None:
    text = start.isoformat()
    logic = {"plusTime": [text, amount, unit]}

    assert evaluated(logic, {}) == certLogic(logic, {})
    assert evaluated(logic, {}) == start + timedelta(**{f"{unit}s": amount})


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "2021-13-01",
        "2021-02-30",
        "2021-W01-1",
        "20210101",
        "2021-06-01T25:00:00Z",
        "２０２１-06-01",
    ],
)
def test_what_is_no_date_has_no_answer(text: str) -> None:
    with pytest.raises(Undecided):
        evaluated({"plusTime": [text, 0, "day"]}, {})


@pytest.mark.parametrize(
    "logic",
    [
        {">": ["2", 1]},
        {">": [True, 0]},
        {"<": [{"var": "x"}, 1]},
        {"+": [{"var": "f"}, 1]},
        {"in": ["a", "abc"]},
        {"after": [1, 2]},
        {"reduce": ["abc", 1, 0]},
        {"extractFromUVCI": [1, 0]},
        {"plusTime": ["2021-06-01", 9007199254740991, "day"]},
        {"plusTime": ["2021-06-01", 99999, "year"]},
        {"plusTime": ["0001-01-01", -1, "month"]},
    ],
)
def test_unlike_things_are_not_compared(logic: Any) -> None:
    with pytest.raises(Undecided):
        evaluated(logic, {"f": 36.5})


@pytest.mark.parametrize(
    "logic",
    [
        {"var": "a", "if": []},
        {},
        {"eval": ["x"]},
        {"or": [1, 2]},
        {"__class__": [1]},
        {"var": 1},
        {"var": "a..b"},
        {"var": "a b"},
        {"if": [1, 2]},
        {"if": {"var": "x"}},
        {"!": []},
        {"plusTime": ["2021-06-01", {"var": "x"}, "day"]},
        {"plusTime": ["2021-06-01", 1, "week"]},
        {"plusTime": ["2021-06-01", True, "day"]},
        {"reduce": [[1], 1, {"var": "x"}]},
        {"<": [1, 2.5]},
        {"===": [None, 1]},
        {"<": [1, 2**53]},
    ],
)
def test_logic_that_is_none_is_refused_before_it_runs(logic: Any) -> None:
    with pytest.raises(LogicRefused):
        checked(logic)


def test_logic_too_deep_or_too_large_is_refused() -> None:
    deep: Any = 1
    for _ in range(100_000):
        deep = {"!": [deep]}

    with pytest.raises(LogicRefused, match="deep"):
        checked(deep)
    with pytest.raises(LogicRefused, match="large"):
        checked({"and": [1] * certlogic.MOST_NODES})


def test_loops_within_loops_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """Counted, it ends in Undecided; the control shows that the same logic answers when nobody counts."""
    many: Any = {"+": [{"var": "accumulator"}, 1]}
    for _ in range(3):
        many = {"reduce": [list(range(40)), many, 0]}
    checked(many)

    with pytest.raises(Undecided, match="steps"):
        evaluate(many, {})

    monkeypatch.setattr(certlogic, "MOST_STEPS", 10**9)
    assert evaluate(many, {}) == 40
