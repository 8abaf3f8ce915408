"""A copy of the ledger beside the running window, and a ledger from a copy."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from checkpoint_app.crypto.desk import signature_fits
from checkpoint_app.domain.chain import Report, verify
from checkpoint_app.domain.entry import Head
from checkpoint_app.domain.errors import Refusal, Trouble
from checkpoint_app.storage import database, engine
from checkpoint_app.storage.appending import read_entries
from checkpoint_app.storage.desk import RESTORE, read_desk_keys
from checkpoint_app.storage.engine import DiskFailed, DiskFull, LedgerReadOnly, translated
from checkpoint_app.storage.ledger import Ledger, Terms
from checkpoint_app.storage.lock import WriterLock

_PART = ".part"


class BackupExists(Refusal):
    """There is already something at `path`; backups are never written over."""


class BackupUnsound(Trouble):
    """The copy at `path` does not verify; `faults` counts what is wrong."""


class LedgerThere(Refusal):
    """`folder` already holds a ledger; restoring over it would lose it."""


@dataclass(frozen=True, slots=True)
class BackedUp:
    """`file` is the copy, `heads` where its chains end, `beside` what was copied with it."""

    file: Path
    bytes: int
    heads: tuple[Head, ...]
    beside: tuple[Path, ...]


def backup(folder: Path, key: bytes, target: Path, *, beside: Sequence[Path] = ()) -> BackedUp:
    """Copies the ledger of `folder` to the file `target` in one snapshot, encrypted under the same key.

    The copy is synced, opened again and verified before it gets its name. `beside` are files that belong to
    it (the recovery wrap) and are copied next to it. Raises BackupExists, BackupUnsound, DiskFull, ….
    """
    if target.exists():
        raise BackupExists(path=target)
    part = target.with_name(target.name + _PART)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        _copy(folder, key, part)
        report = check_copy(part, key)
        _sync(part)
        part.replace(target)
        copied = tuple(_copy_beside(path, target) for path in beside if path.exists())
        _sync(target.parent)
        return BackedUp(target, target.stat().st_size, report.ends, copied)
    except OSError as error:
        raise DiskFailed(path=target, code=error.strerror) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def check_copy(file: Path, key: bytes) -> Report:
    """Reads every page and every entry of a copy; raises BackupUnsound, WrongKey or LedgerDamaged."""
    connection = engine.connect(file, key, readonly=True)
    try:
        with translated(file):
            whole = database.every_page_is_whole(connection)
            report = verify(read_entries(connection), keys=read_desk_keys(connection), check=signature_fits)
    finally:
        connection.close()
    if not (whole and report.sound):
        raise BackupUnsound(path=file, faults=len(report.faults) + (not whole))
    return report


def restore(
    file: Path,
    folder: Path,
    key: bytes,
    *,
    desk: str,
    build_date: int,
    machine: str = "",
    terms: Terms | None = None,
) -> Ledger:
    """Makes the ledger of `folder` from a backup and opens it in a new epoch that names the old head.

    `key` is the backup's. Raises LedgerThere when the folder has a ledger, BackupUnsound, WrongKey, ….
    """
    database.make_folder(folder)
    path = database.ledger_file(folder)
    lock = WriterLock(folder)
    try:
        if path.exists():
            raise LedgerThere(folder=folder)
        part = path.with_name(path.name + _PART)
        try:
            shutil.copyfile(file, part)
            check_copy(part, key)
            _sync(part)
            part.replace(path)
            _sync(folder)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise DiskFailed(path=path, code=error.strerror) from error
    finally:
        lock.release()
    return Ledger.open(
        folder, key, desk=desk, build_date=build_date, machine=machine, reason=RESTORE, terms=terms
    )


def _copy(folder: Path, key: bytes, part: Path) -> None:
    source = database.ledger_file(folder)
    with database.open_reader(folder, key) as connection:
        engine.set_and_check(connection, "query_only", "OFF", expected=0)  # it forbids writing the copy too
        try:
            connection.execute("VACUUM INTO ?", (str(part),))
        except engine.DatabaseError as error:
            raise _copying_failed(error, source, part) from error


def _copying_failed(error: Exception, source: Path, part: Path) -> Exception:
    """The trouble is with the disk that is written, unless the source is damaged."""
    try:
        with translated(part.parent / part.name):
            raise error
    except (DiskFull, DiskFailed, LedgerReadOnly) as trouble:
        return trouble
    except Trouble as trouble:
        return type(trouble)(**trouble.facts | {"path": source})


def _copy_beside(path: Path, target: Path) -> Path:
    copy = target.with_name(f"{target.stem}.{path.name}")
    shutil.copyfile(path, copy)
    _sync(copy)
    return copy


def _sync(path: Path) -> None:
    """Brings a file, or a folder's names, to the disk."""
    if path.is_dir() and os.name == "nt":
        return  # Windows has no handle for it; the rename is in its journal
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
