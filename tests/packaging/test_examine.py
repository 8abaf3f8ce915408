"""The examination of the frozen folder can fail: each check against a folder that lacks something."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import examine
import pytest
from environment import ROOT
from examine import Bare, Found


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A folder that looks like a frozen one; its program is a script which says what it was asked."""
    made = tmp_path / "dist" / "checkpoint-app"
    (tmp_path / "dist" / "_internal").mkdir(parents=True)
    made.write_text('#!/bin/sh\necho "$CHECKPOINT_DATA_DIR" "$SECRET"\necho "$@"\n[ "$1" != fail ]\n')
    made.chmod(made.stat().st_mode | stat.S_IXUSR)
    return made


def with_resources(program: Path) -> Path:
    inside = program.parent / "_internal" / "resources"
    inside.symlink_to(ROOT / "resources")
    return inside


def test_a_whole_folder_passes_and_one_without_a_file_does_not(program: Path, tmp_path: Path) -> None:
    assert examine.resources(program).fine is False
    with_resources(program)
    assert examine.resources(program).fine is True
    assert not examine.same(ROOT / "README.md", tmp_path / "absent")
    (tmp_path / "other").write_text("x")
    assert not examine.same(ROOT / "README.md", tmp_path / "other")


def test_a_folder_that_grew_is_told(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert examine.size(program).fine is True
    monkeypatch.setattr(examine, "MOST_MB", -1)
    assert examine.size(program).fine is False


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell script")
def test_the_program_starts_with_nothing_of_ours_around_it(
    program: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET", "must not be seen")
    monkeypatch.setenv("CHECKPOINT_DATA_DIR", "/somewhere")
    bare = Bare(program, tmp_path)
    code, said, _ = bare.ask("doctor", "x")
    assert (code, said.split()) == (0, [str(tmp_path / "data"), "doctor", "x"])
    assert bare.ask("fail")[0] == 1
    assert examine.doctor(bare).fine is True
    assert next(examine.demo(bare)).fine is False  # it released nobody


def test_a_library_of_a_running_program_is_seen_where_it_was_loaded() -> None:
    if sys.platform != "linux":
        pytest.skip("only Linux tells")
    assert any("libc" in path for path in examine.mapped(os.getpid(), "libc"))
    assert examine.mapped(os.getpid(), "no-such-library") == []
    assert examine.mapped(2**22 + 1, "libc") == []
    assert examine.wait_for(list, within=0.0) == []


@pytest.mark.parametrize(("fine", "code"), [(True, 0), (None, 0), (False, 1)])
def test_one_failed_check_fails_the_examination(
    fine: bool | None, code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = (Found("one", True, "x"), Found("other", fine, "y"))
    monkeypatch.setattr(examine, "examine", lambda _program: iter(found))
    assert examine.main(["program"]) == code
    assert "other" in capsys.readouterr().out


def test_the_build_asks_for_utf8_and_for_the_hook_that_finds_zbar() -> None:
    spec = (ROOT / "pyinstaller.spec").read_text(encoding="utf-8")
    assert examine.UTF8 in spec
    assert "packaging/rth_zbar.py" in spec
