"""A copy of the ledger, made by a reader beside the running window."""

from __future__ import annotations

from pathlib import Path

from checkpoint_app.domain.errors import Trouble
from checkpoint_app.storage import database, engine
from checkpoint_app.storage.engine import DiskFailed, DiskFull, LedgerReadOnly, translated


def copy_ledger(folder: Path, key: bytes, copy: Path) -> None:
    """Writes the ledger of `folder` to the new file `copy`: one snapshot, compacted, under the same key.

    The stepwise backup of SQLite begins again whenever somebody writes, and never ends beside a lane; this
    reads one snapshot and is in nobody's way. Whoever asked syncs the copy and proves it. Raises the
    Troubles of either file, each with its own path.
    """
    source = database.ledger_file(folder)
    with database.open_reader(folder, key) as connection:
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
