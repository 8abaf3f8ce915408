"""The four verdict shapes and frames, drawn by the product itself on a grid of 100."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from checkpoint_app.domain.words import VerdictState
from checkpoint_app.ui import lettering
from checkpoint_app.ui.painted import line_pen
from checkpoint_app.ui.theme import SMALLEST
from checkpoint_app.ui.tokens import VerdictColours

FRAME_INSET = 8
FRAME_WIDTH = {VerdictState.PASS: 0, VerdictState.NOT_YET: 5, VerdictState.REFER: 8, VerdictState.STOP: 8}
FOOT_INSET = 16
RING_DASHES = 9
RING_DASH_SHARE = 22 / 30
DASH, DASH_GAP = 10.0, 5.0
DIAMOND = ((50, 1), (99, 50), (50, 99), (1, 50))
OCTAGON = ((29, 2), (71, 2), (98, 29), (98, 71), (71, 98), (29, 98), (2, 71), (2, 29))


def draw_shape(
    painter: QPainter, state: VerdictState, rect: QRectF, *, colours: VerdictColours, inside: str = ""
) -> None:
    """The shape of `state` filling the square `rect`; `inside` is the count in the ring of `not_yet`."""
    painter.save()
    painter.translate(rect.topLeft())
    painter.scale(rect.width() / 100, rect.width() / 100)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours.text))
    {
        VerdictState.PASS: _disc,
        VerdictState.NOT_YET: _ring,
        VerdictState.REFER: _diamond,
        VerdictState.STOP: _octagon,
    }[state](painter, colours)
    painter.restore()
    if state is VerdictState.REFER:
        _write(painter, "?", rect, size=round(rect.width() * 0.64), space=rect.width(), colour=colours.fill)
    elif inside and state is VerdictState.NOT_YET:
        space = rect.width() * 0.6
        _write(painter, inside, rect, size=round(rect.width() * 0.33), space=space, colour=colours.text)


def draw_frame(painter: QPainter, state: VerdictState, rect: QRectF, *, colour: str) -> None:
    """The frame of `state`, its outer edge 8 px inside `rect`: none, dashed, double or solid."""
    outer = rect.adjusted(FRAME_INSET, FRAME_INSET, -FRAME_INSET, -FRAME_INSET)
    if state is VerdictState.NOT_YET:
        _dashes(painter, outer, thickness=FRAME_WIDTH[state], colour=colour)
    elif state is VerdictState.REFER:
        _band(painter, outer, thickness=3, colour=colour)
        _band(painter, outer.adjusted(5, 5, -5, -5), thickness=3, colour=colour)
    elif state is VerdictState.STOP:
        _band(painter, outer, thickness=FRAME_WIDTH[state], colour=colour)


def _pen(colour: str, width: float) -> QPen:
    cap, join = Qt.PenCapStyle.SquareCap, Qt.PenJoinStyle.MiterJoin
    return QPen(QColor(colour), width, Qt.PenStyle.SolidLine, cap, join)


def _disc(painter: QPainter, colours: VerdictColours) -> None:
    painter.drawEllipse(QPointF(50, 50), 47, 47)
    painter.setPen(_pen(colours.fill, 12))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(QPolygonF([QPointF(27, 52), QPointF(43, 68), QPointF(74, 34)]))


def _ring(painter: QPainter, colours: VerdictColours) -> None:
    """Dashes of 22 to 8, evenly divided so that the ring closes without a longer piece."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(line_pen(colours.text, 11))
    step = 360 / RING_DASHES
    span = step * RING_DASH_SHARE
    for index in range(RING_DASHES):
        start = 90 - span / 2 + index * step
        painter.drawArc(QRectF(9, 9, 82, 82), round(start * 16), round(span * 16))


def _diamond(painter: QPainter, _colours: VerdictColours) -> None:
    painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in DIAMOND]))


def _octagon(painter: QPainter, colours: VerdictColours) -> None:
    painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in OCTAGON]))
    painter.setPen(_pen(colours.fill, 13))
    painter.drawLine(QPointF(31, 31), QPointF(69, 69))
    painter.drawLine(QPointF(69, 31), QPointF(31, 69))


def _write(painter: QPainter, text: str, rect: QRectF, *, size: int, space: float, colour: str) -> None:
    face = lettering.fitted(text, size=size, least=SMALLEST, space=space, bold=True)
    ink = lettering.ink(text, face)
    start = rect.center() - ink.center()
    lettering.draw_on(painter, text, face=face, x=start.x(), base=start.y(), colour=colour)


def _band(painter: QPainter, rect: QRectF, *, thickness: int, colour: str) -> None:
    half = thickness / 2
    painter.setPen(line_pen(colour, thickness))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(rect.adjusted(half, half, -half, -half))


def _dashes(painter: QPainter, rect: QRectF, *, thickness: int, colour: str) -> None:
    """Each side begins and ends with a dash, so that the corners are closed."""
    for start, length in _pieces(rect.width()):
        for top in (rect.top(), rect.bottom() - thickness):
            painter.fillRect(QRectF(rect.left() + start, top, length, thickness), QColor(colour))
    for start, length in _pieces(rect.height()):
        for left in (rect.left(), rect.right() - thickness):
            painter.fillRect(QRectF(left, rect.top() + start, thickness, length), QColor(colour))


def _pieces(length: float) -> list[tuple[int, int]]:
    count = max(1, math.floor((length - DASH) / (DASH + DASH_GAP)))
    step = (length - DASH) / count
    return [(round(index * step), round(DASH)) for index in range(count + 1)]
