"""The modules of a QR code whose colours do not depend on what it says (ISO/IEC 18004)."""

from __future__ import annotations

from functools import cache
from itertools import product
from math import ceil

import numpy as np
from numpy.typing import NDArray

Plane = NDArray[np.float32]


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
