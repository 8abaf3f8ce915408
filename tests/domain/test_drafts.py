"""Crossings and tallies as plain values and back."""

from __future__ import annotations

import pytest
from hypothesis import given

from checkpoint_app.domain import drafts
from checkpoint_app.domain.crossing import Crossing
from checkpoint_app.domain.facts import Tally
from tests.domain.lanes import Scene, crossings, tallies


@given(crossings)
def test_a_crossing_comes_back(crossing: Crossing) -> None:
    assert drafts.read_crossing(drafts.write_crossing(crossing)) == crossing


@given(tallies)
def test_a_tally_comes_back(tally: Tally) -> None:
    assert drafts.read_tally(drafts.write_tally(tally)) == tally


@pytest.mark.parametrize(
    "value", [None, 0, "x", [], {}, {"action": "a"}, {"direction": "up"}, {"counts": [1]}, {"counts": None}]
)
def test_what_is_none_gives_none(value: object) -> None:
    assert drafts.read_crossing(value) is None
    assert drafts.read_tally(value) is None


@pytest.mark.parametrize(
    ("field", "damage"),
    [
        ("direction", "up"),
        ("vehicle", []),
        ("plate", 7),
        ("told", "x"),
        ("plate_marks", "odd"),
        ("started", None),
    ],
)
def test_a_crossing_with_a_field_of_the_wrong_kind_is_none(field: str, damage: object) -> None:
    draft = {**drafts.write_crossing(Scene().plate("豫A12345").open), field: damage}
    assert drafts.read_crossing(draft) is None
