"""Which entries go to whom: what they have not confirmed, what has not gone out yet, one shift, everything.

Headquarters holds everybody's entries and sends each station its own chain and those of that station; a
station sends what it holds: its own desks' chains and headquarters'. Nobody is sent what they wrote.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from checkpoint_app.domain.bundles import MOST_RANGES
from checkpoint_app.domain.errors import Refusal
from checkpoint_app.domain.exchange import Held
from checkpoint_app.domain.intervals import Span, merged, without
from checkpoint_app.domain.peers import Peer, PeerRole
from checkpoint_app.storage import outgoing, receipts
from checkpoint_app.storage.engine import Connection
from checkpoint_app.storage.outbox import read_outbox
from checkpoint_app.storage.outgoing import ChainHere

MOST = 25_000
"""Entries of a bundle: 6 MB on a stick, half a minute to send once more."""

Key = tuple[str, str]


class Which(StrEnum):
    UNRECEIPTED = "unreceipted"
    NEW = "new"
    SHIFT = "shift"
    ALL = "all"


class ShiftNotSealed(Refusal):
    """That shift is not closed, or no seal is behind it yet; facts: shift."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a chain that ends with a seal, whose hash (hex) it names."""

    chain: ChainHere
    span: Span
    hash: str = ""

    @property
    def count(self) -> int:
        return self.span[1] - self.span[0] + 1


@dataclass(frozen=True, slots=True)
class Parcel:
    """What one bundle will hold: pieces of one desk's chains. `tail`: up to the seal made when it is sent."""

    desk: str
    pieces: tuple[Piece, ...]
    tail: bool = False

    @property
    def count(self) -> int:
        return sum(each.count for each in self.pieces)

    @property
    def held(self) -> tuple[Held, ...]:
        """What is in it before the seal that is made when it is sent."""
        return tuple(Held(each.chain.desk, each.chain.epoch, *each.span, each.hash) for each in self.pieces)

    def with_tail(self, end: Piece) -> tuple[Piece, ...]:
        """Its pieces, the last one carried on to `end` where it goes that far."""
        if not self.tail:
            return self.pieces
        *others, last = self.pieces or (end,)
        joins = last.chain.epoch == end.chain.epoch and last.span[1] == end.span[0] - 1
        return (*others, Piece(end.chain, (last.span[0], end.span[1]))) if joins else (*self.pieces, end)


@dataclass(frozen=True, slots=True)
class Place:
    """Who we are: the desk, its station, and every desk enrolled here."""

    desk: str
    station: str
    headquarters: bool
    peers: Mapping[str, Peer]

    def may_have(self, peer: Peer, chain: ChainHere) -> bool:
        """Whether that chain is that desk's business, and not its own writing."""
        if chain.desk in (peer.desk, self.desk):
            return chain.desk == self.desk
        if not self._believed(chain.desk):
            return False
        upwards = peer.role is PeerRole.HEADQUARTERS and not self.headquarters
        return upwards or self._concerns(peer, self.peers[chain.desk])

    def _believed(self, desk: str) -> bool:
        peer = self.peers.get(desk)
        return peer is not None and peer.revoked is None

    def _concerns(self, peer: Peer, writer: Peer) -> bool:
        return writer.role is PeerRole.HEADQUARTERS or writer.station == peer.station


def chosen(
    reader: Connection, which: Which, to: Sequence[Peer], *, place: Place, shift: str = ""
) -> tuple[Piece, ...]:
    """What goes to these desks, cut at seals; raises ShiftNotSealed."""
    if which is Which.SHIFT:
        return _of_shift(reader, shift, desk=place.desk)
    back = which is Which.ALL
    chains = [
        chain
        for chain in outgoing.chains_here(reader)
        if all(place.may_have(peer, chain) or (back and chain.desk == peer.desk) for peer in to)
    ]
    known = [_known(reader, which, peer, chains) for peer in to]
    pieces: list[Piece] = []
    for chain in chains:
        wanted = merged(
            span for held in known for span in without(chain.spans, held.get((chain.desk, chain.epoch), ()))
        )
        pieces.extend(_pieces(reader, chain, wanted))
    return tuple(pieces)


def parcels(pieces: Sequence[Piece], *, desk: str, tail: bool) -> tuple[Parcel, ...]:
    """Pieces in bundles, those of one desk together: a desk that is unknown where they arrive must not have
    ours refused with its own. `tail`: the last of our own goes on to the seal made when it is sent."""
    found = [
        Parcel(name, group)
        for name in dict.fromkeys((*(each.chain.desk for each in pieces if each.chain.desk != desk), desk))
        for group in _groups([each for each in pieces if each.chain.desk == name])
    ]
    if not tail:
        return tuple(found)
    own = found.pop().pieces if found and found[-1].desk == desk else ()
    return (*found, Parcel(desk, own, tail=True))


def _groups(pieces: Sequence[Piece]) -> Iterable[tuple[Piece, ...]]:
    group: list[Piece] = []
    for piece in pieces:
        if group and (
            sum(each.count for each in group) + piece.count > MOST or len(group) >= MOST_RANGES - 1
        ):
            yield tuple(group)
            group = []
        group.append(piece)
    if group:
        yield tuple(group)


def _pieces(reader: Connection, chain: ChainHere, wanted: Sequence[Span]) -> Iterable[Piece]:
    for span in outgoing.sealed_spans(reader, chain, wanted):
        for part in outgoing.cut(reader, chain, span, most=MOST):
            yield Piece(chain, part, receipts.hash_of(reader, chain.desk, chain.epoch, part[1]))


def _known(
    reader: Connection, which: Which, peer: Peer, chains: Sequence[ChainHere]
) -> dict[Key, tuple[Span, ...]]:
    """What that desk has, or was given a whole file of."""
    if which is Which.ALL:
        return {}
    about = sorted({chain.desk for chain in chains})
    told = receipts.agreed(reader, receipts.read_receipts(reader, peer.desk, about=about))
    found = [held for _receipt, held in told]
    if which is Which.NEW:
        found += [held for row in read_outbox(reader) if peer.desk in row.to for held in row.held]
    spans: dict[Key, list[Span]] = {}
    for held in found:
        spans.setdefault((held.desk, held.epoch), []).append((held.first, held.last))
    return {key: merged(each) for key, each in spans.items()}


def _of_shift(reader: Connection, shift: str, *, desk: str) -> tuple[Piece, ...]:
    found = outgoing.shift_spans(reader, shift, desk=desk)
    if found is None:
        raise ShiftNotSealed(shift=shift)
    chains = {(chain.desk, chain.epoch): chain for chain in outgoing.chains_here(reader)}
    return tuple(
        piece for epoch, span in found.spans for piece in _pieces(reader, chains[desk, epoch], (span,))
    )
