"""Four lanes in one window: whose keys, whose codes, whose stop."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from checkpoint_app.config import LaneSetting, Settings
from checkpoint_app.scanning.camera import Counted, View
from checkpoint_app.scanning.camera import counter as page_counter
from checkpoint_app.scanning.health import Sight
from checkpoint_app.scanning.readings import Reading
from checkpoint_app.ui.camera_view import Seen
from checkpoint_app.ui.lanes import LaneShown
from checkpoint_app.ui.on_duty import WALL
from checkpoint_app.ui.pages.rollcall import RollcallPage
from checkpoint_app.ui.pages.wall import WallPage
from tests.ui.window.cameras import Cameras, camera_threads
from tests.ui.window.stage import GREEN, OTHER_GREEN, RED, SETTINGS, Stage, make_desk, raise_curtain

FOUR = tuple(LaneSetting(number, camera=f"fake:{number}") for number in (1, 2, 3, 4))
BARE = tuple(replace(lane, camera="") for lane in FOUR)


def settings(*lanes: LaneSetting) -> Settings:
    return replace(SETTINGS, lanes=lanes, sheet_proved=True)


@pytest.fixture
def stage(qtbot: QtBot, tmp_path: Path) -> Iterator[Stage]:
    """Four lanes without cameras."""
    made = raise_curtain(qtbot, make_desk(tmp_path, settings(*BARE)))
    yield made
    made.close()


@pytest.fixture
def filmed(qtbot: QtBot, tmp_path: Path) -> Iterator[tuple[Stage, Cameras]]:
    """Four lanes, each with a camera that the test turns."""
    cameras = Cameras(*(lane.camera for lane in FOUR))
    made = raise_curtain(qtbot, make_desk(tmp_path, settings(*FOUR)), play=cameras)
    yield made, cameras
    made.close()
    assert not camera_threads()


def lane(stage: Stage, number: int) -> LaneShown:
    found = stage.duty.lanes.at(number)
    assert found is not None
    return found


def open_lanes(stage: Stage) -> list[int]:
    return [each.state.number for each in stage.duty.lanes.all if each.state.open]


def wall(stage: Stage) -> WallPage:
    page = stage.window.page(WALL)
    assert isinstance(page, WallPage)
    return page


def tags(stage: Stage) -> list[str]:
    return [tag.text for tag in stage.window.bar.text.tags]


def test_ctrl_alt_and_a_number_choose_the_lane_that_keys_belong_to(stage: Stage) -> None:
    stage.type("a11111")
    stage.key("Enter")
    stage.choose_lane(3)
    assert stage.window.current == "lane-3"
    assert stage.window.bar.text.lane == "3 车道·入"
    stage.type("a33333")
    stage.key("Enter")
    assert lane(stage, 1).state.open is not None
    assert lane(stage, 1).state.open.plate == "豫A11111"  # type: ignore[union-attr]
    assert lane(stage, 3).state.open.plate == "豫A33333"  # type: ignore[union-attr]
    assert open_lanes(stage) == [1, 3]


def test_a_number_without_a_lane_changes_nothing(stage: Stage) -> None:
    stage.choose_lane(7)
    assert (stage.window.current, stage.window.bar.text.lane) == ("lane-1", "1 车道·入")


def test_ctrl_1_on_the_lane_shows_the_wall_and_again_the_lane(stage: Stage) -> None:
    seen = []
    for _press in range(3):
        stage.key("Ctrl+1")
        seen.append(stage.window.current)
    stage.key("Ctrl+0")
    assert [*seen, stage.window.current] == ["wall", "lane-1", "wall", "wall"]


@pytest.mark.parametrize("page", ["Ctrl+0", "Ctrl+2", "Ctrl+6"])
def test_a_wedge_scan_belongs_to_the_selected_lane_whatever_page_is_in_front(stage: Stage, page: str) -> None:
    stage.choose_lane(2)
    stage.key(page)
    assert "2 车道" in stage.window.bar.text.lane
    stage.burst(GREEN)
    assert open_lanes(stage) == [2]


def test_a_lanes_own_scanner_reads_for_it_though_another_is_selected(stage: Stage) -> None:
    stage.duty.scanned(4, GREEN)
    stage.settle()
    assert open_lanes(stage) == [4]
    assert stage.duty.lanes.selected is lane(stage, 1)


def test_a_stop_of_another_lane_stands_in_the_bar_and_on_the_wall_and_f1_goes_there(stage: Stage) -> None:
    stage.duty.scanned(3, RED)
    stage.settle()
    assert any("3 车道 拦停" in text for text in tags(stage))
    stage.key("Ctrl+1")
    assert not any("拦停" in text for text in tags(stage))
    banner = wall(stage).banner.text
    assert banner is not None
    assert (banner.lane, banner.title[:7]) == (3, "3 车道 拦停")
    assert wall(stage).cards[3].text.word == "拦停"
    stage.key("F1")
    assert stage.window.current == "lane-3"
    stage.key("F3")
    stage.saved()
    stage.key("Ctrl+1")
    assert wall(stage).banner.text is None


def test_somebody_sent_is_one_entry_however_often_the_key_is_pressed(stage: Stage) -> None:
    stage.duty.scanned(2, RED)
    stage.key("Ctrl+0")
    for _press in range(3):
        stage.key("F8")
    stage.settle()
    assert stage.entries("matter_raised") == 1
    banner = wall(stage).banner.text
    assert banner is not None
    assert "已派人" in banner.sent


def test_somebody_who_was_sent_is_still_on_the_way_after_a_restart(qtbot: QtBot, tmp_path: Path) -> None:
    before = raise_curtain(qtbot, make_desk(tmp_path, settings(*BARE[:2])))
    for number, red in ((1, RED), (2, RED.replace("0123", "4567"))):
        before.duty.scanned(number, red)
    before.key("F8")  # the lane's own call to the lead sends nobody
    before.key("Ctrl+0")
    before.key("F8")
    before.close()
    after = raise_curtain(qtbot, make_desk(tmp_path))
    try:
        after.key("Ctrl+0")
        after.until(lambda: len(wall(after)._sent) == 1)
        banner = wall(after).banner.text
        assert banner is not None
        assert (banner.lane, banner.sent) == (2, "")
    finally:
        after.close()


def test_a_stop_nobody_went_to_stands_before_one_with_somebody_on_the_way(stage: Stage) -> None:
    for number in (2, 4):
        stage.duty.scanned(number, RED)
    stage.key("Ctrl+0")
    stage.key("F8")
    banner = wall(stage).banner.text
    assert banner is not None
    assert banner.lane == 4


def test_the_wall_goes_to_a_lane_by_its_digit_and_takes_the_queue(stage: Stage) -> None:
    stage.key("Ctrl+0")
    stage.type("q14")
    stage.key("Enter")
    assert "排队约 14 辆" in wall(stage).foot.words
    assert stage.window.current == WALL
    stage.type("4")
    assert stage.window.current == "lane-4"


def test_no_key_of_the_wall_ends_a_vehicle(stage: Stage) -> None:
    stage.duty.scanned(1, GREEN)
    stage.key("Ctrl+0")
    for name in ("F1", "F2", "F3", "F4", "F7", "Enter", "Tab", "Esc"):
        stage.key(name)
    stage.type(" */+-z")
    assert stage.entries("vehicle_crossed") == 0
    assert open_lanes(stage) == [1]


def test_an_empty_lane_does_not_silence_another_lanes_stop_and_f10_is_the_selected_lanes(
    stage: Stage,
) -> None:
    stage.duty.scanned(3, RED)
    lane(stage, 1).work.change(lambda: None)
    assert stage.heard.played == ["stop"]
    stage.key("F10")
    assert not lane(stage, 3).work.hushed
    stage.choose_lane(3)
    stage.key("F10")
    assert lane(stage, 3).work.hushed


def test_parked_vehicles_of_every_lane_keep_the_shift_open(stage: Stage) -> None:
    stage.choose_lane(4)
    stage.type("a44444")
    for key in ("Enter", "Ctrl+P", "Ctrl+2"):
        stage.key(key)
    assert any("1" in text for text in tags(stage))
    stage.key("F1")
    page = cast(RollcallPage, stage.duty.pages.page("rollcall"))
    stage.until(lambda: page.ready)
    stage.key("F6")
    stage.compose("下雪封路")
    stage.key("F1")
    stage.until(lambda: page.ready and "1 辆" in page.words and not stage.entries("shift_closed"))


def test_each_camera_reads_for_its_own_lane(filmed: tuple[Stage, Cameras]) -> None:
    stage, cameras = filmed
    cameras.of["fake:2"].payload = GREEN
    cameras.of["fake:4"].payload = OTHER_GREEN
    stage.until(lambda: open_lanes(stage) == [2, 4])
    stage.key("Ctrl+0")
    cards = wall(stage).cards
    stage.until(lambda: all(card.sight.fine and not card._picture.isNull() for card in cards.values()))
    assert {card._picture.width() for card in cards.values()} == {320}


def test_a_page_nobody_sees_makes_no_pictures(filmed: tuple[Stage, Cameras]) -> None:
    stage, _cameras = filmed
    hidden = lane(stage, 2).page
    stage.until(lambda: hidden.camera._sight is not None and hidden.camera._sight[0] is Sight.FINE)
    assert hidden.camera.panel._picture.isNull()
    stage.choose_lane(2)
    stage.until(lambda: not hidden.camera.panel._picture.isNull())


def test_a_dead_camera_is_said_on_the_wall_and_the_other_lanes_read_on(
    filmed: tuple[Stage, Cameras],
) -> None:
    stage, cameras = filmed
    stage.key("Ctrl+0")
    cards = wall(stage).cards
    stage.until(lambda: cards[2].sight.fine)
    cameras.of["fake:2"].plugged = False
    stage.until(lambda: "摄像头断开" in cards[2].sight.title)
    cameras.of["fake:3"].payload = GREEN
    stage.until(lambda: open_lanes(stage) == [3])
    assert cards[1].sight.fine
    cameras.of["fake:2"].plugged = True
    stage.until(lambda: cards[2].sight.fine)


def change(stage: Stage, *lanes: LaneSetting) -> None:
    """As the settings page does, until it is in use."""
    wanted = replace(stage.duty.settings.now, lanes=lanes)
    stage.duty.change_settings(wanted)
    stage.until(lambda: not stage.duty.settings.saving)
    QApplication.processEvents()


def test_lanes_come_and_go_while_the_window_runs(filmed: tuple[Stage, Cameras]) -> None:
    stage, cameras = filmed
    stage.choose_lane(4)
    stage.until(lambda: cameras.of["fake:4"].open == 1)
    change(stage, *FOUR[:2])
    assert stage.duty.lanes.numbers == (1, 2)
    assert stage.window.current == "lane-1"
    stage.until(lambda: [each.open for each in cameras.of.values()] == [1, 1, 0, 0])
    change(stage, *FOUR[:3])
    stage.until(lambda: cameras.of["fake:3"].open == 1)
    stage.choose_lane(3)
    stage.burst(GREEN)
    assert open_lanes(stage) == [3]


def test_a_lane_takes_another_camera_without_losing_its_vehicle(filmed: tuple[Stage, Cameras]) -> None:
    stage, cameras = filmed
    stage.burst(GREEN)
    change(stage, replace(FOUR[0], camera="fake:2"), *FOUR[2:])
    assert open_lanes(stage) == [1]
    stage.until(lambda: cameras.of["fake:2"].open == 1 and cameras.of["fake:1"].open == 0)


@pytest.mark.parametrize("parks", [False, True])
def test_a_lane_with_a_vehicle_is_not_taken_away(stage: Stage, parks: bool) -> None:
    stage.choose_lane(2)
    stage.burst(GREEN)
    if parks:
        stage.key("Ctrl+P")
    change(stage, BARE[0])
    assert stage.duty.lanes.numbers == (1, 2, 3, 4)
    assert "2 车道还有车" in stage.window._fault.text
    assert len(stage.desk.settings.lanes) == 4


def test_a_lane_turns_round_only_when_it_is_empty(stage: Stage) -> None:
    change(stage, replace(BARE[0], direction="out"), *BARE[1:])
    assert lane(stage, 1).state.direction.value == "out"
    assert stage.window.bar.text.lane == "1 车道·出"
    stage.choose_lane(1)
    stage.burst(GREEN)
    change(stage, *BARE)
    assert lane(stage, 1).state.direction.value == "out"


def test_a_driver_that_hangs_holds_up_neither_another_camera_nor_the_window(
    filmed: tuple[Stage, Cameras],
) -> None:
    stage, cameras = filmed
    stage.until(lambda: cameras.of["fake:1"].open == 1)
    goes_on = cameras.of["fake:1"].hang()
    began = time.monotonic()
    stage.duty.lane.start_camera(cameras.opens(), source="fake:2")
    assert time.monotonic() - began < 0.5
    stage.until(lambda: cameras.of["fake:2"].open == 2)
    goes_on.set()


def test_the_vehicle_that_left_is_told_to_its_own_lane(filmed: tuple[Stage, Cameras]) -> None:
    stage, cameras = filmed
    stage.choose_lane(3)
    stage.burst(GREEN)
    stage.key("F3")
    stage.saved()
    assert cameras.gone_on == [3]


def test_a_lane_that_goes_does_not_wait_for_a_hanging_driver(filmed: tuple[Stage, Cameras]) -> None:
    stage, cameras = filmed
    stage.until(lambda: cameras.of["fake:2"].open == 1)
    goes_on = cameras.of["fake:2"].hang()
    wanted = replace(stage.desk.settings, lanes=(FOUR[0], *FOUR[2:]))
    began = time.monotonic()
    stage.duty.lanes.take(wanted)
    assert time.monotonic() - began < 0.5
    assert stage.duty.lanes.numbers == (1, 3, 4)
    goes_on.set()
    stage.until(lambda: cameras.of["fake:2"].open == 0)


def test_a_lane_that_went_hears_of_no_entry_any_more(stage: Stage) -> None:
    listeners = len(stage.desk.ledger._listeners)
    gone = lane(stage, 4).work
    heard: list[int] = []
    change(stage, *BARE[:3])
    gone.blockSignals(False)
    gone.written.connect(lambda: heard.append(1))
    assert len(stage.desk.ledger._listeners) == listeners - 2  # its work, and its orders
    stage.burst(RED)
    stage.settle()
    assert stage.entries("check_flagged") == 1
    assert heard == []


def test_a_lane_that_goes_behind_its_last_vehicle_leaves_another_in_front(stage: Stage) -> None:
    stage.choose_lane(2)
    stage.burst(GREEN)
    stage.duty.settings.change(replace(stage.duty.settings.now, lanes=(BARE[0],)))
    stage.until(lambda: not stage.duty.settings.saving)
    assert stage.duty.lanes.numbers == (1, 2), "a vehicle came while the settings were being kept"
    stage.key("F3")
    stage.until(lambda: stage.duty.lanes.numbers == (1,))
    stage.settle()
    assert stage.window.current == "lane-1"
    stage.burst(OTHER_GREEN)
    assert open_lanes(stage) == [1]


def test_a_bug_behind_one_code_costs_neither_the_other_codes_nor_the_picture(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = lane(stage, 1).page
    reads = page.commands.read

    def stumbles(payload: bytes, **told: Any) -> None:
        if payload == GREEN.encode():
            raise KeyError("stumbled")
        reads(payload, **told)

    monkeypatch.setattr(page.commands, "read", stumbles)
    codes = tuple(Counted(Reading(text.encode(), ((0, 0),) * 4, "zxing")) for text in (GREEN, RED))
    picture = QImage(320, 180, QImage.Format.Format_RGB32)
    with stage.bot.captureExceptions() as found:
        view = View(None, page_counter(), Sight.FINE, page_counter())
        QTimer.singleShot(0, lambda: page.show_seen(Seen(view, picture, codes)))
        stage.until(lambda: bool(found))
        stage.settle()
    assert [kind for kind, *_rest in found] == [KeyError]
    assert stage.word == "拦停"
    assert not page.camera.panel._picture.isNull()
