"""The ledger entry: its three parts, its bytes, its hash and the chain. This page is the format.

An entry MUST have a header and a public part and MAY have a personal part. All three are stored exactly as
hashed (see `canonical`); nobody re-serialises to verify.

    public digest    = SHA-256("cp1.public\\0"   || public bytes)
    commitment       = SHA-256("cp1.personal\\0" || salt (32 bytes) || personal bytes), null without one
    hash             = SHA-256("cp1.entry\\0"    || header bytes)
    seal signature   = Ed25519("cp1.seal\\0"     || canonical {desk, epoch, head, key, seq})

The header names the hash of the entry before it in the same chain; a chain is one desk in one epoch, its
numbers start at 1 and have no holes, and the first names 64 zeros. Names, document numbers, phones and
plates MUST live only in the personal part. Personal part and salt may be forgotten together: chain,
counts and seals still verify. Salted, because a name and an id number can be guessed from outside.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from checkpoint_app.domain import canonical
from checkpoint_app.domain.canonical import NotCanonical, Value
from checkpoint_app.domain.words import ClockState

FORMAT = 1
GENESIS = "0" * 64
SALT_BYTES = 32
LONGEST_PART = 256 * 1024  # a full coach with every check made twice has about 100 KiB
WIDEST_ZONE = 14 * 60

PURPOSE_PUBLIC = b"cp1.public\0"
PURPOSE_PERSONAL = b"cp1.personal\0"
PURPOSE_ENTRY = b"cp1.entry\0"
PURPOSE_SEAL = b"cp1.seal\0"

_DESK = re.compile(r"[A-Z0-9](?:[A-Z0-9-]{0,22}[A-Z0-9])?")
_HEX = {length: re.compile(rf"[0-9a-f]{{{length}}}") for length in (16, 32, 64)}
_KIND = re.compile(r"[a-z][a-z_]{0,31}")
_SHORT = re.compile(r"[A-Za-z0-9.:_-]{0,48}")
_NUMBERS = ("seq", "happened", "written", "zone", "mono")
_SIGNED = rb"(?:0|-?[1-9][0-9]{0,14})"

HEADER_FORM = re.compile(
    rb'\{"action":"(?P<action>[0-9a-f]{32})","clock":"(?P<clock>sure|unsure)",'
    rb'"desk":"(?P<desk>[A-Z0-9](?:[A-Z0-9-]{0,22}[A-Z0-9])?)","epoch":"(?P<epoch>[0-9a-f]{16})",'
    rb'"happened":(?P<happened>' + _SIGNED + rb'),"kind":"(?P<kind>[a-z][a-z_]{0,31})",'
    rb'"mono":(?P<mono>0|[1-9][0-9]{0,14}),"officer":"(?P<officer>[A-Za-z0-9.:_-]{0,48})",'
    rb'"personal":(?:null|"(?P<personal>[0-9a-f]{64})"),"prev":"(?P<prev>[0-9a-f]{64})",'
    rb'"public":"(?P<public>[0-9a-f]{64})","run":"(?P<run>[0-9a-f]{16})",'
    rb'"seq":(?P<seq>[1-9][0-9]{0,14}),"shift":"(?P<shift>[A-Za-z0-9.:_-]{0,48})",'
    rb'"v":1,"written":(?P<written>' + _SIGNED + rb'),"zone":(?P<zone>0|-?[1-9][0-9]{0,2})\}'
)
"""Every header with numbers below 10**15, in canonical form: checks and reads in one step. `zone` may still
be beyond WIDEST_ZONE."""


@dataclass(frozen=True, slots=True)
class Header:
    """What is hashed for ever. Times are ms UTC; `zone` minutes east; `mono` ms since the run began."""

    desk: str
    epoch: str
    seq: int
    prev: str
    action: str
    kind: str
    shift: str
    officer: str
    happened: int
    written: int
    zone: int
    mono: int
    run: str
    clock: ClockState
    public: str
    personal: str | None
    v: int = FORMAT

    def encode(self) -> bytes:
        """Canonical header bytes: what the entry's hash covers."""
        return canonical.encode({name: getattr(self, name) for name in self.__slots__})


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the ledger as stored; `personal` and `salt` are None together."""

    header: bytes
    public: bytes
    personal: bytes | None
    salt: bytes | None
    hash: bytes


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a chain: number and hash of its last entry; seq 0 and GENESIS before the first."""

    desk: str
    epoch: str
    seq: int = 0
    hash: str = GENESIS


@dataclass(frozen=True, slots=True)
class Stamp:
    """When and in which run an entry is written; see Header for units."""

    written: int
    zone: int
    mono: int
    run: str
    clock: ClockState


@dataclass(frozen=True, slots=True)
class Fact:
    """What is to be appended. `action` is 32 hex characters, made before the commit: the idempotency key."""

    kind: str
    action: str
    happened: int
    public: Mapping[str, Value]
    personal: Mapping[str, Value] | None = None
    shift: str = ""
    officer: str = ""


