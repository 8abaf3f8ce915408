"""The environment is filled from a hashed list when, and only when, that list has changed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import environment
import pytest


@pytest.fixture
def lists(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A packaging folder with empty lists: pip installs nothing, and quickly."""
    folder = tmp_path / "packaging"
    folder.mkdir()
    for name in ("requirements.txt", "requirements-dev.txt"):
        (folder / name).write_text("# nothing\n", encoding="utf-8")
    monkeypatch.setattr(environment, "PACKAGING", folder)
    return folder


@pytest.fixture
def python(tmp_path: Path) -> Path:
    """Path of an environment's Python; stands for one that works."""
    path = tmp_path / "venv" / "bin" / "python"
    path.parent.mkdir(parents=True)
    path.touch()
    return path


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The calls of pip, which always succeeds."""
    calls: list[list[str]] = []

    def run(command: list[str], **_: object) -> subprocess.CompletedProcess[bytes]:
        calls.append(command)
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr("subprocess.run", run)
    return calls


def test_a_list_is_installed_once_and_again_after_a_change(
    lists: Path, python: Path, installed: list[list[str]]
) -> None:
    for _ in range(2):
        assert environment.prepare("requirements.txt", python.parent.parent) == python
    assert sum("pip" in call for call in installed) == 1
    (lists / "requirements.txt").write_text("# changed\n", encoding="utf-8")
    assert environment.prepare("requirements.txt", python.parent.parent) == python
    assert sum("pip" in call for call in installed) == 2


def test_the_larger_list_serves_the_program_too(
    lists: Path, python: Path, installed: list[list[str]]
) -> None:
    environment.prepare("requirements-dev.txt", python.parent.parent)
    assert environment.has(python, "requirements.txt")


def test_the_smaller_list_does_not_serve_the_tests(
    lists: Path, python: Path, installed: list[list[str]]
) -> None:
    environment.prepare("requirements.txt", python.parent.parent)
    assert not environment.has(python, "requirements-dev.txt")


def test_every_file_must_have_its_digest_and_nothing_is_built(
    lists: Path, python: Path, installed: list[list[str]]
) -> None:
    environment.install(python, "requirements.txt")
    assert "--require-hashes" in installed[0]
    assert installed[0][installed[0].index("--only-binary") + 1] == ":all:"


def test_a_failed_installation_leaves_no_stamp(
    lists: Path, python: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("subprocess.run", lambda *_, **__: subprocess.CompletedProcess([], 1))
    assert not environment.install(python, "requirements.txt")
    assert not environment.has(python, "requirements.txt")
    assert "pip could not install" in capsys.readouterr().out


def test_a_python_that_is_gone_or_broken_does_not_work(tmp_path: Path) -> None:
    assert environment.works(Path(sys.executable))
    assert not environment.works(tmp_path / "python")
    (tmp_path / "python").symlink_to("/bin/false")
    assert not environment.works(tmp_path / "python")


def test_a_broken_environment_is_made_anew(lists: Path, tmp_path: Path) -> None:
    venv = tmp_path / "broken"
    (venv / "bin").mkdir(parents=True)
    (venv / "bin" / "python").symlink_to(tmp_path / "python-that-was-removed")
    (venv / "installed-requirements.txt").write_text(environment.digest("requirements.txt"), encoding="ascii")
    python = environment.prepare("requirements.txt", venv)
    assert python is not None
    assert environment.works(python)
