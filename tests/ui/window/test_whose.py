"""What was asked or typed about one vehicle never lands on the next, whoever brings it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from checkpoint_app.config import LaneSetting
from checkpoint_app.ui.asking import About
from checkpoint_app.ui.esc_hold import UNDO_HOLD_MS
from checkpoint_app.ui.key_filter import TWICE_MS
from tests.ui.window.stage import GREEN, ID, RED, SETTINGS, Stage, make_desk, raise_curtain

BOTH = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
NONE = Qt.KeyboardModifier.NoModifier
F1 = (int(Qt.Key.Key_F1), NONE)
TWO = (LaneSetting(1, camera=""), LaneSetting(2, camera=""))


@pytest.fixture
def stage(qtbot: QtBot, tmp_path: Path) -> Iterator[Stage]:
    """Two lanes; at the first one stands 豫A11111."""
    made = raise_curtain(qtbot, make_desk(tmp_path, replace(SETTINGS, lanes=TWO, sheet_proved=True)))
    made.type("a11111")
    made.key("Enter")
    yield made
    made.close()


def camera_reads(stage: Stage, text: str) -> None:
    stage.duty.lane.commands.read(text.encode(), by_hand=False)
    stage.settle()


def asked(stage: Stage) -> About | None:
    return stage.duty.work.ask.about if stage.duty.work.ask else None


def test_a_reason_asked_for_one_vehicle_lets_no_other_go(stage: Stage) -> None:
    stage.key("F1")
    assert asked(stage) is About.REASON
    camera_reads(stage, "豫B22222")
    assert stage.plate == "豫B22222"
    assert asked(stage) is None
    assert "上一辆" in stage.cards
    stage.type("1")
    stage.saved()
    assert stage.entries("vehicle_crossed") == 0


def test_a_reason_goes_on_being_asked_while_its_vehicle_stands_here(stage: Stage) -> None:
    stage.key("F1")
    camera_reads(stage, RED)
    assert asked(stage) is About.REASON


@pytest.mark.parametrize("key", ["Enter", "F1", "F3", "F4"])
def test_a_plate_being_corrected_is_no_other_vehicles(stage: Stage, key: str) -> None:
    stage.type("/b33")
    camera_reads(stage, "豫B22222")
    stage.key(key)
    assert stage.plate == "豫B22222"
    assert stage.entries("vehicle_crossed") == 0
    assert "上一辆" in stage.cards
    assert [crossing.plate for crossing in stage.duty.work.lane.state.parked] == ["豫A11111"]


def test_a_document_being_typed_is_no_other_vehicles(stage: Stage) -> None:
    stage.type("*" + ID)
    camera_reads(stage, "豫B22222")
    stage.key("Enter")
    crossing = stage.duty.work.lane.state.open
    assert crossing is not None
    assert crossing.checks == ()
    assert "换了一辆" in stage.duty.lane.people.document.complaint
    assert not any(person.document for person in crossing.people)


def test_a_plate_is_corrected_while_its_vehicle_stands_here(stage: Stage) -> None:
    stage.type("/b33333")
    camera_reads(stage, GREEN)
    stage.key("Enter")
    assert stage.plate == "豫B33333"
    assert stage.duty.work.lane.state.parked == ()


def quickly(stage: Stage, *keys: tuple[int, Qt.KeyboardModifier]) -> None:
    """Keys so close together that they are judged at once."""
    for key, held in keys:
        QTest.keyClick(stage.focused, Qt.Key(key), held)
    stage.settle()


def test_keys_behind_another_lane_belong_to_that_lane_however_fast(stage: Stage) -> None:
    first, second = ([(int(Qt.Key.Key_0) + digit, NONE) for digit in value] for value in ((3, 6), (3, 8)))
    quickly(stage, *first, (int(Qt.Key.Key_2), BOTH), *second)
    values = [each.page.fields.temperature.value for each in stage.duty.lanes.all]
    assert values == ["36", "38"]


def let_pass(stage: Stage) -> None:
    stage.burst(GREEN)
    stage.type("365")
    assert stage.word == "可放行"


@pytest.mark.parametrize("page", ["Ctrl+6", "Ctrl+K"])
def test_f1_pressed_twice_to_leave_a_page_lets_no_vehicle_go(stage: Stage, page: str) -> None:
    let_pass(stage)
    stage.key(page)
    quickly(stage, F1, F1)
    assert stage.window.current == "lane-1"
    assert stage.entries("vehicle_crossed") == 0
    stage.bot.wait(TWICE_MS)
    stage.key("F1")
    stage.saved()
    assert stage.entries("vehicle_crossed") == 1


def test_another_key_at_once_behind_a_page_is_meant(stage: Stage) -> None:
    let_pass(stage)
    stage.key("Ctrl+K")
    quickly(stage, F1, (int(Qt.Key.Key_F3), NONE))
    stage.saved()
    assert stage.entries("vehicle_crossed") == 1


@pytest.mark.parametrize("away", ["wall", "other window"])
def test_esc_whose_release_went_elsewhere_undoes_nothing(stage: Stage, away: str) -> None:
    let_pass(stage)
    stage.key("F1")
    stage.saved()
    QTest.keyPress(stage.focused, Qt.Key.Key_Escape)
    if away == "wall":
        stage.key("Ctrl+0")
    else:
        other = QWidget()
        stage.bot.addWidget(other)
        with stage.bot.waitActive(other):
            other.show()
            other.activateWindow()
    stage.bot.wait(UNDO_HOLD_MS + 200)
    stage.settle()
    assert stage.entries("outcome_undone") == 0
