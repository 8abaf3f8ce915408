"""The last crossings of the lane, as many as there is height for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from checkpoint_app.ui import icons, lettering
from checkpoint_app.ui.painted import Painted, painting
from checkpoint_app.ui.theme import Look, look

ROW = 22
TOP = 3
LEFT, RIGHT = 12, 12
PLATE_LEFT, OUTCOME_LEFT = 88, 212
SIZE = 15


class Tone(StrEnum):
    """The colour of an outcome's word, by the name of the token."""

    GOOD = "good"
    PLAIN = "ink"
    WARN = "warn"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class RecentRow:
    """One crossing, newest first: time of its entry, plate or seat with name, outcome, seconds it took."""

    time: str
    plate: str
    icon: str
    outcome: str
    tone: Tone
    seconds: str


class RecentList(Painted):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[RecentRow, ...] = ()
        self._empty = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def show_rows(self, rows: Sequence[RecentRow], *, empty: str = "") -> None:
        """`empty` is said when there are none yet."""
        if (tuple(rows), empty) == (self._rows, self._empty):
            return
        self._rows, self._empty = tuple(rows), empty
        spoken = "；".join(f"{row.time} {row.plate} {row.outcome}" for row in self._rows)
        self.setAccessibleName(spoken or empty)
        self.update()

    def visible_rows(self) -> int:
        return max(0, min(len(self._rows), int((self.height() - TOP) // self._row_height())))

    def sizeHint(self) -> QSize:
        return QSize(414, 5 * ROW + TOP + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(260, 2 * ROW + TOP + 2)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self) as painter:
            rect = QRectF(self.rect())
            painter.fillRect(rect, look().theme.surface)
            painter.fillRect(QRectF(0, 0, rect.width(), 1), look().theme.line)
            if not self._rows:
                face = lettering.font(look().px(SIZE))
                box = rect.adjusted(LEFT, 0, -RIGHT, 0)
                lettering.draw(painter, self._empty, face=face, rect=box, colour=look().theme.ink3)
            height, rows = self._row_height(), self._rows[: self.visible_rows()]
            outcome = _outcome_left(rows, rect.width() - RIGHT, look())
            for index, row in enumerate(rows):
                box = QRectF(LEFT, TOP + index * height, rect.width() - LEFT - RIGHT, height)
                _draw_row(painter, row, box, outcome_left=outcome, look=look())

    def _row_height(self) -> float:
        return max(ROW, look().px(ROW))


def _outcome_left(rows: Sequence[RecentRow], right: float, look: Look) -> float:
    """Where outcomes begin: as usual, or as far left as the names allow when a word would not fit."""
    share, face = look.scale / 100, lettering.font(look.px(SIZE))
    bold = lettering.font(look.px(SIZE), bold=True)
    names = max((lettering.width(row.plate, bold) for row in rows), default=0.0)
    least = PLATE_LEFT * share + names + 10
    taken = [lettering.width(row.outcome, face) + lettering.width(row.seconds, face) for row in rows]
    wanted = right - max(taken, default=0.0) - look.px(16) - 4 - 8
    return max(least, min(OUTCOME_LEFT * share, wanted))


def _draw_row(painter: QPainter, row: RecentRow, box: QRectF, *, outcome_left: float, look: Look) -> None:
    theme, share = look.theme, look.scale / 100
    face, bold = lettering.font(look.px(SIZE)), lettering.font(look.px(SIZE), bold=True)
    colour = getattr(theme, row.tone)
    seconds = lettering.width(row.seconds, face)
    lettering.draw(painter, row.time, face=face, rect=box, colour=theme.ink2)
    plate = QRectF(box.left() + (PLATE_LEFT - LEFT) * share, box.top(), 0, box.height())
    outcome = QRectF(outcome_left, box.top(), 0, box.height())
    plate.setRight(outcome.left() - 4)
    lettering.draw(painter, row.plate, face=bold, rect=plate, colour=theme.ink)
    size = look.px(16)
    icons.draw(
        painter, row.icon, x=outcome.left(), centre=box.center().y(), size=size, colour=colour, stroke=2.6
    )
    outcome.setLeft(outcome.left() + size + 4)
    outcome.setRight(box.right() - seconds - 8)
    words = lettering.width(row.outcome, face)
    if words <= outcome.width():
        lettering.draw(painter, row.outcome, face=face, rect=outcome, colour=colour)
    elif words <= box.right() - outcome.left():
        outcome.setRight(box.right())
        lettering.draw(painter, row.outcome, face=face, rect=outcome, colour=colour)
        return
    lettering.draw(painter, row.seconds, face=face, rect=box, colour=theme.ink2, align=lettering.RIGHT)
