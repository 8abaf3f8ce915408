"""`matters list|raise|work|close|reopen`."""

from __future__ import annotations

import argparse
from concurrent.futures import Future

from checkpoint_app.cli import affairs
from checkpoint_app.cli.affairs import SHORT
from checkpoint_app.cli.doors import Doors
from checkpoint_app.cli.output import Plain, emit, moment, table
from checkpoint_app.cli.times import local_zone
from checkpoint_app.documents import log_words
from checkpoint_app.domain.logbook import Matter
from checkpoint_app.domain.masking import mask_name
from checkpoint_app.domain.officers import is_number
from checkpoint_app.i18n import _
from checkpoint_app.services.desk import Desk
from checkpoint_app.storage import logbook, queries
from checkpoint_app.storage.ledger import Written

Saved = Future[tuple[Written, ...]]


def run(arguments: argparse.Namespace, doors: Doors) -> int:
    """Raises, works on or closes a matter, or lists what is open beside a running window."""
    if arguments.act == "list":
        return _list(arguments, doors)
    return affairs.write(arguments, doors, _ACTS[arguments.act])


def _raise(arguments: argparse.Namespace, desk: Desk) -> Saved:
    due = affairs.due(arguments.due, now=desk.ledger.now())
    return desk.matters.raise_(arguments.title, owner=arguments.owner, due=due, by=desk.by)


def _work(arguments: argparse.Namespace, desk: Desk) -> Saved:
    due = None if arguments.due is None else affairs.due(arguments.due, now=desk.ledger.now())
    found = affairs.find(desk.matters.open(), arguments.id)
    return desk.matters.work(found.id, arguments.text, owner=arguments.owner, due=due, by=desk.by)


def _close(arguments: argparse.Namespace, desk: Desk) -> Saved:
    found = affairs.find(desk.matters.open(), arguments.id)
    return desk.matters.close(found.id, arguments.text, by=desk.by)


def _reopen(arguments: argparse.Namespace, desk: Desk) -> Saved:
    with desk.ledger.reader() as reader:
        known = logbook.matters(reader, desk.ledger.head().desk, open_only=False)
    return desk.matters.reopen(affairs.find(known, arguments.id).id, arguments.text, by=desk.by)


_ACTS: dict[str, affairs.Act] = {"raise": _raise, "work": _work, "close": _close, "reopen": _reopen}


def _list(arguments: argparse.Namespace, doors: Doors) -> int:
    with doors.read_desk(doors.folder, passphrase=doors.passphrase()) as reading:
        found = logbook.matters(reading.connection, reading.settings.desk, open_only=not arguments.closed)
        names = queries.officer_names(reading.connection)
    if arguments.json:
        for each in found:
            emit(_record(each))
    elif found:
        head = (_("id"), _("raised"), _("what"), _("whose"), _("until"), _("state"))
        table(head, [_row(each, names) for each in found])
    return 0


def _row(matter: Matter, names: dict[str, str]) -> tuple[str, ...]:
    zone = local_zone(matter.raised)
    due = moment(matter.due, zone=zone) if matter.due else "-"
    whose = mask_name(log_words.owner(matter, names)) or "-"
    state = _("closed") if matter.closed else _("open")
    raised = moment(matter.raised, zone=zone)
    return matter.id[:SHORT], raised, log_words.matter_title(matter), whose, due, state


def _record(matter: Matter) -> dict[str, Plain]:
    """Whose it is is masked: a list is no reason to show anybody."""
    return {
        "id": matter.id,
        "raised": matter.raised,
        "title": matter.title,
        "source": matter.source,
        "owner": matter.owner if is_number(matter.owner) else mask_name(matter.owner),
        "due": matter.due,
        "closed": matter.closed,
        "result": matter.result,
        "lane": matter.lane,
        "crossing": matter.crossing,
        "shift": matter.shift,
        "steps": [{"at": step.at, "kind": step.kind, "text": step.text} for step in matter.steps],
    }
