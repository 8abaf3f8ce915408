"""The thread that reads pictures from one device as fast as they come; only the newest is kept."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from checkpoint_app.domain.errors import CheckpointError
from checkpoint_app.scanning.box import Box
from checkpoint_app.scanning.devices import Device, Facts, OpenDevice, Picture

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a camera is waited for: ms of the counter, `retry` and `look` in seconds of real time.

    `silent`: without a picture for so long the camera is gone, whatever its driver says. `opening`: some
    drivers take many seconds; one that hangs is left behind after this. `frozen`: a picture that stands still
    for so long after it was noticed is opened anew.
    """

    silent: int = 2_000
    opening: int = 30_000
    frozen: int = 5_000
    retry: float = 1.0
    look: float = 0.25


@dataclass(frozen=True, slots=True)
class Frame:
    """A picture and when it was taken, ms of the run's counter."""

    picture: Picture
    taken: int


def counter() -> int:
    """Milliseconds of a counter that never jumps."""
    return time.monotonic_ns() // 1_000_000


class Grabber(threading.Thread):
    """Opens one source until it opens, reads until it ends, and again. A driver that hangs, hangs here."""

    def __init__(
        self,
        source: str,
        frames: Box[Frame],
        *,
        opens: OpenDevice,
        patience: Patience,
        clock: Callable[[], int],
    ) -> None:
        super().__init__(name="grab pictures", daemon=True)
        self.live = True
        self.facts: Facts | None = None
        self.opening = False
        self.inside_since: int | None = None  # when the driver was last called, None while it is not
        self._source, self._frames, self._opens = source, frames, opens
        self._patience, self._clock = patience, clock
        self._over = threading.Event()

    def end(self, *, wait: float) -> None:
        """No picture more; gives the device back as soon as the driver lets it."""
        self._over.set()
        if wait and self.is_alive():
            self.join(wait)

    def hangs(self, *, now: int) -> bool:
        """Whether the driver has been asked for longer than anybody waits."""
        since, opening = self.inside_since, self.opening
        patience = self._patience.opening if opening else self._patience.silent
        return since is not None and now - since >= patience

    def run(self) -> None:
        while not self._over.is_set():
            device = self._open()
            if device is None:
                self._over.wait(self._patience.retry)
                continue
            try:
                self._read_all(device)
            finally:
                self.inside_since = self._clock()
                device.release()
                self.inside_since = None
            self._over.wait(self._patience.retry / 4)

    def _open(self) -> Device | None:
        self.opening, self.inside_since = True, self._clock()
        try:
            return self._opens(self._source)
        except CheckpointError as error:
            _log.info("camera not opened why=%s", type(error).__name__)
            return None
        finally:
            self.opening, self.inside_since = False, None

    def _read_all(self, device: Device) -> None:
        self.live, self.facts = device.live, getattr(device, "facts", None)
        while not self._over.is_set():
            self.inside_since = self._clock()
            try:
                picture = device.read()
            except CheckpointError:
                picture = None
            self.inside_since = None
            if picture is None or self._over.is_set():
                return
            self._frames.put(Frame(picture, self._clock()))
