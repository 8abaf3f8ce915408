"""A station's people page with hands on its keys, on a real ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from checkpoint_app import bootstrap
from checkpoint_app.config import LaneSetting, Settings
from checkpoint_app.crypto.keyfile import KeyPlace
from checkpoint_app.services.desk import Desk
from checkpoint_app.ui import app as application
from checkpoint_app.ui.pages.people import PeoplePage
from checkpoint_app.ui.tasks import Tasks
from tests.pins import CHEAP
from tests.services.desks import entries
from tests.ui.staff import call, enrol, plan, serve

K = Qt.Key
SIZES = [(1290, 720), (1204, 642), (1844, 1032)]  # beside the rail and under the top bar
LANES = tuple(LaneSetting(number) for number in range(1, 5))


class Played:
    """The page and hands on its keys."""

    def __init__(self, bot: QtBot, desk: Desk) -> None:
        self.bot, self.desk = bot, desk
        self.tasks = Tasks()
        self.scanned: list[str] = []
        self.left = 0
        self.page = PeoplePage(desk, tasks=self.tasks, scanned=self.scanned.append)
        self.page.left.connect(self._leave)
        bot.addWidget(self.page)
        self.page.resize(*SIZES[0])
        with bot.waitActive(self.page):
            self.page.show()
            self.page.activateWindow()
        self.page.shown()
        self.settle()

    def _leave(self) -> None:
        self.left += 1

    def press(self, *keys: Qt.Key) -> None:
        for key in keys:
            focused = QApplication.focusWidget()
            assert focused is not None
            assert focused is self.page or self.page.isAncestorOf(focused)
            QTest.keyClick(focused, key)
            self.settle()

    def write(self, text: str) -> None:
        """Into the field that has the focus, in the place of what stands there."""
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, K.Key_A, Qt.KeyboardModifier.ControlModifier)
        for sign in text:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, sign)
                QApplication.sendEvent(focused, event)
        if not text:
            QTest.keyClick(focused, K.Key_Backspace)
        self.settle()

    def fill(self, *texts: str | None) -> None:
        """Field after field, each left by Enter; None leaves one as it is."""
        for text in texts:
            if text is not None:
                self.write(text)
            self.press(K.Key_Return)

    def view(self, digit: int) -> None:
        self.press(K(K.Key_0 + digit))

    def settle(self) -> None:
        self.until(lambda: self.page.settled)
        QApplication.processEvents()

    def until(self, condition: Callable[[], bool]) -> None:
        self.bot.waitUntil(condition, timeout=15_000)

    @property
    def cells(self) -> list[list[str]]:
        return [[cell.text for cell in row] for row in self.page.list.table.sheet_model.sheet.rows]

    @property
    def facts(self) -> str:
        return self.page.card.facts.accessibleName()

    @property
    def painted(self) -> str:
        notes = " ".join(self.page.card.notes)
        return f"{self.cells} {self.facts} {notes} {self.page.card.title.text()}"

    def kinds(self, *kinds: str) -> int:
        return len(entries(self.desk, *kinds))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    settings = Settings(station="South Gate", desk="G107-1", lanes=LANES)
    bootstrap.set_up(tmp_path / "desk", settings, place=KeyPlace.OPEN_FILE)
    made = bootstrap.open_desk(tmp_path / "desk")
    made.officers.cost = CHEAP
    made.duty.open(group="三班", lead="王示范", officers=("李示范",), zone=480).result()
    made.resume_shift()
    yield made
    made.close()


@pytest.fixture
def play(qtbot: QtBot, app: QApplication, desk: Desk) -> Iterator[Played]:
    application.speak(app, "en")
    with played(qtbot, desk) as made:
        yield made


@pytest.fixture
def numbers(desk: Desk) -> list[str]:
    return enrol(desk)


@pytest.fixture
def staffed(qtbot: QtBot, app: QApplication, desk: Desk, numbers: list[str]) -> Iterator[Played]:
    """Eight groups, a month, duties of days before, phones."""
    plan(desk)
    serve(desk, numbers)
    call(desk)
    application.speak(app, "en")
    with played(qtbot, desk) as made:
        yield made


@contextmanager
def played(bot: QtBot, desk: Desk) -> Iterator[Played]:
    made = Played(bot, desk)
    try:
        yield made
    finally:
        made.page.close_down()
        made.tasks.close()
