"""The shift page: opens a shift by names, shows it, closes it and gives its seal to copy."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from checkpoint_app.services.desk import Desk
from checkpoint_app.services.lane import Lane
from checkpoint_app.ui.tasks import Tasks


class ShiftPage(QWidget):
    """`opened` and `closed` come after the entry is on disk; `Desk.by` says who acts from then on."""

    opened = Signal()
    closed = Signal()

    def __init__(self, desk: Desk, *, lane: Lane, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self.desk, self.lane, self.tasks = desk, lane, tasks

    def reload(self) -> None:
        """Reads the shift anew; the window calls this whenever the page is shown."""

    def retranslate(self) -> None:
        """Every word in the language in use."""
