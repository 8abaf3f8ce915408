"""The ring of n: one piece a person, those who are set aside as notches. Painted, no widget."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath

from checkpoint_app.ui import lettering
from checkpoint_app.ui.painted import line_pen
from checkpoint_app.ui.panel_text import Ring

INNER = 0.75
NOTCH = 0.075
GAP_PX = 2.6
FINEST_PX = 5.0
NOTCH_PX = 9.0
LINE = 2.0
NUMBER, OF = 0.31, 0.125
NUMBER_CENTRE, OF_CENTRE = -0.055, 0.155


def draw_ring(painter: QPainter, ring: Ring, rect: QRectF, *, ink: str, mark: str) -> None:
    """The ring filling the square `rect`, notches a little beyond it; `mark` is the colour of a notch.

    With so many people that pieces would melt, done and missing are one arc each.
    """
    painter.save()
    painter.translate(rect.center())
    radius = rect.width() / 2
    for first, count, kind in sorted(pieces(ring, radius=radius), key=lambda piece: piece[2] == "aside"):
        outer = radius * (1 + NOTCH) if kind == "aside" else radius
        inner = radius * INNER
        least = NOTCH_PX / (2 * math.pi * radius) if kind == "aside" else 0.0
        path = _sector(outer, inner, first=first / ring.total, share=max(count / ring.total, least))
        painter.setPen(line_pen(ink, LINE) if kind != "done" else Qt.PenStyle.NoPen)
        fill = {"done": ink, "aside": mark}.get(kind)
        painter.setBrush(QColor(fill) if fill else Qt.BrushStyle.NoBrush)
        painter.drawPath(path)
    painter.restore()
    _draw_count(painter, ring, rect, ink=ink)


def pieces(ring: Ring, *, radius: float) -> tuple[tuple[int, int, str], ...]:
    """First place from 0, how many, and `done`, `aside` or `missing`, clockwise from the top."""
    kinds = ["aside" if place in ring.aside else "done" for place in range(1, ring.total + 1)]
    reached = ring.done + len(ring.aside)
    kinds[reached:] = ["missing"] * (ring.total - reached)
    if 2 * math.pi * radius / ring.total >= FINEST_PX + GAP_PX:
        return tuple((place, 1, kind) for place, kind in enumerate(kinds))
    return _runs(kinds)


def _runs(kinds: list[str]) -> tuple[tuple[int, int, str], ...]:
    found: list[tuple[int, int, str]] = []
    for place, kind in enumerate(kinds):
        if found and found[-1][2] == kind:
            first, count, _kind = found[-1]
            found[-1] = (first, count + 1, kind)
        else:
            found.append((place, 1, kind))
    return tuple(found)


def _sector(outer: float, inner: float, *, first: float, share: float) -> QPainterPath:
    """A piece of the ring between two radii, with half a gap off either side; `first` and `share` of 1."""
    gap = math.degrees(GAP_PX / 2 / outer)
    start = 90 - first * 360 - gap
    span = -max(share * 360 - 2 * gap, 0.5)
    if share >= 1:
        start, span = 90.0, -359.9
    path = QPainterPath()
    path.arcMoveTo(_square(outer), start)
    path.arcTo(_square(outer), start, span)
    path.arcTo(_square(inner), start + span, -span)
    path.closeSubpath()
    return path


def _square(radius: float) -> QRectF:
    return QRectF(-radius, -radius, 2 * radius, 2 * radius)


def _draw_count(painter: QPainter, ring: Ring, rect: QRectF, *, ink: str) -> None:
    side = rect.width()
    for text, share, place, bold in (
        (str(ring.done), NUMBER, NUMBER_CENTRE, True),
        (ring.of, OF, OF_CENTRE, False),
    ):
        face = lettering.fitted(text, size=round(side * share), least=14, space=side * INNER * 0.8, bold=bold)
        middle = rect.center() + QPointF(-lettering.width(text, face) / 2, side * place)
        ink_box = lettering.ink(text, face)
        base = middle.y() - ink_box.center().y()
        lettering.draw_on(painter, text, face=face, x=middle.x(), base=base, colour=ink)
