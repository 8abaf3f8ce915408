"""`bench day`: one day of a station through the services, key by key, and an oracle that counts along.

40,000 vehicles with 70,000 people at four lanes: cars with codes and temperatures, traffic counted by eye,
buses with a passenger list, people on foot, convoys, vehicles turned back or held, outcomes undone. The clock
is played, the disk is real. Growth at 10 and 30 days is the measured bytes of this day times the days.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from typing import Any

from checkpoint_app import bootstrap, built_at
from checkpoint_app.bench import day_oracle, traffic
from checkpoint_app.bench.day_oracle import Sent
from checkpoint_app.bench.seed import PlayedClock
from checkpoint_app.config import LaneSetting, Settings
from checkpoint_app.crypto import keychain
from checkpoint_app.crypto.keyfile import KeyPlace
from checkpoint_app.domain.passengers import Passenger
from checkpoint_app.domain.words import Direction, Outcome
from checkpoint_app.services.desk import Desk
from checkpoint_app.services.lane import Lane
from checkpoint_app.storage import database

VEHICLES, PEOPLE_EACH, LANES = 40_000, 1.75, 4
DAY = 86_400_000
UNDER_WAY = 400  # writes asked for and not yet on disk
DAYS = (1, 10, 30)
SETTINGS = Settings(
    station="量测站",
    desk="DAY-1",
    lanes=tuple(LaneSetting(n, "in" if n % 2 else "out") for n in range(1, LANES + 1)),
)
_KINDS = (("car", 660), ("counted", 250), ("back", 30), ("held", 10), ("undone", 10), ("foot", 10))
_RARE = ("bus", "convoy")  # one of each in a hundred arrivals
_CONVOY = 4
_ABOARD = 12


@dataclass(slots=True)
class Day:
    """One day under way; `sent` is what the oracle knows."""

    desk: Desk
    clock: PlayedClock
    dice: Random
    sent: Sent = field(default_factory=Sent)
    plates: int = 0
    largest_log: int = 0
    _lanes: dict[int, Lane] = field(default_factory=dict)
    _under_way: deque[Future[Any]] = field(default_factory=deque)

    def drive(self, vehicles: int, *, step: int) -> None:
        """Sends so many vehicles; `step` is ms of the played clock between two."""
        for number, setting in enumerate(SETTINGS.lanes, start=1):
            self._lanes[number] = self.desk.lane(number, direction=Direction(setting.direction))
        while self.sent.all_vehicles < vehicles:
            self.clock.wall += step
            left = vehicles - self.sent.all_vehicles
            self._arrive(self._lanes[self.dice.randrange(1, LANES + 1)], self._kind(left))
            self.largest_log = max(self.largest_log, self._log())
        for lane in self._lanes.values():
            self._ask(lane.close())
        self._settle(upto=0)

    def _log(self) -> int:
        log = self.desk.ledger.path.with_name(database.FILE + "-wal")
        return log.stat().st_size if log.exists() else 0

    def _kind(self, left: int) -> str:
        if left < _CONVOY:
            return "car"
        if self.dice.random() < 0.02:
            return self.dice.choice(_RARE)
        return self.dice.choices([name for name, _ in _KINDS], [weight for _, weight in _KINDS])[0]

    def _arrive(self, lane: Lane, kind: str) -> None:
        due = PEOPLE_EACH * (self.sent.all_vehicles + 1) - self.sent.all_people
        heads = max(1, min(3, round(due)))
        works: dict[str, Callable[[Lane, int], None]] = {
            "car": self._car,
            "counted": self._counted,
            "back": self._back,
            "held": self._held,
            "undone": self._undone,
            "foot": self._foot,
            "bus": self._bus,
            "convoy": self._convoy,
        }
        works[kind](lane, heads)
        self._ask(lane.minute())

    def _car(self, lane: Lane, heads: int) -> None:
        plate = self._checked(lane, heads)
        self._end(lane, Outcome.RELEASED, [plate], [heads])

    def _back(self, lane: Lane, heads: int) -> None:
        plate = self._checked(lane, heads)
        self._end(lane, Outcome.TURNED_BACK, [plate], [heads])

    def _held(self, lane: Lane, heads: int) -> None:
        plate = self._plate(lane)
        lane.people(heads)
        lane.temperature(384)
        self._end(lane, Outcome.HELD, [plate], [heads])

    def _undone(self, lane: Lane, heads: int) -> None:
        """Ended, undone within ten seconds, and ended anew as something else."""
        self._checked(lane, heads)
        plate = lane.state.open.plate if lane.state.open else ""
        lane.end(Outcome.TURNED_BACK, why="slip").written.result()
        lane.undo()
        self.sent.undone += 1
        self._end(lane, Outcome.REGISTERED, [plate], [heads], why="lead_agreed")

    def _counted(self, lane: Lane, heads: int) -> None:
        self._ask(lane.count(people=heads).saved)
        self.sent.counted(lane.state.number, lane.state.direction.value, heads)

    def _foot(self, lane: Lane, heads: int) -> None:
        lane.foot()
        lane.people(heads)
        self._check_all(lane, heads)
        self._end(lane, Outcome.RELEASED, [""], [heads])

    def _bus(self, lane: Lane, _heads: int) -> None:
        """A passenger list, whole, and nobody checked further: let go by the lead's word."""
        plate = self._plate(lane)
        rows = tuple(
            Passenger(f"{seat:02}", traffic.person_name(self.dice), traffic.citizen_id(self.dice), "")
            for seat in range(1, _ABOARD + 1)
        )
        lane.passengers(rows)
        self.sent.documents |= {row.document for row in rows}
        self._end(lane, Outcome.REGISTERED, [plate], [_ABOARD], why="lead_agreed")

    def _convoy(self, lane: Lane, heads: int) -> None:
        lead = self._checked(lane, heads)
        lane.convoy()
        others = [self._plate(lane) for _ in range(_CONVOY - 1)]
        self._end(lane, Outcome.REGISTERED, [lead, *others], [heads, 1, 1, 1], why="lead_agreed")

    def _checked(self, lane: Lane, heads: int) -> str:
        plate = self._plate(lane)
        lane.people(heads)
        self._check_all(lane, heads)
        return plate

    def _check_all(self, lane: Lane, heads: int) -> None:
        for _ in range(heads):
            code = f"https://jkm.henan.example/h5/code/{self.dice.getrandbits(80):020x}?c=g"
            lane.scanned(code.encode())
            lane.temperature(self.dice.randrange(360, 371))

    def _plate(self, lane: Lane) -> str:
        """No plate twice in a day: each vehicle is found again by itself."""
        self.plates += 1
        plate = f"豫{'ABCDEFGHJK'[self.plates // 100_000 % 10]}{self.plates % 100_000:05}"
        lane.plate(plate)
        return plate

    def _end(
        self, lane: Lane, outcome: Outcome, plates: Sequence[str], heads: Sequence[int], *, why: str = ""
    ) -> None:
        self._ask(lane.end(outcome, why=why).written)
        for plate, people in zip(plates, heads, strict=True):
            self.sent.crossed(lane.state.number, lane.state.direction.value, outcome.value, plate, people)

    def _ask(self, written: Future[Any] | None) -> None:
        if written is not None:
            self._under_way.append(written)
        self._settle(upto=UNDER_WAY)

    def _settle(self, *, upto: int) -> None:
        while len(self._under_way) > upto:
            self._under_way.popleft().result()


