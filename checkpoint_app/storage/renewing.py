"""The ledger's file written anew under another key: no page, gap or copy of the old one can be read again.

Gaps within pages can keep a value that was erased (measured: 1 to 3 of 6,183), and whoever copied the old
file may have its key. The new file is complete and synced before it takes the old one's place in one step;
a stop at any moment leaves one file that one of the two keys opens. `crypto.keychain.replace_key` keeps both
keys until then:

    keychain.replace_key(folder, new, name=…, rekey=lambda key: renew_file(folder, old, key))
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

from checkpoint_app.storage import database, engine
from checkpoint_app.storage.engine import Connection, DiskFailed, LedgerDamaged, WrongKey, translated
from checkpoint_app.storage.forgetting import RENEWAL_DUE, ForgettingHindered
from checkpoint_app.storage.lock import WriterLock

FRESH = "ledger.renewed.db"


def renew_file(folder: Path, key: bytes, new_key: bytes) -> None:
    """Puts a compacted copy under `new_key` in the place of the ledger, which must not be open.

    Needs room for a second file. Raises ForgettingHindered while anybody reads, LedgerInUse while anybody
    writes, and the engine's Troubles; in all of these the old file and key stay good.
    """
    path, fresh = database.ledger_file(folder), folder / FRESH
    lock = WriterLock(folder)
    try:
        _remove(fresh)
        count = _copy(path, key, fresh, new_key)
        _check(fresh, new_key, count=count)
        _put_in_place(fresh, path)
    finally:
        _remove(fresh)
        lock.release()


def key_that_opens(folder: Path, keys: tuple[bytes, ...]) -> bytes:
    """Which of the keys opens the ledger: after a stop during renewal there are two. Raises WrongKey."""
    path = database.ledger_file(folder)
    for key in keys:
        with suppress(WrongKey):
            engine.connect(path, key).close()
            return key
    raise WrongKey(path=path)


def _copy(path: Path, key: bytes, fresh: Path, new_key: bytes) -> int:
    connection = engine.connect(path, key)
    try:
        with translated(path):
            _leave_log(connection, path)
            connection.execute("VACUUM INTO ?", (f"{fresh.resolve().as_uri()}?key={_raw(new_key)}",))
            return _count(connection)
    finally:
        connection.close()


def _leave_log(connection: Connection, path: Path) -> None:
    """Takes the log away: one that stayed beside the new file would be read as its own."""
    (busy, _, _) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    mode = "wal" if busy else _journal_mode(connection)
    if mode != "delete":
        raise ForgettingHindered(path=path)


def _journal_mode(connection: Connection) -> str:
    """Asks for a plain journal, which needs the file for ourselves; says which one it is then."""
    try:
        return str(connection.execute("PRAGMA journal_mode = DELETE").fetchone()[0])
    except engine.OperationalError:
        return "wal"


def _check(fresh: Path, new_key: bytes, *, count: int) -> None:
    """Raises LedgerDamaged unless the copy opens under the new key and has every entry."""
    connection = engine.connect(fresh, new_key)
    try:
        with translated(fresh):
            connection.execute("DELETE FROM draft WHERE name = ?", (RENEWAL_DUE,))
            found = _count(connection)
            (busy, _, _) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    finally:
        connection.close()
    if found != count or busy:
        raise LedgerDamaged(path=fresh, code=f"{found} of {count}")


def _put_in_place(fresh: Path, path: Path) -> None:
    try:
        _sync(fresh)
        fresh.replace(path)
        if os.name == "posix":
            _sync(path.parent)
    except PermissionError as error:  # on Windows a reader that has the old file open
        raise ForgettingHindered(path=path) from error
    except OSError as error:
        raise DiskFailed(path=path, code=error.strerror) from error


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _remove(fresh: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        with suppress(OSError):
            fresh.with_name(fresh.name + suffix).unlink()


def _count(connection: Connection) -> int:
    return int(connection.execute("SELECT count(*) FROM entry").fetchone()[0])


def _raw(key: bytes) -> str:
    return quote(f"x'{key.hex()}'")
