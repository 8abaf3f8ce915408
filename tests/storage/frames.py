"""Bundles taken apart and put together wrongly: what somebody else might send."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import zstandard

from checkpoint_app.crypto.desk import DeskKey
from checkpoint_app.crypto.envelope import ExchangeKey, decrypt, encrypt
from checkpoint_app.domain import canonical
from checkpoint_app.domain.bundles import MAGIC, BundleRefused, bundle_message
from tests.domain.chains import KEY
from tests.storage.bundles import EXCHANGE, taken

Said = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands in the envelope."""

    said: bytes
    signature: bytes
    payload: bytes
    magic: bytes = MAGIC
    length: int | None = None

    def plain(self) -> bytes:
        """Its bytes; `length` is told instead of the manifest's own."""
        told = len(self.said) if self.length is None else self.length
        return self.magic + told.to_bytes(4, "big") + self.said + self.signature + self.payload

    def file(self, *recipients: str) -> bytes:
        """In an envelope anybody can make."""
        return sealed(self.plain(), *recipients)

    @property
    def manifest(self) -> Said:
        value = canonical.decode(self.said)
        assert isinstance(value, dict)
        return value

    @property
    def inflated(self) -> bytes:
        return zstandard.ZstdDecompressor().decompressobj().decompress(self.payload)


def sealed(plain: bytes, *recipients: str) -> bytes:
    """An envelope for headquarters, or for these."""
    target = io.BytesIO()
    encrypt(io.BytesIO(plain), target, recipients or (EXCHANGE.recipient,))
    return target.getvalue()


def opened(data: bytes, *, key: ExchangeKey = EXCHANGE) -> Frame:
    """The frame of a bundle."""
    plain = bytearray()
    decrypt(io.BytesIO(data), plain.extend, [key.identity])
    end = 8 + int.from_bytes(plain[4:8], "big")
    return Frame(bytes(plain[8:end]), bytes(plain[end : end + 64]), bytes(plain[end + 64 :]))


def signed(
    frame: Frame,
    changes: Mapping[str, Any] | None = None,
    *,
    payload: bytes | None = None,
    key: DeskKey = KEY,
) -> Frame:
    """The frame with another manifest, signed by who has the key; the numbers follow the payload."""
    said = frame.manifest
    if payload is not None:
        said |= {"packed": len(payload), "digest": hashlib.sha256(payload).hexdigest()}
    data = canonical.encode(said | dict(changes or {}))
    packed = frame.payload if payload is None else payload
    return replace(frame, said=data, signature=key.sign(bundle_message(data)), payload=packed)


def repacked(frame: Frame, lines: bytes, changes: Mapping[str, Any] | None = None) -> Frame:
    """The frame with another content, signed by the sender."""
    told = {"inflated": len(lines)} | dict(changes or {})
    return signed(frame, told, payload=zstandard.ZstdCompressor(level=3).compress(lines))


def with_line(frame: Frame, number: int, change: Callable[[bytes], bytes]) -> Frame:
    """The frame with one line changed, signed by the sender; lines count from 0, four an entry."""
    lines = frame.inflated.split(b"\n")
    lines[number] = change(lines[number])
    return repacked(frame, b"\n".join(lines))


def refusal(data: bytes, **reading: Any) -> BundleRefused | None:
    """What headquarters says; None when it takes the bundle."""
    try:
        taken(data, **reading)
    except BundleRefused as error:
        return error
    return None


def check_of(data: bytes, **reading: Any) -> str:
    """The check that refuses the file; blank when it is taken."""
    found = refusal(data, **reading)
    return str(found.facts["check"]) if found else ""


def rle(count: int, *, byte: bytes = b"\n", window: int = 8 << 20) -> bytes:
    """A zstd frame of `count` RLE blocks, each of 4 bytes and 128 KiB inflated (RFC 8878, 3.1.1)."""
    log = window.bit_length() - 1
    start = b"\x28\xb5\x2f\xfd\x00" + bytes([(log - 10) << 3])
    block = (1 << 1 | (128 << 10) << 3).to_bytes(3, "little") + byte
    last = (1 | 1 << 1 | (128 << 10) << 3).to_bytes(3, "little") + byte
    return start + block * (count - 1) + last


def every(count: int, whole: Sequence[int]) -> list[int]:
    """Places spread over `whole`."""
    return [whole[place * len(whole) // count] for place in range(min(count, len(whole)))]
