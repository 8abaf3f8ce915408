"""Painted rows of which one is selected: whole rows only, around the selected one when room is short."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from checkpoint_app.ui.painted import Painted, draw_box, painting
from checkpoint_app.ui.theme import look

BAR, SCROLL, LEAST_THUMB = 6, 4, 24
STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -8, Qt.Key.Key_PageDown: 8}


class SelectRows(Painted):
    """Heights in px at 100 %, one a row; a height below 0 is a head, which is never selected.

    `moved(place)` when another row is selected by key, wheel or touch.
    """

    moved = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heights: tuple[int, ...] = ()
        self.place = -1
        self._top = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def paint_row(self, painter: QPainter, place: int, box: QRectF, *, chosen: bool) -> None:
        """One row or head, its ground painted already."""
        raise NotImplementedError

    def show_heights(self, heights: Sequence[int], *, place: int) -> None:
        """Everything anew, `place` selected, -1 nothing."""
        self._heights = tuple(heights)
        self.place = place
        self._keep_in_sight()
        self.update()

    def select(self, place: int) -> None:
        """Shows that row as selected, without `moved`."""
        if self._selectable(place):
            self.place = place
            self._keep_in_sight()
            self.update()

    def step(self, way: int) -> None:
        """The row that many further, heads not counted; the last one stays."""
        places = [place for place in range(len(self._heights)) if self._selectable(place)]
        if not places:
            return
        now = places.index(self.place) if self.place in places else 0
        self._move(places[min(max(now + way, 0), len(places) - 1)])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        way = STEPS.get(Qt.Key(event.key()))
        if way is None or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
        else:
            self.step(way)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        for place, box in self._boxes():
            if box.contains(event.position()) and self._selectable(place):
                self.setFocus()
                self._move(place)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.step(-1 if event.angleDelta().y() > 0 else 1)

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._keep_in_sight()

    def minimumSizeHint(self) -> QSize:
        return QSize(300, 120)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = look().theme
        with painting(self) as painter:
            for place, box in self._boxes():
                chosen = place == self.place
                head = self._heights[place] < 0
                fill = theme.sunken if head else theme.sel if chosen else theme.surface
                painter.fillRect(box, QColor(fill))
                painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), QColor(theme.line))
                if chosen:
                    painter.fillRect(QRectF(0, box.top(), BAR, box.height()), QColor(theme.accent))
                self.paint_row(painter, place, box, chosen=chosen)
                if chosen and self.hasFocus():
                    draw_box(painter, box, border=theme.accent, width=4)
            self._paint_extent(painter)

    def focusInEvent(self, event: object) -> None:
        super().focusInEvent(event)  # type: ignore[arg-type]
        self.update()

    def focusOutEvent(self, event: object) -> None:
        super().focusOutEvent(event)  # type: ignore[arg-type]
        self.update()

    @property
    def hidden_rows(self) -> int:
        """How many rows there is no room for."""
        return len(self._heights) - len(self._boxes())

    def _move(self, place: int) -> None:
        if place != self.place:
            self.place = place
            self._keep_in_sight()
            self.update()
            self.moved.emit(place)

    def _selectable(self, place: int) -> bool:
        return 0 <= place < len(self._heights) and self._heights[place] > 0

    def _tall(self, place: int) -> float:
        return look().px(abs(self._heights[place]))

    def _boxes(self) -> list[tuple[int, QRectF]]:
        """Rows that fit whole, from the top one."""
        found: list[tuple[int, QRectF]] = []
        y = 0.0
        width = self.width() - (SCROLL + 2 if self._scrolls else 0)
        for place in range(self._top, len(self._heights)):
            tall = self._tall(place)
            if y + tall > self.height() + 0.5:
                break
            found.append((place, QRectF(0, y, width, tall)))
            y += tall
        while found and self._heights[found[-1][0]] < 0:
            found.pop()  # a head without any of its rows
        return found

    @property
    def _scrolls(self) -> bool:
        return sum(map(self._tall, range(len(self._heights)))) > self.height() + 0.5

    def _keep_in_sight(self) -> None:
        """The head above the first row is in sight with it, and one row behind the selected one."""
        if not self._scrolls:
            self._top = 0
            return
        first = self.place - 1 if self.place > 0 and self._heights[self.place - 1] < 0 else self.place
        wanted = min(self.place + 1, len(self._heights) - 1)
        self._top = min(self._top, max(0, first))
        while self._top < first and sum(map(self._tall, range(self._top, wanted + 1))) > self.height():
            self._top += 1

    def _paint_extent(self, painter: QPainter) -> None:
        """How much there is and which part of it is seen."""
        if not self._scrolls:
            return
        count, seen = len(self._heights), len(self._boxes())
        thumb = max(LEAST_THUMB, self.height() * seen / count)
        top = (self.height() - thumb) * self._top / max(1, count - seen)
        painter.fillRect(QRectF(self.width() - SCROLL, top, SCROLL, thumb), QColor(look().theme.edge))
