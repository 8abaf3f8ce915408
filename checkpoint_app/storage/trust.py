"""Whom this desk believes, as its file has it: the desks enrolled, their keys, and the keys that are revoked.

A key that is revoked stays in `desk_key`: what it signed before still verifies where it is.
"""

from __future__ import annotations

from checkpoint_app.domain.trust import Trust
from checkpoint_app.storage.desk import read_setting, write_setting
from checkpoint_app.storage.engine import Connection
from checkpoint_app.storage.peers import read_peers

BARRED = "keys_revoked"
"""Setting of the file: ids of keys nothing is taken in with any more."""


def read_trust(connection: Connection, desk: str) -> Trust:
    """Whom `desk`, which is ourselves, believes now."""
    barred = read_barred(connection)
    rows = connection.execute("SELECT desk, key, public FROM desk_key").fetchall()
    keys = {(owner, key): bytes(public) for owner, key, public in rows if key not in barred}
    return Trust(desk, {peer.desk: peer for peer in read_peers(connection)}, keys)


def read_barred(connection: Connection) -> frozenset[str]:
    """Ids of the keys that are revoked."""
    kept = read_setting(connection, BARRED)
    return frozenset(map(str, kept)) if isinstance(kept, list) else frozenset()


def bar_key(connection: Connection, key: str, *, now: int) -> None:
    """Nothing is taken in with this key from now on."""
    write_setting(connection, BARRED, sorted({*read_barred(connection), key}), now=now)


def admit_key(connection: Connection, key: str, *, now: int) -> None:
    """The key counts, also when it was revoked before."""
    write_setting(connection, BARRED, sorted(read_barred(connection) - {key}), now=now)
