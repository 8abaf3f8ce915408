"""What stands in the window before the ledger is open: that it is being opened, or what is in the way."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from checkpoint_app.i18n import _
from checkpoint_app.ui.messages import Words
from checkpoint_app.ui.notice_card import NoticeCard

WIDTH = 720


class CoverPage(QWidget):
    """`asked_again` on F1, when it did not open."""

    asked_again = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self._title, self._card = QLabel(), NoticeCard()
        self._title.setProperty("role", "title")
        self._button = QPushButton()
        self._button.setProperty("role", "primary")
        self._button.clicked.connect(self.asked_again)
        inner = QVBoxLayout()
        inner.setSpacing(16)
        inner.addWidget(self._title)
        inner.addWidget(self._card)
        foot = QHBoxLayout()
        foot.addWidget(self._button)
        foot.addStretch(1)
        inner.addLayout(foot)
        column = QWidget()
        column.setLayout(inner)
        column.setMaximumWidth(WIDTH)
        outer = QVBoxLayout(self)
        outer.addStretch(1)
        outer.addWidget(column, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addStretch(2)
        column.setMinimumWidth(WIDTH)
        self.show_opening()

    @property
    def text(self) -> str:
        """Everything that is said."""
        return " ".join((self._title.text(), self._card.text if self._card.isVisible() else "")).strip()

    def show_opening(self) -> None:
        self._title.setText(_("Opening the ledger"))
        self._card.hide()
        self._button.hide()

    def show_words(self, words: Words) -> None:
        """Why it is not open."""
        self._title.setText(_("The ledger is closed"))
        self._card.show_words(words)
        self._card.show()
        self._button.setText(_("F1  Try again"))
        self._button.show()
        self._button.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F1 and self._button.isVisible():
            self.asked_again.emit()
            return
        super().keyPressEvent(event)
