"""Questions to a ledger, each answered with frozen rows inside one short snapshot."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from types import MappingProxyType
from typing import Any

from checkpoint_app.domain import facts
from checkpoint_app.domain.entry import Entry
from checkpoint_app.storage import histories
from checkpoint_app.storage.engine import Connection
from checkpoint_app.storage.rows import (
    CrossingRow,
    EntryRow,
    HourRow,
    PersonRow,
    ShiftRow,
    ShiftTotals,
)

RECENT_ENTRIES = 2_000
RECENT_CROSSINGS = 10


def crossings(
    reader: Connection,
    *,
    shift: str | None = None,
    since: int | None = None,
    until: int | None = None,
    before: int | None = None,
    limit: int = 1_000,
) -> tuple[CrossingRow, ...]:
    """Crossings, last written first; `since` (included) and `until` (excluded) in ms UTC.

    `before` is a local id: pass the last row's to go on from there.
    """
    wanted: dict[str, object | None] = {
        "entry.shift = ?": shift,
        "entry.happened >= ?": since,
        "entry.happened < ?": until,
        "entry.id < ?": before,
    }
    given = {condition: value for condition, value in wanted.items() if value is not None}
    where = " AND ".join((*given, "entry.kind = ?"))
    rows = reader.execute(
        f"SELECT {histories.COLUMNS} FROM {histories.SOURCE} WHERE {where}"  # noqa: S608 - the texts above
        " ORDER BY entry.id DESC LIMIT ?",
        (*given.values(), facts.VEHICLE_CROSSED, limit),
    )
    return histories.present_rows(reader, rows.fetchall())


def people(
    reader: Connection,
    *,
    shift: str | None = None,
    since: int | None = None,
    until: int | None = None,
    limit: int = 1_000,
) -> tuple[PersonRow, ...]:
    """Everybody entered in the last `limit` crossings that fit; undone ones are left out."""
    found = crossings(reader, shift=shift, since=since, until=until, limit=limit)
    return tuple(
        PersonRow(
            person,
            crossing=row.id,
            desk=row.desk,
            shift=row.shift,
            happened=row.happened,
            zone=row.zone,
            lane=row.lane,
            direction=row.direction,
            outcome=row.outcome,
            plate=row.plate,
        )
        for row in found
        if not row.undone
        for person in row.persons
    )


def last_crossings(reader: Connection, lane: int, *, n: int = 5) -> tuple[CrossingRow, ...]:
    """The lane's last crossings that still count, newest first; looks at the last entries only."""
    rows = reader.execute(
        f"SELECT {histories.COLUMNS} FROM {histories.SOURCE}"  # noqa: S608 - constants
        " WHERE entry.id > (SELECT max(id) FROM entry) - ? AND entry.kind = ?"
        " AND entry.public ->> '$.lane' = ? AND coalesce(revision.undone, 0) = 0"
        " ORDER BY entry.id DESC LIMIT ?",
        (RECENT_ENTRIES, facts.VEHICLE_CROSSED, lane, n),
    )
    return histories.present_rows(reader, rows.fetchall())


def hours(reader: Connection, *, since: int, until: int) -> tuple[HourRow, ...]:
    """Counts by hour; `since` (included) and `until` (excluded) are days since 1970."""
    rows = reader.execute("SELECT * FROM hourly WHERE day >= ? AND day < ? AND vehicles <> 0", (since, until))
    return tuple(HourRow(*row) for row in rows)


def entries(
    reader: Connection,
    *,
    after: int = 0,
    shift: str | None = None,
    kinds: Sequence[str] = (),
    limit: int = 5_000,
) -> Iterator[EntryRow]:
    """Stored entries in the order they came into this file, behind the local id `after`.

    Pass the last id again for the next part: a reader must not hold its snapshot for long.
    """
    conditions = ["id > ?"] + (["shift = ?"] if shift is not None else [])
    conditions += [f"kind IN ({', '.join('?' * len(kinds))})"] if kinds else []
    rows = reader.execute(
        "SELECT id, header, public, personal, salt, hash FROM entry"  # noqa: S608 - the texts above
        f" WHERE {' AND '.join(conditions)} ORDER BY id LIMIT ?",
        (after, *([shift] if shift is not None else []), *kinds, limit),
    )
    for row in rows:
        yield EntryRow(row[0], _entry(row[1:]))


def last_of_kind(reader: Connection, kind: str) -> EntryRow | None:
    """The entry of that kind which came into this file last; quick for kinds that come often."""
    row = reader.execute(
        "SELECT id, header, public, personal, salt, hash FROM entry WHERE kind = ? ORDER BY id DESC LIMIT 1",
        (kind,),
    ).fetchone()
    return EntryRow(row[0], _entry(row[1:])) if row else None


def chain_entries(
    reader: Connection, desk: str, epoch: str, *, after: int = 0, limit: int = 5_000
) -> Iterator[Entry]:
    """One chain in its own order, behind number `after`; part by part like `entries`."""
    rows = reader.execute(
        "SELECT header, public, personal, salt, hash FROM entry"
        " WHERE desk = ? AND epoch = ? AND seq > ? ORDER BY seq LIMIT ?",
        (desk, epoch, after, limit),
    )
    return map(_entry, rows)


