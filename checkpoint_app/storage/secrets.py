"""Officers' wrapped keys and the key for bundles in table `secret`, wrong PINs tried in table `setting`.

A key's row is named by officer and key, so that an old key lies there until the entry about the new one is on
disk: no crash leaves an officer with an entry and no key.
"""

from __future__ import annotations

from collections.abc import Mapping

from checkpoint_app.storage.desk import read_setting, write_setting
from checkpoint_app.storage.engine import Connection

WRONG_PINS = "wrong_pins"
EXCHANGE, EXCHANGE_BEFORE = "exchange", "exchange.before"
KEPT_BEFORE = 40 * 86_400_000
"""How long bundles sealed to the key before are opened, ms: longer than a station is without a road."""


def read_officer_key(connection: Connection, number: str, key: str) -> bytes | None:
    """The blob of an officer's key; None when there is none."""
    row = connection.execute("SELECT body FROM secret WHERE name = ?", (_name(number, key),)).fetchone()
    return bytes(row[0]) if row else None


def write_officer_key(connection: Connection, number: str, key: str, *, blob: bytes, now: int) -> None:
    """Keeps the blob of a new key, beside older ones."""
    connection.execute("INSERT INTO secret VALUES(?, ?, ?)", (_name(number, key), blob, now))


def drop_officer_keys(connection: Connection, number: str, *, but: str = "") -> None:
    """Takes every key of an officer away but the one named."""
    connection.execute(
        "DELETE FROM secret WHERE name >= ? AND name < ? AND name <> ?",
        (_name(number, ""), _name(number, "g"), _name(number, but)),
    )


def read_wrong_pins(connection: Connection) -> Mapping[str, int]:
    """How many wrong PINs each officer gave since the last right one."""
    kept = read_setting(connection, WRONG_PINS)
    return {str(name): int(str(count)) for name, count in kept.items()} if isinstance(kept, dict) else {}


def write_wrong_pins(connection: Connection, number: str, wrong: int, *, now: int) -> None:
    """Keeps how many wrong PINs this officer gave; 0 forgets it."""
    others = {name: count for name, count in read_wrong_pins(connection).items() if name != number}
    write_setting(connection, WRONG_PINS, {**others, **({number: wrong} if wrong else {})}, now=now)


def read_exchange_keys(connection: Connection, *, now: int) -> tuple[str, ...]:
    """The age identities of this desk, that in use first; the one before it while it is kept."""
    rows = connection.execute(
        "SELECT body FROM secret WHERE name = ?1 OR name = ?2 AND changed > ?3 ORDER BY name",
        (EXCHANGE, EXCHANGE_BEFORE, now - KEPT_BEFORE),
    )
    return tuple(bytes(body).decode() for (body,) in rows)


def first_exchange_key(connection: Connection, identity: str, *, now: int) -> str:
    """Keeps an age identity where there is none yet; returns the one that is in use."""
    connection.execute("INSERT OR IGNORE INTO secret VALUES(?, ?, ?)", (EXCHANGE, identity.encode(), now))
    return read_exchange_keys(connection, now=now)[0]


def next_exchange_key(connection: Connection, identity: str, *, now: int) -> None:
    """Puts another age identity in the place of the one in use, which stays readable for KEPT_BEFORE."""
    connection.execute(
        "INSERT OR REPLACE INTO secret SELECT ?, body, ? FROM secret WHERE name = ?",
        (EXCHANGE_BEFORE, now, EXCHANGE),
    )
    connection.execute("INSERT OR REPLACE INTO secret VALUES(?, ?, ?)", (EXCHANGE, identity.encode(), now))


def _name(number: str, key: str) -> str:
    return f"officer.{number}.{key}"
