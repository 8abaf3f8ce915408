"""Is the camera well placed? How sharp a picture is, how light, and how large a code's modules are. Pure.

Sharpness is that of Crété-Roffet and others (2007): a picture is blurred once more, and what its edges lose
by that is what they had. It says nothing about what stands in the picture, so that the same lens gives
similar numbers before any scene; noise counts for nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from checkpoint_app.scanning.preparations import Picture, grey
from checkpoint_app.scanning.readings import Corners, Reading

BLURRED_ACROSS = 9
"""Pixels over which the picture is blurred once more."""
NOISE = 6.0
"""Differences between neighbours up to this many of 255 grey levels are the sensor's."""
LEAST_EDGES = 0.001
"""Share of neighbours that must differ by more than noise, or the picture shows nothing to be sharp."""
MARGIN = 0.1
SHARP, LEAST_SHARP = 55, 40
LIGHT = (20, 80)
LEAST_MODULE_PX, GOOD_MODULE_PX = 3.0, 4.0
"""At 3 pixels a module every code of 57 or 89 modules was read out of focus by a pixel, at 4 by 1.6."""
GUIDED_MODULES = 89
"""A code of version 18, the largest that people carry, and its quiet margin."""


@dataclass(frozen=True, slots=True)
class Look:
    """`sharp` and `light` 0 to 100, of the code when one is read, else of the middle of the picture;
    `module_px` the pixels of a module of the largest code, 0.0 without a code."""

    sharp: int
    light: int
    module_px: float = 0.0

    @property
    def fine(self) -> bool:
        """Whether codes held like this will be read."""
        large = self.module_px == 0 or self.module_px >= LEAST_MODULE_PX
        return self.sharp >= LEAST_SHARP and LIGHT[0] <= self.light <= LIGHT[1] and large


@dataclass(frozen=True, slots=True)
class Guide:
    """Where a code should be, pixels of the picture."""

    left: int
    top: int
    side: int


def looked_at(picture: Picture, readings: Iterable[Reading]) -> Look:
    """What a picture (BGR or grey) says about its camera; a few milliseconds at 1280 × 720."""
    whole = grey(picture)
    if not whole.size:
        return Look(0, 0)
    largest = max(readings, key=lambda reading: _side(reading.corners), default=None)
    place = _middle(whole) if largest is None else _around(whole, largest.corners)
    return Look(_sharp(place), round(float(place.mean()) * 100 / 255), _module_px(largest))


def guide(width: int, height: int) -> Guide:
    """The square in the middle in which the largest code has modules of a good size, as far as it fits."""
    side = round(min(GUIDED_MODULES * GOOD_MODULE_PX, 0.8 * height, 0.8 * width))
    return Guide((width - side) // 2, (height - side) // 2, side)


def _sharp(place: Picture) -> int:
    levels = place.astype(np.float32)
    across = cv2.blur(levels, (BLURRED_ACROSS, 1), borderType=cv2.BORDER_REPLICATE)
    down = cv2.blur(levels, (1, BLURRED_ACROSS), borderType=cv2.BORDER_REPLICATE)
    return round(100 * min(_kept(levels, across, axis=1), _kept(levels, down, axis=0)))


def _kept(levels: NDArray[np.float32], blurred: NDArray[Any], *, axis: int) -> float:
    """The share of its edges that a picture loses when it is blurred: nearly all of sharp ones."""
    before = np.abs(np.diff(levels, axis=axis)) - NOISE
    before = np.maximum(before, 0)
    if before.size == 0 or float((before > 0).mean()) < LEAST_EDGES:
        return 0.0
    after = np.abs(np.diff(blurred, axis=axis))
    return float(np.maximum(before - after, 0).sum() / before.sum())


def _middle(whole: Picture) -> Picture:
    height, width = whole.shape[:2]
    return whole[height // 4 : height - height // 4, width // 4 : width - width // 4]


def _around(whole: Picture, corners: Corners) -> Picture:
    """The upright box around a code with a little of its margin."""
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    more = round(_side(corners) * MARGIN)
    found = whole[
        max(0, min(ys) - more) : max(ys) + more + 1,
        max(0, min(xs) - more) : max(xs) + more + 1,
    ]
    return found if found.size else whole


def _side(corners: Corners) -> float:
    """The shortest side in pixels: a code held aslant is as readable as its narrow side."""
    places = np.array(corners, np.float32)
    return float(np.linalg.norm(places - np.roll(places, 1, axis=0), axis=1).min())


def _module_px(reading: Reading | None) -> float:
    if reading is None or not reading.modules:
        return 0.0
    return round(_side(reading.corners) / reading.modules, 1)
