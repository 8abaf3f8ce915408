"""Key caps: the box around a key's name, alone or inside a line of text."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont, QPainter

from checkpoint_app.ui import lettering
from checkpoint_app.ui.painted import draw_box
from checkpoint_app.ui.panel_text import Key

CAP_SIDE = 8
CAP_GAP = 3


def cap_width(cap: str, face: QFont, height: float) -> float:
    return max(lettering.width(cap, face) + 2 * CAP_SIDE, height * 1.1)


def draw_cap(
    painter: QPainter,
    cap: str,
    *,
    face: QFont,
    x: float,
    centre: float,
    height: float,
    colour: str,
    line: int = 2,
) -> float:
    """The cap with its left edge at `x`; returns its width."""
    box = QRectF(round(x), round(centre - height / 2), round(cap_width(cap, face, height)), round(height))
    draw_box(painter, box, border=colour, width=line)
    lettering.draw(painter, cap, face=face, rect=box, colour=colour, align=lettering.CENTRE)
    return box.width()


def line_width(parts: Sequence[str | Key], size: int) -> float:
    """Width of a bold line of texts and caps at `size` px."""
    return sum(_part_width(part, size) for part in parts)


def fit_line(parts: Sequence[str | Key], *, size: int, least: int, space: float) -> int:
    """The largest text size from `size` down to `least` at which the line takes no more than `space`."""
    return next((each for each in range(size, least, -1) if line_width(parts, each) <= space), least)


def draw_line(
    painter: QPainter, parts: Sequence[str | Key], *, size: int, x: float, centre: float, colour: str
) -> float:
    """A bold line in which keys are caps; returns its width."""
    start = x
    for part in parts:
        if isinstance(part, Key):
            face, height = _cap_face(size)
            x += CAP_GAP
            x += draw_cap(painter, part.cap, face=face, x=x, centre=centre, height=height, colour=colour)
            x += CAP_GAP
        else:
            face = lettering.font(size, bold=True)
            x += lettering.draw_at(painter, part, face=face, x=x, centre=centre, colour=colour)
    return x - start


def _cap_face(size: int) -> tuple[QFont, float]:
    return lettering.font(round(size * 0.86), bold=True), round(size * 1.43)


def _part_width(part: str | Key, size: int) -> float:
    if isinstance(part, Key):
        face, height = _cap_face(size)
        return round(cap_width(part.cap, face, height)) + 2 * CAP_GAP
    return lettering.width(part, lettering.font(size, bold=True))
