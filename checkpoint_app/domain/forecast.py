"""How many vehicles will wait in half an hour, and by how much the same reckoning was wrong before.

Demand is the mean of this half hour on the last seven days, scaled by how today's last whole hours compare
with theirs. What came through stands for what came: behind a queue more would have come, so a station that
was full last week is foretold too little. Capacity is how many vehicles the working lanes can send on at the
pace measured. The error is the mean absolute error of the demand when each of the last seven days is foretold
from the days before it; the length of a queue can be off by no more than that as long as the pace holds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

HALF_HOUR = 30 * 60_000
DAYS = 7
LEAST_DAYS = 3
_STEADY = 20  # vehicles added to both sides of the comparison, so that a quiet night decides nothing
_MOST_TIMES = 4


@dataclass(frozen=True, slots=True)
class Day:
    """One day at this time: vehicles in the whole hours before, and in the half hour that begins now.

    `half_hour` of today is not known yet and not looked at.
    """

    so_far: float
    half_hour: float = 0.0

    @property
    def closed(self) -> bool:
        """Nobody came: the day says nothing about one on which somebody does."""
        return not self.so_far and not self.half_hour


@dataclass(frozen=True, slots=True)
class Forecast:
    """Vehicles: `waiting` in half an hour, give or take `error`; `demand` that comes, `capacity` that goes.

    `lanes_needed` is how many lanes would leave nobody waiting, `days` how many the demand rests on.
    """

    waiting: int
    error: int
    demand: int
    capacity: int
    lanes_needed: int
    days: int


@dataclass(frozen=True, slots=True)
class NotYet:
    """No forecast. `lacking` is "days" or "pace"; `have` of `need` days, or of vehicles within the hour."""

    lacking: str
    have: int
    need: int


def foretold(days: Sequence[Day], *, queue: int, lanes: int, pace: int) -> Forecast | NotYet:
    """The forecast from today and the days before it, newest first and without holes; `pace` in ms a vehicle.

    Seven days are looked at and, for the error, the seven before each of them.
    """
    usual = [day for day in days[1 : DAYS + 1] if not day.closed]
    missed = _errors(days)
    if len(usual) < LEAST_DAYS or not missed:
        return NotYet("days", len(usual), LEAST_DAYS)
    demand = expected(days)
    capacity = lanes * HALF_HOUR / pace
    return Forecast(
        waiting=max(0, round(queue + demand - capacity)),
        error=ceil(sum(missed) / len(missed)),
        demand=round(demand),
        capacity=int(capacity),
        lanes_needed=ceil((queue + demand) * pace / HALF_HOUR),
        days=len(usual),
    )


def expected(days: Sequence[Day]) -> float:
    """Vehicles that come in the first day's half hour, told by the seven days behind it; 0 without any."""
    usual = [day for day in days[1 : DAYS + 1] if not day.closed]
    if not usual:
        return 0.0
    before = sum(day.so_far for day in usual) / len(usual)
    scale = (days[0].so_far + _STEADY) / (before + _STEADY)
    return min(scale, _MOST_TIMES) * sum(day.half_hour for day in usual) / len(usual)


def _errors(days: Sequence[Day]) -> list[float]:
    """By how much each of the last seven days would have been foretold wrong."""
    replayed = (days[place:] for place in range(1, min(DAYS + 1, len(days))))
    return [
        abs(expected(then) - then[0].half_hour)
        for then in replayed
        if not then[0].closed and any(not day.closed for day in then[1 : DAYS + 1])
    ]
