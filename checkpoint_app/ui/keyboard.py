"""Typed or scanned: a hand scanner is a keyboard that is too fast for fingers. Pure.

Every key waits until none has followed for `HOLD_MS`; keys further apart than that never belong together.
Six to eleven signs are a scanner's when nearly all of their gaps are shorter than `FINGERS_MS`: the fastest
typists need 60 ms a key over a word, and roll two or three keys, not six, in less. Twelve without a single
pause are a scanner's at any speed. The times are those at which the keys were pressed, so that keys which
piled up while the window was busy are told apart as well.

An input method in between commits pieces and changes signs to their full-width forms; the forms are folded
back. Where it made words of the scanned letters, the scan is spoilt and nobody can mend it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import pairwise

HOLD_MS = 60
REST_MS = 400
FINGERS_MS, NEARLY_ALL = 30, 0.8
SHORTEST_SCAN, SURELY = 6, 12
LONGEST_GAP_MS = 10_000
"""Two stamps further apart come from two clocks, and say nothing about each other."""
ENTER, TAB = "\r", "\t"

PUNCTUATION: Mapping[str, str] = {
    "。": ".",
    "、": "/",
    "·": "`",
    "￥": "$",
    "…": "^",
    "—": "_",
    "《": "<",
    "》": ">",
    "〈": "<",
    "〉": ">",
    "“": '"',
    "”": '"',
    "‘": "'",
    "’": "'",
    "【": "[",
    "】": "]",
    "「": "{",
    "」": "}",
    "\u3000": " ",
}
"""What Chinese input methods make of these keys, beside the full-width forms U+FF01 to U+FF5E."""


class Kind(Enum):
    """What a pressed key is to the hold."""

    SIGN = auto()  # a character, ENTER or TAB
    PIECE = auto()  # text an input method lets through, of one character or several
    SHIFT = auto()  # Shift and its like: only their time counts
    KEPT = auto()  # a key an input method keeps; the text is all that it keeps by now
    OTHER = auto()  # prints nothing and does something: F1, arrows, Ctrl with a key


@dataclass(frozen=True, slots=True)
class Key:
    """One pressed key. `stamp` is its own time, ms of any clock, 0 when it has none; `came` when it reached
    the window, ms of one clock. `event` is what is handed on when fingers pressed it."""

    kind: Kind
    text: str = ""
    stamp: int = 0
    came: int = 0
    shift: bool = False
    event: object = None


@dataclass(frozen=True, slots=True)
class Scanned:
    """What a scanner sent, without its closing Enter or Tab; Enter inside is a line feed.

    `ended`: with such a closing key. `spoilt`: an input method made words of it.
    """

    text: str
    ended: bool = False
    spoilt: bool = False


@dataclass(frozen=True, slots=True)
class Typed:
    """Keys in the order in which they were pressed."""

    keys: tuple[Key, ...]

    @property
    def text(self) -> str:
        return "".join(key.text for key in self.keys)


class Hold:
    """Keys that wait to be judged."""

    def __init__(self) -> None:
        self._keys: list[Key] = []

    @property
    def waiting(self) -> bool:
        return bool(self._keys)

    def press(self, key: Key) -> bool:
        """Keeps a key; True: it waits. Enter, Tab and what prints nothing wait only behind others."""
        alone = key.kind is Kind.OTHER or key.text in {ENTER, TAB}
        if alone and not self._keys:
            return False
        self._keys.append(key)
        return True

    def release(self) -> tuple[Scanned | Typed, ...]:
        """What the waiting keys were, in order, now that the time is over."""
        keys, self._keys = self._keys, []
        groups: list[list[Key]] = []
        for key in keys:
            if not groups or _pauses(groups[-1][-1], key):
                groups.append([])
            groups[-1].append(key)
        return tuple(_judged(group) for group in groups)


def gap(earlier: Key, later: Key) -> int:
    """Milliseconds between two keys: by their own times where these can be compared."""
    return later.stamp - earlier.stamp if _comparable(earlier, later) else later.came - earlier.came


def _pauses(earlier: Key, later: Key) -> bool:
    """Whether fingers or the scanner rested between two keys. What arrives late may only mean that the window
    was busy: without times of their own, keys that waited together are parted by a longer rest alone."""
    return gap(earlier, later) >= (HOLD_MS if _comparable(earlier, later) else REST_MS)


def _comparable(earlier: Key, later: Key) -> bool:
    return bool(earlier.stamp and later.stamp) and 0 <= later.stamp - earlier.stamp < LONGEST_GAP_MS


def folded(text: str) -> str:
    """Full-width forms and Chinese punctuation as the keys that were pressed for them."""
    text = text.replace("……", "^").replace("——", "_")
    return "".join(_folded(sign) for sign in text)


def _folded(sign: str) -> str:
    if "\uff01" <= sign <= "\uff5e":
        return chr(ord(sign) - 0xFEE0)
    return PUNCTUATION.get(sign, sign)


def _judged(group: Sequence[Key]) -> Scanned | Typed:
    """A scanner's text or typed keys; keys that do something inside a scan were never meant."""
    rhythm = [key for key in group if key.kind is not Kind.OTHER]
    sent = "".join(map(_sent, rhythm)) + _still_kept(rhythm)
    text = sent.rstrip(ENTER + TAB)
    if len(text) < SHORTEST_SCAN or not _too_fast(rhythm):
        return Typed(tuple(group))
    composed = any(key.kind in {Kind.PIECE, Kind.KEPT} for key in rhythm)
    spoilt = composed and not text.isascii()
    return Scanned(_cased(text, rhythm).replace(ENTER, "\n"), sent != text, spoilt)


def _too_fast(rhythm: Sequence[Key]) -> bool:
    """Whether no fingers have this rhythm."""
    strokes = sum(key.kind is not Kind.SHIFT for key in rhythm)
    if strokes < SHORTEST_SCAN:
        return False
    short = [gap(earlier, later) < FINGERS_MS for earlier, later in pairwise(rhythm)]
    return strokes >= SURELY or sum(short) >= NEARLY_ALL * len(short)


def _sent(key: Key) -> str:
    if key.kind is Kind.PIECE:
        return folded(key.text)
    return key.text if key.kind is Kind.SIGN else ""


def _still_kept(rhythm: Sequence[Key]) -> str:
    """The letters an input method had not let go at the end, without the gaps it shows between syllables."""
    last = next((key for key in reversed(rhythm) if key.kind is not Kind.SHIFT), None)
    if last is None or last.kind is not Kind.KEPT:
        return ""
    return folded(last.text).replace(" ", "").replace("'", "")


def _cased(text: str, rhythm: Sequence[Key]) -> str:
    """The text as it was sent: Shift that makes small letters means that Caps Lock turned all of them."""
    shifted = "".join(key.text for key in rhythm if key.kind is Kind.SIGN and key.shift)
    letters = [sign for sign in shifted if sign.isascii() and sign.isalpha()]
    return text.swapcase() if letters and all(sign.islower() for sign in letters) else text
