"""What is whose business: who is sent whose chain."""

from __future__ import annotations

from dataclasses import replace

import pytest

from checkpoint_app.domain.peers import Peer, PeerRole
from checkpoint_app.services import choosing
from checkpoint_app.services.choosing import Piece, Place, parcels
from checkpoint_app.storage.outgoing import ChainHere
from tests.services.sending import peer

STATION = PeerRole.STATION
NORTH_1 = peer("N-1", role=STATION, station="北站")
NORTH_2 = peer("N-2", role=STATION, station="北站")
SOUTH = peer("S-1", role=STATION, station="南站")
GONE = replace(peer("N-3", role=STATION, station="北站"), revoked=5)
ABOVE = peer("HQ-1")
EVERYBODY = {each.desk: each for each in (NORTH_1, NORTH_2, SOUTH, GONE, ABOVE)}


def chain(desk: str, *, first: int = 1, last: int = 100) -> ChainHere:
    return ChainHere(desk, "0" * 16, 0, ((first, last),), written_here=False)


def of(desk: str, station: str, *, headquarters: bool = False) -> Place:
    return Place(desk, station, headquarters, {k: v for k, v in EVERYBODY.items() if k != desk})


@pytest.mark.parametrize(
    ("place", "to", "chains"),
    [
        (of("N-1", "北站"), ABOVE, {"N-1", "N-2", "S-1"}),
        (of("N-1", "北站"), NORTH_2, {"N-1", "HQ-1"}),
        (of("N-1", "北站"), SOUTH, {"N-1", "HQ-1"}),
        (of("HQ-1", "指挥部", headquarters=True), NORTH_1, {"HQ-1", "N-2"}),
        (of("HQ-1", "指挥部", headquarters=True), SOUTH, {"HQ-1"}),
    ],
)
def test_nobody_is_sent_what_another_station_wrote_or_what_they_wrote_themselves(
    place: Place, to: Peer, chains: set[str]
) -> None:
    """The revoked desk's chain goes nowhere: it would be refused, and all with it."""
    held = [chain(desk) for desk in (*EVERYBODY, "X-9")]
    assert {each.desk for each in held if place.may_have(to, each)} == chains


def test_each_desk_has_bundles_of_its_own_and_ours_come_last(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choosing, "MOST", 150)
    pieces = [Piece(chain("N-1"), (1, 100)), Piece(chain("N-2"), (1, 100)), Piece(chain("N-1"), (101, 200))]
    made = parcels(pieces, desk="N-1", tail=True)
    assert [(each.desk, each.count, each.tail) for each in made] == [
        ("N-2", 100, False),
        ("N-1", 100, False),
        ("N-1", 100, True),
    ]


def test_with_nothing_of_ours_the_seal_alone_goes() -> None:
    made = parcels([Piece(chain("N-2"), (1, 100))], desk="N-1", tail=True)
    end = Piece(chain("N-1"), (101, 102))
    assert [each.with_tail(end) for each in made] == [(Piece(chain("N-2"), (1, 100)),), (end,)]


def test_the_tail_goes_on_where_the_last_piece_ended_and_stands_alone_behind_a_gap() -> None:
    end = Piece(chain("N-1"), (101, 110))
    (near,) = parcels([Piece(chain("N-1"), (51, 100))], desk="N-1", tail=True)
    (far,) = parcels([Piece(chain("N-1"), (51, 90))], desk="N-1", tail=True)
    assert near.with_tail(end) == (Piece(end.chain, (51, 110)),)
    assert far.with_tail(end) == (*far.pieces, end)
