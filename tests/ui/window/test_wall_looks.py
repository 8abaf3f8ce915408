"""The wall in both languages, every size and scale: nothing is cut, nothing overlaps its card."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from checkpoint_app.ui import app as application
from tests.ui.recorder import Recorder
from tests.ui.window.look_wall import FOUR, busy, prepare, quiet, wall
from tests.ui.window.stage import SETTINGS, make_desk, raise_curtain

SIZES = ((1280, 690), (1366, 768), (1920, 1080))


@pytest.fixture(autouse=True)
def day(qapp: QApplication) -> Iterator[None]:
    yield
    application.dress(qapp, SETTINGS)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("scale", [100, 130])
def test_no_text_of_the_wall_is_cut(
    qtbot: QtBot, tmp_path: Path, recorder: Recorder, language: str, scale: int
) -> None:
    settings = replace(FOUR, language=language, scale=scale, sheet_proved=True)
    stage = raise_curtain(qtbot, make_desk(tmp_path, settings))
    try:
        application.dress(application.application(), settings)
        for scene in (quiet, busy):
            prepare(stage.duty, scene)
            for size in SIZES:
                stage.window.resize(*size)
                QApplication.processEvents()
                recorder.runs.clear()
                wall(stage.duty).grab()
                assert len(recorder.texts) > 40
                assert recorder.cut == []
    finally:
        stage.close()
