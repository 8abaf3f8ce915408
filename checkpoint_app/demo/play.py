"""The demonstration: a desk of its own, an open shift, the recorded lane; with a window or without."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

from checkpoint_app import bootstrap, i18n
from checkpoint_app.config import Settings, load_settings
from checkpoint_app.crypto.keyfile import KeyPlace
from checkpoint_app.demo.device import SOURCE, DemoDevice, DemoLane
from checkpoint_app.domain.errors import CheckpointError
from checkpoint_app.domain.words import Direction, Outcome, VerdictState
from checkpoint_app.scanning.camera import Camera
from checkpoint_app.scanning.devices import Device, OpenDevice, open_device
from checkpoint_app.services.desk import Desk
from checkpoint_app.services.lane import Ended, Lane

STATION, DESK = "演示站 G107", "DEMO-1"
GROUP, LEAD, OFFICERS = "三班", "王示范", ("李示范", "张示范")
SEED = 20
LOOK_S = 0.2


class DemoPlay:
    """The recorded lane as the window wants it: the next vehicle waits for an outcome."""

    source = SOURCE

    def __init__(self, *, seed: int = SEED) -> None:
        self.lane = DemoLane(seed=seed, waits=True)
        self._seed = seed

    def opens(self) -> OpenDevice:
        def open_source(source: str) -> Device:
            return DemoDevice(self.lane, seed=self._seed) if source == SOURCE else open_device(source)

        return open_source

    def goes_on(self) -> None:
        self.lane.next()


def prepare(folder: Path, *, seed: int = SEED) -> DemoPlay:
    """The first time: a desk in `folder`, its key in an open file, with a shift that is open."""
    if not load_settings(folder).complete:
        settings = Settings(
            station=STATION,
            desk=DESK,
            camera=SOURCE,
            language=i18n.language(),
            key_place=KeyPlace.OPEN_FILE,
        )
        bootstrap.set_up(folder, settings, place=KeyPlace.OPEN_FILE)
        desk = bootstrap.open_desk(folder)
        try:
            begin_shift(desk)
        finally:
            desk.close()
    return DemoPlay(seed=seed)


def begin_shift(desk: Desk) -> None:
    """Opens the demonstration's shift unless one is open."""
    if desk.duty.current() is None:
        zone = time.localtime().tm_gmtoff // 60
        desk.duty.open(group=GROUP, lead=LEAD, officers=OFFICERS, zone=zone).result()
    desk.resume_shift()


def log_crossings(folder: Path, *, seconds: float, seed: int = SEED) -> Iterator[str]:
    """Plays for `seconds` without a window and without waiting; one line for each crossing, after COMMIT."""
    scene = prepare(folder, seed=seed)
    desk = bootstrap.open_desk(folder)
    lane = desk.lane(1, direction=Direction.IN)
    ready = threading.Event()
    camera = Camera(SOURCE, on_view=ready.set, opens=scene.opens())
    camera.start()
    try:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            ready.wait(LOOK_S)
            ready.clear()
            camera.views.take()
            for reading in camera.codes():
                lane.scanned(reading.payload)
            ended = _served(lane, scene)
            if ended:
                yield _line(ended)
    finally:
        camera.stop()
        desk.close()


def _served(lane: Lane, scene: DemoPlay) -> Ended | None:
    """Measures and releases once the plate was read; what is not allowed is turned back."""
    crossing, arrival = lane.state.open, scene.lane.current
    if not crossing or not crossing.plate:
        return None
    for tenths in arrival.tenths:
        lane.temperature(tenths)
    try:
        ended = lane.end(Outcome.RELEASED, why="" if _passes(lane) else "checked_by_hand")
    except CheckpointError:
        ended = lane.end(Outcome.TURNED_BACK)
    scene.goes_on()
    return ended


def _passes(lane: Lane) -> bool:
    return lane.verdict is not None and lane.verdict.state is VerdictState.PASS


def _line(ended: Ended) -> str:
    written = ended.written.result()[-1]
    return f"{written.seq} {ended.crossing.plate} {ended.outcome.value} {written.hash[:16]}"
