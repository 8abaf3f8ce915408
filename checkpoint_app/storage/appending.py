"""Entries into the table, and back out of it: what one transaction adds to one chain."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from checkpoint_app.crypto.desk import DeskKey
from checkpoint_app.domain.chain import seal_fact
from checkpoint_app.domain.entry import SALT_BYTES, Entry, Fact, Head, Stamp, build, seal_message
from checkpoint_app.domain.facts import ACTION_CONFIRMED, OUTCOME_UNDONE, By
from checkpoint_app.storage import blocks
from checkpoint_app.storage.engine import Connection

RECENT = 1000
_WRITTEN = "seq, epoch, lower(hex(hash)), header ->> '$.action', kind, happened, header ->> '$.written'"


@dataclass(frozen=True, slots=True)
class Written:
    """What is on disk; `hash` is hex, times are ms UTC."""

    seq: int
    epoch: str
    hash: str
    action: str
    kind: str
    happened: int
    written: int


@dataclass(slots=True)
class Appending:
    """One transaction's additions after `head`; `unsealed` counts entries since the last seal."""

    connection: Connection
    head: Head
    unsealed: int = 0
    sealed: bool = False
    written: list[Written] = field(default_factory=list)

    def write(self, fact: Fact, *, stamp: Stamp) -> Written:
        """Adds one entry; raises NotCanonical or ValueError for content no ledger may hold."""
        entry = build(self.head, fact, stamp=stamp, salt=os.urandom(SALT_BYTES))
        insert(self.connection, entry)
        self.head = Head(self.head.desk, self.head.epoch, self.head.seq + 1, entry.hash.hex())
        self.unsealed += 1
        found = Written(
            self.head.seq,
            self.head.epoch,
            self.head.hash,
            fact.action,
            fact.kind,
            fact.happened,
            stamp.written,
        )
        self.written.append(found)
        return found

    def seal(self, key: DeskKey, *, why: str, stamp: Stamp, by: By | None = None) -> Written:
        """Signs the head as it is now."""
        signature = key.sign(seal_message(self.head, key=key.key_id))
        fact = seal_fact(
            self.head,
            key=key.key_id,
            signature=signature,
            why=why,
            by=by or By(),
            at=stamp.written,
            action=new_action(),
        )
        found = self.write(fact, stamp=stamp)
        self.unsealed, self.sealed = 0, True
        return found


def new_action() -> str:
    """A fresh idempotency key: 32 hex characters."""
    return os.urandom(16).hex()


def insert(connection: Connection, entry: Entry) -> None:
    """Puts an entry of this desk's own into the table as it was hashed."""
    connection.execute(
        "INSERT INTO entry(id, header, public, personal, salt, hash)"  # noqa: S608 - a constant
        f" VALUES((SELECT ifnull(max(id), 0) + 1 FROM entry WHERE {blocks.own('id')}), ?, ?, ?, ?, ?)",
        (
            entry.header.decode(),
            entry.public.decode(),
            None if entry.personal is None else entry.personal.decode(),
            entry.salt,
            entry.hash,
        ),
    )


def read_head(connection: Connection, desk: str, epoch: str) -> Head:
    """The end of that chain in this file; seq 0 when it has no entry."""
    row = connection.execute(
        "SELECT seq, lower(hex(hash)) FROM entry WHERE desk = ? AND epoch = ? ORDER BY seq DESC LIMIT 1",
        (desk, epoch),
    ).fetchone()
    return Head(desk, epoch, *row) if row else Head(desk, epoch)


def read_entries(connection: Connection, *, page: int = 2000) -> Iterator[Entry]:
    """Every stored entry, chain by chain in order; page by page, so that no snapshot is held for long."""
    place: tuple[object, ...] = ("", "", 0)
    while place:
        rows = connection.execute(
            "SELECT desk, epoch, seq, header, public, personal, salt, hash FROM entry"
            " WHERE (desk, epoch, seq) > (?, ?, ?) ORDER BY desk, epoch, seq LIMIT ?",
            (*place, page),
        ).fetchall()
        for _, _, _, header, public, personal, salt, digest in rows:
            own = None if personal is None else personal.encode()
            yield Entry(header.encode(), public.encode(), own, salt, digest)
        place = tuple(rows[-1][:3]) if rows else ()


def read_recent(connection: Connection, head: Head) -> dict[str, Written]:
    """The chain's last entries by action: an action that is asked for again is not written again."""
    rows = connection.execute(
        f"SELECT {_WRITTEN} FROM entry WHERE desk = ? AND epoch = ? AND seq > ? ORDER BY seq",  # noqa: S608
        (head.desk, head.epoch, head.seq - RECENT),
    )
    return {found.action: found for found in map(_written, rows)}


def last_id(connection: Connection) -> int:
    """The local id of the entry that this desk wrote last; 0 for none."""
    (found,) = connection.execute(
        f"SELECT ifnull(max(id), 0) FROM entry WHERE {blocks.own('id')}"  # noqa: S608 - a constant
    ).fetchone()
    return int(found)


def read_since(
    connection: Connection, desk: str, *, painted: tuple[str, int] | None, upto: int
) -> tuple[Written, ...]:
    """Entries of this desk, in whatever epoch, written after the painted one; `upto` is a local id."""
    rows = connection.execute(
        f"SELECT {_WRITTEN} FROM entry WHERE id > ? AND id <= ? AND {blocks.own('id')}"  # noqa: S608
        " AND +desk = ? ORDER BY id",
        (_id_of(connection, desk, painted), upto, desk),
    )
    return tuple(map(_written, rows))


def answered_since(connection: Connection, desk: str, *, painted: tuple[str, int] | None) -> frozenset[str]:
    """Actions that an officer answered for after a start: they happened, or were undone for that."""
    rows = connection.execute(
        "SELECT json_extract(public, '$.ref.action') FROM entry"  # noqa: S608 - a constant
        f" WHERE id > ? AND {blocks.own('id')} AND +desk = ?"
        " AND kind IN (?, ?) AND json_extract(public, '$.why') = 'after_restart'",
        (_id_of(connection, desk, painted), desk, ACTION_CONFIRMED, OUTCOME_UNDONE),
    )
    return frozenset(action for (action,) in rows)


def _id_of(connection: Connection, desk: str, painted: tuple[str, int] | None) -> int:
    """The local id of the painted entry; 0 for none."""
    if painted is None:
        return 0
    row = connection.execute(
        "SELECT id FROM entry WHERE desk = ? AND epoch = ? AND seq <= ?"  # noqa: S608 - a constant
        f" AND {blocks.own('id')} ORDER BY seq DESC LIMIT 1",
        (desk, *painted),
    ).fetchone()
    return int(row[0]) if row else 0


def count_unsealed(connection: Connection, head: Head) -> int:
    """Entries of the chain after its last seal."""
    row = connection.execute(
        "SELECT seq FROM entry WHERE desk = ? AND epoch = ? AND kind = 'sealed' ORDER BY seq DESC LIMIT 1",
        (head.desk, head.epoch),
    ).fetchone()
    return head.seq - (row[0] if row else 0)


def _written(row: Any) -> Written:
    return Written(*row)
