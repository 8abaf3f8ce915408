"""From an empty folder to a running desk and back."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from checkpoint_app import bootstrap
from checkpoint_app.bootstrap import LedgerMissing, NotSetUp
from checkpoint_app.config import Settings, load_settings
from checkpoint_app.crypto import keychain, recovery
from checkpoint_app.crypto.errors import KeyPresent, KeyringAbsent
from checkpoint_app.crypto.keyfile import KeyPlace
from checkpoint_app.domain.facts import By
from checkpoint_app.domain.roles import NotAllowed
from checkpoint_app.domain.rules import RuleRefused
from checkpoint_app.domain.words import Direction, Outcome
from checkpoint_app.storage import queries
from checkpoint_app.storage.database import ledger_file
from tests.pins import CHEAP

SETTINGS = Settings(station="试验站", desk="T-1")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    bootstrap.set_up(tmp_path, SETTINGS, place=KeyPlace.OPEN_FILE)
    return tmp_path


def test_a_folder_without_a_desk_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotSetUp):
        bootstrap.open_desk(tmp_path)
    with pytest.raises(NotSetUp), bootstrap.read_desk(tmp_path):
        pass


def test_a_ledger_that_vanished_is_said_and_no_other_one_is_begun(folder: Path) -> None:
    bootstrap.open_desk(folder).close()
    ledger_file(folder).unlink()
    with pytest.raises(LedgerMissing):
        bootstrap.open_desk(folder)
    assert not ledger_file(folder).exists()


def test_what_a_desk_logged_is_there_at_the_next_start_and_beside_it(folder: Path) -> None:
    desk = bootstrap.open_desk(folder)
    desk.duty.open(group="三班", lead="王示范", officers=("李示范",), zone=480).result()
    desk.resume_shift()
    lane = desk.lane(1, direction=Direction.IN)
    lane.plate("A12345")
    lane.end(Outcome.TURNED_BACK).written.result()
    with bootstrap.read_desk(folder) as reading:
        assert [row.plate for row in queries.crossings(reading.connection)] == ["豫A12345"]
    shift = desk.by.shift
    desk.close()
    again = bootstrap.open_desk(folder)
    try:
        assert again.by.shift == shift
        assert again.settings == SETTINGS
    finally:
        again.close()


@pytest.mark.parametrize("step", ["recovery.wrap", "recovery.write_recovery", "config.save_settings"])
def test_a_first_start_that_was_stopped_halfway_can_be_repeated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def stopped(*_given: object, **_named: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(f"checkpoint_app.bootstrap.{step}", stopped)
        with pytest.raises(KeyboardInterrupt):
            bootstrap.set_up(tmp_path, SETTINGS, place=KeyPlace.OPEN_FILE)
    (orphan,) = keychain.load_keys(tmp_path)
    shown = bootstrap.set_up(tmp_path, SETTINGS, place=KeyPlace.OPEN_FILE)
    (key,) = keychain.load_keys(tmp_path)
    assert key != orphan
    assert recovery.unwrap(recovery.read_recovery(tmp_path), shown, desk=SETTINGS.desk) == key
    bootstrap.open_desk(tmp_path).close()


@pytest.mark.parametrize("name", ["ledger.db", "ledger.db-wal", "ledger.before-1000.db"])
def test_the_key_of_a_ledger_is_never_replaced_although_its_settings_are_gone(
    folder: Path, name: str
) -> None:
    (folder / "desk.json").unlink()
    (folder / name).write_bytes(b"something")
    before = keychain.load_keys(folder)
    with pytest.raises(KeyPresent):
        bootstrap.set_up(folder, SETTINGS, place=KeyPlace.OPEN_FILE)
    assert keychain.load_keys(folder) == before


def test_the_key_of_a_desk_that_was_never_opened_is_not_replaced_either(folder: Path) -> None:
    before = keychain.load_keys(folder)
    with pytest.raises(KeyPresent):
        bootstrap.set_up(folder, SETTINGS, place=KeyPlace.OPEN_FILE)
    assert keychain.load_keys(folder) == before


def test_a_key_that_cannot_be_settled_keeps_nobody_from_the_ledger(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_given: object, **_named: object) -> None:
        raise KeyringAbsent(reason="locked")

    bootstrap.open_desk(folder).close()
    keychain.begin_replacing(folder, b"n" * 32, name="T-1")
    with monkeypatch.context() as patch:
        patch.setattr("checkpoint_app.bootstrap.keychain.settle_key", refused)
        bootstrap.open_desk(folder).close()
    assert len(keychain.load_keys(folder)) == 2
    bootstrap.open_desk(folder).close()
    assert len(keychain.load_keys(folder)) == 1


def test_checks_that_are_none_change_nothing(folder: Path) -> None:
    desk = bootstrap.open_desk(folder)
    try:
        with pytest.raises(RuleRefused):
            bootstrap.change_settings(desk, replace(SETTINGS, station="x", required_checks=("tarot",)))
        assert desk.settings == SETTINGS
    finally:
        desk.close()
    assert load_settings(folder) == SETTINGS


def test_the_recovery_key_is_shown_and_lies_nowhere(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shown = bootstrap.set_up(other, SETTINGS, place=KeyPlace.OPEN_FILE)
    for path in other.rglob("*"):
        if path.is_file():
            assert shown.identity.encode() not in path.read_bytes()


@pytest.mark.parametrize(
    ("camera", "paper"),
    [
        ("rtsp://admin:geheim@10.0.0.9/a@b", "rtsp://10.0.0.9/a@b"),
        ("http://u@h:80/x", "http://h:80/x"),
        ("USB@usb-1.2", "USB@usb-1.2"),
        ("0", "0"),
    ],
)
def test_a_link_goes_on_paper_without_its_login(camera: str, paper: str) -> None:
    assert bootstrap._on_paper(camera) == paper


def test_a_command_that_told_everything_leaves_no_question_and_swallows_none(folder: Path) -> None:
    desk = bootstrap.open_desk(folder)
    desk.duty.open(group="三班", lead="王示范", officers=("李示范",), zone=480).result()
    desk.close(painted=desk.told())
    desk = bootstrap.open_desk(folder)
    assert desk.ledger.unconfirmed() == ()
    desk.resume_shift()
    desk.lane(1, direction=Direction.IN).report().result()
    desk.close()
    desk = bootstrap.open_desk(folder)
    asked = desk.ledger.unconfirmed()
    desk.close(painted=desk.told())
    desk = bootstrap.open_desk(folder)
    assert [one.action for one in desk.ledger.unconfirmed()] == [one.action for one in asked] != []
    desk.close()


def test_what_a_command_told_is_not_asked_about_because_something_older_waits(folder: Path) -> None:
    desk = bootstrap.open_desk(folder)
    desk.log.note("窗口断电前写的", by=desk.by).result()
    desk.close()  # nobody saw it
    for words in ("第一条", "第二条"):
        desk = bootstrap.open_desk(folder)
        desk.log.note(words, by=desk.by).result()
        desk.close(painted=desk.told())
    desk = bootstrap.open_desk(folder)
    assert [one.kind for one in desk.ledger.unconfirmed()] == ["noted"]
    assert len(json.dumps(desk.ledger.drafts()["told"])) < 60
    desk.log.note("没人看到的", by=desk.by).result()
    desk.close()
    desk = bootstrap.open_desk(folder)
    assert [one.kind for one in desk.ledger.unconfirmed()] == ["noted", "noted"]
    desk.close()


def test_nobody_is_asked_whether_a_refusal_happened(folder: Path) -> None:
    desk = bootstrap.open_desk(folder)
    desk.officers.cost = CHEAP
    desk.begin_with("王示范", "2580")
    with pytest.raises(NotAllowed):
        desk.officers.enrol("李示范", by=By())
    desk.close(painted=desk.told())
    desk = bootstrap.open_desk(folder)
    assert desk.ledger.unconfirmed() == ()
    desk.close()
