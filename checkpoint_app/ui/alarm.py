"""When which sound is heard at a lane. Pure: decides names, plays nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace

from checkpoint_app.domain.verdict import Verdict
from checkpoint_app.domain.words import VerdictState

STOP_AGAIN_MS = 5_000
STOP_SLOW_AFTER_MS = 60_000
STOP_SLOW_MS = 15_000


@dataclass(frozen=True, slots=True)
class Alarm:
    """`crossing` and `state` were sounded last; a stop since `began` was last heard at `heard` (ms)."""

    crossing: str = ""
    state: VerdictState | None = None
    began: int = 0
    heard: int = 0
    hushed: bool = False


def judged(
    alarm: Alarm, verdict: Verdict | None, *, crossing: str, read: bool, now: int
) -> tuple[Alarm, str]:
    """After a change: a sound for every new state, and for every code that was read."""
    if verdict is None:
        return Alarm(), ""
    same = (alarm.crossing, alarm.state) == (crossing, verdict.state)
    if same and not (read and verdict.state is not VerdictState.STOP):
        return alarm, ""
    hushed = alarm.hushed and alarm.crossing == crossing and verdict.state is VerdictState.STOP
    return Alarm(crossing, verdict.state, began=now, heard=now, hushed=hushed), verdict.state.value


def again(alarm: Alarm, *, now: int) -> tuple[Alarm, str]:
    """A stop insists every 5 s, after a minute every 15 s, until it is answered or hushed."""
    if alarm.state is not VerdictState.STOP or alarm.hushed:
        return alarm, ""
    pause = STOP_SLOW_MS if now - alarm.began >= STOP_SLOW_AFTER_MS else STOP_AGAIN_MS
    if now - alarm.heard < pause:
        return alarm, ""
    return replace(alarm, heard=now), VerdictState.STOP.value


def hushed(alarm: Alarm) -> Alarm:
    """This stop is silent from now on."""
    return replace(alarm, hushed=True)
