"""What is derived from the entries, in the order it is made; see `schema.Derived`.

A name that is no longer listed is forgotten by its author in a migration that drops its tables.
"""

from __future__ import annotations

import hashlib

from checkpoint_app.storage import deriving, shaping
from checkpoint_app.storage.affairs import AFFAIRS
from checkpoint_app.storage.engine import Connection
from checkpoint_app.storage.erasures import ERASURES
from checkpoint_app.storage.hourly import HOURLY
from checkpoint_app.storage.inside import INSIDE
from checkpoint_app.storage.lasting import LASTING
from checkpoint_app.storage.marks import MARKS
from checkpoint_app.storage.receipts import EXCHANGE_INDEX
from checkpoint_app.storage.register import REGISTER
from checkpoint_app.storage.schema import Derived
from checkpoint_app.storage.shaping import SHAPING

FILLS = {"shaping": shaping.fill, "hourly": deriving.fill_crossings, "affairs": deriving.fill_affairs}
"""What puts in what came in bundles, behind a part's own fills: those look after the own desk's entries."""

DERIVED: tuple[Derived, ...] = (
    SHAPING,
    HOURLY,
    MARKS,
    INSIDE,
    REGISTER,
    AFFAIRS,
    LASTING,
    EXCHANGE_INDEX,
    ERASURES,
)


def renew(connection: Connection, parts: tuple[Derived, ...] = DERIVED) -> tuple[str, ...]:
    """Makes again every part whose texts changed since this file last saw them; returns their names."""
    known = dict(connection.execute("SELECT name, digest FROM derived").fetchall())
    changed = [part for part in parts if known.get(part.name) != digest_of(part)]
    for part in changed:
        _make(connection, part)
    return tuple(part.name for part in changed)


def digest_of(part: Derived) -> str:
    """Digest of a part's texts: another one means the part must be made again."""
    texts = (*part.drops, *part.creates, *part.fills, *part.hangs_on)
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()


def _make(connection: Connection, part: Derived) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        for statement in (*part.drops, *part.creates, *part.fills):
            connection.execute(statement)
        if part.name in FILLS:
            FILLS[part.name](connection)
        connection.execute("INSERT OR REPLACE INTO derived VALUES(?, ?)", (part.name, digest_of(part)))
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
