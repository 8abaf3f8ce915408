"""Reads bundles, whoever wrote them: every check in its order, nothing inflated before the sender is known.

The file is gone through twice. The first time proves who packed the payload and that it is whole; only then
it is inflated, under caps, entry by entry. See resources/formats/bundle-1.md.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import BinaryIO

import zstandard

from checkpoint_app.crypto import envelope
from checkpoint_app.crypto.desk import signature_fits
from checkpoint_app.crypto.envelope import EnvelopeRefused, ExchangeKey
from checkpoint_app.domain.bundles import (
    LARGEST_FILE,
    LARGEST_INFLATED,
    LARGEST_MANIFEST,
    MAGIC,
    MOST_AMPLIFIED,
    MOST_ENTRIES,
    BundleRefused,
    BundleStopped,
    Manifest,
    bundle_message,
    read_manifest,
)
from checkpoint_app.domain.entry import LONGEST_PART, seal_message
from checkpoint_app.domain.trust import Trust
from checkpoint_app.storage.bundle_entries import LINES, Following
from checkpoint_app.storage.checked import Checked

SIGNATURE = 64
SLICE = 512
"""Packed bytes inflated at once: an RLE block of 4 bytes gives 128 KiB, so at most 16 MiB come out."""
PIECE = 64 << 10  # inflated bytes made into lines at once: 16 MiB of line ends would be 16 million lines
WINDOW = 8 << 20
BATCH = 500
HELD = 4 << 20  # or a batch has as many bytes as this
Progress = Callable[[int, int], bool]
"""Gets how many entries are done of how many; False ends the work."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A bundle that passed every check. `file_digest`: SHA-256 (hex) of the file; `entries`: their number.

    Of `manifest.announced` only heads are left whose seal fits a key we know.
    """

    manifest: Manifest
    file_digest: str
    entries: int


def read_bundle(
    source: BinaryIO,
    *,
    trust: Trust,
    identities: Sequence[str],
    sink: Callable[[Sequence[Checked]], None],
    progress: Progress = lambda _done, _all: True,
) -> Taken:
    """Checks a bundle and hands its entries to `sink` in batches, in order.

    The sink may only stage them: their range is proved by the seal at its end, the bundle when this returns.
    `identities` are our age keys (AGE-SECRET-KEY-1…). Raises BundleRefused, BundleStopped, and what source
    and sink raise.
    """
    size = _size(source)
    proof = _Proof(trust, _recipients(identities))
    _open(source, proof.feed, identities)
    manifest = proof.proved()
    payload = _Payload(manifest, trust, sink, progress)
    frame = _Frame(lambda _said, _signature: None, payload.feed)
    file = _Hashed(source)
    _open(file, frame.feed, identities)
    payload.end()
    if file.size != size:
        raise BundleRefused(check="size", size=file.size, told=size)
    return Taken(manifest, file.digest.hexdigest(), payload.entries)


def peek(source: BinaryIO, *, trust: Trust, identities: Sequence[str]) -> Manifest:
    """What a bundle says of itself, its sender proved, nothing else read; raises BundleRefused."""
    _size(source)
    proof = _Proof(trust, _recipients(identities), only_manifest=True)
    try:
        _open(source, proof.feed, identities)
    except _Seen as seen:
        return seen.manifest
    raise BundleRefused(check="magic", reason="too short")


class _Seen(Exception):  # noqa: N818 - enough was read
    def __init__(self, manifest: Manifest) -> None:
        super().__init__()
        self.manifest = manifest


def _size(source: BinaryIO) -> int:
    size = source.seek(0, os.SEEK_END)
    if size > LARGEST_FILE:
        raise BundleRefused(check="size", size=size, most=LARGEST_FILE)
    return size


def _recipients(identities: Sequence[str]) -> frozenset[str]:
    return frozenset(ExchangeKey.load(each).recipient for each in identities)


def _open(source: BinaryIO | _Hashed, sink: Callable[[bytes], None], identities: Sequence[str]) -> None:
    source.seek(0)
    try:
        envelope.decrypt(source, sink, identities)
    except EnvelopeRefused as error:
        reason = error.facts["reason"]
        check = "recipient" if reason == "another key" else "envelope"
        raise BundleRefused(check=check, reason=reason) from error


class _Frame:
    """Takes the plain bytes of a frame apart: one call with manifest and signature, then the payload."""

    def __init__(self, heed: Callable[[bytes, bytes], None], payload: Callable[[bytes], None]) -> None:
        self._heed, self._payload = heed, payload
        self._start: bytearray | None = bytearray()

    def feed(self, data: bytes) -> None:
        """The next plain bytes; raises BundleRefused (magic, manifest)."""
        if self._start is None:
            self._payload(data)
            return
        self._start += data
        begun = bytes(self._start[: len(MAGIC)])
        if not MAGIC.startswith(begun):
            raise BundleRefused(check="magic", found=begun.hex())
        if len(self._start) < 8:
            return
        length = int.from_bytes(self._start[4:8], "big")
        if not 2 <= length <= LARGEST_MANIFEST:
            raise BundleRefused(check="manifest", size=length, most=LARGEST_MANIFEST)
        end = 8 + length + SIGNATURE
        if len(self._start) >= end:
            start, self._start = bytes(self._start), None
            self._heed(start[8 : 8 + length], start[8 + length : end])
            self._payload(start[end:])


class _Proof:
    """The first way through the file: who packed the payload, for whom, and that it is whole."""

    def __init__(self, trust: Trust, recipients: frozenset[str], *, only_manifest: bool = False) -> None:
        self._trust, self._recipients, self._only = trust, recipients, only_manifest
        self._frame = _Frame(self._heed, self._count)
        self._manifest: Manifest | None = None
        self._digest = hashlib.sha256()
        self._packed = 0
        self.feed = self._frame.feed

    def proved(self) -> Manifest:
        """The manifest, once everything was fed; raises BundleRefused (magic, digest)."""
        if self._manifest is None:
            raise BundleRefused(check="magic", reason="too short")
        if self._packed != self._manifest.packed or self._digest.hexdigest() != self._manifest.digest:
            raise BundleRefused(check="digest", sender=self._manifest.sender)
        return self._manifest

    def _heed(self, said: bytes, signature: bytes) -> None:
        self._manifest = checked_manifest(said, signature, trust=self._trust, recipients=self._recipients)
        if self._only:
            raise _Seen(self._manifest)

    def _count(self, data: bytes) -> None:
        self._digest.update(data)
        self._packed += len(data)


def checked_manifest(said: bytes, signature: bytes, *, trust: Trust, recipients: frozenset[str]) -> Manifest:
    """The manifest after every check that needs nothing else of the file; raises BundleRefused."""
    manifest = read_manifest(said)
    key = _sender_key(manifest, trust)
    if not signature_fits(key, bundle_message(said), signature):
        raise BundleRefused(check="signature", sender=manifest.sender)
    if recipients.isdisjoint(manifest.to):
        raise BundleRefused(check="recipient", sender=manifest.sender, reason="not named")
    _check_desks(manifest, trust)
    _check_numbers(manifest)
    proved = tuple(told for told in manifest.announced if trust.believes(told.desk))
    for told in proved:
        public = trust.keys.get((told.desk, told.key), b"")
        if not signature_fits(public, seal_message(told.head, key=told.key), bytes.fromhex(told.signature)):
            raise BundleRefused(check="seal", sender=manifest.sender, desk=told.desk, seq=told.seq)
    return replace(manifest, announced=proved)


def _sender_key(manifest: Manifest, trust: Trust) -> bytes:
    sender = manifest.sender
    if not trust.knows(sender):
        raise BundleRefused(check="sender", sender=sender)
    if trust.revoked(sender):
        raise BundleRefused(check="revoked", sender=sender, desk=sender)
    key = trust.keys.get((sender, manifest.key))
    if key is None:
        raise BundleRefused(check="sender", sender=sender, key=manifest.key)
    return key


def _check_desks(manifest: Manifest, trust: Trust) -> None:
    for each in manifest.ranges:
        if not trust.knows(each.desk):
            raise BundleRefused(check="desk", sender=manifest.sender, desk=each.desk)
        if trust.revoked(each.desk):
            raise BundleRefused(check="revoked", sender=manifest.sender, desk=each.desk)


def _check_numbers(manifest: Manifest) -> None:
    most = min(LARGEST_INFLATED, MOST_AMPLIFIED * manifest.packed)
    if manifest.inflated > most:
        raise BundleRefused(check="inflated", sender=manifest.sender, size=manifest.inflated, most=most)
    if manifest.count > MOST_ENTRIES:
        raise BundleRefused(
            check="inflated", sender=manifest.sender, entries=manifest.count, most=MOST_ENTRIES
        )


class _Payload:
    """The second way: inflates in slices and checks every entry."""

    def __init__(
        self, manifest: Manifest, trust: Trust, sink: Callable[[Sequence[Checked]], None], progress: Progress
    ) -> None:
        self._manifest, self._sink, self._progress = manifest, sink, progress
        desks = {each.desk for each in manifest.ranges}
        self._following = Following(manifest, keys={desk: trust.keys_of(desk) for desk in desks})
        self._inflater = zstandard.ZstdDecompressor(max_window_size=WINDOW).decompressobj()
        self._digest = hashlib.sha256()
        self._inflated = self._held = 0
        self._rest = b""
        self._lines: list[bytes] = []
        self.entries = 0

    def feed(self, data: bytes) -> None:
        """Packed bytes; raises BundleRefused (inflated, entry, chain, seal) and BundleStopped."""
        self._digest.update(data)
        for place in range(0, len(data), SLICE):
            self._take(self._inflate(data[place : place + SLICE]))

    def end(self) -> None:
        """Nothing comes any more; raises BundleRefused (inflated, digest, entry) if something should."""
        if self._digest.hexdigest() != self._manifest.digest:
            raise BundleRefused(check="digest", sender=self._manifest.sender)
        if not self._inflater.eof or self._inflated != self._manifest.inflated:
            raise self._bomb("another size than told")
        self._hand_over(all_of_them=True)
        if self._rest or self._lines or not self._following.ended:
            raise BundleRefused(check="entry", sender=self._manifest.sender, reason="fewer than told")

    def _inflate(self, data: bytes) -> bytes:
        if self._inflater.eof:
            raise self._bomb("more than one frame")
        try:
            plain = self._inflater.decompress(data)
        except zstandard.ZstdError as error:
            raise self._bomb(str(error)[:80]) from error
        self._inflated += len(plain)
        if self._inflater.unused_data:
            raise self._bomb("more than one frame")
        if self._inflated > self._manifest.inflated:
            raise self._bomb("more than told")
        return plain

    def _take(self, plain: bytes) -> None:
        for place in range(0, len(plain), PIECE):
            self._split(plain[place : place + PIECE])

    def _split(self, plain: bytes) -> None:
        lines = (self._rest + plain).split(b"\n")
        self._rest = lines.pop()
        if len(self._rest) > LONGEST_PART:
            raise BundleRefused(check="entry", sender=self._manifest.sender, reason="line too long")
        self._lines += lines
        self._held += len(plain)
        if self._held >= HELD or len(self._lines) >= BATCH * LINES:
            self._hand_over(all_of_them=self._held >= HELD)

    def _hand_over(self, *, all_of_them: bool) -> None:
        step = BATCH * LINES
        full = len(self._lines) - len(self._lines) % (LINES if all_of_them else step)
        for place in range(0, full, step):
            some = list(self._following.checked(self._lines[place : min(place + step, full)]))
            self._sink(some)
            self.entries += len(some)
            if not self._progress(self.entries, self._manifest.count):
                raise BundleStopped
        del self._lines[:full]
        self._held = 0

    def _bomb(self, reason: str) -> BundleRefused:
        return BundleRefused(check="inflated", sender=self._manifest.sender, reason=reason)


class _Hashed:
    """The file, with digest and number of the bytes read."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self.digest = hashlib.sha256()
        self.size = 0

    def seek(self, place: int) -> int:
        return self._source.seek(place)

    def read(self, size: int, /) -> bytes:
        data = self._source.read(size)
        self.digest.update(data)
        self.size += len(data)
        return data
