"""How many vehicles a convoy has, whatever was counted and read in whatever order."""

from __future__ import annotations

from itertools import count

from hypothesis import given
from hypothesis import strategies as st

from checkpoint_app.domain import convoy
from checkpoint_app.domain.bus import with_bus
from checkpoint_app.domain.lane import LaneState, put_back, with_vehicle
from checkpoint_app.domain.words import Direction, VehicleClass
from tests.domain.lanes import Scene, declared

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


def convoy_of(vehicles: int, *, people: int) -> Scene:
    scene, actions = Scene().plate(PLATES[0]), count(1_000)
    scene.state = convoy.with_convoy(scene.state, on=True)
    scene.state = convoy.with_vehicles(scene.state, vehicles, new_action=lambda: f"{next(actions):032x}")
    scene.state = convoy.with_people_each(scene.state, people)
    return scene


def test_a_vehicle_that_was_counted_keeps_its_people_when_its_plate_is_read() -> None:
    scene = convoy_of(2, people=5).plate(PLATES[1]).plate(PLATES[2])
    assert [(each.plate, each.people) for each in scene.open.followers] == [(PLATES[1], 5), (PLATES[2], 5)]


def test_a_vehicle_of_an_undone_convoy_that_gets_its_plate_still_takes_its_old_place() -> None:
    scene = convoy_of(2, people=1)
    before = scene.state
    undone = put_back(LaneState(1, Direction.IN), before, action="a" * 32, following=("b" * 32,))
    scene.state = undone
    scene.plate(PLATES[1])
    (follower,) = scene.open.followers
    assert (follower.action, follower.replaces) == ("b" * 32, before.open.followers[0].action)  # type: ignore[union-attr]


def test_a_vehicle_that_waits_in_the_row_comes_forward_and_joins_no_convoy() -> None:
    scene = Scene().plate(PLATES[1]).plate(PLATES[0])
    scene.state = convoy.with_convoy(scene.state, on=True)
    scene.plate(PLATES[1])
    assert scene.open.plate == PLATES[1]
    assert [(each.plate, each.followers) for each in scene.state.parked] == [(PLATES[0], ())]


def test_a_bus_and_people_on_foot_are_no_convoy() -> None:
    scene = Scene().plate(PLATES[0])
    scene.state = with_bus(convoy.with_convoy(scene.state, on=True), on=True)
    assert not scene.open.convoy
    scene.plate(PLATES[1])
    assert (scene.open.plate, scene.open.followers) == (PLATES[1], ())


def test_a_declaration_of_a_further_vehicle_puts_nobody_into_the_first() -> None:
    scene = Scene().plate(PLATES[0])
    scene.state = convoy.with_convoy(scene.state, on=True)
    people = [{"name": "张三"}, {"name": "李四"}, {"name": "王五"}]
    told = declared(plate=PLATES[1], people=people)
    for _ in range(2):
        scene.scan(told)
    assert (scene.open.people, scene.open.headcount, scene.open.checks) == ((), 1, ())
    assert [(each.plate, each.people) for each in scene.open.followers] == [(PLATES[1], 3)]
    scene.scan(declared(plate=PLATES[0], people=people[:1]))
    assert [person.name for person in scene.open.people] == ["张三"]
