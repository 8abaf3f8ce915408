"""What a page reads again and again: in another thread, one reading at a time, never for the last time."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Generic, TypeVar

from checkpoint_app.domain.errors import CheckpointError
from checkpoint_app.ui.tasks import Failed, Tasks

T = TypeVar("T")


class Rereading(Generic[T]):
    """`then` gets what was read, `failed` a Refusal or a Trouble, both in the window's thread."""

    def __init__(self, tasks: Tasks, *, then: Callable[[T], None], failed: Failed) -> None:
        self._tasks, self._then, self._failed = tasks, then, failed
        self._reading = self._over = False
        self._next: Callable[[], T] | None = None

    @property
    def busy(self) -> bool:
        return self._reading

    def ask(self, read: Callable[[], T]) -> None:
        """Reads now; asked while a reading runs, once more behind it, as the last one who asked wants it."""
        if self._reading:
            self._next = read
            return
        self._reading = True
        self._tasks.run(partial(self._done, read), then=self._tell)

    def end(self) -> None:
        """Whoever is told is about to be deleted: nothing is told any more."""
        self._over, self._next = True, None

    def _done(self, read: Callable[[], T]) -> Callable[[], None]:
        """In the other thread: what is left to do in the window's. A bug is raised there, not here, so that
        it is not the last reading.
        """
        try:
            return partial(self._then, read())
        except CheckpointError as error:
            return partial(self._failed, error)
        except Exception as bug:
            return partial(_raise, bug)

    def _tell(self, tell: Callable[[], None]) -> None:
        self._reading = False
        if self._over:
            return
        following, self._next = self._next, None
        try:
            tell()
        finally:
            if following is not None:
                self.ask(following)


def _raise(bug: Exception) -> None:
    raise bug
