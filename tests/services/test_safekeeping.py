"""Copies count once they were opened and proved; a file that changed on its way is noticed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from checkpoint_app import bootstrap
from checkpoint_app.config import Settings, load_settings
from checkpoint_app.crypto.errors import RecoveryRefused
from checkpoint_app.crypto.keyfile import KeyPlace
from checkpoint_app.services import safekeeping
from checkpoint_app.services.safekeeping import (
    BackupFailed,
    back_up,
    prove_recovery,
    renew_recovery,
)
from checkpoint_app.storage import database
from checkpoint_app.storage.backup import copy_ledger
from checkpoint_app.storage.engine import LedgerDamaged
from tests.cli.desks import forced
from tests.storage.desks import START, files_of

SETTINGS = Settings(station="南大门", desk="G107-N-1")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A desk that was opened once."""
    bootstrap.set_up(tmp_path / "desk", SETTINGS, place=KeyPlace.OPEN_FILE)
    bootstrap.open_desk(tmp_path / "desk").close()
    (tmp_path / "usb").mkdir()
    return tmp_path / "desk"


@pytest.mark.parametrize("page", range(3, 28, 4))
def test_a_copy_that_rots_on_its_way_is_no_backup(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, page: int
) -> None:
    honest = copy_ledger

    def rotten(source: Path, key: bytes, copy: Path) -> None:
        honest(source, key, copy)
        content = bytearray(copy.read_bytes())
        content[page % (len(content) // 4096) * 4096 + 100] ^= 1
        copy.write_bytes(content)

    monkeypatch.setattr(safekeeping, "copy_ledger", rotten)
    with bootstrap.read_desk(folder) as reading, pytest.raises((BackupFailed, LedgerDamaged)):
        back_up(reading, tmp_path / "usb", now=START)
    assert files_of(tmp_path / "usb") == set()


def test_a_copy_that_ends_too_early_is_no_backup(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = copy_ledger

    def older(source: Path, key: bytes, copy: Path) -> None:
        honest(source, key, copy)
        with bootstrap.read_desk(folder) as before:
            head = safekeeping._head(before)
        with forced(copy.parent, key) as connection:
            connection.execute("DELETE FROM entry WHERE seq = ?", (head.seq,))

    monkeypatch.setattr(safekeeping, "copy_ledger", older)
    with bootstrap.read_desk(folder) as reading, pytest.raises(BackupFailed) as caught:
        back_up(reading, tmp_path / "usb", now=START)
    assert caught.value.facts["why"] == "not proved"


def test_two_backups_of_one_second_do_not_overwrite_each_other(folder: Path, tmp_path: Path) -> None:
    with bootstrap.read_desk(folder) as reading:
        back_up(reading, tmp_path / "usb", now=START)
        with pytest.raises(BackupFailed):
            back_up(reading, tmp_path / "usb", now=START)
    assert len(files_of(tmp_path / "usb")) == 1


def test_a_backup_can_be_read_from_a_disk_that_takes_no_writes(folder: Path, tmp_path: Path) -> None:
    with bootstrap.read_desk(folder) as reading:
        made = back_up(reading, tmp_path / "usb", now=START)
        assert files_of(made.folder) == {"ledger.db", "desk.json", "recovery.age", "recovery.recipient"}
        content = (made.folder / "ledger.db").read_bytes()
        with database.open_reader(made.folder, reading.key) as connection:
            assert connection.execute("SELECT count(*) FROM entry").fetchone() == (made.entries,)
    assert (made.folder / "ledger.db").read_bytes() == content
    assert files_of(made.folder) == {"ledger.db", "desk.json", "recovery.age", "recovery.recipient"}


def test_proven_words_are_remembered_for_that_key_only(folder: Path) -> None:
    with bootstrap.read_desk(folder) as reading:
        fresh = renew_recovery(reading)
        assert not load_settings(folder).sheet_proved
        prove_recovery(reading, " ".join(fresh.words))
        assert load_settings(folder).sheet_proved
        renew_recovery(reading)
        assert not load_settings(folder).sheet_proved
        with pytest.raises(RecoveryRefused):
            prove_recovery(reading, " ".join(fresh.words))
    assert load_settings(folder) == SETTINGS


def test_settings_that_change_in_the_window_keep_what_was_said_of_the_sheet(folder: Path) -> None:
    desk = bootstrap.open_desk(folder)
    try:
        with bootstrap.read_desk(folder) as reading:
            prove_recovery(reading, " ".join(renew_recovery(reading).words))
        bootstrap.change_settings(desk, replace(desk.settings, theme="night"))
        assert desk.settings.sheet_proved
    finally:
        desk.close()
    assert load_settings(folder) == replace(SETTINGS, theme="night", sheet_proved=True)
