"""A hand scanner anywhere in the window, mixed with fingers."""

from __future__ import annotations

import random
import string

import pytest
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.ui.window.stage import GREEN, OTHER_GREEN, Stage

SIGNS = string.ascii_letters + string.digits + " /*+-:.%$"


def scanned(stage: Stage) -> list[str]:
    """Every scan from now on, as it reached the lane."""
    found: list[str] = []

    def note(payload: bytes) -> None:
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
