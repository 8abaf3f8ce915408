"""What a hand scanner's key numbers spell: Linux input-event codes, United States layout. Pure.

Every scanner leaves the factory with this layout, and it does not matter what layout the computer has: the
numbers come from the device itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

LONGEST = 7_089
"""Digits in the largest QR code; more than that is no code but a stuck key."""
_ROWS = (
    (2, "1234567890-=", "!@#$%^&*()_+"),
    (16, "qwertyuiop[]", "QWERTYUIOP{}"),
    (30, "asdfghjkl;'`", 'ASDFGHJKL:"~'),
    (43, "\\zxcvbnm,./", "|ZXCVBNM<>?"),
    (57, " ", " "),
    (71, "789-456+1230.", "789-456+1230."),  # the pad, in the order of its numbers
    (55, "*", "*"),
    (98, "/", "/"),
)
_SIGNS: Mapping[int, tuple[str, str]] = {
    first + place: pair
    for first, plain, shifted in _ROWS
    for place, pair in enumerate(zip(plain, shifted, strict=True))
}
_SHIFTS, _CONTROLS = frozenset({42, 54}), frozenset({29, 97})
_CAPS_LOCK = 58
_ENDS = frozenset({28, 96, 15})  # Enter, Enter of the pad, Tab
_LINE_FEEDS = frozenset({36, 50})  # with Ctrl: J and M


@dataclass(frozen=True, slots=True)
class Spelling:
    """A text on its way. `ended`: the last key was Enter or Tab; `spoilt`: too long to be a code."""

    text: str = ""
    ended: bool = False
    spoilt: bool = False
    shifts: frozenset[int] = frozenset()
    controls: frozenset[int] = frozenset()
    caps: bool = False

    @property
    def sent(self) -> str:
        """The whole text without its closing line feeds; "" for a spoilt one."""
        return "" if self.spoilt else self.text.rstrip("\n")

    def onward(self) -> Spelling:
        """Ready for the next text; keys that are held down stay so."""
        return replace(self, text="", ended=False, spoilt=False)


def spelt(before: Spelling, *, code: int, down: bool) -> Spelling:
    """The spelling after one key went down or up; a key that repeats because it is held says nothing."""
    if code in _SHIFTS:
        return replace(before, shifts=_held(before.shifts, code, down=down))
    if code in _CONTROLS:
        return replace(before, controls=_held(before.controls, code, down=down))
    if not down:
        return before
    if code == _CAPS_LOCK:
        return replace(before, caps=not before.caps)
    sign = _sign(before, code)
    if not sign:
        return before
    if len(before.text) >= LONGEST:
        return replace(before, text="", spoilt=True, ended=False)
    return replace(before, text=before.text + sign, ended=sign == "\n")


def _held(before: frozenset[int], code: int, *, down: bool) -> frozenset[int]:
    return before | {code} if down else before - {code}


def _sign(before: Spelling, code: int) -> str:
    if code in _ENDS or (before.controls and code in _LINE_FEEDS):
        return "\n"
    if before.controls or code not in _SIGNS:
        return ""
    plain, shifted = _SIGNS[code]
    return shifted if bool(before.shifts) is not (before.caps and plain.isalpha()) else plain
