"""Several lanes and one loudspeaker: the most urgent sound is heard, and nobody cuts another's alarm."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Slot

from checkpoint_app.scanning.camera import counter
from checkpoint_app.ui.sounds import Sounds

URGENCY = ("tally", "pass_short", "pass", "not_yet", "refer", "stop", "not_saved")
"""From the least to the most urgent."""
LASTS_MS = {
    "tally": 30,
    "pass_short": 60,
    "pass": 120,
    "not_yet": 290,
    "refer": 430,
    "stop": 1_140,
    "not_saved": 1_400,
}


@dataclass(frozen=True, slots=True)
class Sounding:
    """What `lane` is heard with, until `over` (ms of the counter)."""

    lane: int
    name: str
    over: int = 0


class Voices(QObject):
    """Hands out one `Voice` a lane. A sound less urgent than another lane's running one comes after it.

    A lane's own next sound always cuts its last one.
    """

    def __init__(
        self, sounds: Sounds, *, clock: Callable[[], int] = counter, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.sounds, self._clock = sounds, clock
        self._now: Sounding | None = None
        self._next: Sounding | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.go_on)

    def of(self, lane: int) -> LaneVoice:
        return LaneVoice(self, lane)

    def play(self, lane: int, name: str) -> bool:
        """False when nothing will be heard, now or right after the running sound."""
        self._forget(lane)
        now = self._running()
        if now is not None and now.lane != lane and _urgency(name) < _urgency(now.name):
            if self._next is None or _urgency(name) >= _urgency(self._next.name):
                self._next = Sounding(lane, name)
            self._timer.start(max(1, now.over - self._clock()))
            return True
        self._now = Sounding(lane, name, self._clock() + LASTS_MS.get(name, 0))
        return self.sounds.play(name)

    def stop(self, lane: int) -> None:
        """Cuts what this lane is heard with; another lane's sound goes on."""
        self._forget(lane)
        now = self._running()
        if now is None or now.lane == lane:
            self.sounds.stop()
            self._now = None
            self.go_on()

    def close(self) -> None:
        self._timer.stop()
        self._now = self._next = None
        self.sounds.stop()

    @Slot()
    def go_on(self) -> None:
        """What had to wait is heard now."""
        waiting, self._next = self._next, None
        if waiting is not None:
            self.play(waiting.lane, waiting.name)

    def _running(self) -> Sounding | None:
        return self._now if self._now and self._clock() < self._now.over else None

    def _forget(self, lane: int) -> None:
        if self._next is not None and self._next.lane == lane:
            self._next = None


class LaneVoice:
    """One lane's way to be heard."""

    def __init__(self, voices: Voices, lane: int) -> None:
        self._voices, self._lane = voices, lane

    def play(self, name: str) -> bool:
        return self._voices.play(self._lane, name)

    def stop(self) -> None:
        self._voices.stop(self._lane)


def _urgency(name: str) -> int:
    return URGENCY.index(name) if name in URGENCY else 0
