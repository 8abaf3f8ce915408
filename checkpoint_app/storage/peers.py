"""Desks enrolled here, in the table `peer`, and their keys among those that seals are checked with."""

from __future__ import annotations

from dataclasses import fields

from checkpoint_app.domain.peers import Peer, PeerRole
from checkpoint_app.storage.engine import Connection

_COLUMNS = ", ".join(each.name for each in fields(Peer))


def read_peers(connection: Connection) -> tuple[Peer, ...]:
    """Every desk ever enrolled, by name; those revoked too."""
    rows = connection.execute(f"SELECT {_COLUMNS} FROM peer ORDER BY desk")  # noqa: S608 - a constant
    return tuple(map(_peer, rows))


def read_peer(connection: Connection, desk: str) -> Peer | None:
    """The desk of that name; None when it was never enrolled."""
    row = connection.execute(
        f"SELECT {_COLUMNS} FROM peer WHERE desk = ?",  # noqa: S608 - a constant
        (desk,),
    ).fetchone()
    return _peer(row) if row else None


def write_peer(connection: Connection, peer: Peer) -> None:
    """Enrols a desk, or gives it another key; what its key before signed can still be checked."""
    row = tuple(getattr(peer, each.name) for each in fields(Peer))
    marks = ", ".join("?" * len(row))
    connection.execute(f"INSERT OR REPLACE INTO peer({_COLUMNS}) VALUES({marks})", row)
    connection.execute(
        "INSERT OR IGNORE INTO desk_key VALUES(?, ?, ?, ?)", (peer.desk, peer.key, peer.public, peer.since)
    )


def revoke_peer(connection: Connection, desk: str, *, at: int, why: str) -> None:
    """Nothing that desk signs is taken in from now on; `at` in ms UTC. What is here stays verifiable."""
    connection.execute("UPDATE peer SET revoked = ?, why = ? WHERE desk = ?", (at, why, desk))


def _peer(row: tuple[object, ...]) -> Peer:
    found = dict(zip((each.name for each in fields(Peer)), row, strict=True))
    return Peer(**{**found, "role": PeerRole(found["role"])})  # type: ignore[arg-type]
