"""`bench soak [FOLDER]`: does a day of traffic leave memory, handles or the write-ahead log larger?

Four lanes: real camera threads on played cameras, every code to its lane's service, every vehicle ended and
waited for until it is on disk. An hour of traffic is a 24th of 40,000 vehicles. What the first quarter takes
is warm-up; the slope is that of a straight line through the rest. The database keeps 64 MiB of its file in
memory and takes a day to fill them: on a FOLDER that `bench seed 40000` made they are full from the start.
"""

from __future__ import annotations

import argparse
import contextlib
import itertools
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np
import psutil
import segno

from checkpoint_app import bootstrap
from checkpoint_app.config import LaneSetting, Settings, load_settings
from checkpoint_app.crypto.keyfile import KeyPlace
from checkpoint_app.domain.words import Direction, Outcome
from checkpoint_app.scanning.camera import Camera
from checkpoint_app.scanning.devices import Picture
from checkpoint_app.services.desk import Desk
from checkpoint_app.services.endings import ReasonNeeded
from checkpoint_app.services.lane import Lane

FRAMES, CROSSINGS = 200_000, 40_000
AN_HOUR = 40_000 / 24
SLOPE_MB, LOG_MB = 2.0, 16.0
LANES = 4
EVERYTHING = "SELECT max(length(header) + length(public) + length(personal)) FROM entry"
"""Reads every page that the database may keep in memory."""

SAMPLES = 48
WARM_UP = 0.25
SIZE = (360, 640)
PACE_S = 0.012
MODULE = 4


@dataclass(frozen=True, slots=True)
class Sample:
    """The process after so many crossings; sizes in MB. `handles` are open files, pipes and sockets."""

    crossings: int
    frames: int
    memory: float
    handles: int
    threads: int
    log: float


class Road:
    """A played camera: shows one code until the vehicle has gone, then the next; faster than any lens."""

    live = True

    def __init__(self, seed: int) -> None:
        self._dice = Random(seed)
        self._noise = np.random.default_rng(seed)
        self._vehicle = threading.Lock()
        self.frames = 0
        self.drive_on()

    def drive_on(self) -> None:
        """The next vehicle with its code."""
        link = f"https://jkm.henan.example/h5/code/{self._dice.getrandbits(64):016x}?c=g"
        modules = segno.make_qr(link, error="m").matrix_iter(border=4)
        cells = np.array([[0 if cell else 255 for cell in row] for row in modules], np.uint8)
        with self._vehicle:
            self._code = np.kron(cells, np.ones((MODULE, MODULE), np.uint8))

    def read(self) -> Picture | None:
        time.sleep(PACE_S)
        self.frames += 1
        picture = np.full((*SIZE, 3), 128, np.uint8)
        picture[:32] = self._noise.integers(100, 160, (32, SIZE[1], 3), np.uint8)
        with self._vehicle:
            height, width = self._code.shape
            picture[40 : 40 + height, 100 : 100 + width] = self._code[:, :, None]
        return picture

    def release(self) -> None:
        """Nothing to give back."""


@dataclass(frozen=True, slots=True)
class Traffic:
    """One lane with its camera."""

    lane: Lane
    road: Road
    camera: Camera


def run(arguments: Sequence[str]) -> int:
    """Prints a table; 1 when the slope, the handles or the log are over their limits."""
    parser = argparse.ArgumentParser(prog="bench soak", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, help="kept; without it, a new one that is not")
    parser.add_argument("--frames", type=int, default=FRAMES)
    parser.add_argument("--crossings", type=int, default=CROSSINGS)
    wanted = parser.parse_args(arguments)
    print(f"{'crossings':>10} {'frames':>9} {'RSS MB':>8} {'handles':>8} {'threads':>8} {'-wal MB':>8}")
    with contextlib.ExitStack() as stack:
        folder = wanted.folder or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        samples = []
        for sample in soak(folder, frames=wanted.frames, crossings=wanted.crossings):
            samples.append(sample)
            print(
                f"{sample.crossings:10} {sample.frames:9} {sample.memory:8.1f} {sample.handles:8}"
                f" {sample.threads:8} {sample.log:8.1f}",
                flush=True,
            )
    faults = complaints(samples)
    print(f"slope {slope(warm(samples)):+.2f} MB an hour of traffic" + "".join(f"; {one}" for one in faults))
    return 1 if faults else 0


