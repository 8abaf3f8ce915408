"""The small mutable table that survives a crash: unfinished crossings, the running tally, what was painted.

"painted" is the last number the screen has shown as saved. It is written with the next commit, so after a
crash it can only be too low: the officer is asked once too often, never once too seldom.
"""

from __future__ import annotations

from collections.abc import Mapping

from checkpoint_app.domain import canonical
from checkpoint_app.domain.canonical import Value
from checkpoint_app.domain.entry import Head
from checkpoint_app.storage.engine import Connection

PAINTED = "painted"


def read(connection: Connection) -> dict[str, Value]:
    """Every draft by name, as of the last commit."""
    rows = connection.execute("SELECT name, body FROM draft WHERE name <> ?", (PAINTED,))
    return {name: canonical.decode(body.encode()) for name, body in rows}


def write(connection: Connection, changes: Mapping[str, Value | None], *, now: int) -> None:
    """Puts each draft in the place of the one with its name; None takes it away."""
    for name, value in changes.items():
        if value is None:
            connection.execute("DELETE FROM draft WHERE name = ?", (name,))
        else:
            _put(connection, name, canonical.encode(value).decode(), now=now)


def read_painted(connection: Connection) -> tuple[str, int] | None:
    """Epoch and number of the last entry that was painted; None before the first."""
    row = connection.execute("SELECT body FROM draft WHERE name = ?", (PAINTED,)).fetchone()
    if row is None:
        return None
    value = canonical.decode(row[0].encode())
    if not isinstance(value, dict):
        return None
    return str(value["epoch"]), int(str(value["seq"]))


def write_painted(connection: Connection, head: Head, seq: int, *, now: int) -> None:
    """Remembers that the screen has shown everything up to `seq` of this chain as saved."""
    _put(connection, PAINTED, canonical.encode({"epoch": head.epoch, "seq": seq}).decode(), now=now)


def _put(connection: Connection, name: str, body: str, *, now: int) -> None:
    connection.execute(
        "INSERT INTO draft VALUES(?, ?, ?)"
        " ON CONFLICT(name) DO UPDATE SET body = excluded.body, changed = excluded.changed",
        (name, body, now),
    )
