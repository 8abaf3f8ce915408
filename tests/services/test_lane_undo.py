"""Undo, counting, and writes that fail at a lane."""

from __future__ import annotations

from concurrent.futures import Future
from threading import Event
from typing import Any

import pytest

from checkpoint_app.domain.words import Outcome, VehicleClass
from checkpoint_app.services.desk import Desk
from checkpoint_app.services.lane import (
    Lane,
    NothingToUndo,
    StillSaving,
    TallyForbidden,
    VehicleWaiting,
)
from checkpoint_app.storage.engine import DiskFull
from tests.services.desks import (
    OTHER_PLATE,
    PLATE,
    doubtful_lane,
    entries,
    kinds,
    lane_of,
    ready,
    scan,
    settled,
)
from tests.storage.desks import Clock

# undo


def test_undo_brings_the_vehicle_back_and_the_next_outcome_names_the_first(lane: Lane, desk: Desk) -> None:
    ready(lane)
    first = lane.end(Outcome.RELEASED)
    first.written.result()
    lane.undo().result()
    assert lane.state.open is not None
    assert lane.state.open.replaces == first.crossing.action
    lane.end(Outcome.TURNED_BACK).written.result()
    assert kinds(desk) == ["vehicle_crossed", "outcome_undone", "vehicle_crossed"]
    totals = desk.duty.totals(desk.by.shift)
    assert (totals.vehicles, totals.undone, dict(totals.outcomes)) == (1, 1, {"turned_back": 1})


def test_ten_seconds_after_the_outcome_nothing_is_undone(lane: Lane, clock: Clock) -> None:
    ready(lane)
    lane.end(Outcome.RELEASED).written.result()
    clock.pass_by(10_000)
    kept = lane.last
    clock.pass_by(1)
    with pytest.raises(NothingToUndo):
        lane.undo()
    assert lane.last is kept


def test_at_ten_seconds_it_is_undone(lane: Lane, clock: Clock) -> None:
    ready(lane)
    lane.end(Outcome.RELEASED).written.result()
    clock.pass_by(10_000)
    lane.undo().result()


def test_nothing_is_undone_twice(lane: Lane) -> None:
    ready(lane)
    lane.end(Outcome.RELEASED).written.result()
    lane.undo().result()
    with pytest.raises(NothingToUndo):
        lane.undo()


def test_undo_parks_the_vehicle_that_came_meanwhile(lane: Lane) -> None:
    ready(lane)
    lane.end(Outcome.RELEASED).written.result()
    lane.plate(OTHER_PLATE)
    lane.undo().result()
    assert lane.state.open is not None
    assert lane.state.open.plate == PLATE
    assert [crossing.plate for crossing in lane.state.parked] == [OTHER_PLATE]


def test_the_stop_of_an_undone_outcome_stands_again_and_is_not_written_twice(lane: Lane, desk: Desk) -> None:
    ready(lane, tenths=380)
    lane.end(Outcome.TURNED_BACK).written.result()
    lane.undo().result()
    assert len(lane.state.stopped) == 1
    assert kinds(desk) == ["check_flagged", "vehicle_crossed", "outcome_undone"]


def test_undo_while_the_outcome_is_being_written_does_not_wait(desk: Desk) -> None:
    lane, ledger = doubtful_lane(desk)
    ready(lane)
    ledger.held = []
    lane.end(Outcome.RELEASED)
    with pytest.raises(StillSaving):
        lane.undo()
    assert lane.last is not None


def test_a_code_of_an_undone_crossing_was_not_seen_before(lane: Lane) -> None:
    ready(lane)
    lane.end(Outcome.RELEASED).written.result()
    lane.undo().result()
    assert lane.verdict is not None
    assert "seen_before" not in {line.code for line in lane.verdict.done}


def test_the_same_code_at_a_later_vehicle_was_seen_before(lane: Lane, clock: Clock) -> None:
    ready(lane)
    lane.end(Outcome.RELEASED).written.result()
    clock.pass_by(5_000)
    scan(lane, sum(PLATE.encode()))
    assert lane.verdict is not None
    assert "seen_before" in {line.code for line in lane.verdict.done}


# writes that fail


def test_an_outcome_that_was_not_written_is_taken_back_with_its_flags(desk: Desk) -> None:
    lane, ledger = doubtful_lane(desk)
    ready(lane, tenths=380)
    before = lane.state
    ledger.failing = 1
    ended = lane.end(Outcome.TURNED_BACK)
    assert isinstance(ended.written.exception(), DiskFull)
    lane.take_back(ended)
    settled(lane)
    assert lane.state == before
    assert lane.last is None
    assert kinds(desk) == ["check_flagged"]


def test_undo_of_an_outcome_that_was_not_written_takes_it_back(desk: Desk) -> None:
    lane, ledger = doubtful_lane(desk)
    ready(lane)
    ledger.failing = 1
    lane.end(Outcome.RELEASED)
    lane.undo().result()
    assert lane.state.open is not None
    assert lane.state.open.plate == PLATE
    assert kinds(desk) == []


def test_a_flag_that_could_not_be_written_goes_along_with_the_next_key(desk: Desk) -> None:
    lane, ledger = doubtful_lane(desk)
    lane.plate(PLATE)
    ledger.failing = 2
    lane.temperature(380)
    lane.people(2)
    assert lane.owed == 1
    lane.people(3)
    settled(lane)
    assert lane.owed == 0
    assert kinds(desk) == ["check_flagged"]


