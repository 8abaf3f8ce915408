"""The lines of a handover in three parts: number, what, words, state."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QWidget

from checkpoint_app.ui import handover_text, icons, lettering
from checkpoint_app.ui.handover_rows import SelectRows
from checkpoint_app.ui.handover_text import Head, Row
from checkpoint_app.ui.theme import SMALLEST, look

ROW, HEAD = 40, 28
NUMBER_RIGHT, WHAT, SAID = 38, 50, 214
STATE, ICON, GAP = 104, 18, 6


class HandoverList(SelectRows):
    """`chosen(key)` when another line is selected, `typed(text)` when letters or digits are typed here."""

    chosen = Signal(str)
    typed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[Row | Head, ...] = ()
        self.moved.connect(self._moved)

    @property
    def row(self) -> Row | None:
        """The selected line."""
        found = self._shown[self.place] if 0 <= self.place < len(self._shown) else None
        return found if isinstance(found, Row) else None

    def show_lines(self, shown: Sequence[Row | Head], *, key: str) -> None:
        """Everything anew; the line of that key selected, else the first without an answer."""
        self._shown = tuple(shown)
        keys = [each.key if isinstance(each, Row) else "" for each in shown]
        place = keys.index(key) if key and key in keys else self._first()
        self.show_heights([ROW if isinstance(each, Row) else -HEAD for each in shown], place=place)
        self._describe()

    def go_to(self, key: str) -> None:
        keys = [each.key if isinstance(each, Row) else "" for each in self._shown]
        if key in keys:
            self.select(keys.index(key))
            self._describe()

    def next_open(self) -> str:
        """The key of the next line without an answer, behind the selected one first."""
        places = [*range(self.place + 1, len(self._shown)), *range(self.place)]
        for place in places:
            each = self._shown[place]
            if isinstance(each, Row) and not each.answered:
                return each.key
        return ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text = event.text()
        if text.isprintable() and text.strip():
            self.typed.emit(text)
        else:
            super().keyPressEvent(event)

    def paint_row(self, painter: QPainter, place: int, box: QRectF, *, chosen: bool) -> None:
        each = self._shown[place]
        if isinstance(each, Head):
            _paint_head(painter, each, box)
        else:
            _paint_line(painter, each, box, chosen=chosen)

    def _first(self) -> int:
        lines = [place for place, each in enumerate(self._shown) if isinstance(each, Row)]
        waiting = [place for place in lines if not self._answered(place)]
        return next(iter(waiting or lines), -1)

    def _answered(self, place: int) -> bool:
        each = self._shown[place]
        return isinstance(each, Row) and each.answered

    def _moved(self, _place: int) -> None:
        self._describe()
        if self.row is not None:
            self.chosen.emit(self.row.key)

    def _describe(self) -> None:
        row = self.row
        self.setAccessibleName(f"{row.number} {row.what} {row.said} {row.state}" if row else "")


def _paint_head(painter: QPainter, head: Head, box: QRectF) -> None:
    theme = look().theme
    bold, plain = lettering.font(look().px(14), bold=True), lettering.font(look().px(14))
    inner = box.adjusted(14, 0, -14, 0)
    lettering.draw(painter, head.word, face=bold, rect=inner, colour=theme.ink2)
    lettering.draw(painter, head.count, face=plain, rect=inner, colour=theme.ink2, align=lettering.RIGHT)


def _paint_line(painter: QPainter, row: Row, box: QRectF, *, chosen: bool) -> None:
    theme, middle = look().theme, box.center().y()
    plain = lettering.font(look().px(16))
    number = QRectF(0, box.top(), look().px(NUMBER_RIGHT), box.height())
    lettering.draw(
        painter, str(row.number), face=plain, rect=number, colour=theme.ink2, align=lettering.RIGHT
    )
    what, told = look().px(WHAT), look().px(SAID)
    state = box.width() - look().px(STATE)
    _fit(painter, row.what, QRectF(what, box.top(), told - what - 8, box.height()), bold=chosen)
    _fit(painter, row.said, QRectF(told, box.top(), state - told - 8, box.height()), bold=chosen)
    name, colour, icon = row.state, str(getattr(theme, row.tone.value)), row.icon
    if chosen and not row.answered:
        name, colour, icon = handover_text.looking(), theme.ink, "chevron-right"
    size = look().px(ICON)
    icons.draw(painter, icon, x=state, centre=middle, size=size, colour=colour, stroke=2.4)
    room = QRectF(state + size + GAP, box.top(), box.width() - state - size - GAP - 4, box.height())
    face = lettering.fitted(name, size=look().px(16), least=SMALLEST, space=room.width(), bold=chosen)
    lettering.draw(painter, name, face=face, rect=room, colour=colour)


def _fit(painter: QPainter, text: str, box: QRectF, *, bold: bool) -> None:
    """One line, smaller to 14 px, then on two lines."""
    theme, size = look().theme, look().px(16)
    face = lettering.fitted(text, size=size, least=SMALLEST, space=box.width(), bold=bold)
    if lettering.width(text, face) <= box.width():
        lettering.draw(painter, text, face=face, rect=box, colour=theme.ink)
    else:
        lettering.draw_lines(painter, text, box=box, size=SMALLEST, colour=theme.ink, bold=bold)
