"""The lanes' own scanners, as many as are set: each text goes to its lane."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from checkpoint_app.config import Settings
from checkpoint_app.domain.errors import Trouble
from checkpoint_app.scanning.scanners import Scanner, told_apart
from checkpoint_app.ui.lanes import declared
from checkpoint_app.ui.scanner_view import ScannerView


class LaneScanners(QObject):
    """`scanned(lane, text)` for each scan; `troubled(lane, trouble)` when something gets in a scanner's way,
    with None when it no longer is. Where the system tells no scanners apart there are none, and every scan
    comes through the keyboard to the selected lane."""

    def __init__(
        self,
        *,
        scanned: Callable[[int, str], None],
        troubled: Callable[[int, Trouble | None], None],
        opens: Callable[..., Scanner] = Scanner,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._scanned, self._troubled, self._opens = scanned, troubled, opens
        self._views: dict[tuple[int, str], ScannerView] = {}

    def take(self, settings: Settings) -> None:
        """Scanners as they are set now; one that stays goes on without a pause."""
        lanes = declared(settings) if told_apart() else ()
        wanted = {(lane.number, lane.scanner) for lane in lanes if lane.scanner}
        for gone in self._views.keys() - wanted:
            missed = self._views[gone].trouble
            self._end(gone)
            if missed is not None:
                self._troubled(gone[0], None)  # nobody waits for a scanner that is no longer set
        for number, name in sorted(wanted - self._views.keys()):
            view = ScannerView(
                name,
                scanned=partial(self._scanned, number),
                troubled=partial(self._troubled, number),
                opens=self._opens,
                parent=self,
            )
            self._views[number, name] = view
            view.start()

    def trouble(self, lane: int) -> Trouble | None:
        """What is in the way of that lane's scanner now."""
        return next((view.trouble for (number, _), view in self._views.items() if number == lane), None)

    def stop(self) -> None:
        """Gives every scanner back to the system."""
        for key in tuple(self._views):
            self._end(key)

    def _end(self, key: tuple[int, str]) -> None:
        view = self._views.pop(key)
        view.stop()
        view.deleteLater()
