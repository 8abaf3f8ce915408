"""32 bytes as 18 pronounceable words: written on paper, read out, typed back.

Each word is 16 bits as consonant, vowel, consonant, vowel, consonant. The last two are check words over
GF(2**16), so that one wrong word among eighteen is named by its place instead of "something is wrong".

    check 1 = sum of w[i]          check 2 = sum of x**i * w[i]
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from checkpoint_app.crypto.errors import RecoveryWordsMissing, RecoveryWordsWrong

CONSONANTS = "bdfghjklmnprstvz"
VOWELS = "aiou"
DATA_WORDS = 16
WORDS = DATA_WORDS + 2
LONGEST_TEXT = 1024
_FIELD = 0x1100B  # x**16 + x**12 + x**3 + x + 1, primitive
_SHAPE = re.compile(rf"[{CONSONANTS}][{VOWELS}][{CONSONANTS}][{VOWELS}][{CONSONANTS}]")


def words_of(secret: bytes) -> tuple[str, ...]:
    """The words of 32 bytes, check words last."""
    numbers = [int.from_bytes(secret[place : place + 2], "big") for place in range(0, len(secret), 2)]
    if len(numbers) != DATA_WORDS:
        raise ValueError("32 bytes")
    return tuple(_spell(number) for number in (*numbers, *_checks(numbers)))


def secret_of(text: str) -> bytes:
    """The bytes behind typed words, whatever the case and whatever stands between them.

    Raises RecoveryWordsMissing, or RecoveryWordsWrong with the place of the wrong word (0: more than one).
    """
    words = re.findall(r"[^\W\d_]+", text[:LONGEST_TEXT].lower())
    if len(words) == 1 and len(words[0]) == 5 * WORDS:
        words = [words[0][place : place + 5] for place in range(0, 5 * WORDS, 5)]
    if len(words) != WORDS or len(text) > LONGEST_TEXT:
        raise RecoveryWordsMissing(found=len(words), expected=WORDS)
    for place, word in enumerate(words, 1):
        if not _SHAPE.fullmatch(word):
            raise RecoveryWordsWrong(place=place, word=word)
    numbers = [_number(word) for word in words]
    wrong = _wrong_place(numbers)
    if wrong is not None:
        raise RecoveryWordsWrong(place=wrong, word=words[wrong - 1] if wrong else "")
    return b"".join(number.to_bytes(2, "big") for number in numbers[:DATA_WORDS])


def _wrong_place(numbers: Sequence[int]) -> int | None:
    data, told = numbers[:DATA_WORDS], numbers[DATA_WORDS:]
    first, second = (known ^ found for known, found in zip(told, _checks(data), strict=True))
    if not first and not second:
        return None
    if not second:
        return DATA_WORDS + 1
    if not first:
        return DATA_WORDS + 2
    weighed = first
    for place in range(1, DATA_WORDS + 1):
        if weighed == second:
            return place
        weighed = _double(weighed)
    return 0


def _checks(data: Sequence[int]) -> tuple[int, int]:
    plain = weighed = 0
    for number in reversed(data):
        plain ^= number
        weighed = _double(weighed) ^ number
    return plain, weighed


def _double(number: int) -> int:
    doubled = number << 1
    return doubled ^ _FIELD if doubled > 0xFFFF else doubled


def _spell(number: int) -> str:
    return (
        CONSONANTS[number >> 12]
        + VOWELS[number >> 10 & 3]
        + CONSONANTS[number >> 6 & 15]
        + VOWELS[number >> 4 & 3]
        + CONSONANTS[number & 15]
    )


def _number(word: str) -> int:
    number = 0
    for place, letter in enumerate(word):
        number = number << 2 | VOWELS.index(letter) if place % 2 else number << 4 | CONSONANTS.index(letter)
    return number
