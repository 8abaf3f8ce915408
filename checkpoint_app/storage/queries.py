"""Questions to a ledger, each answered with frozen rows inside one short snapshot."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from types import MappingProxyType
from typing import Any

from checkpoint_app.domain import facts
from checkpoint_app.domain.affairs import Family
from checkpoint_app.domain.entry import Entry
from checkpoint_app.domain.officers import Officer, standing
from checkpoint_app.storage import affairs, blocks, histories, ordering
from checkpoint_app.storage.engine import Connection
from checkpoint_app.storage.hourly import TALLIED
from checkpoint_app.storage.rows import (
    CrossingRow,
    DayRow,
    EntryRow,
    HourRow,
    PersonRow,
    ShiftRow,
)

RECENT_ENTRIES = 2_000


def crossings(
    reader: Connection,
    *,
    shift: str | None = None,
    since: int | None = None,
    until: int | None = None,
    before: CrossingRow | None = None,
    desks: Sequence[str] | None = None,
    limit: int = 1_000,
) -> tuple[CrossingRow, ...]:
    """Crossings, newest first: of a shift in the order written, else in the order they happened; of every
    desk in this file or of `desks`.

    `since` (included) and `until` (excluded) are ms UTC; pass the last row as `before` to go on from there.
    """
    order = "entry.id" if shift is not None else "entry.happened DESC, entry.id"
    conditions: list[tuple[str, tuple[object, ...] | None]] = [
        (f"entry.shift = ? AND {ordering.OWN_SHIFT}", (shift,) if shift is not None else None),
        ordering.desks_are("entry.desk", desks) if desks is not None else ("", None),
        ("entry.happened >= ?", (since,) if since is not None else None),
        ("entry.happened < ?", (until,) if until is not None else None),
    ]
    if before is not None and shift is not None:
        conditions.append(("entry.id < ?", (before.id,)))
    elif before is not None:
        conditions.append(("(entry.happened, entry.id) < (?, ?)", (before.happened, before.id)))
    given = [(text, values) for text, values in conditions if values is not None]
    where = " AND ".join([*(text for text, _ in given), "entry.kind = ?"])
    rows = reader.execute(
        f"SELECT {histories.COLUMNS} FROM {histories.SOURCE} WHERE {where}"  # noqa: S608 - the texts above
        f" ORDER BY {order} DESC LIMIT ?",
        (*(value for _, values in given for value in values), facts.VEHICLE_CROSSED, limit),
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
    """The own desk's last crossings at a lane that still count, newest first; of the last entries only."""
    rows = reader.execute(
        f"SELECT {histories.COLUMNS} FROM {histories.SOURCE}"  # noqa: S608 - constants
        f" WHERE entry.id > ({_LAST_OWN}) - ? AND {blocks.own('entry.id')} AND entry.kind = ?"
        " AND entry.public ->> '$.lane' = ? AND coalesce(revision.undone, 0) = 0"
        " ORDER BY entry.id DESC LIMIT ?",
        (RECENT_ENTRIES, facts.VEHICLE_CROSSED, lane, n),
    )
    return histories.present_rows(reader, rows.fetchall())


_LAST_OWN = f"SELECT max(id) FROM entry WHERE {blocks.own('id')}"  # noqa: S608 - a constant


def crossings_numbered(reader: Connection, ids: Sequence[int]) -> tuple[CrossingRow, ...]:
    """Crossings by the local ids of their entries, those that still count."""
    rows = reader.execute(
        f"SELECT {histories.COLUMNS} FROM {histories.SOURCE}"  # noqa: S608 - constants
        " WHERE entry.id IN (SELECT value FROM json_each(?)) AND entry.kind = ?"
        " AND coalesce(revision.undone, 0) = 0",
        (json.dumps(ids), facts.VEHICLE_CROSSED),
    )
    return histories.present_rows(reader, rows.fetchall())


def hours(
    reader: Connection, *, since: int, until: int, desks: Sequence[str] | None = None
) -> tuple[HourRow, ...]:
    """Counts by hour, of every desk in this file or of `desks`; `since` (included) and `until` (excluded) are
    days since 1970.
    """
    among, values = ordering.desks_are("desk", desks)
    rows = reader.execute(
        f"SELECT * FROM hourly WHERE day >= ? AND day < ? AND vehicles <> 0 AND {among}",  # noqa: S608
        (since, until, *values),
    )
    return tuple(HourRow(*row) for row in rows)


def days(
    reader: Connection, *, since: int, until: int, desks: Sequence[str] | None = None
) -> tuple[DayRow, ...]:
    """The same by day, every lane and desk together."""
    among, values = ordering.desks_are("desk", desks)
    rows = reader.execute(
        "SELECT day, sum(vehicles) FILTER (WHERE outcome <> ?1), sum(people) FILTER (WHERE outcome <> ?1),"  # noqa: S608
        "       sum(vehicles) FILTER (WHERE outcome = ?1), sum(people) FILTER (WHERE outcome = ?1),"
        "       sum(vehicles) FILTER (WHERE outcome = 'turned_back'),"
        "       sum(vehicles) FILTER (WHERE outcome = 'held')"
        f"  FROM hourly WHERE day >= ?2 AND day < ?3 AND {among} GROUP BY day",
        (TALLIED, since, until, *values),
    )
    return tuple(DayRow(day, *(count or 0 for count in counts)) for day, *counts in rows)


