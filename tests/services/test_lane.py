"""The work of one lane, on a real ledger."""

from __future__ import annotations

from pathlib import Path

import pytest

from checkpoint_app.domain.words import CodeClass, Outcome, VerdictState
from checkpoint_app.services.desk import Desk
from checkpoint_app.services.lane import (
    DocumentRefused,
    Lane,
    LeadNeeded,
    NothingOpen,
    ReasonNeeded,
)
from checkpoint_app.storage import queries
from tests.services.desks import OTHER_PLATE, PLATE, desk_in, entries, kinds, lane_of, ready, scan, settled
from tests.storage.desks import Clock


def test_a_vehicle_that_passes_is_one_entry_with_all_checks_in_order(lane: Lane, desk: Desk) -> None:
    ready(lane)
    lane.end(Outcome.RELEASED).written.result()
    (crossing,) = entries(desk, "vehicle_crossed")
    assert [check["kind"] for check in crossing["checks"]] == ["health_code", "temperature"]
    assert (crossing["outcome"], crossing["people"], crossing["verdict"]) == ("released", 1, "pass")
    assert kinds(desk) == ["vehicle_crossed"]
    assert (lane.state.open, lane.verdict) == (None, None)


def test_a_seal_held_before_the_camera_starts_nothing(lane: Lane) -> None:
    from checkpoint_app.domain.chain import head_text

    head = lane._tools.ledger.head()
    assert lane.scanned(head_text(head).encode()).kind is CodeClass.SEAL
    assert (lane.state.open, lane.kept) == (None, None)


def test_an_outcome_without_a_vehicle_is_refused(lane: Lane) -> None:
    with pytest.raises(NothingOpen):
        lane.end(Outcome.RELEASED)


@pytest.mark.parametrize("outcome", [Outcome.RELEASED, Outcome.REGISTERED])
def test_a_vehicle_not_checked_to_the_end_goes_with_a_reason_only(
    lane: Lane, desk: Desk, outcome: Outcome
) -> None:
    scan(lane, 1)
    lane.plate(PLATE)
    before = lane.state
    for why in ("", "  "):
        with pytest.raises(ReasonNeeded) as refused:
            lane.end(outcome, why=why)
        assert refused.value.facts == {"state": "not_yet"}
    assert lane.state == before
    lane.end(outcome, why="supplies").written.result()
    assert [crossing["why"] for crossing in entries(desk, "vehicle_crossed")] == ["supplies"]


@pytest.mark.parametrize("outcome", [Outcome.RELEASED, Outcome.REGISTERED])
def test_a_stop_is_not_let_go_whatever_the_reason(lane: Lane, outcome: Outcome) -> None:
    ready(lane, tenths=380)
    with pytest.raises(LeadNeeded):
        lane.end(outcome, why="supplies")
    assert lane.state.open is not None


@pytest.mark.parametrize(
    "outcome", [Outcome.TURNED_BACK, Outcome.HELD, Outcome.TRANSFERRED, Outcome.ABANDONED]
)
def test_a_stop_may_always_be_kept_or_sent_away(lane: Lane, desk: Desk, outcome: Outcome) -> None:
    ready(lane, tenths=380)
    lane.end(outcome).written.result()
    assert [crossing["outcome"] for crossing in entries(desk, "vehicle_crossed")] == [outcome.value]
    assert lane.state.stopped == ()


def test_a_stop_is_on_paper_at_once_and_only_once(lane: Lane, desk: Desk) -> None:
    ready(lane, tenths=380)
    lane.people(2)
    settled(lane)
    (flag,) = entries(desk, "check_flagged")
    assert (flag["check"]["tenths"], flag["verdict"]) == (380, "stop")
    assert [stop.plate for stop in lane.state.stopped] == [PLATE]


def test_a_second_measurement_takes_the_strip_away_and_leaves_the_entry(
    lane: Lane, desk: Desk, clock: Clock
) -> None:
    ready(lane, tenths=380)
    lane.step(-1)
    clock.pass_by(5 * 60_000)
    lane.temperature(366)
    settled(lane)
    assert lane.state.stopped == ()
    assert lane.verdict is not None
    assert lane.verdict.state is VerdictState.PASS
    assert kinds(desk) == ["check_flagged"]


