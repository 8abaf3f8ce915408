"""The foot of a lane's card: counters, and as one bar where the seconds of a vehicle go."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont, QPainter

from checkpoint_app.domain.lane_clock import Spent, Step
from checkpoint_app.ui import lettering, said
from checkpoint_app.ui.theme import SMALLEST, Look
from checkpoint_app.ui.wall_text import Figure, step_word

FIGURES_HEIGHT = 66
LABEL, VALUE = 14, 20
BAR, BAR_GAP = 20, 1
SQUARE, LEGEND_GAP, LEAST_GAP = 8, 8, 8


def draw_figures(
    painter: QPainter, figures: Sequence[Figure], shares: Spent, place: QRectF, *, look: Look
) -> None:
    """Numbers under their words; at the right the bar, when there is something in it."""
    legend = _legend_width()
    room = place.width() - legend
    less = _fitting(figures, room, look)
    widths = [_column(figure, less, look) for figure in figures]
    between = (room - sum(widths)) / max(1, len(figures))
    x = place.left()
    for figure, width in zip(figures, widths, strict=True):
        _draw_figure(painter, figure, QRectF(x, place.top(), width, place.height()), less=less, look=look)
        x += width + between
    if shares.whole:
        bar = QRectF(place.right() - legend, place.top(), legend, place.height())
        draw_shares(painter, shares, bar, look=look)


def draw_shares(painter: QPainter, shares: Spent, place: QRectF, *, look: Look) -> None:
    """Legend over the bar in its order; seconds inside where they fit, a pixel between the parts."""
    theme = look.theme
    _draw_legend(painter, QRectF(place.left(), place.top() + 6, place.width(), 24), look=look)
    x, top = place.left(), place.top() + 34
    face = lettering.font(SMALLEST, bold=True)
    room = place.width() - BAR_GAP * (len(Step) - 1)
    for step, colour in zip(Step, theme.charts, strict=False):
        width = room * shares.of(step) / shares.whole
        part = QRectF(round(x), top, max(1.0, round(x + width) - round(x)), BAR)
        painter.fillRect(part, colour)
        words = f"{shares.of(step) / 1000:.1f}"
        if lettering.width(words, face) + 4 <= part.width():
            lettering.draw(painter, words, face=face, rect=part, colour=theme.onchart, align=lettering.CENTRE)
        x += width + BAR_GAP


def spoken(shares: Spent) -> str:
    """The bar for a screen reader."""
    return "，".join(f"{step_word(step)} {said.seconds(shares.of(step))}" for step in Step)


def _draw_legend(painter: QPainter, row: QRectF, *, look: Look) -> None:
    words = [step_word(step) for step in Step]
    face = lettering.font(SMALLEST)
    used = sum(lettering.width(word, face) + SQUARE + 4 for word in words)
    between = (row.width() - used) / (len(words) - 1)
    x = row.left()
    for word, colour in zip(words, look.theme.charts, strict=False):
        painter.fillRect(QRectF(x, row.center().y() - SQUARE / 2, SQUARE, SQUARE), colour)
        x += SQUARE + 4
        x += lettering.draw_at(painter, word, face=face, x=x, centre=row.center().y(), colour=look.theme.ink2)
        x += between


def _legend_width() -> float:
    face = lettering.font(SMALLEST)
    return sum(lettering.width(step_word(step), face) + SQUARE + 4 for step in Step) + LEGEND_GAP * 3


def _fitting(figures: Sequence[Figure], room: float, look: Look) -> int:
    """By how many pixels the words are smaller, so that every column fits."""
    for less in range(look.px(VALUE) - SMALLEST):
        if sum(_column(figure, less, look) + LEAST_GAP for figure in figures) <= room:
            return less
    return look.px(VALUE) - SMALLEST


def _column(figure: Figure, less: int, look: Look) -> float:
    label, value = _faces(less, look)
    return max(lettering.width(figure.label, label), lettering.width(figure.value, value))


def _faces(less: int, look: Look) -> tuple[QFont, QFont]:
    value = lettering.font(max(SMALLEST, look.px(VALUE) - less), bold=True)
    return lettering.font(max(SMALLEST, look.px(LABEL) - less)), value


def _draw_figure(painter: QPainter, figure: Figure, column: QRectF, *, less: int, look: Look) -> None:
    theme, space = look.theme, column.width() + 1
    small, face = _faces(less, look)
    row = QRectF(column.left(), column.top() + 6, space, 24)
    lettering.draw(painter, figure.label, face=small, rect=row, colour=theme.ink2)
    row = QRectF(column.left(), column.top() + 30, space, 28)
    lettering.draw(painter, figure.value, face=face, rect=row, colour=theme.ink)
