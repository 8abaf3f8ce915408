"""Which entries tell of which affair (see `domain.affairs`), and which affairs are not over. Derived."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from types import MappingProxyType
from typing import NamedTuple

from checkpoint_app.domain import shapes
from checkpoint_app.domain.affairs import CONTINUING, FAMILY_OF, Family, Told
from checkpoint_app.storage import blocks, ordering
from checkpoint_app.storage.engine import Connection, Cursor
from checkpoint_app.storage.schema import Derived

TABLES = (
    """
CREATE TABLE affair(
  desk TEXT, family TEXT, name TEXT, first INTEGER NOT NULL, last INTEGER NOT NULL, over INTEGER NOT NULL,
  until INTEGER NOT NULL,
  PRIMARY KEY(desk, family, name)
) STRICT, WITHOUT ROWID
""",
    "CREATE INDEX affair_over ON affair(desk, family, over, first)",
    "CREATE INDEX affair_family ON affair(family)",
    """
CREATE TABLE affair_entry(
  desk TEXT, family TEXT, name TEXT, entry INTEGER, kind TEXT NOT NULL, happened INTEGER NOT NULL,
  PRIMARY KEY(desk, family, name, entry)
) STRICT, WITHOUT ROWID
""",
    "CREATE INDEX affair_entry_kind ON affair_entry(desk, family, name, kind)",
    "CREATE INDEX affair_entry_at ON affair_entry(desk, family, happened)",
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
CREATE TRIGGER affair_told AFTER INSERT ON entry WHEN NEW.kind IN ({_KINDS}) AND {blocks.own("NEW.id")}
BEGIN
  INSERT OR IGNORE INTO affair_entry VALUES(
    NEW.desk, {family_of("NEW")}, {name_of("NEW")}, NEW.id, NEW.kind, NEW.happened);
  INSERT INTO affair VALUES(
    NEW.desk, {family_of("NEW")}, {name_of("NEW")}, NEW.id, NEW.id, coalesce(NEW.public ->> '$.over', 0),
    coalesce(NEW.public ->> '$.until', {FOR_EVER}))
  ON CONFLICT DO UPDATE SET last = excluded.last,
    over = iif(NEW.kind IN ({_CONTINUING}), over, excluded.over);
END
"""

_FILL_ENTRIES = f"""
INSERT OR IGNORE INTO affair_entry
SELECT desk, {family_of("entry")}, {name_of("entry")}, id, kind, happened FROM entry
 WHERE kind IN ({_KINDS}) AND {blocks.own("id")}"""  # noqa: S608

_FILL = f"""
INSERT INTO affair
SELECT told.desk, told.family, told.name, told.first, told.last, coalesce(entry.public ->> '$.over', 0),
       coalesce(began.public ->> '$.until', {FOR_EVER})
  FROM (SELECT each.desk, family, name, min(each.entry) AS first, max(each.entry) AS last,
               coalesce(max(iif(said.kind IN ({_CONTINUING}), NULL, each.entry)), min(each.entry)) AS decides
          FROM affair_entry AS each JOIN entry AS said ON said.id = each.entry
         GROUP BY each.desk, family, name) AS told
  JOIN entry ON entry.id = told.decides JOIN entry AS began ON began.id = told.first"""  # noqa: S608 - constants

AFFAIRS = Derived(
    name="affairs",
    drops=(
        "DROP TRIGGER IF EXISTS affair_told",
        "DROP TABLE IF EXISTS affair",
        "DROP TABLE IF EXISTS affair_entry",
    ),
    creates=(*TABLES, _TRIGGER),
    fills=(_FILL_ENTRIES, _FILL),
    hangs_on=(shapes.DIGEST,),
)


def names(
    reader: Connection,
    family: Family,
    *,
    desk: str,
    over: bool | None = None,
    upto: int | None = None,
    lasting: int | None = None,
    limit: int = 10_000,
) -> tuple[str, ...]:
    """Names of the affairs of a family, in the order they began, the newest `limit` of them; with `over` only
    those which are or are not, with `lasting` (ms UTC) only those whose time, if they have one, is not past
    then. With `upto`, a local id, those begun by then; what was told of behind it is given whatever `over`.
    """
    conditions = {
        "desk = ?1 AND family = ?2": True,
        "over = ?3": over is not None and upto is None,
        "(over = ?3 OR last > ?4)": over is not None and upto is not None,
        "first <= ?4": upto is not None,
        "until >= ?5": lasting is not None,
    }
    rows = reader.execute(
        "SELECT name FROM affair WHERE "  # noqa: S608 - constants
        + " AND ".join(condition for condition, wanted in conditions.items() if wanted)
        + " ORDER BY first DESC LIMIT ?6",
        (desk, family.value, None if over is None else int(over), upto, lasting, limit),
    )
    return tuple(row[0] for row in reversed(rows.fetchall()))


