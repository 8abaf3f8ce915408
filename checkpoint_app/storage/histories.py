"""Crossings read back from their entries: as first written, as they now read, and all that was said since."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from checkpoint_app.domain import facts
from checkpoint_app.domain.crossing import Check, Person
from checkpoint_app.domain.words import CheckKind, Evidence
from checkpoint_app.storage.engine import Connection
from checkpoint_app.storage.rows import CrossingRow, EventRow, HistoryRow

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
        persons=tuple(map(_person, own.get("people", ()))),
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
    checks = tuple(map(_check, json.loads(row[2]).get("checks", ())))
    return HistoryRow(now, written, checks, _events(reader, now))


def _events(reader: Connection, crossing: CrossingRow) -> tuple[EventRow, ...]:
    rows = reader.execute(
        "SELECT entry.id, entry.seq, entry.kind, entry.happened, entry.header ->> '$.officer', entry.public"
        "  FROM thread JOIN entry ON entry.id = thread.entry"
        " WHERE thread.action = ? AND thread.entry <> ? ORDER BY thread.entry",
        (crossing.action, crossing.id),
    )
    return tuple(
        EventRow(entry, seq, kind, happened, officer, json.loads(public))
        for entry, seq, kind, happened, officer, public in rows
    )


def _amended(reader: Connection, row: Sequence[Any]) -> Mapping[str, Any] | None:
    """Personal values of all amendments, later ones first in rank; None when it was never amended."""
    rows = reader.execute(
        "SELECT entry.personal FROM thread JOIN entry ON entry.id = thread.entry"
        " WHERE thread.action = ? AND entry.kind = ? ORDER BY thread.entry",
        (json.loads(row[1])["action"], facts.CROSSING_AMENDED),
    ).fetchall()
    if not rows:
        return None
    merged: dict[str, Any] = {}
    for (personal,) in rows:
        merged |= json.loads(personal) if personal else {}
    return merged


def _person(fields: Mapping[str, Any]) -> Person:
    return Person(
        number=fields.get("n", 0),
        name=fields.get("name", ""),
        document=fields.get("id", ""),
        document_kind=fields.get("kind", ""),
        phone=fields.get("phone", ""),
        evidence=Evidence(fields.get("evidence", Evidence.DECLARED)),
    )


def _check(fields: Mapping[str, Any]) -> Check:
    return Check(
        kind=CheckKind(fields["kind"]),
        result=fields["result"],
        evidence=Evidence(fields["evidence"]),
        at=fields["at"],
        person=fields.get("person", 0),
        tenths=fields.get("tenths"),
        taken=fields.get("taken"),
        source=fields.get("source", ""),
        voided=fields.get("voided", False),
    )
