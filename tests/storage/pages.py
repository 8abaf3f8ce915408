"""Every page of an encrypted ledger in plain bytes, by the file format alone: the app has no part in it.

SQLCipher 4: AES-256-CBC over pages of 4,096 bytes whose last 80 are the vector (16) and an HMAC-SHA-512;
a raw key is the cipher's key. The first 16 bytes of the file are its salt. A log has frames of 24 + 4,096
bytes behind a head of 32.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

PAGE, RESERVED, SALT, FRAME, LOG_HEAD = 4096, 80, 16, 24, 32


def plain_pages(path: Path, key: bytes) -> Iterator[bytes]:
    """Pages of a database or a log, decrypted; noise where the key is another."""
    data = path.read_bytes()
    if path.name.endswith("-wal"):
        for start in range(LOG_HEAD, len(data) - FRAME, FRAME + PAGE):
            yield _plain(data[start + FRAME : start + FRAME + PAGE], key, first=_number(data, start) == 1)
    else:
        for start in range(0, len(data), PAGE):
            yield _plain(data[start : start + PAGE], key, first=start == 0)


def values_left(folder: Path, keys: Iterable[bytes], wanted: Iterable[bytes]) -> set[bytes]:
    """Which of the values stand in any file of the folder, as it is or decrypted with any of the keys."""
    found: set[bytes] = set()
    values = set(wanted)
    for path in folder.rglob("*"):
        if path.is_file():
            for text in (path.read_bytes(), *(b"".join(plain_pages(path, key)) for key in keys)):
                found |= _contained(text, values)
    return found


def _contained(text: bytes, values: set[bytes]) -> set[bytes]:
    """The values within `text`; looks for their few common beginnings first."""
    lengths = {
        length: {value for value in values if len(value) == length} for length in set(map(len, values))
    }
    beginnings = re.compile(b"|".join(re.escape(start) for start in {value[:4] for value in values}))
    places = [match.start() for match in beginnings.finditer(text)]
    return {
        text[place : place + length]
        for length, some in lengths.items()
        for place in places
        if text[place : place + length] in some
    }


def _number(data: bytes, frame: int) -> int:
    return int.from_bytes(data[frame : frame + 4], "big")


def _plain(page: bytes, key: bytes, *, first: bool) -> bytes:
    page = page.ljust(PAGE, b"\0")
    vector = page[PAGE - RESERVED : PAGE - RESERVED + 16]
    decryptor = Cipher(algorithms.AES(key), modes.CBC(vector)).decryptor()
    return decryptor.update(page[SALT if first else 0 : PAGE - RESERVED]) + decryptor.finalize()
