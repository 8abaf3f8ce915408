"""One camera: a thread that reads pictures, a thread that decodes the newest, a box with what was seen.

Plain threads, no Qt. `on_view` is called from the decoding thread when the box turns from empty to full:
one bare call, however many pictures come while nobody looks. Codes that count are kept apart from the
pictures until somebody takes them, so none is lost when a picture is replaced by a newer one.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable

from checkpoint_app.log import note_bug
from checkpoint_app.scanning.box import Box
from checkpoint_app.scanning.devices import Facts, OpenDevice, open_device
from checkpoint_app.scanning.grabbing import Frame, Grabber, Patience, counter
from checkpoint_app.scanning.seeing import Counted, Seer, View

__all__ = ["Camera", "Counted", "Frame", "Patience", "View", "counter"]

MOST_CODES = 1_000
MOST_LEFT_BEHIND = 4
"""Threads that may hang in a driver at a time; a driver that hangs again and again gets no more."""


class Camera:
    """Opens, watches and reopens one source until stopped."""

    def __init__(
        self,
        source: str,
        *,
        on_view: Callable[[], None],
        opens: OpenDevice = open_device,
        patience: Patience | None = None,
        clock: Callable[[], int] = counter,
    ) -> None:
        self.source = source
        self.views: Box[View] = Box()
        self._on_view, self._opens = on_view, opens
        self._patience, self._clock = patience or Patience(), clock
        self._frames: Box[Frame] = Box()
        self._codes: deque[Counted] = deque(maxlen=MOST_CODES)
        self._ended = threading.Event()
        self._grabber: Grabber | None = None
        self._left: list[Grabber] = []
        self._watcher = threading.Thread(target=self._watch, name="watch camera", daemon=True)

    @property
    def facts(self) -> Facts | None:
        """What the device really gives, read back from it; None before it was opened."""
        return self._grabber.facts if self._grabber else None

    @property
    def over(self) -> bool:
        """Whether it was stopped and calls nobody any more."""
        return self._ended.is_set() and not self._watcher.is_alive()

    def start(self) -> None:
        """Begins; returns at once, the source is opened in its own thread."""
        self._watcher.start()

    def stop(self, *, wait: float = 3.0) -> None:
        """Ends both threads and gives the device back; a hanging driver is left behind."""
        self._ended.set()
        if self._watcher.ident is not None:
            self._watcher.join(wait)

    def codes(self) -> tuple[Counted, ...]:
        """Codes that counted since the last call, in order."""
        taken = []
        while self._codes:
            taken.append(self._codes.popleft())
        return tuple(taken)

    def _watch(self) -> None:
        seer = Seer(count=self._codes.extend, patience=self._patience, clock=self._clock)
        grabber = self._grab()
        try:
            while not self._ended.is_set():
                grabber = self._look(grabber, seer)
        finally:
            grabber.end(wait=2.0)

    def _look(self, grabber: Grabber, seer: Seer) -> Grabber:
        """One picture, or none for a while; the grabber that goes on."""
        frame = self._frames.take(wait=self._patience.look)
        now = self._clock()
        try:
            view = (
                seer.see(frame, live=grabber.live) if frame else seer.miss(now=now, opening=grabber.opening)
            )
        except Exception as bug:  # a picture we stumble over costs that picture, never the lane
            note_bug(bug)
            view = None
        if view is not None and self.views.put(view):
            self._on_view()
        if not self._lost(grabber, seer, now=now):
            return grabber
        fresh = self._grab()
        seer.tried(now=now)
        return fresh

    def _lost(self, grabber: Grabber, seer: Seer, *, now: int) -> bool:
        """Whether the driver does not answer, gives the same picture for ever, or took its thread down."""
        if not (grabber.hangs(now=now) or seer.frozen_too_long(now=now) or not grabber.is_alive()):
            return False
        self._left = [left for left in self._left if left.is_alive()]
        return len(self._left) < MOST_LEFT_BEHIND

    def _grab(self) -> Grabber:
        if self._grabber:
            self._grabber.end(wait=0)
            self._left.append(self._grabber)
        self._grabber = Grabber(
            self.source, self._frames, opens=self._opens, patience=self._patience, clock=self._clock
        )
        self._grabber.start()
        return self._grabber
