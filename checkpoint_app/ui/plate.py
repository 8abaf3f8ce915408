"""A number plate in its own colour, typed into directly."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from checkpoint_app.ui import lettering
from checkpoint_app.ui.painted import Painted, draw_box, painting
from checkpoint_app.ui.theme import look
from checkpoint_app.ui.tokens import PlateColour

SIZE, LARGEST, SPACING = 30, 34, 2.0
HEIGHT, WIDTH = 48, 232
LONGEST = 8
POLICE, POLICE_RED = "警", "#A30D14"


def dotted(plate: str) -> str:
    """`豫A12345` as it stands on the metal, `豫A·12345`."""
    bare = plate.replace("·", "")
    return f"{bare[:2]}·{bare[2:]}" if len(bare) >= 2 else bare


class Plate(Painted):
    """Signals `edited(plate without dot)` for every change by keyboard and `finished()` on Enter.

    Letters are raised, dots and spaces ignored, Backspace takes the last sign. What a valid plate is, others
    decide.
    """

    edited = Signal(str)
    finished = Signal()

    def __init__(self, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plate = ""
        self._colour: PlateColour | None = None
        self._hint = hint
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.IBeamCursor)

    @property
    def plate(self) -> str:
        return self._plate

    def set_plate(self, plate: str, colour: PlateColour | None = None) -> None:
        """Show `plate` (with or without dot); None is an unknown colour, drawn like a field."""
        self._plate = plate.replace("·", "")
        self._colour = colour
        self.setAccessibleDescription(dotted(self._plate))
        self.update()

    def set_hint(self, hint: str) -> None:
        self._hint = hint
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.finished.emit()
        elif event.key() == Qt.Key.Key_Backspace and self._plate:
            self._change(self._plate[:-1])
        elif not self._type(event.text()):
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._type(event.commitString())
        event.accept()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self) as painter:
            self._paint_metal(painter)
            self._paint_text(painter)

    def _type(self, text: str) -> bool:
        signs = "".join(sign for sign in text.upper() if sign.isalnum())
        if not signs:
            return False
        self._change((self._plate + signs)[:LONGEST])
        return True

    def _change(self, plate: str) -> None:
        if plate == self._plate:
            return
        self.set_plate(plate, self._colour)
        self.edited.emit(plate)

    def _paint_metal(self, painter: QPainter) -> None:
        theme, rect = look().theme, QRectF(self.rect())
        if self._colour is None or not self._plate:
            fill, text_line = theme.surface, ""
        else:
            colours = theme.plate(self._colour)
            fill, text_line = colours.ground, colours.line
        if self.hasFocus():
            draw_box(painter, rect, fill=fill, border=theme.surface, width=6)
            draw_box(painter, rect, border=theme.accent, width=4)
        elif not text_line:
            draw_box(painter, rect, fill=fill, border=theme.edge, width=2)
        elif self._colour in {PlateColour.BLUE, PlateColour.BLACK}:
            draw_box(painter, rect, fill=fill)
            draw_box(painter, rect.adjusted(1.5, 1.5, -1.5, -1.5), border=text_line, width=1)
        else:
            draw_box(painter, rect, fill=fill, border=text_line, width=2)

    def _paint_text(self, painter: QPainter) -> None:
        theme, rect = look().theme, QRectF(self.rect()).adjusted(8, 0, -8, 0)
        shown = dotted(self._plate)
        if not shown:
            self._paint_hint(painter, rect)
            return
        size = min(look().px(SIZE), LARGEST)
        while size > 16 and _width(shown, size) > rect.width():
            size -= 1
        colour = theme.plate(self._colour).text if self._colour else theme.ink
        left = rect.center().x() - _width(shown, size) / 2
        face = lettering.font(size, bold=True, spacing=SPACING)
        middle = rect.center().y()
        end = lettering.draw_at(painter, shown, face=face, x=left, centre=middle, colour=colour)
        if self._colour is PlateColour.WHITE and shown.endswith(POLICE):
            last = lettering.width(POLICE, face)
            painter.fillRect(
                QRectF(left + end - last, 4, last, rect.height() - 8), theme.plate(self._colour).ground
            )
            lettering.draw_at(
                painter, POLICE, face=face, x=left + end - last, centre=middle, colour=POLICE_RED
            )
        if self.hasFocus():
            _draw_caret(painter, left + end + 1, middle, size, colour)

    def _paint_hint(self, painter: QPainter, rect: QRectF) -> None:
        theme = look().theme
        size = look().px(22)
        if self.hasFocus():
            _draw_caret(painter, rect.left() + 6, rect.center().y(), size, theme.ink)
        lettering.draw(
            painter,
            self._hint,
            face=lettering.font(size),
            rect=rect.adjusted(14, 0, 0, 0),
            colour=theme.ink3,
        )


def _width(shown: str, size: int) -> float:
    face = lettering.font(size, bold=True, spacing=SPACING)
    return lettering.width(shown, face) - SPACING


def _draw_caret(painter: QPainter, x: float, middle: float, size: int, colour: str) -> None:
    height = size * 1.1
    painter.fillRect(QRectF(round(x), round(middle - height / 2), 2, round(height)), colour)
