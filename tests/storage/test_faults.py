"""The disk, the file or another program fails: nothing acknowledged is lost, the trouble has its right name,
and the ledger works again when the world does."""

from __future__ import annotations

import os
import random
import shutil
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from checkpoint_app.domain.errors import Trouble
from checkpoint_app.storage import ballast, database, engine
from checkpoint_app.storage.engine import (
    DiskFailed,
    DiskFull,
    LedgerDamaged,
    LedgerLocked,
    LedgerReadOnly,
    WrongKey,
)
from checkpoint_app.storage.ledger import Ledger, Terms
from tests.kill.disks import missing, remount, tmpfs
from tests.storage.desks import KEY, TERMS, actions, crossed, opened, verified

MOUNTS = missing("mount", "umount")
needs_mounts = pytest.mark.skipif(bool(MOUNTS), reason=MOUNTS)
SEED = 20221015


def fill(folder: Path, *, leave: int) -> Path:
    """Takes all the room of that disk but `leave` bytes."""
    path = folder / "filler"
    free = shutil.disk_usage(folder).free
    with path.open("wb", buffering=0) as file:
        file.write(bytes(max(0, free - leave)))
    return path


@needs_mounts
def test_a_full_disk_is_told_at_once_and_loses_nothing(tmp_path: Path, full_counts: bool) -> None:
    """The disk fills at another point each time; then there is room again and the same ledger goes on."""
    step = 4096 if full_counts else 20_480
    with tmpfs(tmp_path, kilobytes=3000) as disk:
        for leave in range(0, 400_000, step):
            place, acknowledged, refused = disk / str(leave), set(), 0
            with opened(place) as ledger:
                filler = fill(disk, leave=leave)
                for number in range(40):
                    fact = crossed(number, padding=8_000)
                    try:
                        ledger.append([fact]).result()
                        acknowledged.add(fact.action)
                    except DiskFull:
                        refused += 1
                filler.unlink()
                assert refused, "the disk was not full"
                fact = crossed(99)
                ledger.append([fact]).result()
                acknowledged.add(fact.action)
            assert acknowledged <= actions(place)
            assert verified(place).sound
            shutil.rmtree(place)


@needs_mounts
def test_records_stay_readable_on_a_full_disk_and_the_ballast_closes_the_shift(tmp_path: Path) -> None:
    with tmpfs(tmp_path, kilobytes=6000) as disk:
        with opened(disk / "desk", terms=Terms(ballast=1 << 20)) as ledger:
            ledger.append([crossed(1)]).result()
            fill(disk, leave=0)
            with pytest.raises(DiskFull):
                write_on(ledger, 300)
            with ledger.reader() as connection:
                assert connection.execute("SELECT count(*) FROM entry").fetchone()[0] >= 2
            assert ledger.free_ballast()
            for number in range(5):
                ledger.append([crossed(number)]).result()
            ledger.seal("handover").result()
            assert not ledger.free_ballast()
        assert verified(disk / "desk").sound


def write_on(ledger: Ledger, count: int) -> None:
    for number in range(count):
        ledger.append([crossed(number, padding=8_000)]).result()


@needs_mounts
def test_a_ledger_cannot_start_on_a_full_disk_and_starts_once_the_ballast_is_freed(tmp_path: Path) -> None:
    with tmpfs(tmp_path, kilobytes=6000) as disk:
        folder = disk / "desk"
        with opened(folder, terms=Terms(ballast=1 << 20)) as ledger:
            ledger.append([crossed(1)]).result()
        fill(disk, leave=0)
        with pytest.raises(DiskFull):
            Ledger.open(folder, KEY, desk="G25-01", build_date=0, terms=TERMS)
        assert ballast.free(folder)
        with opened(folder) as ledger:
            ledger.append([crossed(2)]).result()


@needs_mounts
def test_a_disk_that_takes_no_writes_is_read_with_everything_in_its_log(tmp_path: Path) -> None:
    fact = crossed(1)
    with tmpfs(tmp_path, kilobytes=6000) as disk:
        with opened(tmp_path / "desk") as ledger:
            ledger.append([fact]).result()
            for name in (database.FILE, database.FILE + "-wal"):
                shutil.copy(tmp_path / "desk" / name, disk)
        remount(disk, writable=False)
        with pytest.raises(LedgerReadOnly):
            Ledger.open(disk, KEY, desk="G25-01", build_date=0, terms=TERMS)
        assert fact.action in actions(disk)
        control = engine.connect(tmp_path / "desk" / database.FILE, KEY, readonly=True)
        control.close()
        remount(disk, writable=True)
        with opened(disk) as ledger:
            ledger.append([crossed(2)]).result()
        assert fact.action in actions(disk)


