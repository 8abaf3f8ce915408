"""The table of shifts on their way: sealed, exported, receipted, each with its own mark."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import QFrame, QStyleOptionViewItem, QVBoxLayout

from checkpoint_app.ui import icons, lettering
from checkpoint_app.ui.exchange_parts import CardHead
from checkpoint_app.ui.form_parts import Note
from checkpoint_app.ui.page_table import SIDE, Cell, CellPainter, Index, Sheet, SheetTable
from checkpoint_app.ui.theme import SMALLEST, look
from checkpoint_app.ui.told import Tone

ICON, WORD_GAP, LINK, LINK_GAP = 18, 6, 14, 6
TIGHT_LINK, TIGHT_GAP = 10, 4


@dataclass(frozen=True, slots=True)
class Mark:
    """One step of a shift: done, not yet, or wrong."""

    word: str
    done: bool
    wrong: bool = False


@dataclass(frozen=True, slots=True)
class MarksCell(Cell):
    """Painted as steps; the last column says the same in words."""

    marks: tuple[Mark, ...] = ()


class OutPainter(CellPainter):
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        table = self.parent()
        assert isinstance(table, SheetTable)
        cell = table.sheet_model.sheet.rows[index.row()][index.column()]
        if isinstance(cell, MarksCell):
            painter.save()
            _paint_marks(painter, cell.marks, QRectF(option.rect).adjusted(SIDE, 0, -SIDE, -1))
            painter.restore()


class OutTable(SheetTable):
    """`past` when an arrow goes below the last row, `entered` when it has the focus."""

    past = Signal()
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setItemDelegate(OutPainter(self))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        last = len(self.sheet_model.sheet.rows) - 1
        if event.key() == Qt.Key.Key_Down and self.place[0] >= last:
            self.past.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()


class OutCard(QFrame):
    """Title, table, and what will stand here while it is empty."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.head, self.table = CardHead(), OutTable()
        self.empty = Note(size=16, middle=True, parent=self.table)
        self.empty.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.table, 1)

    def show_sheet(self, sheet: Sheet, *, empty: str) -> None:
        self.table.show_sheet(sheet)
        self.empty.show_text("" if sheet.rows else empty, Tone.HINT)
        self._place_empty()

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._place_empty()

    def _place_empty(self) -> None:
        self.empty.setGeometry(16, 40, max(60, self.table.width() - 32), 120)


def _paint_marks(painter: QPainter, marks: tuple[Mark, ...], box: QRectF) -> None:
    """Words give way to the marks alone where there is no room for them."""
    theme, centre = look().theme, box.center().y()
    side = look().px(ICON)
    face = lettering.font(max(SMALLEST, look().px(14)))
    words = sum(lettering.width(mark.word, face) + WORD_GAP for mark in marks)
    links = (len(marks) - 1) * (LINK + 2 * LINK_GAP)
    worded = words + links + len(marks) * side <= box.width()
    length, gap = (LINK, LINK_GAP) if worded else (TIGHT_LINK, TIGHT_GAP)
    x = box.left()
    for place, mark in enumerate(marks):
        colour = theme.bad if mark.wrong else theme.good if mark.done else theme.ink3
        if place:
            link = theme.good if mark.done else theme.line
            painter.fillRect(QRectF(x + gap, centre - 1, length, 2), link)
            x += length + 2 * gap
        icon = "alert-circle" if mark.wrong else "circle-check" if mark.done else "circle-dashed"
        icons.draw(painter, icon, x=x, centre=centre, size=side, colour=colour)
        x += side
        if worded:
            x += WORD_GAP
            x += lettering.draw_at(painter, mark.word, face=face, x=x, centre=centre, colour=colour)
