"""`bench lanes [SECONDS]`: four lanes at 15 pictures a second in the real window.

From the moment a picture was taken to the verdict of its first code painted, on the lane's page or on the
wall, whichever is in front; each vehicle is turned back once it has been judged, and the next one comes. A
pulse in the window's thread tells how long nothing was answered. Beside both the empty loop: the same window
without its cameras, a repaint asked for and awaited, the pulse alone.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from checkpoint_app import bootstrap, config
from checkpoint_app.bench import window
from checkpoint_app.bench.heartbeat import Heartbeat
from checkpoint_app.bench.held import Held, phones
from checkpoint_app.bench.window import Shown
from checkpoint_app.config import LaneSetting, Settings
from checkpoint_app.crypto.keyfile import KeyPlace
from checkpoint_app.demo.device import source_of
from checkpoint_app.demo.play import begin_shift
from checkpoint_app.domain.words import Outcome
from checkpoint_app.scanning.camera import counter
from checkpoint_app.scanning.devices import OpenDevice
from checkpoint_app.services.desk import Desk
from checkpoint_app.ui.camera_view import Seen
from checkpoint_app.ui.lanes import LaneShown
from checkpoint_app.ui.pages.wall import WallPage

from PySide6.QtCore import QEventLoop, QObject, QTimer  # isort: skip - after the platform is chosen

LANES = (1, 2, 3, 4)
SECONDS, QUIET_S, WARM_S = 60.0, 5.0, 8.0
REPAINTS, VEHICLES = 300, 24
STANDS_MS = 150
PAINTED_LIMIT_MS, BLOCKED_LIMIT_MS = 150.0, 50.0


class Traffic:
    """The window's play: four cameras before which one vehicle after another holds up a phone."""

    def __init__(self) -> None:
        self._shown = {source_of(number): phones(VEHICLES, seed=number) for number in LANES}

    def opens(self) -> OpenDevice:
        return lambda source: Held(self._shown[source])

    def signs_on(self, _desk: Desk) -> None:
        """Nobody: there are no PINs here."""

    def goes_on(self, lane: int) -> None:
        """Vehicles come and go by the clock."""


def run(arguments: Sequence[str]) -> int:
    """Prints a table; 1 when a limit is not kept."""
    parser = argparse.ArgumentParser(prog="bench lanes", description=__doc__)
    parser.add_argument("seconds", nargs="?", type=float, default=SECONDS)
    wanted = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        prepare(Path(folder))
        shown = window.opened(Path(folder), play=Traffic())
        try:
            return measure(shown, seconds=wanted.seconds)
        finally:
            shown.close()


def prepare(folder: Path) -> None:
    """A desk with four lanes and an open shift."""
    lanes = tuple(LaneSetting(number, camera=source_of(number)) for number in LANES)
    settings = Settings(
        station="BENCH", desk="BENCH-4", lanes=lanes, language="en", key_place=KeyPlace.OPEN_FILE
    )
    bootstrap.set_up(folder, settings, place=KeyPlace.OPEN_FILE)
    config.save_settings(folder, settings)
    desk = bootstrap.open_desk(folder)
    begin_shift(desk)
    desk.close(painted=desk.ledger.head().seq)


def measure(shown: Shown, *, seconds: float) -> int:
    """Both pages in turn, half of the time each, then the empty loop."""
    pulse = Heartbeat()
    print(f"{'page':12} {'verdicts':>8} {'p50 ms':>8} {'p99 ms':>8} {'late p99':>9} {'late max':>9}")
    fine = True
    for page in ("lane-1", "wall"):
        shown.duty.show_page(page)
        on_page(shown, page, pulse, seconds=WARM_S / 2)  # fonts, first verdicts, the check of the ledger
        times, late = on_page(shown, page, pulse, seconds=seconds / 2)
        fine = told(page, times, late) and fine
    for lane in shown.duty.lanes.all:
        lane.page.stop_camera()
    empty, alone = repaints(shown, pulse)
    told("empty loop", empty, alone)
    return 0 if fine else 1


