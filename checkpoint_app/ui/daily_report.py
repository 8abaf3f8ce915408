"""The day's report: reminded of in the top bar from its hour on, and made without anybody asking once a lead
is signed on. Nothing opens in front of anybody.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from threading import Event

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from checkpoint_app.domain.errors import CheckpointError
from checkpoint_app.domain.outages import PRINTING
from checkpoint_app.i18n import _
from checkpoint_app.services.desk import Desk
from checkpoint_app.ui.rereading import Rereading
from checkpoint_app.ui.tasks import Tasks
from checkpoint_app.ui.top_bar import Tag

LOOK_EVERY_MS = 60_000


class DailyReport(QObject):
    """Looks once a minute, for the first time a minute after the start; `changed` when its tag has.

    A report that could not be written is tried again by hand only: its entry stands, and the tag says so.
    """

    changed = Signal()

    def __init__(self, desk: Desk, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._tasks = desk, tasks
        self._due: int | None = None
        self._writing = self._failed = False
        self._stop = Event()
        self._reading = Rereading(tasks, then=self._have, failed=self._not_read)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(LOOK_EVERY_MS)

    @property
    def tag(self) -> Tag | None:
        """What the top bar says of it."""
        if self._failed:
            return Tag("alert-triangle", _("Day's report not written"))
        if self._due is not None and not self._writing:
            return Tag("clock-exclamation", _("Day's report due"))
        return None

    @Slot()
    def look(self) -> None:
        """Whether a report is due by now."""
        if not self._writing:
            self._reading.ask(partial(_due, self._desk))

    def close(self) -> None:
        """Ends what is being made; nothing is left of it then."""
        self._timer.stop()
        self._stop.set()
        self._reading.end()

    def _have(self, due: int | None) -> None:
        from checkpoint_app.services import daily

        self._failed &= due is None
        if due is None or not daily.may_write(self._desk):
            self._show(due)
            return
        self._writing, by = True, self._desk.by
        self._show(due)
        self._tasks.run_long(
            lambda: daily.write_due(self._desk, due, progress=self._going, by=by),
            then=self._written,
            failed=self._not_written,
        )

    def _going(self, _done: int, _of: int) -> bool:
        """In another thread."""
        return not self._stop.is_set()

    def _written(self, _path: Path | None) -> None:
        self._writing = False
        self._show(None)

    def _not_written(self, _error: CheckpointError) -> None:
        self._writing, self._failed = False, True
        self._desk.outages.failed(PRINTING)
        self._show(None)

    def _show(self, due: int | None) -> None:
        self._due = due
        if not self._stop.is_set():
            self.changed.emit()

    def _not_read(self, _error: CheckpointError) -> None:
        """The tag stays as it was; the lanes say what is the matter with the ledger."""


def _due(desk: Desk) -> int | None:
    """In another thread, which loads what makes sheets: the window does not wait for it at the start."""
    from checkpoint_app.services import daily

    return daily.is_due(desk, hour=desk.settings.daily_hour)
