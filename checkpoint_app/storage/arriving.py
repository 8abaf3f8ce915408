"""What of a bundle is new here, and what contradicts what is here: worked out before anything is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from checkpoint_app.domain import intervals
from checkpoint_app.domain.bundles import Manifest, Range
from checkpoint_app.domain.intervals import Span
from checkpoint_app.storage import forks, spans
from checkpoint_app.storage.desk import Chain, read_chain
from checkpoint_app.storage.engine import Connection
from checkpoint_app.storage.forks import Known
from checkpoint_app.storage.staging import Staging


@dataclass(frozen=True, slots=True)
class Part:
    """A range of a bundle as it meets what is here: numbers by what becomes of them.

    `new` go into the ledger, `aside` contradict what is here, `against` were decided against already, and of
    `fill` the personal part was missing here. `present` counts the rest.
    """

    desk: str
    epoch: str
    present: int = 0
    new: tuple[Span, ...] = ()
    aside: tuple[Span, ...] = ()
    against: tuple[Span, ...] = ()
    fill: tuple[Span, ...] = ()

    def plus(self, other: Part) -> Part:
        """This and another part of the same chain."""
        return Part(
            self.desk,
            self.epoch,
            self.present + other.present,
            intervals.merged((*self.new, *other.new)),
            intervals.merged((*self.aside, *other.aside)),
            intervals.merged((*self.against, *other.against)),
            intervals.merged((*self.fill, *other.fill)),
        )

    @property
    def forked(self) -> int:
        return intervals.size(self.aside) + intervals.size(self.against)


def parts_of(reader: Connection, staging: Staging, manifest: Manifest) -> tuple[Part, ...]:
    """What becomes of what a bundle has of each chain; `reader` must see what is withheld."""
    own = read_chain(reader)
    found: dict[spans.Chain, Part] = {}
    for each in manifest.ranges:
        part = _part(reader, staging, each, own)
        before = found.get((each.desk, each.epoch))
        found[each.desk, each.epoch] = before.plus(part) if before else part
    return tuple(found.values())


def _part(reader: Connection, staging: Staging, what: Range, own: Chain | None) -> Part:
    desk, epoch, whole = what.desk, what.epoch, (what.first, what.last)
    here = intervals.common(spans.held(reader, desk, epoch), [whole])
    known = forks.known(reader, desk, epoch)
    ours = own is not None and (own.desk, own.epoch) == (desk, epoch)
    if not here and not known.names and not ours:
        return Part(desk, epoch, new=(whole,))
    sorter = _Sorter(_Here(reader, desk, epoch, here), known, ours)
    for batch in _batched(staging.links(desk, epoch, whole)):
        sorter.take(batch)
    return sorter.part(desk, epoch)


_Link = tuple[int, str, str, bool]
"""Number, hash, hash before it, and whether there is a personal part."""
_BATCH = 2_000


def _batched(links: Iterator[_Link]) -> Iterator[Sequence[_Link]]:
    batch: list[_Link] = []
    for link in links:
        batch.append(link)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


@dataclass(frozen=True, slots=True)
class _Here:
    """Entries of the chain that are in the ledger."""

    reader: Connection
    desk: str
    epoch: str
    spans: tuple[Span, ...]

    def between(self, first: int, last: int) -> dict[int, tuple[str, bool]]:
        """Hash and whether the personal part is missing, by number; without what is still arriving."""
        if not intervals.common(self.spans, [(first, last)]):
            return {}
        rows = self.reader.execute(
            "SELECT seq, lower(hex(hash)), personal IS NULL FROM entry"
            " WHERE desk = ? AND epoch = ? AND seq BETWEEN ? AND ?",
            (self.desk, self.epoch, first, last),
        )
        held = {seq: (digest, bool(bare)) for seq, digest, bare in rows}
        return {seq: found for seq, found in held.items() if intervals.covers(self.spans, [(seq, seq)])}


@dataclass(slots=True)
class _Sorter:
    """Goes through a range in order."""

    here: _Here
    known: Known
    ours: bool
    new: list[int] = field(default_factory=list)
    aside: list[int] = field(default_factory=list)
    against: list[int] = field(default_factory=list)
    fill: list[int] = field(default_factory=list)
    present: int = 0
    _gone: str = ""

    def take(self, batch: Sequence[_Link]) -> None:
        """Sorts entries that follow those taken before."""
        held = self.here.between(batch[0][0], batch[-1][0])
        for seq, digest, prev, personal in batch:
            self._sort((seq, digest), prev, held.get(seq), personal=personal)

    def part(self, desk: str, epoch: str) -> Part:
        """What became of it all."""
        lists = (self.new, self.aside, self.against, self.fill)
        return Part(desk, epoch, self.present, *(_spans(numbers) for numbers in lists))

    def _sort(self, name: forks.Name, prev: str, held: tuple[str, bool] | None, *, personal: bool) -> None:
        seq, digest = name
        descends = prev == self._gone or (seq - 1, prev) in self.known.settled
        self._gone = ""
        if name in self.known.names:
            self.present += 1
            self._gone = digest if name in self.known.settled else ""
        elif held is not None and held[0] == digest:
            self.present += 1
            if held[1] and personal:
                self.fill.append(seq)
        elif descends or (held is not None and seq in self.known.decided):
            self.against.append(seq)
            self._gone = digest
        elif held is not None or self.ours:
            self.aside.append(seq)
        else:
            self.new.append(seq)


def _spans(numbers: Sequence[int]) -> tuple[Span, ...]:
    return intervals.merged((number, number) for number in numbers)