def build(head: Head, fact: Fact, *, stamp: Stamp, salt: bytes) -> Entry:
    """The entry that follows `head`; raises NotCanonical or ValueError for content no ledger may hold."""
    if len(salt) != SALT_BYTES:
        raise ValueError("salt")
    public, personal = parts_of(fact)
    header = Header(
        desk=head.desk,
        epoch=head.epoch,
        seq=head.seq + 1,
        prev=head.hash,
        action=fact.action,
        kind=fact.kind,
        shift=fact.shift,
        officer=fact.officer,
        happened=fact.happened,
        written=stamp.written,
        zone=stamp.zone,
        mono=stamp.mono,
        run=stamp.run,
        clock=stamp.clock,
        public=public_digest(public),
        personal=commitment(personal, salt) if personal is not None else None,
    )
    data = header.encode()
    if abs(header.zone) > WIDEST_ZONE or not HEADER_FORM.fullmatch(data):
        check_header(header)
    return Entry(data, public, personal, salt if personal is not None else None, entry_hash(data))


def parts_of(fact: Fact) -> tuple[bytes, bytes | None]:
    """Public and personal bytes of a fact; raises NotCanonical, or ValueError when too long."""
    public = canonical.encode(fact.public)
    personal = canonical.encode(fact.personal) if fact.personal else None
    if max(len(public), len(personal or b"")) > LONGEST_PART:
        raise ValueError("part too long")
    return public, personal


def head_after(entry: Entry) -> Head:
    """The chain's end once `entry` is written."""
    header = read_header(entry.header)
    return Head(header.desk, header.epoch, header.seq, entry.hash.hex())


def read_header(data: bytes) -> Header:
    """The header behind stored bytes; raises NotCanonical for anything that is not exactly one."""
    found = HEADER_FORM.fullmatch(data)
    return _header_of(found) if found and abs(int(found["zone"])) <= WIDEST_ZONE else _read_slowly(data)


def _header_of(found: re.Match[bytes]) -> Header:
    fields: dict[str, Any] = {
        name: text.decode() if text is not None else None for name, text in found.groupdict().items()
    }
    fields.update({name: int(fields[name]) for name in _NUMBERS}, clock=ClockState(fields["clock"]))
    return Header(**fields)


def _read_slowly(data: bytes) -> Header:
    value = canonical.decode(data)
    if not isinstance(value, dict) or set(value) != set(Header.__slots__):
        raise NotCanonical("not a header")
    try:
        header = Header(**{**value, "clock": ClockState(value["clock"])})
        check_header(header)
    except (TypeError, ValueError) as error:
        raise NotCanonical(str(error)) from error
    return header


def check_header(header: Header) -> None:
    """Raises ValueError naming the first field that no header may have."""
    wrong = [name for name, fits in _fields(header).items() if not fits]
    if wrong:
        raise ValueError("header field " + wrong[0])


def _fields(header: Header) -> dict[str, bool]:
    return {
        "v": header.v == FORMAT and not isinstance(header.v, bool),
        "desk": _matches(_DESK, header.desk),
        "epoch": _matches(_HEX[16], header.epoch),
        "seq": _whole(header.seq) and header.seq >= 1,
        "prev": _matches(_HEX[64], header.prev),
        "action": _matches(_HEX[32], header.action),
        "kind": _matches(_KIND, header.kind),
        "shift": _matches(_SHORT, header.shift),
        "officer": _matches(_SHORT, header.officer),
        "happened": _whole(header.happened),
        "written": _whole(header.written),
        "zone": _whole(header.zone) and abs(header.zone) <= WIDEST_ZONE,
        "mono": _whole(header.mono) and header.mono >= 0,
        "run": _matches(_HEX[16], header.run),
        "public": _matches(_HEX[64], header.public),
        "personal": header.personal is None or _matches(_HEX[64], header.personal),
    }


def _whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _matches(pattern: re.Pattern[str], value: object) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


def public_digest(public: bytes) -> str:
    """Hex digest the header carries for its public part."""
    return hashlib.sha256(PURPOSE_PUBLIC + public).hexdigest()


def commitment(personal: bytes, salt: bytes) -> str:
    """Hex commitment the header carries for its personal part."""
    return hashlib.sha256(PURPOSE_PERSONAL + salt + personal).hexdigest()


def entry_hash(header: bytes) -> bytes:
    """Hash of the entry: what the next header names and a seal signs."""
    return hashlib.sha256(PURPOSE_ENTRY + header).digest()


def seal_message(head: Head, *, key: str) -> bytes:
    """The bytes a desk's Ed25519 key signs for `head`; `key` is the key's id."""
    return PURPOSE_SEAL + canonical.encode(
        {"desk": head.desk, "epoch": head.epoch, "head": head.hash, "key": key, "seq": head.seq}
    )
