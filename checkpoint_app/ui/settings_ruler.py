"""A bar to be made as long as a bank card: how large a pixel of this screen is."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from checkpoint_app.ui import lettering
from checkpoint_app.ui.painted import Painted, draw_box, painting
from checkpoint_app.ui.theme import REFERENCE_MM_PER_PX, look

CARD_MM = 85.6
LEAST, MOST = 160, 900
HEIGHT, BAR, END = 56, 40, 3
WIDE_STEP = 10


def pixel_um(bar: int) -> int:
    """Micrometres of a pixel on a screen on which `bar` pixels are as long as a card."""
    return round(CARD_MM * 1000 / bar)


def bar_of(um: int) -> int:
    """Pixels that are as long as a card; when nothing is known by the screen, whose word is often wrong."""
    if um:
        return min(max(round(CARD_MM * 1000 / um), LEAST), MOST)
    screen = QGuiApplication.primaryScreen()
    dots = screen.physicalDotsPerInch() if screen is not None else 0
    guess = 25.4 / dots if 60 <= dots <= 300 else REFERENCE_MM_PER_PX
    return min(max(round(CARD_MM / guess), LEAST), MOST)


class CardRuler(Painted):
    """`measured(um)` after each change. ← → one pixel, with Shift ten; a touch puts the right end there."""

    measured = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bar = bar_of(0)
        self._words = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(HEIGHT)

    def show_um(self, um: int) -> None:
        """Show what was measured before, 0: nothing."""
        self.bar = bar_of(um)
        self.update()

    def set_words(self, words: str) -> None:
        self._words = words
        self.setAccessibleName(words)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(560, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(LEAST, HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        way = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if not way:
            super().keyPressEvent(event)
            return
        wide = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        self._set(self.bar + way * (WIDE_STEP if wide else 1))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._set(round(event.position().x()) - 2 * END)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = look().theme
        with painting(self) as painter:
            if self.hasFocus():
                draw_box(painter, QRectF(self.rect()), border=theme.accent, width=4)
            left, centre = 2.0 * END, self.height() / 2
            body = QRectF(left, centre - BAR / 2, self.bar, BAR)
            draw_box(painter, body, fill=theme.primary)
            face = lettering.fitted(self._words, size=look().px(16), least=14, space=self.bar - 24)
            box = body.adjusted(12, 0, -12, 0)
            lettering.draw(
                painter, self._words, face=face, rect=box, colour=theme.onprimary, align=lettering.CENTRE
            )

    def _set(self, bar: int) -> None:
        bar = min(max(bar, LEAST), MOST, self.width() - 4 * END)
        if bar != self.bar:
            self.bar = bar
            self.update()
            self.measured.emit(pixel_um(bar))
