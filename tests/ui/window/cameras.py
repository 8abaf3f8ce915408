"""Cameras of several lanes, each showing what its test says."""

from __future__ import annotations

import threading
import time

import cv2
import numpy as np
import segno

from checkpoint_app.scanning.devices import CameraGone, Device, OpenDevice, Picture
from checkpoint_app.services.desk import Desk


class LaneCamera:
    """One lane's camera: shows `payload`, nothing when it is "", and fails while it is not `plugged`."""

    def __init__(self) -> None:
        self.payload = ""
        self.plugged = True
        self.open = 0
        self._number = 0
        self._goes_on = threading.Event()
        self._goes_on.set()

    def hang(self) -> threading.Event:
        """From the next picture on the driver does not answer until the event is set."""
        self._goes_on.clear()
        return self._goes_on

    def picture(self) -> Picture:
        """A picture that lives: something moves in its corner."""
        self._goes_on.wait(30)
        self._number += 1
        scene = np.full((720, 1280, 3), 120, np.uint8)
        scene[:16, : 16 * (self._number % 60 + 1)] = 200
        if self.payload:
            cells = segno.make_qr(self.payload).matrix_iter(border=4)
            small = np.array([[0 if cell else 255 for cell in row] for row in cells], np.uint8)
            code = cv2.resize(small, (400, 400), interpolation=cv2.INTER_NEAREST)
            scene[160:560, 440:840] = code[:, :, None]
        return scene


class _Opened(Device):
    live = True

    def __init__(self, camera: LaneCamera) -> None:
        self._camera = camera
        camera.open += 1

    def read(self) -> Picture | None:
        time.sleep(1 / 15)
        return self._camera.picture() if self._camera.plugged else None

    def release(self) -> None:
        self._camera.open -= 1


class Cameras:
    """What a window's play is: the cameras by their sources, and who let which vehicle go."""

    def __init__(self, *sources: str) -> None:
        self.of = {source: LaneCamera() for source in sources}
        self.gone_on: list[int] = []

    def opens(self) -> OpenDevice:
        def open_source(source: str) -> Device:
            camera = self.of.get(source)
            if camera is None or not camera.plugged:
                raise CameraGone(source=source)
            return _Opened(camera)

        return open_source

    def signs_on(self, _desk: Desk) -> None:
        """Nobody: there are no PINs here."""

    def goes_on(self, lane: int) -> None:
        self.gone_on.append(lane)


def camera_threads() -> set[threading.Thread]:
    """Every running thread of a camera."""
    return {thread for thread in threading.enumerate() if thread.name in {"watch camera", "grab pictures"}}
