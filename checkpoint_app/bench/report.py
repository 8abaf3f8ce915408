"""`bench report [N …]`: a shift of so many crossings on paper, and how much memory that takes.

The ledger is that of `bench seed`, kept for the next time; one shift holds all crossings. Beside the handover
sheet and the register form stands a floor: the same number of lines on a bare canvas. Each is measured in a
process of its own, so that a peak is its own.
"""

from __future__ import annotations

import argparse
import itertools
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path

from reportlab.pdfgen import canvas

from checkpoint_app.bench import seed, traffic
from checkpoint_app.bench.seed import PlayedClock, Seeding
from checkpoint_app.documents.handover import write_handover
from checkpoint_app.documents.register_form import RegisterForm, write_register_form
from checkpoint_app.domain.entry import Fact
from checkpoint_app.domain.report import ShiftReport
from checkpoint_app.services import register_rows, reporting
from checkpoint_app.services.reporting import Occasion, Read, Sources
from checkpoint_app.storage import crossing_parts, database

COUNTS = (13_000, 100_000)
WHAT = ("figures", "handover", "register", "floor")
SHIFT = f"{seed.DESK}.20260331.1"
LINES, STEP, SIZE = 32, 24, 8
"""Of the floor: lines a sheet, points between them, and their size."""

FLOOR_LINE = "{n} 11-21 08:00 1 A12345 4105**********1234 138****5678 36.5 green negative released"

Measured = Mapping[str, float]


def run(arguments: Sequence[str]) -> int:
    """`bench report [N …]`."""
    parser = argparse.ArgumentParser(prog="bench report", description=__doc__)
    parser.add_argument("counts", type=int, nargs="*", default=COUNTS)
    parser.add_argument("--one", choices=WHAT)
    given = parser.parse_args(arguments)
    if given.one:
        print(json.dumps(_ONE[given.one](given.counts[0])))
        return 0
    for count in given.counts:
        _seed(count)
        for what in WHAT:
            told = _measured(what, count)
            print(
                f"{count:>8,} {what:<9} {told['seconds']:6.2f} s  {told['pages']:6,.0f} pages"
                f"  {told['peak_mb']:5.0f} MB at most, {told['grown_mb']:4.0f} MB more than before",
                flush=True,
            )
    return 0


def _measured(what: str, count: int) -> Measured:
    words = [sys.executable, "-m", "checkpoint_app", "bench", "report", f"{count}", "--one", what]
    found = subprocess.run(words, check=True, capture_output=True, text=True)  # noqa: S603 - this program
    told: Measured = json.loads(found.stdout.splitlines()[-1])
    return told


def _folder(count: int) -> Path:
    return seed.folder_of(count).with_name(f"shift-{count}")


def _seed(count: int) -> None:
    """One shift of so many crossings through the real append path; kept."""
    folder = _folder(count)
    done = folder / "seeded"
    if done.exists():
        return
    clock = PlayedClock(traffic.start_of(traffic.LAST_DAY))
    ledger = seed.open_seeded(folder, clock=clock)
    try:
        seeding = Seeding(ledger, clock)
        seeding.feed(0, _in_one_shift(count), skip=0)
        seeding.settle()
        done.write_text(f"{count}\n", encoding="ascii")
    finally:
        ledger.close()


def _in_one_shift(count: int) -> Iterator[Fact | traffic.Undo]:
    """The first of a day's shifts, with all of `count` crossings in it."""
    whole = traffic.facts_of_day(traffic.LAST_DAY, count * traffic.SHIFTS, seed=seed.SEED, desk=seed.DESK)
    return itertools.takewhile(lambda wish: wish.shift == SHIFT, whole)


def _figures(count: int) -> Measured:
    return _timed(count, lambda read, _path: _report(read).figures.vehicles and 0)


def _handover(count: int) -> Measured:
    return _timed(count, lambda read, path: write_handover(_report(read), path, progress=_going))


def _register(count: int) -> Measured:
    return _timed(count, _write_register)


def _write_register(read: Read, path: Path) -> int:
    rows = register_rows.register_rows(crossing_parts.of_shift(read, SHIFT), officers={})
    form = RegisterForm("试验站", seed.DESK, "三班", reporting.sheet_number(SHIFT), rows, 0, "")
    return write_register_form(form, path, progress=_going)


def _floor(count: int) -> Measured:
    """As many lines as there are crossings, on nothing but a canvas."""
    return _timed(count, lambda _read, path: _write_floor(count, path))


def _write_floor(count: int, path: Path) -> int:
    sheet = canvas.Canvas(str(path))
    for number in range(count):
        if number and number % LINES == 0:
            sheet.showPage()
        sheet.setFont("Helvetica", SIZE)
        sheet.drawString(STEP, STEP * (LINES - number % LINES), FLOOR_LINE.format(n=number))
    sheet.save()
    return -(-count // LINES)


def _report(read: Read) -> ShiftReport:
    found = reporting.report_of(Sources("试验站", read), SHIFT, Occasion("王示范", 1))
    assert found is not None
    return found


def _going(_done: int, _of: int) -> bool:
    return True


def _timed(count: int, work: Callable[[Read, Path], int]) -> Measured:
    """`work` gets a way to read and a file's name, and answers how many pages it wrote."""
    folder = _folder(count)
    before = _peak_mb()
    with (
        tempfile.TemporaryDirectory() as target,
        database.open_reader(folder, seed.key_of(folder)) as connection,
    ):
        began = time.perf_counter()
        pages = work(lambda: nullcontext(connection), Path(target) / f"{count}.pdf")
        took = time.perf_counter() - began
    peak = _peak_mb()
    return {"seconds": took, "pages": pages, "peak_mb": peak, "grown_mb": peak - before}


def _peak_mb() -> float:
    """The most memory this process ever had; 0 where the system does not tell."""
    if sys.platform == "win32":
        return 0.0
    import resource

    found = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return found / (1024 * 1024 if sys.platform == "darwin" else 1024)


_ONE: Mapping[str, Callable[[int], Measured]] = {
    "figures": _figures,
    "handover": _handover,
    "register": _register,
    "floor": _floor,
}
