"""Demo lanes as cameras: devices like any other, so that the real threads and decoder play them."""

from __future__ import annotations

import math
import random
import threading
import time
from collections.abc import Callable, Iterator, Mapping

from checkpoint_app.demo import pictures
from checkpoint_app.demo.pictures import Hold, Picture
from checkpoint_app.demo.traffic import Arrival, Card, arrivals
from checkpoint_app.scanning.devices import CameraGone, Device, Facts, OpenDevice, open_device

SOURCE = "demo:"
RATE = 15
SHOWN_S = 2.4
GAP_S = 0.9
BETWEEN_S = 2.2


class DemoLane:
    """What stands at the lane now; the officer's side looks at `current` for what a camera cannot see.

    `come` brings the vehicles, cars without end when nothing else is said. `plugged` may be turned off and on
    from any thread: the camera's plug.
    """

    def __init__(self, *, seed: int, waits: bool = False, come: Iterator[Arrival] | None = None) -> None:
        self._arrivals = come if come is not None else arrivals(seed)
        self.plugged = True
        self._waits = waits
        self._released = threading.Event()
        self.current: Arrival = next(self._arrivals)
        self.served = 0

    @property
    def released(self) -> bool:
        """Whether the officer let the vehicle go and it is still standing here."""
        return self._released.is_set()

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
    """Gives the lane's pictures at 15 a second; `tempo` 2 shows everything for half the time."""

    live = True
    facts = Facts(pictures.WIDTH, pictures.HEIGHT, float(RATE))

    def __init__(
        self,
        lane: DemoLane,
        *,
        seed: int,
        tempo: float = 1.0,
        clock: Callable[[], float] = time.monotonic,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        self._lane, self._tempo, self._clock, self._wait = lane, tempo, clock, wait
        self._chance = random.Random(seed)  # noqa: S311 - a play, not a secret
        self._number = 0
        self._begun = self._due = clock()
        self._card = 0
        self._look = self._pose()

    def read(self) -> Picture | None:
        self._until_due()
        if not self._lane.plugged:
            return None
        if self._lane.released and self._lane.advance():
            self._show(0, after=BETWEEN_S)
        at = (self._clock() - self._begun) * self._tempo * self._lane.current.pace
        cards = self._lane.current.cards
        last = self._card + 1 >= len(cards)
        if at > SHOWN_S + (BETWEEN_S if last else GAP_S):
            if last:
                self._lane.advance()  # a driver who waits holds everything up once more
            self._show(0 if last else self._card + 1)
            cards, at = self._lane.current.cards, 0.0
        self._number += 1
        card: Card | None = cards[self._card] if cards and 0 <= at <= SHOWN_S else None
        return pictures.frame(card, self._hold(at), number=self._number)

    def draw_empty(self) -> Picture:
        """The lane with nobody in front."""
        return pictures.frame(None, self._look, number=0)

    def release(self) -> None:
        """Nothing to give back."""

    def _show(self, card: int, *, after: float = 0.0) -> None:
        self._card, self._begun, self._look = card, self._clock() + after / self._tempo, self._pose()

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

    def _until_due(self) -> None:
        rest = self._due - self._clock()
        if rest > 0:
            self._wait(rest)
        self._due = max(self._due + 1 / RATE, self._clock())


def opens(
    lanes: Mapping[str, DemoLane], *, seed: int, tempo: float = 1.0, otherwise: OpenDevice = open_device
) -> OpenDevice:
    """A way to open sources that knows the demo lanes, by their sources, beside all others."""

    def open_source(source: str) -> Device:
        lane = lanes.get(source)
        if lane is None:
            return otherwise(source)
        if not lane.plugged:
            raise CameraGone(source=source)
        device = DemoDevice(lane, seed=seed, tempo=tempo)
        device.draw_empty()  # the first picture takes its time, and this is when a camera may
        return device

    return open_source


def source_of(number: int) -> str:
    """The camera of that demo lane."""
    return f"{SOURCE}{number}"
