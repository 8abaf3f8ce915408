"""A QR code on paper: quiet zone and modules as large as a webcam and a worn printer need."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

import segno

from checkpoint_app.documents import style
from checkpoint_app.documents.sheet import Sheet

QUIET = 4
LEAST_SIDE, LEAST_MODULE, GOOD_MODULE = 20 * style.MM, 0.3 * style.MM, 0.33 * style.MM
USUAL_SIDE = 26 * style.MM


@dataclass(frozen=True, slots=True)
class Code:
    """Rows of modules, dark is true, with the quiet zone."""

    rows: tuple[tuple[bool, ...], ...]

    def side(self, most: float) -> float:
        """Points of its edge: good to read, within `most` unless modules would get too small."""
        modules = len(self.rows)
        wanted = max(USUAL_SIDE, modules * GOOD_MODULE)
        return max(min(wanted, most), modules * LEAST_MODULE, LEAST_SIDE)


def code_of(text: str, *, most: float) -> Code:
    """Correction M, or L where only that keeps a module at its good size within `most` points."""
    strong = _made(text, "m")
    return strong if len(strong.rows) * GOOD_MODULE <= most else _made(text, "l")


def draw(sheet: Sheet, code: Code, x: float, y: float, side: float) -> None:
    """Its lower left corner at x, y."""
    unit = side / len(code.rows)
    for number, row in enumerate(code.rows, 1):
        place = 0
        for dark, run in groupby(row):
            long = len(list(run))
            if dark:
                sheet.fill(x + place * unit, y + side - number * unit, long * unit, unit, style.BLACK)
            place += long


def _made(text: str, error: str) -> Code:
    rows = segno.make(text, error=error, micro=False).matrix_iter(border=QUIET)
    return Code(tuple(tuple(bool(module) for module in row) for row in rows))
