"""Work off the window's thread, and the way back: results wait in a box, one signal rings for all of them."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from checkpoint_app.domain.errors import CheckpointError

T = TypeVar("T")
Failed = Callable[[CheckpointError], None]


class Tasks(QObject):
    """Belongs to the window's thread; `post` may be called from any.

    What fails with a Refusal or a Trouble goes to `failed`; everything else is raised in the window's thread,
    where the crash strip shows it.
    """

    _rung = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._calls: deque[Callable[[], None]] = deque()
        self._guard = threading.Lock()
        self._pool = ThreadPoolExecutor(2, thread_name_prefix="task")
        self._long = ThreadPoolExecutor(2, thread_name_prefix="long")
        self._open = True
        self._rung.connect(self._answer, Qt.ConnectionType.QueuedConnection)

    def run(self, work: Callable[[], T], *, then: Callable[[T], None], failed: Failed | None = None) -> None:
        """Does `work` in another thread, then calls `then` with its result in this one."""
        if self._open:
            self.watch(self._pool.submit(work), then=then, failed=failed)

    def run_long(
        self, work: Callable[[], T], *, then: Callable[[T], None], failed: Failed | None = None
    ) -> None:
        """The same for what takes seconds, a sheet or a proof: no reading of a page waits behind it."""
        if self._open:
            self.watch(self._long.submit(work), then=then, failed=failed)

    def at_once(
        self, work: Callable[[], T], *, then: Callable[[T], None], failed: Failed | None = None
    ) -> None:
        """The same in a thread of its own: for what somebody stands and waits for while long work goes on."""
        future: Future[T] = Future()

        def do() -> None:
            try:
                future.set_result(work())
            except BaseException as error:
                future.set_exception(error)

        if self._open:
            self.watch(future, then=then, failed=failed)
            threading.Thread(target=do, name="at-once", daemon=True).start()

    def watch(self, future: Future[T], *, then: Callable[[T], None], failed: Failed | None = None) -> None:
        """Calls back in this thread once `future` is done, whoever resolves it."""
        future.add_done_callback(lambda done: self.post(partial(_tell, done, then, failed)))

    def post(self, call: Callable[[], None]) -> None:
        """Has `call` made in the window's thread; the signal is emitted once however many are waiting."""
        with self._guard:
            waiting = bool(self._calls)
            self._calls.append(call)
        if not waiting and self._open:
            self._rung.emit()

    def close(self) -> None:
        """Waits for what runs; nothing is called back any more."""
        self._open = False
        for pool in (self._pool, self._long):
            pool.shutdown(wait=True, cancel_futures=True)
        with self._guard:
            self._calls.clear()

    @Slot()
    def _answer(self) -> None:
        with self._guard:
            calls, self._calls = self._calls, deque()
        while calls and self._open:
            call = calls.popleft()
            try:
                call()
            except BaseException:
                self._put_back(calls)
                raise

    def _put_back(self, calls: deque[Callable[[], None]]) -> None:
        """One call failed: the others are made all the same."""
        with self._guard:
            self._calls.extendleft(reversed(calls))
            waiting = bool(self._calls)
        if waiting:
            self._rung.emit()


def _tell(done: Future[T], then: Callable[[T], None], failed: Failed | None) -> None:
    if done.cancelled():
        return
    error = done.exception()
    if error is None:
        then(done.result())
    elif isinstance(error, CheckpointError) and failed:
        failed(error)
    else:
        raise error
