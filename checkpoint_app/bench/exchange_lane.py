"""A lane's writes while its desk takes in bundles, and how long each step of that held the writer."""

from __future__ import annotations

import statistics
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from checkpoint_app.bench.bundles import Sent, headquarters, take_in
from checkpoint_app.bench.forget import ALONE, LANE_PAUSE, Lane
from checkpoint_app.storage import landing
from checkpoint_app.storage.engine import Connection
from checkpoint_app.storage.ledger import Ledger

T = TypeVar("T")
BAR_MS, HELD_BAR_MS = 50.0, 20.0


class Watched(Ledger):
    """Knows how long each of an import's transactions held the writer, in ms: by the clock up to the end of
    its COMMIT, and of its thread's own time.
    """

    def watch(self) -> None:
        """From here on."""
        self.held: list[float] = []
        self.worked: list[float] = []

    def transact(self, work: Callable[[Connection], T]) -> Future[T]:
        if not hasattr(self, "held"):
            return super().transact(work)
        timed, end = self._timed(work)
        future = super().transact(timed)
        future.add_done_callback(end)
        return future

    def append(self, facts: Any, *, also: Callable[[Connection], None] | None = None, **rest: Any) -> Any:
        if also is None:  # the lane's
            return super().append(facts, **rest)
        timed, end = self._timed(also)
        future = super().append(facts, also=timed, **rest)
        future.add_done_callback(end)
        return future

    def _timed(
        self, work: Callable[[Connection], T]
    ) -> tuple[Callable[[Connection], T], Callable[[object], None]]:
        began: list[float] = []

        def timed(connection: Connection) -> T:
            began.append(time.perf_counter())
            before = time.thread_time()
            try:
                return work(connection)
            finally:
                self.worked.append((time.thread_time() - before) * 1000)

        return timed, lambda _done: self.held.append((time.perf_counter() - began[0]) * 1000)


@dataclass(slots=True)
class EmptyLoop:
    """A lane that hands nothing to a thread which does nothing: what the machine alone takes."""

    times: list[float] = field(default_factory=list)
    _stop: threading.Event = field(default_factory=threading.Event)

    def work(self) -> None:
        """Runs in its own thread."""
        with ThreadPoolExecutor(1) as writer:
            while not self._stop.wait(LANE_PAUSE):
                began = time.perf_counter()
                writer.submit(int).result()
                self.times.append((time.perf_counter() - began) * 1000)

    def stop(self) -> None:
        self._stop.set()


def beside_a_lane(folder: Path, sent: Sent) -> bool:
    """Takes in what was sent while a lane writes; prints and says whether the lane kept its bar."""
    ledger = headquarters(folder, sent.peer, kind=Watched)
    assert isinstance(ledger, Watched)
    lane, empty = Lane(ledger), EmptyLoop()
    try:
        with _working(lane), _working(empty):
            time.sleep(ALONE)
            lane.report("before")
            empty.times.clear()
            ledger.watch()
            began = time.perf_counter()
            entries = take_in(ledger, sent, step_ms=landing.STEP_MS)
            took = time.perf_counter() - began
            p99 = lane.report("meanwhile")
    finally:
        ledger.close()
    print(f"{entries:,} entries taken in beside it in {took:.1f} s; bar {BAR_MS:.0f} ms at p99")
    print(f"an empty loop meanwhile: p99 {_p99(empty.times):.1f} ms, most {max(empty.times):.1f} ms")
    _tell_held(ledger)
    return p99 <= BAR_MS


def _tell_held(ledger: Watched) -> None:
    over = sum(each > HELD_BAR_MS for each in ledger.held)
    print(
        f"{len(ledger.held):,} steps held the writer: p99 {_p99(ledger.held):.1f} ms,"
        f" longest {max(ledger.held):.1f} ms (bar {HELD_BAR_MS:.0f} ms, {over} over it);"
        f" of its thread's own time at most {max(ledger.worked):.1f} ms"
    )


@contextmanager
def _working(one: Lane | EmptyLoop) -> Iterator[None]:
    thread = threading.Thread(target=one.work)
    thread.start()
    try:
        yield
    finally:
        one.stop()
        thread.join()


def _p99(times: list[float]) -> float:
    return statistics.quantiles(times, n=100, method="inclusive")[98]
