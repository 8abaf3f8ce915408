"""The passphrase of a ledger whose key is kept under one."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from checkpoint_app.ui.messages import Words


class UnlockPage(QWidget):
    """`entered(passphrase)` on F1 or Enter; the window answers by taking the page away or with `refuse`."""

    entered = Signal(str)

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")

    def refuse(self, words: Words) -> None:
        """The passphrase did not open the ledger, and why."""

    def retranslate(self) -> None:
        """Every word in the language in use."""
