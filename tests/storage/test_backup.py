"""Backups beside the running window, and a ledger from one."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from checkpoint_app.storage import backup as copying
from checkpoint_app.storage import database, engine
from checkpoint_app.storage.backup import BackupExists, BackupUnsound, LedgerThere, backup, restore
from checkpoint_app.storage.engine import DiskFailed, DiskFull, WrongKey
from checkpoint_app.storage.lock import LedgerInUse
from tests.kill.disks import missing, tmpfs
from tests.storage.desks import BUILT, DESK, KEY, TERMS, actions, crossed, headers, opened, verified

MOUNTS = missing("mount", "umount")


def test_a_backup_of_a_busy_ledger_holds_all_that_was_acknowledged_before_it(
    tmp_path: Path, full_counts: bool
) -> None:
    with opened(tmp_path / "desk") as ledger:
        acknowledged: set[str] = set()
        for number in range(100 if full_counts else 5):
            facts = [crossed(each) for each in range(20)]
            futures = [ledger.append([fact]) for fact in facts]
            done = backup(tmp_path / "desk", KEY, tmp_path / f"copy-{number}.db")
            (tmp_path / "read").mkdir(exist_ok=True)
            done.file.replace(tmp_path / "read" / database.FILE)
            assert acknowledged <= actions(tmp_path / "read")
            assert done.heads
            acknowledged |= {future.result()[0].action for future in futures}
    assert verified(tmp_path / "desk").sound


def test_a_restored_ledger_goes_on_in_a_new_epoch_that_names_the_old_head(tmp_path: Path) -> None:
    with opened(tmp_path / "desk") as ledger:
        ledger.append([crossed(1)], drafts={"lane": {"n": 1}}).result()
        key = ledger._book.key.key_id
        done = backup(tmp_path / "desk", KEY, tmp_path / "copy.db")
        head = ledger.head()
    again = restore(done.file, tmp_path / "again", KEY, desk=DESK, build_date=BUILT, terms=TERMS)
    with closing(again):
        again.append([crossed(2)]).result()
        assert again.drafts() == {"lane": {"n": 1}}
        assert again._book.key.key_id == key
        assert again.head().epoch != head.epoch
        with again.reader() as connection:
            parent = connection.execute(
                "SELECT public ->> '$.reason', public ->> '$.parent.epoch', public ->> '$.parent.seq',"
                " public ->> '$.parent.hash' FROM entry WHERE kind = 'epoch_begun' AND epoch <> ?",
                (head.epoch,),
            ).fetchone()
    assert parent == ("restore", head.epoch, head.seq, head.hash)
    assert verified(tmp_path / "again").sound
    assert len({header.epoch for header in headers(tmp_path / "again")}) == 2


def test_what_belongs_to_the_ledger_is_copied_with_it(tmp_path: Path) -> None:
    wrap = tmp_path / "recovery.age"
    wrap.write_bytes(b"wrapped")
    with opened(tmp_path / "desk"):
        done = backup(tmp_path / "desk", KEY, tmp_path / "copy.db", beside=(wrap, tmp_path / "absent"))
    assert [path.read_bytes() for path in done.beside] == [b"wrapped"]
    assert done.beside[0].name == "copy.recovery.age"


def test_a_backup_is_never_written_over_another(tmp_path: Path) -> None:
    with opened(tmp_path / "desk"):
        backup(tmp_path / "desk", KEY, tmp_path / "copy.db")
        with pytest.raises(BackupExists):
            backup(tmp_path / "desk", KEY, tmp_path / "copy.db")


def test_a_copy_that_does_not_verify_gets_no_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = copying._copy

    def damaged(folder: Path, key: bytes, part: Path) -> None:
        real(folder, key, part)
        whole = bytearray(part.read_bytes())
        whole[-2000] ^= 1
        part.write_bytes(whole)

    monkeypatch.setattr(copying, "_copy", damaged)
    with opened(tmp_path / "desk") as ledger:
        ledger.append([crossed(1)]).result()
        with pytest.raises((BackupUnsound, engine.LedgerDamaged)):
            backup(tmp_path / "desk", KEY, tmp_path / "copy.db")
    assert [path.name for path in tmp_path.iterdir()] == ["desk"]


def test_a_backup_needs_the_right_key(tmp_path: Path) -> None:
    with opened(tmp_path / "desk"):
        done = backup(tmp_path / "desk", KEY, tmp_path / "copy.db")
        with pytest.raises(WrongKey):
            backup(tmp_path / "desk", b"w" * 32, tmp_path / "other.db")
    with pytest.raises(WrongKey):
        restore(done.file, tmp_path / "again", b"w" * 32, desk=DESK, build_date=BUILT)
    assert not database.ledger_file(tmp_path / "again").exists()


def test_nothing_is_restored_over_a_ledger(tmp_path: Path) -> None:
    with opened(tmp_path / "desk"):
        done = backup(tmp_path / "desk", KEY, tmp_path / "copy.db")
        with pytest.raises(LedgerInUse):
            restore(done.file, tmp_path / "desk", KEY, desk=DESK, build_date=BUILT)
    with pytest.raises(LedgerThere):
        restore(done.file, tmp_path / "desk", KEY, desk=DESK, build_date=BUILT)


def test_an_absent_backup_is_a_failed_disk(tmp_path: Path) -> None:
    with pytest.raises(DiskFailed):
        restore(tmp_path / "absent.db", tmp_path / "again", KEY, desk=DESK, build_date=BUILT)


@pytest.mark.skipif(bool(MOUNTS), reason=MOUNTS)
def test_a_stick_without_room_is_told_and_keeps_no_half_copy(tmp_path: Path) -> None:
    with opened(tmp_path / "desk") as ledger, tmpfs(tmp_path, kilobytes=200) as stick:
        ledger.append([crossed(number) for number in range(100)]).result()
        with pytest.raises(DiskFull):
            backup(tmp_path / "desk", KEY, stick / "copy.db")
        assert list(stick.iterdir()) == []
        ledger.append([crossed(1)]).result()
