"""The one thread that writes: jobs in order, each in its own transaction, none lost on the way.

A job's future resolves only after COMMIT returned. A busy file is retried for as long as it takes, the jobs
behind it wait in memory and are counted. Any other failure of the world is told at once, to that job alone;
the connection is dropped and opened again, because after a failed write nobody knows what it believes.
The log is moved into the file between jobs, never within a COMMIT that a lane waits for.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, TypeVar

from checkpoint_app.domain.errors import Trouble
from checkpoint_app.storage.engine import (
    Connection,
    DatabaseError,
    DiskFull,
    LedgerLocked,
    translated,
)

T = TypeVar("T")
PATIENCE = 3.0  # seconds a busy file is retried before the waiting jobs are counted
IDLE = 1.0  # seconds between two looks at the clock when nothing is to be written
QUIET = 0.2  # seconds without a job before the log is moved into the file
WORTH_MOVING = 200  # pages in the log; a few milliseconds of work
MOST_PAGES = 2_000  # 8 MiB: moved at once, which takes about 15 ms, so that the log stays below 16 MiB


@dataclass(slots=True)
class Job(Generic[T]):
    """`work` runs in a transaction, `done` after COMMIT and before the future; both in the writer's thread.

    `found` looks, after a failure and on a fresh connection, whether the commit turned out durable after
    all. `bare` work runs without a transaction around it (VACUUM, a new key).
    """

    work: Callable[[Connection], T]
    done: Callable[[T], None] = lambda _result: None
    found: Callable[[Connection], T | None] = lambda _connection: None
    bare: bool = False
    future: Future[T] = field(default_factory=Future)


class Writer:
    """`reopen` gives a connection and `settled` takes up its state; both run in the writer's thread."""

    def __init__(
        self,
        path: Path,
        *,
        reopen: Callable[[], Connection],
        settled: Callable[[Connection], None],
        idle: Callable[[], None],
        patience: float = PATIENCE,
    ) -> None:
        self._path, self._reopen, self._settled, self._idle = path, reopen, settled, idle
        self._patience = patience
        self._connection: Connection | None = None
        self._suspect = False
        self._unmoved = False
        self._jobs: queue.SimpleQueue[Job[object] | None] = queue.SimpleQueue()
        self._busy_since: float | None = None
        self._deadline: float | None = None
        self._guard = threading.Lock()
        self._thread = threading.Thread(target=self._serve, name="ledger-writer", daemon=True)
        self._thread.start()

    @property
    def waiting(self) -> int:
        """Jobs that wait because another program has held the file for longer than the patience."""
        since = self._busy_since
        if since is None or time.monotonic() - since < self._patience:
            return 0
        return self._jobs.qsize() + 1

    def submit(self, job: Job[T]) -> Future[T]:
        """Takes the job; never blocks. After `close` the future raises RuntimeError: a bug of the caller."""
        with self._guard:
            if self._deadline is None:
                self._jobs.put(job)  # type: ignore[arg-type]
            else:
                job.future.set_exception(RuntimeError("the ledger is closed"))
        return job.future

    def close(self, *, within: float) -> None:
        """Writes what is queued and ends the thread; what a busy file keeps out fails with LedgerLocked."""
        with self._guard:
            if self._deadline is None:
                self._deadline = time.monotonic() + within
                self._jobs.put(None)
        self._thread.join()

    def _serve(self) -> None:
        while True:
            try:
                job = self._jobs.get(timeout=QUIET if self._unmoved else IDLE)
            except queue.Empty:
                self._move_log(WORTH_MOVING)
                self._unmoved = False
                self._idle()
                continue
            if job is None:
                break
            if job.future.set_running_or_notify_cancel():
                self._carry_out(job)
                self._move_log(MOST_PAGES)
                self._unmoved = True
        if self._connection is not None:
            with suppress(DatabaseError):
                self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            self._drop()

    def _carry_out(self, job: Job[T]) -> None:
        try:
            result = self._insist(job)
        except BaseException as error:
            job.future.set_exception(error)
        else:
            job.future.set_result(result)

    def _insist(self, job: Job[T]) -> T:
        began = time.monotonic()
        while True:
            try:
                result = self._attempt(job)
            except LedgerLocked:
                self._busy_since = self._busy_since or began
                if self._deadline is not None and time.monotonic() > self._deadline:
                    raise
            except Trouble as trouble:
                self._busy_since = None
                adopted = self._recover(job, trouble)
                if adopted is None:
                    raise
                result = adopted
                break
            else:
                break
        self._busy_since = None
        job.done(result)
        return result

    def _attempt(self, job: Job[T]) -> T:
        with translated(self._path):
            connection = self._connected()
            if job.bare:
                return job.work(connection)
            connection.execute("BEGIN IMMEDIATE")
            try:
                result = job.work(connection)
                connection.execute("COMMIT")
            except BaseException:
                with suppress(DatabaseError):
                    if connection.in_transaction:
                        connection.execute("ROLLBACK")
                raise
            return result

    def _move_log(self, least: int) -> None:
        """Moves the log into the file when it has so many pages that readers do not need any more.

        After a failure of the disk the connection goes, as after a failed job.
        """
        if self._connection is None:
            return
        try:
            with translated(self._path):
                (_, pages, moved) = self._connection.execute("PRAGMA wal_checkpoint(NOOP)").fetchone()
                if pages - moved >= least:
                    self._connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
        except (DiskFull, LedgerLocked):
            return  # all is in the log and stays there
        except Trouble:
            self._drop()
            self._suspect = True

    def _connected(self) -> Connection:
        if self._connection is None:
            connection = self._reopen()
            try:
                self._take_up(connection)
            except BaseException:
                connection.close()
                raise
            self._connection = connection
        return self._connection

    def _take_up(self, connection: Connection) -> None:
        if not _empty_log(connection) and self._suspect:
            raise LedgerLocked(path=self._path, code="a reader keeps a log that may have holes")
        self._suspect = False
        self._settled(connection)

    def _recover(self, job: Job[T], trouble: Trouble) -> T | None:
        """After a failure: the job's result if its commit is on disk after all, else None."""
        if isinstance(trouble, DiskFull) and self._connection and not self._connection.in_transaction:
            return None  # rolled back cleanly; a full disk may not give us the shared memory file again
        self._drop()
        self._suspect = True
        with suppress(Trouble, DatabaseError), translated(self._path):
            return job.found(self._connected())
        return None

    def _drop(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(DatabaseError):
                connection.close()


def _empty_log(connection: Connection) -> bool:
    """Moves the log into the file and syncs it; False while a reader needs the log.

    After a failed sync the system may have dropped pages of the log it could not write. Commits behind such
    a hole would be lost with it, so nothing is acknowledged before the log is empty.
    """
    (busy, _, _) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy
