"""Whether the wall clock can be believed, and what "now" is when it cannot.

All times are milliseconds: `wall` UTC as the system says, `elapsed` of a counter that also runs while the
computer sleeps (CLOCK_BOOTTIME on Linux). Predicted = anchor + elapsed since. A wall below the floor, or
more than TOLERANCE off the predicted time within a run, makes the clock unsure: "now" is the predicted
time until a lead confirms. The zone plays no part, so daylight saving and travelling are no jumps.

Two clocks of one computer drift apart, and a time service slews. The anchor therefore follows the wall,
but never faster than SLEW, the greatest rate at which NTP slews: within a run of length T nobody can move
"now" unnoticed by more than TOLERANCE + SLEW * T (5 s and 1.8 s an hour), however small the steps.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from checkpoint_app.domain.canonical import Value
from checkpoint_app.domain.entry import Fact
from checkpoint_app.domain.facts import CLOCK_CONFIRMED, CLOCK_JUMPED, By
from checkpoint_app.domain.words import ClockState

TOLERANCE = 5_000
SLEW_PER_MILLION = 500


@dataclass(frozen=True, slots=True)
class Tick:
    """One reading of the clocks; `zone` is minutes east of UTC."""

    wall: int
    elapsed: int
    zone: int


@dataclass(frozen=True, slots=True)
class ClockEvent:
    """The wall jumped, or a lead confirmed it; `state` holds from here on."""

    kind: str
    predicted: int
    wall: int
    state: ClockState

    @property
    def public(self) -> Mapping[str, Value]:
        """What the entry says in its public part."""
        return {"predicted": self.predicted, "wall": self.wall}


@dataclass(frozen=True, slots=True)
class ClockWatch:
    """`sure_wall` at `sure_elapsed` is the anchor: the last time believed, or the floor at a bad start.

    `off` is how far the wall was from the predicted time at the last event while unsure; `now` the last
    answer, below which no later one falls.
    """

    floor: int
    sure_wall: int
    sure_elapsed: int
    state: ClockState
    now: int
    off: int = 0

    def predicted(self, elapsed: int) -> int:
        """Where the wall should be; a counter that runs backwards counts as one that stands."""
        return self.sure_wall + max(0, elapsed - self.sure_elapsed)


def begin(floor: int, tick: Tick) -> tuple[ClockWatch, ClockEvent | None]:
    """Start of a run. `floor` = max(build date, last entry of this desk whose clock state was sure)."""
    if tick.wall >= floor:
        return ClockWatch(floor, tick.wall, tick.elapsed, ClockState.SURE, tick.wall), None
    watch = ClockWatch(floor, floor, tick.elapsed, ClockState.UNSURE, floor, tick.wall - floor)
    return watch, ClockEvent(CLOCK_JUMPED, floor, tick.wall, ClockState.UNSURE)


def observe(watch: ClockWatch, tick: Tick) -> tuple[ClockWatch, int, ClockEvent | None]:
    """The watch after a reading, "now", and the event of a jump seen for the first time.

    A clock that jumps again while unsure is another event; coming back by itself makes nothing sure.
    """
    predicted = watch.predicted(tick.elapsed)
    off = tick.wall - predicted
    if watch.state is ClockState.SURE and abs(off) <= TOLERANCE and tick.wall >= watch.floor:
        now = max(watch.now, tick.wall)
        return replace(_follow(watch, tick, off=off), now=now), now, None
    now = max(watch.now, predicted)
    if watch.state is ClockState.UNSURE and abs(off - watch.off) <= TOLERANCE:
        return replace(watch, now=now), now, None
    event = ClockEvent(CLOCK_JUMPED, predicted, tick.wall, ClockState.UNSURE)
    return replace(watch, state=ClockState.UNSURE, off=off, now=now), now, event


def confirm(watch: ClockWatch, tick: Tick) -> tuple[ClockWatch, ClockEvent]:
    """A lead says the wall is right, also when that is earlier: the only way "now" falls.

    The next start takes its floor from the last sure entry, so a lowered one lasts; below the build date
    a start is unsure again.
    """
    event = ClockEvent(CLOCK_CONFIRMED, watch.predicted(tick.elapsed), tick.wall, ClockState.SURE)
    floor = min(watch.floor, tick.wall)
    return ClockWatch(floor, tick.wall, tick.elapsed, ClockState.SURE, tick.wall), event


def clock_fact(event: ClockEvent, *, by: By, at: int, action: str) -> Fact:
    """The entry of a clock event; a seal follows it."""
    return Fact(event.kind, action, at, event.public, None, by.shift, by.officer)


def _follow(watch: ClockWatch, tick: Tick, *, off: int) -> ClockWatch:
    age = max(0, tick.elapsed - watch.sure_elapsed)
    if abs(off) * 1_000_000 > age * SLEW_PER_MILLION:
        return watch
    return replace(watch, sure_wall=tick.wall, sure_elapsed=max(tick.elapsed, watch.sure_elapsed))
