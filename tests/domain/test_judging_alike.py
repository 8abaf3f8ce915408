"""Rules are asked once about checks that are alike; nobody may notice but by the time it takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given

from checkpoint_app.domain import judging
from checkpoint_app.domain.crossing import Crossing
from checkpoint_app.domain.judging import Known, judge
from checkpoint_app.domain.words import Direction
from tests.domain.test_judging import crossings, knowns
from tests.domain.verdict_rows import NOW, PACK, read_check

BY_PERSON: Mapping[str, Any] = {"var": "payload.check.person"}


@given(crossings(), knowns())
def test_asking_a_rule_once_about_checks_that_are_alike_changes_no_verdict(
    crossing: Crossing, known: Known
) -> None:
    asked_once = judge(crossing, None, known, PACK, now=NOW)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(judging, "_sees_one_check", lambda logic: False)
        assert judge(crossing, None, known, PACK, now=NOW) == asked_once


@pytest.mark.parametrize(
    ("logic", "alone"),
    [
        ({"var": "payload.check.tenths"}, True),
        ({"<": [{"var": "payload.check.tenths"}, {"var": "external.parameters.temperature_limit"}]}, True),
        (BY_PERSON, False),
        ({"if": [{"var": "payload.check.counts"}, {"!": [BY_PERSON]}, True]}, False),
        ({"var": "payload.headcount"}, False),
        ({"var": "payload.check"}, False),
        ({"var": ""}, False),
        ({"var": ["payload.check.tenths", 0]}, False),
        ({"reduce": [{"var": "payload.checks"}, {"var": "current"}, 0]}, False),
    ],
)
def test_a_rule_that_looks_further_than_one_check_is_asked_about_each(logic: object, alone: bool) -> None:
    assert judging._sees_one_check(logic) is alone


def test_a_rule_about_whose_check_it_is_speaks_of_the_right_one() -> None:
    second = {"!": [{"===": [BY_PERSON, 2]}]}
    rule = replace(PACK.rules[0], logic=second, kinds=("temperature",))
    checks = tuple(read_check(f"{person} temperature 365") for person in (1, 2, 3))
    crossing = Crossing("a", 1, Direction.IN, NOW, plate="豫A12345", checks=checks)
    verdict = judge(crossing, None, Known(), replace(PACK, rules=(rule,)), now=NOW)
    assert [reason.person for reason in verdict.reasons] == [2]
