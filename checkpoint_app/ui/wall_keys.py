"""Keys of the wall: a digit for a lane, F1 the one that waits, F8 somebody went there, Q the queue."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

MOST_DIGITS = 3


@dataclass(frozen=True, slots=True)
class WallActs:
    """What the keys do; `typing` shows the digits so far, None when nothing is being typed."""

    scanned: Callable[[str], None]
    lane: Callable[[int], None]
    to_stop: Callable[[], None]
    sent: Callable[[], None]
    hush: Callable[[], None]
    queue: Callable[[int], None]
    typing: Callable[[str | None], None]


class WallKeys:
    """A target of the window's keys. No widget of the wall gets any."""

    def __init__(self, acts: WallActs) -> None:
        self._acts = acts
        self._typed: str | None = None

    def scanned(self, text: str) -> None:
        """A scanner's text belongs to the selected lane."""
        self._acts.scanned(text)

    def typed(self, sign: str) -> bool:
        if self._typed is not None and sign.isascii() and sign.isdigit():
            self._type((self._typed + sign)[:MOST_DIGITS])
        elif sign in "qQ":
            self._type("")
        elif self._typed is None and sign.isascii() and sign.isdigit():
            self._acts.lane(int(sign))
        return True

    def entered(self) -> bool:
        """Takes the number; without one the queue stays as it was told."""
        typed = self._typed
        self._type(None)
        if typed:
            self._acts.queue(int(typed))
        return True

    def tabbed(self, *, back: bool) -> bool:  # noqa: ARG002 - there is nothing to go to
        return True

    def function(self, number: int) -> bool:
        act = {1: self._acts.to_stop, 8: self._acts.sent, 10: self._acts.hush}.get(number)
        if act is None:
            return False
        act()
        return True

    def escape(self, *, down: bool) -> bool:
        if down:
            self._type(None)
        return True

    def control(self, key: int) -> bool:  # noqa: ARG002 - all of them are the window's
        return False

    def _type(self, typed: str | None) -> None:
        self._typed = typed
        self._acts.typing(typed)
