"""`bench lane FOLDER…`: from the outcome key to "saved" painted in the real window.

Each vehicle is scanned, gets its plate and temperature, and is released by a real F1; the clock stops when
the panel has painted that vehicle's own "saved". Beside it the empty loop: the same panel repainted with
nothing saved. The ledgers grow by what is measured.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Sequence
from pathlib import Path
from random import Random

from checkpoint_app.bench import window
from checkpoint_app.bench.window import Shown
from checkpoint_app.domain.words import Outcome
from checkpoint_app.ui.lane_work import LaneWork
from checkpoint_app.ui.panel_text import Notice

from PySide6.QtCore import Qt  # isort: skip - after the platform is chosen
from PySide6.QtTest import QTest  # isort: skip

LIMIT_MS = 50.0
COUNT, WARM = 300, 10
PAUSE_S = 0.3
"""Between two vehicles: a second press right behind the first is a slip, and the window takes it for one."""


def run(arguments: Sequence[str]) -> int:
    """Prints a table; 1 when a p99 is over the limit."""
    parser = argparse.ArgumentParser(prog="bench lane", description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--count", type=int, default=COUNT)
    wanted = parser.parse_args(arguments)
    print(f"{'ledger':28} {'p50 ms':>8} {'p99 ms':>8} {'max ms':>8} {'empty p99':>10}")
    fine = True
    for folder in wanted.folders:
        shown = window.opened(folder)
        try:
            clear(shown)
            measure(shown, count=WARM)
            times, empty = measure(shown, count=wanted.count), repaints(shown, count=wanted.count)
        finally:
            shown.close()
        p99 = _quantile(times, 99)
        fine = fine and p99 <= LIMIT_MS
        print(
            f"{folder.name:28} {_quantile(times, 50):8.2f} {p99:8.2f} {max(times):8.2f}"
            f" {_quantile(empty, 99):10.2f}",
            flush=True,
        )
    return 0 if fine else 1


def clear(shown: Shown) -> None:
    """What an earlier run left standing is turned back; its plate may be the first one's."""
    work = shown.duty.work
    while work.lane.state.open is not None:
        ended = work.lane.end(Outcome.TURNED_BACK).written
        shown.until(ended.done)


def measure(shown: Shown, *, count: int) -> list[float]:
    """Milliseconds from key to painted for each of so many vehicles."""
    work, panel, main = shown.duty.work, shown.duty.lane.panel, shown.running.window
    dice = Random()
    painted: list[tuple[int, float]] = []

    def look() -> None:
        if panel.text.state is Notice.SAVED:
            painted.append((_last(work), time.perf_counter()))

    panel.painted.connect(look)
    times = []
    for _ in range(count):
        work.lane.scanned(f"https://jkm.henan.example/h5/code/{dice.getrandbits(64):016x}?c=g".encode())
        work.lane.plate(f"豫A{dice.randrange(10_000, 99_999)}")
        work.lane.temperature(365)
        pause = time.perf_counter() + PAUSE_S
        shown.until(lambda pause=pause: time.perf_counter() > pause)  # type: ignore[misc]
        before = _last(work)
        painted.clear()
        began = time.perf_counter()
        QTest.keyClick(main, Qt.Key.Key_F1)
        shown.until(lambda before=before: bool(painted) and painted[-1][0] > before)  # type: ignore[misc]
        first = next(at for seq, at in painted if seq > before)
        times.append((first - began) * 1000)
    return times


def _last(work: LaneWork) -> int:
    return work.last_written[0] if work.last_written else 0


def repaints(shown: Shown, *, count: int) -> list[float]:
    """Milliseconds of the same way without anything to save."""
    panel = shown.duty.lane.panel
    done: list[float] = []
    panel.painted.connect(lambda: done.append(time.perf_counter()))
    times = []
    for _ in range(count):
        done.clear()
        began = time.perf_counter()
        panel.update()
        shown.until(lambda: bool(done))
        times.append((done[0] - began) * 1000)
    return times


def _quantile(times: list[float], percent: int) -> float:
    return statistics.quantiles(times, n=100)[percent - 1]
