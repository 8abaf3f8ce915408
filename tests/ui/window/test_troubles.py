"""Disk, clock and camera fail; the lane says so and goes on."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
import segno
from pytestqt.qtbot import QtBot

from checkpoint_app.domain.words import ClockState
from checkpoint_app.scanning.devices import CameraGone, Device, OpenDevice, Picture
from checkpoint_app.storage.engine import DiskFull
from checkpoint_app.storage.ledger import Ledger
from checkpoint_app.ui.panel_text import Notice
from tests.ui.window.stage import GREEN, OTHER_GREEN, RED, Stage, make_desk, raise_curtain


def full_disk(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on nothing is written."""

    def refuse(*_given: object, **_named: object) -> Future[Any]:
        future: Future[Any] = Future()
        future.set_exception(DiskFull(path=Path("ledger.db")))
        return future

    monkeypatch.setattr(Ledger, "append", refuse)
    monkeypatch.setattr(Ledger, "keep", refuse)


def passing(stage: Stage, plate: str = "/A12345") -> None:
    stage.burst(GREEN)
    stage.type(plate)
    stage.key("Enter")
    stage.type("365")


def test_not_saved_is_said_loudly_the_vehicle_stands_here_again_and_one_key_tries_again(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    passing(stage)
    with monkeypatch.context() as broken:
        full_disk(stage, broken)
        stage.key("F1")
        stage.until(lambda: stage.word == "没有存上：磁盘已满")
        assert stage.duty.lane.panel.text.state is Notice.ALARM
        assert stage.heard.played[-1] == "not_saved"
        assert stage.plate == "豫A12345"
    assert stage.entries("vehicle_crossed") == 0
    stage.key("F1")
    stage.until(lambda: stage.word == "已放行，已存")
    assert stage.entries("vehicle_crossed") == 1


def test_while_nothing_can_be_saved_scans_are_judged_and_a_strip_stays(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        full_disk(stage, broken)
        stage.burst(GREEN)
        stage.until(lambda: stage.duty.work.failure is not None)
        stage.burst(OTHER_GREEN)
        stage.settle()
        assert stage.word == "未查完"
        assert any("没有存上" in strip.text for strip in stage.duty.lane.camera.strips.strips)
        assert stage.heard.played.count("not_saved") == 1
    stage.type("365")
    stage.until(lambda: stage.duty.work.failure is None)
    assert stage.duty.lane.camera.strips.strips == ()


def test_an_unanswered_stop_stays_as_a_strip_and_never_blocks_the_lane(stage: Stage) -> None:
    stage.burst(RED)
    stage.type("g6a0w8")
    stage.key("Enter")
    stage.key("Ctrl+P")
    strips = stage.duty.lane.camera.strips.strips
    assert [strip.stop for strip in strips] == [True]
    assert "豫G·6A0W8 拦停" in strips[0].text
    passing(stage)
    stage.key("F1")
    stage.until(lambda: stage.word == "已放行，已存")
    assert stage.duty.lane.camera.strips.strips[0].stop
    stage.key("Ctrl+P")
    stage.type("1")
    stage.key("F3")
    stage.saved()
    assert stage.duty.lane.camera.strips.strips == ()


def test_f10_hushes_this_stop_only(stage: Stage) -> None:
    stage.burst(RED)
    stage.key("F10")
    assert stage.duty.work.hushed
    stage.key("F3")
    stage.saved()
    stage.burst(RED)
    assert not stage.duty.work.hushed


def test_an_unsure_clock_is_shown_and_confirmed_in_place(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as jumped:
        jumped.setattr(Ledger, "clock", property(lambda _ledger: ClockState.UNSURE))
        stage.duty.lane.second()
        assert stage.duty.lane.people.asks
        assert any(light.name == "时钟存疑" for light in stage.window.bar.text.lights)
        stage.key("F1")
        stage.until(lambda: stage.entries("clock_confirmed") == 1)


def fault() -> None:
    raise ZeroDivisionError


def test_a_fault_of_the_program_is_a_strip_and_the_lane_works_on(stage: Stage, qtbot: QtBot) -> None:
    with qtbot.captureExceptions() as caught:
        stage.duty.work.tasks.post(fault)
        stage.until(lambda: bool(caught))
    stage.window.show_bug(caught[0][1])
    assert "程序出错" in stage.window._fault.text
    passing(stage)
    assert stage.word == "可放行"


def test_the_window_never_waits_for_the_ledger(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """The writer stands still: keys, verdicts and clocks go on, and nothing is called saved."""
    passing(stage)
    goes_on = threading.Event()
    write = stage.desk.ledger._book.add

    def stands(*given: Any) -> Any:
        goes_on.wait(30)
        return write(*given)

    monkeypatch.setattr(stage.desk.ledger._book, "add", stands)
    try:
        stage.duty.lane.commands.function(1)
        assert stage.word == "放行，正在存"
        stage.duty.lane.commands.scanned(OTHER_GREEN)
        assert stage.word == "未查完"
        stage.duty.lane.commands.function(3)
        stage.duty.lane.commands.escape(down=True)
        stage.duty.work.undo()
        stage.duty.lane.second()
        stage.bot.wait(50)
        assert "已存" not in stage.word
    finally:
        goes_on.set()
    stage.saved()
    assert stage.entries("vehicle_crossed") == 2


class FakeCamera(Device):
    """A camera that shows one code, or fails as told."""

    live = True

    def __init__(self, world: World) -> None:
        self._world = world

    def read(self) -> Picture | None:
        time.sleep(1 / 30)
        return self._world.picture()

    def release(self) -> None:
        """Nothing to give back."""


class World:
    """What the camera sees now."""

    def __init__(self) -> None:
        self.mode = "fine"
        self.payload = GREEN
        self._number = 0

    def opens(self) -> OpenDevice:
        def open_source(source: str) -> Device:
            if self.mode == "gone":
                raise CameraGone(source=source)
            return FakeCamera(self)

        return open_source

    def picture(self) -> Picture | None:
        if self.mode == "gone":
            return None
        if self.mode == "black":
            return np.zeros((720, 1280, 3), np.uint8)
        scene = np.full((720, 1280, 3), 120, np.uint8)
        if self.mode != "frozen":
            self._number += 1
            scene[:16, : 16 * (self._number % 60 + 1)] = 200
        cells = np.array(
            [
                [0 if cell else 255 for cell in row]
                for row in segno.make_qr(self.payload).matrix_iter(border=4)
            ],
            np.uint8,
        )
        code = cv2.resize(cells, (400, 400), interpolation=cv2.INTER_NEAREST)
        scene[160:560, 440:840] = code[:, :, None]
        return scene


@pytest.fixture
def filmed(qtbot: QtBot, tmp_path: Path) -> Iterator[tuple[Stage, World]]:
    """A lane whose camera sees a `World`."""
    world = World()
    stage = raise_curtain(qtbot, make_desk(tmp_path))
    stage.duty.lane.start_camera(world.opens(), source="fake")
    yield stage, world
    stage.close()


def test_a_code_before_the_camera_is_judged_without_a_key(filmed: tuple[Stage, World]) -> None:
    stage, _world = filmed
    stage.until(lambda: stage.word == "未查完")
    panel = stage.duty.lane.camera.panel
    stage.until(lambda: "找到码" in [step.text for step in panel._steps])
    assert panel._outlines
    assert panel._steps[2].text.startswith("已判 ")


@pytest.mark.parametrize(
    ("mode", "words"), [("gone", "摄像头断开"), ("frozen", "画面不动了"), ("black", "画面全黑")]
)
def test_a_camera_that_fails_says_so_within_three_seconds_and_comes_back_alone(
    filmed: tuple[Stage, World], mode: str, words: str
) -> None:
    stage, world = filmed
    panel = stage.duty.lane.camera.panel
    stage.until(lambda: not panel._picture.isNull() and panel._trouble is None)
    world.mode = mode
    began = time.monotonic()
    stage.bot.waitUntil(lambda: panel._trouble is not None and words in panel._trouble.title, timeout=8000)
    assert time.monotonic() - began < 4
    stage.burst(OTHER_GREEN)
    assert stage.word == "未查完"
    first = panel._trouble
    stage.bot.waitUntil(lambda: panel._trouble != first, timeout=3000)
    world.mode = "fine"
    stage.bot.waitUntil(lambda: panel._trouble is None, timeout=8000)
