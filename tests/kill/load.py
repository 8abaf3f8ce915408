"""A lane at full speed, to be killed: says what was acknowledged, after it was, and nothing else.

One line each, unbuffered, to a file that outlives the process:

    unconfirmed ACTION      listed at this start        opened SEQ
    ack SEQ ACTION HASH     append resolved             draft N         draft "tally" at count N resolved
    lane ACTION             draft "lane" resolved       painted SEQ     the screen shows all up to SEQ
    trouble CLASS           a write was refused         done            the load came to its end

`--serve` keeps one imported process which forks a load for every JSON line it is given.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from checkpoint_app.domain import drafts, facts
from checkpoint_app.domain.crossing import Check, Crossing, Person
from checkpoint_app.domain.entry import Fact
from checkpoint_app.domain.errors import Trouble
from checkpoint_app.domain.facts import By, Tally
from checkpoint_app.domain.verdict import Verdict
from checkpoint_app.domain.words import CheckKind, Direction, Evidence, Outcome, VehicleClass, VerdictState
from checkpoint_app.storage import engine
from checkpoint_app.storage.ledger import Ledger, Terms
from tests.kill.serving import serve

DESK = "G25-01"
BUILT = 1_600_000_000_000
BY = By(shift="S1", officer="7")
RETRIES = 8


@dataclass(frozen=True)
class Order:
    """What load is wanted; `early` acknowledges before the commit and `synchronous` weakens the disk."""

    folder: str
    key: str
    out: str
    seed: int = 0
    steps: int = 1_000_000
    early: bool = False
    synchronous: str = "FULL"
    close: bool = False
    depth: int = 0  # actions in flight, 0: by seed
    stopped: bool = False  # stands still until told to go on, so that a tracer can attach


@dataclass
class Lane:
    """One officer's keys in random order."""

    ledger: Ledger
    say: Callable[[str], None]
    random: random.Random
    early: bool
    depth: int
    free: threading.Semaphore
    count: int = 0
    painted: int = 0
    shown: int = 0
    guard: threading.Lock = field(default_factory=threading.Lock)

    def step(self) -> None:
        """One action of the officer."""
        self.paint()
        chance = self.random.random()
        if chance < 0.45:
            self.cross()
        elif chance < 0.6:
            crossing = self.crossing()
            self.append(
                facts.check_flagged(
                    crossing, crossing.checks[0], VERDICT, by=BY, at=self.now(), action=self.action()
                )
            )
        elif chance < 0.85:
            self.count_one()
        else:
            self.tally()

    def cross(self) -> None:
        crossing = self.crossing()
        body = drafts.write_crossing(crossing)
        self.send(
            lambda: self.ledger.keep({"lane": body}, painted=self.shown),
            lambda _: [f"lane {crossing.action}"],
        )
        fact = facts.vehicle_crossed(crossing, VERDICT, Outcome.RELEASED, by=BY, at=self.now())
        self.append(fact, {"lane": None})

    def count_one(self) -> None:
        self.count += 1
        count = self.count
        self.send(
            lambda: self.ledger.keep({"tally": {"n": count}}, painted=self.shown),
            lambda _: [f"draft {count}"],
        )

    def tally(self) -> None:
        self.count += 1
        count = self.count
        minute = Tally(self.action(), 1, Direction.IN, self.now() // 60_000 * 60_000)
        minute = minute.plus(VehicleClass.CAR, vehicles=3, people=4)
        self.append(facts.tallied(minute, by=BY, at=self.now()), {"tally": {"n": count}}, f"draft {count}")

    def append(self, fact: Fact, changes: dict[str, Any] | None = None, *more: str) -> None:
        def lines(answers: Any) -> list[str]:
            written = answers[0]
            with self.guard:
                self.painted = max(self.painted, written.seq)
            return [f"ack {written.seq} {written.action} {written.hash}", *more]

        if self.early:
            self.say(f"ack 0 {fact.action} -")
        self.send(lambda: self.ledger.append([fact], drafts=changes or {}, painted=self.shown), lines)

    def send(self, ask: Callable[[], Future[Any]], lines: Callable[[Any], list[str]]) -> None:
        """Asks, and says the lines once the future has resolved; asks again when the world refused."""
        for attempt in range(RETRIES):
            self.free.acquire()
            future = ask()
            future.add_done_callback(lambda done: self.answer(done, lines))
            if self.depth > 1:
                return
            try:
                future.result()
            except Trouble:
                if attempt == RETRIES - 1:
                    return
            else:
                return

    def answer(self, future: Future[Any], lines: Callable[[Any], list[str]]) -> None:
        error = future.exception()
        for line in [f"trouble {type(error).__name__}"] if error else lines(future.result()):
            self.say(line)
        self.free.release()

    def paint(self) -> None:
        """The screen takes up what was acknowledged, a little later."""
        if self.random.random() < 0.3:
            with self.guard:
                shown = self.painted
            self.say(f"painted {shown}")
            self.shown = shown

    def crossing(self) -> Crossing:
        at = self.now()
        check = Check(CheckKind.TEMPERATURE, "measured", Evidence.MEASURED, at, 1, 366)
        person = Person(1, "张三", "11010519491231002X", "citizen_id", "13800000000")
        plate = f"豫A{self.random.randrange(100_000):05d}"
        return replace(
            Crossing(self.action(), 1, Direction.IN, at), plate=plate, people=(person,), checks=(check,)
        )

    def action(self) -> str:
        return self.random.randbytes(16).hex()

    def now(self) -> int:
        return self.ledger.now()


VERDICT = Verdict(VerdictState.PASS, weakest=Evidence.MEASURED)


def run(order: Order) -> None:
    """Opens the ledger and works until killed, or for `steps`."""
    if order.stopped:
        os.kill(os.getpid(), signal.SIGSTOP)
    out = os.open(order.out, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    dice = random.Random(order.seed)

    def say(line: str) -> None:
        os.write(out, line.encode() + b"\n")

    if order.synchronous != "FULL":
        engine._WRITER["synchronous"] = (order.synchronous, 1)
    try:
        ledger = Ledger.open(
            Path(order.folder), bytes.fromhex(order.key), desk=DESK, build_date=BUILT, terms=Terms(ballast=0)
        )
    except Trouble as trouble:
        say(f"trouble {type(trouble).__name__}")
        return
    for written in ledger.unconfirmed():
        say(f"unconfirmed {written.action}")
    start = ledger.head().seq
    say(f"opened {start}")
    known: Any = ledger.drafts().get("tally") or {"n": 0}
    depth = order.depth or dice.randint(1, 4)
    lane = Lane(
        ledger, say, dice, order.early, depth, threading.Semaphore(depth), count=known["n"], painted=start
    )
    for _ in range(order.steps):
        lane.step()
    for _ in range(depth):
        lane.free.acquire()
    if order.close:
        ledger.close(painted=lane.painted)
        say(f"painted {lane.painted}")
    say("done")
    os._exit(0)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--serve", action="store_true")
    parser.add_argument("order", nargs="?")
    chosen = parser.parse_args()
    if chosen.serve:
        serve(run, Order)
    else:
        run(Order(**json.loads(chosen.order)))


if __name__ == "__main__":
    main()
