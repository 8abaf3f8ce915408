"""The first start: five steps from nothing to a desk with its keys and its recovery sheet."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from checkpoint_app.config import Settings
from checkpoint_app.crypto.keyfile import KeyPlace
from checkpoint_app.crypto.recovery import RecoveryKey
from checkpoint_app.scanning.devices import OpenDevice
from checkpoint_app.ui.tasks import Tasks

SetUp = Callable[[Settings, KeyPlace, str | None], RecoveryKey]


class FirstStartPage(QWidget):
    """`finished(settings)` ends it; `proven(bool)` comes before: whether the words were typed back."""

    finished = Signal(object)
    proven = Signal(bool)

    def __init__(
        self,
        set_up: SetUp,
        *,
        cameras: Callable[[], Sequence[str]],
        opens: OpenDevice,
        keyring_works: Callable[[], bool],
        tasks: Tasks,
        settings: Settings,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self.settings = settings

    def close_down(self) -> None:
        """Everything that runs ends; the window calls this before it lets the page go."""

    def retranslate(self) -> None:
        """Every word in the language in use."""
