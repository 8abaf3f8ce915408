"""Who is inside, in memory: a lane may ask for every plate and never waits for the disk.

A thread of its own reads what the ledger keeps (`storage.inside`), after each commit that could change it,
and fills in the traffic from before pairing was turned on. Until it has read everything once, pairing counts
as not used: nobody is called unknown because of a slow disk.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum

from checkpoint_app.domain import facts
from checkpoint_app.domain.errors import Trouble
from checkpoint_app.domain.known import Presence
from checkpoint_app.domain.words import Direction
from checkpoint_app.storage import appending, inside
from checkpoint_app.storage.engine import Connection
from checkpoint_app.storage.inside import InsideRow, Passage
from checkpoint_app.storage.ledger import Ledger, Written

HOUR = 3_600_000
STEP = 100  # entries the writer looks at in one go: about 5 ms
PASSES, CORRECTS = (
    frozenset({facts.VEHICLE_CROSSED}),
    frozenset({facts.OUTCOME_UNDONE, facts.CROSSING_AMENDED}),
)
MOST_EVENTS = 50
MOST_EMPTIED = 500


class Odd(StrEnum):
    """What does not fit together."""

    EXIT_ALONE = "exit_alone"  # out without ever having come in
    TWICE_IN = "twice_in"
    OVERSTAYED = "overstayed"  # out after longer than the station allows


@dataclass(frozen=True, slots=True)
class Stay:
    """A vehicle inside since `since` (ms UTC) through `lane`; `entry` is its crossing's local id."""

    plate: str
    since: int
    lane: int
    entry: int
    hours: int
    overstayed: bool


@dataclass(frozen=True, slots=True)
class Oddity:
    """One passage that does not fit; `entry` is the crossing's local id, `hours` a stay's length."""

    what: Odd
    plate: str
    lane: int
    entry: int
    at: int
    hours: int = 0


