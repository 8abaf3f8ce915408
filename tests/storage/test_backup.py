"""Copies made beside the running window."""

from __future__ import annotations

from pathlib import Path

import pytest

from checkpoint_app.storage import database, engine
from checkpoint_app.storage.backup import copy_ledger
from checkpoint_app.storage.engine import DiskFailed, DiskFull, LedgerDamaged, WrongKey
from tests.kill.disks import missing, remount, tmpfs
from tests.storage.desks import KEY, actions, crossed, opened, verified

MOUNTS = missing("mount", "umount")
needs_mounts = pytest.mark.skipif(bool(MOUNTS), reason=MOUNTS)


def test_a_copy_of_a_busy_ledger_holds_all_that_was_acknowledged_before_it(
    tmp_path: Path, full_counts: bool
) -> None:
    with opened(tmp_path / "desk") as ledger:
        acknowledged: set[str] = set()
        for number in range(100 if full_counts else 5):
            futures = [ledger.append([crossed(each)]) for each in range(20)]
            place = tmp_path / f"copy-{number}"
            place.mkdir()
            copy_ledger(tmp_path / "desk", KEY, place / database.FILE)
            assert acknowledged <= actions(place)
            assert verified(place).sound
            acknowledged |= {future.result()[0].action for future in futures}


def test_a_copy_is_encrypted_under_the_same_key(tmp_path: Path) -> None:
    with opened(tmp_path / "desk") as ledger:
        ledger.append([crossed(1)]).result()
        copy_ledger(tmp_path / "desk", KEY, tmp_path / "copy.db")
    assert b"SQLite format" not in (tmp_path / "copy.db").read_bytes()
    with pytest.raises(WrongKey):
        engine.connect(tmp_path / "copy.db", b"w" * 32, readonly=True)


def test_a_wrong_key_makes_no_copy(tmp_path: Path) -> None:
    with opened(tmp_path / "desk"), pytest.raises(WrongKey):
        copy_ledger(tmp_path / "desk", b"w" * 32, tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()


def test_a_damaged_ledger_is_named_not_its_copy(tmp_path: Path) -> None:
    with opened(tmp_path / "desk") as ledger:
        ledger.append([crossed(number) for number in range(100)]).result()
    whole = bytearray(ledger.path.read_bytes())
    whole[len(whole) // 2] ^= 1
    ledger.path.write_bytes(whole)
    with pytest.raises(LedgerDamaged) as caught:
        copy_ledger(tmp_path / "desk", KEY, tmp_path / "copy.db")
    assert caught.value.facts["path"] == ledger.path


def test_a_place_that_does_not_exist_is_a_failed_disk(tmp_path: Path) -> None:
    with opened(tmp_path / "desk"), pytest.raises(DiskFailed) as caught:
        copy_ledger(tmp_path / "desk", KEY, tmp_path / "absent" / "copy.db")
    assert caught.value.facts["path"] == tmp_path / "absent" / "copy.db"


@needs_mounts
def test_a_stick_without_room_is_told_and_the_lane_goes_on(tmp_path: Path) -> None:
    with opened(tmp_path / "desk") as ledger, tmpfs(tmp_path, kilobytes=200) as stick:
        ledger.append([crossed(number) for number in range(100)]).result()
        with pytest.raises(DiskFull):
            copy_ledger(tmp_path / "desk", KEY, stick / "copy.db")
        ledger.append([crossed(1)]).result()


@needs_mounts
def test_a_ledger_on_a_disk_that_takes_no_writes_is_copied_with_its_log(tmp_path: Path) -> None:
    fact = crossed(1)
    with tmpfs(tmp_path, kilobytes=6000) as disk:
        with opened(tmp_path / "desk") as ledger:
            ledger.append([fact]).result()
            for path in (ledger.path, ledger.path.with_name(database.FILE + "-wal")):
                (disk / path.name).write_bytes(path.read_bytes())
        remount(disk, writable=False)
        (tmp_path / "copy").mkdir()
        copy_ledger(disk, KEY, tmp_path / "copy" / database.FILE)
    assert fact.action in actions(tmp_path / "copy")


def test_a_ledger_from_a_copy_goes_on_in_a_new_epoch_that_names_the_old_head(tmp_path: Path) -> None:
    again = tmp_path / "again"
    again.mkdir()
    with opened(tmp_path / "desk") as ledger:
        ledger.append([crossed(1)], drafts={"lane": {"n": 1}}).result()
        copy_ledger(tmp_path / "desk", KEY, again / database.FILE)
        head = ledger.head()
    with opened(again, reason="restore") as ledger:
        ledger.append([crossed(2)]).result()
        assert ledger.drafts() == {"lane": {"n": 1}}
        assert ledger.head().epoch != head.epoch
        with ledger.reader() as connection:
            begun = connection.execute(
                "SELECT public ->> '$.reason', public ->> '$.parent.epoch', public ->> '$.parent.seq',"
                " public ->> '$.parent.hash' FROM entry WHERE kind = 'epoch_begun' AND epoch <> ?",
                (head.epoch,),
            ).fetchall()
    assert begun == [("restore", head.epoch, head.seq, head.hash)]
    assert verified(again).sound
