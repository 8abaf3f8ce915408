"""Names and numbers in full: shown for a reason, once the entry about it is on disk."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from checkpoint_app.domain.crossing import Crossing
from checkpoint_app.domain.errors import CheckpointError
from checkpoint_app.services.desk import Desk
from checkpoint_app.ui.tasks import Tasks


class LaneViewing(QObject):
    """`changed` when names appear or go; `failed(error)` when the entry could not be written."""

    changed = Signal()
    failed = Signal(CheckpointError)

    def __init__(self, desk: Desk, tasks: Tasks, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._tasks = desk, tasks
        self._in_full = ""

    def masks(self, crossing: Crossing | None) -> bool:
        return crossing is None or crossing.action != self._in_full

    def see_in_full(self, crossing: Crossing, *, why: str) -> None:
        """`why` is a code of `words.REASONS` or somebody's own words."""
        viewing = self._desk.viewing
        future = viewing.view(crossing.action, why=why, by=self._desk.by)
        self._tasks.watch(future, then=partial(self._show, crossing.action), failed=self.failed.emit)

    def mask(self) -> None:
        self._show("")

    def _show(self, action: str, _written: object = None) -> None:
        self._in_full = action
        self.changed.emit()
