"""Crossings read back from their entries: as first written, as they now read, and all that was said since."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from checkpoint_app.domain import facts
from checkpoint_app.domain.crossing import Person
from checkpoint_app.domain.entry import commitment, entry_hash, public_digest
from checkpoint_app.domain.words import Evidence
from checkpoint_app.storage import ordering
from checkpoint_app.storage.engine import Connection
from checkpoint_app.storage.rows import Convoy, CrossingRow, EventRow, HistoryRow

COLUMNS = """
entry.id, entry.header, coalesce(revision.public, entry.public), entry.personal, lower(hex(entry.hash)),
revision.entry IS NOT NULL, coalesce(revision.undone, 0)"""

SOURCE = "entry LEFT JOIN revision ON revision.entry = entry.id"


def crossing_row(row: Sequence[Any], *, personal: Mapping[str, Any] | None = None) -> CrossingRow:
    """The row for COLUMNS of SOURCE; `personal` are corrected values to put over the written ones."""
    ident, header, public, written, digest, revised, undone = row
    head, body = json.loads(header), json.loads(public)
    first: dict[str, Any] = json.loads(written) if written else {}
    own = first | dict(personal or {})
    return CrossingRow(
        id=ident,
        desk=head["desk"],
        epoch=head["epoch"],
        seq=head["seq"],
        hash=digest,
        action=head["action"],
        kind=head["kind"],
        shift=head["shift"],
        officer=head["officer"],
        happened=head["happened"],
        zone=head["zone"],
        lane=body.get("lane", 0),
        direction=body.get("direction", ""),
        vehicle=body.get("class", ""),
        verdict=body.get("verdict", ""),
        people=body.get("people", 0),
        outcome=body.get("outcome", ""),
        evidence=body.get("evidence", ""),
        started=body.get("started", 0),
        why=first.get("why") or body.get("why", ""),
        replaces=body.get("replaces", ""),
        plate=own.get("plate", ""),
        plate_colour=own.get("colour", ""),
        origin=own.get("from", ""),
        destination=own.get("to", ""),
        purpose=own.get("purpose", ""),
        persons=_persons(own.get("people", ()), body.get("apart", ())),
        marks=tuple(body.get("marks") or ()),
        plate_at=body.get("plate_at", 0),
        bus=bool(body.get("bus", False)),
        service=own.get("service", ""),
        convoy=Convoy(**body["convoy"]) if "convoy" in body else None,
        raw_checks=body.get("checks", ()),
        amended=bool(revised) and not (undone and personal is None),
        undone=bool(undone),
        forgotten=head["personal"] is not None and written is None,
    )


def present_rows(reader: Connection, rows: Iterable[Sequence[Any]]) -> tuple[CrossingRow, ...]:
    """The crossings for COLUMNS of SOURCE as they now read; corrected personal values are looked up."""
    return tuple(crossing_row(row, personal=_amended(reader, row) if row[5] else None) for row in rows)


def history(reader: Connection, entry: int) -> HistoryRow | None:
    """One crossing by its local id, or None when there is no such crossing."""
    row = reader.execute(
        f"SELECT {COLUMNS}, entry.public FROM {SOURCE} WHERE entry.id = ? AND entry.kind = ?",  # noqa: S608
        (entry, facts.VEHICLE_CROSSED),
    ).fetchone()
    if row is None:
        return None
    (now,) = present_rows(reader, (row[:7],))
    written = crossing_row((*row[:2], row[7], *row[3:5], 0, 0))
    events, shifts = _events(reader, now)
    return HistoryRow(
        now,
        written,
        now.checks,
        events,
        public=json.loads(row[7]),
        officers=_officers(reader, now.desk, {now.shift, *shifts}),
        sealed=_sealed(reader, now),
        intact=_intact(reader, (now.id, *(event.id for event in events))),
    )


def _events(reader: Connection, crossing: CrossingRow) -> tuple[tuple[EventRow, ...], set[str]]:
    """What was said about a crossing, oldest first, and the shifts in which it was said."""
    rows = [row for row in _thread(reader, crossing.desk, crossing.action) if row.id != crossing.id]
    heads = [json.loads(row.header) for row in rows]
    events = tuple(
        EventRow(
            ident,
            head["seq"],
            head["kind"],
            head["happened"],
            head["officer"],
            json.loads(public),
            json.loads(personal) if personal else {},
            epoch=head["epoch"],
            forgotten=head["personal"] is not None and personal is None,
        )
        for (ident, *_, public, personal), head in zip(rows, heads, strict=True)
    )
    return events, {head["shift"] for head in heads}


class _Said(NamedTuple):
    """An entry of a thread, with its place."""

    id: int
    epoch: str
    seq: int
    written: int
    kind: str
    header: str
    public: str
    personal: str | None


def _thread(reader: Connection, desk: str, action: str) -> list[_Said]:
    """The entries of a crossing's thread, in the order they count."""
    return ordering.in_order(_Said(*row) for row in reader.execute(_THREAD, (desk, action)).fetchall())


