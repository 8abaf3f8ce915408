"""Entries of other desks that have not the shape of their kind: kept, handed on, not seen by any question.

Table `misshapen` names them with their odd parts (see `domain.shapes`). An entry whose public part is odd is
not in a reader's `entry`; of one whose personal part is, a reader sees none. `stored` has them too, for those
who carry or prove a chain. Derived from each entry alone, and made again by a program with other shapes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

from checkpoint_app.domain import shapes
from checkpoint_app.storage import blocks
from checkpoint_app.storage.engine import Connection
from checkpoint_app.storage.schema import Derived

SHAPING = Derived(
    name="shaping",
    drops=(
        "DROP TRIGGER IF EXISTS misshapen_gone",
        "DROP TRIGGER IF EXISTS misshapen_forgotten",
        "DROP VIEW IF EXISTS stored",
        "DROP TABLE IF EXISTS misshapen",
    ),
    creates=(
        "CREATE TABLE misshapen(entry INTEGER PRIMARY KEY, odd INTEGER NOT NULL) STRICT",
        "CREATE VIEW stored AS SELECT * FROM entry",
        f"""
CREATE TRIGGER misshapen_gone AFTER DELETE ON entry WHEN OLD.id >= {blocks.BLOCK}
BEGIN DELETE FROM misshapen WHERE entry = OLD.id; END
""",  # noqa: S608 - a constant
        f"""
CREATE TRIGGER misshapen_forgotten AFTER UPDATE OF personal ON entry
WHEN OLD.id >= {blocks.BLOCK} AND NEW.personal IS NULL
BEGIN
  UPDATE misshapen SET odd = odd & {shapes.PUBLIC} WHERE entry = OLD.id;
  DELETE FROM misshapen WHERE entry = OLD.id AND odd = 0;
END
""",  # noqa: S608 - constants
    ),
    hangs_on=(shapes.DIGEST,),
)

NOTE = "INSERT INTO misshapen VALUES(?1, ?2) ON CONFLICT DO UPDATE SET odd = odd | ?2"


def note(connection: Connection, found: Iterable[tuple[object, ...]]) -> None:
    """Keeps local ids and odd parts, beside what is known of the entries."""
    connection.executemany(NOTE, [row for row in found if row[1]])


def odd_of(kind: str, public: str, personal: str | None) -> int:
    """Odd parts of an entry as it is stored."""
    return shapes.odd_parts(kind, json.loads(public), json.loads(personal) if personal is not None else None)


def fill(connection: Connection) -> None:
    """Looks at everything that came in bundles."""
    at = blocks.BLOCK
    while rows := connection.execute(_PART, (at,)).fetchall():
        note(connection, [(row[0], odd_of(*row[1:])) for row in rows])
        at = rows[-1][0] + 1


def not_seen(connection: Connection) -> Sequence[tuple[int, int]]:
    """Ranges of local ids, each of one entry, that no reader sees for their shape."""
    return connection.execute(
        "SELECT entry, entry FROM main.misshapen WHERE odd & ?", (shapes.PUBLIC,)
    ).fetchall()


def counts(reader: Connection) -> Mapping[str, int]:
    """How many entries of each desk are not understood, wholly or in their personal part."""
    rows = reader.execute(
        "SELECT desk, count(*) FROM main.misshapen JOIN main.entry ON entry.id = misshapen.entry"
        " GROUP BY desk"
    )
    return dict(rows.fetchall())


_PART = "SELECT id, kind, public, personal FROM main.entry WHERE id >= ? ORDER BY id LIMIT 5000"
