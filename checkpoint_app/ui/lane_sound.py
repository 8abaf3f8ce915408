"""What is heard of one lane: each new verdict, every code read, the stop that insists."""

from __future__ import annotations

from checkpoint_app.domain import bus
from checkpoint_app.domain.crossing import Crossing
from checkpoint_app.domain.verdict import Verdict
from checkpoint_app.domain.words import VerdictState
from checkpoint_app.services.lane import Lane
from checkpoint_app.ui import alarm
from checkpoint_app.ui.alarm import Alarm
from checkpoint_app.ui.sounds import Voice

SHORT = "pass_short"


class LaneSound:
    """`now` in every call is a counter of milliseconds that never jumps."""

    def __init__(self, voice: Voice) -> None:
        self._voice, self._alarm = voice, Alarm()
        self._aside: tuple[str, frozenset[int]] = ("", frozenset())

    @property
    def hushed(self) -> bool:
        return self._alarm.hushed

    def judged(self, lane: Lane, *, read: bool, now: int) -> None:
        """After a change of the lane; `read`: a code was read."""
        whose = lane.state.open.action if lane.state.open else ""
        self._alarm, sound = alarm.judged(self._alarm, lane.verdict, crossing=whose, read=read, now=now)
        if lane.state.open and lane.state.open.bus and lane.verdict:
            sound = self._of_bus(lane.state.open, lane.verdict, sound, read=read)
        if sound:
            self._voice.play(sound)
        elif lane.verdict is None:
            self._voice.stop()

    def _of_bus(self, crossing: Crossing, verdict: Verdict, sound: str, *, read: bool) -> str:
        """Short for everybody who is all right, the sound of the reason for somebody newly set aside."""
        whose, before = self._aside
        aside = frozenset(bus.aside(crossing, verdict))
        fresh = aside - (before if whose == crossing.action else frozenset())
        self._aside = (crossing.action, aside)
        worst = [reason.state for reason in verdict.reasons if reason.person in fresh]
        if worst:
            return worst[0].value
        usual = verdict.state in {VerdictState.NOT_YET, VerdictState.PASS}
        return SHORT if read and usual else "" if verdict.state is VerdictState.NOT_YET else sound

    def again(self, *, now: int) -> None:
        self._alarm, sound = alarm.again(self._alarm, now=now)
        if sound:
            self._voice.play(sound)

    def hush(self) -> None:
        """This stop is silent from now on."""
        self._alarm = alarm.hushed(self._alarm)
        self._voice.stop()
