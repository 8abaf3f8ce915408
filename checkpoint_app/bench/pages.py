"""Every page of an encrypted ledger in plain bytes, by the file format alone: the app has no part in it.

SQLCipher 4: AES-256-CBC over pages of 4,096 bytes whose last 80 are the vector (16) and an HMAC-SHA-512;
a raw key is the cipher's key. The first 16 bytes of the file are its salt. A log has frames of 24 + 4,096
bytes behind a head of 32.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

PAGE, RESERVED, SALT, FRAME, LOG_HEAD = 4096, 80, 16, 24, 32
BLOCK, OVERLAP = 4 * 1024 * 1024, 256


def plain_pages(path: Path, key: bytes) -> Iterator[bytes]:
    """Pages of a database or a log, decrypted; noise where the key is another."""
    with path.open("rb") as file:
        if path.name.endswith("-wal"):
            file.seek(LOG_HEAD)
            while len(frame := file.read(FRAME + PAGE)) > FRAME:
                yield _plain(frame[FRAME:], key, first=int.from_bytes(frame[:4], "big") == 1)
        else:
            while page := file.read(PAGE):
                yield _plain(page, key, first=file.tell() == len(page))


def values_left(folder: Path, keys: Iterable[bytes], wanted: Iterable[bytes]) -> set[bytes]:
    """Which of the values stand in any file of the folder, as it is or decrypted with any of the keys."""
    sought = Sought(frozenset(wanted))
    found: set[bytes] = set()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            found |= sought.within(_blocks(path))
            for key in keys:
                found |= sought.within(_joined(plain_pages(path, key)))
    return found


@dataclass(frozen=True, slots=True)
class Sought:
    """Many values looked for at once: by their few common beginnings, then whole."""

    values: frozenset[bytes]

    def within(self, blocks: Iterable[bytes]) -> set[bytes]:
        """The values that stand in any of the blocks."""
        lengths = sorted(set(map(len, self.values)))
        starts = sorted({value[:3] for value in self.values})
        beginnings = re.compile(b"|".join(map(re.escape, starts)))
        return {
            block[match.start() : match.start() + length]
            for block in blocks
            for match in beginnings.finditer(block)
            for length in lengths
            if block[match.start() : match.start() + length] in self.values
        }


def _blocks(path: Path) -> Iterator[bytes]:
    """The file as it is, in pieces that overlap by more than any value is long."""
    with path.open("rb") as file:
        rest = b""
        while block := file.read(BLOCK):
            yield rest + block
            rest = block[-OVERLAP:]


def _joined(pages: Iterator[bytes]) -> Iterator[bytes]:
    while some := b"".join(islice(pages, BLOCK // PAGE)):
        yield some


def _plain(page: bytes, key: bytes, *, first: bool) -> bytes:
    page = page.ljust(PAGE, b"\0")
    vector = page[PAGE - RESERVED : PAGE - RESERVED + 16]
    decryptor = Cipher(algorithms.AES(key), modes.CBC(vector)).decryptor()
    return decryptor.update(page[SALT if first else 0 : PAGE - RESERVED]) + decryptor.finalize()
