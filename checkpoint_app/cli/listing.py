"""`list`: what the ledger holds, masked by default, as a table, JSON lines or CSV.

Looking a person up, or seeing names in full, is written down before anything is shown.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

from checkpoint_app.cli.doors import Doors
from checkpoint_app.cli.output import Plain, emit, moment, note, say, table
from checkpoint_app.cli.times import parse_time
from checkpoint_app.config import Settings
from checkpoint_app.documents import sheets
from checkpoint_app.domain import disclosures
from checkpoint_app.domain.entry import read_header
from checkpoint_app.domain.masking import mask_id, mask_name, mask_phone
from checkpoint_app.domain.words import OWN_WORDS, REASONS
from checkpoint_app.i18n import N_, _
from checkpoint_app.services import records, whose
from checkpoint_app.services.records import Read, Wanted
from checkpoint_app.storage import finding, marks, queries
from checkpoint_app.storage.engine import Connection
from checkpoint_app.storage.rows import Below, CrossingRow
from checkpoint_app.storage.sifting import AMENDED, UNDONE, Sieve
from checkpoint_app.storage.timekeeper import system_tick

Record = Mapping[str, Plain]
Desks = tuple[str, ...] | None
PART = 1_000
LONGEST_CELL = 40
HEADINGS: Mapping[str, str] = {
    "seq": N_("Entry"),
    "time": N_("Date and time"),
    "lane": N_("Lane"),
    "direction": N_("Direction"),
    "plate": N_("Plate"),
    "class": N_("Vehicle class"),
    "people": N_("People"),
    "names": N_("Names"),
    "verdict": N_("Verdict"),
    "outcome": N_("Outcome"),
    "evidence": N_("Known by"),
    "why": N_("Reason"),
    "state": N_("State"),
    "desk": N_("Desk"),
    "shift": N_("Shift"),
    "hash": N_("Hash"),
    "name": N_("Name"),
    "document": N_("Document number"),
    "phone": N_("Phone"),
    "group": N_("Group"),
    "lead": N_("Lead"),
    "officers": N_("Officers"),
    "opened": N_("Opened"),
    "closed": N_("Closed"),
    "kind": N_("Kind"),
    "epoch": N_("Epoch"),
    "officer": N_("Officer"),
    "clock": N_("Clock"),
    "personal": N_("Personal part"),
    "public": N_("Public part"),
}
LOOKED_FOR: Mapping[str, tuple[str, ...] | None] = {
    "plate": (marks.PLATE,),
    "text": None,
    "name": (marks.NAME,),
    "document": (marks.DOCUMENT,),
    "phone": (marks.PHONE,),
}


def run(arguments: argparse.Namespace, doors: Doors) -> int:
    """Prints what was asked for; nothing found is an empty list and status 0."""
    if arguments.what in PER_CROSSING:
        ask = _look_up if _is_personal(arguments) or _form(arguments) else _read
        found = list(PER_CROSSING[arguments.what].records(ask(arguments, doors), arguments))
    else:
        with doors.read_desk(doors.folder, passphrase=doors.passphrase()) as reading:
            desks = _whose(reading.connection, reading.settings, arguments)
            found = list(PLAIN[arguments.what](reading.connection, arguments, desks))
    _print(found, arguments)
    return 0


def _print(found: Sequence[Record], arguments: argparse.Namespace) -> None:
    if path := arguments.csv or arguments.xlsx:
        _write(Path(path), found, arguments)
        note(_("{count} rows written to {path}").format(count=len(found), path=path))
    elif arguments.json:
        for record in found:
            emit(record)
    elif found:
        table(_head(found), ([_short(value) for value in record.values()] for record in found))
    else:
        say(_("nothing found"))


def _head(found: Sequence[Record]) -> tuple[str, ...]:
    """The headings in the language in use; JSON keeps the names."""
    return tuple(_(HEADINGS[name]) if name in HEADINGS else name for name in (found[0] if found else ()))


def _is_personal(arguments: argparse.Namespace) -> bool:
    """Whether this looks a person up: by anything but a plate, or unmasked."""
    looked_for = [name for name in LOOKED_FOR if getattr(arguments, name)]
    return arguments.unmask or any(name != "plate" for name in looked_for)


def _read(arguments: argparse.Namespace, doors: Doors) -> Sequence[CrossingRow]:
    with doors.read_desk(doors.folder, passphrase=doors.passphrase()) as reading:
        desks = _whose(reading.connection, reading.settings, arguments)
        return _rows(lambda: nullcontext(reading.connection), arguments, desks)


def _look_up(arguments: argparse.Namespace, doors: Doors) -> Sequence[CrossingRow]:
    """The rows. Looking for people is written down before anything is read, also when it is in vain; what is
    seen in full, and what leaves as a file, masked or not, before it is shown. That takes a desk nobody else
    writes: beside a running window the window exports."""
    desk = doors.open_desk(doors.folder, passphrase=doors.passphrase())
    why = arguments.why.strip()
    viewing = desk.viewing
    kinds = _kinds(arguments)
    try:
        if kinds:
            viewing.looked_up(kinds, why, desk.by).result()
        with desk.ledger.reader() as reader:
            desks = _whose(reader, desk.settings, arguments)
        rows = _rows(desk.ledger.reader, arguments, desks)
        written = [viewing.view(row.action, why=why, by=desk.by) for row in rows if arguments.unmask]
        if form := _form(arguments):
            columns = tuple(PER_CROSSING[arguments.what].columns)
            written.append(
                viewing.exported(
                    len(rows), form=form, columns=columns, masked=not arguments.unmask, why=why, by=desk.by
                )
            )
        for each in written:
            each.result()
    finally:
        desk.close(painted=desk.told())
    if kinds or arguments.unmask:
        note(_("this look-up is written in the ledger, with its reason"))
    elif written:
        note(_("this export is written in the ledger"))
    return rows


def _kinds(arguments: argparse.Namespace) -> tuple[str, ...]:
    """Kinds of people's data that the fragment may be part of."""
    if arguments.text:
        return records.kinds_sought(arguments.text)
    return tuple(name for name in disclosures.KINDS if getattr(arguments, name))


