"""A hand scanner anywhere in the window, mixed with fingers."""

from __future__ import annotations

import random
import string

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from checkpoint_app.ui.form_keys import FormKeys
from checkpoint_app.ui.main_window import MainWindow
from tests.ui.window.hands import Hands
from tests.ui.window.stage import GREEN, OTHER_GREEN, Stage

SIGNS = string.ascii_letters + string.digits + " /*+-:.%$"


def scanned(stage: Stage) -> list[str]:
    """Every scan from now on, as it reached the lane."""
    found: list[str] = []

    def note(payload: bytes, **_more: object) -> None:
        found.append(payload.decode())

    stage.duty.work.read = note  # type: ignore[method-assign]
    return found


@pytest.mark.parametrize("size", [6, 7, 60, 1200])
@pytest.mark.parametrize("end", ["Enter", "Tab", ""])
def test_a_burst_of_any_length_is_one_scan(stage: Stage, size: int, end: str) -> None:
    found = scanned(stage)
    text = "".join(random.Random(size).choice(SIGNS) for _ in range(size - 1)) + "x"
    stage.burst(text, end=end)
    stage.until(lambda: bool(found))
    assert found == [text]
    assert stage.duty.work.lane.state.open is None


def test_scans_between_typing_change_only_what_they_carry(stage: Stage) -> None:
    stage.type("/A123")
    stage.burst(GREEN)
    stage.type("45")
    stage.key("Enter")
    stage.type("36")
    stage.burst(OTHER_GREEN)
    crossing = stage.duty.work.lane.state.open
    assert crossing is not None
    assert crossing.plate == "豫A12345"
    assert [check.tenths for check in crossing.checks if check.tenths] == [360]
    assert crossing.headcount == 2


@pytest.mark.parametrize("field", ["origin", "purpose", "people", "plate", "kind_edit"])
def test_a_scan_reaches_the_lane_whatever_has_the_focus(stage: Stage, field: str) -> None:
    stage.burst(OTHER_GREEN)
    getattr(stage.duty.lane.fields, field).setFocus()
    before = stage.duty.lane.fields.places
    stage.burst(GREEN)
    crossing = stage.duty.work.lane.state.open
    assert crossing is not None
    assert len(crossing.checks) == 2
    assert stage.duty.lane.fields.places == before


def test_a_scan_on_the_shift_page_belongs_to_the_lane(stage: Stage) -> None:
    stage.key("Ctrl+2")
    stage.burst(GREEN)
    assert stage.duty.work.lane.state.open is not None


def test_a_scan_through_an_input_method_is_a_scan(stage: Stage) -> None:
    found = scanned(stage)
    for sign in GREEN:
        event = QInputMethodEvent()
        event.setCommitString(sign)
        QApplication.sendEvent(stage.focused, event)
    stage.settle()
    assert found == [GREEN]


def test_chinese_from_an_input_method_goes_into_the_field(stage: Stage) -> None:
    stage.burst(GREEN)
    stage.duty.lane.fields.origin.setFocus()
    stage.compose("新乡市红旗区东街")
    stage.key("Enter")
    assert stage.duty.lane.fields.places[0] == "新乡市红旗区东街"


def test_a_function_key_right_behind_typed_digits_comes_after_them(stage: Stage) -> None:
    stage.burst(GREEN)
    stage.type("/A12345")
    stage.key("Enter")
    QTest.keyClicks(stage.focused, "365")
    stage.key("F1")
    stage.saved()
    assert stage.entries("vehicle_crossed") == 1


def test_a_key_held_down_is_no_scanner(stage: Stage) -> None:
    from PySide6.QtCore import QEvent, Qt
    from PySide6.QtGui import QKeyEvent

    found = scanned(stage)
    for number in range(20):
        event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_3, Qt.KeyboardModifier.NoModifier, "3", number > 0)
        QApplication.sendEvent(stage.focused, event)
    stage.settle()
    assert found == []
    assert stage.duty.lane.fields.temperature.value == "3"