def test_a_file_that_another_program_holds_makes_writes_wait_and_loses_none(
    tmp_path: Path, full_counts: bool
) -> None:
    for seconds in (1.0, 3.0, 30.0) if full_counts else (1.2,):
        hold_and_write(tmp_path / str(seconds), seconds=seconds)


def hold_and_write(folder: Path, *, seconds: float) -> None:
    with opened(folder) as ledger:
        ledger.append([crossed(0)]).result()
        other = engine.connect(ledger.path, KEY)
        other.execute("BEGIN EXCLUSIVE")
        began = time.monotonic()
        facts = [crossed(number) for number in range(20)]
        futures = [ledger.append([fact]) for fact in facts]
        assert time.monotonic() - began < 0.1, "the caller was made to wait"
        shown = 0
        while time.monotonic() - began < seconds:
            shown = max(shown, ledger.waiting)
            threading.Event().wait(0.05)
        assert not any(future.done() for future in futures)
        assert shown == len(futures)
        other.execute("ROLLBACK")
        other.close()
        assert all(future.result(10) for future in futures)
        assert ledger.waiting == 0
    assert {fact.action for fact in facts} <= actions(folder)
    assert verified(folder).sound


def test_a_short_hold_is_not_shown_as_waiting(tmp_path: Path) -> None:
    with opened(tmp_path, terms=Terms(ballast=0, patience=3.0)) as ledger:
        other = engine.connect(ledger.path, KEY)
        other.execute("BEGIN EXCLUSIVE")
        future = ledger.append([crossed(1)])
        threading.Event().wait(0.3)
        assert ledger.waiting == 0
        other.execute("ROLLBACK")
        other.close()
        future.result(10)


def test_what_a_held_file_keeps_out_to_the_end_is_refused_not_forgotten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("checkpoint_app.storage.ledger.CLOSING", 0.3)
    ledger = Ledger.open(tmp_path, KEY, desk="G25-01", build_date=0, terms=TERMS)
    other = engine.connect(ledger.path, KEY)
    other.execute("BEGIN EXCLUSIVE")
    future = ledger.append([crossed(1)])
    ledger.close()
    with pytest.raises(LedgerLocked):
        future.result(0)
    other.execute("ROLLBACK")
    other.close()
    with opened(tmp_path):
        pass


