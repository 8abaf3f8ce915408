"""The keys of the lane: a cap, a hint and a word; pressed by finger, named after the real key."""

from __future__ import annotations

import time
from collections.abc import Callable
from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from checkpoint_app.ui import icons, key_caps, lettering
from checkpoint_app.ui.painted import draw_box, painting
from checkpoint_app.ui.theme import SMALLEST, Look, look

HEIGHT, LEAST_WIDTH = 92, 113
PAD, CAP_TOP, CAP_HEIGHT, WORD_BOTTOM = 14, 10, 24, 83
WORD, WORD_MAIN, WORD_LATIN, WORD_LATIN_MAIN = 28, 34, 22, 28
WORD_LINE = 1.2
SECOND_TOUCH_MS = 250
LOCK = 16


class KeyKind(StrEnum):
    PLAIN = "plain"
    PRIMARY = "primary"
    SUGGESTED = "suggested"
    LOCKED = "locked"


def _now_ms() -> int:
    return time.monotonic_ns() // 1_000_000


class KeyButton(QAbstractButton):
    """`activated()` on release inside, never twice within 250 ms; also when locked, for the page says why.

    It never takes focus, so that a scanner's Enter cannot press it. `width` is what it asks for at 1366 px;
    it gives way down to 113 px. `main` is the larger word of F1. `clock` returns milliseconds.
    """

    activated = Signal()

    def __init__(
        self,
        cap: str,
        word: str,
        *,
        hint: str = "",
        kind: KeyKind = KeyKind.PLAIN,
        width: int = 134,
        main: bool = False,
        clock: Callable[[], int] = _now_ms,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._cap, self._word, self._hint, self._kind = cap, word, hint, kind
        self._width, self._main, self._clock = width, main, clock
        self._last = -SECOND_TOUCH_MS
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(LEAST_WIDTH)
        self.clicked.connect(self._pressed_by_reader)
        self._name()

    @property
    def kind(self) -> KeyKind:
        return self._kind

    def set_key(self, *, cap: str | None = None, word: str | None = None, hint: str | None = None) -> None:
        """Change what is given; the rest stays."""
        self._cap = self._cap if cap is None else cap
        self._word = self._word if word is None else word
        self._hint = self._hint if hint is None else hint
        self._name()
        self.update()

    def set_kind(self, kind: KeyKind, hint: str = "") -> None:
        """For LOCKED `hint` is the reason, shown beside the lock."""
        self._kind = kind
        self.set_key(hint=hint)

    def sizeHint(self) -> QSize:
        return QSize(self._width, HEIGHT)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self.setDown(True)
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or not self.isDown():
            return
        self.setDown(False)
        self.update()
        now = self._clock()
        if not self.rect().contains(event.position().toPoint()) or now - self._last < SECOND_TOUCH_MS:
            return
        self._last = now
        self.activated.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self) as painter:
            self._paint_ground(painter, look())
            self._paint_top(painter, look())
            self._paint_word(painter, look())

    @Slot()
    def _pressed_by_reader(self) -> None:
        self.activated.emit()

    def _name(self) -> None:
        self.setAccessibleName(" ".join(part for part in (self._cap, self._word, self._hint) if part))

    def _colour(self, look: Look) -> str:
        theme = look.theme
        return {KeyKind.PRIMARY: theme.onprimary, KeyKind.LOCKED: theme.ink2}.get(self._kind, theme.ink)

    def _paint_ground(self, painter: QPainter, look: Look) -> None:
        theme, rect = look.theme, QRectF(self.rect())
        fill, border, width = {
            KeyKind.PLAIN: (theme.surface, theme.edge, 2),
            KeyKind.PRIMARY: (theme.primary, theme.primary, 2),
            KeyKind.SUGGESTED: (theme.surface, theme.ink, 4),
            KeyKind.LOCKED: (theme.sunken, theme.edge, 2),
        }[self._kind]
        if self.isDown() and self._kind is not KeyKind.PRIMARY:
            fill = theme.sel if theme.line == theme.ink else theme.line
        draw_box(painter, rect, fill=fill, border=border, width=width, dashed=self._kind is KeyKind.LOCKED)

    def _paint_top(self, painter: QPainter, look: Look) -> None:
        colour, height = self._colour(look), look.px(CAP_HEIGHT)
        face = lettering.font(self._cap_size(look), bold=True)
        centre = CAP_TOP + height / 2
        used = key_caps.draw_cap(
            painter, self._cap, face=face, x=PAD, centre=centre, height=height, colour=colour, line=1
        )
        locked = self._kind is KeyKind.LOCKED
        lock = LOCK + 6 if locked else 0
        space = self.width() - 2 * PAD - used - 8 - lock
        small = lettering.fitted(self._hint, size=look.px(14), least=SMALLEST, space=space)
        width = min(lettering.width(self._hint, small), space)
        right = self.width() - PAD
        box = QRectF(right - width, CAP_TOP, width, height)
        lettering.draw(painter, self._hint, face=small, rect=box, colour=colour, align=lettering.RIGHT)
        if locked:
            x = right - width - lock if self._hint else right - LOCK
            icons.draw(painter, "lock", x=x, centre=centre, size=LOCK, colour=colour)

    def _cap_size(self, look: Look) -> int:
        """Down to 16 px where the hint would not fit beside the cap otherwise."""
        height = look.px(CAP_HEIGHT)
        hint = lettering.width(self._hint, lettering.font(SMALLEST)) + (
            LOCK + 6 if self._kind is KeyKind.LOCKED else 0
        )
        for size in range(look.px(16), 16, -1):
            cap = key_caps.cap_width(self._cap, lettering.font(size, bold=True), height)
            if cap + 8 + hint <= self.width() - 2 * PAD:
                return size
        return 16

    def _paint_word(self, painter: QPainter, look: Look) -> None:
        latin = self._word.isascii()
        size = (WORD_LATIN_MAIN if latin else WORD_MAIN) if self._main else (WORD_LATIN if latin else WORD)
        room = int((WORD_BOTTOM - CAP_TOP - look.px(CAP_HEIGHT) - 2) / 1.05)
        face = lettering.fitted(
            self._word, size=min(look.px(size), room), least=16, space=self.width() - 2 * PAD, bold=True
        )
        centre = WORD_BOTTOM - face.pixelSize() * WORD_LINE / 2
        box = QRectF(QPointF(PAD, centre - 25), QPointF(self.width() - PAD, centre + 25))
        lettering.draw(painter, self._word, face=face, rect=box, colour=self._colour(look))
