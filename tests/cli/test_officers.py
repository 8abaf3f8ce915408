"""`officers` and `--as`: who serves is told masked, and with PINs in use every command says who acts."""

from __future__ import annotations

from pathlib import Path

import pytest

from checkpoint_app.cli import acting
from checkpoint_app.crypto.recovery import RecoveryKey
from tests.cli.desks import WHY, Answer, Post
from tests.pins import cheap_pins

__all__ = ["cheap_pins"]

PIN, OTHER = "2580", "1379"


def ask(post: Post, *words: str | Path, pin: str = "", new: str = "") -> Answer:
    for name, value in ((acting.ENVIRONMENT, pin), (acting.FRESH, new)):
        if value:
            post.monkeypatch.setenv(name, value)
        else:
            post.monkeypatch.delenv(name, raising=False)
    return post.ask(*words)


@pytest.fixture
def led(post: Post) -> Post:
    """张示范 (01) leads with a PIN, 李示范 (02) is an officer with one."""
    assert ask(post, "officers", "enrol", "张示范", "--role", "lead").status == 0
    assert ask(post, "officers", "pin", "01", new=PIN).status == 0
    assert (
        ask(post, "--as", "01", "officers", "enrol", "李示范", "--phone", "13800000000", pin=PIN).status == 0
    )
    assert ask(post, "--as", "01", "officers", "pin", "02", pin=PIN, new=OTHER).status == 0
    return post


def test_who_serves_is_told_masked_and_without_phones(led: Post) -> None:
    answer = ask(led, "--json", "officers", "list")
    assert [(each["number"], each["name"], each["role"], each["pin"]) for each in answer.records] == [
        ("01", "张*", "lead", True),
        ("02", "李*", "officer", True),
    ]
    assert "13800000000" not in answer.out
    assert "张*" in ask(led, "officers", "list").out


def test_without_somebody_who_may_nothing_is_done_and_the_attempt_is_noted(led: Post) -> None:
    words = ("list", "crossings", "--unmask", "--why", WHY)
    for named, pin in (((), ""), (("--as", "02"), OTHER)):
        answer = ask(led, *named, *words, pin=pin)
        assert (answer.status, "豫A12345" in answer.out and "张三" in answer.out) == (1, False)
        assert "--as" in answer.err
    assert ask(led, "--as", "01", *words, pin=PIN).status == 0
    kinds = [each["kind"] for each in ask(led, "--json", "list", "entries").records]
    assert kinds.count("action_refused") == 2


@pytest.mark.parametrize(
    "words",
    [
        ("amend", "2", "--people", "1", "--why", "slip"),
        ("settings", "set", "retention_days", "30"),
        ("forget",),
        ("officers", "enrol", "赵新来"),
        ("officers", "leave", "02"),
        ("register", "strike", "x", "--why", "slip"),
    ],
)
def test_each_command_that_changes_something_asks_who_acts(led: Post, words: tuple[str, ...]) -> None:
    if words[0] == "forget":
        assert ask(led, "--as", "01", "settings", "set", "retention_days", "30", pin=PIN).status == 0
    who = ("--as", "03") if words[0] == "amend" else ("--as", "02")
    if words[0] == "amend":  # an officer may; the auditor may not
        assert ask(led, "--as", "01", "officers", "enrol", "孙", "--role", "auditor", pin=PIN).status == 0
        assert ask(led, "--as", "01", "officers", "pin", "03", pin=PIN, new=OTHER).status == 0
    answer = ask(led, "--json", *who, *words, pin=OTHER)
    assert answer.status == 1
    assert answer.records[-1]["error"] == "NotAllowed"


def test_a_backup_beside_the_window_asks_too(led: Post, tmp_path: Path) -> None:
    target = tmp_path / "usb"
    target.mkdir()
    with led.opened():
        assert ask(led, "backup", target).err.startswith("This desk has PINs")
        assert ask(led, "--as", "02", "backup", target, pin=OTHER).status == 1
        assert ask(led, "--as", "01", "backup", target, pin=OTHER).status == 1
        assert not list(target.iterdir())
        assert ask(led, "--as", "01", "backup", target, pin=PIN).status == 0


def test_new_recovery_words_are_not_for_everybody(led: Post) -> None:
    assert ask(led, "--as", "02", "recovery", "new", pin=OTHER).status == 1
    assert ask(led, "--as", "01", "recovery", "new", pin=PIN).status == 0


