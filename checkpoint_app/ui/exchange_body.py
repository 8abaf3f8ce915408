"""Where the parts of the exchange page stand: banner, two lists left, one right, or both cards."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from checkpoint_app.ui.exchange_banner import Banner
from checkpoint_app.ui.exchange_enrol import EnrolView
from checkpoint_app.ui.exchange_out import OutCard
from checkpoint_app.ui.exchange_parts import GAP_ROW, DeedKey
from checkpoint_app.ui.exchange_side import DifferenceCard, ListCard

MARGIN, LEFT_SHARE, RIGHT_SHARE = 12, 784, 470
OUT_LEAST, GAPS_LEAST, HEAD_KEY = 298, 164, 32


class ExchangeBody(QWidget):
    """`moved` when another line is chosen or another list has the focus."""

    moved = Signal()

    def __init__(self, banner: Banner, enrol: EnrolView) -> None:
        super().__init__()
        self.banner, self.enrol = banner, enrol
        self.enrol_key, self.file_key = DeedKey(height=HEAD_KEY), DeedKey(height=HEAD_KEY)
        self.out, self.gaps = OutCard(), ListCard(height=GAP_ROW)
        self.came, self.difference = ListCard(right=self._head_keys()), DifferenceCard()
        self.side, self.area = QStackedWidget(), QStackedWidget()
        self._lay_out()
        self._connect()

    @property
    def enrol_open(self) -> bool:
        return self.area.currentWidget() is self.enrol

    @property
    def difference_open(self) -> bool:
        return self.side.currentWidget() is self.difference

    def show_lists(self) -> None:
        """Nothing is looked at closer any more."""
        self.area.setCurrentIndex(0)
        self.side.setCurrentIndex(0)

    def show_enrol(self) -> None:
        self.area.setCurrentWidget(self.enrol)
        self.enrol.setFocus()

    def show_difference(self) -> None:
        self.side.setCurrentWidget(self.difference)
        self.difference.area.setFocus()

    def _head_keys(self) -> QWidget:
        keys = QWidget()
        row = QHBoxLayout(keys)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.enrol_key)
        row.addWidget(self.file_key)
        return keys

    def _connect(self) -> None:
        table, gaps, came = self.out.table, self.gaps.list, self.came.list
        for entered in (table.entered, gaps.entered, came.entered):
            entered.connect(self.moved)
        table.moved.connect(lambda _row, _column: self.moved.emit())
        for part in (gaps, came):
            part.moved.connect(lambda _row: self.moved.emit())
        table.past.connect(lambda: gaps.setFocus() if gaps.items else None)
        gaps.past.connect(lambda way: table.setFocus() if way < 0 else None)

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(MARGIN)
        self.out.setMinimumHeight(OUT_LEAST)
        self.gaps.setMinimumHeight(GAPS_LEAST)
        left.addWidget(self.out, 52)
        left.addWidget(self.gaps, 48)
        self.side.addWidget(self.came)
        self.side.addWidget(self.difference)
        lists = QWidget()
        row = QHBoxLayout(lists)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(MARGIN)
        row.addLayout(left, LEFT_SHARE)
        row.addWidget(self.side, RIGHT_SHARE)
        self.area.addWidget(lists)
        self.area.addWidget(self.enrol)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(MARGIN)
        column.addWidget(self.banner)
        column.addWidget(self.area, 1)