_THREAD = """
SELECT entry.id, entry.epoch, entry.seq, entry.header ->> '$.written', entry.kind, entry.header, entry.public,
       entry.personal
  FROM thread JOIN entry ON entry.id = thread.entry WHERE thread.desk = ? AND thread.action = ?"""


def _officers(reader: Connection, desk: str, shifts: Iterable[str]) -> Mapping[str, str]:
    """Names by number of everybody who served in these shifts."""
    names: dict[str, str] = {}
    for shift in sorted(shifts):
        row = reader.execute(
            "SELECT entry.personal FROM duty JOIN entry ON entry.id = duty.opened"
            " WHERE duty.shift = ? AND duty.desk = ?",
            (shift, desk),
        ).fetchone()
        names |= json.loads(row[0]).get("officers", {}) if row and row[0] else {}
    return names


def _sealed(reader: Connection, crossing: CrossingRow) -> int:
    """The number of the chain's last entry that a seal covers; 0 while there is none."""
    row = reader.execute(
        "SELECT public ->> '$.seq' FROM entry WHERE desk = ? AND epoch = ? AND seq >= ? AND kind = ?"
        " ORDER BY seq LIMIT 1",
        (crossing.desk, crossing.epoch, crossing.seq, facts.SEALED),
    ).fetchone()
    return int(row[0]) if row else 0


def _intact(reader: Connection, entries: Sequence[int]) -> bool:
    """Whether each of these entries is what its header promises and what the next one names."""
    marks = ", ".join("?" * len(entries))
    rows = reader.execute(
        "SELECT entry.header, entry.public, entry.personal, entry.salt, entry.hash,"  # noqa: S608 - marks
        " next.header ->> '$.prev'"
        "  FROM entry LEFT JOIN entry AS next"
        "    ON next.desk = entry.desk AND next.epoch = entry.epoch AND next.seq = entry.seq + 1"
        f" WHERE entry.id IN ({marks})",
        tuple(entries),
    )
    return all(_promised(*row) for row in rows.fetchall())


def _promised(
    header: str, public: str, personal: str | None, salt: bytes | None, digest: bytes, named: str | None
) -> bool:
    head = json.loads(header)
    whole = entry_hash(header.encode()) == digest and public_digest(public.encode()) == head["public"]
    whole = whole and named in (None, digest.hex())
    if personal is None or salt is None:
        return whole
    return whole and commitment(personal.encode(), salt) == head["personal"]


def _amended(reader: Connection, row: Sequence[Any]) -> Mapping[str, Any] | None:
    """Personal values of all amendments, later ones first in rank; None when it was never amended."""
    head = json.loads(row[1])
    told = _thread(reader, head["desk"], head["action"])
    amendments = [each for each in told if each.kind == facts.CROSSING_AMENDED]
    if not amendments:
        return None
    merged: dict[str, Any] = {}
    for each in amendments:
        merged |= json.loads(each.personal) if each.personal else {}
    return merged


def _persons(people: Sequence[Mapping[str, Any]], apart: Sequence[Mapping[str, Any]]) -> tuple[Person, ...]:
    """People as entered; who did not go on with the vehicle is public, by number."""
    outcomes = {each["person"]: each for each in apart}
    known = {fields.get("n", 0): fields for fields in people}
    numbers = sorted({*known, *outcomes})
    return tuple(_person(n, known.get(n, {}), apart=outcomes.get(n, {})) for n in numbers)


def _person(number: int, fields: Mapping[str, Any], *, apart: Mapping[str, Any]) -> Person:
    return Person(
        number=number,
        name=fields.get("name", ""),
        document=fields.get("id", ""),
        document_kind=fields.get("kind", ""),
        phone=fields.get("phone", ""),
        evidence=Evidence(fields.get("evidence", Evidence.DECLARED)),
        seat=fields.get("seat", ""),
        outcome=apart.get("outcome", ""),
        why=fields.get("why") or apart.get("why", ""),
    )
