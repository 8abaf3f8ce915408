"""Esc: a tap, or held long enough to undo."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from checkpoint_app.ui.lane_work import counter

UNDO_HOLD_MS = 600
HOLD_STEP_MS = 100


class EscHold(QObject):
    """`held` once after 0.6 s, `tapped` when let go before; `changed` while it runs."""

    held = Signal()
    tapped = Signal()
    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._since: int | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(HOLD_STEP_MS)
        self._timer.timeout.connect(self._step)

    @property
    def shown(self) -> str:
        """How long it has been held, "" when it is not."""
        if self._since is None:
            return ""
        return f"{min(counter() - self._since, UNDO_HOLD_MS) / 1000:.1f} s"

    def press(self) -> None:
        if self._since is None:
            self._since = counter()
            self._timer.start()

    def release(self) -> None:
        if self._since is not None:
            self.stop()
            self.tapped.emit()

    def stop(self) -> None:
        self._since = None
        self._timer.stop()

    @Slot()
    def _step(self) -> None:
        if self._since is not None and counter() - self._since >= UNDO_HOLD_MS:
            self.stop()
            self.held.emit()
        self.changed.emit()
