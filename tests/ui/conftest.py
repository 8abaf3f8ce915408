"""The window without a screen, with the bundled fonts only."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


import pytest
from PySide6.QtWidgets import QApplication

from checkpoint_app.ui import theme
from tests.reserve import no_reserve
from tests.ui.recorder import Recorder, recording

__all__ = ["no_reserve"]


@pytest.fixture(autouse=True)
def app(qapp: QApplication) -> QApplication:
    """The application in the day theme at 100 %; every test begins there."""
    if theme.look() != theme.Look() or not qapp.property("fonts_loaded"):
        theme.apply(qapp, theme.Look())
    return qapp


@pytest.fixture
def recorder(monkeypatch: pytest.MonkeyPatch) -> Recorder:
    """Every text that is painted while the test runs."""
    return recording(monkeypatch)
