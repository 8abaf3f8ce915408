"""The computer's clocks, and the ledger's watch over them; the rules are in `domain.clock`."""

from __future__ import annotations

import ctypes
import os
import sys
import threading
import time
from collections.abc import Callable

from checkpoint_app.domain import clock
from checkpoint_app.domain.clock import ClockEvent, ClockWatch, Tick
from checkpoint_app.domain.entry import Stamp
from checkpoint_app.domain.words import ClockState
from checkpoint_app.storage import blocks
from checkpoint_app.storage.engine import Connection


def system_tick() -> Tick:
    """Wall clock, a counter that also runs while the computer sleeps, and the zone in force."""
    return Tick(time.time_ns() // 1_000_000, _elapsed(), time.localtime().tm_gmtoff // 60)


class Timekeeper:
    """One run's watch. Any thread may ask `now`; the rest belongs to the writer's thread."""

    def __init__(self, tick: Callable[[], Tick], *, floor: int) -> None:
        self._tick, self._guard = tick, threading.Lock()
        first = tick()
        self._began = first.elapsed
        self.run = os.urandom(8).hex()
        self._watch, event = clock.begin(floor, first)
        self._pending: tuple[ClockEvent, ...] = (event,) if event else ()

    def now(self) -> int:
        """Milliseconds UTC: the wall clock where it is believed, else the predicted time."""
        return self._look()[1]

    @property
    def state(self) -> ClockState:
        """Whether the wall clock is believed."""
        return self._watch.state

    @property
    def off(self) -> int:
        """How far the wall clock was from `now` at the last jump, ms, positive when ahead; 0 while sure."""
        return self._watch.off if self._watch.state is ClockState.UNSURE else 0

    @property
    def pending(self) -> tuple[ClockEvent, ...]:
        """Jumps seen and not yet in the ledger."""
        return self._pending

    def recorded(self, events: tuple[ClockEvent, ...]) -> None:
        """These jumps are in the ledger now."""
        with self._guard:
            self._pending = tuple(event for event in self._pending if event not in events)

    def stamp(self) -> Stamp:
        """What an entry written now says about its time."""
        tick, now = self._look()
        return self._stamp(tick, now, self._watch.state)

    def propose(self) -> tuple[ClockWatch, ClockEvent, Stamp]:
        """What a lead's confirmation would make of the clock; nothing changes before `accept`."""
        tick = self._tick()
        watch, event = clock.confirm(self._watch, tick)
        return watch, event, self._stamp(tick, watch.now, watch.state)

    def accept(self, watch: ClockWatch) -> None:
        """The confirmation is in the ledger: from now on it holds."""
        with self._guard:
            self._watch, self._pending = watch, ()

    def elapsed(self) -> int:
        """Milliseconds since the run began; never backwards by the counter's own promise."""
        return max(0, self._tick().elapsed - self._began)

    def _look(self) -> tuple[Tick, int]:
        with self._guard:
            tick = self._tick()
            self._watch, now, event = clock.observe(self._watch, tick)
            if event:
                self._pending = (*self._pending, event)
            return tick, now

    def _stamp(self, tick: Tick, now: int, state: ClockState) -> Stamp:
        return Stamp(
            written=now, zone=tick.zone, mono=max(0, tick.elapsed - self._began), run=self.run, clock=state
        )


def read_floor(connection: Connection, desk: str, epoch: str, *, build_date: int) -> int:
    """The latest time that is known to have passed: the build, or this desk's last sure entry.

    Only the last one counts, not the greatest: a lead may have confirmed a clock that was set back.
    Entries of other desks say nothing about this clock.
    """
    sure = "desk = ? AND header ->> '$.clock' = 'sure'"
    row = (
        connection.execute(
            f"SELECT header ->> '$.written' FROM entry WHERE {sure} AND epoch = ? ORDER BY seq DESC LIMIT 1",  # noqa: S608
            (desk, epoch),
        ).fetchone()
        or connection.execute(
            f"SELECT header ->> '$.written' FROM entry WHERE {sure} AND {blocks.own('id')}"  # noqa: S608
            " ORDER BY id DESC LIMIT 1",
            (desk,),
        ).fetchone()
    )
    return max(build_date, row[0]) if row else build_date


if sys.platform == "win32":

    def _elapsed() -> int:
        return int(ctypes.windll.kernel32.GetTickCount64())

elif sys.platform == "linux":

    def _elapsed() -> int:
        return time.clock_gettime_ns(time.CLOCK_BOOTTIME) // 1_000_000

else:

    def _elapsed() -> int:
        return time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1_000_000
