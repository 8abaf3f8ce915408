"""The one bridge between a lane's own scanner and the window."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal, Slot

from checkpoint_app.domain.errors import Trouble
from checkpoint_app.scanning.scanners import Scanner


class ScannerView(QObject):
    """Calls `scanned` in the window's thread for each text, and `troubled` when something gets in the
    scanner's way, or with None when it no longer is.

    The signal has no argument and is emitted once until somebody looked: none can pile up.
    """

    _rung = Signal()

    def __init__(
        self,
        name: str,
        *,
        scanned: Callable[[str], None],
        troubled: Callable[[Trouble | None], None],
        opens: Callable[..., Scanner] = Scanner,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.trouble: Trouble | None = None
        self._scanned, self._troubled = scanned, troubled
        self._over = False
        self._texts: deque[str] = deque()
        self._rung.connect(self._look, Qt.ConnectionType.QueuedConnection)
        self._scanner = opens(name, on_heard=self._rung.emit)

    def start(self) -> None:
        self._scanner.start()

    def stop(self) -> None:
        """Gives the scanner back; nothing is told afterwards."""
        self._over = True
        self._scanner.stop()

    @Slot()
    def _look(self) -> None:
        if self._over:
            return
        heard = self._scanner.heard()
        if heard.trouble is not self.trouble:
            self.trouble = heard.trouble
            self._troubled(heard.trouble)
        self._texts.extend(heard.texts)
        try:
            while self._texts:
                self._scanned(self._texts.popleft())
        finally:
            if self._texts:
                self._rung.emit()  # a bug behind one text costs no other
