"""The hands and eyes of the tour: keys, a hand scanner, and waiting for what the screen shows."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from PySide6.QtCore import QEvent, QMimeData, Qt, QUrl
from PySide6.QtGui import QKeyEvent, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from checkpoint_app.domain.words import VerdictState
from checkpoint_app.ui.pages.lane import LanePage
from checkpoint_app.ui.panel_text import Notice
from tests.ui.window.stage import Stage
from tests.ui.window.tour_paper import Paper
from tests.ui.window.tour_street import Street

PATIENCE_S = 40
MORE_KEYS = {
    "Up": Qt.Key.Key_Up,
    "Down": Qt.Key.Key_Down,
    "Left": Qt.Key.Key_Left,
    "Right": Qt.Key.Key_Right,
    "PgDn": Qt.Key.Key_PageDown,
}


class Waits:
    """What a stage wants of a robot: to wait."""

    def waitUntil(self, condition: Callable[[], bool], *, timeout: int) -> None:
        over = time.monotonic() + PATIENCE_S
        while not condition():
            if time.monotonic() > over:
                raise AssertionError("the screen never showed it")
            QTest.qWait(5)

    def wait(self, ms: int) -> None:
        QTest.qWait(ms)

    def addWidget(self, widget: QWidget) -> None:
        """It is closed by whoever opened it."""

    @contextmanager
    def waitActive(self, widget: QWidget) -> Iterator[None]:
        yield
        widget.activateWindow()
        QTest.qWaitForWindowActive(widget, 5_000)


def waits() -> QtBot:
    return cast(QtBot, Waits())


@dataclass(slots=True)
class Tour:
    """One officer before one window. `folder`: where pictures go, None for none; `fast`: fingers take no
    time."""

    stage: Stage
    street: Street
    folder: Path | None
    papers: Path
    fast: bool
    paper: Paper = field(default_factory=Paper)
    shots: int = 0

    # eyes

    @property
    def page(self) -> LanePage:
        return self.stage.duty.lane

    def until(self, condition: Callable[[], bool]) -> None:
        self.stage.until(condition)

    def sees(self, state: VerdictState | Notice) -> None:
        """The large word of the lane in front."""
        self.until(lambda: self.page.panel.text.state is state)

    def sees_plate(self, plate: str) -> None:
        self.until(lambda: self.stage.plate == plate)

    def shot(self, name: str) -> None:
        """What stands on the screen now, after it was painted."""
        self.shots += 1
        if self.folder is None:
            return
        QApplication.processEvents()
        picture(self.stage.window).save(str(self.folder / f"{self.shots:02}-{name}.png"))

    # hands

    def press(self, *names: str) -> None:
        for name in names:
            if name in MORE_KEYS:
                QTest.keyClick(self.stage.focused, MORE_KEYS[name])
                self.stage.settle()
            else:
                self.stage.key(name)

    def type(self, text: str) -> None:
        """Fingers; characters no key has come out of an input method."""
        for piece in re.split(r"([^\x00-\x7f]+)", text):
            if piece.isascii():
                self._keys(piece)
            else:
                self.stage.compose(piece)

    def scan(self, text: str) -> None:
        """A hand scanner ends with Enter."""
        self.stage.burst(text)

    def hold_esc(self, *, until: Callable[[], bool], name: str) -> None:
        """Held down until something shows; how far it is stands on the key meanwhile."""
        self._esc(QEvent.Type.KeyPress)
        self.until(lambda: bool(self.page.commands.holding))
        self.shot(name)
        self.until(until)
        self._esc(QEvent.Type.KeyRelease)

    def paste_file(self, path: Path) -> None:
        """Copied in another program, pasted here."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path))])
        QApplication.clipboard().setMimeData(data)
        self.press("Ctrl+V")
        QApplication.clipboard().clear()  # nothing of it may outlive the application

    def ends(self, key: str, *answers: str) -> None:
        """An outcome key, what it asks, and "saved" on the screen."""
        before = self.page.work.last
        self.press(key)
        for answer in answers:
            self.type(answer)
        self.until(lambda: self.page.work.saving is None and self.page.work.last is not before)

    def _keys(self, text: str) -> None:
        if not self.fast:
            self.stage.type(text)
            return
        for sign in text:
            QTest.keyClicks(self.stage.focused, sign)
            self.stage.window.keys.flush()
        self.stage.settle()

    def _esc(self, kind: QEvent.Type) -> None:
        event = QKeyEvent(kind, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(self.stage.focused, event)


def picture(window: QWidget) -> QPixmap:
    """From the screen where there is one, so that nothing is painted for the picture's sake."""
    screen = window.screen()
    if QApplication.platformName() == "xcb" and screen is not None:
        return screen.grabWindow(window.winId())
    return window.grab()
