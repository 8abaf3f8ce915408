"""Writes a bundle: payload packed first, then frame and envelope in one stream.

See resources/formats/bundle-1.md.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO

import zstandard

from checkpoint_app import __version__
from checkpoint_app.crypto import envelope
from checkpoint_app.crypto.desk import DeskKey
from checkpoint_app.domain.bundles import (
    LARGEST_FILE,
    LARGEST_INFLATED,
    LARGEST_MANIFEST,
    MAGIC,
    MOST_ENTRIES,
    Announced,
    BundleStopped,
    Manifest,
    Range,
    bundle_message,
    one_line,
    read_manifest,
)
from checkpoint_app.domain.entry import Entry
from checkpoint_app.storage.bundle_entries import lines_of

LEVEL = 1  # of such lines it makes less than level 3 (279 bytes an entry, 301), in a third of the time
EVERY = 500
Progress = Callable[[int, int], bool]
"""Gets how many entries are done of how many; False ends the work."""


@dataclass(frozen=True, slots=True)
class Written:
    """What stands in the target now: `file_digest` is the SHA-256 (hex) of its `size` bytes."""

    manifest: Manifest
    file_digest: str
    size: int


@dataclass(frozen=True, slots=True)
class Label:
    """What the writer says of a bundle: `bundle` is its random id (32 hex), `made` ms UTC."""

    bundle: str
    sender: str
    station: str
    made: int
    ranges: tuple[Range, ...]
    announced: tuple[Announced, ...] = ()
    app: str = __version__


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of `count` entries in a row, all of one range; `last` is the hash of the last of them."""

    data: bytes
    count: int
    last: bytes


def write_bundle(
    target: BinaryIO,
    entries: Iterable[Entry],
    *,
    label: Label,
    key: DeskKey,
    recipients: Sequence[str],
    progress: Progress = lambda _done, _all: True,
) -> Written:
    """Writes one bundle of the label's ranges to `target`, which is neither synced nor closed.

    `entries` come in the order of the ranges, each of which must end with a seal. The packed payload is held
    in memory, about 200 bytes an entry. Raises BundleStopped, EnvelopeRefused (recipient), what the target
    raises, and ValueError or BundleRefused for what nobody could take: entries that are not the label's.
    """
    return write_lines(
        target,
        _lines(entries, label.ranges),
        label=label,
        key=key,
        recipients=recipients,
        progress=progress,
    )


def write_lines(
    target: BinaryIO,
    lines: Iterable[Lines],
    *,
    label: Label,
    key: DeskKey,
    recipients: Sequence[str],
    progress: Progress = lambda _done, _all: True,
) -> Written:
    """The same for entries whose lines were made where they lie, see `outgoing.lines_between`."""
    packed, inflated = _pack(lines, label, progress)
    manifest = Manifest(
        bundle=label.bundle,
        sender=label.sender,
        key=key.key_id,
        station=one_line(label.station),
        made=label.made,
        app=label.app,
        to=tuple(recipients),
        ranges=label.ranges,
        announced=label.announced,
        packed=sum(map(len, packed)),
        inflated=inflated,
        digest=_digest(packed),
    )
    said = manifest.encode()
    read_manifest(said)
    if len(said) > LARGEST_MANIFEST or manifest.packed > LARGEST_FILE or inflated > LARGEST_INFLATED:
        raise ValueError("larger than a reader takes")
    counted = _Counted(target)
    frame = (MAGIC, len(said).to_bytes(4, "big"), said, key.sign(bundle_message(said)), *packed)
    envelope.encrypt(_Pieces(frame), counted, recipients)
    return Written(manifest, counted.digest.hexdigest(), counted.size)


def _pack(lines: Iterable[Lines], label: Label, progress: Progress) -> tuple[list[bytes], int]:
    """The payload in pieces and its inflated size."""
    whole = sum(each.count for each in label.ranges)
    if whole > MOST_ENTRIES:
        raise ValueError("more entries than a reader takes")
    packer = zstandard.ZstdCompressor(level=LEVEL).compressobj()
    packed: list[bytes] = []
    inflated = done = 0
    for each in _in_ranges(lines, label.ranges):
        inflated, done = inflated + len(each.data), done + each.count
        packed.append(packer.compress(each.data))
        if not progress(done, whole):
            raise BundleStopped
    packed.append(packer.flush())
    return [piece for piece in packed if piece], inflated


def _lines(entries: Iterable[Entry], ranges: Sequence[Range]) -> Iterator[Lines]:
    """Entries in parts of at most EVERY, none of which reaches from one range into the next."""
    coming = iter(entries)
    for each in ranges:
        left = each.count
        while part := list(islice(coming, min(left, EVERY))):
            left -= len(part)
            yield Lines(b"".join(map(lines_of, part)), len(part), part[-1].hash)
    if next(coming, None) is not None:
        raise ValueError("too many entries")


def _in_ranges(lines: Iterable[Lines], ranges: Sequence[Range]) -> Iterator[Lines]:
    """The parts, as long as each range gets as many entries as it says and ends with the hash it says."""
    coming = iter(lines)
    for each in ranges:
        left, last = each.count, b""
        while left > 0 and (part := next(coming, None)) is not None:
            left, last = left - part.count, part.last
            yield part
        if left > 0:
            raise ValueError("too few entries")
        if left < 0 or last.hex() != each.after:
            raise ValueError("another end than the range says")
    if next(coming, None) is not None:
        raise ValueError("too many entries")


def _digest(pieces: Iterable[bytes]) -> str:
    found = hashlib.sha256()
    for piece in pieces:
        found.update(piece)
    return found.hexdigest()


class _Pieces:
    """Pieces read as one stream."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = iter(pieces)
        self._piece = memoryview(b"")

    def read(self, size: int, /) -> bytes:
        while not self._piece:
            piece = next(self._pieces, None)
            if piece is None:
                return b""
            self._piece = memoryview(piece)
        given, self._piece = self._piece[:size], self._piece[size:]
        return bytes(given)


class _Counted:
    """The target, with the digest and number of the bytes that went into it."""

    def __init__(self, target: BinaryIO) -> None:
        self._target = target
        self.digest = hashlib.sha256()
        self.size = 0

    def write(self, data: bytes, /) -> None:
        self._target.write(data)
        self.digest.update(data)
        self.size += len(data)
