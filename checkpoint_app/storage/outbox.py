"""Bundles that went out: each row one file that was whole where it was written when it was read back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from checkpoint_app.domain import canonical
from checkpoint_app.domain.exchange import Held
from checkpoint_app.storage.engine import Connection


@dataclass(frozen=True, slots=True)
class Outgoing:
    """`to` are desks, `target` where it was written, `size` bytes, `digest` the file's SHA-256 (hex).

    Times are ms UTC; `closed` None until every desk it went to has confirmed all of it.
    """

    bundle: str
    to: tuple[str, ...]
    held: tuple[Held, ...]
    name: str
    target: str
    size: int
    digest: str
    made: int
    closed: int | None = None

    @property
    def count(self) -> int:
        """Entries in it."""
        return sum(each.last - each.first + 1 for each in self.held)


def read_outbox(reader: Connection, *, open_only: bool = False) -> tuple[Outgoing, ...]:
    """Oldest first."""
    rows = reader.execute(
        "SELECT bundle, body, made, closed FROM outbox WHERE closed IS NULL OR NOT ? ORDER BY made, bundle",
        (open_only,),
    )
    return tuple(_outgoing(*row) for row in rows.fetchall())


def write_outgoing(connection: Connection, row: Outgoing) -> None:
    """Notes a file that was read back and found whole."""
    body = {name: value for name, value in asdict(row).items() if name not in {"bundle", "made", "closed"}}
    connection.execute(
        "INSERT OR REPLACE INTO outbox VALUES(?, ?, ?, ?)",
        (row.bundle, canonical.encode(_plain(body)).decode(), row.made, row.closed),
    )


def close_outgoing(connection: Connection, bundles: Sequence[str], *, now: int) -> None:
    """Everybody has confirmed these."""
    connection.executemany(
        "UPDATE outbox SET closed = ? WHERE bundle = ? AND closed IS NULL", [(now, each) for each in bundles]
    )


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, tuple | list) else value


def _outgoing(bundle: str, body: str, made: int, closed: int | None) -> Outgoing:
    found: Any = canonical.decode(body.encode())
    return Outgoing(
        bundle,
        tuple(found["to"]),
        tuple(Held(**each) for each in found["held"]),
        found["name"],
        found["target"],
        found["size"],
        found["digest"],
        made,
        closed,
    )