def test_voiding_a_check_is_an_entry_and_what_it_hid_is_flagged_in_the_same_breath(
    lane: Lane, desk: Desk, clock: Clock
) -> None:
    ready(lane, tenths=380)
    lane.step(-1)
    clock.pass_by(5 * 60_000)
    lane.temperature(366)
    lane.void(2, why="wrong_person").result()
    assert kinds(desk) == ["check_flagged", "check_voided", "check_flagged"]
    assert lane.verdict is not None
    assert lane.verdict.state is VerdictState.STOP
    assert len(lane.state.stopped) == 1


@pytest.mark.parametrize("place", [-1, 3])
def test_a_check_that_is_not_there_cannot_be_voided(lane: Lane, place: int) -> None:
    ready(lane)
    with pytest.raises(NothingOpen):
        lane.void(place, why="slip")


def test_a_check_is_voided_once(lane: Lane) -> None:
    ready(lane)
    lane.void(1, why="slip")
    with pytest.raises(NothingOpen):
        lane.void(1, why="slip")


def test_a_document_that_contradicts_itself_is_refused_and_starts_nothing(lane: Lane) -> None:
    with pytest.raises(DocumentRefused):
        lane.document("110105194912310021")
    assert lane.state.open is None


def test_what_passed_may_not_pass_any_more_when_the_key_comes(lane: Lane, desk: Desk, clock: Clock) -> None:
    ready(lane)
    lane.step(-1)
    lane.test("negative", hours=47)
    clock.pass_by(70 * 60_000)
    with pytest.raises(LeadNeeded):
        lane.end(Outcome.RELEASED)
    settled(lane)
    assert kinds(desk) == ["check_flagged"]


def test_a_parked_vehicle_keeps_its_stop_on_the_strip_and_is_not_in_the_way(lane: Lane) -> None:
    ready(lane, tenths=380)
    ready(lane, plate=OTHER_PLATE)  # the code comes before the plate, so this is still the first vehicle
    lane.park()
    ready(lane, plate="豫C00001")
    lane.end(Outcome.RELEASED).written.result()
    assert [stop.crossing for stop in lane.state.stopped] == [lane.state.parked[0].action]


def test_typed_texts_are_made_fit_for_the_ledger(lane: Lane, desk: Desk) -> None:
    lane.name("  Ame\u0301lie\x00\ud800 ")
    lane.places(origin="郑\n州", destination="", purpose="")
    lane.plate(PLATE)
    lane.end(Outcome.TURNED_BACK, why="a\x07b").written.result()
    assert entries(desk, "vehicle_crossed")[0]["why"] == "own_words"
    with desk.ledger.reader() as reader:
        (row,) = queries.crossings(reader)
    assert (row.why, row.persons[0].name, row.origin) == ("ab", "Am\u00e9lie", "郑州")


def test_a_restart_brings_everything_back_but_the_last_key(tmp_path: Path, clock: Clock) -> None:
    with desk_in(tmp_path, clock=clock) as desk:
        lane = lane_of(desk)
        ready(lane, tenths=380)
        lane.plate(OTHER_PLATE)
        lane.temperature(365)
        settled(lane)
        before = lane.state
    with desk_in(tmp_path, clock=clock) as desk:
        again = lane_of(desk)
        assert again.state == before
        assert again.verdict is not None
        assert again.last is None
        again.people(2)
        settled(again)
        assert kinds(desk) == ["check_flagged"]


def test_an_action_that_was_saved_and_never_shown_is_confirmed_or_undone(
    tmp_path: Path, clock: Clock
) -> None:
    with desk_in(tmp_path, clock=clock) as desk:
        lane = lane_of(desk)
        for plate in (PLATE, OTHER_PLATE):
            ready(lane, plate=plate)
            lane.end(Outcome.RELEASED).written.result()
    with desk_in(tmp_path, clock=clock) as desk:
        lane = lane_of(desk)
        mine = [one for one in desk.ledger.unconfirmed() if one.kind == "vehicle_crossed"]
        lane.confirm(mine[0], true=True).result()
        lane.confirm(mine[1], true=False).result()
        assert kinds(desk)[-2:] == ["action_confirmed", "outcome_undone"]
        assert desk.duty.totals(desk.by.shift).vehicles == 1


def test_two_lanes_do_not_see_each_other(desk: Desk) -> None:
    one, two = lane_of(desk, 1), lane_of(desk, 2)
    one.plate(PLATE)
    two.plate(OTHER_PLATE)
    settled(two)
    assert [lane_of(desk, number).state for number in (1, 2)] == [one.state, two.state]
