"""Parts of ordinary forms: lines of text with an icon, segments, keys at the foot of a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget

from checkpoint_app.ui import icons, key_caps, lettering
from checkpoint_app.ui.painted import Painted, draw_box, painting
from checkpoint_app.ui.theme import SMALLEST, Look, look
from checkpoint_app.ui.told import Told, Tone

LINE = 1.35
FOOT_HEIGHT, FOOT_SIDE, ICON_SIDE, CAP_GAP = 56, 26, 12, 12
SEGMENT_HEIGHT, SEGMENT_SIDE = 48, 12
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


ICONS = {Tone.GOOD: "circle-check", Tone.WARN: "alert-triangle", Tone.BAD: "alert-circle"}


class Note(Painted):
    """Plain text in as many lines as it needs, with an icon where the tone has one or `icon` names one.

    Keeps the height of `rows` lines even while it is empty, so that nothing below it jumps. `middle`: stands
    in the middle of its height instead of at the top.
    """

    def __init__(
        self,
        *,
        size: int = 14,
        rows: int = 0,
        bold: bool = False,
        middle: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._size, self._rows, self._bold, self._middle = size, rows, bold, middle
        self._text, self._tone, self._icon = "", Tone.PLAIN, ""
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def text(self) -> str:
        return self._text

    @property
    def tone(self) -> Tone:
        return self._tone

    def show_text(self, text: str, tone: Tone = Tone.PLAIN, *, icon: str = "") -> None:
        if (text, tone, icon) == (self._text, self._tone, self._icon):
            return
        self._text, self._tone, self._icon = text, tone, icon
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def tell(self, told: Told) -> None:
        self.show_text(told.text, told.tone)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        lines = len(self._lines(width)) if self._text else 0
        return round(max(lines, self._rows) * self._step)

    def sizeHint(self) -> QSize:
        face = self._face
        width = round(lettering.width(self._text, face) + self._indent) + 2
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(60, round(self._rows * self._step))

    def paintEvent(self, _event: QPaintEvent) -> None:
        colour = str(getattr(look().theme, self._tone.value))
        lines = self._lines(self.width())
        top = max(0.0, (self.height() - len(lines) * self._step) / 2) if self._middle else 0.0
        with painting(self) as painter:
            if self._shown_icon:
                size = round(self._step * 0.85)
                centre = top + self._step / 2
                icons.draw(painter, self._shown_icon, x=0, centre=centre, size=size, colour=colour)
            for place, line in enumerate(lines):
                centre = top + (place + 0.5) * self._step
                lettering.draw_at(
                    painter, line, face=self._face, x=self._indent, centre=centre, colour=colour
                )

    @property
    def _face(self) -> QFont:
        return lettering.font(look().px(self._size), bold=self._bold)

    @property
    def _step(self) -> float:
        return look().px(self._size) * LINE + 1

    @property
    def _shown_icon(self) -> str:
        return (self._icon or ICONS.get(self._tone, "")) if self._text else ""

    @property
    def _indent(self) -> float:
        return round(self._step * 0.85) + 8 if self._shown_icon else 0

    def _lines(self, width: int) -> tuple[str, ...]:
        return (
            lettering.wrapped(self._text, self._face, max(40.0, width - self._indent)) if self._text else ()
        )


class FootKey(QAbstractButton):
    """A button of a page: cap or icon, then its word. `locked` keeps its place and says why.

    With an icon the cap stands behind the word.
    """

    def __init__(
        self,
        cap: str,
        *,
        primary: bool = False,
        width: int = 0,
        icon: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.cap, self._word, self._primary, self._locked = cap, "", primary, False
        self._icon = icon
        self._least = width
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def word(self) -> str:
        return self._word

    @property
    def locked(self) -> bool:
        return self._locked

    def set_word(self, word: str, *, locked: bool = False) -> None:
        self._word, self._locked = word, locked
        self.setEnabled(not locked)
        self.setAccessibleName(f"{self.cap} {word}".strip())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        side = ICON_SIDE if self._icon else FOOT_SIDE
        width = side * 2 + lettering.width(self._word, self._face) + self._cap_width + self._icon_width
        return QSize(max(round(width), self._least), FOOT_HEIGHT if self._primary else SEGMENT_HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and not event.isAutoRepeat():
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, rect = look().theme, QRectF(self.rect())
        fill, ink, border = (
            (theme.sunken, theme.ink2, theme.edge)
            if self._locked
            else (theme.primary, theme.onprimary, theme.primary)
            if self._primary
            else (theme.line if self.isDown() else theme.surface, theme.ink, theme.edge)
        )
        with painting(self) as painter:
            focused = self.hasFocus()
            draw_box(
                painter,
                rect,
                fill=fill,
                border=theme.accent if focused else border,
                width=4 if focused else 2,
                dashed=self._locked,
            )
            if focused and self._primary:
                inner = rect.adjusted(4, 4, -4, -4)
                draw_box(painter, inner, border=ink, width=1)
            self._paint_word(painter, rect, ink)

    def _paint_word(self, painter: QPainter, rect: QRectF, ink: str) -> None:
        word = lettering.width(self._word, self._face)
        x = rect.center().x() - (self._icon_width + self._cap_width + word) / 2
        centre = rect.center().y()
        if self._icon:
            icons.draw(painter, self._icon, x=x, centre=centre, size=look().px(20), colour=ink)
        before = self._icon_width if self._icon else self._cap_width
        lettering.draw_at(painter, self._word, face=self._face, x=x + before, centre=centre, colour=ink)
        if self.cap:
            face, height = self._cap_face
            left = x + before + word + CAP_GAP if self._icon else x
            key_caps.draw_cap(
                painter, self.cap, face=face, x=left, centre=centre, height=height, colour=ink, line=1
            )

    @property
    def _icon_width(self) -> float:
        return look().px(20) + 9 if self._icon else 0

    @property
    def _face(self) -> QFont:
        return lettering.font(look().px(20 if self._primary else 18), bold=True)

    @property
    def _cap_face(self) -> tuple[QFont, int]:
        return lettering.font(look().px(15), bold=True), look().px(22)

    @property
    def _cap_width(self) -> float:
        if not self.cap:
            return 0
        face, height = self._cap_face
        return round(key_caps.cap_width(self.cap, face, height)) + CAP_GAP


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    word: str


class Segments(Painted):
    """One of a few, side by side: arrows, the first letter or digit, or a touch. `chosen(value)`."""

    chosen = Signal(str)

    def __init__(self, *, width: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._options: tuple[Option, ...] = ()
        self._value = ""
        self._width = width
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedHeight(SEGMENT_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @property
    def value(self) -> str:
        return self._value

    def show_options(self, options: Sequence[Option], *, value: str) -> None:
        self._options, self._value = tuple(options), value
        self._name()

    def set_value(self, value: str) -> None:
        """Show `value` without `chosen`."""
        self._value = value
        self._name()

    def sizeHint(self) -> QSize:
        face = lettering.font(look().px(18), bold=True)
        widest = max((lettering.width(each.word, face) for each in self._options), default=0)
        return QSize(
            max(self._width, round(len(self._options) * (widest + 2 * SEGMENT_SIDE))), SEGMENT_HEIGHT
        )

    def minimumSizeHint(self) -> QSize:
        face = lettering.font(SMALLEST, bold=True)
        widest = max((lettering.width(each.word, face) for each in self._options), default=0)
        return QSize(round(len(self._options) * (widest + 12)), SEGMENT_HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}
        step = {**steps, Qt.Key.Key_Space: 1}.get(Qt.Key(event.key()))
        if step is None or not self._options:
            super().keyPressEvent(event)
            return
        values = [each.value for each in self._options]
        place = values.index(self._value) + step if self._value in values else 0
        if event.key() == Qt.Key.Key_Space:
            place %= len(values)
        self._choose(values[min(max(place, 0), len(values) - 1)])

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        for option, cell in zip(self._options, self._cells(), strict=True):
            if event.button() == Qt.MouseButton.LeftButton and cell.contains(QPointF(event.position())):
                self._choose(option.value)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = look().theme
        with painting(self) as painter:
            draw_box(painter, QRectF(self.rect()), fill=theme.surface, border=theme.edge, width=2)
            for option, cell in zip(self._options, self._cells(), strict=True):
                self._paint_option(painter, option, cell, look=look())
            if self.hasFocus():
                draw_box(painter, QRectF(self.rect()), border=theme.accent, width=4)

    def _paint_option(self, painter: QPainter, option: Option, cell: QRectF, *, look: Look) -> None:
        taken = option.value == self._value
        colour = look.theme.onprimary if taken else look.theme.ink
        if taken:
            painter.fillRect(cell.adjusted(2, 2, -2, -2), look.theme.primary)
        space = cell.width() - 12
        face = lettering.fitted(option.word, size=look.px(18), least=SMALLEST, space=space, bold=True)
        box = cell.adjusted(6, 0, -6, 0)
        lettering.draw(painter, option.word, face=face, rect=box, colour=colour, align=lettering.CENTRE)

    def _cells(self) -> tuple[QRectF, ...]:
        width = self.width() / max(1, len(self._options))
        return tuple(QRectF(n * width, 0, width, self.height()) for n in range(len(self._options)))

    def _choose(self, value: str) -> None:
        if value != self._value:
            self.set_value(value)
            self.chosen.emit(value)

    def _name(self) -> None:
        word = next((each.word for each in self._options if each.value == self._value), "")
        self.setAccessibleDescription(word)
        self.updateGeometry()
        self.update()


def card() -> QFrame:
    made = QFrame()
    made.setProperty("role", "card")
    return made


def info_card(note: Note) -> QFrame:
    """A line worth knowing, in a card of its own."""
    made = card()
    row = QHBoxLayout(made)
    row.setContentsMargins(16, 12, 16, 12)
    row.addWidget(note, 1)
    return made


def label(role: str, text: str = "") -> QLabel:
    """A line of plain text in one of the style sheet's roles."""
    made = QLabel(text)
    made.setProperty("role", role)
    made.setTextFormat(Qt.TextFormat.PlainText)
    return made
