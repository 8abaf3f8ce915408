"""Checking chains: hashes, links, numbering, seals, and heads that left the building.

A chain alone is no evidence: whoever can write the file can recompute it. A chain whose head was printed,
exported or receipted is. Entries come in (desk, epoch, seq) order, one at a time; memory does not grow
with their number.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from checkpoint_app.domain import canonical
from checkpoint_app.domain.canonical import NotCanonical, Value
from checkpoint_app.domain.entry import (
    GENESIS,
    HEADER_FORM,
    WIDEST_ZONE,
    Entry,
    Fact,
    Head,
    commitment,
    entry_hash,
    public_digest,
    read_header,
    seal_message,
)
from checkpoint_app.domain.errors import Refusal
from checkpoint_app.domain.facts import SEALED, By

MOST_FAULTS = 1000
UNREADABLE, HEADER, LINK, GAP, ORDER = "unreadable", "header", "link", "gap", "order"
PUBLIC, PERSONAL, SEAL, HEAD, RECOMPUTED = "public", "personal", "seal", "head", "recomputed"
BREAKS = frozenset({UNREADABLE, HEADER, LINK, GAP, ORDER})

_HEAD_TEXT = re.compile(
    r"CPS1:([A-Z0-9](?:[A-Z0-9-]{0,22}[A-Z0-9])?):([0-9A-F]{16}):(0|[1-9][0-9]{0,15}):([0-9A-F]{64})"
)


class HeadUnreadable(Refusal):
    """What was typed or scanned is no head; facts: text."""


class Brief(NamedTuple):
    """What checking a chain needs of a header; see `entry.Header`."""

    desk: str
    epoch: str
    seq: int
    prev: str
    kind: str
    happened: int
    written: int
    public: str
    personal: str | None


class SealCheck(Protocol):
    """True when the Ed25519 signature fits; never raises."""

    def __call__(self, public_key: bytes, message: bytes, signature: bytes, /) -> bool: ...


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong where; `upto` is the last number of a range.

    unreadable: no header at all (`seq` is the expected one, 0 when unknown) · header: not its hash ·
    link: does not name the hash before it · gap: numbers missing · order: a number again or backwards ·
    public, personal: not what the header promises · seal: does not sign the head before it with a known
    key · head: an outside head is not in the chain or lies beyond its end · recomputed: every hash fits,
    but an outside head does not.
    """

    what: str
    desk: str
    epoch: str
    seq: int
    upto: int | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """`sealed` has the last sealed head of each chain; `more` counts faults beyond the MOST_FAULTS kept.

    `gaps` are numbers of other desks' chains that never came here: no faults.
    """

    faults: tuple[Fault, ...]
    entries: int
    seals: int
    forgotten: int
    ends: tuple[Head, ...]
    sealed: tuple[Head, ...]
    more: int = 0
    gaps: tuple[Fault, ...] = ()

    @property
    def sound(self) -> bool:
        return not self.faults


def head_text(head: Head) -> str:
    """What paper and receipts carry: `CPS1:desk:epoch:seq:hash`."""
    return f"CPS1:{head.desk}:{head.epoch}:{head.seq}:{head.hash}"


def parse_head(text: str) -> Head:
    """The head behind a text, whatever its case and spaces; raises HeadUnreadable."""
    found = _HEAD_TEXT.fullmatch("".join(text.split()).upper()) if len(text) <= 400 else None
    if found is None:
        raise HeadUnreadable(text=text[:80])
    desk, epoch, seq, digest = found.groups()
    return Head(desk, epoch.lower(), int(seq), digest.lower())


def seal_fact(head: Head, *, key: str, signature: bytes, why: str, by: By, at: int, action: str) -> Fact:
    """The entry that seals `head` and must directly follow it; `signature` covers `seal_message`."""
    public: dict[str, Value] = {
        "head": head.hash,
        "key": key,
        "seq": head.seq,
        "signature": signature.hex(),
        "why": why,
    }
    return Fact(SEALED, action, at, public, None, by.shift, by.officer)


def verify(
    entries: Iterable[Entry], *, keys: Mapping[str, bytes], check: SealCheck, heads: Sequence[Head] = ()
) -> Report:
    """Check whole chains from their first entry on; `keys` are desk keys by key id."""
    verifier = Verifier(keys=keys, check=check, heads=heads)
    for entry in entries:
        verifier.feed(entry)
    return verifier.report()


