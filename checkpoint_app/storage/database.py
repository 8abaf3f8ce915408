"""A ledger's folder and its file: opened for the one writer, or for reading."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from checkpoint_app.storage import derived, engine, withheld
from checkpoint_app.storage.engine import Connection, DiskFailed, translated
from checkpoint_app.storage.migrations import migrate

FILE = "ledger.db"


def ledger_file(folder: Path) -> Path:
    """Where the ledger of `folder` lives."""
    return folder / FILE


def holds_ledger(folder: Path) -> bool:
    """Whether a ledger, a part of one or a copy of one lies in `folder`."""
    return any(folder.glob("ledger*.db*"))


def make_folder(folder: Path) -> None:
    """Makes the folder, for its owner only; raises DiskFailed where that is impossible."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise DiskFailed(path=folder, code=error.strerror) from error


def open_writer(folder: Path, key: bytes, *, now: int) -> Connection:
    """The connection that may write, with the schema up to date; the caller holds the writer's lock."""
    path = ledger_file(folder)
    connection = engine.connect(path, key)
    try:
        with translated(path):
            migrate(connection, path, now=now)
            derived.renew(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def connect_reader(path: Path, key: bytes) -> Connection:
    """A connection that cannot write and does not see what is withheld."""
    connection = engine.connect(path, key, readonly=True)
    try:
        with translated(path):
            withheld.veil(connection)
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def open_reader(folder: Path, key: bytes, *, whole: bool = False) -> Iterator[Connection]:
    """A connection that cannot write, beside a running window or alone; `whole`: with what is withheld.

    A write-ahead log on a disk that takes no writes cannot be read in place, and opening the file as
    immutable would leave out what the log holds: both are copied to a temporary folder first.
    """
    path = ledger_file(folder)
    if os.access(folder, os.W_OK):
        with _reading(path, key, whole=whole) as connection:
            yield connection
        return
    with tempfile.TemporaryDirectory(prefix="ledger-") as other:
        copy = Path(shutil.copy(path, other))
        log = path.with_name(path.name + "-wal")
        if log.exists():
            shutil.copy(log, other)
        with _reading(copy, key, whole=whole) as connection:
            yield connection


@contextmanager
def _reading(path: Path, key: bytes, *, whole: bool) -> Iterator[Connection]:
    connection = engine.connect(path, key, readonly=True) if whole else connect_reader(path, key)
    try:
        with translated(path):
            yield connection
    finally:
        connection.close()


def every_page_is_whole(connection: Connection) -> bool:
    """Whether each page of the file still has the check value it was written with; reads all of it."""
    return not connection.execute("PRAGMA cipher_integrity_check").fetchall()
