"""Both languages at every size: nothing is cut that an officer must read, nothing is modal."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

import checkpoint_app.ui
from checkpoint_app.ui import app as application
from checkpoint_app.ui import lettering
from checkpoint_app.ui.person_card import CardKind
from checkpoint_app.ui.theme import look
from tests.ui.recorder import Recorder
from tests.ui.window.look import SCENES
from tests.ui.window.stage import SETTINGS, Stage, make_desk, raise_curtain

SIZES = ((1280, 690), (1366, 768), (1920, 1080))


@pytest.fixture(autouse=True)
def day(qapp: QApplication) -> Iterator[None]:
    yield
    application.dress(qapp, SETTINGS)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize(
    "scene", ["pass", "notyet", "stop-en", "reason", "alarm", "parked", "colour", "many"]
)
def test_no_text_of_the_lane_is_cut(
    qtbot: QtBot, tmp_path: Path, recorder: Recorder, scene: str, language: str
) -> None:
    stage = raise_curtain(qtbot, make_desk(tmp_path, replace(SETTINGS, language=language)))
    try:
        SCENES[scene][0](stage.duty)
        for width, height in SIZES:
            stage.window.resize(width, height)
            stage.duty.lane.refresh()
            QApplication.processEvents()
            recorder.runs.clear()
            stage.window.grab()
            assert [run.text for run in recorder.runs if run.cut] == []
    finally:
        stage.close()


def test_language_theme_and_scale_change_while_a_vehicle_stands_here(stage: Stage) -> None:
    SCENES["stop-night"][0](stage.duty)
    stage.duty.lane.refresh()
    assert stage.word == "拦停"
    stage.key("Ctrl+L")
    assert stage.word == "STOP"
    assert stage.duty.lane.keys.buttons["F1"].accessibleName().startswith("F1 Release")
    assert stage.duty.lane.fields.origin.label.text() == "From"
    assert stage.window.bar.text.lane == "Lane 1 · In"
    for theme in ("night", "contrast", "day"):
        stage.key("Ctrl+T")
        assert look().theme.name == theme
    stage.key("Ctrl+Equal")
    assert look().scale == 115
    stage.key("Ctrl+Minus")
    assert look().scale == 100
    stage.until(lambda: not stage.duty.settings.saving)
    assert '"en"' in (stage.desk.folder / "desk.json").read_text(encoding="utf-8")
    assert stage.plate == "豫G6A0W8"


def test_a_question_and_the_last_crossings_change_their_language_too(stage: Stage) -> None:
    SCENES["saved"][0](stage.duty)
    stage.until(lambda: bool(stage.duty.lane._rows))
    SCENES["reason"][0](stage.duty)
    stage.duty.lane.refresh()
    assert "放行理由" in stage.duty.lane.people._choices.accessibleName()
    stage.key("Ctrl+L")
    assert stage.duty.lane.people._choices.accessibleName().startswith("Reason to release：1 ")
    assert "Released" in stage.duty.lane.camera.recent.accessibleName()


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("people", [1, 2, 3])
def test_what_is_read_to_a_driver_is_whole_beside_several_people(
    qtbot: QtBot, tmp_path: Path, recorder: Recorder, language: str, people: int
) -> None:
    stage = raise_curtain(qtbot, make_desk(tmp_path, replace(SETTINGS, language=language)))
    try:
        stage.duty.work.lane.people(people)
        stage.duty.work.lane.temperature(391)
        for width, height in SIZES:
            stage.window.resize(width, height)
            stage.duty.lane.refresh()
            QApplication.processEvents()
            assert any(card.kind is CardKind.PHRASE for card in stage.duty.lane.people.cards)
            recorder.runs.clear()
            stage.window.grab()
            assert [run.text for run in recorder.runs if run.cut] == []
    finally:
        stage.close()


def test_how_far_esc_is_held_is_not_cut(stage: Stage, recorder: Recorder) -> None:
    for width, height in SIZES:
        stage.window.resize(width, height)
        stage.duty.lane.commands.escape(down=True)
        stage.duty.lane.refresh()
        QApplication.processEvents()
        recorder.runs.clear()
        stage.window.grab()
        assert [run.text for run in recorder.runs if run.text.endswith(" s") and not run.cut]
        assert [run.text for run in recorder.runs if run.cut] == []
        stage.duty.lane.commands.escape(down=False)


def test_the_rows_below_never_move_when_a_verdict_changes(stage: Stage) -> None:
    lane = stage.duty.lane
    parts = (lane.panel, lane.fields, lane.people, lane.keys, lane.counters)
    places = []
    for scene in ("waiting", "notyet", "stop-night", "reason"):
        SCENES[scene][0](stage.duty)
        lane.refresh()
        QApplication.processEvents()
        places.append([part.geometry() for part in parts])
    assert all(place == places[0] for place in places)


def test_the_parts_have_the_sizes_of_the_style(stage: Stage) -> None:
    lane = stage.duty.lane
    stage.window.resize(1366, 768)
    QApplication.processEvents()
    assert (lane.panel.width(), lane.panel.height()) == (838, 370)
    assert lane.camera.width() == 416
    assert lane.keys.height() == 92
    widths = {name: button.width() for name, button in lane.keys.buttons.items()}
    for name, width in {"F1": 229, "F2": 168, "F3": 134, "F4": 164, "space": 129, "esc": 113}.items():
        assert abs(widths[name] - width) <= 3, widths
    assert all(width >= 113 for width in widths.values())


def test_f11_fills_the_screen_and_gives_it_back(stage: Stage) -> None:
    stage.key("F11")
    assert stage.window.isFullScreen()
    stage.key("F11")
    assert not stage.window.isFullScreen()


def test_nothing_in_the_window_is_modal() -> None:
    forbidden = {"QDialog", "QMessageBox", "QInputDialog", "QProgressDialog", "QErrorMessage"}
    found = []
    for file in sorted(Path(checkpoint_app.ui.__file__).parent.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            name = getattr(node, "id", None) or getattr(node, "attr", None) or getattr(node, "name", None)
            if name in forbidden:
                found.append(f"{file.name}:{getattr(node, 'lineno', 0)} {name}")
    assert found == []


def test_every_label_is_plain_text(stage: Stage) -> None:
    from PySide6.QtCore import Qt

    labels = stage.duty.lane.findChildren(QLabel)
    assert labels
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in labels)


def test_hostile_text_of_a_code_is_shown_as_text(stage: Stage, recorder: Recorder) -> None:
    stage.duty.work.read("<b>&amp;\u202e豫A".encode())
    stage.duty.lane.refresh()
    stage.window.grab()
    assert all("\u202e" not in text for text in recorder.texts)
    assert lettering.plain("\u202e") == "□"


def test_the_last_volume_is_in_use(stage: Stage) -> None:
    stage.duty.change_settings(replace(stage.duty.settings.now, volume=0))
    assert not stage.duty.sounds.heard
    assert "静音" in [tag.text for tag in stage.window.bar.text.tags]
