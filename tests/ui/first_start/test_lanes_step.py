"""Lanes of the first start: one to four, their cameras shown as the lane will see them."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from checkpoint_app.config import LaneSetting
from checkpoint_app.scanning.devices import CameraGone, Device
from checkpoint_app.scanning.sharpness import Look
from checkpoint_app.ui import setup_preview
from checkpoint_app.ui.settings_sounds import ALOUD
from checkpoint_app.ui.setup_lane_card import LaneCard
from checkpoint_app.ui.tasks import Tasks
from checkpoint_app.ui.told import Tone
from tests.ui.first_start.steps import Ends, K, Make, press, to_lanes


def note(card: LaneCard) -> tuple[str, Tone]:
    return card.note.text.split(" ")[0], card.note.tone


def test_cameras_are_asked_for_off_the_windows_thread_and_shown_with_their_size(
    qtbot: QtBot, ends: Ends, make: Make
) -> None:
    page = make()
    to_lanes(page)
    (card,) = page.lanes.cards
    qtbot.waitUntil(lambda: note(card)[0] == "1280×720", timeout=10_000)
    assert card.note.tone is Tone.HINT, "no code in it yet"
    assert all(name.startswith("task") for name in ends.shop.threads)
    press(K.Key_Down)
    qtbot.waitUntil(lambda: note(card) == ("640×480", Tone.WARN), timeout=10_000)
    press(K.Key_F5)
    qtbot.waitUntil(lambda: len(ends.shop.threads) == 2)
    assert page.lanes.lanes[0].camera == "Old"


def test_no_camera_is_an_answer(qtbot: QtBot, make: Make) -> None:
    page = make()
    to_lanes(page)
    qtbot.waitUntil(lambda: page.lanes.lanes[0].camera == "C270")
    press(K.Key_End)
    assert page.lanes.lanes[0].camera == ""
    assert page.lanes.cards[0].note.text == "Scan any code to try it"
    assert page.scanned("6901234567892")
    assert (page.lanes.cards[0].note.text, page.lanes.cards[0].note.tone) == ("The scanner works", Tone.GOOD)
    press(K.Key_F1)
    assert (page.current, page.settings.lanes[0].camera) == (page.checks, "")


def test_a_computer_without_cameras_goes_on(qtbot: QtBot, ends: Ends, make: Make) -> None:
    ends.shop.sizes.clear()
    page = make()
    to_lanes(page)
    qtbot.waitUntil(lambda: page.lanes._found == ())
    assert page.lanes.cards[0].camera.count() == 1
    press(K.Key_F1)
    assert page.current is page.checks


def test_four_lanes_and_no_more_each_with_a_camera_that_nobody_has(qtbot: QtBot, make: Make) -> None:
    page = make()
    to_lanes(page)
    qtbot.waitUntil(lambda: page.lanes.lanes[0].camera == "C270")
    for _time in range(5):
        press(K.Key_F6)
    assert [lane.number for lane in page.lanes.lanes] == [1, 2, 3, 4]
    assert [lane.camera for lane in page.lanes.lanes] == ["C270", "Old", "", ""]
    assert page.lanes.add.locked
    for _time in range(5):
        press(K.Key_F7)
    assert [lane.number for lane in page.lanes.lanes] == [1]
    assert page.lanes.remove.locked


def test_a_camera_cannot_serve_two_lanes(qtbot: QtBot, make: Make) -> None:
    page = make()
    to_lanes(page)
    qtbot.waitUntil(lambda: page.lanes.lanes[0].camera == "C270")
    press(K.Key_F6)
    second = page.lanes.cards[1].camera
    second.setCurrentIndex(second.findData("C270"))
    assert page.lanes.cards[1].note.text == "Lane 1 has this camera already"
    press(K.Key_F1)
    assert page.current is page.lanes
    assert QApplication.focusWidget() is page.lanes.cards[0].camera


def test_a_lane_gets_another_number_with_the_arrows_never_one_that_is_taken(make: Make) -> None:
    page = make()
    to_lanes(page)
    press(K.Key_F6)
    QTest.keyClick(page.lanes.cards[0].number, K.Key_Up)
    assert [card.setting.number for card in page.lanes.cards] == [3, 2]
    QTest.keyClicks(page.lanes.cards[0].number, "2")
    assert page.lanes.cards[0].setting.number == 3
    QTest.keyClicks(page.lanes.cards[0].number, "9")
    assert [lane.number for lane in page.lanes.lanes] == [2, 9]


def test_the_four_verdicts_are_heard_in_their_order(qtbot: QtBot, ends: Ends, make: Make) -> None:
    page = make()
    to_lanes(page)
    press(K.Key_F8)
    assert ends.heard == ["pass"]
    qtbot.waitUntil(lambda: ends.heard == list(ALOUD), timeout=10_000)


def test_leaving_the_step_lets_every_camera_go(qtbot: QtBot, make: Make) -> None:
    page = make()
    to_lanes(page)
    qtbot.waitUntil(lambda: note(page.lanes.cards[0])[0] == "1280×720", timeout=10_000)
    press(K.Key_F1)
    assert [card._view for card in page.lanes.cards] == [None]


@pytest.mark.parametrize(
    ("look", "side", "words"),
    [
        (None, 0.4, "code read"),
        (Look(80, 50, 5.0), 0.4, "code read"),
        (Look(20, 50, 5.0), 0.4, "read, but blurred: turn the lens"),
        (Look(80, 10, 5.0), 0.4, "read, too dark"),
        (Look(80, 95, 5.0), 0.4, "read, too bright"),
        (Look(80, 50, 2.0), 0.4, "read, nearer is faster"),
        (Look(80, 50, 9.0), 0.95, "read, a little too near"),
    ],
)
def test_a_code_that_was_read_says_what_to_mend(look: Look | None, side: float, words: str) -> None:
    told = setup_preview.quality_told("", look, side=side)
    assert told.text == words
    assert (told.tone is Tone.GOOD) == (words == "code read")


def test_a_lane_taken_away_keeps_its_camera_until_the_drivers_threads_are_over(
    qtbot: QtBot, app: QApplication
) -> None:
    goes_on = threading.Event()

    def hangs(source: str) -> Device:
        goes_on.wait(30)
        raise CameraGone(source=source)

    tasks = Tasks()
    card = LaneCard(LaneSetting(1, camera="C270"), opens=hangs, tasks=tasks)
    card.begin()
    view = card._view
    assert view is not None
    card.let_go()
    card.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not isValid(card)
    assert isValid(view), "its threads may still call it"
    goes_on.set()
    qtbot.waitUntil(lambda: not isValid(view))
    tasks.close()
