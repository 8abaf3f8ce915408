"""What a bundle says of itself before anybody looks inside; see `resources/formats/bundle-1.md`.

A bundle carries ranges of chains. Each range ends with a seal of its own desk, so that every entry is vouched
for by the desk that wrote it, whoever carries the file; the bundle's own signature says who carries it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from itertools import pairwise
from typing import Any, TypeGuard

from checkpoint_app.domain import canonical
from checkpoint_app.domain.canonical import NotCanonical, Value
from checkpoint_app.domain.entry import GENESIS, Head
from checkpoint_app.domain.errors import Refusal

FORMAT = 1
MAGIC = b"CPB1"
PURPOSE_BUNDLE = b"cp1.bundle\0"
SUFFIX = ".cpb"
LARGEST_FILE = 256 << 20
LARGEST_MANIFEST = 64 << 10
LARGEST_INFLATED = 1 << 30
MOST_AMPLIFIED = 50  # times the packed size
MOST_ENTRIES = 500_000
MOST_RANGES = 64
KNOWN_MUSTS: frozenset[str] = frozenset()
"""Flags of `crit` this program understands; a bundle with another one waits for a newer program."""

EARLIEST, LATEST = -62_135_596_800_000, 253_402_300_799_999
"""Years 1 to 9999, ms UTC: what dates can be made of."""
LONGEST_TEXT = 40

_DESK = re.compile(r"[A-Z0-9](?:[A-Z0-9-]{0,22}[A-Z0-9])?")
_KEY = _EPOCH = re.compile(r"[0-9a-f]{16}")
_ID = re.compile(r"[0-9a-f]{32}")
_HASH = re.compile(r"[0-9a-f]{64}")
_SIGNATURE = re.compile(r"[0-9a-f]{128}")
_RECIPIENT = re.compile(r"age1[02-9ac-hj-np-z]{58}")
_FLAG = re.compile(r"[a-z][a-z0-9_-]{0,39}")


class BundleRefused(Refusal):
    """Nothing of it was taken; facts: check (which of the order of checks), and what that one found.

    Checks, in their order: size, envelope, magic, manifest, format, musts, sender, revoked, signature,
    recipient, desk, inflated, digest, entry, chain, seal. What is inside stays packed until all before
    `entry` but the size it has are passed. `recipient` also stands for an envelope that none of our keys
    opens, `revoked` also for the desk of a range, `seal` also for an announced head.
    """


class BundleStopped(Exception):  # noqa: N818 - nothing failed: somebody said enough
    """The progress said no; whatever was written or staged is to be dropped."""


@dataclass(frozen=True, slots=True)
class Range:
    """Entries `first` to `last` of one chain.

    `before` and `after` are the hashes (hex) of the entry before the first and of the last, which is a seal;
    `begun` is when the epoch began, ms UTC.
    """

    desk: str
    epoch: str
    begun: int
    first: int
    last: int
    before: str
    after: str

    @property
    def count(self) -> int:
        return self.last - self.first + 1


@dataclass(frozen=True, slots=True)
class Announced:
    """The newest sealed head of a chain when the bundle was made: by it a missing end is known.

    `seq` and `hash` are of the entry before the seal, `key` and `signature` (hex) what the seal's public part
    says: whoever carries it cannot invent it. `at` is when the seal was written, ms UTC.
    """

    desk: str
    epoch: str
    seq: int
    hash: str
    at: int
    key: str
    signature: str

    @property
    def head(self) -> Head:
        return Head(self.desk, self.epoch, self.seq, self.hash)


@dataclass(frozen=True, slots=True)
class Manifest:
    """`sender` is the desk that carries, `key` the id of its key; `to` age recipients.

    `packed` and `inflated` are bytes of the payload, `digest` the SHA-256 (hex) of it as packed.
    """

    bundle: str
    sender: str
    key: str
    station: str
    made: int
    app: str
    to: tuple[str, ...]
    ranges: tuple[Range, ...]
    announced: tuple[Announced, ...]
    packed: int
    inflated: int
    digest: str
    crit: tuple[str, ...] = ()
    v: int = FORMAT

    @property
    def count(self) -> int:
        """Entries in all ranges."""
        return sum(each.count for each in self.ranges)

    def encode(self) -> bytes:
        """Canonical bytes: what the sender signs behind PURPOSE_BUNDLE."""
        return canonical.encode({**asdict(self), "to": list(self.to), "crit": list(self.crit)})


def read_manifest(data: bytes) -> Manifest:
    """The manifest behind its bytes; raises BundleRefused (manifest, format, musts).

    Fields it does not know are passed over: what a reader must not pass over stands in `crit`.
    """
    try:
        value = canonical.decode(data)
    except NotCanonical as error:
        raise BundleRefused(check="manifest", reason=str(error)) from error
    if not isinstance(value, Mapping):
        raise BundleRefused(check="manifest", reason="not an object")
    version = value.get("v")
    if not _whole(version) or version != FORMAT:
        raise BundleRefused(check="format", found=ascii(version)[:20], known=FORMAT)
    manifest = _manifest_of(value)
    unknown = [flag for flag in manifest.crit if flag not in KNOWN_MUSTS]
    if unknown:
        raise BundleRefused(check="musts", flags=", ".join(unknown)[:200])
    return manifest


def _manifest_of(value: Mapping[str, Value]) -> Manifest:
    try:
        known: dict[str, Any] = {each.name: value[each.name] for each in fields(Manifest)}
        known["ranges"] = tuple(Range(**_known(each, _RANGE)) for each in _listed(value["ranges"]))
        known["announced"] = tuple(
            Announced(**_known(each, _ANNOUNCED)) for each in _listed(value["announced"])
        )
        known["to"], known["crit"] = tuple(_listed(value["to"])), tuple(_listed(value["crit"]))
        manifest = Manifest(**known)
        _check(manifest)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BundleRefused(check="manifest", reason=str(error)[:80]) from error
    return manifest


def _listed(value: Value) -> list[Value]:
    if not isinstance(value, list):
        raise TypeError("not a list")
    return value


_RANGE = tuple(each.name for each in fields(Range))
_ANNOUNCED = tuple(each.name for each in fields(Announced))


def _known(value: Value, names: tuple[str, ...]) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        raise TypeError("not an object")
    return {name: value[name] for name in names}


def _check(manifest: Manifest) -> None:
    names = (_ID, manifest.bundle), (_DESK, manifest.sender), (_KEY, manifest.key), (_HASH, manifest.digest)
    if not all(form.fullmatch(text) for form, text in names):
        raise ValueError("names")
    if not all(_RECIPIENT.fullmatch(text) for text in manifest.to):
        raise ValueError("recipients")
    if not all(_FLAG.fullmatch(text) for text in manifest.crit):
        raise ValueError("flags")
    if not all(len(text) <= LONGEST_TEXT and text.isprintable() for text in (manifest.station, manifest.app)):
        raise ValueError("texts")
    _check_numbers(manifest)
    if not 1 <= len(manifest.ranges) <= MOST_RANGES or len(manifest.announced) > MOST_RANGES:
        raise ValueError("ranges")
    for each in manifest.ranges:
        _check_range(each)
    _check_apart(manifest.ranges)
    for told in manifest.announced:
        _check_head(told.desk, told.epoch, told.seq, told.hash)
        if not _KEY.fullmatch(told.key) or not _SIGNATURE.fullmatch(told.signature) or not _is_time(told.at):
            raise ValueError("announced")


def _check_numbers(manifest: Manifest) -> None:
    sizes = (manifest.packed, manifest.inflated)
    if not _is_time(manifest.made) or not all(_whole(size) and size > 0 for size in sizes):
        raise ValueError("numbers")


def _check_range(each: Range) -> None:
    _check_head(each.desk, each.epoch, each.last, each.after)
    if not (_whole(each.first) and 1 <= each.first <= each.last and _is_time(each.begun)):
        raise ValueError("range")
    if not _HASH.fullmatch(each.before) or (each.first == 1) != (each.before == GENESIS):
        raise ValueError("before")


def _check_apart(ranges: tuple[Range, ...]) -> None:
    """No entry stands in two ranges: the two sides of a fork go in two bundles."""
    ordered = sorted(ranges, key=lambda each: (each.desk, each.epoch, each.first))
    for one, after in pairwise(ordered):
        if (one.desk, one.epoch) == (after.desk, after.epoch) and after.first <= one.last:
            raise ValueError("overlapping")


def _check_head(desk: str, epoch: str, seq: int, digest: str) -> None:
    named = _DESK.fullmatch(desk) and _EPOCH.fullmatch(epoch) and _HASH.fullmatch(digest)
    if not (named and _whole(seq) and 1 <= seq < 1 << 27):
        raise ValueError("head")


def _is_time(value: object) -> bool:
    return _whole(value) and EARLIEST <= value <= LATEST


def _whole(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


def bundle_message(manifest: bytes) -> bytes:
    """The bytes the sender's Ed25519 key signs."""
    return PURPOSE_BUNDLE + manifest


def one_line(text: str) -> str:
    """A station's name as a manifest takes it: composed, printable, one line."""
    words = " ".join(unicodedata.normalize("NFC", text).split())
    return "".join(filter(str.isprintable, words))[:LONGEST_TEXT]


def file_name(desk: str, first: int, last: int, bundle: str) -> str:
    """FAT32-safe, ASCII, and tells a finder no more than desk and range; the tail keeps two apart."""
    return f"{desk}_{first}-{last}_{bundle[:8]}{SUFFIX}"
