"""A shift in figures, read from its entries part by part; what is added up how stands in `domain.figures`.

Only entries that carry the shift's name are read, so figures of a closed shift never change: not by later
corrections, not by forgetting but for plates and names.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from sys import intern
from typing import Any, NamedTuple

from checkpoint_app.domain import facts, shift_reading, shift_sums
from checkpoint_app.domain.figures import Alarm, ClockEvent, Correction, Outage, Sealed, ShiftFigures
from checkpoint_app.domain.outages import OUTAGE
from checkpoint_app.domain.shift_reading import Origin
from checkpoint_app.domain.shift_sums import Crossed, Part, Traffic
from checkpoint_app.storage import corrected, ordering, queries
from checkpoint_app.storage.corrected import Target
from checkpoint_app.storage.engine import Connection
from checkpoint_app.storage.rows import ShiftRow

PART = 2_000
"""Entries read in one snapshot: about 0.05 s."""

Read = Callable[[], AbstractContextManager[Connection]]
Place = tuple[str, int]
"""Epoch and number: an entry's place in the desk's chains."""


def shift_figures(reader: Connection, shift: str) -> ShiftFigures | None:
    """The figures of a shift, None when there is none of that name."""
    return figures_of(lambda: nullcontext(reader), shift)


def figures_of(read: Read, shift: str, *, going: Callable[[int], bool] | None = None) -> ShiftFigures | None:
    """The same, each part in its own snapshot. `going` gets the entries read; False ends it with None."""
    with read() as reader:
        duty = queries.shift(reader, shift)
    if duty is None:
        return None
    fold = _Fold(duty)
    with read() as reader:
        strands = ordering.strands(reader, shift)
    for strand in strands:
        if not _fold_in(fold, read, strand, going=going):
            return None
    with read() as reader:
        return _figures(reader, fold)


def _fold_in(
    fold: _Fold, read: Read, strand: tuple[int, int], *, going: Callable[[int], bool] | None
) -> bool:
    """False when `going` ended it."""
    low, high = strand
    while True:
        with read() as reader:
            found = reader.execute(_ENTRIES, (fold.duty.shift, low, high, PART)).fetchall()
            rows = [_Row(*row) for row in found]
            for row in rows:
                fold.take(row)
            fold.look_up(reader)
        if going is not None and rows and not going(fold.taken):
            return False
        if len(rows) < PART:
            return True
        low = rows[-1].id + 1


class _Row(NamedTuple):
    id: int
    kind: str
    desk: str
    epoch: str
    seq: int
    happened: int
    action: str
    officer: str
    public: str
    personal: str | None
    hash: bytes

    @property
    def place(self) -> Place:
        return intern(self.epoch), self.seq


@dataclass(frozen=True, slots=True)
class _Tally:
    parts: tuple[Part, ...]
    undone: bool = False


@dataclass(frozen=True, slots=True)
class _Said:
    """A remark about a crossing: its action, and the check it is about."""

    crossing: str
    check: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class _Corrected:
    """A correction, the action of what it corrects, and how that read before."""

    action: str
    before: Mapping[str, Any]
    correction: Correction


@dataclass(slots=True)
class _Fold:
    """What the entries read so far say, by their places, which corrections name."""

    duty: ShiftRow
    taken: int = 0
    epoch: str = ""
    first: int = 0
    last: int = 0
    hashes: dict[Place, bytes] = field(default_factory=dict)
    crossed: dict[Place, Crossed] = field(default_factory=dict)
    tallies: dict[Place, _Tally] = field(default_factory=dict)
    alarms: list[tuple[_Said, Alarm]] = field(default_factory=list)
    voided: set[_Said] = field(default_factory=set)
    corrections: list[_Corrected] = field(default_factory=list)
    outages: list[Outage] = field(default_factory=list)
    replacing: dict[str, Place] = field(default_factory=dict)
    data: dict[str, tuple[str, int | None]] = field(default_factory=dict)
    late: list[tuple[_Row, Mapping[str, Any]]] = field(default_factory=list)

    def take(self, row: _Row) -> None:
        """Adds the next entry of the shift."""
        if row.epoch != self.epoch:
            self.epoch, self.first = row.epoch, row.seq
        self.last, self.taken = row.seq, self.taken + 1
        read = _READ.get(row.kind)
        if read is not None:
            read(self, row, json.loads(row.public))

    def look_up(self, reader: Connection) -> None:
        """What other shifts' entries tell: whom late corrections meant, whose vehicles count there."""
        for row, said in self.late:
            target = corrected.target_of(reader, said["ref"], before=row.id) or Target("", {})
            self._note(row, said, before=target.public, of_shift=target.shift)
        self.late = []

    def settle(self, reader: Connection) -> None:
        """At the end: what takes the place of a crossing that counts in an earlier shift counts there."""
        for action, place in self.replacing.items():
            if corrected.counts_before(reader, action, desk=self.duty.desk, shift=self.duty.shift):
                self.crossed[place] = replace(self.crossed[place], elsewhere=True)

    def cross(self, row: _Row, said: Mapping[str, Any]) -> None:
        """A crossing."""
        origin = Origin(row.seq, row.action, row.happened, row.officer)
        crossed, place = shift_reading.read_crossed(origin, said, row.personal), row.place
        self.crossed[place], self.hashes[place] = crossed, row.hash
        self.data |= shift_reading.data_of(said)
        if crossed.replaces:
            self.replacing[crossed.replaces] = place

    def tally(self, row: _Row, said: Mapping[str, Any]) -> None:
        """A counted minute."""
        self.tallies[row.place] = _Tally(tuple(shift_reading.read_parts(said)))
        self.hashes[row.place] = row.hash

    def flag(self, row: _Row, said: Mapping[str, Any]) -> None:
        """A check that gave stop or refer."""
        own = json.loads(row.personal) if row.personal else {}
        where, state = said.get("lane", 0), said.get("verdict", "")
        alarm = Alarm(row.seq, row.happened, where, state, shift_reading.codes(said), own.get("plate", ""))
        self.alarms.append((_about(said), alarm))

    def void(self, _row: _Row, said: Mapping[str, Any]) -> None:
        """A check that was taken back."""
        self.voided.add(_about(said))

    def outage(self, row: _Row, said: Mapping[str, Any]) -> None:
        """What the app itself could not do for a while."""
        what, lane = said.get("what", ""), said.get("lane", 0)
        self.outages.append(Outage(what, lane, said.get("since", 0), said.get("until", 0), seq=row.seq))

    def correct(self, row: _Row, said: Mapping[str, Any]) -> None:
        """An undoing or an amendment, of an entry of this shift or of another."""
        ref, own = said["ref"], self.duty.shift
        place = (ref["epoch"], ref["seq"])
        if ref["desk"] != row.desk or self.hashes.get(place, b"").hex() != ref["hash"]:
            self.late.append((row, said))
        elif place in self.tallies:
            undone = self.tallies[place].undone or row.kind == facts.OUTCOME_UNDONE
            self.tallies[place] = replace(self.tallies[place], undone=undone)
            self._note(row, said, before={}, of_shift=own)
        else:
            crossed = self.crossed[place]
            self._note(row, said, before=shift_reading.public_of(crossed), of_shift=own)
            self.crossed[place] = _revised(crossed, row, said)

    def _note(self, row: _Row, said: Mapping[str, Any], *, before: Mapping[str, Any], of_shift: str) -> None:
        own = json.loads(row.personal) if row.personal else {}
        fields = said.get("fields", {})
        correction = Correction(
            row.seq,
            row.happened,
            said["ref"]["seq"],
            of_shift,
            of_shift != self.duty.shift,
            row.kind == facts.OUTCOME_UNDONE,
            shift_reading.changes_of(before, fields, tuple(fields)),
            tuple(name for name in own if name != "why"),
            own.get("why") or said.get("why", ""),
            row.officer,
        )
        self.corrections.append(_Corrected(said["ref"]["action"], before, correction))


