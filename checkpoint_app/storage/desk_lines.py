"""What other desks of the station did within a shift of this one; how it is counted: `domain.desk_lines`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain as chained
from typing import Any, NamedTuple

from checkpoint_app.domain import facts, foreign_reading, intervals, shift_sums
from checkpoint_app.domain.desk_lines import DeskLine, Missing, Reach, read, read_reach
from checkpoint_app.domain.intervals import Span
from checkpoint_app.domain.shift_reading import Origin
from checkpoint_app.domain.shift_sums import Crossed, Part, Traffic
from checkpoint_app.storage import blocks, spans
from checkpoint_app.storage.engine import Connection
from checkpoint_app.storage.rows import ShiftRow

DEEPEST = 32
"""Crossings in a row that take each other's place: more are not looked through."""
NEAR = 5_000
"""Entries in which a crossing that was recorded again stands before what replaces it."""
MINUTE = 60_000


def desk_line(
    reader: Connection, shift: ShiftRow, desk: str, *, until: int, known: DeskLine | None = None
) -> DeskLine:
    """What that desk did by `until` (ms UTC) that no handover before `shift` counted. `known` is what was
    told before of the same: it holds while nothing more of that time is here.
    """
    counting = _Desk(reader, shift, desk, until)
    line = known if known and known.reach == counting.reach else counting.line()
    heard, missing = heard_and_missing(reader, desk, until=counting.reach.until)
    return replace(line, heard=heard, missing=missing)


def signed_lines(reader: Connection, shift: str) -> tuple[DeskLine, ...]:
    """As a shift that is closed counted them; nothing for one closed without a handover."""
    row = reader.execute(
        "SELECT closing.public -> '$.totals.desks'"
        "  FROM duty JOIN entry AS closing ON closing.id = duty.closed WHERE duty.shift = ?",
        (shift,),
    ).fetchone()
    told = json.loads(row[0]) if row and row[0] else {}
    found = map(read, told.values()) if isinstance(told, Mapping) else ()
    return tuple(line for line in found if line is not None)


def heard_and_missing(reader: Connection, desk: str, *, until: int) -> tuple[int, tuple[Missing, ...]]:
    """When the newest entry of a desk that is here was written, and what of it is not here."""
    held = {epoch: _in_sight(reader, desk, epoch, start) for epoch, start in _chains(reader, desk)}
    ends = [_written(reader, desk, epoch, own[-1][1]) for epoch, own in held.items() if own]
    told = spans.announced(reader)
    epochs = {*held, *(epoch for owner, epoch in told if owner == desk)}
    gaps = (
        gap
        for epoch in sorted(epochs)
        for gap in spans.missing(desk, epoch, held.get(epoch, ()), upto=told.get((desk, epoch), 0))
    )
    missing = tuple(
        Missing(gap.epoch, gap.first, gap.last, _written(reader, desk, gap.epoch, gap.first - 1), gap.tail)
        for gap in gaps
    )
    return min(max(ends, default=0), until), missing


class _Row(NamedTuple):
    id: int
    kind: str
    epoch: str
    seq: int
    happened: int
    action: str
    officer: str
    public: str
    hash: bytes


