"""The steps of a landing: each holds the writer for some milliseconds; between two anybody may write."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from checkpoint_app.domain import shapes
from checkpoint_app.domain.intervals import Span
from checkpoint_app.storage import arrivals, chains, marks, shaping, withheld
from checkpoint_app.storage.arrivals import Arrival
from checkpoint_app.storage.arriving import Part
from checkpoint_app.storage.engine import Connection
from checkpoint_app.storage.erasures import Orders
from checkpoint_app.storage.ledger import Ledger
from checkpoint_app.storage.staging import Row, Staging

CHUNK = 5_000
"""Entries whose marks are sorted together: neighbours in the index are written together."""
FEWEST, MOST = 20, 20_000
FIRST = 100
STEP_MS = 10.0
QUIET_STEP_MS = 200.0
"""What a step may take while no lane is open."""

Progress = Callable[[int, int], bool]
"""Gets entries done and in all; False ends the work."""


def always(_done: int, _all: int) -> bool:
    return True


@dataclass(slots=True)
class Pace:
    """How many rows a step may have so that it holds the writer for about `step_ms`."""

    step_ms: float
    rows: int = FIRST
    longest: float = 0.0

    def took(self, rows: int, seconds: float) -> None:
        """What the last step held; twice as many rows at most the next time."""
        ms = max(seconds * 1000, 0.01)
        self.longest = max(self.longest, ms)
        fitting = int(rows * self.step_ms / ms)
        self.rows = max(FEWEST, min(fitting, 2 * self.rows, MOST))


@dataclass(slots=True)
class Steps:
    """Writes rows for one landing, at a pace for each table."""

    ledger: Ledger
    step_ms: float
    progress: Progress
    erased: Orders = field(default_factory=lambda: Orders({}))
    """What must not come in again."""
    done: int = 0
    _paces: dict[str, Pace] = field(default_factory=dict)

    @property
    def longest(self) -> float:
        """The longest time one step held the writer, ms."""
        return max((pace.longest for pace in self._paces.values()), default=0.0)

    def insert(self, staged: Staging, arrival: Arrival, parts: Sequence[Part]) -> bool:
        """Everything of the parts into its table; False when somebody said no."""
        whole = arrival.manifest.count
        return all(self._insert_part(staged, arrival, part, whole=whole) for part in parts)

    def take_back(self, arrival: Arrival) -> None:
        """Takes out whatever is here of a bundle that is not finished."""
        for low, high in arrival.ids:
            for first in range(low, high + 1, CHUNK):
                ids = list(range(first, min(first + CHUNK, high + 1)))
                self._write("back", [(ident,) for ident in ids], _take_out)

        def end(connection: Connection) -> None:
            connection.execute("DELETE FROM fork WHERE bundle = ?", (arrival.key,))
            withheld.reveal(connection, bundle=arrival.key)
            arrivals.drop(connection, arrival)

        self.ledger.transact(end).result()

    def run(self, what: str, rows: Sequence[tuple[object, ...]], statements: Sequence[str]) -> None:
        """The statements for every row, in order."""

        def work(connection: Connection, step: Sequence[tuple[object, ...]]) -> None:
            for statement in statements:
                connection.executemany(statement, step)

        self._write(what, rows, work)

    def mark(self, ranges: Sequence[withheld.Ids]) -> None:
        """What these ids are found by, into the search index."""
        pace = self._paces.setdefault("mark", Pace(self.step_ms))
        for low, high in ranges:
            at = low
            while at <= high:
                end = min(high, at + pace.rows - 1)
                began = self.ledger.transact(_marking(at, end)).result()
                pace.took(end - at + 1, time.perf_counter() - began)
                at = end + 1

    def _insert_part(self, staged: Staging, arrival: Arrival, part: Part, *, whole: int) -> bool:
        with self.ledger.unveiled() as reader:
            start = chains.known_start(reader, part.desk, part.epoch)
        for chunk in _chunks(part.new):
            rows = self._allowed(part.desk, staged.rows(part.desk, part.epoch, chunk))
            self._write("entry", [(start + row[0], *row[1:]) for row in rows], _insert)
            self._write("odd", _odd(staged, part, chunk, start, rows), shaping.note)
            self.mark([(start + chunk[0], start + chunk[1])])
            self.done += len(rows)
            if not self.progress(self.done, whole):
                return False
        self._set_aside(staged, arrival, part)
        self.done += part.present + part.forked
        return self.progress(self.done, whole)

    def _allowed(self, desk: str, rows: list[Row]) -> list[Row]:
        """The same without personal parts that were erased."""
        return [self._without_erased(desk, row) for row in rows] if self.erased.before else rows

    def _without_erased(self, desk: str, row: Row) -> Row:
        if row[3] is None:
            return row
        header = json.loads(row[1])
        covered = self.erased.covers(desk, header["kind"], header["happened"])
        return (*row[:3], None, None, row[5]) if covered else row

    def _set_aside(self, staged: Staging, arrival: Arrival, part: Part) -> None:
        now = self.ledger.now()
        for numbers, settled in ((part.aside, None), (part.against, now)):
            for chunk in _chunks(numbers):
                rows = self._allowed(part.desk, staged.rows(part.desk, part.epoch, chunk))
                self._write(
                    "fork",
                    [(part.desk, part.epoch, *_as_fork(row), now, settled, arrival.key) for row in rows],
                    _fork,
                )

    def fill_in(self, connection: Connection, staged: Staging, part: Part) -> None:
        """Personal parts that were missing here: all of them at once, for what is taken back must not have
        left any.
        """
        start = chains.known_start(connection, part.desk, part.epoch)
        for chunk in _chunks(part.fill):
            rows = self._allowed(part.desk, staged.rows(part.desk, part.epoch, chunk))
            found = [(row[3], row[4], part.desk, part.epoch, row[0]) for row in rows if row[3] is not None]
            _fill_in(connection, found)
            shaping.note(connection, _odd(staged, part, chunk, start, rows))
            marks.put_marks(connection, start + chunk[0], start + chunk[1])

    def _write(
        self,
        what: str,
        rows: Sequence[tuple[object, ...]],
        work: Callable[[Connection, Sequence[tuple[object, ...]]], None],
    ) -> None:
        pace = self._paces.setdefault(what, Pace(self.step_ms))
        at = 0
        while at < len(rows):
            step = rows[at : at + pace.rows]
            began = self.ledger.transact(_timed(work, step)).result()
            pace.took(len(step), time.perf_counter() - began)
            at += len(step)


def _timed(
    work: Callable[[Connection, Sequence[tuple[object, ...]]], None], rows: Sequence[tuple[object, ...]]
) -> Callable[[Connection], float]:
    def timed(connection: Connection) -> float:
        began = time.perf_counter()
        work(connection, rows)
        return began

    return timed


def _marking(low: int, high: int) -> Callable[[Connection], float]:
    def timed(connection: Connection) -> float:
        began = time.perf_counter()
        marks.put_marks(connection, low, high)
        return began

    return timed


def _odd(
    staged: Staging, part: Part, chunk: Span, start: int, rows: Sequence[Row]
) -> list[tuple[object, ...]]:
    """Local ids and odd parts, of those parts that are among the rows."""
    bare = {row[0] for row in rows if row[3] is None}
    return [
        (start + seq, odd & shapes.PUBLIC if seq in bare else odd)
        for seq, odd in staged.odd(part.desk, part.epoch, chunk)
    ]


def _insert(connection: Connection, rows: Sequence[tuple[object, ...]]) -> None:
    connection.executemany(
        "INSERT OR IGNORE INTO entry(id, header, public, personal, salt, hash) VALUES(?, ?, ?, ?, ?, ?)", rows
    )


def _fork(connection: Connection, rows: Sequence[tuple[object, ...]]) -> None:
    connection.executemany(
        "INSERT OR IGNORE INTO fork(desk, epoch, seq, hash, header, public, personal, salt, found, settled,"
        " bundle) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        rows,
    )


def _fill_in(connection: Connection, rows: Sequence[tuple[object, ...]]) -> None:
    connection.executemany(
        "UPDATE entry SET personal = ?, salt = ?"
        " WHERE desk = ? AND epoch = ? AND seq = ? AND personal IS NULL AND id >= 134217728",
        rows,
    )


def _take_out(connection: Connection, rows: Sequence[tuple[object, ...]]) -> None:
    connection.executemany(
        "UPDATE entry SET personal = NULL, salt = NULL WHERE id = ? AND personal IS NOT NULL", rows
    )
    connection.executemany("DELETE FROM entry WHERE id = ?", rows)


def _as_fork(row: Row) -> tuple[object, ...]:
    """Number, hash, header, public part, personal part, salt."""
    seq, header, public, personal, salt, digest = row
    return (seq, digest, header, public, personal, salt)


def _chunks(numbers: Sequence[Span]) -> Iterator[Span]:
    for first, last in numbers:
        for at in range(first, last + 1, CHUNK):
            yield at, min(at + CHUNK - 1, last)