def told(reader: Connection, family: Family, wanted: Iterable[str], *, desk: str) -> tuple[Told, ...]:
    """Every entry of the named affairs: affair by affair as asked for, each in the order written."""
    found: list[Told] = []
    for name in wanted:
        rows = reader.execute(
            f"SELECT {_COLUMNS} FROM affair_entry AS told JOIN entry ON entry.id = told.entry"  # noqa: S608
            " WHERE told.desk = ? AND told.family = ? AND told.name = ?",
            (desk, family.value, name),
        )
        found += _in_order(rows)
    return tuple(found)


def newest(
    reader: Connection,
    family: Family,
    wanted: Iterable[str],
    *,
    desk: str,
    begun: str,
    anew: str,
    most: int,
    upto: int | None = None,
) -> tuple[Told, ...]:
    """Of each named affair what tells how it stands, however long it goes on: the first entry, the last of
    kind `begun`, everything since the last of kind `anew`, and the newest `most` at least. With `upto`, a
    local id, as if that were the last entry.
    """
    found: list[Told] = []
    for name in wanted:
        first, last = _ends(reader, desk, family, name)
        if ordering.block_of(first) != ordering.block_of(last):  # of several chains: told as a whole
            found += told(reader, family, (name,), desk=desk)
            continue
        rows = reader.execute(
            f"SELECT {_COLUMNS} FROM ({_NEWEST}) AS told JOIN entry ON entry.id = told.entry",  # noqa: S608
            (desk, family.value, name, FOR_EVER if upto is None else upto, begun, anew, most),
        )
        found += _in_order(rows)
    return tuple(found)


def _ends(reader: Connection, desk: str, family: Family, name: str) -> tuple[int, int]:
    """The lowest and the highest local id of what tells of an affair; 0 without any."""
    row = reader.execute(
        "SELECT ifnull(min(entry), 0), ifnull(max(entry), 0) FROM affair_entry"
        " WHERE desk = ? AND family = ? AND name = ?",
        (desk, family.value, name),
    ).fetchone()
    return row[0], row[1]


_OWN = "affair_entry WHERE desk = ?1 AND family = ?2 AND name = ?3 AND entry <= ?4"
_NEWEST = f"""
SELECT min(entry) AS entry FROM {_OWN}
UNION SELECT max(entry) FROM {_OWN} AND kind = ?5
UNION SELECT entry FROM {_OWN} AND entry >= ifnull((SELECT max(entry) FROM {_OWN} AND kind = ?6), 0)
UNION SELECT * FROM (SELECT entry FROM {_OWN} ORDER BY entry DESC LIMIT ?7)"""  # noqa: S608 - constants


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
        " WHERE told.desk = ? AND told.family = ? AND told.happened >= ? AND told.happened < ?",
        (desk, family.value, at, FOR_EVER if until is None else until),
    )
    return tuple(_in_order(rows))


def of_shift(reader: Connection, shift: str, families: Sequence[Family] = tuple(Family)) -> tuple[Told, ...]:
    """What was told in one shift about affairs of these families, in the order written."""
    kinds = tuple(kind for kind, family in FAMILY_OF.items() if family in families)
    rows = reader.execute(
        f"SELECT {_COLUMNS} FROM entry WHERE shift = ? AND {ordering.OWN_SHIFT}"  # noqa: S608 - constants
        f" AND kind IN ({', '.join('?' * len(kinds))})",
        (shift, *kinds),
    )
    return tuple(_in_order(rows))


class _Row(NamedTuple):
    """_COLUMNS."""

    id: int
    epoch: str
    seq: int
    written: int
    desk: str
    kind: str
    action: str
    shift: str
    officer: str
    happened: int
    zone: int
    public: str
    personal: str | None
    promised: str | None


_COLUMNS = (
    "entry.id, entry.epoch, entry.seq, entry.header ->> '$.written', entry.desk, entry.kind,"
    " entry.header ->> '$.action', entry.shift, entry.header ->> '$.officer', entry.happened,"
    " entry.header ->> '$.zone', entry.public, entry.personal, entry.header ->> '$.personal'"
)


def _in_order(rows: Cursor) -> Iterator[Told]:
    return map(_told, ordering.in_order(_Row(*row) for row in rows.fetchall()))


def _told(row: _Row) -> Told:
    said = json.loads(row.public)
    return Told(
        row.id,
        row.desk,
        row.seq,
        FAMILY_OF[row.kind],
        said.get("about", row.action),
        row.kind,
        row.action,
        row.shift,
        row.officer,
        row.happened,
        row.zone,
        MappingProxyType(said),
        MappingProxyType(json.loads(row.personal) if row.personal else {}),
        forgotten=row.promised is not None and row.personal is None,
    )
