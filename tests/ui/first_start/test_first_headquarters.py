"""The first start of a computer that is to be headquarters, by real keys."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from checkpoint_app import bootstrap
from tests.ui.first_start.steps import Ends, K, Make, press, to_station, write


def test_headquarters_is_chosen_with_the_station_and_has_no_lanes_to_set(
    qtbot: QtBot, ends: Ends, make: Make
) -> None:
    page = make()
    to_station(page)
    steps = len(page.way)
    write("Pingyuan headquarters")
    press(K.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    assert QApplication.focusWidget() is page.station.role
    press(K.Key_Right)
    assert page.station.desk.value == "PINGYUAN-HEADQUARTERS-HQ"
    assert not page.station.province.isVisible()
    assert len(page.way) == steps - 2
    press(K.Key_F1)
    after = page.current
    press(K.Key_Escape)
    assert (page.current, after) == (page.station, page.keeping), "lanes and checks are no questions there"
    press(K.Key_F1)
    write("90")
    press(K.Key_F1)
    qtbot.waitUntil(lambda: page.key.place.value == "keyring")
    press(K.Key_F1)
    qtbot.waitUntil(lambda: page.current is page.recovery, timeout=10_000)
    press(K.Key_F1)
    write(" ".join(ends.made[0].words))
    press(K.Key_F1)
    assert page.current is page.summary
    assert "PINGYUAN-HEADQUARTERS-HQ" in page.summary.answers[0].text
    assert [answer.isVisible() for answer in page.summary.answers] == [True] * 4 + [False] * 2
    desk = bootstrap.open_desk(ends.folder)
    assert desk.settings.role == "headquarters"
    desk.close()
