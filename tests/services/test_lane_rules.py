"""What a station decides of its rules holds at its lanes: checks by class, and when to measure again."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from checkpoint_app.bootstrap import change_settings
from checkpoint_app.config import Settings
from checkpoint_app.domain.case import measure_again_from
from checkpoint_app.domain.words import CheckKind, VehicleClass, VerdictState
from checkpoint_app.services.lane import Lane
from tests.services.desks import PLATE, SETTINGS, desk_in, lane_of, scan
from tests.storage.desks import Clock

MINUTE = 60_000


def station(*, classes: Mapping[str, tuple[str, ...]] | None = None, minutes: int = 5) -> Settings:
    return Settings(
        station=SETTINGS.station, desk=SETTINGS.desk, class_checks=classes or {}, remeasure_minutes=minutes
    )


def state_of(lane: Lane) -> VerdictState:
    assert lane.verdict is not None
    return lane.verdict.state


@pytest.mark.parametrize(
    ("classes", "state"),
    [
        ({}, VerdictState.NOT_YET),
        ({"truck": ("temperature",)}, VerdictState.NOT_YET),
        ({"truck": ()}, VerdictState.PASS),
        ({"bus": ()}, VerdictState.NOT_YET),
    ],
)
def test_a_truck_needs_what_the_station_asks_of_trucks(
    tmp_path: Path, classes: Mapping[str, tuple[str, ...]], state: VerdictState
) -> None:
    with desk_in(tmp_path, settings=station(classes=classes)) as desk:
        lane = lane_of(desk)
        lane.plate(PLATE)
        lane.vehicle(VehicleClass.TRUCK)
        assert state_of(lane) is state


def test_a_change_of_what_a_class_needs_holds_at_the_lane_that_runs_and_can_be_taken_back(
    tmp_path: Path,
) -> None:
    with desk_in(tmp_path, settings=station()) as desk:
        lane = lane_of(desk)
        lane.plate(PLATE)
        assert state_of(lane) is VerdictState.NOT_YET
        change_settings(desk, station(classes={"car": ()}))
        lane.people(1)
        assert state_of(lane) is VerdictState.PASS
        change_settings(desk, station())
        lane.people(1)
        assert state_of(lane) is VerdictState.NOT_YET


@pytest.mark.parametrize("minutes", [1, 5, 60])
def test_a_second_temperature_counts_when_the_stations_waiting_is_over(tmp_path: Path, minutes: int) -> None:
    clock = Clock()
    with desk_in(tmp_path, clock=clock, settings=station(minutes=minutes)) as desk:
        lane = lane_of(desk)
        lane.plate(PLATE)
        lane.people(1)
        scan(lane, 1)
        lane.temperature(380)
        clock.pass_by(minutes * MINUTE - 1)
        lane.temperature(365)
        assert state_of(lane) is VerdictState.STOP
        clock.pass_by(1)
        lane.temperature(364)
        assert state_of(lane) is VerdictState.PASS


def test_the_time_to_measure_again_is_said_and_known_to_the_card(tmp_path: Path) -> None:
    clock = Clock()
    with desk_in(tmp_path, clock=clock, settings=station(minutes=10)) as desk:
        lane = lane_of(desk)
        lane.plate(PLATE)
        lane.people(1)
        scan(lane, 1)
        assert again_from(lane, minutes=10) is None
        lane.temperature(380)
        assert again_from(lane, minutes=10) == clock.wall + 10 * MINUTE
        assert lane.verdict is not None
        words = lane.verdict.reasons[0].words["zh"]
        assert words.endswith("后复测")
        clock.pass_by(MINUTE)
        lane.temperature(365)
        assert lane.verdict.reasons[0].words["zh"] == words


def again_from(lane: Lane, *, minutes: int) -> int | None:
    assert lane.state.open is not None
    own = [one for one in lane.state.open.checks_of(1) if one.kind is CheckKind.TEMPERATURE]
    rules = lane._tools.rules()
    assert rules.parameters["remeasure_minutes"] == minutes
    return measure_again_from(own, rules=rules)
