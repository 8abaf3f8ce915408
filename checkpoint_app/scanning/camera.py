"""One camera: a thread that reads pictures, a thread that decodes the newest, a box with what was seen.

Plain threads, no Qt. `on_view` is called from the decoding thread when the box turns from empty to full:
one bare call, however many pictures come while nobody looks. Codes that count are kept apart from the
pictures until somebody takes them, so none is lost when a picture is replaced by a newer one.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from checkpoint_app.domain.errors import CheckpointError
from checkpoint_app.scanning.box import Box
from checkpoint_app.scanning.decoder import Decoder
from checkpoint_app.scanning.devices import Device, OpenDevice, Picture, open_device
from checkpoint_app.scanning.health import Pulse, Sight, felt, sight
from checkpoint_app.scanning.readings import Corners, Reading
from checkpoint_app.scanning.steady import Steady

SILENT_MS = 2_000
"""No picture for so long means the camera is gone, whatever its driver says."""
RETRY_S = 1.0
OPENING_MS = 30_000
"""Some drivers take many seconds to open; after this one that hangs is left behind."""
FROZEN_RETRY_MS = 5_000
OUTLINE_MS = 300
MOST_CODES = 64

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Frame:
    """A picture and when it was taken, ms of the run's counter."""

    picture: Picture
    taken: int


@dataclass(frozen=True, slots=True)
class View:
    """What the lane shows of its camera. `since` is when this sight began; `read_ms` what decoding took."""

    picture: Picture | None
    taken: int
    sight: Sight
    since: int
    outlines: tuple[Corners, ...] = ()
    rate: float = 0.0
    read_ms: float = 0.0


def counter() -> int:
    """Milliseconds of a counter that never jumps."""
    return time.monotonic_ns() // 1_000_000


class Camera:
    """Opens, watches and reopens one source until stopped."""

    def __init__(self, source: str, *, on_view: Callable[[], None], opens: OpenDevice = open_device) -> None:
        self.source = source
        self.views: Box[View] = Box()
        self._on_view = on_view
        self._opens = opens
        self._frames: Box[Frame] = Box()
        self._codes: deque[Reading] = deque(maxlen=MOST_CODES)
        self._ended = threading.Event()
        self._grabber: _Grabber | None = None
        self._watcher = threading.Thread(target=self._watch, name=f"camera {source[:20]}", daemon=True)

    def start(self) -> None:
        """Begins; returns at once, the source is opened in its own thread."""
        self._watcher.start()

    def stop(self, *, wait: float = 3.0) -> None:
        """Ends both threads and gives the device back; a hanging driver is left behind."""
        self._ended.set()
        if self._watcher.ident is not None:
            self._watcher.join(wait)

    def codes(self) -> tuple[Reading, ...]:
        """Codes that counted since the last call, in order."""
        taken = []
        while self._codes:
            taken.append(self._codes.popleft())
        return tuple(taken)

    def _watch(self) -> None:
        seer = _Seer(self._codes)
        self._grab()
        try:
            while not self._ended.is_set():
                frame = self._frames.take(wait=0.25)
                view = seer.see(frame, live=self._live()) if frame else seer.miss(now=counter())
                if view is not None and self.views.put(view):
                    self._on_view()
                if self._hangs(seer, now=counter()):
                    self._grab()
                    seer.tried(now=counter())
        finally:
            if self._grabber:
                self._grabber.end(wait=2.0)

    def _hangs(self, seer: _Seer, *, now: int) -> bool:
        """Whether the driver does not answer, or gives the same picture for ever."""
        grabber = self._grabber
        if grabber is None or not grabber.inside_since:
            return False
        patience = OPENING_MS if grabber.opening else SILENT_MS
        return now - grabber.inside_since >= patience or seer.frozen_for(now=now) >= FROZEN_RETRY_MS

    def _live(self) -> bool:
        return self._grabber is None or self._grabber.live

    def _grab(self) -> None:
        if self._grabber:
            self._grabber.end(wait=0)
        self._grabber = _Grabber(self.source, self._frames, self._opens)
        self._grabber.start()


