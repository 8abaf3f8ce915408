"""What every step of the first start has in common."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from checkpoint_app.config import Settings


class SetupStep(QWidget):
    """One step: it shows settings, changes them, and says what is in the way of the next one."""

    changed = Signal()

    def title(self) -> str:
        raise NotImplementedError

    def about(self) -> str:
        """The line under the title."""
        raise NotImplementedError

    def retranslate(self) -> None:
        """Every word in the language in use."""

    def show_settings(self, settings: Settings) -> None:
        """Shows what is already known."""

    def filled(self, settings: Settings) -> Settings:
        """The settings with what was answered here."""
        return settings

    def obstacle(self) -> QWidget | None:
        """Where something is missing, its words shown beside it; None when the step is answered."""
        return None

    def enter(self) -> None:
        """It is shown now."""

    def leave(self) -> None:
        """It is not shown any more."""
