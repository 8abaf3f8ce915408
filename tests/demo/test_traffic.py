"""Invented vehicles: the same for the same seed, and nobody real."""

from __future__ import annotations

from itertools import islice

from checkpoint_app.demo.play import DemoPlay
from checkpoint_app.demo.traffic import NAMES, arrivals, busy_hour
from checkpoint_app.domain.codes import classify
from checkpoint_app.domain.words import CodeClass
from tests.domain.lanes import PATTERNS

KINDS = {
    CodeClass.HEALTH_LINK,
    CodeClass.PLATE,
    CodeClass.DECLARATION,
    CodeClass.CITIZEN_ID,
    CodeClass.TRUCK_PASS,
}


def test_the_same_seed_brings_the_same_vehicles_and_another_brings_others() -> None:
    first, again, other = (list(islice(arrivals(seed), 50)) for seed in (1, 1, 2))
    assert first == again
    assert first != other


def test_every_code_held_up_is_one_the_lane_knows() -> None:
    found = {
        classify(payload, PATTERNS).kind
        for arrival in islice(arrivals(3), 200)
        for card in arrival.cards
        for payload in card.payloads
    }
    assert found == KINDS


def test_every_vehicle_has_a_temperature_for_each_of_its_people() -> None:
    for arrival in islice(arrivals(4), 200):
        assert len(arrival.tenths) == arrival.people
        assert arrival.cards


def test_no_name_stands_twice() -> None:
    assert len(set(NAMES)) == len(NAMES)


def test_a_busy_hour_brings_every_kind_and_every_code_is_known() -> None:
    hour = list(islice(busy_hour(6), 300))
    assert {arrival.kind for arrival in hour} == {"car", "bus", "convoy", "foot", "no_phone"}
    for arrival in hour:
        assert len(arrival.tenths) == arrival.people
        for card in arrival.cards:
            assert {classify(payload, PATTERNS).kind for payload in card.payloads} <= KINDS
    assert any(b"c=r" in payload for arrival in hour for card in arrival.cards for payload in card.payloads)


def test_on_a_bus_everybody_holds_up_a_code_of_their_own() -> None:
    bus = next(arrival for arrival in busy_hour(6) if arrival.kind == "bus")
    codes = {payload for card in bus.cards[1:] for payload in card.payloads}
    assert len(codes) == bus.people >= 12


def test_each_start_of_the_demonstration_brings_other_vehicles_to_every_lane() -> None:
    first = [lane.current.cards for _start in range(3) for lane in DemoPlay().lanes.values()]
    assert len(set(first)) > len(first) // 2
    told = [[lane.current for lane in DemoPlay(seed=4).lanes.values()] for _start in range(2)]
    assert told[0] == told[1]
