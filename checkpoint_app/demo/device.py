"""The demo lane as a camera: a device like any other, so that the real thread and decoder play it."""

from __future__ import annotations

import math
import random
import threading
import time
from collections.abc import Callable

from checkpoint_app.demo import pictures
from checkpoint_app.demo.pictures import Hold, Picture
from checkpoint_app.demo.traffic import Arrival, Card, arrivals

SOURCE = "demo:"
RATE = 15
SHOWN_S = 2.4
GAP_S = 0.9
BETWEEN_S = 2.2


class DemoLane:
    """What stands at the lane now; the officer's side looks at `current` for what a camera cannot see."""

    def __init__(self, *, seed: int, waits: bool = False) -> None:
        self._arrivals = arrivals(seed)
        self._waits = waits
        self._released = threading.Event()
        self.current: Arrival = next(self._arrivals)
        self.served = 0

    def next(self) -> None:
        """The vehicle drives on; with `waits` the next one comes only then."""
        self._released.set()

    def advance(self) -> bool:
        """Called by the device when every card was shown; False while the vehicle still waits."""
        if self._waits and not self._released.is_set():
            return False
        self._released.clear()
        self.current = next(self._arrivals)
        self.served += 1
        return True


class DemoDevice:
    """Gives the lane's pictures at 15 a second."""

    live = True

    def __init__(self, lane: DemoLane, *, seed: int) -> None:
        self._lane = lane
        self._chance = random.Random(seed)  # noqa: S311 - a play, not a secret
        self._number = 0
        self._begun = time.monotonic()
        self._card = 0
        self._look = self._pose()
        self._due = time.monotonic()

    def read(self) -> Picture | None:
        self._wait()
        at = time.monotonic() - self._begun
        cards = self._lane.current.cards
        if at > SHOWN_S + (GAP_S if self._card + 1 < len(cards) else BETWEEN_S):
            self._turn_over()
            at = 0.0
        card: Card | None = cards[self._card] if self._card < len(cards) and at <= SHOWN_S else None
        self._number += 1
        return pictures.frame(card, self._hold(at), number=self._number)

    def release(self) -> None:
        """Nothing to give back."""

    def _turn_over(self) -> None:
        if self._card + 1 < len(self._lane.current.cards):
            self._card += 1
        elif self._lane.advance():
            self._card = 0
        else:
            self._card = 0  # the driver holds everything up once more while he waits
        self._begun, self._look = time.monotonic(), self._pose()

    def _pose(self) -> Hold:
        chance = self._chance
        return Hold(
            x=640 + chance.uniform(-120, 120),
            y=360 + chance.uniform(-40, 40),
            size=chance.uniform(0.8, 1.05),
            turn=chance.uniform(-14, 14),
            tilt=chance.uniform(-38, 38),
            blur=chance.choice((0, 0, 2, 3)),
            light=chance.choice((1.0, 1.0, 0.75, 0.55)),
        )

    def _hold(self, at: float) -> Hold:
        """Slides in, shakes, slides out: smooth in time."""
        arrive = min(1.0, at / 0.5)
        leave = min(1.0, max(0.0, (SHOWN_S - at) / 0.4))
        way = (1 - arrive) * 500 + (1 - leave) * -500
        shake = math.sin(at * 11) * 3, math.cos(at * 9) * 3
        moving = arrive < 1 or leave < 1
        look = self._look
        return look._replace(x=look.x + way + shake[0], y=look.y + shake[1], blur=9 if moving else look.blur)

    def _wait(self) -> None:
        rest = self._due - time.monotonic()
        if rest > 0:
            time.sleep(rest)
        self._due = max(self._due + 1 / RATE, time.monotonic())


def opens(lane: DemoLane, *, seed: int, otherwise: Callable[[str], object]) -> Callable[[str], object]:
    """A way to open sources that knows the demo lane beside all others."""

    def open_source(source: str) -> object:
        return DemoDevice(lane, seed=seed) if source == SOURCE else otherwise(source)

    return open_source
