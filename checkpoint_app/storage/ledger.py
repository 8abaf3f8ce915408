"""The ledger of one desk: everything that is written goes through here, and one thread writes it."""

from __future__ import annotations

import hmac
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from checkpoint_app.crypto.digests import payload_digest
from checkpoint_app.domain.canonical import Value
from checkpoint_app.domain.clock import Tick
from checkpoint_app.domain.entry import Fact, Head
from checkpoint_app.domain.errors import Trouble
from checkpoint_app.domain.facts import CLOCK_JUMPED, EPOCH_BEGUN, SEALED, TALLIED, By
from checkpoint_app.domain.roles import ACTION_REFUSED
from checkpoint_app.domain.words import ClockState
from checkpoint_app.storage import appending, ballast, database, told
from checkpoint_app.storage.appending import Written
from checkpoint_app.storage.book import NOTHING, Added, Addition, Book
from checkpoint_app.storage.engine import Connection
from checkpoint_app.storage.lock import WriterLock
from checkpoint_app.storage.readers import Readers
from checkpoint_app.storage.staging import Staging
from checkpoint_app.storage.timekeeper import system_tick
from checkpoint_app.storage.writer import PATIENCE, Job, Writer

__all__ = ["Ledger", "Terms", "Written"]

S = TypeVar("S")
T = TypeVar("T")
OWN_AFFAIRS = frozenset({SEALED, EPOCH_BEGUN, CLOCK_JUMPED, TALLIED, ACTION_REFUSED})
"""Nobody pressed a key for these: a tally gathers keys that were each saved, and shown, before; what was
refused did not happen."""
CLOSING = 10.0  # seconds a clean exit waits for a file that another program holds


@dataclass(frozen=True, slots=True)
class Terms:
    """How a ledger is kept."""

    seal_every: int = 499  # entries before a seal, which is the 500th
    seal_after: int = 600_000  # ms
    ballast: int = ballast.SIZE  # bytes set aside so that a shift can be closed on a full disk
    patience: float = PATIENCE  # seconds a busy file is retried before the waiting writes are counted


