"""Which chain this file's own desk writes, and the keys it writes with."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Any

from checkpoint_app.crypto.desk import DeskKey
from checkpoint_app.crypto.digests import make_station_key
from checkpoint_app.domain import canonical
from checkpoint_app.domain.canonical import Value
from checkpoint_app.domain.entry import Fact, Head
from checkpoint_app.domain.facts import EPOCH_BEGUN
from checkpoint_app.storage.appending import new_action, read_head
from checkpoint_app.storage.engine import Connection, tables

INSTALL, RESTORE, CLONE = "install", "restore", "clone"
_CHAIN, _DESK_KEY, _STATION_KEY = "chain", "desk_key", "station_key"


@dataclass(frozen=True, slots=True)
class Chain:
    """The chain being written; `machine` names the computer it was begun on, blank when unknown."""

    desk: str
    epoch: str
    machine: str = ""


def read_setting(connection: Connection, name: str) -> Value:
    """A value kept in this file; None when it was never set."""
    row = _row(connection, "setting", name)
    return canonical.decode(str(row["body"]).encode()) if row else None


def write_setting(connection: Connection, name: str, value: Value, *, now: int) -> None:
    """Keeps a value in this file; `now` in ms UTC."""
    body = canonical.encode(value).decode()
    tables(connection).table("setting").upsert({"name": name, "body": body, "changed": now}, pk="name")


def read_chain(connection: Connection) -> Chain | None:
    """The chain this file writes; None before its first start."""
    value = read_setting(connection, _CHAIN)
    return (
        Chain(**{str(name): str(text) for name, text in value.items()}) if isinstance(value, dict) else None
    )


def reason_to_begin(known: Chain | None, *, desk: str, machine: str) -> str | None:
    """Why a new epoch must begin; None when the known chain goes on."""
    if known is None or known.desk != desk:
        return INSTALL
    if machine and known.machine and machine != known.machine:
        return CLONE
    return None


def begin_chain(connection: Connection, chain: Chain, *, reason: str, now: int) -> Fact:
    """Makes `chain` the one this file writes; returns its first fact, which names where the old one ended."""
    known = read_chain(connection)
    parent = read_head(connection, known.desk, known.epoch) if known else None
    key = read_desk_key(connection) or _make_keys(connection, now=now)
    write_setting(
        connection,
        _CHAIN,
        {"desk": chain.desk, "epoch": chain.epoch, "machine": chain.machine},
        now=now,
    )
    tables(connection).table("desk_key").upsert(
        {"desk": chain.desk, "key": key.key_id, "public": key.public, "since": now}, pk=("desk", "key")
    )
    public: dict[str, Value] = {
        "reason": reason,
        "key": key.key_id,
        "public": key.public.hex(),
        "parent": _named(parent) if parent else None,
    }
    return Fact(EPOCH_BEGUN, new_action(), now, public)


def new_epoch() -> str:
    """A name no other chain has: 16 hex characters."""
    return os.urandom(8).hex()


def read_desk_key(connection: Connection) -> DeskKey | None:
    """The desk's signing key; None before the first start."""
    seed = _read_secret(connection, _DESK_KEY)
    return DeskKey.load(seed) if seed else None


def read_station_key(connection: Connection) -> bytes:
    """The key under which digests of scanned payloads are made."""
    key = _read_secret(connection, _STATION_KEY)
    if key is None:
        raise LookupError(_STATION_KEY)
    return key


def write_station_key(connection: Connection, key: bytes, *, now: int) -> None:
    """Replaces the payload key, once each retention period: old digests match nothing from then on."""
    _write_secret(connection, _STATION_KEY, key, now=now)


def read_desk_keys(connection: Connection) -> dict[str, bytes]:
    """Public keys of every desk known here, by key id: what seals are checked with."""
    return {row["key"]: row["public"] for row in tables(connection).table("desk_key").rows}


def read_keys_of_desks(connection: Connection) -> dict[str, dict[str, bytes]]:
    """The same by desk: a key says nothing about another desk's seals."""
    found: dict[str, dict[str, bytes]] = {}
    for desk, key, public in connection.execute("SELECT desk, key, public FROM desk_key"):
        found.setdefault(desk, {})[key] = public
    return found


def _make_keys(connection: Connection, *, now: int) -> DeskKey:
    key = DeskKey.make()
    _write_secret(connection, _DESK_KEY, key.private, now=now)
    write_station_key(connection, make_station_key(), now=now)
    return key


def _read_secret(connection: Connection, name: str) -> bytes | None:
    row = _row(connection, "secret", name)
    return bytes(row["body"]) if row else None


def _write_secret(connection: Connection, name: str, body: bytes, *, now: int) -> None:
    tables(connection).table("secret").upsert({"name": name, "body": body, "changed": now}, pk="name")


def _row(connection: Connection, table: str, name: str) -> dict[str, Any] | None:
    found = connection.execute(f"SELECT body FROM {table} WHERE name = ?", (name,)).fetchone()  # noqa: S608
    return {"body": found[0]} if found else None


def _named(head: Head) -> Value:
    return {"desk": head.desk, "epoch": head.epoch, "seq": head.seq, "hash": head.hash}
