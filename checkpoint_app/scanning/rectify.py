"""Codes on tilted, wrinkled and bent surfaces, laid flat module by module.

zxing says where it saw a code and how many modules it has. Three corners are usually right and the fourth is
a guess, so the corners first move to where the modules come out clearest: dark or light, and right where
their colour is known beforehand (finders, timing, alignment). Then every sampling point moves by itself with
its neighbours, over ever smaller neighbourhoods. The result is drawn as a perfect code and read by zxing once
more, whose error correction decides.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import cv2
import numpy as np

from checkpoint_app.scanning.patterns import Plane, known_modules
from checkpoint_app.scanning.preparations import Picture
from checkpoint_app.scanning.readings import Corners, Reading
from checkpoint_app.scanning.symbols import Sighting, look

CELL = 6
"""Pixels a module in the first, rigid rectification."""
MARGIN = 4
"""Modules around the code that the rectification keeps, for corners that move outwards."""
CORNER_STEPS = (
    *((2, 1.0, 4), (2, 0.5, 1)),
    *((0, 0.7, 1), (1, 0.7, 1), (3, 0.7, 1), (2, 0.7, 1)),
    *((0, 0.35, 1), (1, 0.35, 1), (3, 0.35, 1), (2, 0.35, 1)),
)
"""Which corner moves (2 is the one without a finder), its step in modules, and how many steps each way."""
NEIGHBOURHOODS = (8.0, 6.0, 4.0, 3.0)
"""Modules over which points move together (σ of a Gaussian), round by round."""
REACH = 3
"""Pixels a point moves at most in one round: half a module, more would slip to the next one."""
ANCHOR = 3.0
"""How much more a module of known colour says than one that is merely clear."""
STAY = 0.04
"""Cost of moving, per squared module; breaks ties where nothing is clear."""
AGREEMENT = 0.85
"""Share of the known modules that must come out right before the rest is believed at all."""
HOPE = 0.65
"""The same share before the points are bent; half is chance."""


def read_flat(picture: Picture, sighting: Sighting) -> tuple[Reading, ...]:
    """The code of a sighting in a grey picture, laid flat; at most one reading."""
    flat = laid_flat(picture, sighting)
    if flat is None:
        return ()
    found = look(flat, name="zxing-rectify").readings
    return tuple(replace(one, corners=sighting.corners) for one in found[:1])


def laid_flat(picture: Picture, sighting: Sighting) -> Picture | None:
    """The code as a perfect picture, four pixels a module; None when the known patterns are not there."""
    if _area(sighting.corners) < sighting.modules**2:
        return None
    clear = _clearness(_rigid(picture, sighting))
    known = known_modules(sighting.modules)
    across, down = _best_grid(clear, known)
    if _agreement(_sample(clear, across, down), known) < HOPE:
        return None
    for neighbourhood in NEIGHBOURHOODS:
        right, lower = _pull(clear, known, across, down, neighbourhood=neighbourhood)
        across, down = across + right, down + lower
    sampled = _sample(clear, across, down)
    if _agreement(sampled, known) < AGREEMENT:
        return None
    dark = np.where(known != 0, known > 0, sampled > 0)
    drawn = np.kron(np.where(dark, 0, 255), np.ones((4, 4))).astype(np.uint8)
    return np.pad(drawn, 16, constant_values=255)


def _area(corners: Corners) -> float:
    return abs(float(cv2.contourArea(np.array(corners, dtype=np.float32))))


def _agreement(sampled: Plane, known: Plane) -> float:
    fixed = known != 0
    return float(np.mean((sampled[fixed] > 0) == (known[fixed] > 0)))


def _rigid(picture: Picture, sighting: Sighting) -> Plane:
    """Through the homography of the corners, CELL pixels a module."""
    square = (_square(sighting.modules) + MARGIN) * CELL
    seen = np.array(sighting.corners, dtype=np.float32)
    whole = (sighting.modules + 2 * MARGIN) * CELL
    warp = cv2.getPerspectiveTransform(seen, square)
    flat = cv2.warpPerspective(
        picture, warp, (whole, whole), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    return flat.astype(np.float32)


def _square(modules: int) -> Plane:
    return np.array([[0, 0], [modules, 0], [modules, modules], [0, modules]], dtype=np.float32)


def _clearness(flat: Plane) -> Plane:
    """From light (below 0) to dark (above 0), each pixel against the seven modules around it."""
    size = (7 * CELL, 7 * CELL)
    mean = cv2.blur(flat, size)
    spread = np.sqrt(np.maximum(cv2.blur(flat * flat, size) - mean * mean, 16.0))
    return np.asarray(cv2.blur(np.clip((mean - flat) / spread, -1.2, 1.2), (3, 3)), dtype=np.float32)


def _best_grid(clear: Plane, known: Plane) -> tuple[Plane, Plane]:
    """Where the module centres are when the four corners have moved to their best places."""
    modules = known.shape[0]
    corners = _square(modules)
    grid = _grid(corners, modules)
    best = _merit(_sample(clear, *grid), known).mean()
    for corner, step, number in CORNER_STEPS:
        stride = step * max(1.0, modules / 40) if step == 1 else step
        for moved in _moved(corners, corner=corner, stride=stride, number=number):
            tried = _grid(moved, modules)
            merit = _merit(_sample(clear, *tried), known).mean()
            if merit > best:
                best, grid, corners = merit, tried, moved
    return grid


def _moved(corners: Plane, *, corner: int, stride: float, number: int) -> Iterator[Plane]:
    """One corner on a lattice around its place."""
    steps = range(-number, number + 1)
    for right, lower in product(steps, steps):
        if right or lower:
            moved = corners.copy()
            moved[corner] += (right * stride, lower * stride)
            yield moved


def _grid(corners: Plane, modules: int) -> tuple[Plane, Plane]:
    """Pixels of the module centres when the code has these corners, given in modules."""
    warp = cv2.getPerspectiveTransform(_square(modules), corners)
    centres = np.stack(np.meshgrid(*[np.arange(modules, dtype=np.float32) + 0.5] * 2), axis=-1)
    placed = cv2.perspectiveTransform(centres.reshape(1, -1, 2), warp).reshape(modules, modules, 2)
    pixels = ((placed + MARGIN) * CELL - 0.5).astype(np.float32)
    return pixels[..., 0], pixels[..., 1]


def _pull(
    clear: Plane, known: Plane, across: Plane, down: Plane, *, neighbourhood: float
) -> tuple[Plane, Plane]:
    """How far each point should move: the mean of all steps, the clearest weighing most."""
    steps = list(product(range(-REACH, REACH + 1), repeat=2))
    weight = _spread(np.ones_like(across), neighbourhood)
    merits = np.stack(
        [
            _spread(_merit(_sample(clear, across + right, down + lower), known), neighbourhood) / weight
            - STAY * (right**2 + lower**2) / CELL**2
            for right, lower in steps
        ]
    )
    shares = np.exp(40 * (merits - merits.max(axis=0)))
    shares /= shares.sum(axis=0)
    rights, lowers = np.array(steps, dtype=np.float32).T
    return (
        _evened(np.tensordot(rights, shares, axes=1), neighbourhood),
        _evened(np.tensordot(lowers, shares, axes=1), neighbourhood),
    )


def _merit(sampled: Plane, known: Plane) -> Plane:
    """How well each module speaks: right where its colour is known, clear elsewhere."""
    return np.asarray(np.where(known != 0, ANCHOR * sampled * known, np.abs(sampled)), dtype=np.float32)


def _sample(clear: Plane, across: Plane, down: Plane) -> Plane:
    return np.asarray(cv2.remap(clear, across, down, cv2.INTER_LINEAR), dtype=np.float32)


def _spread(values: Plane, sigma: float) -> Plane:
    blurred = cv2.GaussianBlur(values, (0, 0), sigma, borderType=cv2.BORDER_CONSTANT)
    return np.asarray(blurred, dtype=np.float32)


def _evened(values: Plane, sigma: float) -> Plane:
    return np.asarray(cv2.GaussianBlur(values, (0, 0), sigma / 2), dtype=np.float32)
