"""The sections of a page at its left edge: one is shown, arrows go to the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from checkpoint_app.ui import icons, lettering
from checkpoint_app.ui.painted import Painted, draw_box, painting
from checkpoint_app.ui.theme import SMALLEST, Look, look

WIDTH, ROW, LEFT, ICON, MARK = 208, 48, 18, 20, 6


@dataclass(frozen=True, slots=True)
class Section:
    icon: str
    word: str


class SectionList(Painted):
    """`chosen(place)` by arrows or touch, `entered()` by Enter or →."""

    chosen = Signal(int)
    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sections: tuple[Section, ...] = ()
        self.place = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedWidth(WIDTH)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def show_sections(self, sections: Sequence[Section]) -> None:
        self._sections = tuple(sections)
        self._describe()

    def go(self, place: int) -> None:
        """Show that section as the chosen one, without `chosen`."""
        self.place = place
        self._describe()

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, 2 * LEFT + ROW * len(self._sections))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        way = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if way:
            self._choose(self.place + way)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Right}:
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._choose(int((event.position().y() - LEFT) // ROW))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = look().theme
        with painting(self) as painter:
            painter.fillRect(self.rect(), theme.surface)
            painter.fillRect(QRectF(WIDTH - 1, 0, 1, self.height()), theme.line)
            for place, section in enumerate(self._sections):
                self._paint_section(painter, place, section, look=look())

    def _paint_section(self, painter: QPainter, place: int, section: Section, *, look: Look) -> None:
        theme, row = look.theme, QRectF(0, LEFT + place * ROW, WIDTH - 1, ROW)
        here = place == self.place
        if here:
            painter.fillRect(row, theme.sel)
            painter.fillRect(QRectF(0, row.top(), MARK, ROW), theme.accent)
            if self.hasFocus():
                draw_box(painter, row, border=theme.accent, width=4)
        centre = row.center().y()
        icons.draw(painter, section.icon, x=LEFT, centre=centre, size=ICON, colour=theme.ink2)
        box = row.adjusted(LEFT + ICON + 10, 0, -8, 0)
        face = lettering.fitted(section.word, size=look.px(16), least=SMALLEST, space=box.width(), bold=here)
        lettering.draw(painter, section.word, face=face, rect=box, colour=theme.ink)

    def _choose(self, place: int) -> None:
        if 0 <= place < len(self._sections) and place != self.place:
            self.go(place)
            self.chosen.emit(place)

    def _describe(self) -> None:
        if self._sections:
            self.setAccessibleDescription(self._sections[self.place].word)
        self.update()