@dataclass(slots=True)
class _Chain:
    desk: str
    epoch: str
    seq: int = 0
    hash: str = GENESIS
    broken: bool = False  # a break since the last outside head that agreed
    agreed: int = 0
    disagreed: bool = False
    sealed: Head | None = None


@dataclass(slots=True)
class Verifier:
    """Feed it entries in (desk, epoch, seq) order; `after` are trusted heads of chains already checked.

    `keys_of` are keys by desk, where a seal of one must not pass for another's; `absent` says whether numbers
    of a chain (desk, epoch, first, last) never came.
    """

    keys: Mapping[str, bytes]
    check: SealCheck
    heads: Sequence[Head] = ()
    after: Sequence[Head] = ()
    keys_of: Mapping[str, Mapping[str, bytes]] | None = None
    absent: Callable[[str, str, int, int], bool] | None = None
    entries: int = 0
    seals: int = 0
    forgotten: int = 0
    _faults: list[Fault] = field(default_factory=list)
    _gaps: list[Fault] = field(default_factory=list)
    _more: int = 0
    _chains: dict[tuple[str, str], _Chain] = field(default_factory=dict)
    _outside: dict[tuple[str, str, int], set[str]] = field(default_factory=dict)
    _now: _Chain = field(default_factory=lambda: _Chain("", ""))

    def __post_init__(self) -> None:
        for head in self.after:
            self._chain(head.desk, head.epoch, Head(head.desk, head.epoch, head.seq, head.hash))
        for head in self.heads:
            self._outside.setdefault((head.desk, head.epoch, head.seq), set()).add(head.hash)

    def feed(self, entry: Entry) -> None:
        """Check one entry against what came before it; faults are collected, never raised."""
        self.entries += 1
        read = read_briefly(entry.header)
        if read is None:
            self._skip_unreadable(entry)
            return
        chain = self._chain(read.desk, read.epoch)
        before = len(self._faults) + self._more
        digest = entry_hash(entry.header)
        if digest != entry.hash:
            self._fault(HEADER, read.desk, read.epoch, read.seq)
        self._check_place(chain, read)
        self._check_parts(read, entry)
        if read.kind == SEALED:
            self._check_seal(chain, read, entry.public, sound=len(self._faults) + self._more == before)
        if read.seq > chain.seq:
            chain.seq, chain.hash = read.seq, entry.hash.hex()
        if self._outside:
            self._compare(chain, Head(read.desk, read.epoch, read.seq, digest.hex()))

    def report(self) -> Report:
        """Everything found so far, with outside heads that were never met."""
        missing = sorted(self._missing_heads(), key=lambda fault: (fault.desk, fault.epoch, fault.seq))
        chains = [chain for chain in self._chains.values() if chain.seq]
        return Report(
            faults=(*self._faults, *missing),
            entries=self.entries,
            seals=self.seals,
            forgotten=self.forgotten,
            ends=tuple(Head(chain.desk, chain.epoch, chain.seq, chain.hash) for chain in chains),
            sealed=tuple(chain.sealed for chain in chains if chain.sealed),
            more=self._more,
            gaps=tuple(self._gaps),
        )

    def _chain(self, desk: str, epoch: str, start: Head | None = None) -> _Chain:
        if self._now.desk == desk and self._now.epoch == epoch:
            return self._now
        found = self._chains.get((desk, epoch))
        if found is None:
            head = start or Head(desk, epoch)
            found = self._chains[desk, epoch] = _Chain(desk, epoch, head.seq, head.hash, agreed=head.seq)
        self._now = found
        return found

    def _fault(self, what: str, desk: str, epoch: str, seq: int, upto: int | None = None) -> None:
        if what in BREAKS:
            self._now.broken = True
        if len(self._faults) < MOST_FAULTS:
            self._faults.append(Fault(what, desk, epoch, seq, upto))
        else:
            self._more += 1

    def _skip_unreadable(self, entry: Entry) -> None:
        chain = self._now
        if not chain.desk:
            self._fault(UNREADABLE, "", "", 0)
            return
        self._fault(UNREADABLE, chain.desk, chain.epoch, chain.seq + 1)
        chain.seq, chain.hash = chain.seq + 1, entry.hash.hex()

    def _check_place(self, chain: _Chain, read: Brief) -> None:
        expected = chain.seq + 1
        if read.seq < expected:
            self._fault(ORDER, read.desk, read.epoch, read.seq)
        elif read.seq > expected:
            self._miss(read, expected)
        elif read.prev != chain.hash:
            self._fault(LINK, read.desk, read.epoch, read.seq)

    def _miss(self, read: Brief, expected: int) -> None:
        missing = (read.desk, read.epoch, expected, read.seq - 1)
        if self.absent is None or not self.absent(*missing):
            self._fault(GAP, *missing)
            return
        self._now.broken = True
        if len(self._gaps) < MOST_FAULTS:
            self._gaps.append(Fault(GAP, *missing))

    def _check_parts(self, read: Brief, entry: Entry) -> None:
        if public_digest(entry.public) != read.public:
            self._fault(PUBLIC, read.desk, read.epoch, read.seq)
        if read.personal is None:
            fits = entry.personal is None and entry.salt is None
        elif entry.personal is None or entry.salt is None:
            fits = entry.personal is None and entry.salt is None
            self.forgotten += fits
        else:
            fits = commitment(entry.personal, entry.salt) == read.personal
        if not fits:
            self._fault(PERSONAL, read.desk, read.epoch, read.seq)

    def _check_seal(self, chain: _Chain, read: Brief, public: bytes, *, sound: bool) -> None:
        self.seals += 1
        head = Head(read.desk, read.epoch, read.seq - 1, read.prev)
        keys = self.keys if self.keys_of is None else self.keys_of.get(read.desk, {})
        if not seal_fits(public, head, keys=keys, check=self.check):
            self._fault(SEAL, read.desk, read.epoch, read.seq)
        elif sound:
            chain.sealed = head

    def _compare(self, chain: _Chain, found: Head) -> None:
        told = self._outside.pop((found.desk, found.epoch, found.seq), None)
        if told is None:
            return
        if told == {found.hash}:
            chain.agreed, chain.broken, chain.disagreed = found.seq, False, False
        elif not chain.disagreed:
            chain.disagreed = True
            if chain.broken:
                self._fault(HEAD, found.desk, found.epoch, found.seq)
            else:
                self._fault(RECOMPUTED, found.desk, found.epoch, chain.agreed + 1, found.seq)

    def _missing_heads(self) -> Iterator[Fault]:
        furthest: dict[tuple[str, str], int] = {}
        for (desk, epoch, seq), told in self._outside.items():
            end = self._chains.get((desk, epoch), _Chain(desk, epoch)).seq
            if seq > end:
                furthest[desk, epoch] = max(seq, furthest.get((desk, epoch), 0))
            elif seq or told != {GENESIS}:
                yield Fault(HEAD, desk, epoch, seq)
        for (desk, epoch), seq in furthest.items():
            end = self._chains.get((desk, epoch), _Chain(desk, epoch)).seq
            yield Fault(HEAD, desk, epoch, end + 1, seq)


