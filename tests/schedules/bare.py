"""A ledger without disk, threads and readers, for landing below the file format: one connection in memory.

Everything that decides (what is new, forks, spans, what is derived, what is erased) is the product's own.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from checkpoint_app.domain.bundles import Manifest, Range
from checkpoint_app.domain.entry import Entry, read_header
from checkpoint_app.domain.facts import By
from checkpoint_app.storage import derived, desk, engine, landing, migrations
from checkpoint_app.storage.engine import Connection
from checkpoint_app.storage.staging import FOLDER, SUFFIX

BY = By("", "7")
_HEADERS: dict[bytes, Any] = {}


class CrashError(Exception):
    """The power went."""


def header_of(entry: Entry) -> Any:
    """Read once: the same entries come again and again."""
    found = _HEADERS.get(entry.hash)
    if found is None:
        found = _HEADERS[entry.hash] = read_header(entry.header)
    return found


@dataclass(eq=False)
class Parcel:
    """A bundle as it is staged: ranges of lines, each a stretch of one chain that ends with a seal."""

    name: str
    ranges: tuple[tuple[Entry, ...], ...]
    announced: tuple[Any, ...] = ()
    counts: Mapping[Any, int] = field(default_factory=dict)

    @cached_property
    def manifest(self) -> Manifest:
        entries = sum(len(each) for each in self.ranges)
        return Manifest(
            self.name * 2, "N-1", "0" * 16, "北站", 1_665_800_000_000, "test", ("age1" + "q" * 58,),
            tuple(map(_range, self.ranges)), self.announced, entries, entries, self.name * 4,
        )  # fmt: skip

    def rows(self, desk: str, epoch: str, span: tuple[int, int], *, limit: int = -1) -> list[Any]:
        return [
            (head.seq, entry.header.decode(), entry.public.decode(),
             entry.personal.decode() if entry.personal is not None else None, entry.salt, entry.hash)
            for head, entry in self._of(desk, epoch, span)
        ]  # fmt: skip

    def links(self, desk: str, epoch: str, span: tuple[int, int]) -> Iterator[Any]:
        for head, entry in self._of(desk, epoch, span):
            yield head.seq, entry.hash.hex(), head.prev, entry.personal is not None

    def noted(self, kind: str) -> list[Any]:
        return [
            (head.desk, head.epoch, head.seq, entry.header.decode(), entry.public.decode())
            for each in self.ranges
            for entry in each
            if (head := header_of(entry)).kind == kind
        ]

    def odd(self, desk: str, epoch: str, span: tuple[int, int]) -> list[Any]:
        return []

    def begun(self, desk: str, epoch: str) -> int:
        return next((head.written for head, _ in self._of(desk, epoch, (1, 1))), 0)

    def size(self) -> int:
        return sum(len(each) for each in self.ranges)

    def secure(self) -> None: ...
    def close(self) -> None: ...
    def leave(self) -> None: ...
    def __enter__(self) -> Parcel:
        return self

    def __exit__(self, *_error: object) -> None: ...

    def _of(self, desk: str, epoch: str, span: tuple[int, int]) -> Iterator[tuple[Any, Entry]]:
        for each in self.ranges:
            for entry in each:
                head = header_of(entry)
                if (head.desk, head.epoch) == (desk, epoch) and span[0] <= head.seq <= span[1]:
                    yield head, entry


def _range(entries: Sequence[Entry]) -> Range:
    first, last = header_of(entries[0]), header_of(entries[-1])
    return Range(
        first.desk, first.epoch, first.written, first.seq, last.seq, first.prev, entries[-1].hash.hex()
    )


class Bare:
    """Stands in for `Ledger`; `crash_at` counts down the transactions to the one that does not come back."""

    landing = nullcontext()

    def __init__(self) -> None:
        self._home = tempfile.TemporaryDirectory(prefix="schedules-")
        self.folder = Path(self._home.name)
        (self.folder / FOLDER).mkdir()
        self.connection = _memory()
        self.crash_at: int | None = None
        self.after_commit = False
        self.parcels: dict[str, Parcel] = {}

    def close(self) -> None:
        self.connection.close()
        self._home.cleanup()

    @contextmanager
    def schedule(self) -> Iterator[None]:
        """What happens in here is as if it never was."""
        self.connection.execute("BEGIN")
        try:
            yield
        finally:
            self.connection.execute("ROLLBACK")
            self.crash_at, self.parcels = None, {}
            for left in (self.folder / FOLDER).iterdir():
                left.unlink()

    @contextmanager
    def unveiled(self) -> Iterator[Connection]:
        yield self.connection

    reader = unveiled

    def transact(self, work: Callable[[Connection], Any]) -> Future[Any]:
        done: Future[Any] = Future()
        if self.crash_at is not None:
            self.crash_at -= 1
        crash = self.crash_at is not None and self.crash_at < 0
        self.connection.execute("SAVEPOINT step")
        try:
            result = work(self.connection)
            self._crash_if(crash and not self.after_commit)
        except BaseException:
            self.connection.execute("ROLLBACK TO step")
            raise
        finally:
            self.connection.execute("RELEASE step")
        self._crash_if(crash)
        done.set_result(result)
        return done

    def _crash_if(self, now: bool) -> None:
        if now:
            raise CrashError

    def append(self, _facts: Sequence[Any], *, also: Callable[[Connection], None]) -> Future[Any]:
        return self.transact(also)

    def keep(self, _drafts: object) -> Future[Any]:
        return self.transact(lambda _connection: None)

    def drafts(self) -> Mapping[str, Any]:
        return {}

    def now(self) -> int:
        return 1_665_900_000_000

    def staging(self, name: str = "") -> Parcel:
        return self.parcels[name]

    def land(self, parcel: Parcel) -> None:
        landing.land(self, parcel, parcel.manifest, by=BY)  # type: ignore[arg-type]

    def land_and_crash(self, parcel: Parcel, *, at: int, after_commit: bool, staged: bool) -> None:
        """The power goes in a step; the staging file is there at the next start or not."""
        self.crash_at, self.after_commit, self.parcels = at, after_commit, {parcel.name: parcel}
        path = self.folder / FOLDER / (parcel.name + SUFFIX)
        try:
            self.land(parcel)
        except CrashError:
            if staged:
                path.touch()
        self.crash_at = None
        landing.resume(self)  # type: ignore[arg-type]

    def took(self, parcel: Parcel) -> bool:
        """Whether this ledger says that the bundle is in."""
        return landing.taken_at(self.connection, parcel.manifest) is not None


def _memory() -> Connection:
    connection: Connection = engine._driver.connect(":memory:", isolation_level=None, cached_statements=2_000)  # type: ignore[attr-defined]
    connection.execute("PRAGMA recursive_triggers = ON")
    migrations.migrate(connection, Path("memory"), now=0)
    derived.renew(connection)
    chain = {"desk": "HQ-1", "epoch": "f" * 16, "machine": ""}
    desk.write_setting(connection, "chain", chain, now=0)
    return connection
