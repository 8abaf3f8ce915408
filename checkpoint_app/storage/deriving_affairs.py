"""Affairs that entries of other chains tell of; see `deriving`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from checkpoint_app.domain.affairs import CONTINUING, FAMILY_OF
from checkpoint_app.storage import affairs, ordering
from checkpoint_app.storage.engine import Connection
from checkpoint_app.storage.ordering import Place
from checkpoint_app.storage.seen import Change, Ranges

PART = 5_000
_KINDS = "(" + ", ".join(f"'{kind}'" for kind in FAMILY_OF) + ")"

Name = tuple[str, str, str]
"""Desk, family and name of an affair."""


class _Told(NamedTuple):
    id: int
    kind: str
    desk: str
    happened: int
    name: str


@dataclass(frozen=True, slots=True)
class AffairRows:
    """Rows to put in and to take out; an affair is always written as a whole."""

    told: Sequence[tuple[str, str, str, int, str, int]]
    untold: Sequence[tuple[str, str, str, int]]
    affairs: Sequence[tuple[str, str, str, int, int, int, int]]
    over: Sequence[Name]


def work_out(connection: Connection, change: Change) -> AffairRows:
    """What the tables of affairs gain and lose."""
    come, gone = _told_in(connection, change.come), _told_in(connection, change.gone)
    told = [(*_name(each), each.id, each.kind, each.happened) for each in come]
    untold = [(*_name(each), each.id) for each in gone]
    kinds: dict[Name, dict[int, str]] = {row[:3]: {} for row in untold}
    for desk, family, name, entry, kind, _ in told:
        kinds.setdefault((desk, family, name), {})[entry] = kind
    rows = {name: _affair(connection, name, change, new) for name, new in kinds.items()}
    return AffairRows(
        told,
        untold,
        [(*name, *row) for name, row in rows.items() if row is not None],
        [name for name, row in rows.items() if row is None],
    )


def put_in(connection: Connection, rows: AffairRows) -> None:
    """Inside the caller's transaction."""
    delete = "DELETE FROM affair_entry WHERE desk = ? AND family = ? AND name = ? AND entry = ?"
    connection.executemany(delete, rows.untold)
    connection.executemany("INSERT OR IGNORE INTO affair_entry VALUES(?, ?, ?, ?, ?, ?)", rows.told)
    connection.executemany("DELETE FROM affair WHERE desk = ? AND family = ? AND name = ?", rows.over)
    connection.executemany("INSERT OR REPLACE INTO affair VALUES(?, ?, ?, ?, ?, ?, ?)", rows.affairs)


def _told_in(connection: Connection, ranges: Ranges) -> list[_Told]:
    found: list[_Told] = []
    for part in ranges.parts(PART):
        found += (_Told(*row) for row in connection.execute(_READ, part))
    return found


_READ = f"""
SELECT id, kind, desk, happened, CAST({affairs.name_of("entry")} AS TEXT)
  FROM main.entry AS entry WHERE id BETWEEN ? AND ? AND kind IN {_KINDS} ORDER BY id"""  # noqa: S608


def _name(each: _Told) -> Name:
    return each.desk, FAMILY_OF[each.kind].value, each.name


def _affair(
    connection: Connection, name: Name, change: Change, new: dict[int, str]
) -> tuple[int, int, int, int] | None:
    """First and last entry, whether it is over, and until when; None when nothing tells of it any more."""
    kept = connection.execute(_KEPT, name).fetchall()
    kinds = {entry: kind for entry, kind in kept if change.after(entry)} | new
    if not kinds:
        return None
    entries = _in_order(connection, list(kinds))
    deciding = [entry for entry in entries if kinds[entry] not in CONTINUING]
    decides = deciding[-1] if deciding else entries[0]
    (over,) = connection.execute(_OVER, (decides,)).fetchone()
    (until,) = connection.execute(_UNTIL, (entries[0],)).fetchone()
    return entries[0], entries[-1], over, until


def _in_order(connection: Connection, entries: Sequence[int]) -> Sequence[int]:
    if len({ordering.block_of(entry) for entry in entries}) < 2:
        return sorted(entries)
    found = [Place(*connection.execute(ordering.PLACE, (entry,)).fetchone()) for entry in entries]
    return [each.id for each in ordering.in_order(found)]


_KEPT = "SELECT entry, kind FROM affair_entry WHERE desk = ? AND family = ? AND name = ?"
_OVER = "SELECT coalesce(CAST(public ->> '$.over' AS INTEGER) <> 0, 0) FROM main.entry WHERE id = ?"
_UNTIL = f"""
SELECT coalesce(iif(json_type(public, '$.until') = 'integer', public ->> '$.until', NULL), {affairs.FOR_EVER})
  FROM main.entry WHERE id = ?"""  # noqa: S608 - a constant
