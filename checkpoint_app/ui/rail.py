"""The pages of the window, at its left edge; only pages that exist are shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from checkpoint_app.ui import icons, lettering
from checkpoint_app.ui.painted import Painted, painting
from checkpoint_app.ui.theme import SMALLEST, look
from checkpoint_app.ui.tokens import BADGE, ON_BADGE

WIDTH, ITEM_HEIGHT = 76, 72
ICON, ICON_CENTRE, WORD_CENTRE = 26, 25, 51
MARK = 4


@dataclass(frozen=True, slots=True)
class RailItem:
    """`name` goes with the signal; `badge` is a count that waits, 0 for none."""

    name: str
    icon: str
    word: str
    badge: int = 0


class RailButton(QAbstractButton):
    def __init__(self, item: RailItem, *, page: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.item = item
        self.setCheckable(page)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{item.word} {item.badge or ''}".strip())

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, ITEM_HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, current = look().theme, self.isChecked()
        colour = theme.oncurrent if current else theme.onchrome2
        with painting(self) as painter:
            if current or self.isDown():
                painter.fillRect(self.rect(), theme.chrome2)
                colour = theme.oncurrent
            if current:
                painter.fillRect(QRectF(0, 0, MARK, self.height()), theme.mark)
            left = (WIDTH - ICON) / 2
            icons.draw(painter, self.item.icon, x=left, centre=ICON_CENTRE, size=ICON, colour=colour)
            self._paint_word(painter, colour)
            if self.item.badge:
                self._paint_badge(painter)

    def _paint_word(self, painter: QPainter, colour: str) -> None:
        space = WIDTH - 2 * MARK - 2
        face = lettering.fitted(self.item.word, size=look().px(14), least=SMALLEST, space=space)
        box = QRectF(MARK + 1, WORD_CENTRE - 14, space, 28)
        lettering.draw(painter, self.item.word, face=face, rect=box, colour=colour, align=lettering.CENTRE)

    def _paint_badge(self, painter: QPainter) -> None:
        face = lettering.font(SMALLEST, bold=True)
        text = str(self.item.badge)
        width = max(20.0, lettering.width(text, face) + 10)
        box = QRectF(min(42, WIDTH - 2 - width), 8, width, 20)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(BADGE))
        painter.drawRoundedRect(box, 10, 10)
        lettering.draw(painter, text, face=face, rect=box, colour=ON_BADGE, align=lettering.CENTRE)


class Rail(Painted):
    """`chosen(name)` when a page, or the person at the foot, is touched."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: tuple[RailItem, ...] = ()
        self._foot: RailItem | None = None
        self._current = ""
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)
        self.setFixedWidth(WIDTH)

    def show_items(self, items: Sequence[RailItem], *, current: str, foot: RailItem | None = None) -> None:
        """Replace all items; `foot` (the person on duty) stands at the bottom."""
        if (tuple(items), current, foot) == (self._items, self._current, self._foot):
            return
        self._items, self._current, self._foot = tuple(items), current, foot
        self._clear()
        for item in self._items:
            self._add(item, page=True)
        self._box.addStretch(1)
        if foot:
            self._add(foot, page=False)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = look().theme
        with painting(self) as painter:
            painter.fillRect(self.rect(), theme.chrome)
            if theme.chrome == theme.bg:
                painter.fillRect(QRectF(WIDTH - 2, 0, 2, self.height()), theme.onchrome)

    def _add(self, item: RailItem, *, page: bool) -> None:
        button = RailButton(item, page=page, parent=self)
        button.setChecked(page and item.name == self._current)
        button.clicked.connect(partial(self._choose, item.name))
        self._box.addWidget(button)

    def _choose(self, name: str, _checked: bool = False) -> None:
        for button in self.findChildren(RailButton):
            if button.isCheckable():
                button.setChecked(button.item.name == self._current)
        self.chosen.emit(name)

    def _clear(self) -> None:
        while (entry := self._box.takeAt(0)) is not None:
            if widget := entry.widget():
                widget.hide()
                widget.deleteLater()