_READ: Mapping[str, Callable[[_Fold, _Row, Mapping[str, Any]], None]] = {
    facts.VEHICLE_CROSSED: _Fold.cross,
    facts.TALLIED: _Fold.tally,
    facts.CHECK_FLAGGED: _Fold.flag,
    facts.CHECK_VOIDED: _Fold.void,
    facts.OUTCOME_UNDONE: _Fold.correct,
    facts.CROSSING_AMENDED: _Fold.correct,
    OUTAGE: _Fold.outage,
}


def _about(said: Mapping[str, Any]) -> _Said:
    check = said.get("check") or {}
    marks = ("kind", "at", "person", "result")
    return _Said(said.get("crossing", ""), tuple(check.get(name) for name in marks))


def _revised(crossed: Crossed, row: _Row, said: Mapping[str, Any]) -> Crossed:
    if row.kind == facts.OUTCOME_UNDONE:
        return replace(crossed, undone=True)
    return shift_reading.amended(crossed, said.get("fields", {}), row.personal)


def _figures(reader: Connection, fold: _Fold) -> ShiftFigures:
    fold.settle(reader)
    duty, rows = fold.duty, tuple(fold.crossed.values())
    parts = (part for tally in fold.tallies.values() if not tally.undone for part in tally.parts)
    traffic = Traffic(tuple(row for row in rows if row.counts), tuple(parts))
    clock, seals = _beside(reader, fold)
    return ShiftFigures(
        shift=duty.shift,
        desk=duty.desk,
        epoch=fold.epoch,
        group=duty.group,
        lead=duty.lead,
        opened=duty.opened,
        closed=duty.closed,
        zone=duty.zone,
        first=fold.first,
        last=fold.last,
        vehicles=traffic.vehicles,
        people=traffic.people,
        counted_vehicles=traffic.counted_vehicles,
        counted_people=traffic.counted_people,
        undone=sum(row.undone for row in rows),
        mean_ms=traffic.mean_ms,
        outcomes=traffic.by("outcome"),
        directions=traffic.by("direction"),
        evidence=traffic.by("evidence"),
        people_by_evidence=traffic.people_by_evidence(),
        people_apart=traffic.people_apart(),
        counted_directions=traffic.counted_directions(),
        elsewhere=sum(row.elsewhere and not row.undone for row in rows),
        lanes=shift_sums.lanes(traffic),
        hours=shift_sums.hours(traffic, zone=duty.zone, opened=duty.opened),
        classes=shift_sums.classes(traffic),
        exceptions=shift_sums.exceptions(rows),
        alarms=tuple(_alarms(fold)),
        corrections=tuple(_with_replacement(fold, each) for each in fold.corrections),
        clock=clock,
        outages=shift_sums.outages(fold.outages, traffic),
        data=shift_sums.ages(traffic.crossed, fold.data),
        seals=seals,
    )