def last_number(reader: Connection, desk: str, epoch: str, *, after: int, limit: int) -> int:
    """The last number of such a part of a chain, by the file's own index: a header may not be readable."""
    row = reader.execute(
        "SELECT max(seq) FROM (SELECT seq FROM entry WHERE desk = ? AND epoch = ? AND seq > ?"
        " ORDER BY seq LIMIT ?)",
        (desk, epoch, after, limit),
    ).fetchone()
    return after if row[0] is None else int(row[0])


def chains(reader: Connection) -> tuple[tuple[str, str], ...]:
    """Desk and epoch of every chain in this file; steps from one to the next, reads no entry."""
    found: list[tuple[str, str]] = []
    step = "SELECT desk, epoch FROM entry WHERE (desk, epoch) > (?, ?) ORDER BY desk, epoch LIMIT 1"
    while (row := reader.execute(step, found[-1] if found else ("", "")).fetchone()) is not None:
        found.append((row[0], row[1]))
    return tuple(found)


def _entry(row: Sequence[Any]) -> Entry:
    header, public, personal, salt, digest = row
    return Entry(
        header.encode(), public.encode(), personal.encode() if personal is not None else None, salt, digest
    )


def shifts(reader: Connection, *, desk: str | None = None, limit: int = 100) -> tuple[ShiftRow, ...]:
    """Shifts, last opened first."""
    rows = reader.execute(
        f"SELECT {_SHIFT} WHERE ?1 IS NULL OR duty.desk = ?1 ORDER BY duty.opened DESC LIMIT ?2",
        (desk, limit),
    )
    return tuple(map(_shift_row, rows))


def shift(reader: Connection, name: str) -> ShiftRow | None:
    """One shift by its id."""
    row = reader.execute(f"SELECT {_SHIFT} WHERE duty.shift = ?", (name,)).fetchone()
    return _shift_row(row) if row else None


def open_shift(reader: Connection, *, desk: str) -> ShiftRow | None:
    """The desk's shift that was opened last, if it is not closed."""
    last = next(iter(shifts(reader, desk=desk, limit=1)), None)
    return last if last and last.closed is None else None


def shifts_begun(reader: Connection, *, desk: str, day: str) -> int:
    """How many shifts of that day (as in their ids, YYYYMMDD) the desk has had."""
    row = reader.execute(
        "SELECT count(*) FROM duty WHERE shift >= ?1 || '.' AND shift < ?1 || '/'", (f"{desk}.{day}",)
    ).fetchone()
    return int(row[0])


def officer_numbers(reader: Connection) -> dict[str, str]:
    """Every officer's name to the number last used for it, as far as not forgotten."""
    known: dict[str, str] = {}
    for row in shifts(reader, limit=500):
        for number, name in row.officers.items():
            known.setdefault(name, number)
    return known


_SHIFT = """
duty.shift, duty.desk, began.public, began.personal, began.happened, began.header ->> '$.zone', ended.happened
FROM duty JOIN entry AS began ON began.id = duty.opened LEFT JOIN entry AS ended ON ended.id = duty.closed"""


def _shift_row(row: Sequence[Any]) -> ShiftRow:
    name, desk, public, personal, opened, zone, closed = row
    body = json.loads(public)
    officers = json.loads(personal).get("officers", {}) if personal else {}
    return ShiftRow(name, desk, body["group"], body["lead"], opened, zone, closed, MappingProxyType(officers))


def shift_totals(reader: Connection, shift: str) -> ShiftTotals:
    """What counts in a shift, corrections applied; 56 ms for 13,000 crossings."""
    outcomes: dict[str, int] = {}
    evidence: dict[str, int] = {}
    people = undone = took = 0
    for outcome, how, gone, vehicles, persons, time in reader.execute(_TOTALS, (shift,)):
        if gone:
            undone += vehicles
            continue
        outcomes[outcome] = outcomes.get(outcome, 0) + vehicles
        evidence[how] = evidence.get(how, 0) + vehicles
        people += persons
        took += time
    vehicles = sum(outcomes.values())
    counted = reader.execute(_TALLIES, (shift,)).fetchone()
    recent = [row.took for row in crossings(reader, shift=shift, limit=RECENT_CROSSINGS) if not row.undone]
    return ShiftTotals(
        shift,
        vehicles=vehicles,
        people=people,
        counted_vehicles=counted[0],
        counted_people=counted[1],
        outcomes=MappingProxyType(outcomes),
        evidence=MappingProxyType(evidence),
        undone=undone,
        flagged=counted[2],
        mean=took // vehicles if vehicles else None,
        mean_recent=sum(recent) // len(recent) if recent else None,
    )


_TOTALS = """
SELECT public ->> '$.outcome' AS outcome, public ->> '$.evidence' AS evidence, undone, count(*),
       sum(public ->> '$.people'), sum(max(0, happened - (public ->> '$.started')))
  FROM crossing WHERE shift = ? GROUP BY 1, 2, 3"""

_TALLIES = f"""
SELECT coalesce(sum(part.value ->> '$.vehicles'), 0), coalesce(sum(part.value ->> '$.people'), 0),
       (SELECT count(*) FROM entry WHERE shift = ?1 AND kind = '{facts.CHECK_FLAGGED}')
  FROM entry LEFT JOIN revision ON revision.entry = entry.id,
       json_each(coalesce(revision.public, entry.public), '$.counts') AS part
 WHERE entry.shift = ?1 AND entry.kind = '{facts.TALLIED}' AND coalesce(revision.undone, 0) = 0"""  # noqa: S608
