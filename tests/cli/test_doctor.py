"""`doctor`: one line each, on a computer without a desk and with every trouble a desk can have."""

from __future__ import annotations

import os
import shutil
from collections import namedtuple
from pathlib import Path
from typing import Any

import pytest

from checkpoint_app.cli import computer
from checkpoint_app.crypto.keyfile import KEY_FILE
from checkpoint_app.crypto.recovery import RECOVERY_FILE
from checkpoint_app.domain.clock import Tick
from checkpoint_app.scanning import zbar
from tests.cli.desks import Answer, Post, forced

Usage = namedtuple("Usage", ("total", "used", "free"))


@pytest.fixture(autouse=True)
def no_cameras(monkeypatch: pytest.MonkeyPatch) -> None:
    """What happens to be plugged in is not this test's affair."""
    monkeypatch.setattr("checkpoint_app.scanning.devices.cameras", lambda: ())


def states(answer: Answer) -> dict[str, Any]:
    return {record["about"]: record["state"] for record in answer.records}


def test_a_new_computer_without_a_desk_is_fine_and_nothing_is_made(post: Post, tmp_path: Path) -> None:
    answer = post.ask("--json", "doctor", at=tmp_path / "none")
    assert answer.status == 0, answer.out
    found = states(answer)
    libraries = (
        "python",
        "qt",
        "opencv",
        "zxing",
        "database",
        "resources",
        "rules",
        "folder",
        "room",
        "clock",
    )
    assert {found[about] for about in libraries} == {"ok"}
    assert found["settings"] == "note"
    assert not (tmp_path / "none").exists()


def test_a_working_desk_is_fine_also_beside_its_window(post: Post) -> None:
    with post.opened():
        answer = post.ask("--json", "doctor")
    found = states(answer)
    assert answer.status == 0, answer.out
    assert [found[about] for about in ("settings", "ledger", "entries", "seal", "clock")] == ["ok"] * 5
    assert (found["key"], found["recovery"]) == ("note", "note")


def test_people_get_words_and_no_signs(post: Post) -> None:
    lines = post.ask("doctor").out.splitlines()
    assert {line.split()[0] for line in lines[1:-1]} <= {"ok", "note", "bad"}
    assert lines[-1] == "nothing to be mended"
    assert all(line.isprintable() for line in lines)


def test_proving_the_recovery_words_is_remembered_until_they_are_renewed(post: Post) -> None:
    post.ask("recovery", "prove", typed=" ".join(post.recovery.words))
    assert states(post.ask("--json", "doctor"))["recovery"] == "ok"
    post.ask("recovery", "new")
    assert states(post.ask("--json", "doctor"))["recovery"] == "note"


def edited(post: Post) -> None:
    with forced(post.folder, post.key) as connection:
        connection.execute("UPDATE entry SET public = '{}' WHERE seq = 3")


def without_recovery(post: Post) -> None:
    (post.folder / RECOVERY_FILE).unlink()


def without_key(post: Post) -> None:
    (post.folder / KEY_FILE).unlink()


def set_back(post: Post) -> None:
    post.monkeypatch.setattr("checkpoint_app.storage.timekeeper.system_tick", lambda: Tick(1_000_000, 5, 480))


def nearly_full(post: Post) -> None:
    post.monkeypatch.setattr(shutil, "disk_usage", lambda _path: Usage(10**12, 10**12, 10**9))


def damaged(post: Post) -> None:
    path = post.folder / "ledger.db"
    content = bytearray(path.read_bytes())
    content[4_096:] = os.urandom(len(content) - 4_096)
    path.write_bytes(content)


def on_a_stick(post: Post) -> None:
    post.monkeypatch.setattr(computer, "disk_kind", lambda _folder: "removable")


def bad_setting(post: Post) -> None:
    path = post.folder / "desk.json"
    path.write_text(path.read_text("utf-8").replace('"in"', '"up"'), encoding="utf-8")


def lost_rules(post: Post) -> None:
    def missing(_settings: object) -> None:
        raise OSError("gone")

    post.monkeypatch.setattr("checkpoint_app.bootstrap.default_rules", missing)


@pytest.mark.parametrize(
    ("break_it", "about"),
    [
        (edited, "entries"),
        (without_recovery, "recovery"),
        (without_key, "key"),
        (set_back, "clock"),
        (nearly_full, "room"),
        (damaged, "ledger"),
        (on_a_stick, "disk"),
        (bad_setting, "settings"),
        (lost_rules, "rules"),
    ],
)
def test_what_must_be_mended_is_named_and_status_is_1(post: Post, break_it: Any, about: str) -> None:
    break_it(post)
    answer = post.ask("--json", "doctor")
    assert answer.status == 1
    assert (about, "bad") in {(record["about"], record["state"]) for record in answer.records}
    assert states(answer)["database"] == "ok"


def test_a_missing_libzbar_is_a_note(post: Post) -> None:
    post.monkeypatch.setattr(zbar, "library", lambda: None)
    answer = post.ask("--json", "doctor")
    assert (answer.status, states(answer)["zbar"]) == (0, "note")


def mounts(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "mountinfo"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.mark.skipif(not Path("/proc/self/mountinfo").exists(), reason="disks are told from Linux's own list")
@pytest.mark.parametrize(
    ("system", "removable", "kind"),
    [
        ("ext4", "0", "ext4"),
        ("vfat", "1", "removable"),
        ("nfs4", "0", "network"),
        ("cifs", "0", "network"),
        ("fuse.sshfs", "0", "network"),
        ("9p", "0", "network"),
    ],
)
def test_network_and_removable_disks_are_told_apart(
    tmp_path: Path, system: str, removable: str, kind: str
) -> None:
    (tmp_path / "a b").mkdir()
    point = str(tmp_path / "a b").replace(" ", "\\040")
    listing = mounts(
        tmp_path,
        "20 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw",
        f"21 20 8:17 / {point} rw,relatime - {system} source rw",
    )
    device = tmp_path / "block" / "8:17"
    device.mkdir(parents=True)
    (device / "removable").write_text(removable, encoding="ascii")
    assert computer.disk_kind(tmp_path / "a b", mounts=listing, devices=tmp_path / "block") == kind
