"""A pulse in the window's own thread: how long it could not answer."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, Qt, QTimer, Slot

EVERY_MS = 5


class Heartbeat(QObject):
    """Beats every 5 ms; what is more than that between two beats is time in which nothing was answered."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.late: list[float] = []
        self._last: float | None = None
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self._beat)

    def start(self) -> None:
        """Forgets what was measured and beats."""
        self.late, self._last = [], None
        self._timer.start()

    def stop(self) -> list[float]:
        """Milliseconds by which each beat was late."""
        self._timer.stop()
        return self.late

    @Slot()
    def _beat(self) -> None:
        now = time.perf_counter()
        if self._last is not None:
            self.late.append(max(0.0, (now - self._last) * 1000 - EVERY_MS))
        self._last = now
