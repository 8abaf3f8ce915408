"""The 31 provinces: two keys, arrows or a touch."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from checkpoint_app.domain.plates import PROVINCE_KEYS
from checkpoint_app.ui import key_caps, lettering
from checkpoint_app.ui.painted import Painted, draw_box, painting
from checkpoint_app.ui.theme import SMALLEST, look

COLUMNS, GAP, CELL = 11, 6, 48
ROWS = -(-len(PROVINCE_KEYS) // COLUMNS)
SIGNS = tuple(sign for sign, _keys in PROVINCE_KEYS)
_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -COLUMNS,
    Qt.Key.Key_Down: COLUMNS,
}


class ProvinceGrid(Painted):
    """`chosen(sign)`. While one key of two is pressed, only the cells it leaves open keep their caps."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value, self._typed = SIGNS[0], ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(ROWS * CELL + (ROWS - 1) * GAP)

    @property
    def value(self) -> str:
        return self._value

    def set_value(self, sign: str) -> None:
        """Show `sign` without `chosen`; one that is no province is left out."""
        self._value = sign if sign in SIGNS else self._value
        self.setAccessibleDescription(self._value)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(COLUMNS * 80, self.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None:
            place = SIGNS.index(self._value) + step
            if 0 <= place < len(SIGNS):
                self._take(SIGNS[place])
        elif not self._type(event.text().upper()):
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        for sign, cell in zip(SIGNS, self._cells(), strict=True):
            if event.button() == Qt.MouseButton.LeftButton and cell.contains(QPointF(event.position())):
                self._take(sign)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._typed = ""

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self) as painter:
            for (sign, keys), cell in zip(PROVINCE_KEYS, self._cells(), strict=True):
                self._paint_cell(painter, sign, keys, cell)

    def _type(self, sign: str) -> bool:
        """One more key; True when it was of use."""
        for typed in (self._typed + sign, sign):
            fitting = [(each, keys) for each, keys in PROVINCE_KEYS if sign and keys.startswith(typed)]
            if not fitting:
                continue
            whole = [each for each, keys in fitting if keys == typed]
            self._typed = "" if whole else typed
            if whole or len(fitting) == 1:
                self._take(whole[0] if whole else fitting[0][0])
            self.update()
            return True
        return False

    def _take(self, sign: str) -> None:
        self._typed = ""
        self.set_value(sign)
        self.chosen.emit(sign)

    def _cells(self) -> tuple[QRectF, ...]:
        width = (self.width() - (COLUMNS - 1) * GAP) / COLUMNS
        return tuple(
            QRectF((n % COLUMNS) * (width + GAP), (n // COLUMNS) * (CELL + GAP), width, CELL)
            for n in range(len(SIGNS))
        )

    def _paint_cell(self, painter: QPainter, sign: str, keys: str, cell: QRectF) -> None:
        theme, taken = look().theme, sign == self._value
        ink = theme.onprimary if taken else theme.ink
        draw_box(painter, cell, fill=theme.primary if taken else theme.surface, border=theme.edge, width=2)
        if taken and self.hasFocus():
            draw_box(painter, cell, border=theme.accent, width=4)
        face = lettering.font(look().px(20), bold=True)
        width = lettering.width(sign, face)
        small, height = lettering.font(SMALLEST, bold=True), 20
        used = key_caps.cap_width(keys, small, height)
        x = cell.center().x() - (used + 6 + width) / 2
        if keys.startswith(self._typed):
            key_caps.draw_cap(
                painter, keys, face=small, x=x, centre=cell.center().y(), height=height, colour=ink, line=1
            )
        lettering.draw_at(painter, sign, face=face, x=x + used + 6, centre=cell.center().y(), colour=ink)
