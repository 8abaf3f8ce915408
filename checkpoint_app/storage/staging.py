"""Entries of a bundle that is still being proved: in a file of their own, under the ledger's key.

The file lies in the data folder, is never backed up and is deleted afterwards. An entry's id in it is the
number of its chain within the bundle, from 1, times `blocks.BLOCK`, plus its own number.
"""

from __future__ import annotations

import json
import os
import secrets
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any

from checkpoint_app.domain import exchange, facts, shapes
from checkpoint_app.storage import blocks, engine
from checkpoint_app.storage.checked import Checked
from checkpoint_app.storage.engine import DiskFailed, translated

FOLDER = "staging"
SUFFIX = ".db"
NOTED = frozenset(
    {
        facts.OUTCOME_UNDONE,
        facts.CROSSING_AMENDED,
        facts.ERASED,
        facts.SEALED,
        exchange.BUNDLE_RECEIVED,
        exchange.DATA_PUBLISHED,
    }
)
"""Kinds that are looked for by name before and after landing."""

_TABLES = (
    "CREATE TABLE chain(n INTEGER PRIMARY KEY, desk TEXT, epoch TEXT, UNIQUE(desk, epoch)) STRICT",
    """
CREATE TABLE staged(
  id INTEGER PRIMARY KEY, header TEXT, public TEXT, personal TEXT, salt BLOB, hash BLOB, prev TEXT,
  odd INTEGER
) STRICT
""",
    "CREATE TABLE noted(id INTEGER PRIMARY KEY, kind TEXT) STRICT",
    f"PRAGMA application_id = {engine.APPLICATION_ID}",
)

TURN = 0.0005
"""Seconds a thread that computes keeps the interpreter when another wants it: with the usual 5 ms a lane's
writer, which asks for it at each statement, would wait for an import that checks entries."""
USUAL_TURN = sys.getswitchinterval()

Row = tuple[int, str, str, str | None, bytes | None, bytes]
"""Id, header, public part, personal part, salt, hash."""


