"""How many matters are open: for the rail, counted anew whenever something is written about one."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from checkpoint_app.domain.affairs import FAMILY_OF, Family
from checkpoint_app.domain.errors import CheckpointError
from checkpoint_app.services.desk import Desk
from checkpoint_app.storage import affairs
from checkpoint_app.storage.appending import Written
from checkpoint_app.ui.rereading import Rereading
from checkpoint_app.ui.tasks import Tasks


class OpenMatters(QObject):
    """`changed` when the count has."""

    changed = Signal()

    def __init__(self, desk: Desk, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self.count = desk, 0
        self._reading = Rereading(tasks, then=self._have, failed=self._not_read)
        self._hear_no_more = desk.ledger.on_written(
            lambda batch: tasks.post(partial(self._were_written, batch))
        )
        self._reading.ask(self._read)

    def close(self) -> None:
        self._hear_no_more()
        self._reading.end()

    def _were_written(self, batch: tuple[Written, ...]) -> None:
        if any(FAMILY_OF.get(each.kind) is Family.MATTER for each in batch):
            self._reading.ask(self._read)

    def _read(self) -> int:
        """In another thread."""
        with self._desk.ledger.reader() as reader:
            return len(affairs.names(reader, Family.MATTER, desk=self._desk.ledger.head().desk, over=False))

    def _have(self, count: int) -> None:
        if count != self.count:
            self.count = count
            self.changed.emit()

    def _not_read(self, _error: CheckpointError) -> None:
        """The count stays as it was; the lanes say what is the matter with the ledger."""
