"""What may be done with other desks and their bundles, each by somebody: for the matrix of rights."""

from __future__ import annotations

from pathlib import Path

from checkpoint_app.domain.facts import By
from checkpoint_app.domain.peers import Card, PeerRole
from checkpoint_app.services.desk import Desk, new_action
from tests.domain.chains import KEY
from tests.storage.bundles import EXCHANGE, STATION, chain, made

NEIGHBOUR = Card(STATION, PeerRole.STATION, "南站", KEY.public.hex(), EXCHANGE.recipient)


def enrol_desk(desk: Desk, by: By, _folder: Path) -> None:
    desk.peers.enrol(NEIGHBOUR, NEIGHBOUR.fingerprint, by=by)


def revoke_desk(desk: Desk, by: By, _folder: Path) -> None:
    desk.peers.admit(NEIGHBOUR, by=By(desk.by.shift, "01"))
    desk.peers.revoke(NEIGHBOUR.desk, why="stolen", by=by)


def renew_exchange_key(desk: Desk, by: By, _folder: Path) -> None:
    desk.peers.renew(by=by)


def _bundle(desk: Desk, folder: Path) -> Path:
    desk.peers.admit(NEIGHBOUR, by=By(desk.by.shift, "01"))
    file = folder / "x.cpb"
    file.write_bytes(made(chain(), to=[desk.peers.key().recipient], bundle=new_action()).data)
    return file


def open_bundle(desk: Desk, by: By, folder: Path) -> None:
    offer = desk.taking.open(_bundle(desk, folder), by=by)
    assert offer is not None
    desk.taking.cancel(offer)


def take_in(desk: Desk, by: By, folder: Path) -> None:
    offer = desk.taking.open(_bundle(desk, folder), by=None)
    assert offer is not None
    try:
        assert desk.taking.take(offer, by=by)
    finally:
        desk.taking.cancel(offer)


def settle_fork(desk: Desk, by: By, _folder: Path) -> None:
    desk.collating.settle(NEIGHBOUR.desk, "0" * 16, 7, trusted="0" * 64, why="x", by=by)


ENROL_DESK = (enrol_desk, revoke_desk, renew_exchange_key)
