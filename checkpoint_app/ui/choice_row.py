"""Choices in the people row, each with the key that takes it: reasons, provinces."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from checkpoint_app.ui import key_caps, lettering
from checkpoint_app.ui.painted import Painted, draw_box, painting
from checkpoint_app.ui.theme import SMALLEST, Look, look

HEIGHT, GAP, PAD, NARROW_PAD = 76, 6, 8, 4
WIDEST, LONG = 380, 30
"""px that a choice of fewer than LONG characters takes at most."""
ONE_LINE_AT_MOST = 9


@dataclass(frozen=True, slots=True)
class Choice:
    """`cap` is the key that takes it, `text` its words."""

    cap: str
    text: str


class ChoiceRow(Painted):
    """`chosen(index)` when a cell is touched; keys come through the page. Never takes focus."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = ""
        self._choices: tuple[Choice, ...] = ()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def show_choices(self, title: str, choices: Sequence[Choice]) -> None:
        """`title` asks the question at the left; up to nine choices stand in one line, more in two."""
        self._title, self._choices = title, tuple(choices)
        spoken = "，".join(f"{choice.cap} {choice.text}" for choice in self._choices)
        self.setAccessibleName(f"{title.rstrip('：:')}：{spoken}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(900, HEIGHT)

    def cells(self) -> tuple[QRectF, ...]:
        """Where each choice stands."""
        if not self._choices:
            return ()
        left = self._title_width(look())
        rows = 1 if len(self._choices) <= ONE_LINE_AT_MOST else 2
        columns = -(-len(self._choices) // rows)
        width = (self.width() - left - (columns - 1) * GAP) / columns
        if all(len(choice.text) < LONG for choice in self._choices):
            width = min(width, look().px(WIDEST))
        height = (self.height() - (rows - 1) * GAP) / rows
        return tuple(
            QRectF(left + (n % columns) * (width + GAP), (n // columns) * (height + GAP), width, height)
            for n in range(len(self._choices))
        )

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        point = QPointF(event.position())
        for index, cell in enumerate(self.cells()):
            if event.button() == Qt.MouseButton.LeftButton and cell.contains(point):
                self.chosen.emit(index)
                return

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self) as painter:
            theme = look().theme
            left = self._title_width(look())
            if left:
                self._paint_title(painter, left - 12, look())
            for choice, cell in zip(self._choices, self.cells(), strict=True):
                draw_box(painter, cell, fill=theme.surface, border=theme.edge, width=2)
                _draw_choice(painter, choice, cell, look=look())

    def _title_width(self, look: Look) -> float:
        if not self._title:
            return 0
        return min(160.0, lettering.width(self._title, lettering.font(look.px(16), bold=True))) + 12

    def _paint_title(self, painter: QPainter, width: float, look: Look) -> None:
        box, size = QRectF(0, 0, width, self.height()), look.px(16)
        lettering.draw_lines(painter, self._title, box=box, size=size, colour=look.theme.ink)


def _draw_choice(painter: QPainter, choice: Choice, cell: QRectF, *, look: Look) -> None:
    narrow = cell.height() < HEIGHT
    pad = NARROW_PAD if narrow else PAD
    face = lettering.font(SMALLEST if narrow else look.px(14), bold=True)
    height = 22 if narrow else look.px(22)
    centre = cell.center().y()
    used = key_caps.draw_cap(
        painter,
        choice.cap,
        face=face,
        x=cell.left() + pad,
        centre=centre,
        height=height,
        colour=look.theme.ink,
        line=1,
    )
    box = QRectF(cell.left() + pad + used + 5, cell.top(), cell.width() - 2 * pad - used - 5, cell.height())
    lettering.draw_lines(painter, choice.text, box=box, size=look.px(18), colour=look.theme.ink)
