"""`bench report [N …]`: a shift of so many crossings on paper, and how much memory that takes.

The ledger is that of `bench seed`, kept for the next time; one shift holds all crossings. Beside the register
form stands a floor: the same cells in the same columns, read the same way, each on one line of a bare canvas
in the same face; nothing is broken into lines, summed or numbered. Each is measured in a process of its own,
so that a peak is its own. `handover` is everything from the first look into the ledger to the file.
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
from checkpoint_app.documents import register_form, style
from checkpoint_app.documents.faces import REGULAR, load_fonts
from checkpoint_app.documents.form_head import LANDSCAPE
from checkpoint_app.documents.handover import write_handover
from checkpoint_app.documents.register_form import RegisterForm, Row, write_register_form
from checkpoint_app.domain.entry import Fact
from checkpoint_app.domain.report import ShiftReport
from checkpoint_app.services import register_rows, reporting
from checkpoint_app.services.reporting import Occasion, Read, Sources
from checkpoint_app.storage import crossing_parts, database

COUNTS = (13_000, 100_000)
WHAT = ("figures", "handover", "register", "floor")
SHIFT = f"{seed.DESK}.20260331.1"
TOP, STEP = 560, 14
"""Of the floor: where its first line stands, and the points between two, as the form has them."""

LINES = TOP // STEP - 2
_SHARES = [column.share for column in register_form.columns()]
_UNIT = (LANDSCAPE[0] - 2 * style.SIDE) / sum(_SHARES)
_EDGES = [style.SIDE + before * _UNIT for before in itertools.accumulate((0, *_SHARES[:-1]))]

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
        took = {}
        for what in WHAT:
            told = _measured(what, count)
            took[what] = told["seconds"]
            print(
                f"{count:>8,} {what:<9} {told['seconds']:6.2f} s, {told['worked']:5.2f} s of them work"
                f"  {told['pages']:6,.0f} pages"
                f"  {told['peak_mb']:5.0f} MB at most, {told['grown_mb']:4.0f} MB more than before",
                flush=True,
            )
        print(f"{count:>8,} register {took['register'] / took['floor']:.2f} times its floor", flush=True)
    return 0


def _measured(what: str, count: int) -> Measured:
    words = [sys.executable, "-m", "checkpoint_app", "bench", "report", f"{count}", "--one", what]
    found = subprocess.run(words, check=True, capture_output=True, text=True)  # noqa: S603 - this program
    told: Measured = json.loads(found.stdout.splitlines()[-1])
    return told


def _folder(count: int) -> Path:
    return seed.folder_of(count).with_name(f"shift-{count}")


def _seed(count: int) -> None:
    """One shift of so many crossings through the real append path; kept, and brought to this program's form
    of what is derived.
    """
    folder = _folder(count)
    done = folder / "seeded"
    clock = PlayedClock(traffic.start_of(traffic.LAST_DAY))
    ledger = seed.open_seeded(folder, clock=clock)
    try:
        if done.exists():
            return
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
    return _timed(count, lambda read, path: _write_register(count, read, path))


def _write_register(count: int, read: Read, path: Path) -> int:
    form = RegisterForm("试验站", seed.DESK, "三班", reporting.sheet_number(SHIFT), _rows(read), count, "")
    return write_register_form(form, path, progress=_going)


def _rows(read: Read) -> Iterator[Row]:
    return register_rows.register_rows(crossing_parts.of_shift(read, SHIFT), officers={})


def _floor(count: int) -> Measured:
    return _timed(count, _write_floor)


def _write_floor(read: Read, path: Path) -> int:
    load_fonts()
    sheet = canvas.Canvas(str(path), pagesize=LANDSCAPE, pageCompression=1)
    pages = 0
    for number, row in enumerate(_rows(read)):
        y = TOP - STEP * (number % LINES)
        if y == TOP:
            pages += 1
            if number:
                sheet.showPage()
            sheet.setFont(REGULAR, style.SMALL)
        for x, cell in zip(_EDGES, register_form.cells(row), strict=True):
            if cell != "":
                sheet.drawString(x, y, str(cell))
        sheet.line(_EDGES[0], y, LANDSCAPE[0] - style.SIDE, y)
    sheet.save()
    return pages


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
        began, worked = time.perf_counter(), time.process_time()
        pages = work(lambda: nullcontext(connection), Path(target) / f"{count}.pdf")
        took, worked = time.perf_counter() - began, time.process_time() - worked
    peak = _peak_mb()
    return {"seconds": took, "worked": worked, "pages": pages, "peak_mb": peak, "grown_mb": peak - before}


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
