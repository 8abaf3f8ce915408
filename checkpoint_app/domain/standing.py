"""What a verdict leaves standing: reasons that must go on paper, and stops nobody answered. Pure."""

from __future__ import annotations

from dataclasses import replace

from checkpoint_app.domain.lane import LaneState, Stopped, mark_of
from checkpoint_app.domain.verdict import Verdict
from checkpoint_app.domain.words import GRAVE, VerdictState


def weighed(state: LaneState, verdict: Verdict | None, *, now: int) -> tuple[LaneState, bool]:
    """The lane with the open crossing's reasons and stop as the verdict has them.

    True when there is a reason for stop or refer that was not there before: it is to be written down. A
    reason that went (checked again, taken back) is new again when it comes back; so is its strip.
    """
    if state.open is None or verdict is None:
        return state, False
    mark = mark_of(state.open.action)
    named = (mark + f"{one.code}:{one.person}" for one in verdict.reasons if one.state in GRAVE)
    standing = tuple(dict.fromkeys(named))
    others = tuple(name for name in state.flagged if not name.startswith(mark))
    fresh = set(standing) - set(state.flagged)
    return replace(state, flagged=(*others, *standing), stopped=_stops(state, verdict, now=now)), bool(fresh)


def _stops(state: LaneState, verdict: Verdict, *, now: int) -> tuple[Stopped, ...]:
    """The unanswered stops, the open crossing's with its plate and reason of now and the time it began."""
    crossing = state.open
    assert crossing is not None
    others = [stop for stop in state.stopped if stop.crossing != crossing.action]
    before = [stop for stop in state.stopped if stop.crossing == crossing.action]
    if verdict.state is not VerdictState.STOP:
        return tuple(others)
    since = before[0].since if before else now
    own = Stopped(crossing.action, crossing.plate, since, verdict.reasons[0].words)
    if not before:
        return (*others, own)
    return tuple(own if stop is before[0] else stop for stop in state.stopped)
