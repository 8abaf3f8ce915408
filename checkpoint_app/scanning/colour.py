"""The colour of a code's dark modules: what a health page shows, as far as a camera can tell.

A suggestion for the officer and never evidence: screens glare, street lamps are yellow, and a printed code
can have any colour. Whatever is not clear gives nothing. The light modules are taken for white, which
balances the light that falls on both.
"""

from __future__ import annotations

from collections.abc import Mapping

import cv2
import numpy as np
from numpy.typing import NDArray

from checkpoint_app.scanning.readings import Corners

SIDE = 32
"""Samples along each side: a thousand of them are enough for a share and a middle."""
INSIDE = 0.03
SHARE = 0.25
"""The darkest and the lightest quarter are the modules; what lies between is blur."""
LIGHTEST_AT_LEAST = 70
CONTRAST = 0.25
COLOURFUL = 0.45
GREYISH = 0.15
GREY = (0.38, 0.7)
"""Grey modules by brightness against white; darker ones are black and say nothing about health."""
AGREEING = 0.8
HUES: Mapping[str, tuple[float, float]] = {"red": (-16, 14), "yellow": (38, 64), "green": (90, 172)}
"""Degrees on the colour circle; orange, lime and blue belong to nobody."""

_SQUARE = np.array([[0, 0], [SIDE, 0], [SIDE, SIDE], [0, SIDE]], np.float32)


def colour_of(picture: NDArray[np.uint8], corners: Corners) -> str:
    """green, yellow, red or grey for clearly coloured modules inside the corners; "" otherwise."""
    if picture.ndim != 3 or len(corners) != 4:
        return ""
    samples = _laid_flat(picture, corners)
    darkness = samples.min(axis=1)
    low, high = np.quantile(darkness, (SHARE, 1 - SHARE))
    light = np.median(samples[darkness >= high], axis=0)
    if light.min() < LIGHTEST_AT_LEAST or high - low < CONTRAST * high:
        return ""
    return _named(samples[darkness <= low] / light)


def _laid_flat(picture: NDArray[np.uint8], corners: Corners) -> NDArray[np.float32]:
    """SIDE × SIDE samples from just inside the corners, one row each: blue, green, red."""
    outer = np.array(corners, np.float32)
    inner = outer + (outer.mean(axis=0) - outer) * INSIDE
    matrix = cv2.getPerspectiveTransform(inner, _SQUARE)
    flat = cv2.warpPerspective(picture, matrix, (SIDE, SIDE), flags=cv2.INTER_NEAREST)
    return flat.reshape(-1, 3).astype(np.float32)


def _named(modules: NDArray[np.float32]) -> str:
    """The colour most of the modules share; their values are parts of white."""
    most, least = modules.max(axis=1), modules.min(axis=1)
    strength = (most - least) / np.maximum(most, 0.01)
    if np.median(strength) < GREYISH:
        return "grey" if GREY[0] <= np.median(most) <= GREY[1] else ""
    if np.median(strength) < COLOURFUL:
        return ""
    hues = _hues(modules, most, least)
    for name, (first, last) in HUES.items():
        fitting = (hues - first) % 360 <= last - first
        if float(fitting.mean()) >= AGREEING:
            return name
    return ""


def _hues(
    modules: NDArray[np.float32], most: NDArray[np.float32], least: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Degrees on the colour circle, red at 0."""
    blue, green, red = modules.T
    spread = np.maximum(most - least, 1e-6)
    sector = np.where(
        most == red,
        (green - blue) / spread,
        np.where(most == green, 2 + (blue - red) / spread, 4 + (red - green) / spread),
    )
    return np.asarray(sector * 60 % 360, np.float32)
