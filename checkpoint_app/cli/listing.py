"""`list`: what the ledger holds, masked by default, as a table, JSON lines or CSV."""

from __future__ import annotations

import argparse
import csv
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from checkpoint_app.cli.doors import Doors
from checkpoint_app.cli.output import Plain, emit, moment, note, say, table
from checkpoint_app.cli.times import parse_time
from checkpoint_app.domain.cells import guard_cell
from checkpoint_app.domain.entry import read_header
from checkpoint_app.domain.errors import Trouble
from checkpoint_app.domain.masking import mask_id, mask_name, mask_phone
from checkpoint_app.i18n import _
from checkpoint_app.storage import finding, queries
from checkpoint_app.storage.engine import Connection
from checkpoint_app.storage.rows import CrossingRow
from checkpoint_app.storage.timekeeper import system_tick

Record = Mapping[str, Plain]
FOUND_MOST = 200


class FileNotWritten(Trouble):
    """The table could not be written; facts: path, why."""


def run(arguments: argparse.Namespace, doors: Doors) -> int:
    """Prints what was asked for, newest first; nothing found is an empty list and status 0."""
    with doors.read_desk(doors.folder, passphrase=doors.passphrase()) as reading:
        records = list(KINDS[arguments.what](reading.connection, arguments))
    if arguments.csv:
        _write_csv(Path(arguments.csv), records)
        note(_("{count} rows written to {path}").format(count=len(records), path=arguments.csv))
    elif arguments.json:
        for record in records:
            emit(record)
    elif records:
        table(tuple(records[0]), ([_cell(value) for value in record.values()] for record in records))
    else:
        say(_("nothing found"))
    return 0


def _crossings(connection: Connection, arguments: argparse.Namespace) -> Iterator[Record]:
    for row in _rows(connection, arguments):
        yield {
            "seq": row.seq,
            "time": moment(row.happened, zone=row.zone),
            "lane": row.lane,
            "direction": row.direction,
            "plate": row.plate,
            "class": row.vehicle,
            "people": row.people,
            "names": " ".join(mask_name(person.name) for person in row.persons if person.name),
            "verdict": row.verdict,
            "outcome": row.outcome,
            "evidence": row.evidence,
            "why": row.why,
            "state": "undone" if row.undone else "amended" if row.amended else "",
            "desk": row.desk,
            "shift": row.shift,
            "hash": row.hash,
        }


def _rows(connection: Connection, arguments: argparse.Namespace) -> Iterable[CrossingRow]:
    since, until = _span(arguments)
    if arguments.plate:
        page = finding.search(connection, arguments.plate, limit=min(arguments.limit, FOUND_MOST))
        return [
            row
            for row in page.rows
            if (since is None or row.happened >= since)
            and (until is None or row.happened < until)
            and arguments.shift in (None, row.shift)
        ]
    return queries.crossings(
        connection, shift=arguments.shift, since=since, until=until, limit=arguments.limit
    )


def _people(connection: Connection, arguments: argparse.Namespace) -> Iterator[Record]:
    since, until = _span(arguments)
    for row in queries.people(
        connection, shift=arguments.shift, since=since, until=until, limit=arguments.limit
    ):
        yield {
            "time": moment(row.happened, zone=row.zone),
            "name": mask_name(row.person.name),
            "document": mask_id(row.person.document),
            "phone": mask_phone(row.person.phone),
            "evidence": row.person.evidence.value,
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
    since, until = _span(arguments)
    shown = after = 0
    while shown < arguments.limit:
        part = list(queries.entries(connection, after=after, shift=arguments.shift, limit=1_000))
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
        if len(part) < 1_000:
            return
        after = part[-1].id


KINDS: Mapping[str, Callable[[Connection, argparse.Namespace], Iterator[Record]]] = {
    "crossings": _crossings,
    "people": _people,
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


def _write_csv(path: Path, records: list[Record]) -> None:
    """UTF-8 with a byte order mark, which spreadsheets ask for; no cell can calculate."""
    try:
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(records[0] if records else ())
            writer.writerows([guard_cell(_cell(value)) for value in record.values()] for record in records)
    except OSError as error:
        raise FileNotWritten(path=str(path), why=error.strerror or "") from error
