"""Counts, corrections, threads and shifts of other chains; see `deriving` and `views`.

A crossing stands in its own thread when something of the thread lies within the REACH numbers before it in
its chain: what is said of it first, a flag, is said minutes before.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from checkpoint_app.domain import facts
from checkpoint_app.storage import blocks, hourly, ordering, views
from checkpoint_app.storage.engine import Connection
from checkpoint_app.storage.seen import Change, Ranges

PART = 5_000
REACH = 2_000

Slot = tuple[object, ...]
Key = tuple[str, str, int]
"""Desk, epoch and number of an entry."""
Thread = tuple[str, str, int]
"""Desk, action of the crossing, local id of the entry."""
Correction = tuple[str, str, int, int]
"""Desk, epoch and number of what is corrected, local id of the correction."""
Duty = tuple[str, str, int | None, int | None, int | None]
"""Shift, desk, opening and closing entry, when it began."""


@dataclass(frozen=True, slots=True)
class CrossingRows:
    """Rows to put in and to take out; `counts` are those of entries as written: what a revision changes of
    them its triggers see to.
    """

    counts: Sequence[tuple[object, ...]] = ()
    revised: Sequence[tuple[int, str, int]] = ()
    unrevised: Sequence[tuple[int]] = ()
    threads: Sequence[Thread] = ()
    unthreads: Sequence[Thread] = ()
    corrects: Sequence[Correction] = ()
    uncorrects: Sequence[Correction] = ()
    duties: Sequence[Duty] = ()
    unduties: Sequence[tuple[str, str]] = ()


def work_out(connection: Connection, change: Change) -> CrossingRows:
    """What the tables of `views` and `hourly` gain and lose."""
    come, gone = _read(connection, change.come), _read(connection, change.gone)
    targets = _targets(connection, change, come, gone)
    threads, unthreads = _threads(connection, change, (come, gone), targets)
    duties = _duties(connection, change, come, gone)
    return CrossingRows(
        counts=_counts(connection, change),
        revised=[(each.id, *each.new) for each in targets if each.new and each.new != each.old],
        unrevised=[(each.id,) for each in targets if each.old and not each.new],
        threads=sorted(threads),
        unthreads=sorted(unthreads),
        corrects=[each.row for each in come.corrections if each.row],
        uncorrects=[each.row for each in gone.corrections if each.row],
        duties=[row for row in duties if row[2:4] != (None, None)],
        unduties=[row[:2] for row in duties if row[2:4] == (None, None)],
    )


def _threads(
    connection: Connection, change: Change, read: tuple[_Read, _Read], targets: Sequence[_Target]
) -> tuple[set[Thread], set[Thread]]:
    """Rows of `thread` to put in and to take out."""
    come, gone = read
    moved = Ranges.of((*change.come.spans, *change.gone.spans))
    near = _read(connection, _around(moved)).remarks
    crossed = _crossed_near(connection, moved, (*come.remarks, *gone.remarks, *near))
    after = {*_said(come), *(each.row for each in crossed if each.named(change.after))}
    before = {*_said(gone), *(each.row for each in crossed if each.named(change.before))}
    for target in targets:
        after |= target.threads_after
        before |= target.threads_before
    return after, before - after


def put_in(connection: Connection, rows: CrossingRows) -> None:
    """Inside the caller's transaction."""
    connection.executemany(
        "DELETE FROM corrects WHERE (desk, epoch, seq, entry) = (?, ?, ?, ?)", rows.uncorrects
    )
    connection.executemany("INSERT OR IGNORE INTO corrects VALUES(?, ?, ?, ?)", rows.corrects)
    connection.executemany("DELETE FROM thread WHERE (desk, action, entry) = (?, ?, ?)", rows.unthreads)
    connection.executemany("INSERT OR IGNORE INTO thread VALUES(?, ?, ?)", rows.threads)
    connection.executemany(_WRITTEN_AGAIN, rows.unrevised)
    connection.executemany("DELETE FROM revision WHERE entry = ?", rows.unrevised)
    connection.executemany(_REVISE, rows.revised)
    connection.executemany(_ADD, rows.counts)
    connection.executemany("DELETE FROM duty WHERE (shift, desk) = (?, ?)", rows.unduties)
    connection.executemany("INSERT OR REPLACE INTO duty VALUES(?, ?, ?, ?, ?)", rows.duties)


