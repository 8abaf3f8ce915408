"""What keys do to a lane's state."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkpoint_app.domain import lane
from checkpoint_app.domain.crossing import Crossing
from checkpoint_app.domain.lane import LaneState
from checkpoint_app.domain.words import CheckKind, Direction, Evidence, VehicleClass
from tests.domain.lanes import DOCUMENT, NOW, OTHER_DOCUMENT, Scene, health, states

EMPTY = LaneState(1, Direction.IN)


def people_measured(crossing: Crossing) -> list[tuple[int, int | None]]:
    kind = CheckKind.TEMPERATURE
    return [(check.person, check.tenths) for check in crossing.valid_checks if check.kind is kind]


def test_the_first_key_starts_a_crossing_with_its_action_and_the_next_one_does_not() -> None:
    first = lane.started(EMPTY, now=NOW, action="a" * 32)
    assert first.open == Crossing("a" * 32, 1, Direction.IN, NOW)
    assert lane.started(first, now=NOW + 9, action="b" * 32) is first


def test_another_plate_parks_the_vehicle_that_stood_here() -> None:
    scene = Scene().plate("豫A12345").plate("豫B00001")
    assert scene.open.plate == "豫B00001"
    assert [crossing.plate for crossing in scene.state.parked] == ["豫A12345"]


def test_the_plate_of_a_parked_vehicle_takes_it_up_again_instead_of_counting_it_twice() -> None:
    scene = Scene().plate("豫A12345").measure(365).plate("豫B00001").plate("豫A12345")
    assert people_measured(scene.open) == [(1, 365)]
    assert [crossing.plate for crossing in scene.state.parked] == ["豫B00001"]


def test_a_plate_named_after_the_codes_belongs_to_the_crossing_they_started() -> None:
    scene = Scene().scan(health(1)).plate("豫A12345")
    assert (scene.open.plate, len(scene.open.checks), scene.state.parked) == ("豫A12345", 1, ())


def test_the_same_plate_again_keeps_the_colour_the_officer_saw() -> None:
    scene = Scene().plate("豫A12345")
    scene.state = lane.with_plate_colour(scene.state, "yellow")
    assert scene.plate("豫A12345").open.plate_colour == "yellow"


def test_a_mended_plate_stays_with_the_checks_and_parks_nothing() -> None:
    scene = Scene().plate("豫A12345").measure(365)
    state = lane.corrected_plate(scene.state, "豫A12346", colour="blue", marks=("odd",), now=NOW)
    assert state.open is not None
    assert (state.open.plate, state.open.plate_colour, state.open.plate_marks) == (
        "豫A12346",
        "blue",
        ("odd",),
    )
    assert people_measured(state.open) == [(1, 365)]
    assert state.parked == ()


def test_temperatures_go_from_person_to_person() -> None:
    assert people_measured(Scene().measure(365, 367).open) == [(1, 365), (2, 367)]


def test_with_two_people_told_a_third_temperature_is_a_second_one_of_the_last() -> None:
    scene = Scene()
    scene.state = lane.with_people(lane.started(EMPTY, now=NOW, action="a" * 32), 2)
    scene.measure(365, 367, 368)
    assert people_measured(scene.open) == [(1, 365), (2, 367), (2, 368)]
    assert scene.open.headcount == 2


def test_a_second_measurement_of_somebody_needs_a_step_back_and_then_the_turn_goes_on() -> None:
    scene = Scene().measure(380, 365)
    scene.state = lane.with_turn(scene.state, -2)
    assert scene.state.person == 1
    assert people_measured(scene.measure(366).open)[-1] == (1, 366)
    assert scene.state.person == 3


def test_the_turn_never_leaves_the_people_and_one_blank_behind_them() -> None:
    scene = Scene().measure(365)
    assert lane.with_turn(scene.state, -9).person == 1
    assert lane.with_turn(scene.state, 9).person == 2
    assert lane.with_turn(EMPTY, 1) == EMPTY


def test_resuming_puts_the_open_vehicle_in_the_place_of_the_chosen_one() -> None:
    scene = Scene().plate("豫A00001").plate("豫A00002").plate("豫A00003").plate("豫A00004")
    state = lane.resumed(scene.state, 2)
    assert state.open is not None
    assert state.open.plate == "豫A00002"
    assert [crossing.plate for crossing in state.parked] == ["豫A00001", "豫A00004", "豫A00003"]


@pytest.mark.parametrize("place", [0, -1, 2, 99])
def test_a_place_where_nobody_is_parked_changes_nothing(place: int) -> None:
    state = lane.parked(Scene().plate("豫A12345").state)
    assert lane.resumed(state, place) == state


def test_a_resumed_vehicle_goes_on_with_the_first_person_not_measured() -> None:
    scene = Scene().measure(365)
    assert lane.resumed(lane.parked(scene.state), 1).person == 2


def test_a_document_goes_to_its_holder_and_else_to_the_first_without_one() -> None:
    scene = Scene().scan(DOCUMENT).scan(OTHER_DOCUMENT).scan(DOCUMENT)
    assert [(one.number, one.document) for one in scene.open.people] == [(1, DOCUMENT), (2, OTHER_DOCUMENT)]
    assert [check.person for check in scene.open.checks] == [1, 2]


def test_scanning_a_typed_document_makes_it_better_known_and_typing_a_scanned_one_does_not_spoil_it() -> None:
    def typed(state: LaneState) -> LaneState:
        return lane.with_document(
            state,
            DOCUMENT,
            "citizen_id",
            evidence=Evidence.DECLARED,
            source="typed",
            digest="",
            now=NOW,
        )

    scene = Scene(typed(lane.started(EMPTY, now=NOW, action="a" * 32))).scan(DOCUMENT)
    assert scene.open.person(1).evidence is Evidence.SCANNED
    assert [check.evidence for check in scene.open.checks] == [Evidence.DECLARED, Evidence.SCANNED]
    assert typed(scene.state).open == scene.open


def test_a_document_scanned_after_the_temperature_does_not_call_the_same_person_again() -> None:
    scene = Scene().measure(380).scan(DOCUMENT)
    assert scene.open.person(1).document == DOCUMENT
    assert people_measured(scene.measure(365).open) == [(1, 380), (2, 365)]


def test_colours_go_to_the_codes_without_one_last_scanned_first() -> None:
    scene = Scene().scan(health(1, "")).scan(health(2, ""))
    for colour in ("yellow", "green"):
        scene.state = lane.with_colour(scene.state, colour, now=NOW)
    seen = [(check.person, check.result) for check in scene.open.checks[2:]]
    assert seen == [(2, "yellow"), (1, "green")]


def test_a_colour_without_any_code_belongs_to_the_person_whose_turn_it_is() -> None:
    state = lane.with_colour(Scene().measure(365).state, "green", now=NOW)
    assert state.open is not None
    assert (state.open.checks[-1].person, state.open.checks[-1].evidence) == (2, Evidence.SEEN)


def test_a_voided_check_stays_in_the_record_and_counts_no_more() -> None:
    scene = Scene().measure(380)
    state = lane.voided(scene.state, 0)
    assert state.open is not None
    assert state.open.checks == (replace(scene.open.checks[0], voided=True),)
    assert state.open.valid_checks == ()
    assert state.person == 1


def test_a_document_goes_with_its_voided_check_and_its_number_is_in_the_record_no_more() -> None:
    state = lane.voided(Scene().scan(DOCUMENT).state, 0)
    assert state.open is not None
    assert DOCUMENT not in repr(state.open)


def test_an_outcome_answers_its_own_stop_and_no_other() -> None:
    scene = Scene().plate("豫A12345")
    mine, other = scene.open.action, "f" * 32
    stops = tuple(lane.Stopped(action, "", NOW, {}) for action in (mine, other))
    flags = (lane.mark_of(mine) + "code_red:1", lane.mark_of(other) + "code_red:1")
    after = lane.ended(replace(scene.state, stopped=stops, flagged=flags))
    assert (after.open, after.stopped, after.flagged) == (None, stops[1:], flags[1:])


def test_an_undone_vehicle_stands_here_again_as_a_new_crossing_with_its_flags_and_its_stop() -> None:
    scene = Scene().plate("豫A12345").measure(380)
    old = scene.open.action
    stop = lane.Stopped(old, "豫A12345", NOW, {"en": "high"})
    before = replace(scene.state, stopped=(stop,), flagged=(lane.mark_of(old) + "temperature_high:1",))
    meanwhile = Scene(lane.ended(before), actions=scene.actions).plate("豫B00001").state
    again = lane.put_back(meanwhile, before, action="e" * 32)
    assert again.open == replace(scene.open, action="e" * 32, replaces=old)
    assert again.flagged == (lane.mark_of("e" * 32) + "temperature_high:1",)
    assert again.stopped == (replace(stop, crossing="e" * 32),)
    assert [crossing.plate for crossing in again.parked] == ["豫B00001"]


def test_a_vehicle_whose_outcome_was_never_written_stands_here_as_it_stood() -> None:
    before = Scene().plate("豫A12345").measure(365).state
    assert lane.put_back(lane.ended(before), before) == before


def test_counting_goes_by_class_within_one_minute() -> None:
    state = EMPTY
    for vehicle, people in ((VehicleClass.CAR, 2), (VehicleClass.BUS, 30), (VehicleClass.CAR, 1)):
        state = lane.with_counted(state, vehicle=vehicle, people=people, minute=NOW, action="a" * 32)
    assert state.tally is not None
    assert state.tally.counts == ((VehicleClass.CAR, 2, 3), (VehicleClass.BUS, 1, 30))
    assert state.tally.action == "a" * 32


@given(states, st.integers(-2, 99), st.integers(-3, 3))
def test_nobody_vanishes_by_parking_resuming_or_turning(state: LaneState, place: int, by: int) -> None:
    def standing(one: LaneState) -> list[str]:
        return sorted(crossing.action for crossing in (*one.parked, *([one.open] if one.open else [])))

    for after in (lane.parked(state), lane.resumed(state, place), lane.with_turn(state, by)):
        assert standing(after) == standing(state)
        assert (after.tally, after.stopped, after.flagged) == (state.tally, state.stopped, state.flagged)


@given(states, st.integers(-5, 5_000))
def test_people_told_never_drop_those_who_were_entered(state: LaneState, told: int) -> None:
    after = lane.with_people(state, told).open
    if state.open and after:
        assert after.people == state.open.people
        assert after.headcount >= max(1, len({person.number for person in after.people}))
        assert 0 <= after.told <= lane.MOST_TOLD
