"""The database driver: the only module that imports it, its settings, and its errors in our words.

SQLCipher encrypts every page and authenticates it, so that bit rot is noticed when a page is read. The
driver also stands in for the interpreter's own SQLite under sqlite-utils, which is why this module must be
imported before sqlite-utils is; it exports `sqlite_utils` for that reason.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol, cast

from sqlcipher3 import dbapi2 as _driver

from checkpoint_app.domain.errors import Trouble

sys.modules["pysqlite3"] = sys.modules["pysqlite3.dbapi2"] = _driver
import sqlite_utils  # noqa: E402 - it looks for pysqlite3 when it is imported

__all__ = ["DatabaseError", "IntegrityError", "OperationalError", "connect", "sqlite_utils", "translated"]

DatabaseError: type[Exception] = _driver.DatabaseError
OperationalError: type[Exception] = _driver.OperationalError
IntegrityError: type[Exception] = _driver.IntegrityError

APPLICATION_ID = 0x43504C31  # "CPL1"
KEY_BYTES = 32
OLDEST_ENGINE = (3, 51, 3)  # before it two connections could damage a WAL when it was reset
BUSY_MS = 250
NO_ROOM = 64 * 1024  # bytes: with less no log and no shared memory file can grow

_OK, _ERROR, _BUSY, _LOCKED, _READONLY, _INTERRUPT = 0, 1, 5, 6, 8, 9
_IOERR, _CORRUPT, _FULL, _CANTOPEN, _NOTADB = 10, 11, 13, 14, 26
_IOERR_SHMSIZE = _IOERR | 19 << 8
_READONLY_DBMOVED = _READONLY | 4 << 8

# Each is set alone and read back: several in one call stop at the first that returns a row.
_EVERYWHERE: dict[str, tuple[str, object]] = {
    "trusted_schema": ("OFF", 0),
    "foreign_keys": ("ON", 1),
    "cell_size_check": ("ON", 1),
    "cache_size": ("-65536", -65536),
    "temp_store": ("MEMORY", 2),
    "busy_timeout": (str(BUSY_MS), BUSY_MS),
    "recursive_triggers": ("ON", 1),  # else INSERT OR REPLACE deletes past the delete trigger
    "secure_delete": ("ON", 1),
}
_WRITER: dict[str, tuple[str, object]] = {
    "journal_mode": ("WAL", "wal"),
    "synchronous": ("FULL", 2),
    "journal_size_limit": ("16777216", 16777216),
    "wal_autocheckpoint": ("0", 0),  # it would hold a COMMIT for 23 ms; the writer moves the log when idle
}
_READER: dict[str, tuple[str, object]] = {"query_only": ("ON", 1)}
_SCRATCH: dict[str, tuple[str, object]] = {
    "journal_mode": ("OFF", "off"),
    "synchronous": ("OFF", 0),
    "cache_size": ("-8192", -8192),
    "secure_delete": ("OFF", 0),
}


class DiskFull(Trouble):
    """No room left for the ledger at `path`."""


class DiskFailed(Trouble):
    """The disk under `path` did not read, write or sync; `code` is the engine's."""


class LedgerReadOnly(Trouble):
    """The ledger at `path` can be read but not written."""


class LedgerLocked(Trouble):
    """Another program holds the ledger at `path`."""


class LedgerDamaged(Trouble):
    """A page of the ledger at `path` is not what was written."""


class WrongKey(Trouble):
    """The key does not open the ledger at `path`, or its first page is damaged."""


class ReadTooLong(Trouble):
    """A reader held the ledger longer than the limit and was stopped."""


class EngineUnfit(Trouble):
    """The database engine does not keep a `setting` without which nothing may be called saved."""


class Cursor(Protocol):
    """What a statement gives back."""

    @property
    def rowcount(self) -> int: ...
    def fetchone(self) -> Any: ...
    def fetchall(self) -> list[Any]: ...
    def __iter__(self) -> Iterator[Any]: ...


class Connection(Protocol):
    """One open database; belongs to one thread at a time."""

    @property
    def in_transaction(self) -> bool: ...
    def execute(self, sql: str, values: Sequence[object] | Mapping[str, object] = (), /) -> Cursor: ...
    def executemany(self, sql: str, rows: Iterable[Sequence[object]], /) -> Cursor: ...
    def set_progress_handler(self, ask: Any, steps: int, /) -> None: ...
    def interrupt(self) -> None: ...
    def close(self) -> None: ...


def connect(path: Path, key: bytes, *, readonly: bool = False) -> Connection:
    """An open, keyed connection with every setting checked; the file is created unless `readonly`.

    Raises WrongKey, LedgerDamaged, LedgerReadOnly, LedgerLocked, DiskFailed or EngineUnfit.
    """
    mode = "ro" if readonly else "rwc"
    with translated(path):
        connection = _open(path, mode=mode, one_thread=not readonly)
        try:
            _prepare(connection, key, path=path, readonly=readonly)
        except BaseException:
            connection.close()
            raise
    return connection


