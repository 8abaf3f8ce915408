"""Bech32 (BIP 173) as age uses it: without the length limit of addresses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
CHECK_LETTERS = 6
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)


def encode(prefix: str, data: bytes) -> str:
    """Lower-case text of `data` under a lower-case prefix."""
    values = list(_regroup(data, of=8, to=5, pad=True))
    remainder = _polymod([*_expand(prefix), *values, *[0] * CHECK_LETTERS]) ^ 1
    check = [(remainder >> 5 * (CHECK_LETTERS - 1 - place)) & 31 for place in range(CHECK_LETTERS)]
    return prefix + "1" + "".join(ALPHABET[value] for value in (*values, *check))


def decode(prefix: str, text: str) -> bytes:
    """The bytes behind a text in one case; raises ValueError for another prefix or any error in it."""
    if text not in (text.lower(), text.upper()):
        raise ValueError("mixed case")
    head, _, tail = text.lower().rpartition("1")
    if head != prefix or len(tail) < CHECK_LETTERS:
        raise ValueError("prefix")
    values = [ALPHABET.index(letter) for letter in tail]
    if _polymod([*_expand(prefix), *values]) != 1:
        raise ValueError("check")
    return bytes(_regroup(values[:-CHECK_LETTERS], of=5, to=8, pad=False))


def _polymod(values: Iterable[int]) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for place, factor in enumerate(_GENERATOR):
            check ^= factor if top >> place & 1 else 0
    return check


def _expand(prefix: str) -> list[int]:
    return [ord(letter) >> 5 for letter in prefix] + [0] + [ord(letter) & 31 for letter in prefix]


def _regroup(values: Iterable[int], *, of: int, to: int, pad: bool) -> Iterator[int]:
    held = bits = 0
    for value in values:
        held, bits = (held << of | value) & 0xFFFF, bits + of
        while bits >= to:
            bits -= to
            yield held >> bits & ((1 << to) - 1)
    rest = held & ((1 << bits) - 1)
    if pad and bits:
        yield rest << (to - bits)
    elif not pad and (bits >= of or rest):
        raise ValueError("padding")