def _form(arguments: argparse.Namespace) -> str:
    return "csv" if arguments.csv else "xlsx" if arguments.xlsx else ""


def _whose(reader: Connection, settings: Settings, arguments: argparse.Namespace) -> Desks:
    """The desks that are asked for; None for all."""
    if not arguments.whose:
        return None
    return whose.called(whose.everybody(reader, station=settings.station), arguments.whose)


def _rows(read: Read, arguments: argparse.Namespace, desks: Desks) -> Sequence[CrossingRow]:
    sieve = replace(_sieve(arguments), desks=desks)
    for name, kinds in LOOKED_FOR.items():
        if fragment := getattr(arguments, name):
            return _found(read, fragment, kinds=kinds, sieve=sieve, limit=arguments.limit)
    return records.look(read, Wanted(sieve=sieve), most=arguments.limit, most_looked=2**62).rows


def _sieve(arguments: argparse.Namespace) -> Sieve:
    since, until = _span(arguments)
    return Sieve(
        since=since,
        until=until,
        lane=arguments.lane or 0,
        outcome=arguments.outcome or "",
        evidence=arguments.evidence or "",
        why=arguments.reason or "",
        officer=arguments.officer or "",
        direction=arguments.direction or "",
        state={"amended": AMENDED, "void": UNDONE}.get(arguments.only or "", ""),
        shift=arguments.shift or "",
    )


def _found(
    read: Read, fragment: str, *, kinds: tuple[str, ...] | None, sieve: Sieve, limit: int
) -> list[CrossingRow]:
    """Each step has its own short snapshot."""
    rows: dict[int, CrossingRow] = {}
    before: int | None = None
    below: Below | None = None
    while True:
        with read() as connection:
            page = finding.search(
                connection,
                fragment,
                kinds=kinds,
                limit=limit - len(rows),
                before_day=before,
                below=below,
                sieve=sieve,
                most=records.STEP_FOUND,
            )
        rows |= {row.id: row for row in page.rows}
        before, below = page.further, page.below
        on = before is not None or below is not None
        if page.full or (on and len(rows) >= limit):
            note(_("more than {count} found: a longer fragment finds fewer").format(count=len(rows)))
        if page.full or not on or len(rows) >= limit:
            return [*rows.values()]


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


def _shifts(connection: Connection, arguments: argparse.Namespace, desks: Desks) -> Iterator[Record]:
    rows = queries.shifts(connection, limit=arguments.limit if desks is None else 2**31)
    for row in [row for row in rows if desks is None or row.desk in desks][: arguments.limit]:
        yield {
            "shift": row.shift,
            "group": row.group,
            "lead": mask_name(row.officers.get(row.lead, "")) or row.lead,
            "officers": len(row.officers),
            "opened": moment(row.opened, zone=row.zone),
            "closed": moment(row.closed, zone=row.zone) if row.closed else "",
        }


def _entries(connection: Connection, arguments: argparse.Namespace, desks: Desks) -> Iterator[Record]:
    """In the order they were written, as a ledger is read."""
    since, until = _span(arguments)
    shown = after = 0
    while shown < arguments.limit:
        part = list(queries.entries(connection, after=after, shift=arguments.shift, limit=PART))
        for row in part:
            header = read_header(row.entry.header)
            if (since and header.happened < since) or (until and header.happened >= until):
                continue
            if desks is not None and header.desk not in desks:
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


@dataclass(frozen=True, slots=True)
class Table:
    """A list of crossings' records; `columns` are told when it leaves as a file."""

    records: Callable[[Iterable[CrossingRow], argparse.Namespace], Iterator[Record]]
    columns: tuple[str, ...]


PER_CROSSING: Mapping[str, Table] = {
    "crossings": Table(_crossings, ("time", "lane", "plate", "class", "people", "names", "outcome", "why")),
    "people": Table(_people, ("time", "name", "document", "phone", "plate", "outcome", "lane")),
}
PLAIN: Mapping[str, Callable[[Connection, argparse.Namespace, Desks], Iterator[Record]]] = {
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


def _write(path: Path, found: Sequence[Record], arguments: argparse.Namespace) -> None:
    """For a spreadsheet: no cell can calculate. Raises FileNotWritten."""
    rows = [[_cell(value) for value in record.values()] for record in found]
    if arguments.csv:
        sheets.write_csv(path, _head(found), rows, progress=lambda _done: True)
    else:
        sheets.write_xlsx(path, _head(found), rows, title=arguments.what, progress=lambda _done: True)
