"""Cameras that are none: they do at the edge what drivers do, when the test says so."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import cv2
import numpy as np
import segno
from numpy.typing import NDArray

from checkpoint_app.scanning.camera import Camera, Patience, View
from checkpoint_app.scanning.devices import CameraGone
from checkpoint_app.scanning.health import Sight

Picture = NDArray[np.uint8]
AT_ONCE = Patience(retry=0.002, look=0.002)
"""The real patience in ms of the counter, but no real time is spent between two looks."""
LONG_S = 20.0


def noise(number: int, *, light: int = 120, height: int = 72, width: int = 128) -> Picture:
    """A picture like no other."""
    chance = np.random.default_rng(number)
    return chance.integers(light - 8, light + 8, (height, width, 3), np.uint8)


def code_picture(payload: bytes, *, dark: tuple[int, int, int] = (0, 0, 0), scale: int = 6) -> Picture:
    """A code in the middle of a grey picture; `dark` is the modules' blue, green and red."""
    modules = segno.make_qr(payload, error="m").matrix_iter(scale=scale, border=4)
    cells = np.array([[1 if cell else 0 for cell in row] for row in modules], np.uint8)
    drawn = np.where(cells[:, :, None] == 1, np.array(dark, np.uint8), np.uint8(255)).astype(np.uint8)
    side = len(drawn)
    scene = np.full((side + 160, side + 320, 3), 128, np.uint8)
    scene[80 : 80 + side, 160 : 160 + side] = drawn
    return scene


class Clock:
    """A counter the test moves, ms. `looked` waits until the camera has looked at it again."""

    def __init__(self) -> None:
        self.now = 1_000
        self.over = False
        self._reads = 0
        self._read = threading.Condition()

    def __call__(self) -> int:
        with self._read:
            if threading.current_thread().name == "watch camera":
                self._reads += 1
                self._read.notify_all()
            return self.now

    def looked(self, *, times: int = 2) -> None:
        with self._read:
            wanted = self._reads + times
            enough = self._read.wait_for(lambda: self.over or self._reads >= wanted, LONG_S)
            assert enough, "the camera looks no more"

    def end(self) -> None:
        """Nobody waits any more."""
        with self._read:
            self.over = True
            self._read.notify_all()


@dataclass
class Socket:
    """Where cameras are plugged in. `picture` is what they see, None while unplugged."""

    picture: Callable[[int], Picture] | None = noise
    live: bool = True
    tried: int = 0
    opened: int = 0
    released: int = 0
    hanging: bool = False
    opening_hangs: bool = False
    free: threading.Event = field(default_factory=threading.Event)
    number: int = 0

    def open(self, source: str) -> PlayedDevice:
        self.tried += 1
        if self.opening_hangs:
            self.free.wait()
        if self.picture is None:
            raise CameraGone(source=source)
        self.opened += 1
        return PlayedDevice(self)

    def let_go(self) -> None:
        """Every call that hangs comes back."""
        self.hanging = self.opening_hangs = False
        self.free.set()


class PlayedDevice:
    """One opening of the socket."""

    def __init__(self, socket: Socket) -> None:
        self._socket = socket
        self.live = socket.live

    def read(self) -> Picture | None:
        socket = self._socket
        if socket.hanging:
            socket.free.wait()
        time.sleep(0.001)  # a camera's pace
        socket.number += 1
        return socket.picture(socket.number) if socket.picture else None

    def release(self) -> None:
        self._socket.released += 1


class Watched:
    """A camera in a played socket with a clock that is told, and what it showed last."""

    def __init__(self, socket: Socket | None = None) -> None:
        self.socket, self.clock = socket or Socket(), Clock()
        self.calls = 0
        self.camera = Camera(
            "played", on_view=self._called, opens=self.socket.open, patience=AT_ONCE, clock=self.clock
        )

    def _called(self) -> None:
        self.calls += 1

    def __enter__(self) -> Watched:
        self.camera.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.socket.let_go()
        self.camera.stop()

    def view(self) -> View:
        """The next view."""
        taken = self.camera.views.take(wait=LONG_S)
        assert taken is not None, "no view at all"
        return taken

    def until(self, sight: Sight, *, step: int = 100, most: int = 60_000) -> int:
        """Milliseconds of the clock until the camera shows this sight, in steps."""
        began = self.clock.now
        self.camera.views.take()
        self.clock.looked()
        while self.clock.now - began <= most:
            self.clock.looked()
            view = self.camera.views.take()
            if view is not None and view.sight is sight:
                return self.clock.now - began
            self.clock.now += step
        raise AssertionError(f"never {sight.value}")

    def steady(self) -> Watched:
        """Waits until pictures come and are fine, without moving the clock."""
        while self.view().sight is not Sight.FINE:
            self.clock.looked()
        return self


def tinted(
    picture: Picture, light: tuple[float, float, float], *, blur: int = 0, noise_of: float = 0
) -> Picture:
    """The picture under a light of this blue, green and red, out of focus, with a sensor's noise."""
    seen: NDArray[Any] = picture.astype(np.float32) * np.array(light, np.float32)
    if blur:
        seen = cv2.GaussianBlur(seen, (0, 0), blur)
    if noise_of:
        seen = seen + np.random.default_rng(3).normal(0, noise_of, seen.shape)
    return np.asarray(np.clip(seen, 0, 255), np.uint8)
