"""The one thread that writes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from checkpoint_app.storage import engine
from checkpoint_app.storage import writer as storage_writer
from checkpoint_app.storage.engine import Connection, DiskFailed, DiskFull
from checkpoint_app.storage.writer import Job, Writer
from tests.storage.desks import KEY


@contextmanager
def writing(folder: Path, *, settled: Callable[[Connection], None] = lambda _: None) -> Iterator[Writer]:
    path = folder / "x.db"
    found = Writer(path, reopen=lambda: engine.connect(path, KEY), settled=settled, idle=lambda: None)
    try:
        found.submit(Job(lambda connection: connection.execute("CREATE TABLE t(n)"))).result()
        found.submit(
            Job(lambda connection: connection.execute("PRAGMA application_id = 1129335857"))
        ).result()
        yield found
    finally:
        found.close(within=5)


def put(number: int) -> Job[int]:
    def work(connection: Connection) -> int:
        connection.execute("INSERT INTO t VALUES(?)", (number,))
        return number

    return Job(work)


def kept(folder: Path) -> list[int]:
    connection = engine.connect(folder / "x.db", KEY, readonly=True)
    rows = [number for (number,) in connection.execute("SELECT n FROM t ORDER BY rowid")]
    connection.close()
    return rows


def test_jobs_are_done_in_the_order_they_were_asked_for(tmp_path: Path) -> None:
    with writing(tmp_path) as writer:
        futures = [writer.submit(put(number)) for number in range(100)]
        assert [future.result() for future in futures] == list(range(100))
    assert kept(tmp_path) == list(range(100))


def test_a_future_resolves_after_the_commit_and_after_done(tmp_path: Path) -> None:
    order: list[str] = []
    with writing(tmp_path) as writer:
        job = put(1)
        job.done = lambda _result: order.append(f"done, {len(kept(tmp_path))} kept")
        job.future.add_done_callback(lambda _future: order.append("resolved"))
        writer.submit(job).result()
    assert order == ["done, 1 kept", "resolved"]


def test_work_that_fails_leaves_nothing_and_harms_no_other(tmp_path: Path) -> None:
    def work(connection: Connection) -> None:
        connection.execute("INSERT INTO t VALUES(99)")
        raise LookupError("a bug")

    with writing(tmp_path) as writer:
        writer.submit(put(1))
        failed, last = writer.submit(Job(work)), writer.submit(put(2))
        with pytest.raises(LookupError):
            failed.result()
        last.result()
    assert kept(tmp_path) == [1, 2]


def test_asking_never_blocks_and_closing_writes_what_waits(tmp_path: Path) -> None:
    gate = threading.Event()
    with writing(tmp_path) as writer:
        writer.submit(Job(lambda _connection: gate.wait(5)))
        futures = [writer.submit(put(number)) for number in range(10)]
        assert not any(future.done() for future in futures)
        gate.set()
    assert kept(tmp_path) == list(range(10))


def test_a_job_that_was_cancelled_in_time_is_not_done(tmp_path: Path) -> None:
    gate = threading.Event()
    with writing(tmp_path) as writer:
        writer.submit(Job(lambda _connection: gate.wait(5)))
        future = writer.submit(put(1))
        assert future.cancel()
        gate.set()
    assert kept(tmp_path) == []


@pytest.mark.parametrize(("trouble", "reopened"), [(DiskFailed, True), (DiskFull, False)])
def test_after_a_failure_of_the_disk_the_state_is_read_again(
    tmp_path: Path, trouble: type[Exception], reopened: bool
) -> None:
    seen: list[Connection] = []

    def fail(connection: Connection) -> None:
        connection.execute("INSERT INTO t VALUES(99)")
        raise trouble

    with writing(tmp_path, settled=seen.append) as writer:
        with pytest.raises(trouble):
            writer.submit(Job(fail)).result()
        writer.submit(put(1)).result()
        assert (len(seen) == 2) is reopened
    assert kept(tmp_path) == [1]


def test_work_without_a_transaction_may_vacuum(tmp_path: Path) -> None:
    with writing(tmp_path) as writer:
        writer.submit(Job(lambda connection: connection.execute("VACUUM").fetchall(), bare=True)).result()
        with pytest.raises(engine.OperationalError, match="VACUUM"):
            writer.submit(Job(lambda connection: connection.execute("VACUUM"))).result()


def filling(kilobytes: int) -> Job[None]:
    def work(connection: Connection) -> None:
        for _ in range(kilobytes):
            connection.execute("INSERT INTO t VALUES(randomblob(1000))")

    return Job(work)


def in_the_log(folder: Path) -> int:
    """Pages that are only in the log."""
    connection = engine.connect(folder / "x.db", KEY)
    (_, pages, moved) = connection.execute("PRAGMA wal_checkpoint(NOOP)").fetchone()
    connection.close()
    return int(pages - moved)


def test_the_log_is_moved_when_nobody_waits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looked = threading.Event()
    with writing(tmp_path) as writer:
        move = writer._move_log

        def seen(least: int) -> None:
            move(least)
            if least == storage_writer.WORTH_MOVING:
                looked.set()

        monkeypatch.setattr(writer, "_move_log", seen)
        writer.submit(filling(1_500)).result()
        assert in_the_log(tmp_path) > storage_writer.WORTH_MOVING
        assert looked.wait(5)
        assert in_the_log(tmp_path) == 0


def test_a_busy_hour_without_a_pause_keeps_the_log_below_16_mib(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storage_writer, "QUIET", 3_600)
    log = tmp_path / "x.db-wal"
    with writing(tmp_path) as writer:
        largest = 0
        for _ in range(60):
            writer.submit(filling(400)).result()
            largest = max(largest, log.stat().st_size)
        assert 4 << 20 < largest < 16 << 20
        monkeypatch.setattr(storage_writer, "MOST_PAGES", 10**9)
        for _ in range(60):
            writer.submit(filling(400)).result()
        assert log.stat().st_size > 16 << 20, "control: without moving it grows"


def test_no_commit_moves_the_log(tmp_path: Path) -> None:
    with writing(tmp_path) as writer:
        told = writer.submit(Job(lambda db: db.execute("PRAGMA wal_autocheckpoint").fetchone())).result()
    assert told == (0,)


def test_a_full_disk_while_moving_leaves_the_writer_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with writing(tmp_path) as writer:
        before = writer._connection
        for trouble, kept_on in ((DiskFull, True), (DiskFailed, False)):
            with monkeypatch.context() as patch:
                patch.setattr(storage_writer, "translated", lambda path, wrong=trouble: failing(path, wrong))
                writer._move_log(0)
            assert (writer._connection is before) is kept_on
        monkeypatch.undo()
        assert writer.submit(put(5)).result() == 5
    assert kept(tmp_path) == [5]


@contextmanager
def failing(path: Path, trouble: type[DiskFull]) -> Iterator[None]:
    if path.name:
        raise trouble(path=path)
    yield