def test_scans_between_random_keys_never_end_a_vehicle(stage: Stage) -> None:
    chance = random.Random(5)
    for _turn in range(40):
        stage.burst("".join(chance.choice(SIGNS) for _ in range(chance.randint(6, 80))) + "z")
        QTest.keyClicks(stage.focused, "".join(chance.choice("0123456789+-*/ ") for _ in range(3)))
        stage.settle()
    assert stage.entries("vehicle_crossed") == 0


def test_a_window_that_is_not_active_keeps_every_key(stage: Stage) -> None:
    other = QLineEdit()
    with stage.bot.waitActive(other):
        other.show()
        other.activateWindow()
    assert not stage.window.isActiveWindow()
    hands = Hands(stage)
    hands.type("36")
    hands.wait(200)
    hands.settle()
    assert stage.duty.lane.fields.temperature.value == "36"
    hands.scan(GREEN, every=5, end="Enter")
    hands.settle()
    assert stage.duty.work.lane.state.open is not None
    assert other.text() == ""
    other.close()


def test_a_bug_behind_one_scan_costs_that_scan_only(stage: Stage) -> None:
    def broken(_payload: bytes, **_more: object) -> None:
        raise ZeroDivisionError

    hands, found = Hands(stage), list[str]()
    real, stage.duty.work.read = stage.duty.work.read, broken  # type: ignore[method-assign,assignment]
    with stage.bot.captureExceptions() as bugs:
        hands.scan("the first one", every=5, end="Enter")
        hands.wait(200)
        hands.scan("the second one", every=5, end="Enter")
        hands.settle()
        stage.until(lambda: len(bugs) == 2)
    assert [kind for kind, *_rest in bugs] == [ZeroDivisionError] * 2
    stage.duty.work.read = real  # type: ignore[method-assign]
    assert found == []
    stage.burst(GREEN)
    assert stage.duty.work.lane.state.open is not None


def test_keys_of_a_window_beside_this_one_are_no_commands_but_its_scans_are_scans(stage: Stage) -> None:
    found = scanned(stage)
    beside = QDialog(stage.window)
    edit = QLineEdit(beside)
    with stage.bot.waitActive(beside):
        beside.show()
    edit.setFocus()
    stage.type("/name")
    stage.burst("HC1:6BFOXN", end="Enter")
    assert edit.text() == "/name"
    assert found == ["HC1:6BFOXN"]
    assert beside.isVisible()
    beside.close()


def test_a_scan_that_an_input_method_took_apart_is_said_and_lands_nowhere(stage: Stage) -> None:
    stage.burst(GREEN)
    found, purpose = scanned(stage), stage.duty.lane.fields.purpose
    purpose.edit.setFocus()
    hands = Hands(stage)
    for place in range(6):
        hands.wait(5)
        hands.compose("jkmhen"[: place + 1])
    for text in ("健康码", "／h5"):
        hands.wait(5)
        hands.commit(text)
    hands.wait(5)
    hands.compose("ab")
    hands.settle()
    assert found == []
    assert purpose.value == ""
    assert stage.window._fault.isVisible()


def test_a_scan_before_there_is_a_lane_lands_in_no_field(qtbot: QtBot) -> None:
    window, page, found = MainWindow(), QWidget(), list[str]()
    edit = QLineEdit(page)
    qtbot.addWidget(window)
    window.add_page("first_start", page, FormKeys(scanned=found.append, command=window.command))
    window.show_page("first_start", chrome=False)
    with qtbot.waitActive(window):
        window.show()
    edit.setFocus()
    QTest.keyClicks(edit, "HC1:6BFOXN")
    qtbot.waitUntil(lambda: bool(found))
    QTest.keyClicks(edit, "7")
    qtbot.waitUntil(lambda: edit.text() == "7")
    assert found == ["HC1:6BFOXN"]
    window.close()


def test_space_works_on_buttons_behind_the_hold(qtbot: QtBot) -> None:
    window, page = MainWindow(), QWidget()
    button = QPushButton("x", page)
    qtbot.addWidget(window)
    window.add_page("form", page, FormKeys(scanned=lambda _text: None, command=window.command))
    window.show_page("form", chrome=False)
    with qtbot.waitActive(window):
        window.show()
    button.setFocus()
    with qtbot.waitSignal(button.clicked):
        QTest.keyClick(button, Qt.Key.Key_Space)
    window.close()
