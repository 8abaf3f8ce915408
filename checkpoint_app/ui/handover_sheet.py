"""Once a shift is closed: its sheet is written beside the work, with progress, and printed."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from checkpoint_app.domain.errors import CheckpointError
from checkpoint_app.i18n import _
from checkpoint_app.services import printing, reporting
from checkpoint_app.services.desk import Desk
from checkpoint_app.services.retention import PRINTED
from checkpoint_app.ui.tasks import Tasks

EVERY_S = 0.1
REST_MS = 1_000
"""So soon behind a print the same key was meant once."""


class HandoverSheet(QObject):
    """`progressed(done, of)` at most ten times a second, `written()` once the file is there, `ended()` when
    somebody ended it, `failed(error)`, `printed(path)` once the printer has taken it, `rested()` when a copy
    may be written.
    """

    progressed = Signal(int, int)
    written = Signal()
    ended = Signal()
    failed = Signal(object)
    printed = Signal(object)
    rested = Signal()

    def __init__(
        self,
        desk: Desk,
        tasks: Tasks,
        *,
        send: Callable[[Path], None] = printing.send_to_printer,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.desk, self.tasks, self._send = desk, tasks, send
        self.path: Path | None = None
        self.writing = self.sending = self.given = False
        self._stopped = False
        self._told = 0.0
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._rest_over)

    def forget(self) -> None:
        """Another handover is shown now."""
        self.path, self.given = None, False

    def write(self, shift: str) -> None:
        if self.writing:
            return
        self.writing, self._stopped, self.path = True, False, None
        self.tasks.run_long(lambda: self._write(shift), then=self._done, failed=self._not_done)

    def stop(self) -> None:
        """No file is left behind."""
        self._stopped = True
        self._rest.stop()

    @property
    def busy(self) -> bool:
        return self.writing or self.sending

    @property
    def word(self) -> str:
        """What the next press does."""
        if self.path or self.sending:
            return _("Print")
        return _("Write a copy") if self.given else _("Write the sheet")

    def print(self) -> None:
        """Once: whoever wants another has a copy written, which says so."""
        path = self.path
        if path is not None and not self.busy:
            self.sending = True
            self.tasks.run(lambda: self._sent(path), then=self._have_sent, failed=self._not_done)

    def _sent(self, path: Path) -> Path:
        self._send(path)
        return path

    def _write(self, shift: str) -> Path | None:
        folder = self.desk.folder / PRINTED
        folder.mkdir(parents=True, exist_ok=True)
        return reporting.print_handover(self.desk, shift, folder, progress=self._so_far, by=self.desk.by)

    def _so_far(self, done: int, of: int) -> bool:
        now = time.monotonic()
        if now - self._told >= EVERY_S:
            self._told = now
            self.tasks.post(lambda: self.progressed.emit(done, of))
        return not self._stopped

    def _done(self, path: Path | None) -> None:
        self.writing, self.path = False, path
        (self.ended if path is None else self.written).emit()

    def _have_sent(self, path: Path) -> None:
        self.path, self.given = None, True
        self._rest.start()
        self.printed.emit(path)

    @Slot()
    def _rest_over(self) -> None:
        self.sending = False
        self.rested.emit()

    def _not_done(self, error: CheckpointError) -> None:
        self.writing = self.sending = False
        self.failed.emit(error)
