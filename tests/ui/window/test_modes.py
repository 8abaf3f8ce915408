"""A bus, people on foot, a convoy and the register, worked by keys on a real ledger."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from checkpoint_app.domain.lane import LaneState
from checkpoint_app.domain.words import CheckKind, Direction, VehicleClass
from checkpoint_app.ui import app as application
from checkpoint_app.ui.lane_mode import LaneMode, mode_of
from tests.ui.recorder import Recorder
from tests.ui.uncut import _flaw
from tests.ui.window.look import scenes
from tests.ui.window.look_modes import passenger_list
from tests.ui.window.stage import GREEN, OTHER_GREEN, PLAIN, RED, SETTINGS, Stage, make_desk, raise_curtain

REGISTER = "姓名,证件号,电话\n张三,11010519491231002X,13800001111\n张山,,13800002222\n".encode()


@pytest.fixture(autouse=True)
def day(qapp: QApplication) -> Iterator[None]:
    yield
    application.dress(qapp, SETTINGS)


def code(number: int, colour: str = "g") -> str:
    return f"https://jkm.henan.example/h5/code/{number:010x}?c={colour}"


def public(stage: Stage, kind: str = "vehicle_crossed") -> list[dict[str, Any]]:
    with stage.desk.ledger.reader() as reader:
        sql = "SELECT public FROM entry WHERE kind = ? ORDER BY seq"
        return [json.loads(row[0]) for row in reader.execute(sql, (kind,))]


def shown(stage: Stage, recorder: Recorder) -> str:
    recorder.runs.clear()
    stage.window.grab()
    return " ".join(recorder.texts)


def test_a_bus_is_scanned_down_its_list_set_right_and_released_once(stage: Stage, recorder: Recorder) -> None:
    lane, page = stage.duty.work.lane, stage.duty.lane
    stage.type("a08t52")
    stage.key("Enter")
    page.commands.passenger_file(passenger_list(3))
    stage.key("F7")
    assert mode_of(lane.state.open) is LaneMode.BUS, "what only a bus has was entered: no other way any more"
    for number in (1, 2, 3):
        stage.burst(code(number))
    stage.type("365")
    stage.type("391")
    assert page.keys.buttons["F1"].kind == "locked"
    seen = shown(stage, recorder)
    assert "1 / 3" in seen
    assert "另行处理 1 人" in seen
    assert "体温 39.1" in seen
    stage.key("F1")
    assert stage.entries("vehicle_crossed") == 0, "nobody set aside may leave by the key of the whole bus"
    stage.key("Esc")
    stage.key("F4")
    assert [choice.text for choice in stage.duty.work.ask.choices] == ["整车", "只 1B"]  # type: ignore[union-attr]
    stage.type("21")
    stage.type("366")
    assert stage.word == "可放行"
    assert page.keys._shown["F1"].hint == "2 人", "who stays behind is not released"
    stage.key("F1")
    stage.saved()
    assert public(stage)[0]["apart"] == [{"person": 2, "outcome": "held"}]
    assert mode_of(lane.state.open) is LaneMode.ONE


def test_a_bus_sounds_short_for_everybody_and_long_for_who_is_set_aside(stage: Stage) -> None:
    stage.duty.work.lane.bus()
    stage.duty.work.lane.people(4)
    stage.heard.played.clear()
    stage.burst(code(1))
    stage.burst(code(2))
    assert stage.heard.played == ["pass_short", "pass_short"]
    stage.burst(code(3, "r"))
    assert stage.heard.played[2:] == ["stop"]
    stage.burst(code(4))
    assert stage.heard.played[3:] == ["pass_short"]


def test_a_bus_without_a_list_asks_how_many_are_in_it(stage: Stage) -> None:
    stage.key("F7")
    stage.type("1")
    stage.type("45")
    stage.key("Enter")
    here = stage.duty.work.lane.state.open
    assert here is not None
    assert (here.bus, here.told) == (True, 45)
    assert stage.duty.lane.people.pages == 3
    stage.key("Tab")
    stage.duty.lane.fields.purpose.edit.setFocus()
    stage.type("k10")
    stage.key("Enter")
    assert stage.duty.work.lane.state.open.service == "k10"  # type: ignore[union-attr]
    assert stage.duty.work.lane.state.open.purpose == ""  # type: ignore[union-attr]


def test_pages_turn_by_key_and_plus_goes_to_the_next_who_is_missing(stage: Stage) -> None:
    stage.duty.work.lane.bus()
    stage.duty.work.lane.people(40)
    stage.burst(code(1))
    stage.type("365")
    grid = stage.duty.lane.people._bus.grid
    assert grid.shown[0].number == 2
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    QTest.keyClick(stage.focused, Qt.Key.Key_PageDown)
    assert grid.shown[0].number == 18
    QTest.keyClick(stage.focused, Qt.Key.Key_PageUp)
    assert grid.shown[0].number == 2
    stage.type("+")
    assert stage.duty.work.lane.state.person == 3
    grid.touched.emit(17)
    assert stage.duty.work.lane.state.person == 17


def test_a_list_that_is_refused_says_where_and_nothing_of_it_is_taken(stage: Stage) -> None:
    stage.duty.lane.commands.passenger_file("座位,姓名,证件号\n1A,张三,110105194912310021\n".encode())
    assert "名单第 2 行" in stage.cards
    assert stage.duty.work.lane.state.open is None


def test_a_convoy_ends_with_one_key_and_every_vehicle_is_an_entry(stage: Stage, recorder: Recorder) -> None:
    stage.key("F7")
    stage.type("3")
    stage.type("2")
    for plate in ("/a12345", "/a23456", "/a99999"):
        stage.type(plate)
        stage.key("Enter")
    stage.key("Ctrl+Z")
    here = stage.duty.work.lane.state.open
    assert here is not None
    assert [here.plate, *(one.plate for one in here.followers)] == ["豫A12345", "豫A23456"]
    stage.type(" ")
    stage.burst(GREEN)
    stage.type("365")
    seen = shown(stage, recorder)
    assert "放行 3 辆" in seen
    assert "豫A·23456" in seen
    assert "加一辆" in seen
    stage.key("F1")
    stage.saved()
    assert sorted(entry["convoy"]["place"] for entry in public(stage)) == [1, 2, 3]
    assert "计数 +1" in shown(stage, recorder)


def test_people_on_foot_have_no_plate_and_no_driver(stage: Stage, recorder: Recorder) -> None:
    stage.key("F7")
    stage.type("2")
    stage.type("2")
    stage.key("Enter")
    stage.burst(GREEN)
    stage.type("365")
    assert stage.duty.work.lane.state.open.vehicle is VehicleClass.FOOT  # type: ignore[union-attr]
    seen = shown(stage, recorder)
    assert "驾驶员" not in seen
    assert seen.count("步行") >= 3
    stage.key("F7")
    assert mode_of(stage.duty.work.lane.state.open) is LaneMode.ONE


def test_a_colour_of_the_camera_is_taken_by_keys_only(stage: Stage) -> None:
    stage.duty.lane.commands.read(PLAIN.encode(), colour="yellow")
    for _second in range(3):
        stage.duty.lane.second()
    assert "摄像头看到 黄？" in stage.cards
    results = [check.result for check in stage.duty.work.lane.state.open.checks]  # type: ignore[union-attr]
    assert results == ["presented"]
    stage.key("Ctrl+H")
    stage.type("1")
    checks = stage.duty.work.lane.state.open.checks  # type: ignore[union-attr]
    assert [check.result for check in checks] == ["presented", "yellow"]
    assert checks[-1].evidence.value == "seen"
    assert "摄像头看到" not in stage.cards


def test_a_remark_stands_while_the_camera_reads_on(stage: Stage) -> None:
    stage.burst(GREEN)
    stage.type("999")
    assert "不是体温" in stage.cards or "体温" in stage.cards
    before = stage.duty.work.remark
    assert before is not None
    stage.duty.lane.commands.read(GREEN.encode())
    stage.duty.lane.commands.read(OTHER_GREEN.encode())
    assert stage.duty.work.remark is before
    stage.duty.lane.commands.read(RED.encode())
    assert stage.duty.work.remark is None, "a new verdict is more important"


def test_the_time_of_a_second_measurement_stands_on_the_card(stage: Stage) -> None:
    stage.burst(GREEN)
    stage.type("381")
    assert " 复测" in stage.cards
    checks = stage.duty.work.lane.state.open.valid_checks  # type: ignore[union-attr]
    assert [check.tenths for check in checks if check.kind is CheckKind.TEMPERATURE] == [381]


def test_phone_and_name_behind_the_star_are_masked_on_the_card(stage: Stage) -> None:
    stage.burst(GREEN)
    stage.type("*")
    stage.type("13800001111")
    stage.key("Enter")
    assert "138****1111" in stage.cards
    stage.type("*")
    stage.compose("王五")
    stage.key("Enter")
    stage.until(lambda: "王*" in stage.cards)
    assert stage.entries("people_looked_up") == 1


def test_the_register_answers_initials_and_a_digit_takes_one(stage: Stage) -> None:
    stage.desk.register.load(REGISTER, by=stage.desk.by)
    stage.burst(GREEN)
    stage.type("*")
    stage.type("zs")
    stage.key("Enter")
    stage.until(lambda: stage.duty.work.ask is not None)
    texts = [choice.text for choice in stage.duty.work.ask.choices]  # type: ignore[union-attr]
    assert sorted(texts) == sorted(["张* 1101**********002X", "张* 138****2222", "都不是"])
    assert stage.entries("people_looked_up") == 1
    place = texts.index("张* 1101**********002X")
    stage.type(str(place + 1))
    person = stage.duty.work.lane.state.open.person(1)  # type: ignore[union-attr]
    assert (person.name, person.document, person.evidence.value) == (
        "张三",
        "11010519491231002X",
        "registered",
    )
    assert "登记比对" in stage.duty.lane.people.cards[0].evidence


def test_nobody_in_the_register_is_said_and_the_line_stays(stage: Stage) -> None:
    stage.burst(GREEN)
    stage.type("*")
    stage.type("qq")
    stage.key("Enter")
    stage.until(lambda: bool(stage.duty.lane.people.document.complaint))
    assert stage.duty.lane.commands.line.typing
    stage.key("Esc")
    assert not stage.duty.lane.commands.line.typing


def test_what_is_not_on_disk_is_shown_after_a_second(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    work = stage.duty.work
    monkeypatch.setattr(type(work.lane), "owed", 2)
    work.second()
    assert not any("未落盘" in strip.text for strip in stage.duty.lane.camera.strips.strips)
    work.second()
    assert any(strip.text == "2 条未落盘" for strip in stage.duty.lane.camera.strips.strips)


SIZES = ((1280, 690), (1366, 768), (1920, 1080))
MEASURED = (
    "bus",
    "bus-aside",
    "bus-many",
    "bus-done",
    "bus-who",
    "convoy",
    "foot",
    "offered",
    "mode",
    "owed",
    "document",
)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_no_text_of_any_way_of_checking_is_cut(
    qtbot: QtBot, qapp: QApplication, tmp_path: Any, recorder: Recorder, language: str
) -> None:
    stage = raise_curtain(qtbot, make_desk(tmp_path, replace(SETTINGS, language=language)))
    found: list[str] = []
    try:
        for scale in (100, 130):
            application.dress(qapp, replace(SETTINGS, language=language, scale=scale))
            for scene in MEASURED:
                begin(stage, scene)
                found += [f"{scene} {scale} %: {text}" for text in cut(stage, recorder)]
    finally:
        stage.close()
    assert "\n".join(found) == ""


def begin(stage: Stage, scene: str) -> None:
    """The scene on an empty lane."""
    stage.duty.work.lane.state = LaneState(1, Direction.IN)
    stage.duty.work.question(None)
    stage.duty.lane.commands.line.leave()
    scenes()[scene][0](stage.duty)


def cut(stage: Stage, recorder: Recorder) -> list[str]:
    """Every text of the lane page that does not fit where it stands, at every size of the window."""
    page, found = stage.duty.lane, []
    for width, height in SIZES:
        stage.window.resize(width, height)
        page.refresh()
        QApplication.processEvents()
        recorder.runs.clear()
        page.grab()
        labels = (label for label in page.findChildren(QLabel) if label.isVisibleTo(page) and label.width())
        flaws = [*recorder.cut, *filter(None, (_flaw(label, page) for label in labels))]
        found += [f"{width}×{height} {text}" for text in flaws]
    return found
