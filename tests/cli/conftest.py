"""Desks for the commands: made once, copied for each test."""

from __future__ import annotations

from pathlib import Path

import pytest

from checkpoint_app.crypto.recovery import RecoveryKey
from checkpoint_app.storage.ledger import Terms
from tests.cli import desks
from tests.cli.desks import Post


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, RecoveryKey]:
    folder = tmp_path_factory.mktemp("template") / "desk"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("checkpoint_app.storage.ledger.Terms", lambda: Terms(ballast=0))
        return folder, desks.made(folder)


@pytest.fixture
def post(
    tmp_path: Path,
    template: tuple[Path, RecoveryKey],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Post:
    """A desk with two crossings; without the reserve of a real one, which only costs time here."""
    monkeypatch.setattr("checkpoint_app.storage.ledger.Terms", lambda: Terms(ballast=0))
    folder, recovery = template
    desks.copied(folder, tmp_path / "desk")
    return Post(tmp_path / "desk", recovery, capsys, monkeypatch)
