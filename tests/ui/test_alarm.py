"""Which sound is heard when."""

from __future__ import annotations

from itertools import pairwise

from checkpoint_app.domain.verdict import Verdict
from checkpoint_app.domain.words import VerdictState
from checkpoint_app.ui import alarm
from checkpoint_app.ui.alarm import STOP_AGAIN_MS, STOP_SLOW_AFTER_MS, STOP_SLOW_MS, Alarm

PASS, NOT_YET, STOP = (
    Verdict(state) for state in (VerdictState.PASS, VerdictState.NOT_YET, VerdictState.STOP)
)


def heard(verdict: Verdict | None, before: Alarm, *, read: bool = False, crossing: str = "a") -> str:
    return alarm.judged(before, verdict, crossing=crossing, read=read, now=0)[1]


def test_every_new_verdict_is_heard_once() -> None:
    first, sound = alarm.judged(Alarm(), NOT_YET, crossing="a", read=False, now=0)
    assert sound == "not_yet"
    assert heard(NOT_YET, first) == ""
    assert heard(PASS, first) == "pass"


def test_every_code_that_is_read_is_heard() -> None:
    first, _ = alarm.judged(Alarm(), NOT_YET, crossing="a", read=True, now=0)
    assert heard(NOT_YET, first, read=True) == "not_yet"
    assert heard(NOT_YET, first, crossing="b") == "not_yet"


def test_a_stop_insists_every_five_seconds_and_after_a_minute_every_fifteen() -> None:
    state, sound = alarm.judged(Alarm(), STOP, crossing="a", read=True, now=0)
    assert sound == "stop"
    times = []
    for now in range(0, STOP_SLOW_AFTER_MS + 3 * STOP_SLOW_MS, 1000):
        state, sound = alarm.again(state, now=now)
        if sound:
            times.append(now)
    gaps = [after - before for before, after in pairwise(times)]
    assert set(gaps[:10]) == {STOP_AGAIN_MS}
    assert gaps[-1] == STOP_SLOW_MS


def test_a_hushed_stop_is_silent_until_the_next_vehicle() -> None:
    state, _ = alarm.judged(Alarm(), STOP, crossing="a", read=True, now=0)
    state = alarm.hushed(state)
    assert alarm.again(state, now=60_000)[1] == ""
    assert heard(STOP, state, crossing="b", read=True) == "stop"


def test_without_a_verdict_nothing_insists() -> None:
    state, _ = alarm.judged(Alarm(), STOP, crossing="a", read=True, now=0)
    state, sound = alarm.judged(state, None, crossing="", read=False, now=1)
    assert sound == ""
    assert alarm.again(state, now=60_000)[1] == ""
