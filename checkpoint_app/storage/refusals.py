"""Files that were refused: table `refusal`, one row a file's digest, whatever its name was."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from checkpoint_app.storage.engine import Connection

MOST_SHOWN = 500


@dataclass(frozen=True, slots=True)
class Refused:
    """`digest` is the file's SHA-256 (hex), `check` the one that refused it, `facts` what that one found.

    `sender` is "" when nobody can tell; `found` ms UTC.
    """

    digest: str
    name: str
    sender: str
    check: str
    facts: Mapping[str, str]
    found: int


def keep(connection: Connection, refused: Refused) -> None:
    """The first time counts: a file is refused once, however often it is offered."""
    connection.execute(
        "INSERT OR IGNORE INTO refusal VALUES(?, ?, ?, ?, ?, ?)",
        (
            refused.digest,
            refused.name,
            refused.sender,
            refused.check,
            json.dumps(dict(refused.facts), ensure_ascii=False, sort_keys=True),
            refused.found,
        ),
    )


def holds(connection: Connection, digest: str, check: str) -> bool:
    """Whether this file was refused by this check already."""
    found = connection.execute(
        "SELECT 1 FROM refusal WHERE digest = ? AND check_name = ?", (digest, check)
    ).fetchone()
    return found is not None


def drop(connection: Connection, digest: str) -> None:
    """The file was taken after all, say once its sender was enrolled."""
    connection.execute("DELETE FROM refusal WHERE digest = ?", (digest,))


def rows(reader: Connection, *, limit: int = MOST_SHOWN) -> tuple[Refused, ...]:
    """Newest first."""
    found = reader.execute(
        "SELECT digest, name, sender, check_name, facts, found FROM refusal ORDER BY found DESC LIMIT ?",
        (limit,),
    )
    return tuple(
        Refused(digest, name, sender, check, json.loads(facts), at)
        for digest, name, sender, check, facts, at in found.fetchall()
    )
