"""`log note|order|incident|visit|list|read|end|report|answer|link|transfer|close`."""

from __future__ import annotations

import argparse
from concurrent.futures import Future

from checkpoint_app.cli import affairs
from checkpoint_app.cli.affairs import SHORT
from checkpoint_app.cli.amend import recorded
from checkpoint_app.cli.doors import Doors
from checkpoint_app.cli.output import Plain, emit, moment, table
from checkpoint_app.cli.times import local_zone
from checkpoint_app.documents import log_words, wording
from checkpoint_app.domain.logbook import Incident, Noted, Order, Transfer, Visit
from checkpoint_app.domain.masking import mask_name
from checkpoint_app.i18n import _
from checkpoint_app.services.desk import Desk
from checkpoint_app.services.log import Finding
from checkpoint_app.storage import logbook, queries
from checkpoint_app.storage.ledger import Written

Saved = Future[tuple[Written, ...]]
Line = Noted | Order | Incident | Visit


def run(arguments: argparse.Namespace, doors: Doors) -> int:
    """Writes something into the log of the open shift, or lists it beside a running window."""
    if arguments.act == "list":
        return _list(arguments, doors)
    return affairs.write(arguments, doors, _ACTS[arguments.act])


def _note(arguments: argparse.Namespace, desk: Desk) -> Saved:
    return desk.log.note(arguments.text, by=desk.by)


def _order(arguments: argparse.Namespace, desk: Desk) -> Saved:
    until = affairs.due(arguments.until, now=desk.ledger.now())
    return desk.log.order(arguments.sender, arguments.number, arguments.text, until=until, by=desk.by)


def _incident(arguments: argparse.Namespace, desk: Desk) -> Saved:
    return desk.log.incident(arguments.kind, arguments.text, due_minutes=arguments.minutes, by=desk.by)


def _visit(arguments: argparse.Namespace, desk: Desk) -> Saved:
    now = desk.ledger.now()
    findings = [_finding(told, now=now) for told in arguments.finding or ()]
    return desk.log.visit(
        arguments.visitor, agency=arguments.agency, text=arguments.text, findings=findings, by=desk.by
    )


def _finding(told: str, *, now: int) -> Finding:
    """What / whose / until when."""
    parts = [part.strip() for part in told.split("/")]
    title, owner, until = (*parts, "", "")[:3]
    return Finding(title, owner, affairs.due(until, now=now))


def _read(arguments: argparse.Namespace, desk: Desk) -> Saved:
    return desk.log.read_order(_order_id(arguments, desk), by=desk.by)


def _end(arguments: argparse.Namespace, desk: Desk) -> Saved:
    return desk.log.end_order(_order_id(arguments, desk), by=desk.by)


def _report(arguments: argparse.Namespace, desk: Desk) -> Saved:
    return desk.log.report_incident(_incident_id(arguments, desk), arguments.to, by=desk.by)


def _answer(arguments: argparse.Namespace, desk: Desk) -> Saved:
    return desk.log.answer(_incident_id(arguments, desk), arguments.text, by=desk.by)


def _link(arguments: argparse.Namespace, desk: Desk) -> Saved:
    incident, row = _incident_id(arguments, desk), recorded(desk, arguments.entry)
    return desk.log.link(incident, row.action, by=desk.by)


def _transfer(arguments: argparse.Namespace, desk: Desk) -> Saved:
    return desk.log.transfer(
        _incident_id(arguments, desk),
        people=arguments.people,
        taken_from=arguments.from_,
        handed_to=arguments.to_,
        authorised=arguments.by_,
        by=desk.by,
    )


def _close(arguments: argparse.Namespace, desk: Desk) -> Saved:
    return desk.log.close(_incident_id(arguments, desk), arguments.text, by=desk.by)


_ACTS: dict[str, affairs.Act] = {
    "note": _note,
    "order": _order,
    "incident": _incident,
    "visit": _visit,
    "read": _read,
    "end": _end,
    "report": _report,
    "answer": _answer,
    "link": _link,
    "transfer": _transfer,
    "close": _close,
}


def _order_id(arguments: argparse.Namespace, desk: Desk) -> str:
    with desk.ledger.reader() as reader:
        known = logbook.orders_in_force(reader, desk.ledger.head().desk, desk.ledger.now())
    return affairs.find(known, arguments.id).id


def _incident_id(arguments: argparse.Namespace, desk: Desk) -> str:
    with desk.ledger.reader() as reader:
        known = logbook.incidents(reader, desk.ledger.head().desk)
    return affairs.find(known, arguments.id).id


def _list(arguments: argparse.Namespace, doors: Doors) -> int:
    with doors.read_desk(doors.folder, passphrase=doors.passphrase()) as reading:
        reader, desk = reading.connection, reading.settings.desk
        current = queries.open_shift(reader, desk=desk)
        shift = arguments.shift or (current.shift if current else "")
        log = logbook.of_shift(reader, shift)
        waiting = () if arguments.shift else logbook.incidents(reader, desk)
    known: dict[str, Line] = {
        each.id: each for part in (log.notes, log.orders, log.incidents, log.visits, waiting) for each in part
    }
    lines = sorted(known.values(), key=_at)
    if arguments.json:
        for each in lines:
            emit(_record(each))
    elif lines:
        head = (_("id"), _("time"), _("kind"), _("what"), _("state"))
        table(head, [_row(each) for each in lines])
    return 0


def _at(line: Line) -> int:
    return line.noticed if isinstance(line, Incident) else line.at


def _row(line: Line) -> tuple[str, ...]:
    record = _record(line)
    at = moment(_at(line), zone=local_zone(_at(line)))
    return line.id[:SHORT], at, str(record["kind"]), _what(line), str(record["state"])


def _what(line: Line) -> str:
    if isinstance(line, Incident):
        return " ".join((wording.word(log_words.INCIDENTS, line.kind), line.text)).strip()
    if isinstance(line, Visit):
        return " ".join(part for part in (line.agency, mask_name(line.visitor), line.text) if part)
    if isinstance(line, Order):
        return " ".join(part for part in (line.sender, line.number, line.text) if part)
    return line.text


def _record(line: Line) -> dict[str, Plain]:
    kinds: dict[type, str] = {Noted: "note", Order: "order", Incident: "incident", Visit: "visit"}
    record: dict[str, Plain] = {
        "id": line.id,
        "kind": kinds[type(line)],
        "at": _at(line),
        "officer": line.officer,
        "shift": line.shift,
        "text": line.text,
        "state": _state(line),
    }
    if isinstance(line, Order):
        record |= {"sender": line.sender, "number": line.number, "until": line.until}
        record |= {"read": [number for number, _at in line.read]}
    elif isinstance(line, Incident):
        record |= {"incident": line.kind, "due": line.due, "reported": line.reported}
        record |= {"answered": line.answered, "closed": line.closed, "result": line.result}
        record |= {"linked": list(line.linked), "transfers": [_transferred(each) for each in line.transfers]}
    elif isinstance(line, Visit):
        record |= {"visitor": mask_name(line.visitor), "agency": line.agency, "findings": list(line.findings)}
    return record


def _transferred(told: Transfer) -> dict[str, Plain]:
    return {
        "at": told.at,
        "people": told.people,
        "from": told.taken_from,
        "to": told.handed_to,
        "authorised": told.authorised,
    }


def _state(line: Line) -> str:
    if isinstance(line, Order):
        return "ended" if line.ended else "in force"
    if isinstance(line, Incident):
        steps = (("closed", line.closed), ("answered", line.answered), ("reported", line.reported))
        return next((name for name, at in steps if at), "noticed")
    return ""
