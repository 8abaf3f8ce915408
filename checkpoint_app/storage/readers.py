"""Connections that only read, kept warm between uses, none of which may hold the file for long."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from checkpoint_app.storage.engine import Connection, DatabaseError, translated

LONGEST = 5.0  # seconds: whoever holds a snapshot longer keeps forgotten values and the log alive
KEPT = 4
_STEPS = 20_000  # virtual machine steps between two looks at the time, a few milliseconds


class Readers:
    """`connect` opens one more connection when none is idle."""

    def __init__(self, path: Path, connect: Callable[[], Connection], *, longest: float = LONGEST) -> None:
        self._path, self._connect, self._longest = path, connect, longest
        self._idle: list[Connection] = []
        self._guard = threading.Lock()
        self._generation = 0

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that raises ReadTooLong when its work exceeds the limit."""
        with self._guard:
            generation = self._generation
            connection = self._idle.pop() if self._idle else None
        connection = connection or self._connect()
        deadline = time.monotonic() + self._longest
        connection.set_progress_handler(lambda: time.monotonic() > deadline, _STEPS)
        whole = False
        try:
            with translated(self._path):
                yield connection
            whole = True
        finally:
            self._give_back(connection, generation if whole else -1)

    def close(self) -> None:
        """Closes the idle ones; those in use are closed when they come back."""
        with self._guard:
            idle, self._idle = self._idle, []
            self._generation += 1
        for connection in idle:
            connection.close()

    def _give_back(self, connection: Connection, generation: int) -> None:
        with suppress(DatabaseError):
            connection.set_progress_handler(None, 0)
            if connection.in_transaction:
                connection.execute("ROLLBACK")
        with self._guard:
            if generation == self._generation and len(self._idle) < KEPT:
                self._idle.append(connection)
                return
        connection.close()
