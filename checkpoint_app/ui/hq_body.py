"""Where the parts of headquarters' exchange page stand: banner, desks and gaps, one list or form."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from checkpoint_app.ui.exchange_banner import Banner
from checkpoint_app.ui.exchange_enrol import EnrolView
from checkpoint_app.ui.exchange_out import OutCard
from checkpoint_app.ui.exchange_parts import GAP_ROW, DeedKey
from checkpoint_app.ui.exchange_side import ListCard

MARGIN, LEFT_SHARE, RIGHT_SHARE = 12, 784, 470
DESKS_LEAST, GAPS_LEAST, HEAD_KEY = 298, 164, 32


class HqBody(QWidget):
    """`moved` when another line is chosen or another list has the focus."""

    moved = Signal()

    def __init__(self, banner: Banner, enrol: EnrolView) -> None:
        super().__init__()
        self.banner, self.enrol = banner, enrol
        self.enrol_key, self.file_key = DeedKey(height=HEAD_KEY), DeedKey(height=HEAD_KEY)
        self.publish_key = DeedKey(height=HEAD_KEY)
        self.desks, self.gaps = OutCard(), ListCard(height=GAP_ROW)
        self.came = ListCard(right=_keys(self.publish_key, self.enrol_key, self.file_key))
        self.side, self.area = QStackedWidget(), QStackedWidget()
        self._lay_out()
        self._connect()

    @property
    def enrol_open(self) -> bool:
        return self.area.currentWidget() is self.enrol

    def show_lists(self) -> None:
        self.area.setCurrentIndex(0)
        self.side.setCurrentIndex(0)

    def show_enrol(self) -> None:
        self.area.setCurrentWidget(self.enrol)
        self.enrol.setFocus()

    def show_form(self, form: QWidget) -> None:
        if self.side.indexOf(form) < 0:
            self.side.addWidget(form)
        self.area.setCurrentIndex(0)
        self.side.setCurrentWidget(form)

    def _connect(self) -> None:
        table, gaps, came = self.desks.table, self.gaps.list, self.came.list
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
        self.desks.setMinimumHeight(DESKS_LEAST)
        self.gaps.setMinimumHeight(GAPS_LEAST)
        left.addWidget(self.desks, 60)
        left.addWidget(self.gaps, 40)
        self.side.addWidget(self.came)
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


def _keys(*keys: QWidget) -> QWidget:
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    for key in keys:
        row.addWidget(key)
    return box
