"""A copy of the ledger, made by a reader beside the running window; and old copies found and deleted."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from checkpoint_app.domain.errors import Trouble
from checkpoint_app.storage import database, engine
from checkpoint_app.storage.engine import DiskFailed, DiskFull, LedgerReadOnly, translated

_STAMP = "%Y%m%dT%H%M%SZ"
_NAME = re.compile(r"(?P<desk>.+)-(?P<stamp>[0-9]{8}T[0-9]{6}Z)")
TARGETS = "backups.json"


def name_of(desk: str, *, now: int) -> str:
    """What the folder of a backup made at `now` (ms UTC) is called."""
    return f"{desk}-{datetime.fromtimestamp(now / 1000, UTC).strftime(_STAMP)}"


def made_at(backup: Path) -> int:
    """When a backup was made, ms UTC: by its name, which copying keeps, else by the file's own time."""
    with suppress(ValueError):
        named = _NAME.fullmatch(backup.name)
        if named:
            made = datetime.strptime(named["stamp"], _STAMP).replace(tzinfo=UTC)
            return int(made.timestamp() * 1000)
    return backup.stat().st_mtime_ns // 1_000_000


def targets(folder: Path) -> tuple[Path, ...]:
    """Folders that took backups of this desk, as far as it remembers."""
    try:
        found = json.loads((folder / TARGETS).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ()
    return tuple(Path(one) for one in found if isinstance(one, str)) if isinstance(found, list) else ()


def note_target(folder: Path, target: Path) -> None:
    """Remembers where a backup goes, so that it can be deleted when its time is over; harmless to fail."""
    known = dict.fromkeys((*(str(one) for one in targets(folder)), str(target.resolve())))
    with suppress(OSError):
        (folder / TARGETS).write_text(json.dumps(list(known), ensure_ascii=False), encoding="utf-8")


def backups_in(target: Path, *, desk: str) -> tuple[Path, ...]:
    """Folders in `target` that are backups of this desk, oldest first; none where it cannot be read."""
    try:
        named = [(found, _NAME.fullmatch(found.name)) for found in target.iterdir()]
        found = [path for path, name in named if name and name["desk"] == desk and _holds(path)]
    except OSError:
        return ()
    return tuple(sorted(found, key=made_at))


def delete_backup(backup: Path, *, files: frozenset[str]) -> bool:
    """Deletes a backup: a file, or of a folder what a backup consists of; False when something stays.

    Nothing else in the folder is touched: it may have been given a name that looks like a backup's.
    """
    try:
        if not backup.is_dir():
            backup.unlink(missing_ok=True)
            return True
        for name in files:
            (backup / name).unlink(missing_ok=True)
        with suppress(OSError):
            backup.rmdir()
    except OSError:
        return False
    return not database.ledger_file(backup).exists()


def _holds(folder: Path) -> bool:
    return database.ledger_file(folder).is_file()


def copy_ledger(folder: Path, key: bytes, copy: Path) -> None:
    """Writes the ledger of `folder` to the new file `copy`: one snapshot, compacted, under the same key.

    The stepwise backup of SQLite begins again whenever somebody writes, and never ends beside a lane; this
    reads one snapshot and is in nobody's way. Whoever asked syncs the copy and proves it. Raises the
    Troubles of either file, each with its own path.
    """
    source = database.ledger_file(folder)
    with database.open_reader(folder, key, whole=True) as connection:
        engine.set_and_check(connection, "query_only", "OFF", expected=0)  # it forbids writing the copy too
        try:
            connection.execute("VACUUM INTO ?", (str(copy.resolve()),))
        except engine.DatabaseError as error:
            raise _whose_fault(error, source=source, copy=copy) from error


def _whose_fault(error: Exception, *, source: Path, copy: Path) -> Exception:
    """A failed write is the copy's trouble; damage, a lock or a wrong key is the source's."""
    try:
        with translated(copy):
            raise error
    except (DiskFull, DiskFailed, LedgerReadOnly) as trouble:
        return trouble
    except Trouble as trouble:
        return type(trouble)(**trouble.facts | {"path": source})
    except engine.DatabaseError as same:
        return same