_WRITTEN_AGAIN = """
UPDATE revision SET undone = 0, public = (SELECT public FROM main.entry WHERE id = revision.entry)
 WHERE entry = ?"""  # so that its triggers take back what it counted
_REVISE = """
INSERT INTO revision(entry, public, undone) VALUES(?, ?, ?)
ON CONFLICT(entry) DO UPDATE SET public = excluded.public, undone = excluded.undone"""
_ADD = f"""
INSERT INTO hourly VALUES({", ".join("?" * 10)})
ON CONFLICT DO UPDATE SET vehicles = vehicles + excluded.vehicles, people = people + excluded.people"""


class _Remark(NamedTuple):
    """Something said of a crossing by its action: a flag, or what took its place."""

    id: int
    desk: str
    about: str


class _Correction(NamedTuple):
    id: int
    desk: str
    ref: Mapping[str, Any]

    @property
    def row(self) -> Correction | None:
        """None when it names nothing of its own desk."""
        epoch, seq = self.ref.get("epoch"), self.ref.get("seq")
        if self.ref.get("desk") != self.desk or not isinstance(epoch, str):
            return None
        if not isinstance(seq, int) or isinstance(seq, bool) or not 0 < seq < 2**53:
            return None
        return self.desk, epoch, seq, self.id


class _End(NamedTuple):
    id: int
    desk: str
    kind: str
    shift: str
    happened: int


@dataclass(slots=True)
class _Read:
    """What of some ranges matters beside the counts."""

    remarks: list[_Remark] = field(default_factory=list)
    corrections: list[_Correction] = field(default_factory=list)
    ends: list[_End] = field(default_factory=list)


def _read(connection: Connection, ranges: Ranges) -> _Read:
    found = _Read()
    for part in ranges.parts(PART):
        for entry, kind, desk, shift, happened, about, ref in connection.execute(_SAID, part):
            if kind in views.SHIFT_ENDS:
                found.ends.append(_End(entry, desk, kind, shift, happened))
            elif kind in views.CORRECTIONS:
                told = json.loads(ref) if ref else {}
                found.corrections.append(_Correction(entry, desk, told if isinstance(told, dict) else {}))
            elif isinstance(about, str) and about:
                found.remarks.append(_Remark(entry, desk, about))
    return found


_SAID = f"""
SELECT id, kind, desk, shift, happened,
       iif(kind = '{facts.VEHICLE_CROSSED}', public ->> '$.replaces',
           coalesce(public ->> '$.crossing', public ->> '$.ref.action')),
       iif(kind IN {views.listed(views.CORRECTIONS)}, public -> '$.ref', NULL)
  FROM main.entry
 WHERE id BETWEEN ? AND ? AND (kind IN {views.listed(views.REMARKS + views.CORRECTIONS)}
    OR kind = '{facts.VEHICLE_CROSSED}' AND instr(public, '"replaces":"')
    OR kind IN {views.listed(views.SHIFT_ENDS)} AND instr(shift, desk || '.') = 1)
 ORDER BY id"""  # noqa: S608 - constants


def _said(read: _Read) -> Iterator[Thread]:
    return ((each.desk, each.about, each.id) for each in read.remarks)


def _crossed_near(connection: Connection, ranges: Ranges, remarks: Iterable[_Remark]) -> list[_Near]:
    """Crossings in and close behind these ranges that something was said of shortly before."""
    said: dict[tuple[str, str], list[int]] = {}
    for each in remarks:
        said.setdefault((each.desk, each.about), []).append(each.id)
    found: list[_Near] = []
    for low, high in Ranges.of((low, high + REACH) for low, high in ranges.spans).parts(PART) if said else ():
        for entry, desk, action in connection.execute(_CROSSED, (low, high)):
            before = [one for one in said.get((desk, action), ()) if entry - REACH <= one < entry]
            found += [_Near((desk, action, entry), before)] if before else []
    return found


