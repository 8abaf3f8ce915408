"""Cards of the exchange page: a list under a head, and everything a data set would change."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from checkpoint_app.ui.exchange_parts import IN_ROW, SIDE, CardHead, Deed, DeedKey, Item, ItemList
from checkpoint_app.ui.form_parts import Note
from checkpoint_app.ui.page_parts import Notes
from checkpoint_app.ui.record_detail import Rule
from checkpoint_app.ui.told import Told, Tone


class ListCard(QFrame):
    """A head, its list, and what will stand here while it is empty."""

    def __init__(self, *, right: QWidget | None = None, height: int = IN_ROW) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.head, self.list = CardHead(right), ItemList(height=height)
        self.empty = Note(size=16, parent=self.list)
        self.empty.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(Rule())
        column.addWidget(self.list, 1)

    def show_items(self, items: Sequence[Item], deeds: Sequence[Deed | None], *, empty: str) -> None:
        self.list.show_items(items, deeds)
        self.empty.show_text("" if items else empty, Tone.HINT)
        self._place_empty()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_empty()

    def _place_empty(self) -> None:
        self.empty.setGeometry(SIDE, 14, max(60, self.list.width() - 2 * SIDE), 90)


class DifferenceCard(QFrame):
    """Every line of a difference; arrows scroll it."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.head, self.lines = CardHead(), Notes()
        self.keys = (DeedKey(), DeedKey())
        body = QWidget()
        inner = QVBoxLayout(body)
        inner.setContentsMargins(SIDE, 10, SIDE, 10)
        inner.addWidget(self.lines)
        inner.addStretch(1)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(body)
        for part in (self.area.viewport(), body):
            part.setAutoFillBackground(False)
        foot = QHBoxLayout()
        foot.setContentsMargins(SIDE, 8, SIDE, 10)
        foot.setSpacing(8)
        foot.addStretch(1)
        for key in self.keys:
            foot.addWidget(key)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(Rule())
        column.addWidget(self.area, 1)
        column.addWidget(Rule())
        column.addLayout(foot)

    def show_lines(self, title: str, lines: Sequence[Told], deeds: Sequence[Deed]) -> None:
        self.head.show_words(title)
        self.lines.tell(lines)
        for key, deed in zip(self.keys, deeds, strict=True):
            key.show_deed(deed)
