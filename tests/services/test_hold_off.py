"""What the last vehicle still holds before the camera is not the next vehicle's; rows have an end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkpoint_app.domain.crossing import Check, Crossing
from checkpoint_app.domain.words import CheckKind, Direction, Evidence, Outcome
from checkpoint_app.services.endings import RowFull
from checkpoint_app.services.hold_off import HOLD_OFF_MS, LONGEST_MS, HoldOff
from checkpoint_app.services.lane import Lane
from checkpoint_app.services.open_crossing import MOST_PARKED
from tests.domain.lanes import declared
from tests.services.desks import OTHER_PLATE, PLATE, ready, scan
from tests.storage.desks import Clock

TOKEN = sum(PLATE.encode())
SHOWN = Check(CheckKind.HEALTH_CODE, "green", Evidence.SCANNED, 0, 1, digest="code")


def held(*, at: int = 0) -> HoldOff:
    """The codes of a vehicle that left."""
    off = HoldOff(lambda payload: payload.hex())
    off.left(Crossing("a" * 32, 1, Direction.IN, 0, plate=PLATE, checks=(SHOWN,)), at=at)
    return off


@pytest.mark.parametrize("digest", ["code", PLATE.encode().hex(), PLATE.encode("gb18030").hex()])
def test_codes_and_plate_are_held_for_five_seconds_and_no_longer(digest: str) -> None:
    assert held().holds(digest, now=HOLD_OFF_MS - 1)
    assert not held().holds(digest, now=HOLD_OFF_MS)


def test_another_code_is_never_held() -> None:
    assert not held().holds("other", now=1)


def test_a_code_held_up_all_the_time_opens_nothing_until_half_a_minute_is_over() -> None:
    off = held()
    seen = [off.holds("code", now=now) for now in range(0, LONGEST_MS + 1, 3_000)]
    assert seen == [True] * (LONGEST_MS // 3_000) + [False]


def test_a_clock_set_back_holds_nothing() -> None:
    assert not held(at=10_000).holds("code", now=9_000)


@given(st.lists(st.integers(1, 20_000), max_size=20))
def test_away_for_five_seconds_is_never_held(gaps: list[int]) -> None:
    off, now = held(), 0
    away = False
    for gap in gaps:
        now += gap
        away = away or gap >= HOLD_OFF_MS
        assert off.holds("code", now=now) is (not away and now < LONGEST_MS)
        away = away or now >= LONGEST_MS


def leave(lane: Lane, *, way: str) -> None:
    ready(lane)
    if way == "parked":
        lane.park()
        return
    lane.end(Outcome.RELEASED).written.result()
    if way == "undone and parked":
        lane.undo().result()
        lane.park()


@pytest.mark.parametrize("way", ["ended", "parked", "undone and parked"])
def test_what_a_vehicle_that_left_still_shows_opens_nothing(lane: Lane, way: str) -> None:
    leave(lane, way=way)
    before = lane.state
    scan(lane, TOKEN)
    lane.scanned(PLATE.encode())
    assert lane.state == before
    assert lane.state.open is None


@pytest.mark.parametrize("way", ["ended", "parked", "undone and parked"])
def test_the_code_of_a_really_new_vehicle_opens_it_at_once(lane: Lane, way: str) -> None:
    leave(lane, way=way)
    scan(lane, TOKEN + 1)
    assert lane.state.open is not None


def test_the_same_code_shown_later_opens_a_crossing(lane: Lane, clock: Clock) -> None:
    leave(lane, way="ended")
    clock.pass_by(HOLD_OFF_MS)
    scan(lane, TOKEN)
    assert lane.state.open is not None


def test_what_somebody_scans_by_hand_is_meant(lane: Lane) -> None:
    leave(lane, way="ended")
    lane.scanned(PLATE.encode(), by_hand=True)
    assert lane.state.open is not None


def test_what_is_typed_is_never_held(lane: Lane) -> None:
    leave(lane, way="ended")
    lane.plate(PLATE)
    assert lane.state.open is not None


def test_while_another_vehicle_stands_its_codes_are_taken(lane: Lane) -> None:
    leave(lane, way="ended")
    lane.plate(OTHER_PLATE)
    scan(lane, TOKEN)
    assert lane.state.open is not None
    assert len(lane.state.open.checks) == 1


# the row


def filled(lane: Lane) -> None:
    for place in range(MOST_PARKED + 1):
        lane.scanned(f"豫C{place:05}".encode())
    assert len(lane.state.parked) == MOST_PARKED


@pytest.mark.parametrize("payload", ["豫D00001", declared(plate="豫D00001", people=[{"name": "张三"}])])
def test_no_code_puts_a_tenth_vehicle_into_the_row(lane: Lane, payload: str) -> None:
    filled(lane)
    before = lane.state
    with pytest.raises(RowFull):
        lane.scanned(payload.encode())
    assert lane.state == before


def test_an_officer_may_type_on_when_the_row_is_full(lane: Lane) -> None:
    filled(lane)
    lane.plate("豫D00001")
    assert len(lane.state.parked) == MOST_PARKED + 1


def test_a_vehicle_of_the_full_row_is_taken_up_again_by_its_plate(lane: Lane) -> None:
    filled(lane)
    lane.scanned("豫C00003".encode())
    assert lane.state.open is not None
    assert lane.state.open.plate == "豫C00003"
    assert len(lane.state.parked) == MOST_PARKED
