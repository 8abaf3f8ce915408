"""`bench start FOLDER…`: from the start of the process to the first paint and to a lane that takes keys.

Five starts a ledger after one that warms the disk, in turn; medians. The program's own start is measured,
Python included; a ledger of any size must not be felt, for its full verification runs behind the lane.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QTimer

from checkpoint_app.bench import window

PAINT_S, USABLE_S = 0.6, 2.0
ROUNDS = 5


def run(arguments: Sequence[str]) -> int:
    """Prints a table; 1 when a median is over its limit."""
    parser = argparse.ArgumentParser(prog="bench start", description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--child", type=float, help=argparse.SUPPRESS)
    wanted = parser.parse_args(arguments)
    if wanted.child is not None:
        return _child(wanted.folders[0], began=wanted.child)
    found: dict[Path, list[dict[str, float]]] = {folder: [] for folder in wanted.folders}
    for place in range(ROUNDS + 1):
        for folder in wanted.folders:
            times = _start(folder)
            if place:
                found[folder].append(times)
    print(f"{'ledger':28} {'python s':>9} {'painted s':>10} {'usable s':>9}")
    fine = True
    for folder, rows in found.items():
        python, painted, usable = (
            statistics.median(row[name] for row in rows) for name in ("python", "painted", "usable")
        )
        fine = fine and painted <= PAINT_S and usable <= USABLE_S
        print(f"{folder.name:28} {python:9.2f} {painted:10.2f} {usable:9.2f}")
    return 0 if fine else 1


def _start(folder: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "checkpoint_app.bench.start", str(folder), "--child", str(time.time())]
    compiled = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    answer = subprocess.run(  # noqa: S603 - ourselves
        command, check=True, capture_output=True, text=True, env=compiled
    )
    times: dict[str, float] = json.loads(answer.stdout.strip().splitlines()[-1])
    return times


def _child(folder: Path, *, began: float) -> int:
    """In the started process: tells its own times and leaves."""
    times = {"python": time.time() - began}
    running = window.begin(folder)
    running.window.first_painted.connect(lambda: times.setdefault("painted", time.time() - began))
    look = QTimer()

    def usable() -> None:
        duty = window.on_duty(running)
        if duty is None:
            return
        duty.show_page("lane")
        duty.lane.panel.repaint()
        times["usable"] = time.time() - began
        look.stop()
        running.window.close()
        running.app.quit()

    look.timeout.connect(usable)
    look.start(2)
    running.app.exec()
    print(json.dumps(times), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
