"""`bench seed N`: a ledger of N crossings through the real append path, for measurements that need size.

Kept under `.bench/` beside the package, or in `--folder`; built once, gone on with after a stop. The clock is
played back at the days of the traffic, so that stamps and seals are as they would have been.
"""

from __future__ import annotations

import argparse
import time
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from checkpoint_app.bench import traffic
from checkpoint_app.bench.traffic import Undo
from checkpoint_app.crypto import keychain
from checkpoint_app.crypto.keyfile import KeyPlace
from checkpoint_app.domain import facts
from checkpoint_app.domain.clock import Tick
from checkpoint_app.domain.entry import Fact, Head
from checkpoint_app.domain.facts import By
from checkpoint_app.domain.words import ClockState
from checkpoint_app.storage.appending import Written
from checkpoint_app.storage.ledger import Ledger, Terms

DESK = "BENCH-1"
SEED = 20260331
BATCH = 1_000
AHEAD = 3
TOLD_EVERY = 50_000
_PROGRESS = "bench.seed"
_DONE = "seeded"


@dataclass(slots=True)
class PlayedClock:
    """A clock that stands at whatever time the traffic has reached."""

    wall: int

    def __call__(self) -> Tick:
        return Tick(self.wall, self.wall, traffic.ZONE)


@dataclass(slots=True)
class Seeding:
    """Feeds traffic to a ledger, a few batches ahead of its writer."""

    ledger: Ledger
    clock: PlayedClock
    desk: str = DESK
    written: int = 0
    told: int = 0
    began: float = field(default_factory=time.perf_counter)
    _under_way: deque[Future[tuple[Written, ...]]] = field(default_factory=deque)
    _latest: tuple[Written, ...] = ()

    def feed(self, day: int, wishes: Iterator[Fact | Undo], *, skip: int) -> None:
        """Appends a day's facts in batches; the first `skip` batches are in the ledger already."""
        for number in _count_up():
            batch = tuple(islice(wishes, BATCH))
            if not batch:
                return
            if number < skip:
                continue
            self.clock.wall = max(self.clock.wall, *(wish.happened for wish in batch))
            self._append([fact for wish in batch if (fact := self._fact(wish))], day=day, done=number + 1)

    def settle(self, *, upto: int = 0) -> None:
        """Waits until no more than `upto` batches are under way."""
        while len(self._under_way) > upto:
            self._latest = self._under_way.popleft().result()
            self.written += sum(found.kind == facts.VEHICLE_CROSSED for found in self._latest)
            if self.written - self.told >= TOLD_EVERY:
                self.told = self.written
                print(f"  {self.written:>9,} crossings, {self.rate:,.0f} a second", flush=True)

    @property
    def rate(self) -> float:
        """Crossings a second so far."""
        return self.written / (time.perf_counter() - self.began)

    def _append(self, batch: Sequence[Fact], *, day: int, done: int) -> None:
        self.settle(upto=AHEAD - 1)
        self._under_way.append(self.ledger.append(batch, drafts={_PROGRESS: {"day": day, "done": done}}))

    def _fact(self, wish: Fact | Undo) -> Fact | None:
        if isinstance(wish, Fact):
            return wish
        target = next((one for one in self._latest if one.kind == facts.VEHICLE_CROSSED), None)
        if target is None:
            return None
        self._latest = self._latest[self._latest.index(target) + 1 :]
        return facts.outcome_undone(
            Head(self.desk, target.epoch, target.seq, target.hash),
            ref_action=target.action,
            by=By(wish.shift, wish.officer),
            at=wish.happened,
            action=wish.action,
            why="slip",
        )


def seed(folder: Path, count: int, *, seed_number: int = SEED) -> None:
    """Builds or completes the ledger of `count` crossings in `folder`."""
    days = traffic.days_of(count, seed=seed_number)
    if (folder / _DONE).exists():
        return
    clock = PlayedClock(traffic.start_of(days[0][0]))
    ledger = open_seeded(folder, clock=clock)
    try:
        progress = ledger.drafts().get(_PROGRESS)
        reached, done = (progress["day"], progress["done"]) if isinstance(progress, dict) else (0, 0)
        seeding = Seeding(ledger, clock)
        for place, (day, size) in enumerate(days):
            if place >= int(str(reached)):
                wishes = traffic.facts_of_day(day, size, seed=seed_number, desk=DESK)
                seeding.feed(place, wishes, skip=int(str(done)) if place == reached else 0)
        seeding.settle()
        ledger.keep({_PROGRESS: None}).result()
        (folder / _DONE).write_text(f"{count}\n", encoding="ascii")
        print(f"{seeding.written:,} crossings written, {seeding.rate:,.0f} a second")
    finally:
        ledger.close()


def open_seeded(folder: Path, *, clock: PlayedClock | None = None, desk: str = DESK) -> Ledger:
    """A measured ledger, opened for writing; its key lies openly beside it, everything in it is invented."""
    clock = clock or PlayedClock(traffic.start_of(traffic.LAST_DAY) + 86_400_000)
    ledger = Ledger.open(folder, key_of(folder), desk=desk, build_date=0, tick=clock, terms=Terms(ballast=0))
    if ledger.clock is ClockState.UNSURE:  # gone on with behind the batches that were under way
        ledger.confirm_clock(by=By()).result()
    return ledger


def key_of(folder: Path) -> bytes:
    """The key of a measured ledger, made when there is none."""
    folder.mkdir(parents=True, exist_ok=True)
    if keychain.place_of(folder) is None:
        return keychain.make_key(folder, KeyPlace.OPEN_FILE, name="bench")
    return keychain.load_key(folder)


def folder_of(count: int, *, given: Path | None = None) -> Path:
    """Where the ledger of `count` crossings is kept."""
    root = Path(__file__).resolve().parents[2] / ".bench"
    return given or root / f"{count}"


def run(arguments: Sequence[str]) -> int:
    """`bench seed N [--folder F]`."""
    parser = argparse.ArgumentParser(prog="bench seed", description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args(arguments)
    folder = folder_of(given.count, given=given.folder)
    began = time.perf_counter()
    seed(folder, given.count)
    size = sum(path.stat().st_size for path in folder.iterdir())
    took = time.perf_counter() - began
    print(f"{folder}: {size:,} bytes, {size / given.count:,.0f} a crossing, {took:,.0f} s")
    return 0


def _count_up() -> Iterator[int]:
    number = 0
    while True:
        yield number
        number += 1
