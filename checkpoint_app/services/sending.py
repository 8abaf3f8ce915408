"""Bundles out: chosen, written down, packed, written, read back. Nothing here is ever deleted by it.

The ledger is told before the file is there: one entry too many harms less than one that is missing. A file
counts, in the outbox, when it was read back whole.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from checkpoint_app.config import Settings
from checkpoint_app.domain.bundles import MOST_RANGES, file_name
from checkpoint_app.domain.errors import Refusal
from checkpoint_app.domain.exchange import BUNDLE_MADE, BUNDLE_RECEIVED, bundle_made, held
from checkpoint_app.domain.facts import SEALED, By
from checkpoint_app.domain.intervals import Span
from checkpoint_app.domain.peers import Peer, PeerRole
from checkpoint_app.domain.roles import Action
from checkpoint_app.services import choosing, delivery, packing
from checkpoint_app.services.choosing import Parcel, Piece, Place, Which
from checkpoint_app.services.packing import Bundle, Course, Progress, Step
from checkpoint_app.services.rights import Rights
from checkpoint_app.storage import outbox, outgoing, peers, receipts, targets
from checkpoint_app.storage.bundle import Label
from checkpoint_app.storage.engine import Connection
from checkpoint_app.storage.ledger import Ledger
from checkpoint_app.storage.outbox import Outgoing
from checkpoint_app.storage.targets import Target

__all__ = ["Plan", "Sending", "Sent", "Step", "Which"]

SEAL = "export"


class NobodyToSendTo(Refusal):
    """No desk is enrolled that this could be for; facts: desks (asked for)."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What would go to whom: `count` entries, about `size` bytes.

    `fresh` are those that nobody's exchange wrote by itself: with none, sending would only say that we live.
    `since` (ms UTC) is when the first of them was written, None without any.
    """

    which: Which
    to: tuple[Peer, ...]
    parcels: tuple[Parcel, ...]
    count: int
    size: int
    fresh: int
    sealed_upto: int
    since: int | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """Files that were read back whole, and where they are."""

    files: tuple[Outgoing, ...]
    target: str
    at: int


@dataclass(frozen=True, slots=True)
class Sending:
    """Any thread may ask; `send` blocks."""

    ledger: Ledger
    rights: Rights
    new_action: Callable[[], str]
    settings: Callable[[], Settings]
    own: Callable[[], str]
    """Our own age recipient: after a restore a desk takes its own bundles back from its stick."""

    def recipients(self) -> tuple[Peer, ...]:
        """Every desk that could be sent something, headquarters first."""
        with self.ledger.reader() as reader:
            return _trusted(reader)

    def plan(self, which: Which = Which.UNRECEIPTED, *, to: Sequence[str] = (), shift: str = "") -> Plan:
        """What would go to these desks; to headquarters when none is named, where there is none to all.

        Raises NobodyToSendTo, ShiftNotSealed.
        """
        head = self.ledger.head()
        with self.ledger.reader() as reader:
            peers_ = _named(_trusted(reader), to)
            place = self._place(reader)
            pieces = choosing.chosen(reader, which, peers_, place=place, shift=shift)
            tail = which is not Which.SHIFT
            sealed = outgoing.last_seal(reader, head.desk, head.epoch, upto=head.seq) or 0
            behind = (sealed + 1, head.seq)
            count = sum(each.count for each in pieces) + (head.seq - sealed if tail else 0)
            spans = [(each.chain.desk, each.chain.epoch, each.span) for each in pieces]
            spans += [(head.desk, head.epoch, behind)] if tail else []
            fresh = count - sum(_own_affairs(reader, *each, of=place) for each in spans)
            return Plan(
                which,
                peers_,
                choosing.parcels(pieces, desk=head.desk, tail=tail),
                count,
                count * delivery.bytes_an_entry(outbox.read_outbox(reader)),
                fresh,
                sealed,
                outgoing.written_at(reader, pieces[0].chain, pieces[0].span[0]) if pieces else None,
            )

    def send(
        self,
        plan: Plan,
        url: str,
        *,
        by: By | None,
        progress: Progress = lambda _done, _of: True,
        step: Callable[[Step], None] = lambda _step: None,
    ) -> Sent | None:
        """Writes the plan's bundles to the folder or URL; None when `progress` ended it: what was whole by
        then stays and counts, no half file does. `by` None: done by the clock, nobody is asked for a right.

        Raises NotAllowed, TargetUnknown, TargetGone, TargetFull, TargetFailed, NotAsWritten, and what reading
        and writing the ledger raise.
        """
        if by is not None:
            self.rights.check(Action.SEND, by)
        target = targets.open_target(url)
        targets.check_room(target, plan.size)
        targets.clear_leftovers(target, desk=self.ledger.head().desk)
        names = tuple(secrets.token_hex(16) for _ in plan.parcels)
        tail = self._announce(plan, names, by=by or By())
        files = []
        course = Course(plan.count + 2 * len(names), progress, step)
        for bundle in self._bundles(plan, names, tail=tail):
            file = self._write(bundle, plan, target=target, course=course)
            if file is None:
                return None
            files.append(file)
        step(Step.DONE)
        return Sent(tuple(files), target.label, self.ledger.now())

    def states(self, limit: int = 20) -> tuple[delivery.Delivery, ...]:
        """How far each of this desk's shifts is on its way to headquarters, the newest first."""
        with self.ledger.reader() as reader:
            return delivery.deliveries(reader, desk=self.ledger.head().desk, limit=limit)

    def unreceipted(self) -> delivery.Unreceipted:
        """What would be lost with this computer: nobody above has confirmed it."""
        with self.ledger.reader() as reader:
            return delivery.unreceipted(reader, desk=self.ledger.head().desk)

    def unconfirmed(self) -> tuple[delivery.Awaited, ...]:
        """What went out and was not confirmed, the newest first."""
        with self.ledger.reader() as reader:
            return delivery.unconfirmed(reader, desk=self.ledger.head().desk)

    def alarms(self) -> tuple[receipts.FalseReceipt, ...]:
        """Receipts of another entry than ours: the chain forked, or somebody changed this file."""
        with self.ledger.reader() as reader:
            return receipts.false_receipts(reader, delivery.confirmed(reader, desk=self.ledger.head().desk))

    def last_receipt(self) -> receipts.Receipt | None:
        """The last one that headquarters wrote for this desk."""
        with self.ledger.reader() as reader:
            found = delivery.confirmed(reader, desk=self.ledger.head().desk)
        return max(found, key=lambda each: each.at, default=None)

    def close_receipted(self) -> int:
        """Closes what everybody it went to has confirmed; how many bundles. Waits for the disk."""
        with self.ledger.reader() as reader:
            done = delivery.all_confirmed(reader)
        now = self.ledger.now()
        if done:
            self.ledger.transact(lambda writer: outbox.close_outgoing(writer, done, now=now)).result()
        return len(done)

    def _place(self, reader: Connection) -> Place:
        told = self.settings()
        known = {each.desk: each for each in peers.read_peers(reader)}
        return Place(self.ledger.head().desk, told.station, told.role == PeerRole.HEADQUARTERS.value, known)

    def _announce(self, plan: Plan, names: Sequence[str], *, by: By) -> int:
        """Writes down what will be sent, sealed; returns the number of that seal."""
        facts = [
            bundle_made(
                name,
                to=[each.desk for each in plan.to],
                what=parcel.held,
                by=by,
                at=self.ledger.now(),
                action=self.new_action(),
            )
            for parcel, name in zip(plan.parcels, names, strict=True)
        ]
        return self.ledger.append(facts, seal=SEAL).result()[-1].seq + 1

    def _bundles(self, plan: Plan, names: Sequence[str], *, tail: int) -> tuple[Bundle, ...]:
        """What each file will hold, own chain up to the seal `tail`."""
        head, told = self.ledger.head(), self.settings()
        with self.ledger.reader() as reader:
            chains = outgoing.chains_here(reader)
            own = next(each for each in chains if (each.desk, each.epoch) == (head.desk, head.epoch))
            end = Piece(own, (plan.sealed_upto + 1, tail))
            place = self._place(reader)
            announced = tuple(
                found
                for chain in chains
                if all(place.may_have(peer, chain) for peer in plan.to)
                and (found := outgoing.announced_of(reader, chain))
            )[-MOST_RANGES:]
            return tuple(
                Bundle(
                    Label(
                        name,
                        head.desk,
                        told.station,
                        self.ledger.now(),
                        tuple(outgoing.range_of(reader, each.chain, each.span) for each in pieces),
                        announced,
                    ),
                    pieces,
                )
                for name, parcel in zip(names, plan.parcels, strict=True)
                if (pieces := parcel.with_tail(end))
            )

    def _write(self, bundle: Bundle, plan: Plan, *, target: Target, course: Course) -> Outgoing | None:
        """One bundle, from the entries to its row in the outbox; None when it was stopped."""
        to = tuple(dict.fromkeys((*(each.recipient for each in plan.to), self.own())))
        packed = packing.pack(self.ledger, bundle, to=to, progress=course.part((Step.PACKING,), bundle.count))
        if packed is None:
            return None
        ranges, name = bundle.label.ranges, bundle.label.bundle
        file = file_name(self.ledger.head().desk, ranges[0].first, ranges[-1].last, name)
        progress = course.part((Step.WRITING, Step.READING_BACK), bundle.count)
        if not targets.put(target, file, packed.data, progress=progress):
            return None
        desks = tuple(each.desk for each in plan.to)
        made = Outgoing(
            name, desks, held(ranges), file, target.label, len(packed.data), packed.digest, self.ledger.now()
        )
        self.ledger.transact(lambda writer: outbox.write_outgoing(writer, made)).result()
        return made


def _trusted(reader: Connection) -> tuple[Peer, ...]:
    found = (each for each in peers.read_peers(reader) if each.revoked is None)
    return tuple(sorted(found, key=lambda each: (each.role is not PeerRole.HEADQUARTERS, each.desk)))


def _named(known: Sequence[Peer], to: Sequence[str]) -> tuple[Peer, ...]:
    above = tuple(each for each in known if each.role is PeerRole.HEADQUARTERS)
    found = tuple(each for each in known if each.desk in to) if to else above or tuple(known)
    if not found or len(found) < len(set(to)):
        raise NobodyToSendTo(desks=", ".join(to))
    return found


def _own_affairs(reader: Connection, desk: str, epoch: str, span: Span, *, of: Place) -> int:
    """Entries that the exchange writes by itself; headquarters' receipts are what stations wait for."""
    kinds = (SEALED, BUNDLE_MADE) if of.headquarters else (SEALED, BUNDLE_MADE, BUNDLE_RECEIVED)
    return sum(outgoing.count_of_kind(reader, kind, desk, epoch, span) for kind in kinds)