def test_a_tally_that_could_not_be_written_is_not_lost(desk: Desk, clock: Clock) -> None:
    lane, ledger = doubtful_lane(desk)
    lane.count(people=3).saved.result()
    clock.pass_by(60_000)
    ledger.failing = 1
    assert lane.minute() is not None
    written = lane.close()
    assert written is not None
    written.result()
    assert [tally["counts"] for tally in entries(desk, "tallied")] == [
        [{"class": "car", "people": 3, "vehicles": 1}]
    ]


def test_a_tally_whose_write_fails_behind_the_next_keys_back_is_not_lost(desk: Desk, clock: Clock) -> None:
    """The next key is on its way when the failure is told; its draft has no tally any more."""
    lane, ledger = doubtful_lane(desk)
    lane.count(people=3).saved.result()
    clock.pass_by(60_000)
    held: list[Future[Any]] = []
    ledger.held = held
    assert lane.minute() is not None
    ledger.held = None
    lane.plate(PLATE)
    settled(lane)
    held[0].set_exception(DiskFull(path="x"))
    assert lane.owed == 0
    assert [tally["counts"] for tally in entries(desk, "tallied")] == [
        [{"class": "car", "people": 3, "vehicles": 1}]
    ]


def test_a_fact_that_went_along_twice_is_written_once(desk: Desk) -> None:
    lane = lane_of(desk)
    go = Event()
    desk.ledger.transact(lambda _connection: go.wait(60))
    lane.plate(PLATE)
    lane.temperature(380)
    lane.people(2)
    lane.people(3)
    go.set()
    settled(lane)
    assert lane.owed == 0
    assert kinds(desk) == ["check_flagged"]


def test_what_no_ledger_may_hold_stops_nothing_behind_it(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    lane = lane_of(desk)
    lane.plate(PLATE)
    before = lane.state
    with monkeypatch.context() as patch:
        patch.setattr("checkpoint_app.domain.entry.LONGEST_PART", 10)
        with pytest.raises(ValueError, match="part too long"):
            lane.temperature(380)
    assert (lane.state, lane.owed) == (before, 0)
    lane.temperature(380)
    settled(lane)
    assert kinds(desk) == ["check_flagged"]


def test_an_undo_that_could_not_be_written_is_not_lost(desk: Desk) -> None:
    lane, ledger = doubtful_lane(desk)
    ready(lane)
    lane.end(Outcome.RELEASED).written.result()
    ledger.failing = 1
    assert lane.undo().exception() is not None
    lane.end(Outcome.TURNED_BACK).written.result()
    assert kinds(desk) == ["vehicle_crossed", "outcome_undone", "vehicle_crossed"]


# counting


def test_counts_are_in_the_draft_until_the_minute_is_over_and_then_one_entry(
    lane: Lane, desk: Desk, clock: Clock
) -> None:
    for people in (1, 2):
        lane.count(people=people)
    lane.count(people=30, vehicle=VehicleClass.BUS).saved.result()
    assert lane.minute() is None
    assert kinds(desk) == []
    draft = desk.ledger.drafts()["lane:1"]
    assert isinstance(draft, dict)
    action = draft["tally"]["action"]
    clock.pass_by(60_000)
    written = lane.minute()
    assert written is not None
    assert [entry.action for entry in written.result()] == [action]
    after = desk.ledger.drafts()["lane:1"]
    assert isinstance(after, dict)
    assert after["tally"] is None
    (tally,) = entries(desk, "tallied")
    assert [(one["class"], one["vehicles"], one["people"]) for one in tally["counts"]] == [
        ("car", 2, 3),
        ("bus", 1, 30),
    ]


def test_the_first_count_of_a_new_minute_writes_the_old_one_down(
    lane: Lane, desk: Desk, clock: Clock
) -> None:
    lane.count(people=1)
    clock.pass_by(60_000)
    lane.count(people=1).saved.result()
    assert len(entries(desk, "tallied")) == 1
    assert lane.state.tally is not None
    assert len(lane.state.tally.counts) == 1


def test_an_undone_count_leaves_both_keys_on_paper_and_nothing_in_the_sum(lane: Lane, desk: Desk) -> None:
    lane.count(people=2)
    lane.count(people=1)
    lane.undo().result()
    sums = [
        [(one["vehicles"], one["people"]) for one in tally["counts"]] for tally in entries(desk, "tallied")
    ]
    assert sums == [[(2, 3)], [(-1, -1)]]
    totals = desk.duty.totals(desk.by.shift)
    assert (totals.counted_vehicles, totals.counted_people) == (1, 2)
    assert lane.state.tally is None


def test_a_count_undone_in_the_next_minute_is_taken_from_its_own(
    lane: Lane, desk: Desk, clock: Clock
) -> None:
    clock.pass_by(60_000 - clock.wall % 60_000 - 1_000)
    lane.count(people=1).saved.result()
    clock.pass_by(2_000)
    written = lane.minute()
    assert written is not None
    written.result()
    lane.undo().result()
    first, less = entries(desk, "tallied")
    assert first["minute"] == less["minute"]


def test_counting_is_for_an_empty_lane_and_for_stations_that_allow_it(lane: Lane, desk: Desk) -> None:
    from dataclasses import replace

    lane.plate(PLATE)
    with pytest.raises(VehicleWaiting):
        lane.count(people=1)
    desk.settings = replace(desk.settings, tally_allowed=False)
    with pytest.raises(TallyForbidden):
        lane.count(people=1)
