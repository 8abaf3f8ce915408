"""The day of every desk at headquarters: shift, traffic, silence, matters, each of its own desk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from checkpoint_app.services import stations_today
from checkpoint_app.services.stations_today import DeskToday
from tests.services.recorded import record
from tests.services.stations import NORTH, SOUTH, Stations, sent, stations, taken

HOUR = 3_600_000


@pytest.fixture
def at(tmp_path: Path) -> Iterator[Stations]:
    with stations(tmp_path) as made:
        yield made


def today(at: Stations) -> dict[str, DeskToday]:
    return {each.desk: each for each in stations_today.read_stations(at.above).desks}


def test_a_desk_stands_there_before_anything_of_it_came(at: Stations) -> None:
    found = today(at)
    assert list(found) == [NORTH, SOUTH]
    assert found[NORTH].shift is None
    assert (found[NORTH].traffic.vehicles, found[NORTH].standing.heard) == (0, None)


def test_shift_traffic_and_matters_are_those_of_each_desk(at: Stations) -> None:
    record(at.north)
    record(at.north, "豫B67890")
    at.north.matters.raise_("栏杆坏了", by=at.north.by).result()
    record(at.south, "豫C00001")
    for desk in (at.north, at.south):
        for path in sent(desk, at.road):
            taken(at.above, path)
    found = today(at)
    assert [found[name].traffic.vehicles for name in (NORTH, SOUTH)] == [2, 1]
    assert [found[name].matters for name in (NORTH, SOUTH)] == [1, 0]
    shift = found[NORTH].shift
    assert shift is not None
    assert (shift.shift, shift.group) == (at.north.by.shift, "三班")
    whole = stations_today.read_stations(at.above)
    assert whole.vehicles == 3
    assert whole.people == sum(each.traffic.people for each in found.values())


def test_yesterdays_traffic_and_a_closed_shift_are_not_todays(at: Stations) -> None:
    record(at.north)
    at.north.duty.close(waiting=0, by=at.north.by).result()
    for path in sent(at.north, at.road):
        taken(at.above, path)
    assert today(at)[NORTH].shift is None
    assert today(at)[NORTH].traffic.vehicles == 1
    at.clock.pass_by(30 * HOUR)
    found = today(at)[NORTH]
    assert found.traffic.vehicles == 0
    assert found.standing.silent
    assert found.wants_care


def test_a_revoked_desk_comes_last_and_is_not_called_silent(at: Stations) -> None:
    at.above.peers.revoke(NORTH, why="stolen", by=at.above.by)
    at.clock.pass_by(30 * HOUR)
    found = today(at)
    assert list(found) == [SOUTH, NORTH]
    assert found[NORTH].revoked
    assert not found[NORTH].standing.silent
