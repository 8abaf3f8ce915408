"""A bus at the lane: what is refused, what one person's outcome does, and what the entry says of it."""

from __future__ import annotations

from typing import Any

import pytest

from checkpoint_app.domain import canonical, facts
from checkpoint_app.domain.passengers import Passenger, PassengerListRefused
from checkpoint_app.domain.words import Outcome, VehicleClass, VerdictState
from checkpoint_app.services.desk import Desk
from checkpoint_app.services.endings import (
    AlreadyChecked,
    BusStands,
    LeadNeeded,
    ModeInUse,
    NobodyLeft,
    NothingOpen,
    ReasonNeeded,
)
from checkpoint_app.services.lane import Lane
from checkpoint_app.storage import queries
from tests.domain.lanes import DOCUMENT
from tests.services.desks import OTHER_PLATE, PLATE, entries, kinds, lane_of, scan, settled


def coach(lane: Lane, *colours: str, told: int = 0) -> None:
    """A bus whose passengers show codes of these colours and are measured in turn."""
    lane.plate(PLATE)
    lane.bus()
    lane.people(told or len(colours))
    for place, colour in enumerate(colours):
        scan(lane, place + 1, colour)
        lane.temperature(365)


def state_of(lane: Lane) -> VerdictState:
    assert lane.verdict is not None
    return lane.verdict.state


def personal_parts(desk: Desk) -> list[Any]:
    with desk.ledger.reader() as reader:
        rows = queries.entries(reader, kinds=(facts.VEHICLE_CROSSED,), limit=100)
        return [canonical.decode(row.entry.personal) for row in rows if row.entry.personal]


def test_a_bus_goes_when_everybody_is_through_and_its_entry_says_that_it_was_one(
    lane: Lane, desk: Desk
) -> None:
    coach(lane, "g", "g", "g")
    lane.service("K108")
    lane.end(Outcome.RELEASED).written.result()
    crossed = entries(desk, facts.VEHICLE_CROSSED)[0]
    assert (crossed["bus"], crossed["class"], crossed["people"]) == (True, "bus", 3)
    assert crossed["plate_at"] > 0
    assert personal_parts(desk)[0]["service"] == "K108"


def test_a_stop_that_does_not_show_yet_still_needs_the_lead(lane: Lane) -> None:
    coach(lane, "g", "r", told=5)
    assert state_of(lane) is VerdictState.NOT_YET
    with pytest.raises(LeadNeeded):
        lane.end(Outcome.RELEASED, why="supplies")


def test_a_bus_of_which_some_are_not_checked_goes_with_a_reason(lane: Lane) -> None:
    coach(lane, "g", "g", told=5)
    with pytest.raises(ReasonNeeded):
        lane.end(Outcome.RELEASED)
    lane.end(Outcome.RELEASED, why="supplies").written.result()


def test_somebody_to_look_at_who_does_not_show_yet_is_what_needs_the_reason(lane: Lane) -> None:
    coach(lane, "g", "y", told=5)
    with pytest.raises(ReasonNeeded) as refused:
        lane.end(Outcome.RELEASED)
    assert refused.value.facts == {"state": "refer"}


def test_a_stop_aside_is_on_paper_at_once_and_no_strip_stops_the_work(lane: Lane, desk: Desk) -> None:
    coach(lane, "g", "r", told=5)
    settled(lane)
    assert kinds(desk) == ["check_flagged"]
    assert lane.state.stopped == ()


def test_the_strip_stands_when_only_the_stop_is_left(lane: Lane) -> None:
    coach(lane, "g", "r")
    assert (state_of(lane), len(lane.state.stopped)) == (VerdictState.STOP, 1)


def test_the_bus_goes_without_the_one_who_is_held(lane: Lane, desk: Desk) -> None:
    coach(lane, "g", "r", "g")
    lane.person_outcome(2, Outcome.HELD, why="follow_up")
    assert (state_of(lane), lane.state.stopped) == (VerdictState.PASS, ())
    lane.end(Outcome.RELEASED).written.result()
    crossed = entries(desk, facts.VEHICLE_CROSSED)[0]
    assert crossed["apart"] == [{"person": 2, "outcome": "held", "why": "follow_up"}]
    assert (crossed["people"], len(crossed["checks"])) == (3, 6)


def test_why_somebody_stays_behind_in_own_words_is_personal(lane: Lane, desk: Desk) -> None:
    coach(lane, "g", "r")
    lane.person_outcome(2, "transferred", why="交给县医院")
    lane.end(Outcome.RELEASED).written.result()
    assert entries(desk, facts.VEHICLE_CROSSED)[0]["apart"][0]["why"] == "own_words"
    assert personal_parts(desk)[0]["people"] == [{"n": 2, "evidence": "declared", "why": "交给县医院"}]


