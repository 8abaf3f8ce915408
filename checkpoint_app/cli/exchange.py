"""`exchange card|enrol|renew|peers|revoke|status`."""

from __future__ import annotations

import argparse
from pathlib import Path

from checkpoint_app.cli.asking import asked
from checkpoint_app.cli.doors import Doors
from checkpoint_app.cli.output import Plain, emit, moment, say, table
from checkpoint_app.cli.times import local_zone
from checkpoint_app.domain.errors import Trouble
from checkpoint_app.domain.peers import Card, Peer, PeerRole, card_text
from checkpoint_app.i18n import N_, _
from checkpoint_app.services import delivery
from checkpoint_app.services.desk import Desk
from checkpoint_app.services.peers import card_of, write_card_file
from checkpoint_app.storage import arrivals
from checkpoint_app.storage.peers import read_peers

ROLES = {PeerRole.STATION: N_("station"), PeerRole.HEADQUARTERS: N_("headquarters")}
LATEST = 5


class CardNotWritten(Trouble):
    """The card's file could not be written; facts: path, why."""


def run(arguments: argparse.Namespace, doors: Doors) -> int:
    """Shows what is known beside a running window, or changes which desks are trusted."""
    if arguments.act == "peers":
        return _peers(arguments, doors)
    if arguments.act == "status":
        return _status(arguments, doors)
    desk = doors.open_desk(doors.folder, passphrase=doors.passphrase())
    try:
        return _ACTS[arguments.act](arguments, desk)
    finally:
        desk.close(painted=desk.told())


def _peers(arguments: argparse.Namespace, doors: Doors) -> int:
    with doors.read_desk(doors.folder, passphrase=doors.passphrase()) as reading:
        found = read_peers(reading.connection)
    _print(found, as_json=arguments.json)
    return 0


def _card(arguments: argparse.Namespace, desk: Desk) -> int:
    return _show(desk.peers.card(), arguments)


def _renew(arguments: argparse.Namespace, desk: Desk) -> int:
    return _show(desk.peers.renew(by=desk.by), arguments)


def _show(card: Card, arguments: argparse.Namespace) -> int:
    if arguments.file:
        try:
            write_card_file(Path(arguments.file), card)
        except OSError as error:
            raise CardNotWritten(path=arguments.file, why=error.strerror) from error
    if arguments.json:
        emit(
            {
                "desk": card.desk,
                "role": card.role.value,
                "station": card.station,
                "card": card_text(card),
                "fingerprint": card.fingerprint,
            }
        )
        return 0
    say(card_text(card))
    say(_("fingerprint, to be read aloud: {fingerprint}").format(fingerprint=card.fingerprint))
    return 0


def _enrol(arguments: argparse.Namespace, desk: Desk) -> int:
    """Without --group the desk is named first, and the digits that its people read aloud are asked for."""
    card = card_of(arguments.card)
    heard = arguments.group or _heard(card)
    peer = desk.peers.enrol(card, heard, by=desk.by, instead=arguments.instead)
    _print((peer,), as_json=arguments.json)
    if not arguments.json:
        say(
            _("{desk} is enrolled · Now: there too, with what `exchange card` shows here").format(
                desk=peer.desk
            )
        )
    return 0


def _heard(card: Card) -> str:
    say(f"{card.desk}  {_(ROLES[card.role])}  {card.station}")
    start = card.fingerprint.rpartition(" ")[0]
    question = _("fingerprint {start} … its last five digits, as read aloud: ").format(start=start)
    return asked(question, option="--group")


def _revoke(arguments: argparse.Namespace, desk: Desk) -> int:
    _print((desk.peers.revoke(arguments.desk, why=arguments.why, by=desk.by),), as_json=arguments.json)
    return 0


def _status(arguments: argparse.Namespace, doors: Doors) -> int:
    """What went out of the last shifts, what came in last, and what nobody above has confirmed."""
    with doors.read_desk(doors.folder, passphrase=doors.passphrase()) as reading:
        own, above = reading.settings.desk, reading.settings.role == PeerRole.HEADQUARTERS.value
        shifts = delivery.deliveries(reading.connection, desk=own, limit=LATEST)
        waiting = delivery.unreceipted(reading.connection, desk=own)
        came = arrivals.recent(reading.connection, limit=LATEST)
    if arguments.json:
        for shift in shifts:
            emit({"shift": shift.shift, "state": shift.state.value, "entries": shift.count})
        emit({"unreceipted": 0 if above else waiting.count, "since": waiting.since})
        for each in came:
            emit({"bundle": each.bundle, "sender": each.sender, "at": each.at, "added": each.added})
        return 0
    if shifts:
        table(
            (_("shift"), _("entries"), _("state")),
            [(each.shift, str(each.count), _(STATES[each.state.value])) for each in shifts],
        )
    if not above:
        say(_("not confirmed by headquarters: {count} entries").format(count=waiting.count))
    for each in came:
        at = moment(each.at, zone=local_zone(each.at))
        say(_("{at}  from {desk}: {added} new").format(at=at, desk=each.sender, added=each.added))
    return 0


STATES = {
    "open": N_("open"),
    "sealed": N_("sealed"),
    "exported": N_("exported"),
    "receipted": N_("receipted"),
}
_ACTS = {"card": _card, "renew": _renew, "enrol": _enrol, "revoke": _revoke}


def _print(found: tuple[Peer, ...], *, as_json: bool) -> None:
    if as_json:
        for peer in found:
            emit(_record(peer))
        return
    if not found:
        say(_("no desk is enrolled here · Now: `exchange enrol` with the card it shows by `exchange card`"))
        return
    head = (_("desk"), _("role"), _("station"), _("key id"), _("enrolled"), _("revoked"))
    table(head, [_row(peer) for peer in found])


def _record(peer: Peer) -> dict[str, Plain]:
    return {
        "desk": peer.desk,
        "role": peer.role.value,
        "station": peer.station,
        "key": peer.key,
        "enrolled": peer.since,
        "revoked": peer.revoked,
        "why": peer.why,
    }


def _row(peer: Peer) -> tuple[str, ...]:
    revoked = "-" if peer.revoked is None else moment(peer.revoked, zone=local_zone(peer.revoked))
    since = moment(peer.since, zone=local_zone(peer.since))
    return (peer.desk, _(ROLES[peer.role]), peer.station or "-", peer.key, since, revoked)