class Staging:
    """One bundle's entries; `counts` are those added here, by desk and kind. One thread at a time."""

    def __init__(self, folder: Path, key: bytes, *, name: str = "") -> None:
        self.name = name or secrets.token_hex(8)
        self.path = folder / FOLDER / (self.name + SUFFIX)
        self.counts: Counter[tuple[str, str]] = Counter()
        self._chains: dict[tuple[str, str], int] = {}
        self._make_folder()
        self._connection = engine.connect_scratch(self.path, key)
        with translated(self.path):
            self._take_up(new=not name)
        sys.setswitchinterval(TURN)

    def __enter__(self) -> Staging:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def add(self, batch: Sequence[Checked]) -> None:
        """Keeps what was verified so far; raises the Troubles of the disk."""
        rows = [self._row(checked) for checked in batch]
        pairs = zip(rows, batch, strict=True)
        noted = [(row[0], checked.kind) for row, checked in pairs if checked.kind in NOTED]
        self.counts.update((checked.desk, checked.kind) for checked in batch)
        with translated(self.path):
            self._connection.execute("BEGIN")
            self._connection.executemany("INSERT INTO staged VALUES(?, ?, ?, ?, ?, ?, ?, ?)", rows)
            self._connection.executemany("INSERT INTO noted VALUES(?, ?)", noted)
            self._connection.execute("COMMIT")

    def secure(self) -> None:
        """On disk, whatever happens next; raises DiskFailed."""
        try:
            descriptor = os.open(self.path, os.O_RDWR)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
        except OSError as error:
            raise DiskFailed(path=self.path, code=error.strerror) from error

    def rows(self, desk: str, epoch: str, span: tuple[int, int], *, limit: int = -1) -> list[Row]:
        """Entries of a chain by number; the id is the number."""
        what = "id & ?, header, public, personal, salt, hash"
        return list(self._read(what, desk, epoch, span, limit=limit))

    def links(self, desk: str, epoch: str, span: tuple[int, int]) -> Iterator[tuple[int, str, str, bool]]:
        """Number, hash and the hash before it, in hex, and whether there is a personal part."""
        return self._read("id & ?, lower(hex(hash)), prev, personal IS NOT NULL", desk, epoch, span)

    def odd(self, desk: str, epoch: str, span: tuple[int, int]) -> list[tuple[int, int]]:
        """Number and odd parts (see `domain.shapes`) of those entries that have any."""
        return [row for row in self._read("id & ?, odd", desk, epoch, span) if row[1]]

    def size(self) -> int:
        """How many entries are here."""
        with translated(self.path):
            return int(self._connection.execute("SELECT count(*) FROM staged").fetchone()[0])

    def begun(self, desk: str, epoch: str) -> int:
        """When the chain began by its first entry, ms UTC; 0 when that is not here."""
        first = self.rows(desk, epoch, (1, 1))
        return int(json.loads(first[0][1])["written"]) if first else 0

    def noted(self, kind: str) -> list[tuple[str, str, int, str, str]]:
        """Desk, epoch, number, header and public part of the entries of one of the kinds in NOTED that have
        the shape of it; a seal is believed by its signature alone."""
        with translated(self.path):
            return self._connection.execute(
                "SELECT chain.desk, chain.epoch, noted.id & ?1, header, public FROM noted"
                " JOIN staged USING(id) JOIN chain ON chain.n = noted.id / ?2"
                " WHERE kind = ?3 AND (kind = ?4 OR NOT odd & ?5) ORDER BY noted.id",
                (blocks.BLOCK - 1, blocks.BLOCK, kind, facts.SEALED, shapes.PUBLIC),
            ).fetchall()

    def close(self) -> None:
        """Deletes the file; harmless when repeated."""
        self.leave()
        for suffix in ("", "-wal", "-shm", "-journal"):
            with suppress(OSError):
                self.path.with_name(self.path.name + suffix).unlink()

    def leave(self) -> None:
        """Closes the file and lets it lie."""
        sys.setswitchinterval(USUAL_TURN)
        with suppress(engine.DatabaseError):
            self._connection.close()

    def _make_folder(self) -> None:
        try:
            self.path.parent.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise DiskFailed(path=self.path.parent, code=error.strerror) from error

    def _take_up(self, *, new: bool) -> None:
        for statement in _TABLES if new else ():
            self._connection.execute(statement)
        known = self._connection.execute("SELECT desk, epoch, n FROM chain").fetchall()
        self._chains = {(desk, epoch): n for desk, epoch, n in known}

    def _row(self, checked: Checked) -> tuple[object, ...]:
        place = self._number(checked.desk, checked.epoch) * blocks.BLOCK + checked.seq
        personal = None if checked.personal is None else checked.personal.decode()
        parts = (checked.header.decode(), checked.public.decode(), personal, checked.salt, checked.hash)
        return (place, *parts, checked.prev, checked.odd)

    def _number(self, desk: str, epoch: str) -> int:
        found = self._chains.get((desk, epoch))
        if found is None:
            found = self._chains[desk, epoch] = len(self._chains) + 1
            with translated(self.path):
                self._connection.execute("INSERT INTO chain VALUES(?, ?, ?)", (found, desk, epoch))
        return found

    def _read(
        self, what: str, desk: str, epoch: str, span: tuple[int, int], *, limit: int = -1
    ) -> Iterator[Any]:
        start = blocks.start_of(self._number(desk, epoch))
        with translated(self.path):
            yield from self._connection.execute(
                f"SELECT {what} FROM staged WHERE id BETWEEN ? AND ? ORDER BY id LIMIT ?",  # noqa: S608
                (blocks.BLOCK - 1, start + span[0], start + span[1], limit),
            )


def left_behind(folder: Path, *, but: frozenset[str] = frozenset()) -> tuple[Path, ...]:
    """Files of bundles that were never finished, except those named."""
    return tuple(path for path in sorted((folder / FOLDER).glob("*" + SUFFIX)) if path.stem not in but)
