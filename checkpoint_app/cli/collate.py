"""`collate status|gaps|forks|settle|refused`."""

from __future__ import annotations

import argparse

from checkpoint_app.cli.doors import Doors
from checkpoint_app.cli.importing import gap_text, plain_gap
from checkpoint_app.cli.output import Plain, emit, moment, say, table
from checkpoint_app.cli.times import local_zone
from checkpoint_app.cli.words import words_for
from checkpoint_app.domain.bundles import BundleRefused
from checkpoint_app.i18n import _
from checkpoint_app.services.collation import Collation, DeskStanding, standing
from checkpoint_app.storage.database import open_reader
from checkpoint_app.storage.forks import ForkRow
from checkpoint_app.storage.refusals import Refused
from checkpoint_app.storage.timekeeper import system_tick

SHOWN = 16
"""Hex digits of a hash that tell the sides of a fork apart."""


def run(arguments: argparse.Namespace, doors: Doors) -> int:
    """Shows how every desk stands, beside a running window; `settle` decides a fork."""
    if arguments.act == "settle":
        return _settle(arguments, doors)
    with (
        doors.read_desk(doors.folder, passphrase=doors.passphrase()) as reading,
        open_reader(reading.folder, reading.key, whole=True) as reader,
    ):
        found = standing(
            reader,
            desk=reading.settings.desk,
            now=system_tick().wall,
            silence_hours=reading.settings.silence_hours,
        )
    _TELL[arguments.act](found, doors, as_json=arguments.json)
    return 0


def _settle(arguments: argparse.Namespace, doors: Doors) -> int:
    desk = doors.open_desk(doors.folder, passphrase=doors.passphrase())
    try:
        desk.collating.settle(
            arguments.desk,
            arguments.epoch,
            arguments.seq,
            trusted=arguments.trusted,
            why=arguments.why,
            by=desk.by,
        )
        left = desk.collating.standing()
    finally:
        desk.close(painted=desk.told())
    _forks(left, doors, as_json=arguments.json)
    return 0


def _status(found: Collation, _doors: Doors, *, as_json: bool) -> None:
    if as_json:
        for each in found.desks:
            emit(_plain_desk(each))
        return
    if not found.desks:
        say(_("no desk is enrolled here · Now: `exchange enrol` with the card it shows by `exchange card`"))
        return
    head = (_("desk"), _("station"), _("last heard"), _("held"), _("missing"), _("note"))
    table(head, [_row(each) for each in found.desks])
    if found.forks:
        say(_("chains with two histories: {count} · see `collate forks`").format(count=len(found.forks)))
    if found.refused:
        say(_("files refused: {count} · see `collate refused`").format(count=len(found.refused)))


def _row(each: DeskStanding) -> tuple[str, ...]:
    heard = _("never") if each.heard is None else _when(each.heard)
    return (each.desk, each.station or "-", heard, str(each.count), str(each.missing), _note(each))


def _note(each: DeskStanding) -> str:
    if each.peer is None:
        return _("not enrolled")
    if each.peer.revoked is not None:
        return _("revoked")
    if each.against:
        return _("{count} of a history decided against: its computer still works").format(count=each.against)
    if each.silent:
        return _("silent")
    return _("{count} not understood here").format(count=each.odd) if each.odd else "-"


def _gaps(found: Collation, _doors: Doors, *, as_json: bool) -> None:
    if as_json:
        for gap in found.gaps:
            emit(plain_gap(gap))
        return
    for gap in found.gaps:
        words = _("{gap} missing, told of by others") if gap.tail else _("{gap} missing")
        say(words.format(gap=gap_text(gap)))
    if found.gaps:
        say(_("Now: at that desk `export --to PLACE`, what nobody confirmed goes again; `import` it here"))
    else:
        say(_("nothing is missing that anybody told of"))


def _forks(found: Collation, _doors: Doors, *, as_json: bool) -> None:
    if as_json:
        for fork in found.forks:
            emit(_plain_fork(fork))
        return
    if not found.forks:
        say(_("no chain has two histories"))
    for fork in found.forks:
        words = _("OUR OWN chain: {chain}, entry {seq}") if fork.ours else _("{chain}, entry {seq}")
        say(words.format(chain=f"{fork.desk} {fork.epoch}", seq=fork.seq))
        for side in fork.sides:
            say(
                _("  {hash}  {kind}, written {at}, {count} entries behind it").format(
                    hash=side.hash[:SHOWN], kind=side.kind, at=_when(side.written), count=side.behind
                )
            )
        if fork.withheld:
            say(_("  {count} entries are shown nowhere until it is settled").format(count=fork.withheld))


def _refused(found: Collation, doors: Doors, *, as_json: bool) -> None:
    if as_json:
        for each in found.refused:
            emit(_plain_refused(each))
        return
    if not found.refused:
        say(_("no file was refused"))
    for each in found.refused:
        error = BundleRefused(**{**each.facts, "check": each.check, "sender": each.sender})
        say(f"{_when(each.found)}  {each.name}  [{each.check}]  {each.sender or '-'}  {each.digest[:SHOWN]}")
        say("  " + words_for(error, doors.explain))
    if found.refused:
        say(_("The digits behind a file are the first of its SHA-256"))


_TELL = {"status": _status, "gaps": _gaps, "forks": _forks, "refused": _refused}


def _when(at: int) -> str:
    return moment(at, zone=local_zone(at))


def _plain_desk(each: DeskStanding) -> dict[str, Plain]:
    return {
        "desk": each.desk,
        "station": each.station,
        "role": each.peer.role.value if each.peer else None,
        "heard": each.heard,
        "silent": each.silent,
        "against": each.against,
        "odd": each.odd,
        "revoked": each.peer.revoked if each.peer else None,
        "held": each.count,
        "missing": each.missing,
        "chains": [
            {"epoch": chain.epoch, "upto": chain.upto, "held": [list(span) for span in chain.held]}
            for chain in each.chains
        ],
    }


def _plain_fork(fork: ForkRow) -> dict[str, Plain]:
    return {
        "desk": fork.desk,
        "epoch": fork.epoch,
        "seq": fork.seq,
        "ours": fork.ours,
        "withheld": fork.withheld,
        "sides": [
            {"hash": side.hash, "kind": side.kind, "written": side.written, "behind": side.behind}
            for side in fork.sides
        ],
    }


def _plain_refused(each: Refused) -> dict[str, Plain]:
    return {
        "digest": each.digest,
        "name": each.name,
        "check": each.check,
        "sender": each.sender,
        "found": each.found,
        "facts": dict(each.facts),
    }
