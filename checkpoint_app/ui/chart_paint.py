"""Draws what `charts` and `chart_table` laid out, in the colours of the look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from checkpoint_app.ui import icons, lettering
from checkpoint_app.ui.chart_table import Grid
from checkpoint_app.ui.charts import Box, Drawing, Text
from checkpoint_app.ui.painted import dash_pen
from checkpoint_app.ui.theme import Look

SQUARE, BETWEEN, ICON = 14, 12, 18
SEAM = 1.0


@dataclass(frozen=True, slots=True)
class Legend:
    """One series: its colour's place among the theme's charts, and an icon before its word."""

    word: str
    colour: int
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Measured:
    """Width of a text at one size, as `charts` asks for it."""

    size: int

    def __call__(self, words: str, bold: bool) -> float:
        return lettering.width(words, lettering.font(self.size, bold=bold))


def measured(words: str, bold: bool, size: int) -> float:
    return lettering.width(words, lettering.font(size, bold=bold))


def draw(
    painter: QPainter, drawing: Drawing, *, series: Sequence[Legend], size: int, upright: bool, look: Look
) -> None:
    """`upright`: stacks are columns, so that the seam of surface lies above each part, not behind it."""
    theme = look.theme
    for line in drawing.grid:
        painter.fillRect(_rect(line), theme.line)
    for piece in drawing.pieces:
        box = piece.box
        seam = SEAM if (box.h if upright else box.w) > SEAM else 0.0
        inner = (
            Box(box.x, box.y + seam, box.w, box.h - seam)
            if upright
            else Box(box.x, box.y, box.w - seam, box.h)
        )
        painter.fillRect(_rect(inner), theme.charts[series[piece.series].colour])
    if drawing.frame is not None:
        painter.setPen(dash_pen(theme.edge, 1.5, dash=5, gap=3))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(_rect(drawing.frame).adjusted(0.75, 0.75, -0.75, 0))
    draw_texts(painter, drawing.texts, size=size, look=look)


def draw_grid(painter: QPainter, grid: Grid, *, size: int, look: Look) -> None:
    for line in grid.lines:
        painter.fillRect(_rect(line), look.theme.line)
    draw_texts(painter, grid.texts, size=size, look=look)


def draw_texts(painter: QPainter, texts: Sequence[Text], *, size: int, look: Look) -> None:
    for text in texts:
        face = lettering.font(size, bold=text.bold)
        colour = look.theme.onchart if text.tone == "on" else str(getattr(look.theme, text.tone))
        lettering.draw(
            painter, text.words, face=face, rect=_rect(text.box), colour=colour, align=lettering.CENTRE
        )


def legend_width(series: Sequence[Legend], *, size: int) -> float:
    """What the legend takes on one line."""
    return sum(_key_width(each, size) for each in series) + BETWEEN * (len(series) - 1)


def draw_legend(
    painter: QPainter, series: Sequence[Legend], row: QRectF, *, size: int, look: Look, right: bool = True
) -> None:
    """Squares with their words in drawing order, at the right end of the row or at its left."""
    theme, face = look.theme, lettering.font(size, bold=True)
    x = row.right() - legend_width(series, size=size) if right else row.left()
    for each in series:
        square = QRectF(round(x), round(row.center().y() - SQUARE / 2), SQUARE, SQUARE)
        painter.fillRect(square, theme.charts[each.colour])
        at = x + SQUARE + 6
        if each.icon:
            icons.draw(painter, each.icon, x=at, centre=row.center().y(), size=ICON, colour=theme.ink)
            at += ICON + 5
        lettering.draw_at(painter, each.word, face=face, x=at, centre=row.center().y(), colour=theme.ink)
        x += _key_width(each, size) + BETWEEN


def _key_width(each: Legend, size: int) -> float:
    icon = ICON + 5 if each.icon else 0
    return SQUARE + 6 + icon + lettering.width(each.word, lettering.font(size, bold=True))


def _rect(box: Box) -> QRectF:
    return QRectF(box.x, box.y, box.w, box.h)
