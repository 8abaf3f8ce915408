"""From one schema to the next: plain SQL, never edited after release, each in its own transaction.

`user_version` is major * 1000 + minor. A newer minor version only adds and may be opened by older code; a
newer major version may not. Before the first migration of a file that holds entries it is copied beside
itself; the copy holds personal data and is forgotten with the ledger (`copies`).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from checkpoint_app.domain.errors import Trouble
from checkpoint_app.storage import schema, schema_exchange
from checkpoint_app.storage.engine import APPLICATION_ID, Connection, check_identity

MAJOR = 1000


class LedgerNewer(Trouble):
    """The ledger at `path` was written by a newer program: schema `found`, known up to `known`."""


@dataclass(frozen=True, slots=True)
class Migration:
    """One step; `version` is the user_version after it."""

    version: int
    name: str
    statements: tuple[str, ...]


RECORD = """
CREATE TABLE migration(
  version INTEGER PRIMARY KEY, name TEXT NOT NULL, applied INTEGER NOT NULL
) STRICT
"""

MIGRATIONS: tuple[Migration, ...] = (
    Migration(1 * MAJOR, "first", (RECORD, *schema.FIRST)),
    Migration(1 * MAJOR + 1, "exchange", schema_exchange.EXCHANGE),
)


def migrate(
    connection: Connection, path: Path, *, now: int, migrations: tuple[Migration, ...] = MIGRATIONS
) -> tuple[str, ...]:
    """Brings the file at `path` to the last version; returns the names of the steps taken.

    Raises LedgerNewer. `now` in ms UTC goes into the record.
    """
    version = version_of(connection)
    newest = migrations[-1].version
    if version // MAJOR > newest // MAJOR:
        raise LedgerNewer(path=path, found=version, known=newest)
    steps = [step for step in migrations if step.version > version]
    if version and steps:
        copy_before(connection, path, version=version)
    for step in steps:
        _take(connection, step, now=now)
    check_identity(connection, path=path)
    return tuple(step.name for step in steps)


def version_of(connection: Connection) -> int:
    """The file's schema version; 0 for a new file."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)


def copy_before(connection: Connection, path: Path, *, version: int) -> Path:
    """Copies the whole file beside itself, named after the version it has."""
    copy = path.with_name(f"{path.stem}.before-{version}{path.suffix}")
    copy.unlink(missing_ok=True)
    connection.execute("VACUUM INTO ?", (str(copy),))
    return copy


def copies(path: Path) -> tuple[Path, ...]:
    """Copies made before migrations; whoever destroys personal data deletes them too."""
    return tuple(sorted(path.parent.glob(f"{path.stem}.before-*{path.suffix}")))


def _take(connection: Connection, step: Migration, *, now: int) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        for statement in step.statements:
            connection.execute(statement)
        connection.execute("INSERT INTO migration VALUES(?, ?, ?)", (step.version, step.name, now))
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {step.version}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
