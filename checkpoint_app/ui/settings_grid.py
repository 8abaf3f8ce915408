"""Which checks a person needs, by vehicle class: rows of classes, columns of checks, one tick each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from checkpoint_app.ui import icons, lettering
from checkpoint_app.ui.form_parts import Option
from checkpoint_app.ui.painted import Painted, draw_box, painting
from checkpoint_app.ui.theme import SMALLEST, Look, look

HEAD, ROW, BOX = 36, 38, 26
LABEL_SHARE = 0.24


@dataclass(frozen=True, slots=True)
class GridRow:
    """`chosen` are values of columns; `own`: a list of its own instead of the first row's."""

    value: str
    word: str
    chosen: tuple[str, ...]
    own: bool = True


class CheckGrid(Painted):
    """Arrows move, Space or a touch ticks, Backspace gives a row back to the first. `ticked(row, column)`,
    `given_back(row)`.
    """

    ticked = Signal(str, str)
    given_back = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns: tuple[Option, ...] = ()
        self._rows: tuple[GridRow, ...] = ()
        self._same = ""
        self._at = (0, 0)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def rows(self) -> tuple[GridRow, ...]:
        return self._rows

    def show_grid(self, columns: Sequence[Option], rows: Sequence[GridRow], *, same: str) -> None:
        """`same` stands behind the name of a row that follows the first."""
        self._columns, self._rows, self._same = tuple(columns), tuple(rows), same
        self.setFixedHeight(HEAD + ROW * len(self._rows))
        self._describe()

    def sizeHint(self) -> QSize:
        return QSize(860, HEAD + ROW * len(self._rows))

    def minimumSizeHint(self) -> QSize:
        return QSize(600, HEAD + ROW * len(self._rows))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        moves = {Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0)}
        moves |= {Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1)}
        if key in moves:
            row, column = self._at[0] + moves[key][0], self._at[1] + moves[key][1]
            self._at = _kept(row, len(self._rows)), _kept(column, len(self._columns))
            self._describe()
        elif key == Qt.Key.Key_Space:
            self._tick(*self._at)
        elif key in {Qt.Key.Key_Backspace, Qt.Key.Key_Delete}:
            self.given_back.emit(self._rows[self._at[0]].value)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        for row in range(len(self._rows)):
            for column in range(len(self._columns)):
                if self._cell(row, column).contains(event.position()):
                    self._at = row, column
                    self._tick(row, column)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = look().theme
        with painting(self) as painter:
            painter.fillRect(QRectF(0, 0, self.width(), HEAD), theme.sunken)
            for place, column in enumerate(self._columns):
                cell = QRectF(self._cell(0, place))
                cell.moveTop(0)
                _draw_head(painter, column.word, cell, look=look())
            for place, row in enumerate(self._rows):
                self._paint_row(painter, place, row, look=look())

    def _paint_row(self, painter: QPainter, place: int, row: GridRow, *, look: Look) -> None:
        theme, top = look.theme, HEAD + place * ROW
        if self.hasFocus() and place == self._at[0]:
            painter.fillRect(QRectF(0, top, self.width(), ROW), theme.sel)
        painter.fillRect(QRectF(0, top + ROW - 1, self.width(), 1), theme.line)
        label = QRectF(12, top, self.width() * LABEL_SHARE - 12, ROW)
        face = lettering.fitted(
            row.word, size=look.px(16), least=SMALLEST, space=label.width() * 0.5, bold=True
        )
        lettering.draw(painter, row.word, face=face, rect=label, colour=theme.ink)
        if not row.own:
            rest = label.adjusted(lettering.width(row.word, face) + 10, 0, 0, 0)
            small = lettering.fitted(self._same, size=look.px(14), least=SMALLEST, space=rest.width())
            lettering.draw(painter, self._same, face=small, rect=rest, colour=theme.ink3)
        for column, option in enumerate(self._columns):
            self._paint_tick(painter, place, column, on=option.value in row.chosen, own=row.own)

    def _paint_tick(self, painter: QPainter, row: int, column: int, *, on: bool, own: bool) -> None:
        theme, cell = look().theme, self._cell(row, column)
        box = QRectF(0, 0, BOX, BOX)
        box.moveCenter(cell.center())
        here = self.hasFocus() and (row, column) == self._at
        filled = on and own
        draw_box(
            painter,
            box,
            fill=theme.primary if filled else theme.surface,
            border=theme.accent if here else theme.edge if own else theme.line,
            width=4 if here else 2,
        )
        if on:
            colour = theme.onprimary if own else theme.ink3
            left = box.center().x() - 9
            icons.draw(painter, "check", x=left, centre=box.center().y(), size=18, colour=colour, stroke=3.0)

    def _cell(self, row: int, column: int) -> QRectF:
        left = self.width() * LABEL_SHARE
        width = (self.width() - left) / max(1, len(self._columns))
        return QRectF(left + column * width, HEAD + row * ROW, width, ROW)

    def _tick(self, row: int, column: int) -> None:
        self.ticked.emit(self._rows[row].value, self._columns[column].value)

    def _describe(self) -> None:
        """What a screen reader says: the cell and whether it is ticked."""
        if self._rows and self._columns:
            row, column = self._rows[self._at[0]], self._columns[self._at[1]]
            mark = "✓" if column.value in row.chosen else "–"
            self.setAccessibleDescription(f"{row.word}, {column.word}: {mark}")
        self.update()


def ticks(chosen: Sequence[str], value: str, *, order: Sequence[str]) -> tuple[str, ...]:
    """The list with `value` put in or taken out, as the columns stand; what has no column stays last."""
    wanted = [each for each in chosen if each != value] if value in chosen else [*chosen, value]
    known = [each for each in order if each in wanted]
    return tuple(known + [each for each in wanted if each not in order])


def _draw_head(painter: QPainter, word: str, cell: QRectF, *, look: Look) -> None:
    face = lettering.fitted(word, size=look.px(14), least=SMALLEST, space=cell.width() - 6)
    head = QRectF(cell.left() + 3, 0, cell.width() - 6, HEAD)
    lettering.draw(painter, word, face=face, rect=head, colour=look.theme.ink2, align=lettering.CENTRE)


def _kept(place: int, count: int) -> int:
    return min(max(place, 0), count - 1)
