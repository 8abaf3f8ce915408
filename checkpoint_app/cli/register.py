"""`register load|find|strike`."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path

from checkpoint_app.cli.doors import Doors
from checkpoint_app.cli.output import Plain, Progress, emit, note, say, table
from checkpoint_app.domain.errors import Trouble
from checkpoint_app.domain.register import MOST_BYTES, Fault, RegisterRefused, Resident
from checkpoint_app.i18n import N_, _
from checkpoint_app.services.desk import Desk
from checkpoint_app.services.viewing import ViewReasonNeeded

REFUSED = 1
FAULTS = {
    "columns": N_("more columns than the heading has"),
    "name": N_("this is no name"),
    "document": N_("the document's number cannot be right"),
    "phone": N_("this is no telephone number"),
    "address": N_("the address is too long"),
    "note": N_("the note is too long"),
    "until": N_("this is no day, write it like 2026-12-31"),
    "twice": N_("the same person stands in the list twice"),
}


class ListUnread(Trouble):
    """The list could not be read from the disk; facts: path, why."""


def run(arguments: argparse.Namespace, doors: Doors) -> int:
    """Loads a list into the register, looks somebody up in it, or takes somebody out."""
    data = _read(arguments.file) if arguments.act == "load" else b""
    if arguments.act == "find" and not arguments.why.strip():
        raise ViewReasonNeeded
    desk = doors.open_desk(doors.folder, passphrase=doors.passphrase())
    try:
        return _act(arguments, desk, data)
    finally:
        desk.close(painted=desk.told())


def _act(arguments: argparse.Namespace, desk: Desk, data: bytes) -> int:
    if arguments.act == "load":
        return _load(arguments, desk, data)
    if arguments.act == "find":
        return _find(arguments, desk)
    (written,) = desk.register.strike(arguments.id, why=arguments.why, by=desk.by)
    _tell(arguments, {"struck": arguments.id, "seq": written.seq})
    return 0


def _load(arguments: argparse.Namespace, desk: Desk, data: bytes) -> int:
    told = Progress(_("{count} people in the register"))
    try:
        done = desk.register.load(data, by=desk.by, progress=lambda count, _all: told(count))
    except RegisterRefused as refused:
        if not arguments.json:
            _complain(refused.faults)
        raise
    _tell(arguments, {**asdict(done), "people": desk.register.count()})
    return 0


def _find(arguments: argparse.Namespace, desk: Desk) -> int:
    found = desk.register.find(arguments.fragment, by=desk.by, why=arguments.why)
    if arguments.json:
        for each in found:
            emit(asdict(each))
    elif found:
        head = (_("name"), _("document"), _("phone"), _("address"), _("until"), _("remarks"), "id")
        table(head, [_row(each) for each in found])
    else:
        note(_("nobody like that is in the register"))
    return 0 if found else REFUSED


def _row(each: Resident) -> tuple[str, ...]:
    return each.name, each.document, each.phone, each.address, each.until or "-", each.note, each.id


def _complain(faults: tuple[Fault, ...]) -> None:
    for each in faults:
        note(_("line {line}: {fault}").format(line=each.line, fault=_(FAULTS[each.fault])))


def _tell(arguments: argparse.Namespace, record: dict[str, Plain]) -> None:
    if arguments.json:
        emit(record)
        return
    for name, value in record.items():
        say(f"{name:18} {value}")


def _read(path: Path) -> bytes:
    """The file, as much of it as a list may have and one byte more; raises ListUnread."""
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        raise ListUnread(path=path, why=error.strerror or "") from error
