"""Words of the shift page. Pure."""

from __future__ import annotations

from checkpoint_app.domain.facts import Tally
from checkpoint_app.domain.lane import LaneState
from checkpoint_app.domain.words import Direction, VehicleClass
from checkpoint_app.storage.rows import ShiftTotals
from checkpoint_app.ui import duty_text


def test_the_minute_that_still_runs_counts_at_every_lane() -> None:
    tally = Tally("a" * 32, 1, Direction.IN, 0).plus(VehicleClass.CAR, vehicles=2, people=5)
    states = (LaneState(1, Direction.IN, tally=tally), LaneState(2, Direction.OUT))
    found = duty_text.with_running(ShiftTotals("s", vehicles=7, people=9, counted_vehicles=1), states)
    assert (found.vehicles, found.counted_vehicles, found.counted_people) == (7, 3, 5)
    assert duty_text.vehicles(found) == 10
