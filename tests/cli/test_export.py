"""`export`, and who else says what nobody has confirmed."""

from __future__ import annotations

from pathlib import Path

import pytest

from checkpoint_app.services.desk import Desk
from checkpoint_app.storage.peers import write_peer
from tests.cli.desks import DESK, Post, cross
from tests.services.sending import HQ, peer


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    place = tmp_path / "stick"
    place.mkdir()
    return place


def enrol(desk: Desk) -> None:
    desk.ledger.transact(lambda writer: write_peer(writer, peer())).result()


def test_what_headquarters_has_not_confirmed_goes_to_the_stick(post: Post, stick: Path) -> None:
    with post.opened() as desk:
        enrol(desk)
    answer = post.ask("export", "--to", stick)
    assert answer.status == 0, answer.err
    (file,) = stick.iterdir()
    assert file.name in answer.out
    assert "pulled out" in answer.out
    assert answer.err == ""


def test_as_json_each_file_is_one_object(post: Post, stick: Path) -> None:
    with post.opened() as desk:
        enrol(desk)
    (record,) = post.ask("--json", "export", "--to", stick, "--for", HQ).records
    (file,) = stick.iterdir()
    assert (record["file"], record["to"], record["size"]) == (file.name, [HQ], file.stat().st_size)
    assert record["held"].startswith(f"{DESK}:")


def test_only_new_writes_nothing_when_there_is_nothing_new(post: Post, stick: Path) -> None:
    with post.opened() as desk:
        enrol(desk)
    assert post.ask("export", "--to", stick).status == 0
    again = post.ask("--json", "export", "--to", stick, "--new")
    assert again.records == [{"to": [HQ], "entries": 0}]
    assert len(list(stick.iterdir())) == 1
    with post.opened() as desk:
        cross(desk, plate="豫C00001", names=("赵六",))
    assert post.ask("export", "--to", stick, "--new").status == 0
    assert len(list(stick.iterdir())) == 2


def test_without_a_headquarters_and_without_a_stick_it_says_what_to_do(post: Post, stick: Path) -> None:
    alone = post.ask("export", "--to", stick)
    assert alone.status == 1
    assert "No desk is enrolled to send to" in alone.err
    with post.opened() as desk:
        enrol(desk)
    absent = post.ask("--json", "export", "--to", stick / "absent")
    assert absent.status == 1
    assert absent.records[0]["error"] == "TargetGone"


def test_the_doctor_says_what_would_be_gone_with_this_folder(post: Post) -> None:
    found = {each["about"]: each for each in post.ask("--json", "doctor").records}
    assert found["exchange"]["state"] == "note"
    assert "export them before this folder goes" in found["exchange"]["text"]


def test_a_restored_desk_says_what_was_never_confirmed(post: Post, stick: Path, tmp_path: Path) -> None:
    made = post.ask("--json", "backup", stick).records[0]
    answer = post.ask(
        "--json",
        "restore",
        made["backup"],
        "--recovery",
        "--key-place",
        "open-file",
        typed=" ".join(post.recovery.words) + "\n",
        at=tmp_path / "new",
    )
    assert answer.status == 0, answer.err
    assert answer.records[0]["unreceipted"] == made["entries"]
    assert "has not confirmed" in answer.err


def test_a_second_setup_never_replaces_what_is_not_confirmed(post: Post) -> None:
    before = post.head()
    answer = post.ask("setup", "--station", "x", "--desk", "X-1", "--key-place", "open-file")
    assert answer.status == 1
    assert post.head() == before