def test_a_wrong_pin_and_none_at_all_are_refused(led: Post) -> None:
    assert "Wrong PIN" in ask(led, "--as", "01", "officers", "enrol", "赵新来", pin=OTHER).err
    assert "CHECKPOINT_PIN" in ask(led, "--as", "01", "officers", "enrol", "赵新来").err


def test_everybody_changes_their_own_pin(led: Post) -> None:
    assert ask(led, "--as", "02", "officers", "pin", "02", pin=OTHER, new="9630").status == 0
    assert ask(led, "--as", "02", "officers", "pin", "01", pin="9630", new="9630").status == 1
    assert ask(led, "--as", "02", "--json", "officers", "list", pin="9630").status == 0


def recovered(post: Post, number: str, new: str, *, typed: str) -> Answer:
    post.monkeypatch.delenv(acting.ENVIRONMENT, raising=False)
    post.monkeypatch.setenv(acting.FRESH, new)
    return post.ask("--json", "officers", "pin", number, "--recovery", typed=typed)


@pytest.mark.parametrize("form", ["words", "identity"])
def test_a_lead_who_forgot_the_pin_gets_a_new_one_by_the_recovery_words(led: Post, form: str) -> None:
    typed = " ".join(led.recovery.words) if form == "words" else led.recovery.identity
    assert recovered(led, "01", "9630", typed=typed).status == 0
    assert "Wrong PIN" in ask(led, "--as", "01", "officers", "enrol", "赵新来", pin=PIN).err
    assert ask(led, "--as", "01", "officers", "enrol", "赵新来", pin="9630").status == 0
    with led.opened() as desk, desk.ledger.reader() as reader:
        keyed = reader.execute(
            "SELECT public ->> '$.about', public ->> '$.recovery', header ->> '$.officer' FROM entry"
            " WHERE kind = 'officer_keyed' ORDER BY id"
        ).fetchall()
    assert [(told[0], told[1]) for told in keyed] == [("01", None), ("02", None), ("01", 1)]
    assert (keyed[1][2], keyed[2][2]) == ("01", "")


def test_other_words_give_no_pin_and_the_words_give_none_to_an_officer(led: Post) -> None:
    words = " ".join(led.recovery.words)
    slip = words.replace(led.recovery.words[4], "zzzzz", 1)
    other = " ".join(RecoveryKey.make().words)
    for number, typed in (("01", slip), ("01", other), ("01", ""), ("02", words)):
        assert recovered(led, number, "9630", typed=typed).status == 1
        assert "Wrong PIN" in ask(led, "--as", number, "officers", "enrol", "x", pin="9630").err
    older = led.recovery
    assert ask(led, "--as", "01", "recovery", "new", pin=PIN).status == 0
    assert recovered(led, "01", "9630", typed=" ".join(older.words)).status == 1


def test_badges_are_for_who_may_enrol_and_carry_what_signs_on(led: Post, tmp_path: Path) -> None:
    path = tmp_path / "badges.pdf"
    assert ask(led, "--as", "02", "officers", "badge", "--pdf", path, pin=OTHER).status == 1
    assert not path.exists()
    assert ask(led, "--as", "01", "officers", "badge", "09", "--pdf", path, pin=PIN).status == 1
    answer = ask(led, "--json", "--as", "01", "officers", "badge", "--pdf", path, pin=PIN)
    assert answer.records == [{"file": str(path), "badges": 2, "pages": 1}]
    assert path.read_bytes().startswith(b"%PDF")


def test_a_desk_is_set_up_with_its_first_lead(post: Post, tmp_path: Path) -> None:
    words = ("setup", "--station", "试验站", "--desk", "X-1", "--key-place", "open-file", "--lead", "王示范")
    folder = tmp_path / "new"
    assert ask(post, "--data-dir", folder, *words, pin="1234").status == 1
    assert not (folder / "desk.json").exists()
    assert ask(post, "--data-dir", folder, *words, pin=PIN).status == 0
    (told,) = ask(post, "--data-dir", folder, "--json", "officers", "list").records
    assert (told["number"], told["role"], told["pin"]) == ("01", "lead", True)


def test_what_is_changed_and_who_left_is_told(led: Post) -> None:
    changed = ask(led, "--json", "--as", "01", "officers", "change", "02", "--skill", "医护", pin=PIN)
    assert changed.records[0]["skills"] == ["医护"]
    assert ask(led, "--as", "01", "officers", "leave", "02", "--why", "调离", pin=PIN).status == 0
    assert len(ask(led, "--json", "officers", "list").records) == 1
    assert ask(led, "--json", "officers", "list", "--left").records[1]["left"]
