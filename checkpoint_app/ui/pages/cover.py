"""What stands in the window before the ledger is open: its opening, its passphrase, or what is wrong."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from checkpoint_app.i18n import _
from checkpoint_app.ui.messages import Words
from checkpoint_app.ui.notice_card import NoticeCard

WIDTH = 720


class CoverPage(QWidget):
    """`asked_again` on F1: without a passphrase "", else with the one typed."""

    asked_again = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self._title, self._card = QLabel(), NoticeCard()
        self._title.setProperty("role", "title")
        self.passphrase = QLineEdit()
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.passphrase.returnPressed.connect(self._ask)
        self._button = QPushButton()
        self._button.setProperty("role", "primary")
        self._button.clicked.connect(self._ask)
        inner = QVBoxLayout()
        inner.setSpacing(16)
        for part in (self._title, self._card, self.passphrase):
            inner.addWidget(part)
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
        self.passphrase.hide()
        self._button.hide()

    def show_words(self, words: Words, *, passphrase: bool) -> None:
        """Why it is not open; with a line for the passphrase where that is what is missing."""
        self._title.setText(_("The ledger is closed"))
        self._card.show_words(words)
        self._card.show()
        self.passphrase.setVisible(passphrase)
        self.passphrase.clear()
        self._button.setText(_("F1  Open") if passphrase else _("F1  Try again"))
        self._button.show()
        (self.passphrase if passphrase else self._button).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F1 and self._button.isVisible():
            self._ask()
            return
        super().keyPressEvent(event)

    @Slot()
    def _ask(self) -> None:
        self.asked_again.emit(self.passphrase.text())
