"""What the writer's thread knows of the chain it writes, and what one transaction adds to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from checkpoint_app.crypto.desk import DeskKey
from checkpoint_app.crypto.digests import make_station_key
from checkpoint_app.domain.canonical import Value
from checkpoint_app.domain.clock import ClockEvent, ClockWatch, Tick, clock_fact
from checkpoint_app.domain.entry import Fact, Head, Stamp
from checkpoint_app.domain.facts import By
from checkpoint_app.storage import appending, drafts
from checkpoint_app.storage import desk as own
from checkpoint_app.storage.appending import RECENT, Appending, Written, new_action
from checkpoint_app.storage.engine import Connection
from checkpoint_app.storage.timekeeper import Timekeeper, read_floor

NOTHING: Mapping[str, Value | None] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Addition:
    """What one transaction is asked to add; `seal` says why the head is to be signed after the facts, `also`
    runs behind them.
    """

    facts: tuple[Fact, ...] = ()
    drafts: Mapping[str, Value | None] = field(default_factory=lambda: NOTHING)
    painted: int | None = None
    seal: str = ""
    unless_sealed: bool = False
    confirm: bool = False
    by: By | None = None
    also: Callable[[Connection], None] | None = None


@dataclass(frozen=True, slots=True)
class Added:
    """What one transaction added: `answers` one for each fact asked for, `written` everything."""

    answers: tuple[Written, ...]
    written: tuple[Written, ...]
    head: Head
    unsealed: int
    sealed: bool
    drafts: Mapping[str, Value | None]
    events: tuple[ClockEvent, ...] = ()
    watch: ClockWatch | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """What the last commit left; replaced as a whole, so that any thread may look at it."""

    head: Head
    unsealed: int
    drafts: Mapping[str, Value]
    recent: dict[str, Written]


class Book:
    """Belongs to the writer's thread; `standing` and `time` may be read from any."""

    def __init__(self, tick: Callable[[], Tick], *, seal_every: int, seal_after: int) -> None:
        self._tick, self._seal_every, self._seal_after = tick, seal_every, seal_after
        self._sealed_at = 0
        self._adopted = False
        self.begun = False
        self.painted_before: tuple[str, int] | None = None
        self.entries_before = 0
        self.first = 1
        self.key: DeskKey
        self.station_key: bytes
        self.standing: Standing
        self.time: Timekeeper

    def begin(
        self, connection: Connection, *, desk: str, machine: str, reason: str | None, build_date: int
    ) -> None:
        """Start of a run: the clock, the chain (a new epoch when there is a reason) and the keys."""
        known = own.read_chain(connection)
        floor = read_floor(connection, desk, known.epoch if known else "", build_date=build_date)
        self.time = Timekeeper(self._tick, floor=floor)
        self.painted_before = drafts.read_painted(connection)
        self.entries_before = appending.last_id(connection)
        reason = reason or own.reason_to_begin(known, desk=desk, machine=machine)
        if reason:
            stamp = self.time.stamp()
            chain = own.Chain(desk, own.new_epoch(), machine)
            fact = own.begin_chain(connection, chain, reason=reason, now=stamp.written)
            Appending(connection, Head(chain.desk, chain.epoch)).write(fact, stamp=stamp)
        self._take_up(connection)
        self.first = self.standing.head.seq + 1

    def settle(self, connection: Connection) -> None:
        """Takes up what the file says after a failure; nothing to do before the run has begun."""
        if self.begun:
            self._take_up(connection)

    def add(self, connection: Connection, addition: Addition) -> Added:
        """Everything of one transaction, in the order it is read later; changes nothing in memory."""
        standing, self._adopted = self.standing, False
        pen = Appending(connection, standing.head, standing.unsealed)
        stamp = self.time.stamp()
        events = self.time.pending
        self._record_jumps(pen, events, stamp=stamp)
        watch = None
        if addition.confirm:
            watch, stamp = self._confirm(pen, by=addition.by or By())
        answers = tuple(self._answer(pen, fact, stamp=stamp) for fact in addition.facts)
        if addition.also is not None:
            addition.also(connection)
        if addition.seal and not (addition.unless_sealed and not pen.unsealed):
            pen.seal(self.key, why=addition.seal, stamp=stamp, by=addition.by)
        self._seal_when_due(pen, stamp=stamp)
        self._keep(connection, addition, pen.head, now=stamp.written)
        return Added(
            answers,
            tuple(pen.written),
            pen.head,
            pen.unsealed,
            pen.sealed,
            addition.drafts,
            events,
            watch,
        )

    def added(self, added: Added) -> None:
        """The transaction is on disk: now it holds."""
        self._time_recorded(added)
        if added.sealed:
            self._sealed_at = self.time.elapsed()
        if self._adopted:
            self._adopted = False  # `settle` has already read it from the file
            return
        before = self.standing
        kept = before.drafts
        if added.drafts:
            changed = {**before.drafts, **added.drafts}
            kept = MappingProxyType({name: value for name, value in changed.items() if value is not None})
        self.standing = Standing(added.head, added.unsealed, kept, _latest(before.recent, added.written))

    def found(self, addition: Addition) -> Added | None:
        """After a failure and `settle`: what was asked for, when the file holds it all the same."""
        standing = self.standing
        answers = [standing.recent.get(fact.action) for fact in addition.facts]
        there = [answer for answer in answers if answer is not None]
        same = all(standing.drafts.get(name) == value for name, value in addition.drafts.items())
        if len(there) < len(answers) or not same or addition.seal or addition.confirm:
            return None
        self._adopted = True
        return Added(tuple(there), tuple(there), standing.head, standing.unsealed, False, NOTHING)

    def make_station_key(self, connection: Connection) -> bytes:
        """Another key for payload digests, in the file; in use as soon as that is on disk."""
        key = make_station_key()
        own.write_station_key(connection, key, now=self.time.now())
        return key

    def take_station_key(self, key: bytes) -> None:
        """The new key is on disk: now it holds."""
        self.station_key = key

    @property
    def due(self) -> bool:
        """Whether something is to be written although nobody asked: a jump, or a seal by time."""
        return self.begun and (bool(self.time.pending) or self._seal_is_due(self.standing.unsealed))

    def _take_up(self, connection: Connection) -> None:
        chain = own.read_chain(connection)
        key = own.read_desk_key(connection)
        if chain is None or key is None:
            raise LookupError("a begun chain without its setting or its key")
        self.key, self.station_key = key, own.read_station_key(connection)
        head = appending.read_head(connection, chain.desk, chain.epoch)
        self.standing = Standing(
            head,
            appending.count_unsealed(connection, head),
            MappingProxyType(drafts.read(connection)),
            appending.read_recent(connection, head),
        )

    def _record_jumps(self, pen: Appending, events: tuple[ClockEvent, ...], *, stamp: Stamp) -> None:
        for event in events:
            pen.write(clock_fact(event, by=By(), at=stamp.written, action=new_action()), stamp=stamp)
        if events:
            pen.seal(self.key, why="clock", stamp=stamp)

    def _confirm(self, pen: Appending, *, by: By) -> tuple[ClockWatch, Stamp]:
        watch, event, stamp = self.time.propose()
        pen.write(clock_fact(event, by=by, at=stamp.written, action=new_action()), stamp=stamp)
        pen.seal(self.key, why="clock", stamp=stamp, by=by)
        return watch, stamp

    def _answer(self, pen: Appending, fact: Fact, *, stamp: Stamp) -> Written:
        known = self.standing.recent.get(fact.action)
        if known is not None:
            return known
        found = pen.write(fact, stamp=stamp)
        if pen.unsealed >= self._seal_every:
            pen.seal(self.key, why="count", stamp=stamp)
        return found

    def _seal_when_due(self, pen: Appending, *, stamp: Stamp) -> None:
        if not pen.sealed and self._seal_is_due(pen.unsealed):
            pen.seal(self.key, why="time", stamp=stamp)

    def _seal_is_due(self, unsealed: int) -> bool:
        return unsealed > 0 and self.time.elapsed() - self._sealed_at >= self._seal_after

    def _keep(self, connection: Connection, addition: Addition, head: Head, *, now: int) -> None:
        drafts.write(connection, addition.drafts, now=now)
        if addition.painted is not None:
            drafts.write_painted(connection, head, addition.painted, now=now)

    def _time_recorded(self, added: Added) -> None:
        self.time.recorded(added.events)
        if added.watch is not None:
            self.time.accept(added.watch)


def _latest(known: dict[str, Written], written: tuple[Written, ...]) -> dict[str, Written]:
    """The last RECENT by action; the oldest leave first. Grows in place: only the writer looks at it."""
    for found in written[-RECENT:]:
        known[found.action] = found
    for action in list(known)[: max(0, len(known) - RECENT)] if len(known) > 2 * RECENT else ():
        del known[action]
    return known
