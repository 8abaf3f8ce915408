"""One window a test, closed with its ledger."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from checkpoint_app import i18n
from checkpoint_app.ui import app as application
from checkpoint_app.ui import lane_work
from tests.ui.window.stage import Stage, make_desk, raise_curtain

STANDS_MS = 4_000


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """ "Saved" stands long enough to be seen on a busy machine."""
    assert lane_work.SAVED_MS == 1_200
    monkeypatch.setattr(lane_work, "SAVED_MS", STANDS_MS)


@pytest.fixture
def stage(qtbot: QtBot, tmp_path: Path) -> Iterator[Stage]:
    """A lane without a camera, its shift open, nothing in front of the barrier."""
    made = raise_curtain(qtbot, make_desk(tmp_path))
    yield made
    made.close()


@pytest.fixture(autouse=True)
def language(qapp: QApplication) -> Iterator[None]:
    """Whatever a test switches to, the next begins in English."""
    yield
    application.speak(qapp, "en")
    i18n.use("en")
