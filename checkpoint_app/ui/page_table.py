"""The table of a page: rows of cells or a grid of slots, painted, moved by arrows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from checkpoint_app.ui import icons, lettering
from checkpoint_app.ui.painted import draw_box
from checkpoint_app.ui.theme import look

Index = QModelIndex | QPersistentModelIndex
ROW, HEAD, BAR, SIDE, ICON = 44, 32, 6, 9, 18
GRID_ROW, HEAD_PAD = 36, 20
NOTHING = QModelIndex()
FAR = 10_000
STEPS = {
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_PageUp: -8,
    Qt.Key.Key_PageDown: 8,
    Qt.Key.Key_Home: -FAR,
    Qt.Key.Key_End: FAR,
}
SIDEWAYS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


@dataclass(frozen=True, slots=True)
class Cell:
    """`tone` is a colour of the theme, `icon` stands before the text."""

    text: str
    tone: str = "ink"
    bold: bool = False
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    word: str
    share: int
    right: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the table shows; in a `grid` single cells are chosen instead of rows, the first column but heads
    them.
    """

    columns: tuple[Column, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    grid: bool = False


class SheetModel(QAbstractTableModel):
    def __init__(self) -> None:
        super().__init__()
        self.sheet = Sheet()

    def show_sheet(self, sheet: Sheet) -> None:
        self.beginResetModel()
        self.sheet = sheet
        self.endResetModel()

    def rowCount(self, _parent: Index = NOTHING) -> int:
        return len(self.sheet.rows)

    def columnCount(self, _parent: Index = NOTHING) -> int:
        return len(self.sheet.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        wanted = {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}
        return self.sheet.rows[index.row()][index.column()].text if role in wanted else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or section >= len(self.sheet.columns):
            return None
        column = self.sheet.columns[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return column.word if role == Qt.ItemDataRole.DisplayRole else None


class SheetTable(QTableView):
    """`moved(row, column)` when another place is chosen by keys or touch."""

    moved = Signal(int, int)

    def __init__(self) -> None:
        super().__init__()
        self.sheet_model = SheetModel()
        self.setModel(self.sheet_model)
        self.setItemDelegate(CellPainter(self))
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setProperty("role", "bare")
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setSectionsClickable(False)
        self.horizontalHeader().setHighlightSections(False)
        self.selectionModel().currentChanged.connect(self._changed)
        self.dressed()

    @property
    def place(self) -> tuple[int, int]:
        """Row and column chosen, 0 and the first when there is none."""
        index = self.currentIndex()
        return max(0, index.row()), max(self._first, index.column())

    def show_sheet(self, sheet: Sheet) -> None:
        """The place stays where it is as far as there is one; the same sheet again changes nothing."""
        if sheet == self.sheet_model.sheet:
            return
        row, column = self.place
        same = self.sheet_model.sheet.grid == sheet.grid
        self.sheet_model.show_sheet(sheet)
        self.dressed()
        self.go(row if same else 0, column)

    def go(self, row: int, column: int = 0, *, centre: bool = False) -> None:
        sheet = self.sheet_model.sheet
        row = min(max(row, 0), len(sheet.rows) - 1)
        column = min(max(column, self._first), len(sheet.columns) - 1)
        index = self.sheet_model.index(row, column)
        self.setCurrentIndex(index)
        hint = QAbstractItemView.ScrollHint
        self.scrollTo(index, hint.PositionAtCenter if centre else hint.EnsureVisible)
        self.viewport().update()

    def dressed(self) -> None:
        """Heights that follow the text scale."""
        row = GRID_ROW if self.sheet_model.sheet.grid else ROW
        self.verticalHeader().setDefaultSectionSize(max(row, look().px(row) if look().scale > 115 else row))
        self.horizontalHeader().setFixedHeight(max(HEAD, look().px(26)))
        self._share_width()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move; everything else is the page's."""
        key, (row, column) = Qt.Key(event.key()), self.place
        if key in STEPS:
            self.go(row + STEPS[key], column)
        elif key in SIDEWAYS and self.sheet_model.sheet.grid:
            self.go(row, column + SIDEWAYS[key])
        else:
            event.ignore()

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        self._share_width()

    @property
    def _first(self) -> int:
        """In a grid the first column is no place."""
        return 1 if self.sheet_model.sheet.grid else 0

    @property
    def _first_need(self) -> int:
        """Nothing of the first column is ever cut or smaller."""
        face = lettering.font(look().px(15), bold=True)
        texts = {row[0].text for row in self.sheet_model.sheet.rows}
        return round(max((lettering.width(text, face) for text in texts), default=0)) + 2 * SIDE + 2

    def _changed(self, index: QModelIndex, _before: QModelIndex) -> None:
        self.viewport().update()
        if index.isValid():
            self.moved.emit(index.row(), max(self._first, index.column()))

    def _share_width(self) -> None:
        """By shares, but no heading is cut while another column has more than its own needs."""
        columns = self.sheet_model.sheet.columns
        whole, shares = self.viewport().width(), sum(each.share for each in columns) or 1
        face = lettering.font(look().px(14))
        least = [round(lettering.width(each.word, face)) + HEAD_PAD for each in columns]
        least = [max(need, self._first_need) if place == 0 else need for place, need in enumerate(least)]
        widths = [max(whole * each.share // shares, need) for each, need in zip(columns, least, strict=True)]
        over = sum(widths) - whole
        while over > 0 and any(width > need for width, need in zip(widths, least, strict=True)):
            widest = max(range(len(widths)), key=lambda place: widths[place] - least[place])
            taken = min(over, 8, widths[widest] - least[widest])
            widths[widest] -= taken
            over -= taken
        for place, width in enumerate(widths):
            self.setColumnWidth(place, width)


class CellPainter(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(60, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        table = self.parent()
        assert isinstance(table, SheetTable)
        sheet, theme, rect = table.sheet_model.sheet, look().theme, QRectF(option.rect)
        at = table.currentIndex()
        row = at.row() == index.row()
        chosen = row and (not sheet.grid or at.column() == index.column())
        painter.save()
        painter.fillRect(rect, QColor(theme.sel if chosen else theme.surface))
        painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), QColor(theme.line))
        if row and index.column() == 0:
            painter.fillRect(QRectF(rect.left(), rect.top(), BAR, rect.height()), QColor(theme.accent))
        if chosen and sheet.grid:
            draw_box(painter, rect.adjusted(0, 0, 0, -1), border=theme.accent, width=3)
        cell = sheet.rows[index.row()][index.column()]
        _paint(
            painter,
            cell,
            rect.adjusted(SIDE, 0, -SIDE, -1),
            right=sheet.columns[index.column()].right,
            bold=chosen,
        )
        painter.restore()


def _paint(painter: QPainter, cell: Cell, box: QRectF, *, right: bool, bold: bool) -> None:
    colour = str(getattr(look().theme, cell.tone))
    if cell.icon:
        size = look().px(ICON)
        icons.draw(painter, cell.icon, x=box.left(), centre=box.center().y(), size=size, colour=colour)
        box = box.adjusted(size + 6, 0, 0, 0)
    face = lettering.fitted(
        cell.text, size=look().px(15), least=14, space=box.width(), bold=bold or cell.bold
    )
    align = lettering.RIGHT if right else lettering.LEFT
    lettering.draw(painter, cell.text, face=face, rect=box, colour=colour, align=align)
