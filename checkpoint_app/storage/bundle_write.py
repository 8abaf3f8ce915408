"""Writes a bundle: payload packed first, then frame and envelope in one stream.

See resources/formats/bundle-1.md.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
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

LEVEL = 3  # its window is 2 MiB; a reader takes no more than 8
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
    packed, inflated = _pack(entries, label, progress)
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


def _pack(entries: Iterable[Entry], label: Label, progress: Progress) -> tuple[list[bytes], int]:
    """The payload in pieces and its inflated size."""
    packer = zstandard.ZstdCompressor(level=LEVEL).compressobj()
    packed: list[bytes] = []
    inflated = 0
    for lines in _batches(
        _in_ranges(entries, label.ranges), sum(each.count for each in label.ranges), progress
    ):
        inflated += len(lines)
        packed.append(packer.compress(lines))
    packed.append(packer.flush())
    return [piece for piece in packed if piece], inflated


def _batches(entries: Iterator[Entry], whole: int, progress: Progress) -> Iterator[bytes]:
    if whole > MOST_ENTRIES:
        raise ValueError("more entries than a reader takes")
    gathered: list[bytes] = []
    for done, entry in enumerate(entries, 1):
        gathered.append(lines_of(entry))
        if done % EVERY == 0 or done == whole:
            yield b"".join(gathered)
            gathered.clear()
            if not progress(done, whole):
                raise BundleStopped


def _in_ranges(entries: Iterable[Entry], ranges: Sequence[Range]) -> Iterator[Entry]:
    """The entries, as long as each range gets as many as it says and ends with the hash it says."""
    coming = iter(entries)
    for each in ranges:
        last = None
        for _number in range(each.count):
            last = next(coming, None)
            if last is None:
                raise ValueError("too few entries")
            yield last
        if last is None or last.hash.hex() != each.after:
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
