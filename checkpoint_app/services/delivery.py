"""How far a shift is on its way to headquarters: sealed, exported, receipted; and what nobody confirmed yet.

A receipt is headquarters' own entry that names the hash we have; it came down in a bundle like any other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from checkpoint_app.domain.exchange import Held
from checkpoint_app.domain.intervals import Span, common, covers, merged, size, without
from checkpoint_app.domain.peers import PeerRole
from checkpoint_app.storage import outgoing, peers, queries, receipts
from checkpoint_app.storage.engine import Connection
from checkpoint_app.storage.outbox import Outgoing, read_outbox
from checkpoint_app.storage.receipts import Receipt
from checkpoint_app.storage.rows import ShiftRow

BYTES_AN_ENTRY = 280
"""Until the first bundle tells; crossings of the made-up traffic."""
LOOKED_AT = 20


class State(StrEnum):
    OPEN = "open"
    SEALED = "sealed"
    EXPORTED = "exported"
    RECEIPTED = "receipted"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One shift. `count` entries, `size` bytes of a bundle (an estimate until it is exported); times ms UTC.

    `first` and `last` are numbers of the chain, of several where an epoch began in it (`ranges`).
    """

    shift: str
    group: str
    opened: int
    closed: int | None
    zone: int
    ranges: tuple[Held, ...]
    count: int
    size: int
    sealed: int | None = None
    exported: int | None = None
    receipted: int | None = None
    target: str = ""
    wrong: bool = False

    @property
    def first(self) -> int:
        return self.ranges[0].first if self.ranges else 0

    @property
    def last(self) -> int:
        return self.ranges[-1].last if self.ranges else 0

    @property
    def state(self) -> State:
        if self.receipted is not None:
            return State.RECEIPTED
        if self.exported is not None:
            return State.EXPORTED
        return State.SEALED if self.sealed is not None else State.OPEN

    @property
    def awaited(self) -> int | None:
        """Since when its receipt is awaited, ms UTC; None while it is not."""
        return self.exported if self.state is State.EXPORTED else None


@dataclass(frozen=True, slots=True)
class Unreceipted:
    """Entries of this desk's own that headquarters has not confirmed: `exported` of them went out; the first
    was written `since` (ms UTC)."""

    count: int
    exported: int
    size: int
    since: int | None
    ranges: tuple[Held, ...]


@dataclass(frozen=True, slots=True)
class Awaited:
    """What went out to `target` at `at` (ms UTC) and was not confirmed."""

    ranges: tuple[Held, ...]
    at: int
    target: str

    @property
    def first(self) -> int:
        return self.ranges[0].first

    @property
    def last(self) -> int:
        return self.ranges[-1].last

    @property
    def count(self) -> int:
        return sum(each.last - each.first + 1 for each in self.ranges)


@dataclass(frozen=True, slots=True)
class _Covering:
    """Spans of one epoch that were covered at a time, in the order of the times."""

    spans: tuple[tuple[Span, int, str], ...] = ()

    @property
    def all(self) -> tuple[Span, ...]:
        return merged(span for span, _at, _where in self.spans)

    def since(self, wanted: Sequence[Span]) -> tuple[int, str] | None:
        """When and where the last of these numbers was covered; None while some are not."""
        left = merged(wanted)
        for span, at, where in self.spans:
            if common(left, [span]):
                left = without(left, [span])
                if not left:
                    return at, where
        return None


def confirmed(reader: Connection, *, desk: str) -> tuple[Receipt, ...]:
    """What headquarters wrote about this desk's entries, whether or not it names our hashes."""
    found = (receipts.read_receipts(reader, above, about=(desk,)) for above in _headquarters(reader))
    return tuple(each for one in found for each in one if each.confirmed)


def deliveries(reader: Connection, *, desk: str, limit: int) -> tuple[Delivery, ...]:
    """The last shifts of this desk, newest first."""
    told = confirmed(reader, desk=desk)
    wrong = {(each.epoch, each.seq) for each in receipts.false_receipts(reader, told)}
    sent, known = _sent(reader, desk=desk), _known(reader, told)
    ratio = bytes_an_entry(read_outbox(reader))
    return tuple(
        _delivery(reader, row, sent=sent, known=known, wrong=wrong, ratio=ratio)
        for row in queries.shifts(reader, desk=desk, limit=limit)
    )


def unreceipted(reader: Connection, *, desk: str) -> Unreceipted:
    """Everything of this desk's own chains, as far as a bundle can carry it, that is not confirmed."""
    known, sent = _known(reader, confirmed(reader, desk=desk)), _sent(reader, desk=desk)
    ranges: list[Held] = []
    exported, since = 0, None
    for chain in outgoing.chains_here(reader):
        if chain.desk != desk or not chain.written_here:
            continue
        end = outgoing.last_seal(reader, desk, chain.epoch, upto=chain.spans[-1][1]) or 0
        spans = common(chain.spans, [(1, end)])
        left = without(spans, known.get(chain.epoch, _Covering()).all)
        exported += size(common(left, sent.get(chain.epoch, _Covering()).all))
        ranges += [Held(desk, chain.epoch, *span, "") for span in left]
        if left and since is None:
            since = outgoing.written_at(reader, chain, left[0][0])
    count = sum(each.last - each.first + 1 for each in ranges)
    return Unreceipted(count, exported, count * bytes_an_entry(read_outbox(reader)), since, tuple(ranges))