def on_page(shown: Shown, page: str, pulse: Heartbeat, *, seconds: float) -> tuple[list[float], list[float]]:
    """Milliseconds to each verdict painted, and by how much the pulse was late."""
    stopwatch = Stopwatch(shown, page)
    pulse.start()
    pause(shown, seconds)
    late = pulse.stop()
    stopwatch.stop()
    return stopwatch.times, late


class Stopwatch(QObject):
    """Starts when a lane read its vehicle's first code, stops when the page in front has painted its verdict.

    The vehicle is turned back a little later.
    """

    def __init__(self, shown: Shown, page: str) -> None:
        super().__init__()
        self.times: list[float] = []
        self._lanes, self._front = shown.duty.lanes, shown.running.window.page(page)
        self._taken: dict[int, int] = {}
        self._judged: dict[int, str] = {}
        self._stands = {each.state.number: self._timer(each) for each in self._lanes.all}
        if isinstance(self._front, WallPage):
            self._lanes.look_at(self._seen, wide=self._front.picture_wide)
            for number, card in self._front.cards.items():
                card.painted.connect(partial(self._painted, number))
        else:
            self._lanes.look_at(self._seen)
            number = self._lanes.selected.state.number
            shown.duty.lane.panel.painted.connect(partial(self._painted, number))

    def stop(self) -> None:
        """Nothing more is measured, and nobody is turned back any more."""
        self._lanes.look_at(None)
        for timer in self._stands.values():
            timer.stop()
        self._taken = dict.fromkeys(self._stands, 0)

    def _seen(self, number: int, seen: Seen) -> None:
        lane = self._lanes.at(number)
        if isinstance(self._front, WallPage):
            self._front.show_seen(number, seen)
        if lane is None or lane.state.open is None or not seen.codes:
            return
        if self._judged.get(number) != lane.state.open.action:
            self._judged[number] = lane.state.open.action
            self._taken[number] = seen.view.taken
            self._stands[number].start(STANDS_MS)

    def _painted(self, number: int) -> None:
        taken = self._taken.pop(number, 0)
        if taken:
            self.times.append(counter() - taken)

    def _timer(self, lane: LaneShown) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(partial(_turn_back, lane))
        return timer


def _turn_back(lane: LaneShown) -> None:
    if lane.state.open is not None:
        lane.work.end(Outcome.TURNED_BACK)


def repaints(shown: Shown, pulse: Heartbeat) -> tuple[list[float], list[float]]:
    """The same window without its cameras: a repaint asked for and awaited, and the pulse."""
    shown.duty.show_page("lane-1")
    panel = shown.duty.lane.panel
    done: list[float] = []
    panel.painted.connect(lambda: done.append(time.perf_counter()))
    pause(shown, QUIET_S)
    times = []
    pulse.start()
    for _ in range(REPAINTS):
        done.clear()
        began = time.perf_counter()
        panel.update()
        shown.until(lambda: bool(done))
        times.append((done[0] - began) * 1000)
    return times, pulse.stop()


def pause(shown: Shown, seconds: float) -> None:
    """Lets the window work for so long."""
    loop = QEventLoop(shown.app)
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()


def told(name: str, times: list[float], late: list[float]) -> bool:
    """One line of the table; whether the limits are kept."""
    if len(times) < 2 or len(late) < 2:
        print(f"{name:12} {len(times):8}  too few to tell")
        return False
    p99, most = _quantile(times, 99), max(late)
    print(
        f"{name:12} {len(times):8} {_quantile(times, 50):8.1f} {p99:8.1f} {_quantile(late, 99):9.1f}"
        f" {most:9.1f}",
        flush=True,
    )
    return p99 <= PAINTED_LIMIT_MS and most <= BLOCKED_LIMIT_MS


def _quantile(times: list[float], percent: int) -> float:
    return statistics.quantiles(times, n=100)[percent - 1]
