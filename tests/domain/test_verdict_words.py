"""Words about people in a verdict. Pure."""

from __future__ import annotations

import pytest

from checkpoint_app.domain import verdict_words as say

BOTH, ONE = ("health_code", "temperature"), ("temperature",)
SEATS = {n: f"{(n - 1) // 4 + 1}{'ABCD'[(n - 1) % 4]}" for n in range(1, 13)}
HALF_WAY = {n: ONE if n < 7 else BOTH for n in SEATS}


@pytest.mark.parametrize(("language", "told"), [("zh", "体温、健康码"), ("en", "temp., health code")])
def test_a_bus_that_is_half_way_is_told_what_lacks_and_nothing_is_cut_off(language: str, told: str) -> None:
    assert say.missing(HALF_WAY, among=12, language=language, seats=SEATS) == told


def test_the_few_people_of_a_car_are_told_with_what_each_of_them_lacks() -> None:
    assert say.missing({3: BOTH}, among=3, language="zh") == "第 3 人健康码、体温"
    two = {1: ONE, 3: ("health_code",)}
    assert say.missing(two, among=3, language="zh") == "第 1 人体温；第 3 人健康码"
