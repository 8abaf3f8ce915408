"""`backup`, `restore`, `recovery`, `setup`: a ledger that outlives its computer."""

from __future__ import annotations

import itertools
import json
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from checkpoint_app.crypto import keyrings, wrapping
from checkpoint_app.crypto.keyfile import KEY_FILE
from checkpoint_app.domain.chain import head_text
from checkpoint_app.domain.facts import EPOCH_BEGUN
from checkpoint_app.services import safekeeping
from checkpoint_app.storage.engine import DiskFull, LedgerReadOnly
from tests.cli import desks
from tests.cli.desks import Post, forced
from tests.crypto.stores import Memory


@pytest.fixture(autouse=True)
def stick(tmp_path: Path) -> None:
    """It is plugged in."""
    (tmp_path / "usb").mkdir()


def backup(post: Post, target: Path) -> Any:
    answer = post.ask("--json", "backup", target)
    assert answer.status == 0, answer.err
    return answer.records[0]


def words_of(post: Post) -> str:
    return " ".join(post.recovery.words)


@contextmanager
def traffic(post: Post) -> Iterator[None]:
    """Vehicles one after the other in another thread, as fast as they can be written."""
    over = threading.Event()
    with post.opened() as desk:

        def drive() -> None:
            for number in itertools.count():
                desks.cross(desk, plate=f"豫E{number:05d}", names=("赵六",))
                if over.is_set():
                    return

        driving = threading.Thread(target=drive, name="traffic")
        driving.start()
        try:
            yield
        finally:
            over.set()
            driving.join()


def test_a_stick_that_is_not_plugged_in_gets_no_backup_and_no_folder(post: Post, tmp_path: Path) -> None:
    (tmp_path / "usb").rmdir()
    answer = post.ask("--json", "backup", tmp_path / "usb")
    assert answer.status == 1
    assert answer.records[0]["error"] == "TargetAbsent"
    assert not (tmp_path / "usb").exists()


def test_a_backup_holds_ledger_settings_and_wrapped_key_but_no_key(post: Post, tmp_path: Path) -> None:
    head = post.head()
    made = backup(post, tmp_path / "usb")
    folder = Path(made["backup"])
    assert {path.name for path in folder.iterdir()} == {
        "ledger.db",
        "desk.json",
        "recovery.age",
        "recovery.recipient",
    }
    assert list(folder.parent.iterdir()) == [folder]
    assert made["head"] == head
    assert made["recoverable"] is True
    last = post.ask("--json", "list", "entries").records
    assert next(entry for entry in last if entry["seq"] == made["recorded"])["public"] == {
        "upto": int(head.split(":")[3])
    }


def test_backups_during_traffic_open_and_verify(post: Post, tmp_path: Path, full_counts: bool) -> None:
    seen = []
    with traffic(post):
        for number in range(100 if full_counts else 10):
            (target := tmp_path / str(number)).mkdir()
            made = backup(post, target)
            assert post.ask("verify", made["backup"], "--head", made["head"]).status == 0
            assert made["recorded"] is None
            seen.append(made["entries"])
    assert seen == sorted(seen)
    assert seen[-1] > seen[0]
    assert post.ask("verify", "--head", made["head"]).status == 0


def test_a_plain_copy_of_the_file_misses_what_its_log_holds(post: Post, tmp_path: Path) -> None:
    with post.opened() as desk:
        desks.cross(desk, plate="豫F00001", names=("孙七",))
        head = head_text(desk.ledger.head())
        shutil.copyfile(post.folder / "ledger.db", tmp_path / "ledger.db")
        assert post.ask("verify", tmp_path / "ledger.db", "--head", head).status == 1
        assert post.ask("verify", backup(post, tmp_path / "usb")["backup"], "--head", head).status == 0


def test_a_backup_beside_the_window_says_that_the_ledger_was_not_told(post: Post, tmp_path: Path) -> None:
    with post.opened() as desk:
        before = desk.ledger.head()
        answer = post.ask("backup", tmp_path / "usb")
        assert desk.ledger.head() == before
    assert answer.status == 0
    assert "was not told of this backup" in answer.err


def test_a_ledger_that_does_not_verify_gives_no_backup(post: Post, tmp_path: Path) -> None:
    with forced(post.folder, post.key) as connection:
        connection.execute("UPDATE entry SET public = '{}' WHERE seq = 3")
    answer = post.ask("--json", "backup", tmp_path / "usb")
    assert (answer.status, answer.records[0]["error"]) == (1, "BackupFailed")
    assert list((tmp_path / "usb").iterdir()) == []


def test_a_full_disk_is_told_as_the_backups_own_and_leaves_nothing(post: Post, tmp_path: Path) -> None:
    def full(_folder: Path, _key: bytes, copy: Path) -> None:
        copy.write_bytes(b"half a ledger")
        raise DiskFull(path=copy)

    post.monkeypatch.setattr(safekeeping, "copy_ledger", full)
    answer = post.ask("--json", "backup", tmp_path / "usb")
    assert answer.records[0] == {
        "error": "BackupFailed",
        "facts": {"path": str(tmp_path / "usb"), "why": "disk full"},
    }
    assert list((tmp_path / "usb").iterdir()) == []


