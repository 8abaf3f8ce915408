"""Typed or scanned: a hand scanner is a keyboard that is too fast for fingers. Pure.

Every printable key waits until none has followed for `HOLD_MS`. Six or more at once are a scanner's text,
fewer are handed on as typed. Enter and Tab end a scan, so behind a waiting key they wait with it. Keys that
piled up while the window was busy are told apart by the times at which they were pressed.
"""

from __future__ import annotations

from dataclasses import dataclass

HOLD_MS = 60
SHORTEST_SCAN = 6
ENTER, TAB = "\r", "\t"


@dataclass(frozen=True, slots=True)
class Scanned:
    """What a scanner sent, without its closing Enter or Tab; Enter inside is a line feed."""

    text: str


@dataclass(frozen=True, slots=True)
class Typed:
    """Keys in order: characters, ENTER, TAB."""

    keys: tuple[str, ...]


class Hold:
    """Keys that wait to be judged."""

    def __init__(self) -> None:
        self._keys: list[tuple[str, int]] = []

    @property
    def waiting(self) -> bool:
        return bool(self._keys)

    def press(self, sign: str, *, at: int = 0) -> bool:
        """Keeps a character pressed `at` ms; True: it waits. Enter and Tab wait only behind others."""
        if sign in {ENTER, TAB} and not self._keys:
            return False
        self._keys.append((sign, at))
        return True

    def release(self) -> tuple[Scanned | Typed, ...]:
        """What the waiting keys were, in order, now that the time is over or another key follows."""
        keys, self._keys = self._keys, []
        groups: list[list[str]] = []
        before = 0
        for sign, at in keys:
            if not groups or at - before >= HOLD_MS:
                groups.append([])
            groups[-1].append(sign)
            before = at
        return tuple(_judged(tuple(group)) for group in groups)


def _judged(keys: tuple[str, ...]) -> Scanned | Typed:
    text = "".join(keys).rstrip(ENTER + TAB)
    if len(text) < SHORTEST_SCAN:
        return Typed(keys)
    return Scanned(text.replace(ENTER, "\n"))
