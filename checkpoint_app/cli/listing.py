"""`list`: what the ledger holds, masked by default, as a table, JSON lines or CSV.

Looking a person up, or seeing names in full, is written down before anything is shown.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from checkpoint_app.cli.doors import Doors
from checkpoint_app.cli.output import Plain, emit, moment, note, say, table
from checkpoint_app.cli.times import parse_time
from checkpoint_app.domain.cells import guard_cell
from checkpoint_app.domain.entry import read_header
from checkpoint_app.domain.errors import Trouble
from checkpoint_app.domain.masking import mask_id, mask_name, mask_phone
from checkpoint_app.domain.words import OWN_WORDS, REASONS
from checkpoint_app.i18n import _
from checkpoint_app.services.desk import new_action
from checkpoint_app.services.viewing import Viewing
from checkpoint_app.storage import finding, marks, queries
from checkpoint_app.storage.engine import Connection
from checkpoint_app.storage.rows import CrossingRow
from checkpoint_app.storage.timekeeper import system_tick

Record = Mapping[str, Plain]
PART = 1_000
LONGEST_CELL = 40
LOOKED_FOR: Mapping[str, tuple[str, ...] | None] = {
    "plate": (marks.PLATE,),
    "text": None,
    "name": (marks.NAME,),
    "document": (marks.DOCUMENT,),
    "phone": (marks.PHONE,),
}


class FileNotWritten(Trouble):
    """The table could not be written; facts: path, why."""


def run(arguments: argparse.Namespace, doors: Doors) -> int:
    """Prints what was asked for; nothing found is an empty list and status 0."""
    if arguments.what in PER_CROSSING:
        ask = _look_up if _is_personal(arguments) else _read
        records = list(PER_CROSSING[arguments.what](ask(arguments, doors), arguments))
    else:
        with doors.read_desk(doors.folder, passphrase=doors.passphrase()) as reading:
            records = list(PLAIN[arguments.what](reading.connection, arguments))
    _print(records, arguments)
    return 0


def _print(records: Sequence[Record], arguments: argparse.Namespace) -> None:
    if arguments.csv:
        _write_csv(Path(arguments.csv), records)
        note(_("{count} rows written to {path}").format(count=len(records), path=arguments.csv))
    elif arguments.json:
        for record in records:
            emit(record)
    elif records:
        table(tuple(records[0]), ([_short(value) for value in record.values()] for record in records))
    else:
        say(_("nothing found"))


def _is_personal(arguments: argparse.Namespace) -> bool:
    """Whether this looks a person up: by anything but a plate, or unmasked."""
    looked_for = [name for name in LOOKED_FOR if getattr(arguments, name)]
    return arguments.unmask or any(name != "plate" for name in looked_for)


def _read(arguments: argparse.Namespace, doors: Doors) -> Sequence[CrossingRow]:
    with doors.read_desk(doors.folder, passphrase=doors.passphrase()) as reading:
        return _rows(reading.connection, arguments)


def _look_up(arguments: argparse.Namespace, doors: Doors) -> Sequence[CrossingRow]:
    """The rows, once an entry for each says that they were looked at; also a look-up in vain leaves one."""
    desk = doors.open_desk(doors.folder, passphrase=doors.passphrase())
    try:
        with desk.ledger.reader() as connection:
            rows = _rows(connection, arguments)
        viewing = Viewing(desk.ledger, new_action)
        seen = [row.action for row in rows] or [""]
        for written in [viewing.view(action, why=arguments.why.strip(), by=desk.by) for action in seen]:
            written.result()
    finally:
        desk.close(painted=desk.told())
    note(_("this look-up is written in the ledger, with its reason"))
    return rows


def _rows(connection: Connection, arguments: argparse.Namespace) -> Sequence[CrossingRow]:
    since, until = _span(arguments)
    for name, kinds in LOOKED_FOR.items():
        if fragment := getattr(arguments, name):
            found = _found(connection, fragment, kinds=kinds, limit=arguments.limit)
            return [
                row
                for row in found
                if (since is None or row.happened >= since)
                and (until is None or row.happened < until)
                and arguments.shift in (None, row.shift)
            ]
    return queries.crossings(
        connection, shift=arguments.shift, since=since, until=until, limit=arguments.limit
    )


def _found(
    connection: Connection, fragment: str, *, kinds: tuple[str, ...] | None, limit: int
) -> list[CrossingRow]:
    rows: list[CrossingRow] = []
    before: int | None = None
    while True:
        page = finding.search(connection, fragment, kinds=kinds, limit=limit - len(rows), before_day=before)
        rows += page.rows
        before = page.further
        if page.full or (before is not None and len(rows) >= limit):
            note(_("more than {count} found: a longer fragment finds fewer").format(count=len(rows)))
            return rows
        if before is None:
            return rows


def _crossings(rows: Iterable[CrossingRow], arguments: argparse.Namespace) -> Iterator[Record]:
    name = str if arguments.unmask else mask_name
    for row in rows:
        yield {
            "seq": row.seq,
            "time": moment(row.happened, zone=row.zone),
            "lane": row.lane,
            "direction": row.direction,
            "plate": row.plate,
            "class": row.vehicle,
            "people": row.people,
            "names": " ".join(name(person.name) for person in row.persons if person.name),
            "verdict": row.verdict,
            "outcome": row.outcome,
            "evidence": row.evidence,
            "why": row.why if arguments.unmask or row.why in REASONS else row.why and OWN_WORDS,
            "state": "undone" if row.undone else "amended" if row.amended else "",
            "desk": row.desk,
            "shift": row.shift,
            "hash": row.hash,
        }


def _people(rows: Iterable[CrossingRow], arguments: argparse.Namespace) -> Iterator[Record]:
    whole = arguments.unmask
    for row in rows:
        for person in () if row.undone else row.persons:
            yield {
                "time": moment(row.happened, zone=row.zone),
                "name": person.name if whole else mask_name(person.name),
                "document": person.document if whole else mask_id(person.document),
                "phone": person.phone if whole else mask_phone(person.phone),
                "evidence": person.evidence.value,
                "plate": row.plate,
                "outcome": row.outcome,
                "lane": row.lane,
                "shift": row.shift,
            }


def _shifts(connection: Connection, arguments: argparse.Namespace) -> Iterator[Record]:
    for row in queries.shifts(connection, limit=arguments.limit):
        yield {
            "shift": row.shift,
            "group": row.group,
            "lead": mask_name(row.officers.get(row.lead, "")) or row.lead,
            "officers": len(row.officers),
            "opened": moment(row.opened, zone=row.zone),
            "closed": moment(row.closed, zone=row.zone) if row.closed else "",
        }


def _entries(connection: Connection, arguments: argparse.Namespace) -> Iterator[Record]:
    """In the order they were written, as a ledger is read."""
    since, until = _span(arguments)
    shown = after = 0
    while shown < arguments.limit:
        part = list(queries.entries(connection, after=after, shift=arguments.shift, limit=PART))
        for row in part:
            header = read_header(row.entry.header)
            if (since and header.happened < since) or (until and header.happened >= until):
                continue
            shown += 1
            yield {
                "seq": header.seq,
                "time": moment(header.happened, zone=header.zone),
                "kind": header.kind,
                "desk": header.desk,
                "epoch": header.epoch,
                "shift": header.shift,
                "officer": header.officer,
                "clock": header.clock.value,
                "personal": "forgotten" if header.personal and not row.entry.personal else "",
                "public": json.loads(row.entry.public),
                "hash": row.entry.hash.hex(),
            }
            if shown >= arguments.limit:
                return
        if len(part) < PART:
            return
        after = part[-1].id


PER_CROSSING: Mapping[str, Callable[[Iterable[CrossingRow], argparse.Namespace], Iterator[Record]]] = {
    "crossings": _crossings,
    "people": _people,
}
PLAIN: Mapping[str, Callable[[Connection, argparse.Namespace], Iterator[Record]]] = {
    "shifts": _shifts,
    "entries": _entries,
}


def _span(arguments: argparse.Namespace) -> tuple[int | None, int | None]:
    now = system_tick().wall
    since = parse_time(arguments.since, now=now) if arguments.since else None
    until = parse_time(arguments.until, now=now) if arguments.until else None
    return since, until


def _cell(value: Plain) -> str:
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)


def _short(value: Plain) -> str:
    text = _cell(value)
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 1] + "…"


def _write_csv(path: Path, records: Sequence[Record]) -> None:
    """UTF-8 with a byte order mark, which spreadsheets ask for; no cell can calculate."""
    try:
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(records[0] if records else ())
            writer.writerows([guard_cell(_cell(value)) for value in record.values()] for record in records)
    except OSError as error:
        raise FileNotWritten(path=str(path), why=error.strerror or "") from error
