"""Reasons that go on paper once, and strips of unanswered stops."""

from __future__ import annotations

from dataclasses import replace

from checkpoint_app.domain import lane
from checkpoint_app.domain.lane import LaneState
from checkpoint_app.domain.standing import weighed
from checkpoint_app.domain.verdict import Reason, Verdict
from checkpoint_app.domain.words import VerdictState
from tests.domain.lanes import NOW, Scene

HOT = Reason("temperature_high", VerdictState.STOP, {"en": "hot"}, 1)
ODD = Reason("code_yellow", VerdictState.REFER, {"en": "yellow"}, 2)
MORE = Reason("checks_missing", VerdictState.NOT_YET, {"en": "more"})
PASS = Verdict(VerdictState.PASS)


def verdict(*reasons: Reason) -> Verdict:
    return Verdict(reasons[0].state, reasons)


def standing() -> LaneState:
    return Scene().plate("豫A12345").state


def test_a_grave_reason_is_new_once_and_a_missing_check_never() -> None:
    state, fresh = weighed(standing(), verdict(HOT, MORE), now=NOW)
    assert fresh
    again, fresh = weighed(state, verdict(HOT, MORE), now=NOW + 9)
    assert not fresh
    assert again == state
    assert len(state.flagged) == 1


def test_a_second_reason_beside_the_first_is_new() -> None:
    state, _ = weighed(standing(), verdict(HOT), now=NOW)
    state, fresh = weighed(state, verdict(HOT, ODD), now=NOW)
    assert fresh
    assert len(state.flagged) == 2


def test_the_same_reason_of_another_person_is_new() -> None:
    state, _ = weighed(standing(), verdict(HOT), now=NOW)
    assert weighed(state, verdict(HOT, replace(HOT, person=2)), now=NOW)[1]


def test_a_reason_that_went_and_came_back_is_new_and_so_is_its_strip() -> None:
    state, _ = weighed(standing(), verdict(HOT), now=NOW)
    state, fresh = weighed(state, PASS, now=NOW + 5)
    assert not fresh
    assert (state.flagged, state.stopped) == ((), ())
    state, fresh = weighed(state, verdict(HOT), now=NOW + 9)
    assert fresh
    assert [stop.since for stop in state.stopped] == [NOW + 9]


def test_a_strip_keeps_its_time_and_takes_the_plate_that_was_read_later() -> None:
    scene = Scene().measure(380)
    scene.state, _ = weighed(scene.state, verdict(HOT), now=NOW)
    scene.plate("豫A12345")
    state, _ = weighed(scene.state, verdict(HOT), now=NOW + 9)
    assert [(stop.plate, stop.since) for stop in state.stopped] == [("豫A12345", NOW)]


def test_a_reason_to_look_closer_gives_no_strip() -> None:
    assert weighed(standing(), verdict(ODD), now=NOW)[0].stopped == ()


def test_what_stands_against_parked_vehicles_is_left_alone() -> None:
    state, _ = weighed(standing(), verdict(HOT), now=NOW)
    other = Scene(lane.parked(state)).plate("豫B00001").state
    other, fresh = weighed(replace(other, open=replace(other.open, action="b" * 32)), PASS, now=NOW + 9)  # type: ignore[type-var]
    assert not fresh
    assert (other.flagged, other.stopped) == (state.flagged, state.stopped)


def test_an_empty_lane_has_nothing_to_weigh() -> None:
    state = lane.parked(standing())
    assert weighed(state, None, now=NOW) == (state, False)
