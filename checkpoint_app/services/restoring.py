"""A ledger out of its backup: opened with the recovery words, proved, and begun anew as another epoch."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from checkpoint_app import config
from checkpoint_app.crypto import keychain, recovery
from checkpoint_app.crypto.keyfile import KEY_FILE, KeyPlace
from checkpoint_app.crypto.recovery import RECIPIENT_FILE, RECOVERY_FILE
from checkpoint_app.domain.chain import Report
from checkpoint_app.domain.entry import Head
from checkpoint_app.domain.errors import Refusal, Trouble
from checkpoint_app.services.desk import Desk
from checkpoint_app.services.proof import prove
from checkpoint_app.services.safekeeping import typed_key
from checkpoint_app.storage import database
from checkpoint_app.storage.desk import RESTORE
from checkpoint_app.storage.engine import Connection, WrongKey

STAGE = "restoring"


class FolderTaken(Refusal):
    """The folder holds a ledger, and a ledger is never overwritten; facts: folder."""


class NoBackup(Refusal):
    """Nothing there that can be restored; facts: path, why."""


class RestoreFailed(Trouble):
    """The files could not be put in place; facts: folder, why."""


class BackupUnsound(Refusal):
    """The backup opens, but its entries are not what was written; facts: faults (how many)."""


@dataclass(frozen=True, slots=True)
class Restored:
    """`report` is the proof of the backup, `head` where the new epoch stands; `unreceipted` entries of it
    headquarters has not confirmed."""

    report: Report
    head: Head
    unreceipted: int = 0


def refuse_taken(folder: Path) -> None:
    """Raises FolderTaken for a folder with a ledger, a part of one or a copy of one."""
    if database.holds_ledger(folder):
        raise FolderTaken(folder=str(folder))


def backup_folder(path: Path) -> Path:
    """The folder of a backup, when the folder or the ledger in it was named; raises NoBackup."""
    folder = path.parent if path.name == database.FILE else path
    if not database.ledger_file(folder).is_file():
        raise NoBackup(path=str(path), why="no ledger")
    return folder


@contextmanager
def opened_by(folder: Path, keys: Sequence[bytes]) -> Iterator[Connection]:
    """A connection to read the ledger in `folder` with the first key that fits; raises WrongKey."""
    with database.open_reader(folder, _key_that_opens(folder, keys)) as connection:
        yield connection


def restore(
    backup: Path,
    folder: Path,
    words: str,
    *,
    place: KeyPlace,
    passphrase: str | None,
    open_desk: Callable[[Path, str | None, str], Desk],
    progress: Callable[[int], bool] = lambda _done: True,
) -> Restored:
    """Puts the backup into `folder`, which must not hold a ledger, under a new epoch.

    All is made in a folder beside its place; the ledger itself is moved in last, so a stop at any moment
    leaves either no ledger or the whole one. `open_desk` gets folder, passphrase and reason. Raises
    FolderTaken, NoBackup, BackupUnsound, RestoreFailed, and what the words, the key places and the ledger
    raise.
    """
    refuse_taken(folder)
    source = backup_folder(backup)
    settings = config.load_settings(source)
    if not settings.complete:
        raise NoBackup(path=str(backup), why=config.SETTINGS_FILE)
    keys = recovery.unwrap_all(recovery.read_recovery(source), typed_key(words), desk=settings.desk)
    stage = folder / STAGE
    try:
        report = _stage(source, stage, keys=keys, progress=progress)
        key = _key_that_opens(stage, keys)
        recovery.keep_wrapped(stage, typed_key(words).recipient, key=key, desk=settings.desk)
        keychain.keep_key(stage, key, place, name=settings.desk, passphrase=passphrase)
        config.save_settings(stage, replace(settings, key_place=place.value, sheet_proved=True))
        desk = open_desk(stage, passphrase, RESTORE)
        kept = desk.sending.unreceipted()
        desk.close()
        for name in (RECOVERY_FILE, RECIPIENT_FILE, KEY_FILE, config.SETTINGS_FILE, database.FILE):
            (stage / name).replace(folder / name)
    except OSError as error:
        raise RestoreFailed(folder=str(folder), why=error.strerror or type(error).__name__) from error
    finally:
        shutil.rmtree(stage, ignore_errors=True)
    return Restored(report, desk.ledger.head(), kept.count)


def _stage(source: Path, stage: Path, *, keys: Sequence[bytes], progress: Callable[[int], bool]) -> Report:
    """The backup's files, proved where they now lie."""
    shutil.rmtree(stage, ignore_errors=True)
    database.make_folder(stage.parent)
    stage.mkdir(mode=0o700)
    for name in (RECOVERY_FILE, database.FILE, database.FILE + "-wal"):
        if (source / name).exists():
            shutil.copyfile(source / name, stage / name)
            (stage / name).chmod(0o600)
    report = prove(lambda: opened_by(stage, keys), progress=progress)
    if not report.sound:
        raise BackupUnsound(faults=len(report.faults) + report.more)
    return report


def _key_that_opens(folder: Path, keys: Sequence[bytes]) -> bytes:
    for key in keys[:-1]:
        with suppress(WrongKey), database.open_reader(folder, key):
            return key
    return keys[-1]
