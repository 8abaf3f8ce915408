"""Getting a ledger back: its recovery key, and copies that were opened and proved before they count."""

from __future__ import annotations

import hmac
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from checkpoint_app import config
from checkpoint_app.config import SETTINGS_FILE
from checkpoint_app.crypto import recovery
from checkpoint_app.crypto.errors import KeyFileUnusable
from checkpoint_app.crypto.recovery import RECIPIENT_FILE, RECOVERY_FILE, RecoveryKey
from checkpoint_app.domain.chain import Report
from checkpoint_app.domain.entry import Head
from checkpoint_app.domain.errors import Refusal, Trouble
from checkpoint_app.services.desk import Reading
from checkpoint_app.services.proof import prove
from checkpoint_app.storage import appending, database
from checkpoint_app.storage import desk as own
from checkpoint_app.storage.backup import copy_ledger, name_of, note_target
from checkpoint_app.storage.engine import DiskFailed, DiskFull, LedgerReadOnly

_WHY = {DiskFull: "disk full", DiskFailed: "disk failed", LedgerReadOnly: "read-only"}
UNFINISHED = ".unfinished"


class RecoveryMismatch(Refusal):
    """These words belong to another desk or to an older recovery key."""


class NothingWritten(Refusal):
    """The ledger holds no entry yet: there is nothing to copy; facts: folder."""


class TargetAbsent(Trouble):
    """The folder that is to take the copy is not there; facts: path."""


class BackupFailed(Trouble):
    """The copy could not be written or is not what was copied; facts: path, why. Nothing is left of it."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A finished copy: `folder` holds the ledger, its settings and its wrapped key (if there was one)."""

    folder: Path
    head: Head
    entries: int
    recoverable: bool


def renew_recovery(reading: Reading) -> RecoveryKey:
    """A new recovery key for this desk, unproved; the one before it no longer opens what is written from now
    on. Raises KeyFileUnusable where the folder cannot be written."""
    fresh = RecoveryKey.make()
    _note_proved(reading.folder, proved=False)  # first: a sheet too many that counts as unproved harms nobody
    recovery.keep_wrapped(reading.folder, fresh.recipient, key=reading.key, desk=reading.settings.desk)
    return fresh


def prove_recovery(reading: Reading, text: str) -> None:
    """Opens the wrapped key with the words and remembers in the settings that it did.

    Raises RecoveryMismatch and what reading the words raises.
    """
    wrapped = recovery.read_recovery(reading.folder)
    keys = recovery.unwrap_all(wrapped, typed_key(text), desk=reading.settings.desk)
    if not any(hmac.compare_digest(key, reading.key) for key in keys):
        raise RecoveryMismatch
    with suppress(Trouble):  # a folder that cannot be written takes nothing away from the proof
        _note_proved(reading.folder, proved=True)


def typed_key(text: str) -> RecoveryKey:
    """Words or the AGE-SECRET-KEY line, whichever was typed; raises what reading them raises."""
    if text.strip().upper().startswith("AGE-SECRET-KEY-"):
        return RecoveryKey.from_text(text)
    return RecoveryKey.from_words(text)


def back_up(
    reading: Reading, target: Path, *, now: int, progress: Callable[[int], bool] = lambda _done: True
) -> Backup:
    """A folder of its own inside `target`, beside a running window; `now` in ms UTC names it.

    Written under another name, synced, opened again from the disk and proved entry by entry, then renamed:
    a folder with the final name is a whole backup. Raises NothingWritten, TargetAbsent,
    BackupFailed and what reading the ledger raises; nothing is left behind then.
    """
    head = _head(reading)
    if not target.is_dir():  # a stick that is not plugged in: nobody wants the copy on the disk it is of
        raise TargetAbsent(path=str(target))
    note_target(reading.folder, target)
    name = name_of(reading.settings.desk, now=now)
    final, unfinished = target / name, target / (name + UNFINISHED)
    if final.exists():
        raise BackupFailed(path=str(final), why="exists")
    try:
        _make(unfinished)
        report = _copy_and_prove(reading, unfinished, head=head, progress=progress)
        unfinished.rename(final)
        _sync(target)
    except OSError as error:
        raise BackupFailed(path=str(final), why=error.strerror or type(error).__name__) from error
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    end = next(end for end in report.ends if (end.desk, end.epoch) == (head.desk, head.epoch))
    with database.open_reader(final, reading.key) as connection:
        if appending.read_head(connection, end.desk, end.epoch) != end:
            raise BackupFailed(path=str(final), why="changed")
    return Backup(final, end, report.entries, (final / RECOVERY_FILE).exists())


def _head(reading: Reading) -> Head:
    chain = own.read_chain(reading.connection)
    if chain is None:
        raise NothingWritten(folder=str(reading.folder))
    return appending.read_head(reading.connection, chain.desk, chain.epoch)


def _copy_and_prove(reading: Reading, folder: Path, *, head: Head, progress: Callable[[int], bool]) -> Report:
    copy = database.ledger_file(folder)
    try:
        copy_ledger(reading.folder, reading.key, copy)
    except (DiskFull, DiskFailed, LedgerReadOnly) as error:  # of the copy; the ledger is only read
        raise BackupFailed(path=str(folder.parent), why=_WHY[type(error)]) from error
    for name in (RECOVERY_FILE, RECIPIENT_FILE, SETTINGS_FILE):
        if (reading.folder / name).exists():
            shutil.copyfile(reading.folder / name, folder / name)
    for path in folder.iterdir():
        _sync(path)
    _sync(folder)
    report = prove(lambda: database.open_reader(folder, reading.key), heads=(head,), progress=progress)
    if not report.sound:
        raise BackupFailed(path=str(folder), why="not proved")
    with database.open_reader(folder, reading.key) as connection:
        if not database.every_page_is_whole(connection):  # drafts, keys and indexes are no entries
            raise BackupFailed(path=str(folder), why="damaged page")
    return report


def _make(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)


def _sync(path: Path) -> None:
    """On the disk, and no longer in memory, so that what is read next comes from the disk."""
    if path.is_dir() and os.name != "posix":
        return
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
    finally:
        os.close(descriptor)


def _note_proved(folder: Path, *, proved: bool) -> None:
    settings = replace(config.load_settings(folder), sheet_proved=proved)
    try:
        config.save_settings(folder, settings)
    except OSError as error:
        raise KeyFileUnusable(path=str(folder / SETTINGS_FILE), reason=str(error)) from error