def connect_scratch(path: Path, key: bytes) -> Connection:
    """A keyed file without any journal, made when absent: as good as gone after a failed write.

    For what can be made again. Raises as `connect` does.
    """
    with translated(path):
        connection = _open(path, mode="rwc", one_thread=False)
        try:
            _unlock(connection, key, path=path)
            for name, (value, expected) in (_EVERYWHERE | _SCRATCH).items():
                set_and_check(connection, name, value, expected=expected)
            check_identity(connection, path=path)
        except BaseException:
            connection.close()
            raise
    return connection


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turns the driver's errors into Troubles; what remains a driver's error is a bug of ours."""
    try:
        yield
    except DatabaseError as error:
        trouble = _trouble(error, path)
        if trouble is None:
            raise
        raise trouble from error


def tables(connection: Connection) -> sqlite_utils.Database:
    """sqlite-utils over the same connection, for plain tables; never for `entry`."""
    return sqlite_utils.Database(cast(Any, connection), recursive_triggers=True, execute_plugins=False)


def _open(path: Path, *, mode: str, one_thread: bool) -> Connection:
    _check_engine()
    return cast(
        Connection,
        _driver.connect(
            f"{path.resolve().as_uri()}?mode={mode}",
            uri=True,
            isolation_level=None,
            timeout=BUSY_MS / 1000,
            check_same_thread=one_thread,
        ),
    )


def _prepare(connection: Connection, key: bytes, *, path: Path, readonly: bool) -> None:
    _unlock(connection, key, path=path)
    for name, (value, expected) in (_EVERYWHERE | (_READER if readonly else _WRITER)).items():
        set_and_check(connection, name, value, expected=expected)
    check_identity(connection, path=path)


def _unlock(connection: Connection, key: bytes, *, path: Path) -> None:
    if len(key) != KEY_BYTES:
        raise WrongKey(path=path)
    connection.execute("PRAGMA cipher_log_level = NONE")  # its complaints would go to standard error
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    if not connection.execute("PRAGMA cipher_version").fetchone():
        raise EngineUnfit(setting="cipher_version", wanted="present", found="absent")
    try:
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except DatabaseError as error:
        if _code(error) & 0xFF == _NOTADB:
            raise WrongKey(path=path) from error
        raise


def set_and_check(connection: Connection, name: str, value: str, *, expected: object) -> None:
    """Sets one pragma and reads it back; raises EngineUnfit when the engine kept something else."""
    connection.execute(f"PRAGMA {name} = {value}").fetchall()
    row = connection.execute(f"PRAGMA {name}").fetchone()
    found = row[0] if row else None
    if found != expected:
        raise EngineUnfit(setting=name, wanted=expected, found=found)


def check_identity(connection: Connection, *, path: Path) -> None:
    """Raises LedgerDamaged for a database that opens with our key and is not a ledger."""
    (found,) = connection.execute("PRAGMA application_id").fetchone()
    (schema,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    if schema and found != APPLICATION_ID:
        raise LedgerDamaged(path=path, code=f"application id {found}")


def _check_engine() -> None:
    found = tuple(_driver.sqlite_version_info)
    if found < OLDEST_ENGINE:
        raise EngineUnfit(setting="version", wanted=OLDEST_ENGINE, found=found)


def _code(error: BaseException) -> int:
    return int(getattr(error, "sqlite_errorcode", _ERROR))


def _trouble(error: BaseException, path: Path) -> Trouble | None:
    code = _code(error)
    name = str(getattr(error, "sqlite_errorname", "")) or str(error)
    exact: dict[int, type[Trouble]] = {_IOERR_SHMSIZE: DiskFull, _READONLY_DBMOVED: DiskFailed}
    families: dict[int, type[Trouble]] = {
        _BUSY: LedgerLocked,
        _LOCKED: LedgerLocked,
        _READONLY: LedgerReadOnly,
        _INTERRUPT: ReadTooLong,
        _IOERR: DiskFailed,
        _CORRUPT: LedgerDamaged,
        _FULL: DiskFull,
        _CANTOPEN: DiskFailed,
        _NOTADB: LedgerDamaged,
    }
    found = exact.get(code) or families.get(code & 0xFF)
    if found is DiskFailed:
        found = _why_it_failed(path)
    return found(path=path, code=name) if found else None


def _why_it_failed(path: Path) -> type[Trouble]:
    """The engine reports a failed read, write or open without its cause: the disk can tell."""
    try:
        if shutil.disk_usage(path.parent).free < NO_ROOM:
            return DiskFull
        return DiskFailed if os.access(path.parent, os.W_OK) else LedgerReadOnly
    except OSError:
        return DiskFailed