def test_an_entry_of_a_car_says_nothing_of_buses(lane: Lane, desk: Desk) -> None:
    scan(lane, 1)
    lane.plate(PLATE)
    lane.temperature(365)
    lane.end(Outcome.RELEASED).written.result()
    crossed = entries(desk, facts.VEHICLE_CROSSED)[0]
    assert not {"bus", "apart", "convoy"} & set(crossed)


def test_whoever_is_held_by_mistake_goes_on_again(lane: Lane) -> None:
    coach(lane, "g", "r")
    lane.person_outcome(2, Outcome.HELD)
    lane.person_outcome(2, "")
    assert state_of(lane) is VerdictState.STOP


@pytest.mark.parametrize("number", [0, 3, 99])
def test_nobody_has_an_outcome_who_is_not_there(lane: Lane, number: int) -> None:
    coach(lane, "g", "g")
    with pytest.raises(NothingOpen):
        lane.person_outcome(number, Outcome.HELD)


def test_the_last_one_aboard_is_the_vehicle(lane: Lane) -> None:
    coach(lane, "g", "r")
    lane.person_outcome(2, Outcome.HELD)
    with pytest.raises(NobodyLeft):
        lane.person_outcome(1, Outcome.HELD)


@pytest.mark.parametrize("outcome", ["released", "registered", "abandoned", "gone"])
def test_one_person_is_neither_released_nor_lost(lane: Lane, outcome: str) -> None:
    coach(lane, "g", "g")
    with pytest.raises(ValueError, match=outcome):
        lane.person_outcome(2, outcome)


def test_one_person_of_a_car_may_stay_behind_too(lane: Lane) -> None:
    coach(lane, "g", "r")
    lane.bus(on=False)
    lane.person_outcome(2, Outcome.HELD)
    assert state_of(lane) is VerdictState.PASS


def test_who_is_listed_but_not_aboard_is_missing_no_more(lane: Lane) -> None:
    lane.plate(PLATE)
    lane.passengers((Passenger("1", "张三"), Passenger("2", "李四")))
    scan(lane, 1)
    lane.temperature(365)
    with pytest.raises(AlreadyChecked):
        lane.not_aboard(1)
    lane.not_aboard(2)
    assert state_of(lane) is VerdictState.PASS
    with pytest.raises(NothingOpen):
        lane.not_aboard(2)


def test_a_list_too_long_for_those_who_are_there_is_refused_whole(lane: Lane) -> None:
    lane.plate(PLATE)
    lane.scanned(DOCUMENT.encode())
    before = lane.state
    with pytest.raises(PassengerListRefused):
        lane.passengers(tuple(Passenger(str(seat), "张三") for seat in range(300)))
    assert lane.state == before


def test_another_plate_read_while_a_bus_stands_is_refused_and_typed_it_parks_the_bus(lane: Lane) -> None:
    coach(lane, "g")
    with pytest.raises(BusStands):
        lane.scanned(OTHER_PLATE.encode())
    assert [crossing.plate for crossing in lane.state.parked] == []
    lane.plate(OTHER_PLATE)
    assert [crossing.plate for crossing in lane.state.parked] == [PLATE]


def test_bus_mode_ends_only_while_nothing_is_lost_by_it(lane: Lane) -> None:
    lane.bus(on=False)
    lane.bus()
    lane.bus(on=False)
    assert lane.state.open is not None
    assert not lane.state.open.bus
    lane.bus()
    lane.service("K108")
    with pytest.raises(ModeInUse):
        lane.bus(on=False)


def test_a_bus_survives_a_restart(lane: Lane, desk: Desk) -> None:
    coach(lane, "g", "r", told=5)
    lane.person_outcome(2, Outcome.TURNED_BACK, why="slip")
    lane.service("K108")
    assert lane.kept is not None
    lane.kept.result()
    assert lane_of(desk).state == lane.state


# on foot


def test_people_on_foot_need_no_plate(lane: Lane, desk: Desk) -> None:
    lane.foot()
    scan(lane, 1)
    lane.temperature(365)
    assert state_of(lane) is VerdictState.PASS
    lane.end(Outcome.RELEASED).written.result()
    assert entries(desk, facts.VEHICLE_CROSSED)[0]["class"] == "foot"


def test_without_going_on_foot_the_plate_is_missing(lane: Lane) -> None:
    lane.foot()
    scan(lane, 1)
    lane.temperature(365)
    lane.foot(on=False)
    assert state_of(lane) is VerdictState.NOT_YET


def test_people_on_foot_park_the_vehicle_that_stands_here_and_the_next_plate_parks_them(lane: Lane) -> None:
    lane.plate(PLATE)
    lane.foot()
    assert lane.state.open is not None
    assert (lane.state.open.plate, lane.state.open.vehicle) == ("", VehicleClass.FOOT)
    lane.plate(OTHER_PLATE)
    assert [(one.plate, one.vehicle.value) for one in lane.state.parked] == [(PLATE, "car"), ("", "foot")]
