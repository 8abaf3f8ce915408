"""`bench append FOLDER…`: from the outcome key to the resolved future, and whether size makes it slower.

Each round ends some crossings on every ledger in turn, so that what else the computer does falls on all of
them alike. As at a lane, the unfinished crossing is committed as a draft first and goes with the entry in one
transaction. The ledgers grow by what is measured. The first folder is the one the others are compared with.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from checkpoint_app.bench import traffic
from checkpoint_app.bench.seed import PlayedClock, open_seeded
from checkpoint_app.domain import drafts, facts
from checkpoint_app.domain.crossing import Crossing
from checkpoint_app.domain.facts import By
from checkpoint_app.domain.verdict import Verdict
from checkpoint_app.domain.words import Evidence, Outcome, VerdictState
from checkpoint_app.storage.appending import last_id
from checkpoint_app.storage.ledger import Ledger

LIMIT_MS, FLAT = 50.0, 1.2
COUNT, ROUND, WARM = 3_000, 100, 200
_PASSED = Verdict(VerdictState.PASS, weakest=Evidence.SCANNED)
_BY = By("BENCH", "01")


@dataclass(slots=True)
class Lane:
    """One ledger under measurement; `times` in ms: of the outcome and of the draft before it."""

    folder: Path
    ledger: Ledger
    clock: PlayedClock
    dice: Random
    entries: int
    times: list[float] = field(default_factory=list)
    drafted: list[float] = field(default_factory=list)

    def work(self, count: int) -> None:
        """Ends that many crossings, one after the other."""
        for _ in range(count):
            self.clock.wall += 5_000
            self._cross(traffic.crossing_at(self.dice, self.clock.wall))

    def forget(self) -> None:
        """What was measured until now was for warming up."""
        self.times.clear()
        self.drafted.clear()

    def quantile(self, percent: int) -> float:
        return statistics.quantiles(self.times, n=100)[percent - 1]

    def _cross(self, crossing: Crossing) -> None:
        painted = self.ledger.head().seq
        body = drafts.write_crossing(crossing)
        began = time.perf_counter()
        self.ledger.keep({"lane-1": body}, painted=painted).result()
        between = time.perf_counter()
        fact = facts.vehicle_crossed(crossing, _PASSED, Outcome.RELEASED, by=_BY, at=self.clock.wall)
        self.ledger.append((fact,), drafts={"lane-1": None}, painted=painted).result()
        self.drafted.append((between - began) * 1000)
        self.times.append((time.perf_counter() - between) * 1000)


def measure(folders: Sequence[Path], *, count: int) -> Iterator[Lane]:
    """Every ledger with `count` measured outcomes."""
    with ExitStack() as stack:
        lanes = [_open(folder, stack) for folder in folders]
        for lane in lanes:
            lane.work(WARM)
            lane.forget()
        for _ in range(0, count, ROUND):
            for lane in lanes:
                lane.work(ROUND)
        yield from lanes


def _open(folder: Path, stack: ExitStack) -> Lane:
    clock = PlayedClock(traffic.start_of(traffic.LAST_DAY) + traffic.DAY)
    ledger = stack.enter_context(closing(open_seeded(folder, clock=clock)))
    clock.wall = max(clock.wall, ledger.now())
    with ledger.reader() as reader:
        entries = last_id(reader)
    return Lane(folder, ledger, clock, Random(entries), entries)


def run(arguments: Sequence[str]) -> int:
    """`bench append FOLDER… [--count N]`; 1 when the 99th percentile or the flatness is over its limit."""
    parser = argparse.ArgumentParser(prog="bench append", description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--count", type=int, default=COUNT)
    given = parser.parse_args(arguments)
    print(f"{'entries':>10}{'p50 ms':>9}{'p99 ms':>9}{'max ms':>9}{'draft p50':>11}{'to first':>10}")
    first, over = 0.0, 0
    for lane in measure(given.folders, count=given.count):
        middle = lane.quantile(50)
        first = first or middle
        over += lane.quantile(99) > LIMIT_MS or middle > first * FLAT
        print(
            f"{lane.entries:>10,}{middle:9.2f}{lane.quantile(99):9.2f}{max(lane.times):9.2f}"
            f"{statistics.median(lane.drafted):11.2f}{middle / first:10.2f}",
            flush=True,
        )
    print(
        f"limits: p99 {LIMIT_MS:.0f} ms, p50 within {FLAT} of the first: {'kept' if not over else 'missed'}"
    )
    return 1 if over else 0
