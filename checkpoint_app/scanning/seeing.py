"""What one camera's pictures add up to: its sight, the outlines, and the codes that count."""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from checkpoint_app.log import note_bug
from checkpoint_app.scanning.colour import colour_of
from checkpoint_app.scanning.decoder import Decoder
from checkpoint_app.scanning.devices import Picture
from checkpoint_app.scanning.grabbing import Frame, Patience
from checkpoint_app.scanning.health import Pulse, Sight, felt, sight
from checkpoint_app.scanning.readings import Corners, Reading
from checkpoint_app.scanning.steady import Steady

OUTLINE_MS = 300

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Counted:
    """A code that counts, and the colour its dark modules have in the picture: a suggestion, no evidence.

    `colour` is green, yellow, red, grey, or "" when the picture does not say.
    """

    reading: Reading
    colour: str = ""

    @property
    def payload(self) -> bytes:
        return self.reading.payload

    @property
    def corners(self) -> Corners:
        return self.reading.corners


@dataclass(frozen=True, slots=True)
class View:
    """What the lane shows of its camera. `since` is when this sight began; `read_ms` what decoding took;
    `readings` all of this one picture, whether they count or not."""

    picture: Picture | None
    taken: int
    sight: Sight
    since: int
    outlines: tuple[Corners, ...] = ()
    rate: float = 0.0
    read_ms: float = 0.0
    readings: tuple[Reading, ...] = ()


class Seer:
    """Belongs to the decoding thread; `count` takes the codes that count, before the view that shows them."""

    def __init__(
        self, *, count: Callable[[Iterable[Counted]], None], patience: Patience, clock: Callable[[], int]
    ) -> None:
        now = clock()
        self._count, self._patience = count, patience
        self._decoder, self._steady = Decoder(), Steady()
        self._pulse = Pulse()
        self._sight, self._since = Sight.OPENING, now
        self._last = self._tried = now
        self._times: deque[int] = deque(maxlen=30)
        self._outlines: tuple[Corners, ...] = ()
        self._outlined = 0

    def see(self, frame: Frame, *, live: bool) -> View:
        """The view after one picture."""
        at, picture = frame.taken, frame.picture
        self._last = at
        self._pulse = felt(self._pulse, picture, at=at)
        self._turn(sight(self._pulse, at=at, live=live), at=at)
        began = time.perf_counter()
        readings = self._read(picture, at=at)
        took = (time.perf_counter() - began) * 1000
        admitted = self._steady.admit(readings, at=at)
        self._count([Counted(reading, colour_of(picture, reading.corners)) for reading in admitted])
        if readings:
            self._outlines = tuple(reading.corners for reading in readings)
            self._outlined = at
        elif at - self._outlined > OUTLINE_MS:
            self._outlines = ()
        self._times.append(at)
        return View(picture, at, self._sight, self._since, self._outlines, self._rate(), took, readings)

    def miss(self, *, now: int, opening: bool) -> View | None:
        """The view when no picture came for a while; None while that is still normal.

        A camera that never gave a picture and is still being opened is opening, not gone.
        """
        if self._sight is Sight.OPENING and opening:
            return View(None, self._last, self._sight, self._since)
        if now - self._last < self._patience.silent:
            return None
        self._times.clear()
        self._pulse, self._outlines = Pulse(), ()
        self._turn(Sight.GONE, at=now)
        return View(None, self._last, self._sight, self._since)

    def frozen_too_long(self, *, now: int) -> bool:
        """Whether the picture stood still for longer than anybody waits; counted anew after each attempt."""
        standing = now - max(self._since, self._tried)
        return self._sight is Sight.FROZEN and standing >= self._patience.frozen

    def tried(self, *, now: int) -> None:
        """The device was opened anew."""
        self._tried = now

    def _read(self, picture: Picture, *, at: int) -> tuple[Reading, ...]:
        """What the decoder finds; a picture it stumbles over costs that picture, never the lane."""
        try:
            return self._decoder.read(picture, at=at)
        except Exception as bug:
            note_bug(bug)
            return ()

    def _turn(self, now_seen: Sight, *, at: int) -> None:
        if now_seen is not self._sight:
            _log.info("camera sight=%s was=%s", now_seen.value, self._sight.value)
            self._sight, self._since = now_seen, at

    def _rate(self) -> float:
        if len(self._times) < 2 or self._times[-1] == self._times[0]:
            return 0.0
        return (len(self._times) - 1) * 1000 / (self._times[-1] - self._times[0])
