"""A convoy: several vehicles with one outcome, each an entry of its own. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from checkpoint_app.domain.crossing import Follower
from checkpoint_app.domain.lane import LaneState
from checkpoint_app.domain.words import VehicleClass

MOST_VEHICLES = 100
"""Of one convoy: they are written in one transaction, which must not keep the next key waiting."""

MOST_IN_VEHICLE = 99


def with_convoy(state: LaneState, *, on: bool) -> LaneState:
    """Further plates are further vehicles of the open crossing, or no longer; people on foot are none."""
    if state.open is None:
        return state
    on_foot = on and state.open.vehicle is VehicleClass.FOOT
    kind = VehicleClass.CAR if on_foot else state.open.vehicle
    return replace(state, open=replace(state.open, convoy=on, vehicle=kind))


def with_vehicles(state: LaneState, vehicles: int, *, new_action: Callable[[], str]) -> LaneState:
    """`vehicles` in all with the first; those whose plate was read always stay."""
    if state.open is None:
        return state
    wanted = min(max(vehicles, 1), MOST_VEHICLES) - 1
    named = [follower for follower in state.open.followers if follower.plate]
    blank = [follower for follower in state.open.followers if not follower.plate]
    blank = blank[: max(wanted - len(named), 0)]
    people = state.open.followers[0].people if state.open.followers else 1
    fresh = range(wanted - len(named) - len(blank))
    added = [Follower(new_action(), vehicle=state.open.vehicle, people=people) for _ in fresh]
    return replace(state, open=replace(state.open, followers=(*named, *blank, *added)))


def with_people_each(state: LaneState, people: int) -> LaneState:
    """How many people the officer counts in each of the vehicles behind the first."""
    if state.open is None:
        return state
    each = min(max(people, 1), MOST_IN_VEHICLE)
    followers = tuple(replace(follower, people=each) for follower in state.open.followers)
    return replace(state, open=replace(state.open, followers=followers))


def without_last(state: LaneState) -> LaneState:
    """The vehicle that was added last is none of this convoy."""
    if state.open is None:
        return state
    return replace(state, open=replace(state.open, followers=state.open.followers[:-1]))
