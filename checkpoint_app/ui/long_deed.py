"""One deed that takes its time, in another thread: how far it is, and its end before time."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

from checkpoint_app.ui.tasks import Failed, Tasks

T = TypeVar("T")


class LongDeed:
    """`changed` is called in the window's thread when there is something new to show, once however often the
    deed told of itself meanwhile.
    """

    def __init__(self, tasks: Tasks, *, changed: Callable[[], None]) -> None:
        self._tasks, self._changed = tasks, changed
        self._stop = threading.Event()
        self._told = False
        self.running = False
        self.step = ""
        self.done, self.of = 0, 0

    @property
    def share(self) -> float:
        """0 to 1."""
        return min(1.0, self.done / self.of) if self.of else 0.0

    @property
    def percent(self) -> str:
        return f"{int(100 * self.share)}%"

    @property
    def ending(self) -> bool:
        """Whether it was told to stop and has not yet."""
        return self.running and self._stop.is_set()

    def begin(self, work: Callable[[], T], *, then: Callable[[T], None], failed: Failed) -> None:
        """Does nothing while another one runs."""
        if self.running:
            return
        self._stop.clear()
        self.running, self.step, self.done, self.of = True, "", 0, 0

        def over(result: T) -> None:
            self.running = False
            then(result)

        def gone(error: Exception) -> None:
            self.running = False
            failed(error)  # type: ignore[arg-type]

        self._tasks.run_long(work, then=over, failed=gone)
        self._changed()

    def cancel(self) -> None:
        self._stop.set()
        self._changed()

    def progress(self, done: int, of: int) -> bool:
        """In the other thread; False: stop."""
        self.done, self.of = done, of
        self._tell()
        return not self._stop.is_set()

    def begin_step(self, step: str) -> None:
        """In the other thread: what comes now; the share is that of the whole."""
        self.step = step
        self._tell()

    def _tell(self) -> None:
        if not self._told:
            self._told = True
            self._tasks.post(self._show)

    def _show(self) -> None:
        self._told = False
        if self.running:
            self._changed()