class _Desk:
    """One desk as one shift counts it."""

    def __init__(self, reader: Connection, shift: ShiftRow, desk: str, until: int) -> None:
        self._reader, self._shift, self._desk = reader, shift, desk
        self._earlier: list[Reach] = []
        self._plain: frozenset[int] = frozenset()
        self._closings = self._closed_before()
        self.before = self._reach_before(0)
        since = self.before.since if self.before else shift.opened
        if self._other_closing():
            since = max(since, shift.opened)
        self.reach = self._reach(Reach(since, max(until, self.before.until if self.before else 0)))

    def line(self) -> DeskLine:
        rows = self._rows()
        self._plain = self._uncorrected(rows)
        read = {row.action: self._crossed(row) for row in rows if row.kind == facts.VEHICLE_CROSSED}
        crossed = {action: one for action, one in read.items() if one is not None}
        at = {row.action: row for row in rows}
        counts = {action: one for action, one in crossed.items() if not one.undone}
        gone = {one.replaces for one in counts.values()}
        counts = {
            action: one
            for action, one in counts.items()
            if action not in gone and not self._counted_elsewhere(at[action], one)
        }
        traffic = Traffic(tuple(counts.values()), tuple(self._parts(rows)))
        heard, missing = heard_and_missing(self._reader, self._desk, until=self.reach.until)
        return DeskLine(
            self._desk,
            vehicles=traffic.vehicles,
            people=traffic.people,
            counted_vehicles=traffic.counted_vehicles,
            counted_people=traffic.counted_people,
            undone=sum(one.undone for one in crossed.values()),
            late=self._late(traffic),
            outcomes=traffic.by("outcome"),
            lanes=shift_sums.lanes(traffic),
            heard=heard,
            missing=missing,
            reach=self.reach,
        )

    def _late(self, traffic: Traffic) -> int:
        opened = self._shift.opened
        late = sum(one.at < opened for one in traffic.crossed)
        return late + sum(part.vehicles for part in traffic.counted if part.minute + MINUTE <= opened)

    def _rows(self) -> list[_Row]:
        """Crossings and counted minutes that this shift counts and none before did."""
        found: dict[int, _Row] = {}
        for epoch, start in _chains(self._reader, self._desk):
            for row in self._of_chain(epoch, start):
                if self._new(row.epoch, row.seq, row.happened):
                    found[row.id] = row
        return [found[ident] for ident in sorted(found)]

    def _of_chain(self, epoch: str, start: int) -> Iterator[_Row]:
        """What may be new: by its time what was here before, by its number what was not."""
        before = self.before
        low = before.until if before else self.reach.since
        parts = [self._read(_BY_TIME, (start + 1, start + blocks.BLOCK - 1, low, self.reach.until))]
        if before:
            fresh = intervals.without(self.reach.spans.get(epoch, ()), before.spans.get(epoch, ()))
            parts += [
                self._read(_BY_NUMBER, (start + first, start + last, self.reach.since, low))
                for first, last in fresh
            ]
        return chained.from_iterable(parts)

    def _read(self, query: str, values: tuple[object, ...]) -> Iterator[_Row]:
        return (_Row(*row) for row in self._reader.execute(query, values).fetchall())

    def _new(self, epoch: str, seq: int, happened: int) -> bool:
        before = self.before
        return self.reach.counts(epoch, seq, happened) and not (
            before and before.counts(epoch, seq, happened)
        )

    def _crossed(self, row: _Row) -> Crossed | None:
        origin = Origin(row.seq, row.action, row.happened, row.officer)
        crossed = foreign_reading.read_crossed(origin, json.loads(row.public))
        if crossed is None:
            return None
        for kind, said in self._corrections(row, within=self.reach):
            if kind == facts.OUTCOME_UNDONE:
                crossed = replace(crossed, undone=True)
            else:
                crossed = foreign_reading.amended(crossed, said.get("fields"))
        return crossed

    def _parts(self, rows: Iterable[_Row]) -> Iterator[Part]:
        for row in rows:
            if row.kind == facts.TALLIED and not self._undone(row, within=self.reach):
                yield from foreign_reading.read_parts(json.loads(row.public))

    def _corrections(self, row: _Row, *, within: Reach) -> list[tuple[str, Mapping[str, Any]]]:
        """What was said of an entry by then, in the order it was."""
        if row.id in self._plain:
            return []
        rows = self._reader.execute(_CORRECTIONS, (self._desk, row.epoch, row.seq)).fetchall()
        told = [(kind, json.loads(public), place) for kind, public, *place in rows]
        return [
            (kind, said)
            for kind, said, place in told
            if said["ref"].get("hash") == row.hash.hex() and within.counts(*place)
        ]

    def _undone(self, row: _Row, *, within: Reach) -> bool:
        return any(kind == facts.OUTCOME_UNDONE for kind, _said in self._corrections(row, within=within))

    def _uncorrected(self, rows: Sequence[_Row]) -> frozenset[int]:
        """Those of which nothing was said."""
        said: set[tuple[str, int]] = set()
        for epoch in {row.epoch for row in rows}:
            own = [row.seq for row in rows if row.epoch == epoch]
            found = self._reader.execute(_CORRECTED, (self._desk, epoch, min(own), max(own))).fetchall()
            said |= {(epoch, seq) for (seq,) in found}
        return frozenset(row.id for row in rows if (row.epoch, row.seq) not in said)

    def _counted_elsewhere(self, row: _Row, crossed: Crossed) -> bool:
        """Its vehicle counts in a handover before: that of the crossing it replaces, or when it came late
        that of the one which replaced it.
        """
        if crossed.replaces and self._counted_before(crossed.replaces, row, DEEPEST):
            return True
        late = self.before is not None and row.seq < self.before.last(row.epoch)
        return late and any(self._stands_before(each) for each in self._replacing(row.action, DEEPEST))

    def _counted_before(self, action: str, by: _Row, depth: int) -> bool:
        row = self._replaced(action, by) if depth else None
        if row is None:
            return False
        replaces = json.loads(row.public).get("replaces")
        further = isinstance(replaces, str) and self._counted_before(replaces, row, depth - 1)
        return self._stands_before(row) or further

    def _stands_before(self, row: _Row) -> bool:
        """Whether a handover before counted it, and it was not undone by then."""
        reach = self._counting(row)
        return reach is not None and not self._undone(row, within=reach)

    def _counting(self, row: _Row) -> Reach | None:
        """The reach of the handover that counted it."""
        found, place = None, 0
        while (reach := self._reach_before(place)) and reach.counts(row.epoch, row.seq, row.happened):
            found, place = reach, place + 1
        return found

    def _replaced(self, action: str, by: _Row) -> _Row | None:
        """The crossing of that action, which `by` replaces; while nothing says that it was undone it is
        looked for among the entries before.
        """
        for query, values in (
            (_BY_ACTION, (self._desk, action, action)),
            (_NEAR, (by.id - NEAR, by.id, action)),
        ):
            row = self._reader.execute(query, values).fetchone()
            if row:
                return _Row(*row)
        return None

    def _replacing(self, action: str, depth: int) -> Iterator[_Row]:
        """What was recorded instead of a crossing, and instead of that."""
        rows = self._reader.execute(_REPLACING, (self._desk, action, action)).fetchall() if depth else ()
        for row in rows:
            yield _Row(*row)
            yield from self._replacing(row[5], depth - 1)

    def _reach(self, wanted: Reach) -> Reach:
        """As far as what is here happened by then: more that comes of later changes nothing."""
        known = dict(self.before.spans) if self.before else {}
        for epoch, start in _chains(self._reader, self._desk):
            ids = (start + 1, start + blocks.BLOCK - 1)
            row = self._reader.execute(_LAST, (*ids, wanted.until)).fetchone()
            cut: tuple[Span, ...] = ((1, row[0] - start),) if row else ()
            own = _in_sight(self._reader, self._desk, epoch, start)
            known[epoch] = intervals.merged((*known.get(epoch, ()), *intervals.common(own, cut)))
        return replace(wanted, spans={epoch: own for epoch, own in known.items() if own})

    def _closed_before(self) -> Iterator[Reach]:
        """Reaches of the handovers of this desk before the shift, the last first."""
        path = f'$.totals.desks."{self._desk}".reach'
        own = self._reader.execute(
            "SELECT closed FROM duty WHERE shift = ? AND desk = ?", (self._shift.shift, self._shift.desk)
        ).fetchone()
        upto = own[0] if own and own[0] is not None else blocks.BLOCK
        while True:
            row = self._reader.execute(_CLOSED_BEFORE, (self._shift.desk, upto, path)).fetchone()
            if row is None:
                return
            upto = row[0]
            if reach := read_reach(json.loads(row[1])):
                yield reach

    def _reach_before(self, place: int) -> Reach | None:
        while len(self._earlier) <= place:
            reach = next(self._closings, None)
            if reach is None:
                return None
            self._earlier.append(reach)
        return self._earlier[place]

    def _other_closing(self) -> bool:
        """Whether a shift before this one is still being handed over, and will count what was before."""
        row = self._reader.execute(
            "SELECT 1 FROM duty JOIN duty AS own ON own.shift = ?1 AND own.desk = ?2"
            " WHERE duty.desk = ?2 AND duty.closed IS NULL AND duty.opened < own.opened LIMIT 1",
            (self._shift.shift, self._shift.desk),
        ).fetchone()
        return row is not None