def test_a_ledger_that_can_only_be_read_is_backed_up_all_the_same(post: Post, tmp_path: Path) -> None:
    def read_only(*_rest: object, **_more: object) -> None:
        raise LedgerReadOnly(path=post.folder)

    post.monkeypatch.setattr("checkpoint_app.bootstrap.open_desk", read_only)
    made = backup(post, tmp_path / "usb")
    assert made["recorded"] is None
    assert post.ask("verify", made["backup"], "--head", made["head"]).status == 0


def test_a_target_that_is_no_folder_is_refused(post: Post, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    answer = post.ask("--json", "backup", tmp_path / "file")
    assert (answer.status, answer.records[0]["error"]) == (1, "TargetAbsent")


def restore(post: Post, folder: Path, source: str, *, typed: str, place: str = "open-file") -> desks.Answer:
    return post.ask("--json", "restore", source, "--recovery", "--key-place", place, typed=typed, at=folder)


@pytest.mark.parametrize("typed", ["words", "identity"])
def test_a_restored_ledger_has_every_entry_and_begins_a_new_epoch(
    post: Post, tmp_path: Path, typed: str
) -> None:
    made = backup(post, tmp_path / "usb")
    text = words_of(post) if typed == "words" else post.recovery.identity
    answer = restore(post, tmp_path / "new", made["backup"], typed=text)
    assert answer.status == 0, answer.err
    (record,) = answer.records
    assert record["heads"] == [made["head"]]
    entries = post.ask("--json", "list", "entries", at=tmp_path / "new").records
    begun = [entry for entry in entries if entry["kind"] == EPOCH_BEGUN][-1]
    assert begun["public"]["reason"] == "restore"
    assert begun["epoch"] == record["head"].split(":")[2] != made["head"].split(":")[2]
    assert begun["public"]["parent"]["hash"] == made["head"].split(":")[4].lower()
    assert post.ask("verify", "--head", made["head"], at=tmp_path / "new").status == 0
    assert post.ask("--json", "list", "people", at=tmp_path / "new").records


def test_the_old_ledger_and_the_restored_one_never_share_a_number(post: Post, tmp_path: Path) -> None:
    made = backup(post, tmp_path / "usb")
    restore(post, tmp_path / "new", made["backup"], typed=words_of(post))
    chains = [
        {
            (entry["epoch"], entry["seq"]): entry["hash"]
            for entry in post.ask("--json", "list", "entries", at=at).records
        }
        for at in (post.folder, tmp_path / "new")
    ]
    common = chains[0].keys() & chains[1].keys()
    assert common
    assert all(chains[0][place] == chains[1][place] for place in common)


def test_a_wrong_word_is_named_and_nothing_is_made(post: Post, tmp_path: Path) -> None:
    made = backup(post, tmp_path / "usb")
    typed = words_of(post).replace(post.recovery.words[4], "zzzzz", 1)
    answer = restore(post, tmp_path / "new", made["backup"], typed=typed)
    assert answer.status == 1
    assert answer.records[0] == {"error": "RecoveryWordsWrong", "facts": {"place": 5, "word": "zzzzz"}}
    assert not (tmp_path / "new").exists()


def test_the_words_of_another_desk_open_nothing(post: Post, tmp_path: Path) -> None:
    made = backup(post, tmp_path / "usb")
    post.ask("recovery", "new")
    other = post.ask("--json", "recovery", "new").records[0]["words"]
    answer = restore(post, tmp_path / "new", made["backup"], typed=" ".join(other))
    assert (answer.status, answer.records[0]["error"]) == (1, "RecoveryRefused")


def test_a_folder_with_a_ledger_is_never_overwritten(post: Post, tmp_path: Path) -> None:
    made = backup(post, tmp_path / "usb")
    before = (post.folder / "ledger.db").read_bytes()
    answer = restore(post, post.folder, made["backup"], typed=words_of(post))
    assert (answer.status, answer.records[0]["error"]) == (1, "FolderTaken")
    assert (post.folder / "ledger.db").read_bytes() == before


def test_a_changed_backup_is_not_restored(post: Post, tmp_path: Path) -> None:
    made = backup(post, tmp_path / "usb")
    with forced(Path(made["backup"]), post.key) as connection:
        connection.execute("UPDATE entry SET public = '{}' WHERE seq = 3")
    answer = restore(post, tmp_path / "new", made["backup"], typed=words_of(post))
    assert answer.records[0] == {"error": "BackupUnsound", "facts": {"faults": 1}}
    assert list((tmp_path / "new").iterdir()) == []


def test_a_restore_that_fails_half_way_leaves_no_ledger(
    post: Post, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = backup(post, tmp_path / "usb")
    (tmp_path / "new" / KEY_FILE).mkdir(parents=True)
    answer = restore(post, tmp_path / "new", made["backup"], typed=words_of(post))
    assert answer.records[0]["error"] == "RestoreFailed"
    assert not list((tmp_path / "new").glob("**/ledger.db"))


def test_a_lost_keyring_is_recovered_with_words(post: Post, tmp_path: Path) -> None:
    store = Memory()
    post.monkeypatch.setattr(keyrings, "system_store", lambda: store)
    made = backup(post, tmp_path / "usb")
    restored = restore(post, tmp_path / "new", made["backup"], typed=words_of(post), place="keyring")
    assert restored.status == 0, restored.err
    assert post.ask("verify", at=tmp_path / "new").status == 0
    store.kept.clear()
    lost = post.ask("--json", "verify", at=tmp_path / "new")
    assert (lost.status, lost.records[0]["error"]) == (1, "KeyLost")
    again = restore(post, tmp_path / "again", str(tmp_path / "new"), typed=words_of(post), place="keyring")
    assert again.status == 0, again.err
    assert post.ask("verify", "--head", again.records[0]["heads"][0], at=tmp_path / "again").status == 0


def test_a_passphrase_is_asked_of_the_environment(post: Post, tmp_path: Path) -> None:
    made = backup(post, tmp_path / "usb")
    post.monkeypatch.setattr(wrapping, "COST", wrapping.LEAST_COST)
    post.monkeypatch.setenv("CHECKPOINT_PASSPHRASE", "eight or more")
    assert (
        restore(post, tmp_path / "new", made["backup"], typed=words_of(post), place="passphrase").status == 0
    )
    assert post.ask("verify", at=tmp_path / "new").status == 0
    post.monkeypatch.delenv("CHECKPOINT_PASSPHRASE")
    answer = post.ask("--json", "verify", at=tmp_path / "new")
    assert (answer.status, answer.records[0]["error"]) == (1, "PassphraseNeeded")


def test_recovery_words_are_proved_and_renewed(post: Post) -> None:
    assert post.ask("recovery", "prove", typed=words_of(post)).status == 0
    fresh = post.ask("--json", "recovery", "new").records[0]
    assert len(fresh["words"]) == 18
    assert post.ask("recovery", "prove", typed=words_of(post)).status == 1
    assert post.ask("recovery", "prove", typed=" ".join(fresh["words"])).status == 0


def test_setup_makes_a_desk_once_and_shows_the_words_once(post: Post, tmp_path: Path) -> None:
    words = ("setup", "--station", "北大门", "--desk", "G30-1", "--key-place", "open-file")
    first = post.ask("--json", *words, at=tmp_path / "fresh")
    assert first.status == 0
    shown = " ".join(first.records[0]["words"])
    assert post.ask("recovery", "prove", typed=shown, at=tmp_path / "fresh").status == 0
    assert json.loads((tmp_path / "fresh" / "desk.json").read_text("utf-8"))["station"] == "北大门"
    second = post.ask("--json", *words, at=tmp_path / "fresh")
    assert (second.status, second.records[0]["error"]) == (1, "KeyPresent")


@pytest.mark.parametrize(("station", "desk"), [("北" * 41, "G30-1"), ("北大门", "g30"), ("北大门", "G30-")])
def test_what_no_desk_can_be_called_makes_nothing(
    post: Post, tmp_path: Path, station: str, desk: str
) -> None:
    answer = post.ask("--json", "setup", "--station", station, "--desk", desk, at=tmp_path / "fresh")
    assert answer.records[0]["error"] == "SettingsUnfit"
    assert not (tmp_path / "fresh").exists()


@pytest.mark.parametrize(
    ("said", "missing"),
    [((), "--station --desk"), (("--station", ""), "--station --desk"), (("--desk", "G30-1"), "--station")],
)
def test_what_was_not_said_is_asked_for_by_its_option(
    post: Post, tmp_path: Path, said: tuple[str, ...], missing: str
) -> None:
    answer = post.ask("setup", *said, at=tmp_path / "fresh")
    assert answer.status == 1
    assert f"Not said yet: {missing} " in answer.err
    assert not (tmp_path / "fresh").exists()


def test_a_whole_folder_copied_by_hand_is_restored_with_its_log(post: Post, tmp_path: Path) -> None:
    with post.opened() as desk:
        desks.cross(desk, plate="豫F00001", names=("孙七",))
        shutil.copytree(
            post.folder, tmp_path / "byhand", ignore=shutil.ignore_patterns("*.lock", "*-shm", KEY_FILE)
        )
        head = desk.ledger.head()
    answer = restore(post, tmp_path / "new", str(tmp_path / "byhand"), typed=words_of(post))
    assert answer.status == 0, answer.err
    assert answer.records[0]["heads"][0].split(":")[3] == str(head.seq)
