"""A printed sheet held against the ledger: what its codes prove, and where the two differ."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field

from checkpoint_app.crypto.desk import signature_fits
from checkpoint_app.domain.chain import (
    GAP,
    HEADER,
    LINK,
    ORDER,
    PERSONAL,
    PUBLIC,
    UNREADABLE,
    Fault,
    Verifier,
)
from checkpoint_app.domain.entry import GENESIS, HEADER_FORM, Entry, Head, entry_hash
from checkpoint_app.domain.paper_proof import PaperProof
from checkpoint_app.storage import paper as stored
from checkpoint_app.storage import queries
from checkpoint_app.storage.desk import read_desk_keys
from checkpoint_app.storage.engine import Connection

PART = 2_000
"""Entries read at a time, so that no snapshot is held for long."""

OWN = frozenset({UNREADABLE, HEADER, PUBLIC, PERSONAL, GAP, ORDER})
"""Faults that name their own entry."""

Reading = Callable[[], AbstractContextManager[Connection]]


@dataclass(frozen=True, slots=True)
class PaperResult:
    """`entry` is one that was edited, or the first place where the numbering breaks; `interval` the first and
    last number between two seals, the first of which agrees with the sheet and the second does not.

    `known`: this file has the chain the sheet is of. `checked` entries were read.
    """

    unchanged: bool
    proof: PaperProof
    faults: tuple[Fault, ...] = ()
    entry: int | None = None
    interval: tuple[int, int] | None = None
    known: bool = True
    checked: int = 0


def proof_of(reader: Connection, shift: str) -> PaperProof | None:
    """What the codes of a shift's sheet carry: up to the seal that closed it, or the last there is; None
    before there is one.
    """
    return stored.proof_of(reader, shift)


def compare(
    reading: Reading, proof: PaperProof, *, progress: Callable[[int], bool] = lambda _done: True
) -> PaperResult | None:
    """Whether everything the sheet covers is still what it was when it was printed.

    Every hash and link is worked out anew from the seal before the shift on. `progress` gets the entries
    done and ends the work by returning False; then None.
    """
    with reading() as reader:
        keys = read_desk_keys(reader)
        known = (proof.desk, proof.epoch) in queries.chains(reader)
    comparing = Comparing(proof, keys)
    after, done = comparing.start - 1, 0
    while known and after < comparing.end:
        with reading() as reader:
            part = queries.chain_entries(reader, proof.desk, proof.epoch, after=after, limit=PART)
            after = queries.last_number(reader, proof.desk, proof.epoch, after=after, limit=PART)
        comparing.take(part)
        done += len(part)
        if not progress(done):
            return None
        if len(part) < PART:
            break
    return comparing.result(known=known)


def compared(entries: Iterable[Entry], proof: PaperProof, *, keys: Mapping[str, bytes]) -> PaperResult:
    """The same over entries at hand, in the order of their numbers."""
    comparing = Comparing(proof, keys)
    comparing.take(entries)
    return comparing.result(known=True)


@dataclass(slots=True)
class Comparing:
    """Feed it the chain from number `start` on; what lies behind `end` the sheet says nothing about."""

    proof: PaperProof
    keys: Mapping[str, bytes]
    start: int = field(init=False)
    end: int = field(init=False)
    _marks: dict[int, bytes] = field(init=False)
    _found: dict[int, bytes] = field(default_factory=dict)
    _verifier: Verifier | None = None

    def __post_init__(self) -> None:
        self._marks = {self.proof.seq: bytes.fromhex(self.proof.hash), **dict(self.proof.seals)}
        self.start = min(self.proof.first, *self._marks)
        self.end = max(self._marks)

    def take(self, entries: Iterable[Entry]) -> None:
        for entry in entries:
            found = HEADER_FORM.fullmatch(entry.header)
            number = int(found["seq"]) if found else None
            if number is not None and not self.start <= number <= self.end:
                continue
            if self._verifier is None:
                self._verifier = self._beginning(found["prev"].decode() if found else GENESIS)
            self._verifier.feed(entry)
            if number in self._marks:
                self._found.setdefault(number, entry_hash(entry.header))

    def result(self, *, known: bool) -> PaperResult:
        report = self._verifier.report() if self._verifier else None
        faults = report.faults if report else ()
        interval = self._interval() if known else None
        return PaperResult(
            known and not faults and interval is None,
            self.proof,
            faults,
            _edited(faults),
            interval,
            known,
            report.entries if report else 0,
        )

    def _beginning(self, before: str) -> Verifier:
        """What lies before the first entry is taken on trust: the sheet names no more of it."""
        head = Head(self.proof.desk, self.proof.epoch, self.start - 1, before if self.start > 1 else GENESIS)
        return Verifier(keys=self.keys, check=signature_fits, after=(head,))

    def _interval(self) -> tuple[int, int] | None:
        """From behind the last mark that agrees to the first that does not; None when all agree."""
        agreed = 0
        for number, digest in sorted(self._marks.items()):
            found = self._found.get(number)
            if found is None or found[: len(digest)] != digest:
                return agreed + 1, number
            agreed = number
        return None


def _edited(faults: Sequence[Fault]) -> int | None:
    """The entry that does not fit itself or its place; a link alone that is broken speaks of the one before,
    unless the one behind it does not fit either.
    """
    own = [fault.seq for fault in faults if fault.what in OWN]
    if own:
        return min(own)
    links = [fault.seq for fault in faults if fault.what == LINK]
    if not links:
        return None
    return links[0] if links[0] + 1 in links else links[0] - 1