def entries(
    reader: Connection,
    *,
    after: int = 0,
    shift: str | None = None,
    kinds: Sequence[str] = (),
    limit: int = 5_000,
) -> tuple[EntryRow, ...]:
    """At most `limit` stored entries in the order they came into this file, behind the local id `after`.

    Pass the last id again for the next part: each is read at once, for what is left half read while somebody
    works on it would hold the snapshot past every limit.
    """
    conditions = ["id > ?"] + ([f"shift = ? AND {ordering.OWN_SHIFT}"] if shift is not None else [])
    conditions += [f"kind IN ({', '.join('?' * len(kinds))})"] if kinds else []
    rows = reader.execute(
        "SELECT id, header, public, personal, salt, hash FROM entry"  # noqa: S608 - the texts above
        f" WHERE {' AND '.join(conditions)} ORDER BY id LIMIT ?",
        (after, *([shift] if shift is not None else []), *kinds, limit),
    )
    return tuple(EntryRow(row[0], _entry(row[1:])) for row in rows.fetchall())


def last_of_kind(reader: Connection, kind: str) -> EntryRow | None:
    """The entry of that kind which the own desk wrote last; quick for kinds that come often."""
    row = reader.execute(
        "SELECT id, header, public, personal, salt, hash FROM entry"  # noqa: S608 - a constant
        f" WHERE kind = ? AND {blocks.own('id')} ORDER BY id DESC LIMIT 1",
        (kind,),
    ).fetchone()
    return EntryRow(row[0], _entry(row[1:])) if row else None


def matters_without_verdict(reader: Connection, *, desk: str, since: int) -> dict[str, int]:
    """Crossings (by action) that somebody was sent to since then (ms UTC), and when, first time first."""
    rows = reader.execute(
        "SELECT json_extract(public, '$.crossing'), min(happened) FROM entry WHERE happened >= ? AND kind = ?"
        " AND desk = ? AND json_extract(public, '$.verdict') IS NULL GROUP BY 1",
        (since, facts.MATTER_RAISED, desk),
    )
    return {crossing: at for crossing, at in rows if crossing}


def chain_entries(
    reader: Connection, desk: str, epoch: str, *, after: int = 0, limit: int = 5_000
) -> tuple[Entry, ...]:
    """One chain in its own order, behind number `after`; part by part like `entries`."""
    rows = reader.execute(
        "SELECT header, public, personal, salt, hash FROM stored"
        " WHERE desk = ? AND epoch = ? AND seq > ? ORDER BY seq LIMIT ?",
        (desk, epoch, after, limit),
    )
    return tuple(map(_entry, rows.fetchall()))


def id_of(reader: Connection, desk: str, epoch: str, seq: int) -> int | None:
    """The local id of the entry with that number in a chain."""
    row = reader.execute(
        "SELECT id FROM stored WHERE desk = ? AND epoch = ? AND seq = ?", (desk, epoch, seq)
    ).fetchone()
    return int(row[0]) if row else None


def last_number(reader: Connection, desk: str, epoch: str, *, after: int, limit: int) -> int:
    """The last number of such a part of a chain, by the file's own index: a header may not be readable."""
    row = reader.execute(
        "SELECT max(seq) FROM (SELECT seq FROM stored WHERE desk = ? AND epoch = ? AND seq > ?"
        " ORDER BY seq LIMIT ?)",
        (desk, epoch, after, limit),
    ).fetchone()
    return after if row[0] is None else int(row[0])


def chains(reader: Connection) -> tuple[tuple[str, str], ...]:
    """Desk and epoch of every chain in this file; steps from one to the next, reads no entry."""
    found: list[tuple[str, str]] = []
    step = "SELECT desk, epoch FROM stored WHERE (desk, epoch) > (?, ?) ORDER BY desk, epoch LIMIT 1"
    while (row := reader.execute(step, found[-1] if found else ("", "")).fetchone()) is not None:
        found.append((row[0], row[1]))
    return tuple(found)


def _entry(row: Sequence[Any]) -> Entry:
    header, public, personal, salt, digest = row
    return Entry(
        header.encode(), public.encode(), personal.encode() if personal is not None else None, salt, digest
    )


def shifts(reader: Connection, *, desk: str | None = None, limit: int = 100) -> tuple[ShiftRow, ...]:
    """Shifts, last opened first: what a desk itself wrote here in the order it did, others by their times."""
    order = "duty.began DESC, duty.opened DESC" if desk is None else _LATEST
    rows = reader.execute(
        f"SELECT {_SHIFT} WHERE ?1 IS NULL OR duty.desk = ?1 ORDER BY {order} LIMIT ?2",
        (desk, limit),
    )
    return tuple(map(_shift_row, rows))