def unconfirmed(reader: Connection, *, desk: str) -> tuple[Awaited, ...]:
    """What went to headquarters and is not confirmed, newest first; sent twice counts with the last time."""
    known, above = _known(reader, confirmed(reader, desk=desk)), set(_headquarters(reader))
    seen = {epoch: list(each.all) for epoch, each in known.items()}
    found: list[Awaited] = []
    for row in reversed(read_outbox(reader, open_only=True)):
        if not above.intersection(row.to):
            continue
        left: list[Held] = []
        for held in (each for each in row.held if each.desk == desk):
            spans = without([(held.first, held.last)], seen.get(held.epoch, ()))
            left += [Held(desk, held.epoch, *span, "") for span in spans]
            seen.setdefault(held.epoch, []).append((held.first, held.last))
        if left:
            found.append(Awaited(tuple(left), row.made, row.target))
    return tuple(found)


def all_confirmed(reader: Connection) -> tuple[str, ...]:
    """Bundles in the outbox of which every desk they went to has confirmed every entry."""
    rows = read_outbox(reader, open_only=True)
    desks = {each for row in rows for each in row.to}
    about = sorted({held.desk for row in rows for held in row.held})
    known = {
        desk: receipts.agreed(reader, receipts.read_receipts(reader, desk, about=about)) if rows else ()
        for desk in desks
    }
    return tuple(row.bundle for row in rows if all(_holds(known[desk], row) for desk in row.to))


def bytes_an_entry(rows: Sequence[Outgoing]) -> int:
    """By the last bundles."""
    last = rows[-LOOKED_AT:]
    count = sum(each.count for each in last)
    return max(1, sum(each.size for each in last) // count) if count > 1_000 else BYTES_AN_ENTRY


def _holds(known: Iterable[tuple[Receipt, Held]], row: Outgoing) -> bool:
    told = [held for _receipt, held in known]
    return all(
        covers(
            [(each.first, each.last) for each in told if (each.desk, each.epoch) == (held.desk, held.epoch)],
            [(held.first, held.last)],
        )
        for held in row.held
    )


def _headquarters(reader: Connection) -> tuple[str, ...]:
    return tuple(each.desk for each in peers.read_peers(reader) if each.role is PeerRole.HEADQUARTERS)


def _known(reader: Connection, told: Sequence[Receipt]) -> Mapping[str, _Covering]:
    pairs = sorted(receipts.agreed(reader, told), key=lambda pair: pair[0].at)
    return _coverings((held, receipt.at, receipt.by) for receipt, held in pairs)


def _sent(reader: Connection, *, desk: str) -> Mapping[str, _Covering]:
    above = set(_headquarters(reader))
    return _coverings(
        (held, row.made, row.target)
        for row in read_outbox(reader)
        if above.intersection(row.to)
        for held in row.held
        if held.desk == desk
    )


def _coverings(told: Iterable[tuple[Held, int, str]]) -> Mapping[str, _Covering]:
    found: dict[str, list[tuple[Span, int, str]]] = {}
    for held, at, where in told:
        found.setdefault(held.epoch, []).append(((held.first, held.last), at, where))
    return {epoch: _Covering(tuple(spans)) for epoch, spans in found.items()}


def _delivery(
    reader: Connection,
    row: ShiftRow,
    *,
    sent: Mapping[str, _Covering],
    known: Mapping[str, _Covering],
    wrong: set[tuple[str, int]],
    ratio: int,
) -> Delivery:
    here = outgoing.shift_spans(reader, row.shift, desk=row.desk)
    spans = here.spans if here else outgoing.open_spans(reader, row.shift, desk=row.desk)
    count = sum(last - first + 1 for _epoch, (first, last) in spans)
    gone, back = (_since(spans, each) if here else None for each in (sent, known))
    return Delivery(
        row.shift,
        row.group,
        row.opened,
        row.closed,
        row.zone,
        tuple(
            Held(row.desk, epoch, *span, receipts.hash_of(reader, row.desk, epoch, span[1]))
            for epoch, span in spans
        ),
        count,
        count * ratio,
        here.sealed if here else None,
        gone[0] if gone else None,
        back[0] if back else None,
        gone[1] if gone else "",
        any(
            epoch == where and first <= seq <= last for epoch, (first, last) in spans for where, seq in wrong
        ),
    )


def _since(spans: Sequence[tuple[str, Span]], covering: Mapping[str, _Covering]) -> tuple[int, str] | None:
    """When and where the last of it was covered."""
    found = [covering.get(epoch, _Covering()).since([span]) for epoch, span in spans]
    whole = [each for each in found if each is not None]
    return max(whole) if whole and len(whole) == len(found) else None