def soak(folder: Path, *, frames: int, crossings: int) -> Iterator[Sample]:
    """Plays until there were so many of both; a sample now and then."""
    settings = Settings(
        station="SOAK",
        desk="SOAK-1",
        key_place="open_file",
        lanes=tuple(LaneSetting(number) for number in range(1, LANES + 1)),
    )
    if not load_settings(folder).complete:
        bootstrap.set_up(folder, settings, place=KeyPlace.OPEN_FILE)
    desk = bootstrap.open_desk(folder)
    if desk.duty.current() is None:
        desk.duty.open(group="1", lead="A", officers=("B",), zone=480).result()
    desk.resume_shift()
    desk.ledger.transact(lambda one: one.execute(EVERYTHING).fetchall()).result()
    ready = threading.Event()
    traffic = [_lane(desk, number, ready) for number in range(1, LANES + 1)]
    try:
        yield from _play(desk, traffic, ready, frames=frames, crossings=crossings)
    finally:
        for one in traffic:
            one.camera.stop()
            one.lane.close()
        desk.close()


def _lane(desk: Desk, number: int, ready: threading.Event) -> Traffic:
    road = Road(number)
    camera = Camera("played", on_view=ready.set, opens=lambda _source: road)
    camera.start()
    return Traffic(desk.lane(number, direction=Direction.IN), road, camera)


def _play(
    desk: Desk, traffic: Sequence[Traffic], ready: threading.Event, *, frames: int, crossings: int
) -> Iterator[Sample]:
    plates = (f"豫A{number % 100_000:05}" for number in itertools.count())
    done, due = 0, 0.0
    while True:
        seen = sum(one.road.frames for one in traffic)
        over = done >= crossings and seen >= frames
        if over or done >= due:
            due += crossings / SAMPLES
            yield _sample(desk, done, seen)
        if over:
            return
        ready.wait(1.0)
        ready.clear()
        for one in traffic:
            one.camera.views.take()
            for code in one.camera.codes():
                _cross(one, code.payload, next(plates))
                done += 1


def _cross(one: Traffic, payload: bytes, plate: str) -> None:
    lane = one.lane
    lane.scanned(payload)
    lane.plate(plate)
    lane.temperature(365)
    try:
        ended = lane.end(Outcome.RELEASED)
    except ReasonNeeded:
        ended = lane.end(Outcome.RELEASED, why="paper_seen")
    ended.written.result()
    lane.painted = ended.written.result()[-1].seq
    one.road.drive_on()


def _sample(desk: Desk, done: int, seen: int) -> Sample:
    process = psutil.Process()
    handles = process.num_handles() if sys.platform == "win32" else process.num_fds()
    logs = [path.stat().st_size for path in desk.folder.glob("*-wal")]
    return Sample(
        done, seen, process.memory_info().rss / 1e6, handles, threading.active_count(), sum(logs) / 1e6
    )


def warm(samples: Sequence[Sample]) -> Sequence[Sample]:
    """Those behind the first quarter of the crossings."""
    last = samples[-1].crossings
    return [sample for sample in samples if sample.crossings >= last * WARM_UP]


def slope(samples: Sequence[Sample]) -> float:
    """MB of memory gained in an hour of traffic; 0 for too few samples."""
    hours = [sample.crossings / AN_HOUR for sample in samples]
    if len(set(hours)) < 2:
        return 0.0
    return statistics.linear_regression(hours, [sample.memory for sample in samples]).slope


def complaints(samples: Sequence[Sample]) -> tuple[str, ...]:
    """What grew although it must not."""
    later = warm(samples)
    found = []
    if slope(later) >= SLOPE_MB:
        found.append(f"memory grows by {slope(later):.2f} MB an hour")
    if max(sample.handles for sample in later) > later[0].handles:
        found.append("handles grow")
    if max(sample.log for sample in samples) >= LOG_MB:
        found.append("the write-ahead log is too large")
    return tuple(found)
