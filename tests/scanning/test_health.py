"""Frozen and black pictures against time."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from checkpoint_app.scanning.health import NOTICED_MS, Pulse, Sight, felt, sight
from tests.scanning.devices_played import noise

BLACK = np.zeros((72, 128, 3), np.uint8)
STEP = 40


def watched(pictures: list[NDArray[np.uint8]], *, live: bool = True) -> list[Sight]:
    pulse, seen = Pulse(), []
    for number, picture in enumerate(pictures):
        pulse = felt(pulse, picture, at=number * STEP)
        seen.append(sight(pulse, at=number * STEP, live=live))
    return seen


def noticed(seen: list[Sight], what: Sight) -> int:
    return seen.index(what) * STEP


def test_pictures_that_change_are_fine() -> None:
    assert set(watched([noise(number) for number in range(200)])) == {Sight.FINE}


def test_a_picture_that_stands_still_is_noticed_within_three_seconds() -> None:
    seen = watched([noise(1)] * 200)
    assert NOTICED_MS <= noticed(seen, Sight.FROZEN) <= 3_000
    assert set(seen) == {Sight.FINE, Sight.FROZEN}


def test_a_dark_noisy_picture_is_black_within_three_seconds() -> None:
    dark = [np.minimum(noise(number, light=8) // 4, 9).astype(np.uint8) for number in range(200)]
    assert noticed(watched(dark), Sight.BLACK) <= 3_000


@pytest.mark.parametrize("light", [20, 40])
def test_a_night_with_something_in_it_is_not_black(light: int) -> None:
    assert set(watched([noise(number, light=light) for number in range(200)])) == {Sight.FINE}


def test_a_dark_picture_with_one_bright_lamp_is_not_black() -> None:
    pictures = []
    for number in range(200):
        picture = noise(number, light=8)
        picture[16:48, 32:64] = 250
        pictures.append(picture)
    assert set(watched(pictures)) == {Sight.FINE}


def test_black_and_still_is_black_and_both_come_back() -> None:
    seen = watched([BLACK] * 100 + [noise(1)])
    assert seen[-2:] == [Sight.BLACK, Sight.FINE]


def test_a_picture_shown_on_purpose_may_stand_still() -> None:
    assert set(watched([BLACK] * 200, live=False)) == {Sight.FINE}


def test_a_grey_picture_has_a_pulse_too() -> None:
    assert watched([noise(1)[:, :, 0]] * 100)[-1] is Sight.FROZEN