def read_briefly(data: bytes) -> Brief | None:
    """What a header says of its place and parts, faster than `read_header`; None when it is none."""
    found = HEADER_FORM.fullmatch(data)
    if found is None:
        return _read_slowly(data)
    if abs(int(found["zone"])) > WIDEST_ZONE:
        return None
    desk, epoch, happened, kind, personal, prev, public, seq, written = found.group(
        "desk", "epoch", "happened", "kind", "personal", "prev", "public", "seq", "written"
    )
    return Brief(
        desk.decode(),
        epoch.decode(),
        int(seq),
        prev.decode(),
        kind.decode(),
        int(happened),
        int(written),
        public.decode(),
        personal.decode() if personal else None,
    )


def _read_slowly(data: bytes) -> Brief | None:
    try:
        header = read_header(data)
    except NotCanonical:
        return None
    return Brief(
        header.desk,
        header.epoch,
        header.seq,
        header.prev,
        header.kind,
        header.happened,
        header.written,
        header.public,
        header.personal,
    )


def seal_fits(public: bytes, head: Head, *, keys: Mapping[str, bytes], check: SealCheck) -> bool:
    """Whether a seal's public part is the canonical one over `head`, signed with one of `keys` (by id)."""
    try:
        value = canonical.decode(public)
    except NotCanonical:
        return False
    if not isinstance(value, dict):
        return False
    if canonical.encode({**value, "head": head.hash, "seq": head.seq}) != public:
        return False
    key, signature = value.get("key"), value.get("signature")
    if not isinstance(key, str) or not isinstance(signature, str) or key not in keys:
        return False
    if not re.fullmatch(r"[0-9a-f]{128}", signature):
        return False
    return check(keys[key], seal_message(head, key=key), bytes.fromhex(signature))
