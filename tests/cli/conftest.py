"""Desks for the commands: made once, copied for each test."""

from __future__ import annotations

from pathlib import Path

import pytest

from checkpoint_app.crypto.recovery import RecoveryKey
from tests.cli import desks
from tests.cli.desks import Post
from tests.reserve import no_reserve

__all__ = ["no_reserve"]


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, RecoveryKey]:
    folder = tmp_path_factory.mktemp("template") / "desk"
    return folder, desks.made(folder)


@pytest.fixture
def post(
    tmp_path: Path,
    template: tuple[Path, RecoveryKey],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Post:
    """A desk with two crossings."""
    folder, recovery = template
    desks.copied(folder, tmp_path / "desk")
    return Post(tmp_path / "desk", recovery, capsys, monkeypatch)
