"""Codes on tilted, wrinkled and bent surfaces, laid flat module by module.

zxing says where it saw a code and how many modules it has. A homography from its corners gives a first grid.
Then every module's sampling point moves to where it is most clearly dark or light, together with its
neighbours, held by the patterns whose colours are known beforehand: finders, timing, alignment. The result is
drawn as a perfect code and read by zxing again, whose error correction decides.
"""

from __future__ import annotations

from functools import cache
from itertools import product
from math import ceil

import cv2
import numpy as np
from numpy.typing import NDArray

from checkpoint_app.scanning.preparations import Picture
from checkpoint_app.scanning.readings import Corners, Reading
from checkpoint_app.scanning.symbols import Sighting, look

Plane = NDArray[np.float32]

CELL = 6
"""Pixels a module in the first, rigid rectification."""
MARGIN = 3
"""Modules around the code that the rectification keeps, as corners are often misplaced outwards."""
ROUNDS = 4
REACH = 3
"""Pixels a sampling point moves at most in one round: half a module, more would slip to the next one."""
NEIGHBOURHOOD = 3.0
"""Modules over which points move together (σ of a Gaussian)."""
ANCHOR = 3.0
"""How much more a module of known colour says than one that is merely clear."""
STAY = 0.04
"""Cost of moving, per squared module; breaks ties where nothing is clear."""
AGREEMENT = 0.85
"""Share of the known modules that must come out right before the rest is believed at all."""


def read_flat(picture: Picture, sighting: Sighting) -> tuple[Reading, ...]:
    """The code of a sighting in a grey picture, laid flat; at most one reading."""
    flat = laid_flat(picture, sighting)
    if flat is None:
        return ()
    found = look(flat, name="zxing-rectify").readings
    return tuple(Reading(one.payload, sighting.corners, one.decoder, one.charset) for one in found[:1])


def laid_flat(picture: Picture, sighting: Sighting) -> Picture | None:
    """The code as a perfect picture, four pixels a module; None when the known patterns are not there."""
    if _area(sighting.corners) < sighting.modules**2:
        return None
    clear = _clearness(_rigid(picture, sighting))
    known = known_modules(sighting.modules)
    sampled = _sampled_bent(clear, known)
    fixed = known != 0
    if np.mean((sampled[fixed] > 0) == (known[fixed] > 0)) < AGREEMENT:
        return None
    dark = np.where(fixed, known > 0, sampled > 0)
    drawn = np.kron(np.where(dark, 0, 255), np.ones((4, 4))).astype(np.uint8)
    return np.pad(drawn, 16, constant_values=255)


def _area(corners: Corners) -> float:
    return abs(float(cv2.contourArea(np.array(corners, dtype=np.float32))))


def _rigid(picture: Picture, sighting: Sighting) -> Plane:
    """Through the homography of the corners, CELL pixels a module."""
    near, far = MARGIN * CELL, (MARGIN + sighting.modules) * CELL
    square = np.array([[near, near], [far, near], [far, far], [near, far]], dtype=np.float32)
    seen = np.array(sighting.corners, dtype=np.float32)
    whole = near + far
    warp = cv2.getPerspectiveTransform(seen, square)
    flat = cv2.warpPerspective(
        picture, warp, (whole, whole), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    return flat.astype(np.float32)


def _clearness(flat: Plane) -> Plane:
    """From light (below 0) to dark (above 0), each pixel against the seven modules around it."""
    size = (7 * CELL, 7 * CELL)
    mean = cv2.blur(flat, size)
    spread = np.sqrt(np.maximum(cv2.blur(flat * flat, size) - mean * mean, 16.0))
    return np.asarray(cv2.blur(np.clip((mean - flat) / spread, -1.2, 1.2), (3, 3)), dtype=np.float32)


def _sampled_bent(clear: Plane, known: Plane) -> Plane:
    """The clearness of every module, at points that follow the bends of the surface."""
    centres = np.arange(known.shape[0], dtype=np.float32) * CELL + MARGIN * CELL + (CELL - 1) / 2
    across, down = (np.asarray(grid, dtype=np.float32) for grid in np.meshgrid(centres, centres))
    for _ in range(ROUNDS):
        right, lower = _pull(clear, known, across, down)
        across, down = across + right, down + lower
    return _sample(clear, across, down)


def _pull(clear: Plane, known: Plane, across: Plane, down: Plane) -> tuple[Plane, Plane]:
    """How far each point should move: the mean of all steps, the clearest weighing most."""
    total, right, lower = (np.zeros_like(across) for _ in range(3))
    weight = _spread(np.ones_like(across))
    for step_down in range(-REACH, REACH + 1):
        for step_across in range(-REACH, REACH + 1):
            value = _sample(clear, across + step_across, down + step_down)
            merit = _spread(np.where(known != 0, ANCHOR * value * known, np.abs(value))) / weight
            distance = (step_across**2 + step_down**2) / CELL**2
            share = np.exp(40 * (merit - STAY * distance - ANCHOR))
            total += share
            right += share * step_across
            lower += share * step_down
    total = np.maximum(total, np.finfo(np.float32).tiny)
    return _evened(right / total), _evened(lower / total)


def _sample(clear: Plane, across: Plane, down: Plane) -> Plane:
    return np.asarray(cv2.remap(clear, across, down, cv2.INTER_LINEAR), dtype=np.float32)


def _spread(values: Plane) -> Plane:
    blurred = cv2.GaussianBlur(values, (0, 0), NEIGHBOURHOOD, borderType=cv2.BORDER_CONSTANT)
    return np.asarray(blurred, dtype=np.float32)


def _evened(values: Plane) -> Plane:
    return np.asarray(cv2.GaussianBlur(values, (0, 0), NEIGHBOURHOOD / 2), dtype=np.float32)


@cache
def known_modules(modules: int) -> Plane:
    """+1 where every code of this size is dark, -1 where it is light, 0 where it varies (ISO/IEC 18004)."""
    known = np.zeros((modules, modules), dtype=np.float32)
    for row, column in product(_alignment_centres(modules), repeat=2):
        if (row, column) not in {(6, 6), (6, modules - 7), (modules - 7, 6)}:
            known[row - 2 : row + 3, column - 2 : column + 3] = _rings(5)
    timing = np.where(np.arange(modules) % 2 == 0, 1, -1)
    known[6, :] = known[:, 6] = timing
    finder = np.pad(_rings(7), ((0, 1), (0, 1)), constant_values=-1)
    known[:8, :8] = finder
    known[:8, -8:] = finder[:, ::-1]
    known[-8:, :8] = finder[::-1]
    return known


def _rings(side: int) -> Plane:
    """Dark and light square rings around a dark middle: one module for 5, three modules for 7."""
    away = np.abs(np.arange(side) - side // 2)
    ring = np.maximum(away[:, np.newaxis], away)
    light = ring == side // 2 - 1
    return np.where(light, -1, 1).astype(np.float32)


def _alignment_centres(modules: int) -> tuple[int, ...]:
    """Rows, and columns, of alignment patterns (ISO/IEC 18004 annex E)."""
    version = (modules - 17) // 4
    if version < 2:
        return ()
    gaps = version // 7 + 1
    last = modules - 7
    step = 26 if version == 32 else 2 * ceil((last - 6) / gaps / 2)
    return (6, *(last - step * index for index in range(gaps - 1, -1, -1)))