def _chains(reader: Connection, desk: str) -> list[tuple[str, int]]:
    """Epochs of a desk whose entries came in bundles, and the local id before their first."""
    rows = reader.execute("SELECT epoch, number FROM chain_number WHERE desk = ? ORDER BY number", (desk,))
    return [(epoch, blocks.start_of(number)) for epoch, number in rows.fetchall()]


def _in_sight(reader: Connection, desk: str, epoch: str, start: int) -> tuple[Span, ...]:
    hidden = reader.execute(
        "SELECT low - ?1, high - ?1 FROM withheld WHERE high > ?1 AND low < ?2",
        (start, start + blocks.BLOCK),
    ).fetchall()
    return intervals.without(spans.held(reader, desk, epoch), hidden)


def _written(reader: Connection, desk: str, epoch: str, seq: int) -> int:
    row = reader.execute(
        "SELECT header ->> '$.written' FROM entry WHERE desk = ? AND epoch = ? AND seq = ?",
        (desk, epoch, seq),
    ).fetchone()
    return int(row[0]) if row else 0


_COLUMNS = (
    "entry.id, entry.kind, entry.epoch, entry.seq, entry.happened, entry.header ->> '$.action',"
    " entry.header ->> '$.officer', entry.public, entry.hash"
)
_KINDS = f"entry.kind IN ('{facts.VEHICLE_CROSSED}', '{facts.TALLIED}')"

