"""The board's list of what is open: matters, late incidents, unread orders; one of them is chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from checkpoint_app.i18n import _
from checkpoint_app.ui import icons, key_caps, lettering, said
from checkpoint_app.ui.board_rows import OpenLine
from checkpoint_app.ui.painted import Painted, draw_box, painting
from checkpoint_app.ui.theme import SMALLEST, look

PAD, HEAD, ICON, MARK = 14, 40, 20, 6
TITLE, WORDS, UNDER = 16, 16, 14


class OpenList(Painted):
    """`wanted(line)` when the chosen one is touched again, or Enter is pressed on the page."""

    wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[OpenLine, ...] = ()
        self._count = 0
        self._chosen = 0
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)

    @property
    def lines(self) -> tuple[OpenLine, ...]:
        return self._lines

    @property
    def chosen(self) -> OpenLine | None:
        return self._lines[self._chosen] if self._lines else None

    def show_lines(self, lines: Sequence[OpenLine]) -> None:
        """The same one stays chosen while it is there."""
        before = self.chosen
        if tuple(lines) == self._lines:
            return
        self._lines = tuple(lines)
        ids = [line.id for line in self._lines]
        self._chosen = ids.index(before.id) if before is not None and before.id in ids else 0
        self._said()

    def step(self, by: int) -> None:
        """Up or down, without going round."""
        if self._lines:
            self._chosen = min(max(self._chosen + by, 0), len(self._lines) - 1)
            self._said()

    def sizeHint(self) -> QSize:
        return QSize(346, 300)

    def minimumSizeHint(self) -> QSize:
        return QSize(300, round(self._head + 2 * self._row))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        place = int((event.position().y() - self._head) // self._row)
        shown = self._shown
        if event.button() != Qt.MouseButton.LeftButton or not 0 <= place < len(shown):
            return
        if shown[place] == self._chosen:
            self.wanted.emit(self._lines[self._chosen])
        self._chosen = shown[place]
        self._said()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = look().theme
        with painting(self) as painter:
            draw_box(painter, QRectF(self.rect()), fill=theme.surface, border=theme.line, width=1)
            self._paint_head(painter)
            if not self._lines:
                box = QRectF(PAD, self._head, self.width() - 2 * PAD, self._row * 1.6)
                words = _("Nothing is open. Press F2 to write something down.")
                lettering.draw_lines(
                    painter, words, box=box, size=look().px(14), colour=theme.ink3, bold=False
                )
            for place, number in enumerate(self._shown):
                self._paint_line(painter, number, self._head + place * self._row)
            self._paint_more(painter)

    @property
    def _head(self) -> float:
        return float(look().px(HEAD))

    @property
    def _row(self) -> float:
        return round(look().px(WORDS) * 1.4 + look().px(UNDER) * 1.4 + 11)

    @property
    def _shown(self) -> range:
        """Which lines there is room for, the chosen one among them."""
        room = self.height() - self._head - 2
        most = max(1, int(room // self._row))
        if len(self._lines) > most and room - most * self._row < self._more:
            most = max(1, most - 1)
        first = min(max(0, self._chosen - most + 1), max(0, len(self._lines) - most))
        return range(first, min(first + most, len(self._lines)))

    @property
    def _more(self) -> float:
        return look().px(UNDER) * 1.7

    def _said(self) -> None:
        title = _("Open matters")
        self.setAccessibleName(f"{title} {len(self._lines)}")
        self.setAccessibleDescription(self.chosen.spoken if self.chosen else "")
        self.update()

    def _paint_head(self, painter: QPainter) -> None:
        theme = look().theme
        parts = said.with_keys("[↑][↓][Enter]")
        keys = key_caps.line_width(parts, SMALLEST)
        row = QRectF(PAD, 0, self.width() - 3 * PAD - keys, self._head)
        title = said.joined(_("Open matters"), str(len(self._lines)))
        face = lettering.fitted(title, size=look().px(TITLE), least=SMALLEST, space=row.width(), bold=True)
        lettering.draw(painter, title, face=face, rect=row, colour=theme.ink)
        x, centre = self.width() - PAD - keys, self._head / 2
        key_caps.draw_line(painter, parts, size=SMALLEST, x=x, centre=centre, colour=theme.ink2)
        painter.fillRect(QRectF(1, self._head - 1, self.width() - 2, 1), theme.line)

    def _paint_line(self, painter: QPainter, number: int, top: float) -> None:
        theme, line = look().theme, self._lines[number]
        row = QRectF(1, top, self.width() - 2, self._row)
        if number == self._chosen:
            painter.fillRect(row, theme.sel)
            painter.fillRect(QRectF(1, top, MARK, self._row), theme.accent)
        painter.fillRect(QRectF(1, row.bottom() - 1, row.width(), 1), theme.line)
        colour = {"bad": theme.bad, "warn": theme.warn}.get(line.tone, theme.ink2)
        icons.draw(painter, line.icon, x=PAD + 1, centre=row.center().y(), size=ICON, colour=colour)
        self._paint_words(painter, line, row, bold=number == self._chosen, colour=colour)

    def _paint_words(
        self, painter: QPainter, line: OpenLine, row: QRectF, *, bold: bool, colour: str
    ) -> None:
        """When the title needs the whole width, the time stands in the row under it."""
        theme, left = look().theme, PAD + ICON + 10
        whole = row.right() - PAD - left
        due = lettering.font(look().px(UNDER), bold=True)
        beside = lettering.width(line.due, due) + 10 if line.due else 0.0
        usual = lettering.font(look().px(WORDS), bold=bold)
        high, low = look().px(WORDS) * 1.4, look().px(UNDER) * 1.4
        shared = lettering.width(line.title, usual) <= whole - beside
        face = (
            usual
            if shared
            else lettering.fitted(line.title, size=look().px(WORDS), least=SMALLEST, space=whole, bold=bold)
        )
        title = QRectF(left, row.top() + 5, whole - beside if shared else whole, high)
        lettering.draw(painter, line.title, face=face, rect=title, colour=theme.ink)
        under = QRectF(left, title.bottom(), whole - beside, low)
        small = lettering.fitted(line.under, size=look().px(UNDER), least=SMALLEST, space=under.width())
        lettering.draw(painter, line.under, face=small, rect=under, colour=theme.ink2)
        place = row if shared else under
        box = QRectF(row.right() - PAD - beside, place.top(), beside, place.height())
        lettering.draw(painter, line.due, face=due, rect=box, colour=colour, align=lettering.RIGHT)

    def _paint_more(self, painter: QPainter) -> None:
        """How many there is no room for."""
        hidden = len(self._lines) - len(self._shown)
        if not hidden:
            return
        theme = look().theme
        row = QRectF(PAD, self.height() - self._more - 1, self.width() - 2 * PAD, self._more)
        words = _("{n} more of them").format(n=hidden)
        face = lettering.font(look().px(UNDER))
        lettering.draw(painter, words, face=face, rect=row, colour=theme.ink2, align=lettering.RIGHT)
