"""What is heard of one lane: each new verdict, every code read, the stop that insists."""

from __future__ import annotations

from checkpoint_app.services.lane import Lane
from checkpoint_app.ui import alarm
from checkpoint_app.ui.alarm import Alarm
from checkpoint_app.ui.sounds import Voice


class LaneSound:
    """`now` in every call is a counter of milliseconds that never jumps."""

    def __init__(self, voice: Voice) -> None:
        self._voice, self._alarm = voice, Alarm()

    @property
    def hushed(self) -> bool:
        return self._alarm.hushed

    def judged(self, lane: Lane, *, read: bool, now: int) -> None:
        """After a change of the lane; `read`: a code was read."""
        whose = lane.state.open.action if lane.state.open else ""
        self._alarm, sound = alarm.judged(self._alarm, lane.verdict, crossing=whose, read=read, now=now)
        if sound:
            self._voice.play(sound)
        elif lane.verdict is None:
            self._voice.stop()

    def again(self, *, now: int) -> None:
        self._alarm, sound = alarm.again(self._alarm, now=now)
        if sound:
            self._voice.play(sound)

    def hush(self) -> None:
        """This stop is silent from now on."""
        self._alarm = alarm.hushed(self._alarm)
        self._voice.stop()
