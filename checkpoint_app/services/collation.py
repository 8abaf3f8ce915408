"""What is here of every desk: how far, what is missing, who is silent, forks, and files that were refused.

And the decision between two histories of one chain, which only a person can make.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from checkpoint_app.domain import intervals
from checkpoint_app.domain.errors import Refusal
from checkpoint_app.domain.facts import By
from checkpoint_app.domain.intervals import Span
from checkpoint_app.domain.peers import Peer
from checkpoint_app.domain.roles import Action
from checkpoint_app.services.rights import Rights
from checkpoint_app.services.taking import GENTLE
from checkpoint_app.services.typed import as_typed
from checkpoint_app.storage import forks, peers, refusals, settling, shaping, spans
from checkpoint_app.storage.engine import Connection
from checkpoint_app.storage.forks import ForkRow, Side
from checkpoint_app.storage.ledger import Ledger
from checkpoint_app.storage.refusals import Refused
from checkpoint_app.storage.settling import Decision, Settled
from checkpoint_app.storage.spans import Gap

HOUR = 3_600_000
SHORTEST_HASH = 8
"""Hex digits by which a side of a fork may be named."""


class UnknownFork(Refusal):
    """That chain has no fork to be decided there; facts: desk, epoch, seq."""


class UnknownSide(Refusal):
    """No side of the fork is called so, or both are; facts: trusted."""


class SettleReasonNeeded(Refusal):
    """Which history counts is decided for a reason only."""


@dataclass(frozen=True, slots=True)
class Chain:
    """What is here of one epoch; `begun` ms UTC, 0 while its first entry is not here."""

    epoch: str
    begun: int
    held: tuple[Span, ...]

    @property
    def count(self) -> int:
        return intervals.size(self.held)

    @property
    def upto(self) -> int:
        """The last number that is here, 0 for none."""
        return max((last for _first, last in self.held), default=0)


@dataclass(frozen=True, slots=True)
class DeskStanding:
    """One desk other than ours, its newest epoch last. `peer` None: never enrolled, somebody else told of it.

    `heard` is its newest bundle or seal, ms UTC, None before the first; `silent`: that is too long ago. `odd`
    entries are kept and not understood here (see `domain.shapes`), `against` came of a history after somebody
    had decided against it: a computer goes on that nobody should work at.
    """

    desk: str
    peer: Peer | None
    heard: int | None
    silent: bool
    chains: tuple[Chain, ...]
    gaps: tuple[Gap, ...]
    odd: int = 0
    against: int = 0

    @property
    def station(self) -> str:
        return self.peer.station if self.peer else ""

    @property
    def count(self) -> int:
        """Entries that are here."""
        return sum(chain.count for chain in self.chains)

    @property
    def missing(self) -> int:
        """Entries that are known not to be here."""
        return sum(gap.count for gap in self.gaps)


@dataclass(frozen=True, slots=True)
class Collation:
    """`forks` are those nobody decided yet; `refused` newest first."""

    desks: tuple[DeskStanding, ...]
    forks: tuple[ForkRow, ...]
    refused: tuple[Refused, ...]

    @property
    def gaps(self) -> tuple[Gap, ...]:
        return tuple(gap for desk in self.desks for gap in desk.gaps)


def standing(reader: Connection, *, desk: str, now: int, silence_hours: int) -> Collation:
    """Every desk but `desk`, which is ours; `now` ms UTC. The reader must see what is withheld: forks are."""
    return Collation(
        desks_of(reader, desk=desk, now=now, silence_hours=silence_hours),
        forks.rows(reader),
        refusals.rows(reader),
    )


def desks_of(reader: Connection, *, desk: str, now: int, silence_hours: int) -> tuple[DeskStanding, ...]:
    """How every desk stands that was enrolled, or of which something is here or was told; by name."""
    enrolled = {peer.desk: peer for peer in peers.read_peers(reader)}
    missing, heard, chains = spans.gaps(reader), spans.heard(reader), _chains(reader)
    odd, against = shaping.counts(reader), forks.goes_on(reader)
    names = {*enrolled, *chains, *(gap.desk for gap in missing)} - {desk}
    return tuple(
        DeskStanding(
            name,
            enrolled.get(name),
            heard.get(name),
            is_silent(enrolled.get(name), heard.get(name), now=now, hours=silence_hours),
            chains.get(name, ()),
            tuple(gap for gap in missing if gap.desk == name),
            odd.get(name, 0),
            against.get(name, 0),
        )
        for name in sorted(names)
    )


def is_silent(peer: Peer | None, heard: int | None, *, now: int, hours: int) -> bool:
    """Whether a desk that is trusted let nothing be heard for so long; counted from its enrolment."""
    if peer is None or peer.revoked is not None:
        return False
    return now - max(heard or 0, peer.since) > hours * HOUR


@dataclass(frozen=True, slots=True)
class Collating:
    """Any thread may ask; `settle` waits for the disk, the longer the longer the two histories are.

    `step` is how long it may hold the writer, ms.
    """

    ledger: Ledger
    rights: Rights
    new_action: Callable[[], str]
    silence_hours: int
    step: int = GENTLE

    def standing(self) -> Collation:
        """How everything stands now."""
        with self.ledger.unveiled() as reader:
            return standing(
                reader,
                desk=self.ledger.head().desk,
                now=self.ledger.now(),
                silence_hours=self.silence_hours,
            )

    def settle(self, desk: str, epoch: str, seq: int, *, trusted: str, why: str, by: By) -> Settled:
        """From now on the history with the entry whose hash begins with `trusted` counts; the other is kept.

        Raises NotAllowed, UnknownFork, UnknownSide, SettleReasonNeeded, OwnHistory.
        """
        self.rights.check(Action.SETTLE_FORK, by)
        with self.ledger.unveiled() as reader:
            fork = _fork(forks.rows(reader), desk, epoch, seq)
        side, why = _side(fork, trusted), as_typed(why)
        if not why:
            raise SettleReasonNeeded
        return settling.settle(
            self.ledger,
            Decision(desk, fork.epoch, side.seq, side.hash, why, by, self.new_action()),
            step_ms=self.step,
        )


def _fork(rows: Sequence[ForkRow], desk: str, epoch: str, seq: int) -> ForkRow:
    """An epoch may be named by its beginning."""
    found = [each for each in rows if (each.desk, each.seq) == (desk, seq) and each.epoch.startswith(epoch)]
    if len(found) != 1:
        raise UnknownFork(desk=desk[:24], epoch=epoch[:16], seq=seq)
    return found[0]


def _side(fork: ForkRow, trusted: str) -> Side:
    named = trusted.strip().lower()
    found = [side for side in fork.sides if len(named) >= SHORTEST_HASH and side.hash.startswith(named)]
    if len(found) != 1:
        raise UnknownSide(trusted=named[:64])
    return found[0]


def _chains(reader: Connection) -> dict[str, tuple[Chain, ...]]:
    """What is here of every chain that is not written here, by desk, in the order in which they began."""
    rows = reader.execute("SELECT desk, epoch, begun FROM chain_number ORDER BY desk, begun, epoch")
    found: dict[str, tuple[Chain, ...]] = {}
    for desk, epoch, begun in rows.fetchall():
        chain = Chain(epoch, begun, spans.held(reader, desk, epoch))
        found[desk] = (*found.get(desk, ()), chain)
    return found