def shift(reader: Connection, name: str) -> ShiftRow | None:
    """One shift by its id."""
    row = reader.execute(f"SELECT {_SHIFT} WHERE duty.shift = ?", (name,)).fetchone()
    return _shift_row(row) if row else None


def open_shift(reader: Connection, *, desk: str) -> ShiftRow | None:
    """The desk's shift that was opened last of those that are not closed; of the own desk's only those it
    opened here.
    """
    return next(iter(_not_closed(reader, desk)), None)


def closing_shift(reader: Connection, *, desk: str) -> ShiftRow | None:
    """The shift before the open one while it is not closed either: it is being handed over."""
    return next(iter(_not_closed(reader, desk)[1:]), None)


def _not_closed(reader: Connection, desk: str) -> tuple[ShiftRow, ...]:
    """Last opened first; there are never more than two."""
    rows = reader.execute(
        f"SELECT {_SHIFT} WHERE duty.desk = ? AND duty.closed IS NULL"
        f" AND (duty.opened < {blocks.BLOCK} OR duty.desk IS NOT {ordering.OF_OWN_DESK})"
        f" ORDER BY {_LATEST} LIMIT 2",
        (desk,),
    )
    return tuple(map(_shift_row, rows.fetchall()))


def shifts_begun(reader: Connection, *, desk: str, day: str) -> int:
    """How many shifts of that day (as in their ids, YYYYMMDD) the desk has had."""
    row = reader.execute(
        "SELECT count(*) FROM duty WHERE shift >= ?1 || '.' AND shift < ?1 || '/' AND desk = ?2",
        (f"{desk}.{day}", desk),
    ).fetchone()
    return int(row[0])


def officer_numbers(reader: Connection) -> dict[str, str]:
    """Name to number of everybody enrolled who serves, and of those who were only typed at a roll-call, as
    far as not forgotten.
    """
    known: dict[str, str] = {}
    left: set[str] = set()
    for each in _enrolled(reader):
        if each.left:
            left.add(each.number)
        elif each.name:
            known[each.name] = each.number
    for number, name in _served(reader):
        if number not in left:
            known.setdefault(name, number)
    return known


def officer_names(reader: Connection) -> dict[str, str]:
    """Number to name of everybody who serves or ever did, as far as not forgotten."""
    names = {each.number: each.name for each in _enrolled(reader) if each.name}
    for number, name in _served(reader):
        names.setdefault(number, name)
    return names


def numbers_given(reader: Connection) -> frozenset[str]:
    """Every officer's number that was ever used here, whether or not its name is forgotten."""
    among, values = ordering.desks_are("desk", own_desks(reader))
    rows = reader.execute(
        "SELECT number.value FROM (SELECT opened FROM duty WHERE "  # noqa: S608 - constants
        f"{among}) AS duty JOIN entry ON entry.id = duty.opened,"
        " json_each(entry.public, '$.officers') AS number"
        f" UNION SELECT name FROM affair WHERE family = 'officer' AND {among}",
        (*values, *values),
    )
    return frozenset(row[0] for row in rows)


def _enrolled(reader: Connection) -> tuple[Officer, ...]:
    told = (affairs.all_told(reader, Family.OFFICER, desk=desk) for desk in own_desks(reader))
    return tuple(each for desk in told for each in standing(desk))


def _served(reader: Connection) -> Iterator[tuple[str, str]]:
    """Numbers and names of the last 500 roll-calls of ours, the newest first."""
    among, values = ordering.desks_are("duty.desk", own_desks(reader))
    rows = reader.execute(f"SELECT {_SHIFT} WHERE {among} ORDER BY {_LATEST} LIMIT 500", values)
    return (each for row in rows.fetchall() for each in _shift_row(row).officers.items())


def own_desks(reader: Connection) -> tuple[str, ...]:
    """The desk this file is of, under every name it ever had here."""
    firsts = (reader.execute(_FIRST_OF, place).fetchone() for place in chains(reader))
    return tuple(dict.fromkeys(desk for desk, ident in firsts if ordering.is_own(ident)))


_FIRST_OF = "SELECT desk, id FROM entry WHERE desk = ? AND epoch = ? ORDER BY seq LIMIT 1"


_SHIFT = """
duty.shift, duty.desk, began.public, began.personal, began.happened, began.header ->> '$.zone', ended.happened
FROM duty JOIN entry AS began ON began.id = duty.opened LEFT JOIN entry AS ended ON ended.id = duty.closed"""


def _shift_row(row: Sequence[Any]) -> ShiftRow:
    name, desk, public, personal, opened, zone, closed = row
    body = json.loads(public)
    officers = json.loads(personal).get("officers", {}) if personal else {}
    return ShiftRow(name, desk, body["group"], body["lead"], opened, zone, closed, MappingProxyType(officers))


# What was written here in its own order, whatever the clock; before that what came in bundles.
_LATEST = f"duty.opened >= {blocks.BLOCK}, iif(duty.opened < {blocks.BLOCK}, duty.opened, duty.began) DESC"
