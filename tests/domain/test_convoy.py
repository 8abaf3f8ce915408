"""How many vehicles a convoy has, whatever was counted and read in whatever order."""

from __future__ import annotations

from itertools import count

from hypothesis import given
from hypothesis import strategies as st

from checkpoint_app.domain import convoy
from checkpoint_app.domain.lane import LaneState, with_vehicle
from checkpoint_app.domain.words import Direction, VehicleClass
from tests.domain.lanes import Scene

PLATES = [f"豫A0000{number}" for number in range(1, 6)]
deeds = st.lists(
    st.one_of(
        st.tuples(st.just("plate"), st.sampled_from(PLATES)),
        st.tuples(st.just("count"), st.integers(-1, 130)),
        st.tuples(st.just("people"), st.integers(-1, 130)),
    ),
    max_size=12,
)


@given(deeds)
def test_every_plate_is_one_vehicle_and_every_counted_one_is_there(done: list[tuple[str, object]]) -> None:
    scene, actions = Scene().plate(PLATES[0]), count(1_000)
    scene.state = convoy.with_convoy(scene.state, on=True)
    read, vehicles = {PLATES[0]}, 1
    for what, value in done:
        if what == "plate":
            scene.plate(str(value))
            vehicles = max(vehicles, len(read | {str(value)}))
            read.add(str(value))
        elif what == "count":
            told = min(max(int(str(value)), 1), convoy.MOST_VEHICLES)
            scene.state = convoy.with_vehicles(scene.state, told, new_action=lambda: f"{next(actions):032x}")
            vehicles = max(told, len(read))
        else:
            scene.state = convoy.with_people_each(scene.state, int(str(value)))
    followers = scene.open.followers
    assert 1 + len(followers) == vehicles
    assert {PLATES[0]} | {one.plate for one in followers if one.plate} == read
    assert len({scene.open.action, *(one.action for one in followers)}) == vehicles
    assert all(1 <= one.people <= convoy.MOST_IN_VEHICLE for one in followers)
    assert scene.state.parked == ()


def test_counted_vehicles_are_of_the_first_ones_class() -> None:
    scene = Scene().plate(PLATES[0])
    state = convoy.with_convoy(with_vehicle(scene.state, VehicleClass.TRUCK), on=True)
    counted = convoy.with_vehicles(state, 3, new_action=scene.action).open
    assert counted is not None
    assert [one.vehicle.value for one in counted.followers] == ["truck", "truck"]


def test_without_a_crossing_there_is_no_convoy() -> None:
    empty = LaneState(1, Direction.IN)
    assert convoy.with_convoy(empty, on=True) == empty
    assert convoy.with_vehicles(empty, 3, new_action=str) == empty
    assert convoy.with_people_each(empty, 3) == convoy.without_last(empty) == empty
