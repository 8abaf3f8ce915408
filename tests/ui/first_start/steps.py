"""Ways through the first start, and everything at the edge of its page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from checkpoint_app import bootstrap
from checkpoint_app.config import Settings
from checkpoint_app.crypto.keyfile import KeyPlace
from checkpoint_app.crypto.recovery import RecoveryKey
from checkpoint_app.ui.pages.first_start import FirstStartPage
from checkpoint_app.ui.recovery_sheet import PrinterAbsent, Sheet
from tests.ui.cameras import Shop

K = Qt.Key
PHRASE = "kizof mudub 9"
SIZES = [(1366, 768), (1280, 690), (1920, 1080)]
Make = Callable[..., FirstStartPage]


class Ends:
    """Everything at the edge of the page: folder, key store, cameras, printer."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.stick = folder / "desk", folder / "stick"
        self.stick.mkdir()
        self.shop = Shop(C270=(1280, 720), Old=(640, 480))
        self.works = True
        self.error: Exception | None = None
        self.made: list[RecoveryKey] = []
        self.printed: list[Sheet] = []
        self.printer: str | None = "HP LaserJet"
        self.heard: list[str] = []
        self.asked = 0

    def set_up(self, settings: Settings, place: KeyPlace, passphrase: str | None) -> RecoveryKey:
        if self.error is not None:
            error, self.error = self.error, None
            raise error
        self.made.append(bootstrap.set_up(self.folder, settings, place=place, passphrase=passphrase))
        return self.made[-1]

    def choose(self, _page: object) -> Path | None:
        """Nobody picks a file."""
        self.asked += 1
        return None

    def prints(self, sheet: Sheet) -> str:
        if self.printer is None:
            raise PrinterAbsent
        self.printed.append(sheet)
        return self.printer


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """One key, to whatever has the focus."""
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key, modifier)


def write(text: str) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClicks(focused, text)


def to_station(page: FirstStartPage) -> None:
    press(K.Key_F1)
    assert page.current is page.station


def to_lanes(page: FirstStartPage) -> None:
    to_station(page)
    write("South Gate G107")
    press(K.Key_F1)
    assert page.current is page.lanes


def to_keeping(page: FirstStartPage) -> None:
    to_lanes(page)
    press(K.Key_F1)
    press(K.Key_F1)
    assert page.current is page.keeping


def to_key(qtbot: QtBot, page: FirstStartPage) -> None:
    to_keeping(page)
    write("30")
    press(K.Key_F1)
    assert page.current is page.key
    qtbot.waitUntil(lambda: page.key.place.value != "")


def to_sheet(qtbot: QtBot, page: FirstStartPage) -> tuple[str, ...]:
    to_key(qtbot, page)
    press(K.Key_F1)
    qtbot.waitUntil(lambda: page.current is page.recovery, timeout=10_000)
    return page.recovery.card.words