class _Near(NamedTuple):
    """A crossing, as it would stand in its thread, and what was said of it shortly before."""

    row: Thread
    said: Sequence[int]

    def named(self, seen: Callable[[int], bool]) -> bool:
        """Whether it stands there while `seen` tells what is in sight."""
        return seen(self.row[2]) and any(seen(one) for one in self.said)


_CROSSED = f"""
SELECT id, desk, substr(header, 12, 32) FROM main.entry
 WHERE id BETWEEN ? AND ? AND kind = '{facts.VEHICLE_CROSSED}'"""  # noqa: S608 - a header begins with its action


def _around(ranges: Ranges) -> Ranges:
    """Places close by, outside of the ranges."""
    return Ranges.of(
        place for low, high in ranges.spans for place in ((low - REACH, low - 1), (high + 1, high + REACH))
    )


@dataclass(frozen=True, slots=True)
class _Target:
    """An entry whose corrections change, or which comes or goes itself; `old` and `new` are its revision."""

    id: int
    old: tuple[str, int] | None
    new: tuple[str, int] | None
    threads_before: frozenset[Thread]
    threads_after: frozenset[Thread]


def _targets(connection: Connection, change: Change, come: _Read, gone: _Read) -> list[_Target]:
    new: dict[Key, set[int]] = {}
    for each in come.corrections:
        if each.row is not None:
            new.setdefault(each.row[:3], set()).add(each.id)
    keys = {*new, *(each.row[:3] for each in gone.corrections if each.row is not None)}
    keys |= {key for ranges in (change.come, change.gone) for key in _corrected_in(connection, ranges)}
    found = (_target(connection, key, change, new.get(key, set())) for key in sorted(keys))
    return [each for each in found if each is not None]


def _corrected_in(connection: Connection, ranges: Ranges) -> Iterator[Key]:
    """What in these ranges is corrected by entries that were here before."""
    for low, high in ranges.spans:
        row = connection.execute(_CHAIN, (ordering.block_of(low),)).fetchone()
        if row is not None:
            start = ordering.block_of(low) * blocks.BLOCK
            yield from connection.execute(_CORRECTED, (*row, low - start, high - start)).fetchall()


_CHAIN = "SELECT desk, epoch FROM chain_number WHERE number = ?"
_CORRECTED = """
SELECT DISTINCT desk, epoch, seq FROM corrects WHERE desk = ? AND epoch = ? AND seq BETWEEN ? AND ?"""


def _target(connection: Connection, key: Key, change: Change, new: Iterable[int]) -> _Target | None:
    """None when it is not here."""
    row = connection.execute(_TARGET, key).fetchone()
    if row is None:
        return None
    entry, kind, written, action, digest = row
    known = {one for (one,) in connection.execute(_CORRECTIONS, key)} | set(new)
    fitting = _fitting(connection, known, digest)
    before = [each for each in fitting if each.id not in new and change.before(each.id)]
    after = [each for each in fitting if change.after(each.id)]
    own_row = (key[0], action, entry)
    said = [
        one
        for (one,) in connection.execute(_SAID_BEFORE, (key[0], action, entry - REACH, entry))
        if change.after(one)
    ]
    old = connection.execute("SELECT public, undone FROM revision WHERE entry = ?", (entry,)).fetchone()
    seen_after = change.after(entry)
    return _Target(
        entry,
        tuple(old) if old else None,
        _revision(connection, written, after) if seen_after and kind in views.COUNTED and after else None,
        _rows(own_row, before) if change.before(entry) else frozenset(),
        (_rows(own_row, after) if seen_after else frozenset())
        | ({own_row} if seen_after and said else set()),
    )


_TARGET = """
SELECT id, kind, public, header ->> '$.action', lower(hex(hash)) FROM main.entry
 WHERE desk = ? AND epoch = ? AND seq = ?"""
_CORRECTIONS = "SELECT entry FROM corrects WHERE desk = ? AND epoch = ? AND seq = ?"
_SAID_BEFORE = "SELECT entry FROM thread WHERE desk = ? AND action = ? AND entry >= ? AND entry < ?"


class _Fitting(NamedTuple):
    """A correction that names the entry with its hash; `fields` is JSON."""

    id: int
    epoch: str
    seq: int
    written: int
    kind: str
    fields: str


