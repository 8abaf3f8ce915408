"""The table of crossings: one painted row each, hits marked, the selected one with a bar."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from checkpoint_app.i18n import _
from checkpoint_app.ui import icons, lettering
from checkpoint_app.ui.record_text import Cells
from checkpoint_app.ui.theme import look

Index = QModelIndex | QPersistentModelIndex
ROW, HEAD = 44, 32
TIME, DESK, LANE, PLATE, DRIVER, OUTCOME, EVIDENCE = range(7)
SHARES = (20, 16, 10, 21, 13, 22, 14)
NARROW_SHARES = (21, 18, 10, 23, 13, 33, 14)
BAR, SIDE, NARROW = 6, 10, 6
HIT, ON_HIT = "#FFE08A", "#000000"
NOTHING = QModelIndex()


class RowsModel(QAbstractTableModel):
    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[Cells, ...] = ()
        self.shows_desks = False
        self._inside = False

    def show_rows(self, rows: Sequence[Cells], *, inside: bool = False) -> None:
        """`inside`: they are vehicles that came in and did not leave."""
        self.beginResetModel()
        self.rows, self._inside = tuple(rows), inside
        self.endResetModel()

    def rowCount(self, _parent: Index = NOTHING) -> int:
        return len(self.rows)

    def columnCount(self, _parent: Index = NOTHING) -> int:
        return len(SHARES)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        text = (row.time, row.desk, row.lane, row.plate, row.driver, row.outcome, row.evidence)[
            index.column()
        ]
        wanted = {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}
        return text if role in wanted else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        if self._inside:
            return (_("Came in"), _("Desk"), _("Lane"), _("Plate"), _("Stays"), _("State"), "")[section]
        return (_("Time"), _("Desk"), _("Lane"), _("Plate"), _("Driver"), _("Outcome"), _("Known by"))[
            section
        ]

    def retranslate(self) -> None:
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(SHARES) - 1)


class RowsTable(QTableView):
    """Takes no focus: arrows in the search field move it."""

    def __init__(self, model: RowsModel) -> None:
        super().__init__()
        self._rows = model
        self.setModel(model)
        self.setItemDelegate(RowPainter(self))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setProperty("role", "bare")
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setSectionsClickable(False)
        self.horizontalHeader().setHighlightSections(False)
        self.dressed()

    def show_desks(self, shown: bool) -> None:
        """Whether it says which desk wrote a row: where there is more than one."""
        self._rows.shows_desks = shown
        self._share_width()

    def dressed(self) -> None:
        """Heights that follow the text scale."""
        self.verticalHeader().setDefaultSectionSize(max(ROW, look().px(ROW) if look().scale > 115 else ROW))
        self.horizontalHeader().setFixedHeight(max(HEAD, look().px(26)))
        self._share_width()

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        self._share_width()

    def _share_width(self) -> None:
        """Where it is narrow for the size of the letters, the last column stands in the detail alone."""
        whole = self.viewport().width()
        narrow = self._rows.shows_desks or whole < NARROW * look().px(100)
        hidden = {DESK: not self._rows.shows_desks, EVIDENCE: narrow}
        shares = NARROW_SHARES if narrow else SHARES
        room = sum(share for column, share in enumerate(shares) if not hidden.get(column))
        for column, share in enumerate(shares):
            self.setColumnHidden(column, hidden.get(column, False))
            self.setColumnWidth(column, whole * share // room)


class RowPainter(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(80, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        assert isinstance(model, RowsModel)
        cells, theme = model.rows[index.row()], look().theme
        rect = QRectF(option.rect)
        table = self.parent()
        assert isinstance(table, QTableView)
        chosen = table.currentIndex().row() == index.row()
        painter.save()
        painter.fillRect(rect, QColor(theme.sel if chosen else theme.surface))
        painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), QColor(theme.line))
        if chosen and index.column() == TIME:
            painter.fillRect(QRectF(rect.left(), rect.top(), BAR, rect.height()), QColor(theme.accent))
        box = rect.adjusted(SIDE, 0, -4, -1)
        if index.column() == PLATE:
            _paint_plate(painter, cells, box, bold=True)
        elif index.column() == OUTCOME:
            _paint_outcome(painter, cells, box, bold=chosen)
        else:
            text = str(index.data() or "")
            face = lettering.fitted(text, size=look().px(15), least=14, space=box.width(), bold=chosen)
            colour = theme.ink3 if cells.void else theme.ink
            lettering.draw(painter, text, face=face, rect=box, colour=colour)
        painter.restore()


def _paint_plate(painter: QPainter, cells: Cells, box: QRectF, *, bold: bool) -> None:
    theme = look().theme
    text = cells.plate
    face = lettering.fitted(text, size=look().px(15), least=14, space=box.width(), bold=bold)
    colour = theme.ink3 if cells.void else theme.ink
    if cells.hit is None:
        lettering.draw(painter, text, face=face, rect=box, colour=colour)
    else:
        _paint_hit(painter, text, cells.hit, box=box, face=face, colour=colour)
    if cells.void:
        centre = box.center().y()
        line = QRectF(box.left(), centre, min(lettering.width(text, face), box.width()), 1)
        painter.fillRect(line, QColor(theme.ink3))


def _paint_hit(
    painter: QPainter, text: str, hit: tuple[int, int], *, box: QRectF, face: QFont, colour: str
) -> None:
    """The text in three parts, the middle one marked."""
    start, end = hit
    middle, x = box.center().y(), box.left()
    for part, ink, marked in (
        (text[:start], colour, False),
        (text[start:end], ON_HIT, True),
        (text[end:], colour, False),
    ):
        if marked:
            height = face.pixelSize() * 1.44
            mark = QRectF(x, middle - height / 2, lettering.width(part, face), height)
            painter.fillRect(mark, QColor(HIT))
        x += lettering.draw_at(painter, part, face=face, x=x, centre=middle, colour=ink)


def _paint_outcome(painter: QPainter, cells: Cells, box: QRectF, *, bold: bool) -> None:
    colour = str(getattr(look().theme, cells.tone))
    size = look().px(18)
    icons.draw(
        painter, cells.icon, x=box.left(), centre=box.center().y(), size=size, colour=colour, stroke=2.4
    )
    inner = box.adjusted(size + 6, 0, -(size if cells.amended else 0), 0)
    face = lettering.fitted(cells.outcome, size=look().px(15), least=14, space=inner.width(), bold=bold)
    lettering.draw(painter, cells.outcome, face=face, rect=inner, colour=colour)
    if cells.amended:
        x = box.right() - look().px(16)
        icons.draw(
            painter, "pencil", x=x, centre=box.center().y(), size=look().px(16), colour=look().theme.warn
        )