class Ledger:
    """Opened by one process at a time; see `append` for what a caller may rely on."""

    def __init__(self, folder: Path, key: bytes, *, tick: Callable[[], Tick], terms: Terms) -> None:
        self.folder, self.path = folder, database.ledger_file(folder)
        self._key, self._tick = key, tick
        self._lock = WriterLock(folder)
        self.landing = threading.Lock()
        """Held by whoever takes in a bundle or settles a fork: one at a time."""
        self._closed = False
        self._listeners: tuple[Callable[[tuple[Written, ...]], None], ...] = ()
        self._book = Book(tick, seal_every=terms.seal_every, seal_after=terms.seal_after)
        self._readers = Readers(self.path, lambda: database.connect_reader(self.path, self._key))
        self._writer = Writer(
            self.path,
            reopen=self._reopen,
            settled=self._book.settle,
            idle=self._idle,
            patience=terms.patience,
        )

    @classmethod
    def open(
        cls,
        folder: Path,
        key: bytes,
        *,
        desk: str,
        build_date: int,
        tick: Callable[[], Tick] = system_tick,
        machine: str = "",
        reason: str | None = None,
        terms: Terms | None = None,
    ) -> Ledger:
        """The desk's ledger, made when absent; a new epoch begins on install, restore or another machine.

        `build_date` is ms UTC; `machine` names the computer, blank to skip the check; `reason` forces a new
        epoch. Raises LedgerInUse while another process has it, WrongKey, LedgerDamaged, LedgerNewer,
        LedgerReadOnly, DiskFull and the other Troubles of the engine.
        """
        terms = terms or Terms()
        database.make_folder(folder)
        ledger = cls(folder, key, tick=tick, terms=terms)
        try:
            ledger.transact(
                lambda connection: ledger._book.begin(
                    connection, desk=desk, machine=machine, reason=reason, build_date=build_date
                )
            ).result()
            ledger._book.begun = True
            ballast.set_aside(folder, terms.ballast)
        except BaseException:
            ledger._let_go(within=0)
            raise
        return ledger

    def append(
        self,
        facts: Sequence[Fact],
        *,
        drafts: Mapping[str, Value | None] = NOTHING,
        painted: int | None = None,
        seal: str = "",
        also: Callable[[Connection], None] | None = None,
    ) -> Future[tuple[Written, ...]]:
        """Writes the facts in order and the drafts with them: all or nothing, one transaction.

        Returns at once; the future resolves after COMMIT returned, with one Written a fact. It raises
        Trouble when nothing may be called saved. A fact whose action is among the last thousand entries is
        not written again: asking twice is safe. `painted` is the highest number the screen shows as saved.
        `seal` says why the head is to be signed behind the facts. `also` runs in the same transaction.
        """
        addition = Addition(tuple(facts), dict(drafts), painted, seal, also=also)
        return _then(self._submit(addition), lambda added: added.answers)

    def keep(self, drafts: Mapping[str, Value | None], *, painted: int | None = None) -> Future[None]:
        """Commits drafts alone; None takes one away."""
        return _then(self._submit(Addition((), dict(drafts), painted)), lambda _added: None)

    def seal(self, why: str, *, by: By | None = None) -> Future[Written]:
        """Signs the head as it is when its turn comes."""
        return _then(self._submit(Addition(seal=why, by=by)), lambda added: added.written[-1])

    def confirm_clock(self, *, by: By) -> Future[Written]:
        """A lead says that the wall clock is right, also when that is earlier than believed."""
        return _then(self._submit(Addition(confirm=True, by=by)), lambda added: added.written[-2])

    def drafts(self) -> Mapping[str, Value]:
        """Every draft, as of the last commit."""
        return self._book.standing.drafts

    def head(self) -> Head:
        """The chain's end, as of the last commit."""
        return self._book.standing.head

    def unconfirmed(self) -> tuple[Written, ...]:
        """What this desk had on disk at the start and never painted as saved: for the officer to confirm.

        What was answered for since, here or in a run before, is not among it.
        """
        book, spans, desk = self._book, told.read(self.drafts().get(told.DRAFT)), self.head().desk
        painted = book.painted_before
        with self.reader() as connection:
            found = appending.read_since(connection, desk, painted=painted, upto=book.entries_before)
            answered = appending.answered_since(connection, desk, painted=painted) if found else ()
        return tuple(
            written
            for written in found
            if written.kind not in OWN_AFFAIRS
            and written.action not in answered
            and not told.holds(spans, (written.epoch, written.seq))
        )

    def tell(self, *, upto: int | None = None) -> Future[None]:
        """A command has told everything of this run, or a window shown it as far as `upto`, while older
        entries still wait to be confirmed."""
        head, first = self.head(), self._book.first
        last = head.seq if upto is None else min(upto, head.seq)
        waiting = {(written.epoch, written.seq) for written in self.unconfirmed()}
        spans = told.read(self.drafts().get(told.DRAFT))
        if first <= last:
            spans = told.along(spans, (head.epoch, first, last), waiting=waiting)
        return self.keep({told.DRAFT: told.draft(spans)})

    def now(self) -> int:
        """Milliseconds UTC that may be relied upon; any thread."""
        return self._book.time.now()

    @property
    def elapsed(self) -> int:
        """Milliseconds of the counter that the wall clock cannot move; compare within one run only."""
        return self._tick().elapsed

    @property
    def clock(self) -> ClockState:
        """Whether the wall clock is believed."""
        return self._book.time.state

    @property
    def clock_off(self) -> int:
        """How far the wall clock is ahead of `now`, ms, negative behind; 0 while it is believed."""
        return self._book.time.off

    @property
    def run(self) -> str:
        """This start's own name, in every header it writes."""
        return self._book.time.run

    @property
    def waiting(self) -> int:
        """Writes that wait in memory because another program holds the file; 0 is the normal state."""
        return self._writer.waiting

    def payload_digest(self, payload: bytes) -> str:
        """The digest under which a scanned payload is recorded, hex; equal payloads give equal ones."""
        return payload_digest(self._book.station_key, payload)

    def is_key(self, key: bytes) -> bool:
        """Whether this key opens the file."""
        return hmac.compare_digest(key, self._key)

    def renew_payload_key(self) -> Future[None]:
        """Another key for payload digests: what was read until now is not known again."""
        job = Job(self._book.make_station_key, done=self._book.take_station_key)
        return _then(self._writer.submit(job), lambda _key: None)

    def on_written(self, listener: Callable[[tuple[Written, ...]], None]) -> Callable[[], None]:
        """Calls `listener` from the writer's thread after each commit that wrote entries; what is returned
        ends it.
        """
        self._listeners = (*self._listeners, listener)

        def end() -> None:
            self._listeners = tuple(other for other in self._listeners if other is not listener)

        return end

    @contextmanager
    def reader(self) -> Iterator[Connection]:
        """A connection that can only read and is stopped after 5 s; raises ReadTooLong and other Troubles."""
        with self._readers.reading() as connection:
            yield connection

    @contextmanager
    def unveiled(self) -> Iterator[Connection]:
        """A connection that only reads, as long as it likes, and sees what is withheld too: for an import."""
        with database.open_reader(self.folder, self._key, whole=True) as connection:
            yield connection

    def staging(self, name: str = "") -> Staging:
        """A file beside the ledger, under its key, for entries that are still to be proved."""
        return Staging(self.folder, self._key, name=name)

    def transact(self, work: Callable[[Connection], T]) -> Future[T]:
        """Runs `work` in its own transaction on the writer's connection; keep it under 20 ms."""
        return self._writer.submit(Job(work))

    def alone(self, work: Callable[[Connection], T], *, key: bytes | None = None) -> Future[T]:
        """Runs `work` on the writer's connection without a transaction and without our idle readers.

        For VACUUM and a change of key; `key` is the one that opens the file afterwards.
        """

        def quietly(connection: Connection) -> T:
            self._readers.close()
            result = work(connection)
            self._key = key or self._key
            return result

        return self._writer.submit(Job(quietly, bare=True))

    def free_ballast(self) -> bool:
        """Gives the reserve back to a full disk; False when there is none left."""
        return ballast.free(self.folder)

    def close(self, *, painted: int | None = None) -> None:
        """Writes what waits, seals, checkpoints and lets the folder go; a Trouble here is not raised.

        Harmless when repeated.
        """
        if self._closed:
            return
        self._closed = True
        last = self._submit(Addition(painted=painted, seal="exit", unless_sealed=True))
        self._let_go(within=CLOSING)
        with suppress(Trouble):
            last.result()

    def _submit(self, addition: Addition) -> Future[Added]:
        job = Job(
            lambda connection: self._book.add(connection, addition),
            done=self._book.added,
            found=lambda _connection: self._book.found(addition),
        )
        job.future.add_done_callback(self._announce)  # before it can be done: in the writer's thread
        return self._writer.submit(job)

    def _announce(self, future: Future[Added]) -> None:
        if future.exception() is None and future.result().written:
            for listener in self._listeners:
                listener(future.result().written)

    def _idle(self) -> None:
        if self._book.begun:
            self._book.time.now()
            if self._book.due:
                self._submit(Addition())

    def _reopen(self) -> Connection:
        return database.open_writer(self.folder, self._key, now=self._tick().wall)

    def _let_go(self, *, within: float) -> None:
        self._readers.close()  # the last to close the file takes its log away, a reader cannot
        self._writer.close(within=within)
        self._readers.close()
        self._lock.release()


def _then(future: Future[S], pick: Callable[[S], T]) -> Future[T]:
    """A future of a part of another's result."""
    part: Future[T] = Future()
    part.set_running_or_notify_cancel()

    def resolve(whole: Future[S]) -> None:
        error = whole.exception()
        if error is not None:
            part.set_exception(error)
        else:
            part.set_result(pick(whole.result()))

    future.add_done_callback(resolve)
    return part
