"""Bundles made to use up memory or time; read in a process of their own, which tells what they cost.

python -m tests.storage.bombs make FOLDER     writes them
python -m tests.storage.bombs read FOLDER     a line each: name, check, seconds, MiB at the most so far
python -m tests.storage.bombs loose FOLDER    one of them, without what bounds the memory
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import zstandard

from checkpoint_app.crypto.envelope import VERSION_LINE
from checkpoint_app.domain.bundles import MOST_AMPLIFIED, BundleRefused
from checkpoint_app.domain.canonical import Value
from checkpoint_app.domain.entry import (
    Entry,
    Fact,
    Head,
    build,
    entry_hash,
    head_after,
    public_digest,
    read_header,
)
from checkpoint_app.storage import bundle_read
from checkpoint_app.storage.bundle import read_bundle
from tests.domain.chains import STAMP, grow
from tests.storage.bundles import EXCHANGE, made, peer, trusting
from tests.storage.frames import opened, rle, sealed, signed

ENTRIES = grow(5)
FRAME = opened(made(ENTRIES).data)
NOISE = random.Random(7).randbytes(8 << 20)


def blown_up(byte: bytes, *, noise: int = 6 << 20) -> bytes:
    """The most that a manifest may say: fifty times what is packed, most of which is noise."""
    told = min(1 << 30, MOST_AMPLIFIED * noise)
    return signed(FRAME, {"inflated": told}, payload=rle(8_190, byte=byte) + NOISE[:noise]).file()


def slack(byte: bytes, megabytes: int) -> bytes:
    """Valid zstd that ends, told truly, within the proportion."""
    plain = byte * (megabytes << 20) + NOISE[: megabytes << 15]
    payload = zstandard.ZstdCompressor(level=1).compress(plain)
    return signed(FRAME, {"inflated": len(plain)}, payload=payload).file()


def part_of(inside: bytes) -> bytes:
    """A desk's own sealed entry with that as a part of it, and noise for the proportion."""
    public = b'{"0":"' + NOISE[:10_000].hex().encode() + b'",' + inside
    header = replace(read_header(ENTRIES[0].header), public=public_digest(public), personal=None).encode()
    start = Entry(header, public, None, None, entry_hash(header))
    return made([start, *grow(5, head=head_after(start))]).data


def giants(count: int) -> bytes:
    """As sound as can be: entries with parts as long as they may be."""
    head, entries = Head("G107-S-1", "00000000000000f1"), []
    for number in range(count):
        noise = NOISE[number * 12_000 : (number + 1) * 12_000].hex()
        part: dict[str, Value] = {"n": noise + "x" * 230_000}
        fact = Fact("vehicle_crossed", f"{number:032x}", number, part, part)
        entries.append(build(head, fact, stamp=STAMP, salt=bytes(32)))
        head = head_after(entries[-1])
    return made([*entries, *grow(1, head=head)]).data


BOMBS: dict[str, Callable[[], bytes]] = {
    "age header without end": lambda: VERSION_LINE + b"-> X25519 AAAA\nAAAA\n" * 500_000,
    "age header of one line": lambda: VERSION_LINE + b"-> " + b"A" * (8 << 20),
    "age header, most recipients": lambda: (
        VERSION_LINE
        + (b"-> X25519 " + b"A" * 43 + b"\n" + b"A" * 43 + b"\n") * 660
        + b"--- "
        + b"A" * 43
        + b"\n"
    ),
    "sound but huge": lambda: giants(120),
    "envelope of noise": lambda: VERSION_LINE + NOISE,
    "frame of noise": lambda: sealed(NOISE),
    "manifest of 4 GiB": lambda: sealed(b"CPB1\xff\xff\xff\xff" + NOISE),
    "manifest nested": lambda: sealed(b"CPB1\x00\x00\xff\xff" + b"[" * 70_000),
    "manifest one number": lambda: sealed(b"CPB1\x00\x00\xff\xff" + b"9" * 70_000),
    "300 MB of line ends": lambda: blown_up(b"\n"),
    "300 MB of letters": lambda: blown_up(b"a"),
    "300 MB of nought": lambda: blown_up(b"\0"),
    "a hundred megabytes, told truly": lambda: slack(b"{", 100),
    "small windows": lambda: signed(FRAME, payload=rle(2_000, window=1 << 10)).file(),
    "the widest window": lambda: signed(FRAME, payload=rle(2_000, window=1 << 31)).file(),
    "JSON nested": lambda: part_of(b'"a":' + b"[" * 200_000),
    "JSON nested and closed": lambda: part_of(b'"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}"),
    "JSON one number": lambda: part_of(b'"a":' + b"9" * 200_000 + b"}"),
    "JSON empty lists": lambda: part_of(b'"a":[' + b"[]," * 80_000 + b"1.5]}"),
    "JSON many keys": lambda: part_of(b",".join(b'"%06d":1.5' % n for n in range(18_000)) + b"}"),
    "JSON foreign letters": lambda: part_of(b'"a":"' + "a\u8c6b".encode() * 60_000 + b'","b":1.5}'),
}


PATTERNS = {"read": "*", "loose": "*line ends*"}


def read(files: Iterable[Path]) -> Iterator[tuple[str, str, float, int]]:
    """Each bomb: name, check, seconds of reading, MiB that the process had at the most."""
    for file in files:
        begun = time.perf_counter()
        check = checked(file)
        took = time.perf_counter() - begun
        yield file.name, check, took, peak()


def peak() -> int:
    """MiB this process had at the most; what getrusage says counts whoever started it as well."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("VmHWM:")[1].split()[0]) >> 10


def checked(file: Path) -> str:
    """The check that refuses a file; what it holds goes nowhere."""
    with file.open("rb") as source:
        try:
            read_bundle(
                source, trust=trusting(peer()), identities=[EXCHANGE.identity], sink=lambda _some: None
            )
        except BundleRefused as error:
            return str(error.facts["check"])
    return ""


def make(folder: Path) -> None:
    """Writes them all."""
    for name, made_up in BOMBS.items():
        (folder / name).write_bytes(made_up())


if __name__ == "__main__":
    if sys.argv[1] == "make":
        make(Path(sys.argv[2]))
    else:
        if sys.argv[1] == "loose":
            bundle_read.SLICE, bundle_read.PIECE, bundle_read.HELD = 1024, 1 << 30, 1 << 30
        for told in read(sorted(Path(sys.argv[2]).glob(PATTERNS[sys.argv[1]]))):
            sys.stdout.write("\t".join(map(str, told)) + "\n")