def _fitting(connection: Connection, entries: Iterable[int], digest: str) -> list[_Fitting]:
    rows = (connection.execute(_FITTING, (entry, digest)).fetchone() for entry in entries)
    return ordering.in_order(_Fitting(*row) for row in rows if row is not None)


_FITTING = """
SELECT id, epoch, seq, header ->> '$.written', kind, coalesce(public -> '$.fields', '{}')
  FROM main.entry WHERE id = ? AND public ->> '$.ref.hash' = ?"""


def _rows(own: Thread, corrections: Sequence[_Fitting]) -> frozenset[Thread]:
    desk, action, _ = own
    return frozenset((own, *((desk, action, each.id) for each in corrections)) if corrections else ())


def _revision(connection: Connection, written: str, corrections: Sequence[_Fitting]) -> tuple[str, int]:
    public, undone = written, 0
    for each in corrections:
        (public,) = connection.execute("SELECT json_patch(?, ?)", (public, each.fields)).fetchone()
        undone = int(undone or each.kind == facts.OUTCOME_UNDONE)
    return public, undone


def _counts(connection: Connection, change: Change) -> Sequence[tuple[object, ...]]:
    """Slots with the vehicles and people that they gain or lose by entries as written."""
    found: dict[Slot, tuple[int, int]] = {}
    for ranges, sign in ((change.come, 1), (change.gone, -1)):
        for part in ranges.parts(PART):
            for *slot, vehicles, people in connection.execute(_COUNT, (sign, *part)):
                before = found.get(tuple(slot), (0, 0))
                found[tuple(slot)] = (before[0] + vehicles, before[1] + people)
    return [(*slot, *sums) for slot, sums in found.items() if any(sums)]


_COUNT = f"""
WITH part({hourly.SLOT}, vehicles, people) AS (
  {hourly.counted("target", public="target.public", sign="?1", source="main.entry AS target,")}
     AND target.id BETWEEN ?2 AND ?3)
SELECT {hourly.SLOT}, sum(vehicles), sum(people) FROM part GROUP BY {hourly.SLOT}"""  # noqa: S608 - constants


def _duties(connection: Connection, change: Change, come: _Read, gone: _Read) -> Sequence[Duty]:
    """Every shift that an entry which comes or goes opened or closed, as it stands after."""
    new: dict[tuple[str, str], list[_End]] = {}
    for each in (*come.ends, *gone.ends):
        new.setdefault((each.shift, each.desk), []).append(each)
    return [_duty(connection, shift, desk, change, ends) for (shift, desk), ends in new.items()]


def _duty(connection: Connection, shift: str, desk: str, change: Change, ends: Sequence[_End]) -> Duty:
    known = connection.execute(_DUTY, (shift, desk)).fetchone() or (None, None)
    if any(one is not None and not change.after(one) for one in known):
        entries = {row[0] for row in connection.execute(_ENDS, (shift, desk))}
    else:
        entries = {one for one in known if one is not None}
    entries |= {each.id for each in ends}
    rows = [_Placed(*connection.execute(_PLACED, (one,)).fetchone()) for one in entries if change.after(one)]
    opened, closed = (_first(rows, kind) for kind in views.SHIFT_ENDS)
    return (
        shift,
        desk,
        opened.id if opened else None,
        closed.id if closed else None,
        opened.happened if opened else None,
    )


class _Placed(NamedTuple):
    id: int
    epoch: str
    seq: int
    written: int
    kind: str
    happened: int


def _first(rows: Sequence[_Placed], kind: str) -> _Placed | None:
    """What this file's own desk wrote, else what counts first."""
    found = ordering.in_order(each for each in rows if each.kind == kind)
    own = [each for each in found if ordering.is_own(each.id)]
    return next(iter(own or found), None)


_DUTY = "SELECT opened, closed FROM duty WHERE shift = ? AND desk = ?"
_ENDS = f"SELECT id FROM main.entry WHERE shift = ? AND desk = ? AND kind IN {views.listed(views.SHIFT_ENDS)}"  # noqa: S608
_PLACED = "SELECT id, epoch, seq, header ->> '$.written', kind, happened FROM main.entry WHERE id = ?"