def test_a_wrong_key_opens_nothing_and_changes_nothing(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        ledger.append([crossed(1)]).result()
    before = ledger.path.read_bytes()
    for key in (b"w" * 32, b"", b"short"):
        with pytest.raises(WrongKey):
            Ledger.open(tmp_path, key, desk="G25-01", build_date=0, terms=TERMS)
    assert ledger.path.read_bytes() == before
    with opened(tmp_path) as again:
        again.append([crossed(2)]).result()


def test_a_flipped_bit_is_noticed_when_the_page_is_read(tmp_path: Path, full_counts: bool) -> None:
    with opened(tmp_path / "desk") as ledger:
        ledger.append([crossed(number) for number in range(200)]).result()
    whole, dice = ledger.path.read_bytes(), random.Random(SEED)
    copy = tmp_path / "damaged"
    copy.mkdir()
    flips = 300 if full_counts else 40
    noticed = 0
    for _ in range(flips):
        damaged = bytearray(whole)
        damaged[dice.randrange(len(whole))] ^= 1 << dice.randrange(8)
        (copy / database.FILE).write_bytes(damaged)
        noticed += reads_as_damaged(copy)
    assert noticed == flips
    (copy / database.FILE).write_bytes(whole)
    assert not reads_as_damaged(copy), "the check would call anything damaged"


def reads_as_damaged(folder: Path) -> bool:
    try:
        with database.open_reader(folder, KEY) as connection:
            return not database.every_page_is_whole(connection)
    except (LedgerDamaged, WrongKey):
        return True


def test_damage_met_while_writing_is_told_and_other_pages_still_read(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        ledger.append([crossed(number) for number in range(100)]).result()
    whole = bytearray(ledger.path.read_bytes())
    for page in range(3, len(whole) // 4096):
        whole[page * 4096 + 17] ^= 1
    ledger.path.write_bytes(whole)
    with pytest.raises(LedgerDamaged):
        Ledger.open(tmp_path, KEY, desk="G25-01", build_date=0, terms=TERMS)


def test_a_commit_that_is_durable_although_it_failed_is_adopted(tmp_path: Path) -> None:
    """The disk reports an error although the commit reached it: the file's own word counts."""
    with opened(tmp_path) as ledger:
        ledger.append([crossed(0)]).result()
        fail_once(ledger, after_commit=True)
        fact = crossed(1)
        written = ledger.append([fact], drafts={"lane": {"n": 1}}).result()[0]
        assert written.action == fact.action
        assert ledger.head().hash == written.hash
        assert ledger.drafts() == {"lane": {"n": 1}}
        ledger.append([crossed(2)]).result()
    assert verified(tmp_path).sound


def test_a_commit_that_failed_is_told_and_asking_again_writes_it_once(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        ledger.append([crossed(0)]).result()
        fail_once(ledger, after_commit=False)
        fact = crossed(1)
        with pytest.raises(DiskFailed):
            ledger.append([fact], drafts={"lane": {"n": 1}}).result()
        assert ledger.drafts() == {}
        ledger.append([fact], drafts={"lane": {"n": 1}}).result()
    assert fact.action in actions(tmp_path)
    assert verified(tmp_path).sound


def test_after_a_failed_sync_nothing_is_acknowledged_behind_a_log_that_may_have_holes(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        ledger.append([crossed(0)]).result()
        reader = engine.connect(ledger.path, KEY, readonly=True)
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM entry").fetchone()
        ledger.append([crossed(1)]).result()
        fail_once(ledger, after_commit=False)
        with pytest.raises(DiskFailed):
            ledger.append([crossed(2)]).result()
        future = ledger.append([crossed(3)])
        threading.Event().wait(0.6)
        assert not future.done()
        assert ledger.waiting == 1
        reader.close()
        future.result(10)
    assert verified(tmp_path).sound


def test_a_reader_that_holds_its_snapshot_delays_no_writer(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        ledger.append([crossed(0)]).result()
        reader = engine.connect(ledger.path, KEY, readonly=True)
        reader.execute("BEGIN")
        before = reader.execute("SELECT count(*) FROM entry").fetchone()
        for number in range(100):
            ledger.append([crossed(number)]).result(5)
        assert reader.execute("SELECT count(*) FROM entry").fetchone() == before
        reader.close()
    assert not (tmp_path / (database.FILE + "-wal")).exists()


def fail_once(ledger: Ledger, *, after_commit: bool) -> None:
    """The next COMMIT fails, before or after it has been carried out."""
    writer = ledger._writer
    real: Any = writer._connection

    class Failing:
        def __getattr__(self, name: str) -> Any:
            return getattr(real, name)

        def execute(self, sql: str, *values: object) -> Any:
            if sql != "COMMIT":
                return real.execute(sql, *values)
            if after_commit:
                real.execute(sql)
            error = engine.OperationalError("disk I/O error")
            error.sqlite_errorcode = 10  # type: ignore[attr-defined]
            raise error

    writer._connection = Failing()


def test_a_disk_that_vanished_is_told_each_time_and_works_when_it_is_back(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        ledger.append([crossed(0)]).result()
        reopen, ledger._writer._reopen = ledger._writer._reopen, gone
        fail_once(ledger, after_commit=False)
        for number in range(3):
            with pytest.raises(Trouble):
                ledger.append([crossed(number)]).result()
        ledger._writer._reopen = reopen
        ledger.append([crossed(9)]).result()
    assert verified(tmp_path).sound


def gone() -> engine.Connection:
    raise DiskFailed(path="nowhere", code="SQLITE_IOERR")


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="POSIX permissions")
def test_a_folder_that_cannot_be_made_is_a_failed_disk(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(DiskFailed):
        Ledger.open(tmp_path / "file" / "desk", KEY, desk="G25-01", build_date=0, terms=TERMS)