def _alarms(fold: _Fold) -> Iterator[Alarm]:
    """Each with how its crossing ended, or what was recorded in its place."""
    ended = {row.action: row for row in fold.crossed.values()}
    for about, alarm in fold.alarms:
        row = ended.get(about.crossing)
        while row is not None and row.undone:
            place = fold.replacing.get(row.action)
            row = fold.crossed[place] if place else None
        outcome, answered = (row.outcome, row.at) if row else ("", 0)
        yield replace(alarm, outcome=outcome, answered=answered, voided=about in fold.voided)


def _with_replacement(fold: _Fold, each: _Corrected) -> Correction:
    """What an undone crossing was recorded again as, in this shift."""
    place = fold.replacing.get(each.action)
    if place is None or not each.correction.undone:
        return each.correction
    row = fold.crossed[place]
    after = shift_reading.public_of(row)
    changes = shift_reading.changes_of(each.before, after, shift_reading.COMPARED)
    return replace(each.correction, replaced_by=row.seq, changes=changes)


def _beside(reader: Connection, fold: _Fold) -> tuple[tuple[ClockEvent, ...], tuple[Sealed, ...]]:
    """Events of the clock and seals between the shift's first and last entry; the app writes them for no
    shift. While two overlap, an event of the clock is of the one that works: the later. The seal that follows
    a closed shift's last entry is of it.
    """
    clock: list[ClockEvent] = []
    seals: list[Sealed] = []
    after = fold.first - 1
    end = fold.last + 1
    while after < end:
        upto = min(after + PART, end)
        found = (fold.duty.desk, fold.epoch, after, upto, fold.duty.shift)
        for kind, seq, happened, public, digest, own in reader.execute(_BESIDE, found).fetchall():
            if kind == facts.SEALED:
                seals.append(Sealed(seq, digest.hex()))
            elif own and seq <= fold.last:
                said = json.loads(public)
                off = said.get("wall", 0) - said.get("predicted", 0)
                clock.append(ClockEvent(seq, happened, kind.removeprefix("clock_"), off))
        after = upto
    return tuple(clock), tuple(seals)


_ENTRIES = f"""
SELECT id, kind, desk, epoch, seq, happened, header ->> '$.action', header ->> '$.officer', public, personal,
       hash FROM entry
 WHERE shift = ? AND id BETWEEN ? AND ? AND {ordering.OWN_SHIFT} ORDER BY id LIMIT ?"""  # noqa: S608

_BESIDE = f"""
SELECT kind, seq, happened, public, hash,
       NOT EXISTS (SELECT 1 FROM duty AS later JOIN duty AS own ON own.shift = ?5 AND own.desk = ?1
                    WHERE later.desk = own.desk AND later.opened > own.opened AND later.opened < entry.id
                      AND (later.closed IS NULL OR later.closed > entry.id))
  FROM entry
 WHERE desk = ?1 AND epoch = ?2 AND seq > ?3 AND seq <= ?4
   AND kind IN ('{facts.SEALED}', '{facts.CLOCK_JUMPED}', '{facts.CLOCK_CONFIRMED}') ORDER BY seq"""  # noqa: S608