class Inside:
    """`overstay` asks for the hours a vehicle may stay. `heard` may be set to be told of oddities, in the
    reading thread.
    """

    def __init__(self, ledger: Ledger, *, overstay: Callable[[], int]) -> None:
        self._ledger, self._overstay = ledger, overstay
        self._plates: dict[str, InsideRow] = {}
        self._reached: int | None = None  # local id of the last entry whose passage is in memory
        self._worker: ThreadPoolExecutor | None = None
        self._on: bool | None = None
        self._closing = False
        self.oddities: tuple[Oddity, ...] = ()
        self.heard: Callable[[Oddity], None] = lambda _oddity: None
        ledger.on_written(self._written)

    @property
    def used(self) -> bool:
        """Whether pairing is on and everything was read."""
        return self._reached is not None

    def use(self, *, on: bool) -> Future[None] | None:
        """Turns pairing on or off for this ledger and reads it; the future is done when all is in memory."""
        if on is self._on:
            return None
        self._stop()
        self._on, self._reached, self._plates = on, None, {}
        if not on and not self._kept():
            return None
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="inside")
        return self._worker.submit(self._begin if on else self._end)

    def close(self) -> None:
        """Ends the reading; what was asked for last is waited for."""
        self._closing = True
        self._stop()

    def count(self) -> int:
        """Vehicles inside."""
        return len(self._plates)

    def rows(self, limit: int = 100) -> tuple[Stay, ...]:
        """The longest stays first."""
        longest = sorted(self._plates.copy().values(), key=lambda row: (row.since, row.entry))[:limit]
        return tuple(self._stay(row) for row in longest)

    def overstayed(self) -> tuple[Stay, ...]:
        """Everybody inside for longer than allowed, the longest first."""
        return tuple(stay for stay in self.rows(limit=len(self._plates)) if stay.overstayed)

    def is_inside(self, plate: str) -> bool:
        """Whether that plate is inside; from memory, any thread."""
        return plate in self._plates

    def presence(self, plate: str) -> Presence:
        """What a lane's rules see of one plate; from memory, any thread."""
        row = self._plates.get(plate)
        hours = self._hours(row.since) if row else 0
        return Presence(self.used, row is not None, hours, self._overstay())

    def _begin(self) -> None:
        with suppress(Trouble):  # asked for again with the next passage
            self._switch(on=True)
            self._fill()
            self._read_all()

    def _end(self) -> None:
        with suppress(Trouble):  # the flag stands in the settings: the next start goes on
            self._switch(on=False)
            while not self._closing and self._ledger.transact(_empty).result():
                pass

    def _kept(self) -> bool:
        """Whether the ledger still has something of an earlier pairing."""
        with self._ledger.reader() as reader:
            return inside.is_on(reader) or inside.last_passage(reader) > 0

    def _switch(self, *, on: bool) -> None:
        self._ledger.transact(
            lambda connection: inside.switch(connection, on=on, now=self._ledger.now())
        ).result()

    def _fill(self) -> None:
        with self._ledger.reader() as reader:
            upto = appending.last_id(reader)
        more = True
        while more and not self._closing:
            more = self._ledger.transact(
                lambda connection: inside.fill_step(
                    connection, upto=upto, entries=STEP, now=self._ledger.now()
                )
            ).result()

    def _read_all(self) -> None:
        with self._ledger.reader() as reader:
            self._plates = {row.plate: row for row in inside.rows(reader)}
            self._reached = inside.last_passage(reader)
            there = inside.still_passed(reader, [one.entry for one in self.oddities])
        self.oddities = tuple(one for one in self.oddities if one.entry in there)

    def _written(self, written: tuple[Written, ...]) -> None:
        """In the writer's thread: asks for a look, which another thread takes."""
        kinds = {one.kind for one in written}
        worker = self._worker
        if (
            worker is None
            or not self._on
            or self._closing
            or not kinds & (PASSES | CORRECTS | {facts.ERASED})
        ):
            return
        whole = bool(kinds & (CORRECTS | {facts.ERASED}))
        with suppress(RuntimeError):  # being closed at this moment
            worker.submit(self._look, whole=whole)

    def _look(self, *, whole: bool) -> None:
        if self._reached is None:
            self._begin()
            return
        with suppress(Trouble):
            if whole:
                self._read_all()
                return
            with self._ledger.reader() as reader:
                fresh = inside.passages_after(reader, self._reached)
                kept = {one.plate: inside.row_of(reader, one.plate) for one in fresh}
            for passage in fresh:
                self._take(passage)
            for plate, row in kept.items():  # what came late counts at its own time
                self._put(plate, row)

    def _take(self, passage: Passage) -> None:
        before = self._plates.get(passage.plate)
        self._reached = passage.entry
        came = passage.direction == Direction.IN
        self._put(
            passage.plate,
            InsideRow(passage.plate, passage.happened, passage.lane, passage.entry) if came else None,
        )
        oddity = self._odd(passage, before)
        if oddity:
            self.oddities = (*self.oddities, oddity)[-MOST_EVENTS:]
            self.heard(oddity)

    def _put(self, plate: str, row: InsideRow | None) -> None:
        if row:
            self._plates[plate] = row
        else:
            self._plates.pop(plate, None)

    def _odd(self, passage: Passage, before: InsideRow | None) -> Oddity | None:
        hours = (passage.happened - before.since) // HOUR if before else 0
        if passage.direction == Direction.IN:
            what = Odd.TWICE_IN if before else None
        elif before is None:
            what = Odd.EXIT_ALONE
        else:
            what = Odd.OVERSTAYED if hours >= self._overstay() else None
        if what is None:
            return None
        return Oddity(what, passage.plate, passage.lane, passage.entry, passage.happened, hours)

    def _stay(self, row: InsideRow) -> Stay:
        hours = self._hours(row.since)
        return Stay(row.plate, row.since, row.lane, row.entry, hours, hours >= self._overstay())

    def _hours(self, since: int) -> int:
        return max(0, self._ledger.now() - since) // HOUR

    def _stop(self) -> None:
        worker, self._worker = self._worker, None
        if worker is not None:
            worker.shutdown(wait=True, cancel_futures=True)


def _empty(connection: Connection) -> bool:
    return inside.empty_step(connection, passages=MOST_EMPTIED)
