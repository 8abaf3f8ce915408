"""What comes back after a crash is what was there."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from checkpoint_app.domain import canonical, facts, lane_draft
from checkpoint_app.domain.crossing import Crossing, Person
from checkpoint_app.domain.lane import LaneState
from checkpoint_app.domain.words import Direction
from tests.domain.lanes import DOCUMENT, Scene, states

BLANK = LaneState(1, Direction.IN)


@given(states)
def test_every_state_comes_back_through_the_bytes_of_its_draft(state: LaneState) -> None:
    draft = lane_draft.write(state)
    try:
        data = canonical.encode(draft)
    except canonical.NotCanonical:
        assume(False)  # texts that are not in normal form C never get into a lane
    assert lane_draft.read(canonical.decode(data), blank=BLANK) == state


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)


@given(json_values)
def test_a_draft_that_is_none_leaves_a_blank_lane(value: object) -> None:
    assert lane_draft.read(value, blank=BLANK) == BLANK


@given(states, st.sampled_from(["open", "parked", "tally", "stopped", "flagged", "person"]), json_values)
def test_one_damaged_part_takes_no_other_with_it(state: LaneState, part: str, damage: object) -> None:
    draft = {**lane_draft.write(state), part: damage}
    found = lane_draft.read(draft, blank=BLANK)
    for name in {"open", "parked", "tally", "stopped", "flagged", "person"} - {part}:
        assert getattr(found, name) == getattr(state, name)


@pytest.mark.parametrize("version", [{"colour_of_the_sky": "blue"}, {}])
def test_a_newer_and_an_older_draft_are_read_as_far_as_they_are_known(version: dict[str, str]) -> None:
    state = Scene().plate("豫A12345").measure(365).state
    draft = dict(lane_draft.write(state))
    draft["open"] = {**draft["open"], **version}  # type: ignore[dict-item]
    del draft["flagged"]
    assert lane_draft.read({**draft, **version}, blank=BLANK) == state


@given(states)
def test_without_what_is_personal_every_vehicle_and_every_count_is_still_there(state: LaneState) -> None:
    left = lane_draft.read(lane_draft.without_personal(lane_draft.write(state)), blank=BLANK)
    assert left.tally == state.tally
    for before, after in zip(_standing(state), _standing(left), strict=True):
        assert (after.action, after.headcount) == (before.action, before.headcount)
        assert [each.action for each in after.followers] == [each.action for each in before.followers]
        assert facts.personal_of(after) in (None, {"people": [_unnamed(each) for each in after.people]})


def test_a_lane_on_which_nothing_stands_has_no_draft_left() -> None:
    assert lane_draft.without_personal(lane_draft.write(BLANK)) is None


def _standing(state: LaneState) -> tuple[Crossing, ...]:
    return (*((state.open,) if state.open else ()), *state.parked)


def _unnamed(person: Person) -> dict[str, object]:
    kind = {"kind": person.document_kind} if person.document_kind else {}
    return {"n": person.number, **kind, "evidence": person.evidence.value}


NEW = ("plate_at", "bus", "service", "convoy", "followers")
NEW_OF_PERSON = ("seat", "outcome", "why")


def test_a_draft_from_before_buses_and_convoys_is_read_whole() -> None:
    scene = Scene().plate("豫A12345").scan(DOCUMENT).measure(365)
    scene.state = replace(scene.state, open=replace(scene.open, plate_at=0))
    draft: dict[str, Any] = dict(lane_draft.write(scene.state))
    old = {name: value for name, value in draft["open"].items() if name not in NEW}
    old["people"] = [
        {name: value for name, value in person.items() if name not in NEW_OF_PERSON}
        for person in old["people"]
    ]
    assert len(old["people"]) == 1
    assert lane_draft.read({**draft, "open": old}, blank=BLANK) == scene.state


@pytest.mark.parametrize("name", NEW)
@given(state=states, damage=json_values)
def test_what_is_new_and_damaged_never_raises(name: str, state: LaneState, damage: object) -> None:
    draft = dict(lane_draft.write(state))
    if state.open:
        draft["open"] = {**draft["open"], name: damage}  # type: ignore[dict-item]
    assert lane_draft.read(draft, blank=BLANK).parked == state.parked
