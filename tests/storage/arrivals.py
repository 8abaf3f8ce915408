"""Entries of other desks in a ledger, put in below the file format: as landing does, without a bundle."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from checkpoint_app.domain.entry import Entry, Fact, read_header
from checkpoint_app.storage import blocks, database, deriving, marks
from checkpoint_app.storage.appending import read_entries
from checkpoint_app.storage.engine import Connection
from checkpoint_app.storage.ledger import Ledger
from tests.storage.desks import KEY, opened


def chain_of(folder: Path, desk: str, facts: Sequence[Fact], **changes: object) -> tuple[Entry, ...]:
    """A desk writes the facts; every entry of its folder, in chain order."""
    with opened(folder, desk=desk, **changes) as ledger:
        ledger.append(facts).result()
    return entries_of(folder)


def entries_of(folder: Path) -> tuple[Entry, ...]:
    with database.open_reader(folder, KEY) as connection:
        return tuple(read_entries(connection))


def place(connection: Connection, entries: Sequence[Entry]) -> list[tuple[int, int]]:
    """Puts entries of other chains into the tables, withheld; their ranges of local ids."""
    ids = sorted(_put(connection, entry) for entry in entries)
    ranges: list[tuple[int, int]] = []
    for one in ids:
        if ranges and ranges[-1][1] == one - 1:
            ranges[-1] = (ranges[-1][0], one)
        else:
            ranges.append((one, one))
    connection.executemany("INSERT INTO withheld VALUES(?, ?, 'arriving', '')", ranges)
    return ranges


def show(connection: Connection, ranges: Sequence[tuple[int, int]]) -> None:
    """Brings them into sight."""
    deriving.apply(connection, deriving.prepare(connection, ranges))
    connection.executemany("DELETE FROM withheld WHERE low = ?", [(low,) for low, _ in ranges])


def land(ledger: Ledger, entries: Sequence[Entry]) -> list[tuple[int, int]]:
    """Both, in one transaction; the ranges."""

    def work(connection: Connection) -> list[tuple[int, int]]:
        ranges = place(connection, entries)
        show(connection, ranges)
        return ranges

    return ledger.transact(work).result()


def _put(connection: Connection, entry: Entry) -> int:
    header = read_header(entry.header)
    place = (header.desk, header.epoch)
    connection.execute(
        "INSERT OR IGNORE INTO chain_number SELECT ?, ?, ifnull(max(number), 0) + 1, 0 FROM chain_number",
        place,
    )
    (number,) = connection.execute(
        "SELECT number FROM chain_number WHERE desk = ? AND epoch = ?", place
    ).fetchone()
    ident = blocks.start_of(number) + header.seq
    connection.execute(
        "INSERT INTO entry(id, header, public, personal, salt, hash) VALUES(?, ?, ?, ?, ?, ?)",
        (
            ident,
            entry.header.decode(),
            entry.public.decode(),
            entry.personal.decode() if entry.personal is not None else None,
            entry.salt,
            entry.hash,
        ),
    )
    connection.executemany("INSERT INTO mark VALUES(?, ?, ?)", marks.marks_of(connection, ident, ident))
    return ident
