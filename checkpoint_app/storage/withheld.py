"""Ids that readers do not see: entries still arriving, what stands behind a fork nobody decided, and what has
not the shape of its kind (see `shaping`).

Every reader has views of its own in the place of the tables, so that no query has to remember. The writer
and whoever takes in a bundle see everything. Rows of `withheld` never overlap.
"""

from __future__ import annotations

from collections.abc import Sequence

from checkpoint_app.domain import shapes
from checkpoint_app.storage import blocks, engine, views
from checkpoint_app.storage.engine import Connection

ARRIVING, FORK = "arriving", "fork"
Ids = tuple[int, int]
"""First and last id of a range."""


def shown(row: str) -> str:
    """SQL: a reader may see the entry with this id. Own ids never need a look at the table."""
    last = f"(SELECT high FROM main.withheld WHERE low <= {row} ORDER BY low DESC LIMIT 1)"  # noqa: S608 - a column
    return f"CASE WHEN {row} < {blocks.BLOCK} THEN 1 ELSE ifnull({last}, 0) < {row} END"


def understood(row: str, part: int) -> str:
    """SQL: that part of the entry with this id has the shape of its kind; own ones always have."""
    odd = f"EXISTS (SELECT 1 FROM main.misshapen WHERE entry = {row} AND odd & {part})"  # noqa: S608 - a column
    return f"CASE WHEN {row} < {blocks.BLOCK} THEN 1 ELSE NOT {odd} END"


def _if_understood(column: str) -> str:
    return f"CASE WHEN {understood('entry.id', shapes.PERSONAL)} THEN {column} END AS {column}"


VEIL = (
    f"CREATE TEMP VIEW stored AS SELECT * FROM main.entry WHERE {shown('entry.id')}",  # noqa: S608
    f"""
CREATE TEMP VIEW entry AS
SELECT id, header, public, {_if_understood("personal")}, {_if_understood("salt")}, hash, desk, epoch, seq,
       kind, shift, happened
  FROM main.entry WHERE {shown("entry.id")} AND {understood("entry.id", shapes.PUBLIC)}""",  # noqa: S608
    f"""
CREATE TEMP VIEW mark AS SELECT * FROM main.mark
 WHERE {shown("mark.entry")} AND {understood("mark.entry", shapes.PUBLIC | shapes.PERSONAL)}""",  # noqa: S608
    views.CROSSING.replace("CREATE VIEW", "CREATE TEMP VIEW"),
)
NEEDED = "SELECT count(*) FROM main.sqlite_schema WHERE name IN ('withheld', 'misshapen')"


def veil(connection: Connection) -> None:
    """Puts the views in front of the tables of a reader; a file from before the exchange has none to hide."""
    if connection.execute(NEEDED).fetchone() != (2,):
        return
    engine.set_and_check(connection, "query_only", "OFF", expected=0)  # it forbids temporary views too
    for view in VEIL:
        connection.execute(view)
    engine.set_and_check(connection, "query_only", "ON", expected=1)


def marks_in_sight(reader: Connection) -> str:
    """From where marks are read: the table itself, a fifth faster than its view, while nothing is withheld.

    Whoever reads there must bear marks of an entry that is not to be seen, because it came this moment.
    """
    (some,) = reader.execute(
        "SELECT EXISTS (SELECT 1 FROM main.withheld) OR EXISTS (SELECT 1 FROM main.misshapen)"
    ).fetchone()
    return "mark" if some else "main.mark"


def withhold(connection: Connection, ids: Ids, *, why: str, bundle: str = "") -> None:
    """Hides a range that no other row covers."""
    connection.execute("INSERT OR REPLACE INTO withheld VALUES(?, ?, ?, ?)", (*ids, why, bundle))


def reveal(connection: Connection, *, bundle: str) -> None:
    """Shows what arrived with a bundle."""
    connection.execute("DELETE FROM withheld WHERE why = ? AND bundle = ?", (ARRIVING, bundle))


def arriving(connection: Connection, bundle: str) -> Sequence[Ids]:
    """Ranges of a bundle that is still on its way in."""
    return connection.execute(
        "SELECT low, high FROM withheld WHERE why = ? AND bundle = ? ORDER BY low", (ARRIVING, bundle)
    ).fetchall()


def dispute_at(connection: Connection, start: int) -> int | None:
    """The number from which the chain whose block starts behind `start` is withheld for a fork."""
    row = connection.execute(
        "SELECT low FROM withheld WHERE why = ? AND low BETWEEN ? AND ?",
        (FORK, start + 1, start + blocks.BLOCK - 1),
    ).fetchone()
    return int(row[0]) - start if row else None


def dispute_from(connection: Connection, start: int, seq: int | None) -> None:
    """Withholds the chain from that number on; None shows all of it again."""
    connection.execute(
        "DELETE FROM withheld WHERE why = ? AND low BETWEEN ? AND ?",
        (FORK, start + 1, start + blocks.BLOCK - 1),
    )
    if seq is not None:
        withhold(connection, (start + seq, start + blocks.BLOCK - 1), why=FORK)