@dataclass(frozen=True, slots=True)
class Result:
    """What a day came to; `before` and `after` are bytes of the ledger's file, `log` the largest log."""

    sent: Sent
    found: Sent
    seconds: float
    before: int
    after: int
    entries: int
    log: int

    @property
    def differences(self) -> list[str]:
        return day_oracle.differences(self.sent, self.found)


def measure(folder: Path, vehicles: int, *, seed: int) -> Result:
    """Sends a day through a new desk in `folder` and has the oracle read its file."""
    clock = PlayedClock((built_at() // DAY + 2) * DAY)
    with _opened(folder, clock) as desk:
        path = database.ledger_file(folder)
        before = path.stat().st_size
        first = desk.ledger.head().seq
        day = Day(desk, clock, Random(seed))
        began = time.perf_counter()
        day.drive(vehicles, step=DAY // vehicles)
        seconds = time.perf_counter() - began
        entries = desk.ledger.head().seq - first
    key = keychain.load_key(folder)
    found = day_oracle.read(path, key)
    return Result(day.sent, found, seconds, before, path.stat().st_size, entries, day.largest_log)


@contextmanager
def _opened(folder: Path, clock: PlayedClock) -> Iterator[Desk]:
    bootstrap.set_up(folder, replace(SETTINGS), place=KeyPlace.OPEN_FILE)
    desk = bootstrap.open_desk(folder, tick=clock)
    try:
        desk.duty.open(group="一班", lead="张三", officers=["李四"], zone=traffic.ZONE).result()
        desk.resume_shift()
        yield desk
    finally:
        desk.close()


def report(result: Result) -> list[str]:
    """What is printed, line by line."""
    sent, grown = result.sent, result.after - result.before
    lines = [
        f"sent: {sent.all_vehicles:,} vehicles, {sent.all_people:,} people, {sent.undone} undone",
        f"of them {sent.tallied.total():,} vehicles counted by eye, {len(sent.documents):,} people by list",
        f"{result.seconds:,.0f} s, {sent.all_vehicles / result.seconds:,.0f} vehicles a second",
        f"{result.entries:,} entries",
        f"{grown:,} bytes a day, {grown / sent.all_vehicles:,.0f} a vehicle",
    ]
    lines.append(f"{result.log:,} bytes of log at most")
    lines += [f"after {days:>2} days: {result.before + days * grown:>15,} bytes" for days in DAYS]
    lines.append("(10 and 30 days: the measured day times the days)")
    wrong = result.differences
    lines += [f"  {text}" for text in wrong[:20]]
    lines.append(f"oracle: {len(wrong)} differences")
    return lines


def run(arguments: Sequence[str]) -> int:
    """`bench day [--vehicles N] [--folder F] [--seed S]`; 1 when the oracle disagrees."""
    parser = argparse.ArgumentParser(prog="bench day", description=__doc__)
    parser.add_argument("--vehicles", type=int, default=VEHICLES)
    parser.add_argument("--seed", type=int, default=31)
    parser.add_argument("--folder", type=Path, help="kept afterwards; else a temporary one")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="day-") as temporary:
        result = measure(given.folder or Path(temporary), given.vehicles, seed=given.seed)
    for line in report(result):
        print(line)
    return 1 if result.differences else 0
