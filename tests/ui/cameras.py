"""Cameras for tests of pages: pictures made here, opened like any device."""

from __future__ import annotations

import threading

import numpy as np

from checkpoint_app.scanning.devices import CameraGone, Device, Picture

GREY = 110


class Still:
    """The same picture again and again, at once but not in a busy loop; ends when released."""

    live = False

    def __init__(self, width: int, height: int) -> None:
        self._picture: Picture = np.full((height, width, 3), GREY, np.uint8)
        self._released = threading.Event()

    def read(self) -> Picture | None:
        return None if self._released.wait(0.02) else self._picture

    def release(self) -> None:
        self._released.set()


class Shop:
    """Opens cameras by name; counts what is open and remembers what was asked for."""

    def __init__(self, **sizes: tuple[int, int]) -> None:
        self.sizes = sizes
        self.asked: list[str] = []
        self.threads: list[str] = []

    def opens(self, source: str) -> Device:
        self.asked.append(source)
        if source not in self.sizes:
            raise CameraGone(source=source)
        return Still(*self.sizes[source])

    def names(self) -> list[str]:
        self.threads.append(threading.current_thread().name)
        return list(self.sizes)
