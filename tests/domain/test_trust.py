"""Whom a desk believes."""

from __future__ import annotations

from checkpoint_app.domain.peers import Peer, PeerRole
from checkpoint_app.domain.trust import Trust

PEER = Peer("B", PeerRole.STATION, "南站", "k", b"b", "age1", 0)
GONE = Peer("C", PeerRole.STATION, "南站", "k", b"c", "age1", 0, revoked=5)
TRUST = Trust(
    "A", {"B": PEER, "C": GONE}, {("A", "k"): b"a", ("B", "k"): b"b", ("B", "old"): b"o", ("C", "k"): b"c"}
)


def test_ourselves_and_whoever_is_enrolled_is_believed_until_revoked() -> None:
    assert [TRUST.believes(desk) for desk in "ABCD"] == [True, True, False, False]
    assert [TRUST.knows(desk) for desk in "ABCD"] == [True, True, True, False]
    assert [TRUST.revoked(desk) for desk in "ABCD"] == [False, False, True, False]


def test_keys_are_those_of_the_desk_alone_and_none_of_a_revoked_one() -> None:
    assert TRUST.keys_of("B") == {"k": b"b", "old": b"o"}
    assert TRUST.keys_of("C") == {}
    assert TRUST.keys_of("D") == {}
