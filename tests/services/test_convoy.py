"""A convoy: one outcome, n entries in one transaction, and all of them come back."""

from __future__ import annotations

import pytest

from checkpoint_app.domain import facts
from checkpoint_app.domain.convoy import MOST_VEHICLES
from checkpoint_app.domain.words import Outcome
from checkpoint_app.services.desk import Desk
from checkpoint_app.services.endings import ConvoyFull, ModeInUse, NothingOpen, NothingToUndo
from checkpoint_app.services.lane import Lane
from tests.services.desks import doubtful_lane, entries, kinds, lane_of, ready, scan, settled
from tests.storage.desks import Clock

PLATES = ("豫A00001", "豫A00002", "豫A00003")


def convoy(lane: Lane, *, vehicles: int = 0) -> None:
    """Three vehicles with plates, the first one checked."""
    ready(lane, plate=PLATES[0])
    lane.convoy()
    for plate in PLATES[1:]:
        lane.plate(plate)
    if vehicles:
        lane.convoy_count(vehicles)


def test_each_vehicle_of_a_convoy_is_an_entry_with_its_place(lane: Lane, desk: Desk) -> None:
    convoy(lane, vehicles=4)
    ended = lane.end(Outcome.RELEASED)
    written = ended.written.result()
    crossed = entries(desk, facts.VEHICLE_CROSSED)
    assert [(one["convoy"]["place"], one["evidence"]) for one in crossed] == [
        (2, "seen"),
        (3, "seen"),
        (4, "seen"),
        (1, "scanned"),
    ]
    assert {one["convoy"]["id"] for one in crossed} == {ended.crossing.action}
    assert {one["convoy"]["of"] for one in crossed} == {4}
    assert [len(one["checks"]) for one in crossed] == [0, 0, 0, 2]
    assert {(one["outcome"], one["verdict"]) for one in crossed} == {("released", "pass")}
    assert written[-1].action == ended.crossing.action
    assert desk.duty.totals(desk.by.shift).vehicles == 4


def test_without_convoy_another_plate_parks(lane: Lane) -> None:
    ready(lane, plate=PLATES[0])
    lane.plate(PLATES[1])
    assert [crossing.plate for crossing in lane.state.parked] == [PLATES[0]]


def test_a_plate_read_twice_is_one_vehicle_and_one_counted_before_gets_it(lane: Lane) -> None:
    ready(lane, plate=PLATES[0])
    lane.convoy()
    lane.convoy_count(3)
    for plate in (PLATES[1], PLATES[1], PLATES[0]):
        lane.scanned(plate.encode())
    assert lane.state.open is not None
    assert [follower.plate for follower in lane.state.open.followers] == [PLATES[1], ""]


def test_a_smaller_count_never_drops_a_plate(lane: Lane) -> None:
    convoy(lane, vehicles=6)
    lane.convoy_count(1)
    assert lane.state.open is not None
    assert [follower.plate for follower in lane.state.open.followers] == list(PLATES[1:])
    lane.convoy_drop()
    assert [follower.plate for follower in lane.state.open.followers] == [PLATES[1]]


def test_people_in_the_other_vehicles_are_counted(lane: Lane, desk: Desk) -> None:
    convoy(lane)
    lane.convoy_people(2)
    lane.end(Outcome.RELEASED).written.result()
    assert desk.duty.totals(desk.by.shift).people == 1 + 2 + 2


def test_undo_takes_all_of_them_back_and_shows_the_convoy_again(lane: Lane, desk: Desk) -> None:
    convoy(lane, vehicles=4)
    first = lane.end(Outcome.RELEASED)
    first.written.result()
    lane.undo().result()
    crossed = [written.action for written in first.written.result()]
    undone = entries(desk, facts.OUTCOME_UNDONE)
    assert [one["ref"]["action"] for one in undone] == crossed
    assert desk.duty.totals(desk.by.shift).vehicles == 0
    again = lane.state.open
    assert again is not None
    assert [one.plate for one in again.followers] == [*PLATES[1:], ""]
    assert not {again.action, *(one.action for one in again.followers)} & set(crossed)
    with pytest.raises(NothingToUndo):
        lane.undo()


def test_the_next_outcome_of_an_undone_convoy_names_what_it_replaces(lane: Lane, desk: Desk) -> None:
    convoy(lane)
    first = lane.end(Outcome.RELEASED)
    first.written.result()
    lane.undo().result()
    lane.end(Outcome.TURNED_BACK).written.result()
    crossed = entries(desk, facts.VEHICLE_CROSSED)[3:]
    assert [one["replaces"] for one in crossed] == [one.action for one in first.written.result()]
    totals = desk.duty.totals(desk.by.shift)
    assert (totals.vehicles, totals.undone, dict(totals.outcomes)) == (3, 3, {"turned_back": 3})


def test_a_convoy_that_could_not_be_written_stands_here_whole(desk: Desk) -> None:
    lane, ledger = doubtful_lane(desk)
    convoy(lane)
    before = lane.state
    ledger.failing = 1
    ended = lane.end(Outcome.RELEASED)
    lane.take_back(ended)
    settled(lane)
    assert lane.state == before
    assert kinds(desk) == []
    lane.end(Outcome.RELEASED).written.result()
    assert kinds(desk) == ["vehicle_crossed"] * 3


def test_a_convoy_survives_a_restart(lane: Lane, desk: Desk) -> None:
    convoy(lane, vehicles=5)
    settled(lane)
    assert lane_of(desk).state == lane.state


def test_a_convoy_ends_being_one_only_while_there_is_no_second_vehicle(lane: Lane) -> None:
    lane.convoy(on=False)
    lane.convoy()
    lane.convoy(on=False)
    assert lane.state.open is not None
    assert not lane.state.open.convoy
    lane.convoy()
    lane.convoy_count(2)
    with pytest.raises(ModeInUse):
        lane.convoy(on=False)
    with pytest.raises(ModeInUse):
        lane.bus()


@pytest.mark.parametrize("vehicles", [MOST_VEHICLES + 1, 10**6])
def test_no_convoy_is_endless(lane: Lane, vehicles: int) -> None:
    convoy(lane)
    with pytest.raises(ConvoyFull):
        lane.convoy_count(vehicles)
    lane.convoy_count(MOST_VEHICLES)
    for place in range(MOST_VEHICLES - len(PLATES)):
        lane.scanned(f"豫B{place:05}".encode())
    with pytest.raises(ConvoyFull):
        lane.scanned("豫C00001".encode())


def test_vehicles_are_counted_only_in_a_convoy(lane: Lane) -> None:
    scan(lane, 1)
    with pytest.raises(NothingOpen):
        lane.convoy_count(3)


def test_the_codes_of_the_last_vehicle_open_nothing_for_a_moment(lane: Lane, clock: Clock) -> None:
    convoy(lane)
    lane.end(Outcome.RELEASED).written.result()
    lane.scanned(PLATES[2].encode())
    assert lane.state.open is None
    clock.pass_by(5_000)
    lane.scanned(PLATES[2].encode())
    assert lane.state.open is not None
