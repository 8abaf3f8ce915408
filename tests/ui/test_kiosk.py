"""The kiosk: nothing but Ctrl+Q held ends it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from checkpoint_app.ui import kiosk
from checkpoint_app.ui.kiosk import Kiosk
from checkpoint_app.ui.main_window import MainWindow

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    made = MainWindow()
    qtbot.addWidget(made)
    yield made
    made.keys.stop()


def key(window: MainWindow, kind: QEvent.Type) -> None:
    QApplication.sendEvent(window, QKeyEvent(kind, Qt.Key.Key_Q, CTRL))


def test_the_system_cannot_close_it_and_says_how_it_is_left(window: MainWindow) -> None:
    shown = Kiosk(window, outside=lambda _event: True)
    shown.enter()
    window.close()
    assert window.isVisible()
    assert not window._fault.isHidden()
    shown.leave()
    assert not window.isVisible()


def test_the_program_itself_may_close_it(window: MainWindow) -> None:
    shown = Kiosk(window)
    shown.enter()
    window.close()
    assert not window.isVisible(), "the control: a close of its own is none from outside"
    QApplication.instance().removeEventFilter(shown)  # type: ignore[union-attr]


def test_only_a_held_key_leaves(window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kiosk, "HOLD_MS", 60)
    shown = Kiosk(window)
    shown.enter()
    key(window, QEvent.Type.KeyPress)
    key(window, QEvent.Type.KeyRelease)
    assert not shown._hold.isActive()
    assert window.isVisible()
    key(window, QEvent.Type.KeyPress)
    qtbot.waitUntil(lambda: not window.isVisible())


def test_it_has_no_frame_and_f11_does_not_take_it_off_the_whole_screen(window: MainWindow) -> None:
    shown = Kiosk(window)
    shown.enter()
    assert window.windowFlags() & Qt.WindowType.FramelessWindowHint
    assert window.isFullScreen()
    QTest.keyClick(window, Qt.Key.Key_F11)
    assert window.isFullScreen()
    shown.leave()


def test_a_window_put_away_comes_back(window: MainWindow, qtbot: QtBot) -> None:
    shown = Kiosk(window)
    shown.enter()
    window.showMinimized()
    qtbot.waitUntil(window.isFullScreen)
    shown.leave()
