"""Pictures of the settings page in its window: `python -m tests.ui.window.look_settings FOLDER [NAME …]`."""

from __future__ import annotations

import os
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from checkpoint_app.config import LaneSetting, Settings
from checkpoint_app.demo import pictures
from checkpoint_app.scanning.camera import View, counter
from checkpoint_app.scanning.decoder import Decoder
from checkpoint_app.scanning.health import Sight
from checkpoint_app.ui import app as application
from checkpoint_app.ui.camera_view import Seen, image_of
from checkpoint_app.ui.pages.settings import SettingsPage
from tests.ui.window.look import HOLD, PHONE
from tests.ui.window.stage import SETTINGS, make_desk, open_window

LANES = (
    LaneSetting(1, camera="C270 · 左后 USB 口"),
    LaneSetting(2, camera="C270 · 右前 USB 口"),
    LaneSetting(3, "out"),
)
KNOWN = replace(SETTINGS, lanes=LANES, retention_days=30, theme_by="hand", pixel_um=227)
SECTIONS = ("look", "lanes", "sounds", "checks", "keeping", "station", "keyboard", "ledger")
SHOTS: dict[str, tuple[str, Settings, tuple[int, int]]] = {
    **{name: (name, KNOWN, (1366, 768)) for name in SECTIONS},
    **{f"{name}-en": (name, replace(KNOWN, language="en"), (1366, 768)) for name in SECTIONS},
    "look-sun-night": ("look", replace(KNOWN, theme="night", theme_by="clock"), (1366, 768)),
    "checks-contrast": ("checks", replace(KNOWN, theme="contrast"), (1366, 768)),
    "keyboard-night": ("keyboard", replace(KNOWN, theme="night"), (1366, 768)),
    "keeping-unanswered": ("keeping", replace(KNOWN, retention_days=0), (1366, 768)),
    "keyboard-least-en-130": ("keyboard", replace(KNOWN, language="en", scale=130), (1280, 690)),
    "lanes-wide": ("lanes", KNOWN, (1920, 1080)),
}


def main(arguments: list[str]) -> int:
    folder = Path(arguments[0] if arguments else ".")
    folder.mkdir(parents=True, exist_ok=True)
    for name in arguments[1:] or list(SHOTS):
        shoot(name, folder / f"settings-{name}.png")
    return 0


def shoot(name: str, target: Path) -> None:
    """One section on a fresh ledger."""
    section, settings, size = SHOTS[name]
    with tempfile.TemporaryDirectory() as folder:
        desk = make_desk(Path(folder), settings)
        app = application.application()
        application.dress(app, settings)
        window, tasks, duty, _heard = open_window(desk)
        window.resize(*size)
        window.show()
        QTest.qWait(200)
        duty.show_page("settings")
        page = window.page("settings")
        assert isinstance(page, SettingsPage)
        page.go(SECTIONS.index(section))
        if section in {"look", "sounds"}:
            page.current.setFocus()
            QTest.keyClick(page.focusWidget() or page, Qt.Key.Key_Tab)
        QTest.qWait(300)
        show_pictures(page)
        QApplication.processEvents()
        window.grab().save(str(target))
        window.close()
        tasks.close()


def show_pictures(page: SettingsPage) -> None:
    """What the first two lanes see."""
    for number in (1, 2):
        picture = pictures.frame(PHONE, HOLD, number=number)
        outlines = tuple(reading.corners for reading in Decoder().read(picture, at=counter()))
        view = View(picture, counter(), Sight.FINE, 0, outlines, rate=24.0, read_ms=3.0)
        page.show_seen(number, Seen(view, image_of(picture)))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
