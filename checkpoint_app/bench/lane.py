"""`bench lane FOLDER…`: from the outcome key to "saved" painted in the real window.

Each vehicle is scanned, gets its plate and temperature, and is released by a real F1; the clock stops when
the bar has painted that vehicle's own "saved". Beside it the empty loop: the same bar repainted with nothing
saved. The ledgers grow by what is measured.
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

from PySide6.QtCore import Qt  # isort: skip - after the platform is chosen
from PySide6.QtTest import QTest  # isort: skip

LIMIT_MS = 50.0
COUNT, WARM = 500, 30


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


def measure(shown: Shown, *, count: int) -> list[float]:
    """Milliseconds from key to painted for each of so many vehicles."""
    work, bar, main = shown.duty.work, shown.running.window.bar, shown.running.window
    dice = Random(count)
    painted: list[int] = []
    bar.painted.connect(lambda: painted.append(work.last_written[0] if work.last_written else 0))
    times = []
    for _ in range(count):
        work.lane.scanned(f"https://jkm.henan.example/h5/code/{dice.getrandbits(64):016x}?c=g".encode())
        work.lane.plate(f"豫A{dice.randrange(10_000, 99_999)}")
        work.lane.temperature(365)
        main.repaint()
        before = work.last_written[0] if work.last_written else 0
        painted.clear()
        began = time.perf_counter()
        QTest.keyClick(main, Qt.Key.Key_F1)
        shown.until(lambda before=before: bool(painted) and painted[-1] > before)  # type: ignore[misc]
        times.append((time.perf_counter() - began) * 1000)
    return times


def repaints(shown: Shown, *, count: int) -> list[float]:
    """Milliseconds of the same way without anything to save."""
    bar, done = shown.running.window.bar, []
    bar.painted.connect(lambda: done.append(True))
    times = []
    for _ in range(count):
        done.clear()
        began = time.perf_counter()
        bar.update()
        shown.until(lambda: bool(done))
        times.append((time.perf_counter() - began) * 1000)
    return times


def _quantile(times: list[float], percent: int) -> float:
    return statistics.quantiles(times, n=100)[percent - 1]
