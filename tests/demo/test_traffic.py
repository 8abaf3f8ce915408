"""Invented vehicles: the same for the same seed, and nobody real."""

from __future__ import annotations

from itertools import islice

from checkpoint_app.demo.traffic import NAMES, arrivals
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
