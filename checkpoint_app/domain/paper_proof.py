"""What the codes of a printed sheet carry, so that the sheet can be held against the ledger later.

    CPH1:<part>.<parts>:<tag>:<base32 of the part>

All parts together are: format 1; desk and shift, each a length and ASCII; epoch (8 bytes); first, seq; hash
(32 bytes); then how many seals, and of each how far its number lies above the one before and the first 8
bytes of its entry's hash. Numbers are 7 bits a byte, the lowest first, the highest bit set where more follow.
The tag is the start of SHA-256("cp1.paper\\0" || all bytes), hex: parts of two sheets do not mix, and a slip
is noticed.

Base32 and not base45: 7 in 100 longer, but no blank and no sign that a keyboard or an input method changes.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from checkpoint_app.domain.errors import Refusal

PURPOSE = b"cp1.paper\0"
FORMAT = 1
SEALS_A_TEXT = 60
MOST_TEXT = 1_400  # characters of one code that a webcam still reads
LONGEST_TEXT = 2 * MOST_TEXT + 400  # with blanks, as somebody may type it
MOST_PARTS = 40
MOST_SEALS = 2_000
SEAL_BYTES = 8
TAG_DIGITS = 8
LARGEST = 2**53 - 1

_TEXT = re.compile(rf"CPH1:([1-9][0-9]?)\.([1-9][0-9]?):([0-9A-F]{{{TAG_DIGITS}}}):([A-Z2-7]{{1,4000}})")
_DESK = re.compile(rb"[A-Z0-9](?:[A-Z0-9-]{0,22}[A-Z0-9])?")
_SHIFT = re.compile(rb"[A-Za-z0-9.:_-]{1,48}")


class ProofUnreadable(Refusal):
    """The texts are no whole proof; facts: reason (form, part, mixed, damaged)."""


@dataclass(frozen=True, slots=True)
class PaperProof:
    """The end of a sheet's chain, `seq` and `hash` (64 hex) of the head that its seal signed, and of every
    seal from the one before the shift's `first` entry on: its number and the first 8 bytes of its hash.
    """

    desk: str
    epoch: str
    first: int
    seq: int
    hash: str
    seals: tuple[tuple[int, bytes], ...] = ()
    shift: str = ""


def texts(proof: PaperProof, *, most: int = SEALS_A_TEXT) -> tuple[str, ...]:
    """The codes of a sheet; one carries up to about `most` seals, what is more stands in further ones."""
    data = _encoded(proof)
    tag = _tag(data)
    size = min(most * (SEAL_BYTES + 2) + 120, MOST_TEXT * 5 // 8 - 32)
    count = max(1, -(-len(data) // size))
    size = -(-len(data) // count)
    parts = [data[start : start + size] for start in range(0, len(data), size)]
    return tuple(
        f"CPH1:{number}.{len(parts)}:{tag}:{base64.b32encode(part).decode().rstrip('=')}"
        for number, part in enumerate(parts, start=1)
    )


def part_of(text: str) -> tuple[int, int, str] | None:
    """Which part of how many, and of which sheet (the tag); None for any other text."""
    if not text.isascii() or len(text) > LONGEST_TEXT:
        return None
    found = _TEXT.fullmatch(_plain(text))
    if not found or int(found[1]) > int(found[2]):
        return None
    return int(found[1]), int(found[2]), found[3]


def read(scanned: Iterable[str]) -> PaperProof:
    """The proof behind all codes of one sheet, in any order, also given twice; raises ProofUnreadable."""
    parts: dict[int, bytes] = {}
    wanted: set[tuple[int, str]] = set()
    for text in scanned:
        place = part_of(text)
        if place is None:
            raise ProofUnreadable(reason="form")
        number, count, tag = place
        wanted.add((count, tag))
        data = _bytes(_plain(text).rpartition(":")[2])
        if len(wanted) > 1 or parts.setdefault(number, data) != data:
            raise ProofUnreadable(reason="mixed")
    count, tag = next(iter(wanted), (0, ""))
    if not count or count > MOST_PARTS or sorted(parts) != list(range(1, count + 1)):
        raise ProofUnreadable(reason="part", missing=[n for n in range(1, count + 1) if n not in parts])
    whole = b"".join(parts[number] for number in sorted(parts))
    if _tag(whole) != tag:
        raise ProofUnreadable(reason="damaged")
    return _decoded(whole)


def _plain(text: str) -> str:
    return "".join(text.split()).upper()


def _tag(data: bytes) -> str:
    return hashlib.sha256(PURPOSE + data).hexdigest()[:TAG_DIGITS].upper()


def _bytes(text: str) -> bytes:
    try:
        data = base64.b32decode(text + "=" * (-len(text) % 8))
    except ValueError:
        raise ProofUnreadable(reason="form") from None
    if base64.b32encode(data).decode().rstrip("=") != text:
        raise ProofUnreadable(reason="form")
    return data


def _encoded(proof: PaperProof) -> bytes:
    desk, shift = proof.desk.encode("ascii"), proof.shift.encode("ascii")
    out = bytearray((FORMAT, len(desk)))
    out += desk + bytes((len(shift),)) + shift
    out += bytes.fromhex(proof.epoch) + _number(proof.first) + _number(proof.seq) + bytes.fromhex(proof.hash)
    out += _number(len(proof.seals))
    before = 0
    for seq, digest in proof.seals:
        out += _number(seq - before) + digest[:SEAL_BYTES]
        before = seq
    return bytes(out)


def _decoded(data: bytes) -> PaperProof:
    """Only the bytes that `_encoded` makes are taken: whatever else is no proof."""
    try:
        proof = _taken(iter(data))
        again = _encoded(proof)
    except (StopIteration, ValueError, OverflowError):
        raise ProofUnreadable(reason="damaged") from None
    if again != data or not _possible(proof):
        raise ProofUnreadable(reason="damaged")
    return proof


def _taken(data: Iterator[int]) -> PaperProof:
    if next(data) != FORMAT:
        raise ValueError("format")
    desk = _some(data, next(data))
    shift = _some(data, next(data))
    if not _DESK.fullmatch(desk) or not (not shift or _SHIFT.fullmatch(shift)):
        raise ValueError("names")
    epoch, first, seq = _some(data, 8), _integer(data), _integer(data)
    digest, count = _some(data, 32), _integer(data)
    if count > MOST_SEALS:
        raise ValueError("seals")
    seals, place = [], 0
    for _ in range(count):
        place += _integer(data)
        seals.append((place, _some(data, SEAL_BYTES)))
    return PaperProof(desk.decode(), epoch.hex(), first, seq, digest.hex(), tuple(seals), shift.decode())


def _possible(proof: PaperProof) -> bool:
    """Numbers that a chain can have: seals rise, nothing is before the first entry or after its end."""
    numbers = [seq for seq, _digest in proof.seals]
    rising = all(low < high for low, high in zip([0, *numbers], numbers, strict=False))
    return rising and 1 <= proof.first <= proof.seq <= LARGEST and all(n <= LARGEST for n in numbers)


def _number(value: int) -> bytes:
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)
    return bytes(out)


def _integer(data: Iterator[int]) -> int:
    value = 0
    for shift in range(0, 56, 7):
        byte = next(data)
        value |= (byte & 127) << shift
        if byte < 128:
            return value
    raise ValueError("number")


def _some(data: Iterator[int], count: int) -> bytes:
    found = bytes(islice(data, count))
    if len(found) < count:
        raise ValueError("short")
    return found
