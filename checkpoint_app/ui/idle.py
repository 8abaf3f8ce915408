"""Whether anybody has been at this desk lately; when nobody was, names are covered until a PIN is given."""

from __future__ import annotations

from collections.abc import Callable

from checkpoint_app.scanning.camera import counter
from checkpoint_app.services.desk import Desk

MINUTE = 60_000


class Idle:
    """Of one window. `clock` counts milliseconds and never jumps; `shut` is called when the time is over."""

    def __init__(self, desk: Desk, *, clock: Callable[[], int] = counter) -> None:
        self._desk, self._clock = desk, clock
        self._touched = clock()
        self.locked = False
        self.shut: Callable[[], None] = lambda: None

    def touch(self) -> None:
        """A key, or a code held before a scanner: somebody is here."""
        if not self.locked:
            self._touched = self._clock()

    def look(self) -> None:
        """Call about once a second: locks when the time is over. Whoever acted for the desk does no more."""
        minutes = self._desk.settings.lock_minutes
        due = minutes > 0 and self._clock() - self._touched >= minutes * MINUTE
        if due and not self.locked and self._desk.officers.protected:
            self.locked = True
            self._desk.sign_off(None)
            self.shut()

    def open(self) -> None:
        """Somebody gave a PIN."""
        self.locked = False
        self._touched = self._clock()

    def wants_pin(self, lane: int) -> bool:
        """Whether an outcome at this lane waits for a PIN: locked, or nobody signed on since the start."""
        return self.locked or (self._desk.officers.protected and not self._desk.by_at(lane).officer)
