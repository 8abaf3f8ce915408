"""Which block of local ids the entries of another chain have."""

from __future__ import annotations

from checkpoint_app.storage import blocks
from checkpoint_app.storage.engine import Connection


def start(connection: Connection, desk: str, epoch: str, *, begun: int) -> int:
    """The id before the chain's first, given once and for ever. `begun` (ms UTC) is kept when it is known."""
    connection.execute(
        "INSERT INTO chain_number SELECT ?, ?, ifnull(max(number), 0) + 1, ? FROM chain_number WHERE true"
        " ON CONFLICT(desk, epoch) DO UPDATE SET begun = max(begun, excluded.begun)",
        (desk, epoch, begun),
    )
    return known_start(connection, desk, epoch)


def known_start(connection: Connection, desk: str, epoch: str) -> int:
    """The id before the chain's first; 0 for a chain that has no block."""
    row = connection.execute(
        "SELECT number FROM chain_number WHERE desk = ? AND epoch = ?", (desk, epoch)
    ).fetchone()
    return blocks.start_of(row[0]) if row else 0
