"""`shift open|close|handover|seal|show`."""

from __future__ import annotations

import argparse
from collections.abc import Mapping

from checkpoint_app.cli import handover
from checkpoint_app.cli.doors import Doors
from checkpoint_app.cli.output import Plain, emit, moment, note, say
from checkpoint_app.cli.times import local_zone
from checkpoint_app.domain.chain import head_text
from checkpoint_app.domain.entry import Head
from checkpoint_app.domain.paper_proof import PaperProof, texts
from checkpoint_app.domain.roll import Rolled
from checkpoint_app.domain.words import Direction
from checkpoint_app.i18n import _
from checkpoint_app.services.desk import Desk
from checkpoint_app.services.paper import proof_of
from checkpoint_app.storage import queries
from checkpoint_app.storage.rows import ShiftRow, ShiftTotals
from checkpoint_app.storage.shift_totals import shift_totals


def run(arguments: argparse.Namespace, doors: Doors) -> int:
    """Opens, hands over or closes a shift at this desk, or shows one beside a running window."""
    if arguments.act == "handover":
        return handover.run(arguments, doors)
    if arguments.act == "show":
        return _show(arguments, doors)
    if arguments.act == "seal" and arguments.shift:
        return _codes(arguments, doors)
    desk = doors.open_desk(doors.folder, passphrase=doors.passphrase())
    try:
        return {"open": _open, "close": _close, "seal": _seal}[arguments.act](arguments, desk)
    finally:
        desk.close(painted=desk.told())


def _open(arguments: argparse.Namespace, desk: Desk) -> int:
    zone = local_zone(desk.ledger.now())
    names = dict.fromkeys((arguments.lead, *arguments.officer))
    written = desk.duty.open(
        group=arguments.group,
        lead=arguments.lead,
        roll=[Rolled("", name) for name in names],
        zone=zone,
        by=desk.by,
    ).result()[-1]
    current = desk.duty.current()
    assert current is not None
    _print(arguments, current, desk.duty.totals(current.shift), saved=(written.seq, written.hash))
    return 0


def _close(arguments: argparse.Namespace, desk: Desk) -> int:
    current = desk.duty.current()
    first = desk.settings.lanes[0]
    lane = desk.lane(first.number, direction=Direction(first.direction))
    waiting = len(lane.state.parked) + (lane.state.open is not None)
    lane.close()
    written = desk.duty.close(waiting=waiting, by=desk.by).result()[-1]
    assert current is not None
    with desk.ledger.reader() as connection:
        closed = queries.shift(connection, current.shift) or current
    _print(arguments, closed, desk.duty.totals(current.shift), saved=(written.seq, written.hash))
    _print_head(arguments, desk)
    return 0


def _seal(arguments: argparse.Namespace, desk: Desk) -> int:
    desk.ledger.seal("hand", by=desk.by).result()
    _print_head(arguments, desk)
    return 0


def _print_head(arguments: argparse.Namespace, desk: Desk) -> None:
    sealed = head_text(desk.ledger.head())
    if arguments.json:
        emit({"head": sealed})
    else:
        say(_("sealed: {head}").format(head=sealed))


def _codes(arguments: argparse.Namespace, doors: Doors) -> int:
    """What the codes of the shift's sheet carry, one text a line."""
    with doors.read_desk(doors.folder, passphrase=doors.passphrase()) as reading:
        proof = proof_of(reading.connection, arguments.shift)
    if proof is None:
        note(_("no such shift, or nothing of it is sealed"))
        return 1
    if arguments.json:
        emit({"shift": proof.shift, "head": _head(proof), "codes": list(texts(proof))})
        return 0
    say(_("sealed: {head}").format(head=_head(proof)))
    for text in texts(proof):
        say(text)
    return 0


def _head(proof: PaperProof) -> str:
    return head_text(Head(proof.desk, proof.epoch, proof.seq, proof.hash))


def _show(arguments: argparse.Namespace, doors: Doors) -> int:
    with doors.read_desk(doors.folder, passphrase=doors.passphrase()) as reading:
        found = (
            queries.shift(reading.connection, arguments.shift)
            if arguments.shift
            else queries.open_shift(reading.connection, desk=reading.settings.desk)
        )
        if found is None:
            note(_("no such shift") if arguments.shift else _("no shift is open"))
            return 1
        _print(arguments, found, shift_totals(reading.connection, found.shift), saved=None)
    return 0


def _print(
    arguments: argparse.Namespace, row: ShiftRow, totals: ShiftTotals, *, saved: tuple[int, str] | None
) -> None:
    record: dict[str, Plain] = {
        "shift": row.shift,
        "group": row.group,
        "opened": moment(row.opened, zone=row.zone),
        "closed": moment(row.closed, zone=row.zone) if row.closed else None,
        "vehicles": totals.vehicles,
        "people": totals.people,
        "counted_vehicles": totals.counted_vehicles,
        "counted_people": totals.counted_people,
        "outcomes": dict(totals.outcomes),
        "undone": totals.undone,
        "flagged": totals.flagged,
    }
    record |= {"seq": saved[0], "hash": saved[1]} if saved else {}
    if arguments.json:
        emit(record)
        return
    for name, value in record.items():
        say(f"{name:18} {_plain(value)}")


def _plain(value: Plain) -> str:
    """A value for a person: counts by name one after the other, a dash for nothing."""
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {count}" for name, count in value.items()) or "-"
    return "-" if value is None else str(value)
