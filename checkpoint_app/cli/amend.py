"""`amend` and `void`: a recorded crossing corrected, or made not to count, with a reason; new entries."""

from __future__ import annotations

import argparse
from collections.abc import Mapping

from checkpoint_app.cli.doors import Doors
from checkpoint_app.cli.output import emit, say
from checkpoint_app.domain.amending import Changes
from checkpoint_app.domain.errors import Refusal
from checkpoint_app.domain.plates import parse_plate
from checkpoint_app.domain.words import Direction, VehicleClass
from checkpoint_app.i18n import _
from checkpoint_app.services.amending import CrossingAbsent
from checkpoint_app.services.desk import Desk
from checkpoint_app.storage import histories, queries
from checkpoint_app.storage.rows import CrossingRow


class NameUnreadable(Refusal):
    """Not like 1=NAME; facts: text."""


def run(arguments: argparse.Namespace, doors: Doors) -> int:
    """Corrects or voids the crossing with that number in this desk's present chain."""
    desk = doors.open_desk(doors.folder, passphrase=doors.passphrase())
    try:
        row = recorded(desk, arguments.entry)
        amending = desk.amending
        if arguments.command == "void":
            written = amending.void(row, why=arguments.why, by=desk.by).result()[-1]
        else:
            changes = _changes(arguments, province=desk.settings.province)
            written = amending.amend(row, changes, why=arguments.why, by=desk.by).result()[-1]
    finally:
        desk.close(painted=desk.told())
    if arguments.json:
        emit({"seq": written.seq, "kind": written.kind, "of": row.seq, "hash": written.hash})
    else:
        say(_("written as entry {n}").format(n=written.seq))
    return 0


def recorded(desk: Desk, seq: int) -> CrossingRow:
    """The crossing with that number in this desk's present chain; raises CrossingAbsent."""
    head = desk.ledger.head()
    with desk.ledger.reader() as reader:
        ident = queries.id_of(reader, head.desk, head.epoch, seq)
        told = histories.history(reader, ident) if ident is not None else None
    if told is None:
        raise CrossingAbsent
    return told.now


def _changes(arguments: argparse.Namespace, *, province: str) -> Changes:
    return Changes(
        plate=parse_plate(arguments.plate, province=province) if arguments.plate else None,
        vehicle=VehicleClass(arguments.vehicle) if arguments.vehicle else None,
        people=arguments.people,
        direction=Direction(arguments.direction) if arguments.direction else None,
        lane=arguments.lane,
        origin=arguments.origin,
        destination=arguments.destination,
        purpose=arguments.purpose,
        names=_names(arguments.name),
    )


def _names(texts: list[str]) -> Mapping[int, str]:
    """Names by number from texts like 1=NAME; raises NameUnreadable."""
    found = {}
    for text in texts:
        number, sign, name = text.partition("=")
        if not sign or not number.isdecimal() or not 0 < int(number[:4]) < 1000:
            raise NameUnreadable(text=text[:20])
        found[int(number)] = name
    return found