_BY_TIME = f"""
SELECT {_COLUMNS} FROM entry
 WHERE +entry.id BETWEEN ?1 AND ?2 AND entry.happened >= ?3 AND entry.happened < ?4 AND {_KINDS}"""  # noqa: S608 - constants

_BY_NUMBER = f"""
SELECT {_COLUMNS} FROM entry
 WHERE entry.id BETWEEN ?1 AND ?2 AND entry.happened >= ?3 AND entry.happened < ?4 AND {_KINDS}"""  # noqa: S608

_CORRECTIONS = """
SELECT entry.kind, entry.public, entry.epoch, entry.seq, entry.happened
  FROM corrects JOIN entry ON entry.id = corrects.entry
 WHERE corrects.desk = ? AND corrects.epoch = ? AND corrects.seq = ?
 ORDER BY entry.header ->> '$.written', entry.seq"""

_BY_ACTION = f"""
SELECT {_COLUMNS} FROM thread JOIN entry ON entry.id = thread.entry
 WHERE thread.desk = ? AND thread.action = ? AND entry.kind = '{facts.VEHICLE_CROSSED}'
   AND entry.header ->> '$.action' = ? LIMIT 1"""  # noqa: S608 - constants

_NEAR = f"""
SELECT {_COLUMNS} FROM entry
 WHERE entry.id BETWEEN ? AND ? AND entry.kind = '{facts.VEHICLE_CROSSED}' AND entry.header ->> '$.action' = ?
 LIMIT 1"""  # noqa: S608 - constants

_CORRECTED = "SELECT seq FROM corrects WHERE desk = ? AND epoch = ? AND seq BETWEEN ? AND ?"

_REPLACING = f"""
SELECT {_COLUMNS} FROM thread JOIN entry ON entry.id = thread.entry
 WHERE thread.desk = ? AND thread.action = ? AND entry.kind = '{facts.VEHICLE_CROSSED}'
   AND entry.public ->> '$.replaces' = ?"""  # noqa: S608 - constants

_LAST = """
SELECT id FROM entry WHERE id BETWEEN ? AND ? AND happened < ? ORDER BY id DESC LIMIT 1"""

_CLOSED_BEFORE = """
SELECT duty.closed, closing.public -> ?3 FROM duty JOIN entry AS closing ON closing.id = duty.closed
 WHERE duty.desk = ?1 AND duty.closed < ?2 AND closing.public -> ?3 IS NOT NULL
 ORDER BY duty.closed DESC LIMIT 1"""
