"""Which entries tell of which affair (see `domain.affairs`), and which affairs are not over. Derived."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from types import MappingProxyType
from typing import Any

from checkpoint_app.domain.affairs import CONTINUING, FAMILY_OF, Family, Told
from checkpoint_app.storage.engine import Connection
from checkpoint_app.storage.schema import Derived

TABLES = (
    """
CREATE TABLE affair(
  desk TEXT, family TEXT, name TEXT, first INTEGER NOT NULL, last INTEGER NOT NULL, over INTEGER NOT NULL,
  PRIMARY KEY(desk, family, name)
) STRICT, WITHOUT ROWID
""",
    "CREATE INDEX affair_over ON affair(family, over, last)",
    """
CREATE TABLE affair_entry(
  desk TEXT, family TEXT, name TEXT, entry INTEGER, PRIMARY KEY(desk, family, name, entry)
) STRICT, WITHOUT ROWID
""",
)

FOR_EVER = 2**62
"""ms UTC after every entry's."""

_KINDS = ", ".join(f"'{kind}'" for kind in FAMILY_OF)
_CONTINUING = ", ".join(f"'{kind}'" for kind in sorted(CONTINUING))
_FAMILIES = json.dumps({kind: family.value for kind, family in FAMILY_OF.items()})


def family_of(row: str) -> str:
    """SQL for the family of an entry's affair."""
    return f"json_extract('{_FAMILIES}', '$.' || {row}.kind)"


def name_of(row: str) -> str:
    """SQL for the name of an entry's affair."""
    return f"coalesce({row}.public ->> '$.about', {row}.header ->> '$.action')"


_TRIGGER = f"""
CREATE TRIGGER affair_told AFTER INSERT ON entry WHEN NEW.kind IN ({_KINDS})
BEGIN
  INSERT OR IGNORE INTO affair_entry VALUES(NEW.desk, {family_of("NEW")}, {name_of("NEW")}, NEW.id);
  INSERT INTO affair VALUES(
    NEW.desk, {family_of("NEW")}, {name_of("NEW")}, NEW.id, NEW.id, coalesce(NEW.public ->> '$.over', 0))
  ON CONFLICT DO UPDATE SET last = excluded.last,
    over = iif(NEW.kind IN ({_CONTINUING}), over, excluded.over);
END
"""

_FILL_ENTRIES = f"""
INSERT OR IGNORE INTO affair_entry
SELECT desk, {family_of("entry")}, {name_of("entry")}, id FROM entry WHERE kind IN ({_KINDS})"""  # noqa: S608

_FILL = f"""
INSERT INTO affair
SELECT told.desk, told.family, told.name, told.first, told.last, coalesce(entry.public ->> '$.over', 0)
  FROM (SELECT each.desk, family, name, min(each.entry) AS first, max(each.entry) AS last,
               coalesce(max(iif(said.kind IN ({_CONTINUING}), NULL, each.entry)), min(each.entry)) AS decides
          FROM affair_entry AS each JOIN entry AS said ON said.id = each.entry
         GROUP BY each.desk, family, name) AS told
  JOIN entry ON entry.id = told.decides"""  # noqa: S608 - constants

AFFAIRS = Derived(
    name="affairs",
    drops=(
        "DROP TRIGGER IF EXISTS affair_told",
        "DROP TABLE IF EXISTS affair",
        "DROP TABLE IF EXISTS affair_entry",
    ),
    creates=(*TABLES, _TRIGGER),
    fills=(_FILL_ENTRIES, _FILL),
)


def names(
    reader: Connection,
    family: Family,
    *,
    desk: str,
    over: bool | None = None,
    upto: int | None = None,
    limit: int = 10_000,
) -> tuple[str, ...]:
    """Names of the affairs of a family, in the order they began; with `over` only those which are or are
    not. With `upto`, a local id, those begun by then; what was told of behind it is given whatever `over`.
    """
    rows = reader.execute(
        "SELECT name FROM affair WHERE desk = ?1 AND family = ?2"
        " AND (?3 IS NULL OR over = ?3 OR last > ?4) AND (?4 IS NULL OR first <= ?4) ORDER BY first LIMIT ?5",
        (desk, family.value, None if over is None else int(over), upto, limit),
    )
    return tuple(row[0] for row in rows.fetchall())


def told(reader: Connection, family: Family, wanted: Iterable[str], *, desk: str) -> tuple[Told, ...]:
    """Every entry of the named affairs: affair by affair as asked for, each in the order written."""
    found: list[Told] = []
    for name in wanted:
        rows = reader.execute(
            f"SELECT {_COLUMNS} FROM affair_entry AS told JOIN entry ON entry.id = told.entry"  # noqa: S608
            " WHERE told.desk = ? AND told.family = ? AND told.name = ? ORDER BY told.entry",
            (desk, family.value, name),
        )
        found += map(_told, rows.fetchall())
    return tuple(found)


def all_told(reader: Connection, family: Family, *, desk: str, over: bool | None = None) -> tuple[Told, ...]:
    """Every entry of every affair of a family, each affair's in the order written."""
    return told(reader, family, names(reader, family, desk=desk, over=over), desk=desk)


def since(
    reader: Connection, family: Family, at: int, *, desk: str, until: int | None = None
) -> tuple[Told, ...]:
    """Every entry of a family that happened at `at` (ms UTC) or later, and before `until`, in the order
    written.
    """
    rows = reader.execute(
        f"SELECT {_COLUMNS} FROM affair_entry AS told JOIN entry ON entry.id = told.entry"  # noqa: S608
        " WHERE told.desk = ? AND told.family = ? AND entry.happened >= ? AND entry.happened < ?"
        " ORDER BY told.entry",
        (desk, family.value, at, FOR_EVER if until is None else until),
    )
    return tuple(map(_told, rows.fetchall()))


def of_shift(reader: Connection, shift: str, families: Sequence[Family] = tuple(Family)) -> tuple[Told, ...]:
    """What was told in one shift about affairs of these families, in the order written."""
    kinds = tuple(kind for kind, family in FAMILY_OF.items() if family in families)
    rows = reader.execute(
        f"SELECT {_COLUMNS} FROM entry WHERE shift = ?"  # noqa: S608 - constants
        f" AND kind IN ({', '.join('?' * len(kinds))}) ORDER BY id",
        (shift, *kinds),
    )
    return tuple(map(_told, rows.fetchall()))


_COLUMNS = (
    "entry.id, entry.desk, entry.seq, entry.kind, entry.header ->> '$.action', entry.shift,"
    " entry.header ->> '$.officer', entry.happened, entry.header ->> '$.zone', entry.public, entry.personal,"
    " entry.header ->> '$.personal'"
)


def _told(row: Sequence[Any]) -> Told:
    id_, desk, seq, kind, action, shift, officer, happened, zone, public, personal, promised = row
    said = json.loads(public)
    return Told(
        id_,
        desk,
        seq,
        FAMILY_OF[kind],
        said.get("about", action),
        kind,
        action,
        shift,
        officer,
        happened,
        zone,
        MappingProxyType(said),
        MappingProxyType(json.loads(personal) if personal else {}),
        forgotten=promised is not None and personal is None,
    )