class _Grabber(threading.Thread):
    """Reads pictures as fast as they come; only the newest is kept."""

    def __init__(self, source: str, frames: Box[Frame], opens: OpenDevice) -> None:
        super().__init__(name=f"grab {source[:20]}", daemon=True)
        self.live = True
        self.opening = False
        self.inside_since = 0  # when the driver was last called, 0 while it is not
        self._source, self._frames, self._opens = source, frames, opens
        self._over = threading.Event()

    def end(self, *, wait: float) -> None:
        self._over.set()
        if wait and self.is_alive():
            self.join(wait)

    def run(self) -> None:
        while not self._over.is_set():
            device = self._open()
            if device is None:
                self._over.wait(RETRY_S)
                continue
            try:
                self._read_all(device)
            finally:
                device.release()

    def _open(self) -> Device | None:
        self.opening, self.inside_since = True, counter()
        try:
            return self._opens(self._source)
        except CheckpointError as error:
            _log.info("camera not opened why=%s", type(error).__name__)
            return None
        finally:
            self.opening, self.inside_since = False, 0

    def _read_all(self, device: Device) -> None:
        self.live = device.live
        while not self._over.is_set():
            self.inside_since = counter()
            try:
                picture = device.read()
            except CheckpointError:
                picture = None
            self.inside_since = 0
            if picture is None or self._over.is_set():
                self._over.wait(RETRY_S / 4)
                return
            self._frames.put(Frame(picture, counter()))


class _Seer:
    """What one camera's pictures add up to; belongs to the decoding thread."""

    def __init__(self, codes: deque[Reading]) -> None:
        self._codes = codes
        self._decoder, self._steady = Decoder(), Steady()
        self._pulse = Pulse()
        self._sight, self._since = Sight.OPENING, counter()
        self._last = self._tried = counter()
        self._times: deque[int] = deque(maxlen=30)
        self._outlines: tuple[Corners, ...] = ()
        self._outlined = 0

    def see(self, frame: Frame, *, live: bool) -> View:
        """The view after one picture; codes that count go into the shared deque."""
        self._last = frame.taken
        self._pulse = felt(self._pulse, frame.picture, at=frame.taken)
        self._turn(sight(self._pulse, at=frame.taken, live=live), at=frame.taken)
        began = time.perf_counter()
        readings = self._decoder.read(frame.picture, at=frame.taken)
        took = (time.perf_counter() - began) * 1000
        self._codes.extend(self._steady.admit(readings, at=frame.taken))
        if readings:
            self._outlines = tuple(reading.corners for reading in readings)
            self._outlined = frame.taken
        elif frame.taken - self._outlined > OUTLINE_MS:
            self._outlines = ()
        self._times.append(frame.taken)
        return View(frame.picture, frame.taken, self._sight, self._since, self._outlines, self._rate(), took)

    def miss(self, *, now: int) -> View | None:
        """The view when no picture came for a while; None while that is still normal."""
        if now - self._last < SILENT_MS:
            return None
        self._times.clear()
        self._turn(Sight.GONE, at=now)
        return View(None, self._last, self._sight, self._since)

    def frozen_for(self, *, now: int) -> int:
        """Milliseconds since the picture stood still; after a new attempt to open, counted anew."""
        if self._sight is not Sight.FROZEN:
            return 0
        return now - max(self._since, self._tried)

    def tried(self, *, now: int) -> None:
        """The device was opened anew."""
        self._tried = now

    def _turn(self, now_seen: Sight, *, at: int) -> None:
        if now_seen is not self._sight:
            _log.info("camera sight=%s was=%s", now_seen.value, self._sight.value)
            self._sight, self._since = now_seen, at

    def _rate(self) -> float:
        if len(self._times) < 2 or self._times[-1] == self._times[0]:
            return 0.0
        return (len(self._times) - 1) * 1000 / (self._times[-1] - self._times[0])
