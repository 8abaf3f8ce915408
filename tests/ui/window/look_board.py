"""Pictures of the board to lay beside its draft: `python -m tests.ui.window.look_board FOLDER [NAME…]`.

Ledger, lanes, traffic, matters and window are real; only the clock is told.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
if __name__ == "__main__":
    os.environ["TZ"] = "Asia/Shanghai"
    time.tzset()

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from checkpoint_app.config import Settings
from checkpoint_app.scanning.camera import View, counter
from checkpoint_app.scanning.health import Sight
from checkpoint_app.ui import app as application
from checkpoint_app.ui.camera_view import Seen, image_of
from checkpoint_app.ui.on_duty import SHIFT, OnDuty
from checkpoint_app.ui.pages.shift import ShiftPage
from tests.ui.window.board_day import FOUR, prepared
from tests.ui.window.look_wall import FORECAST, bus, lane, passing, stopped
from tests.ui.window.stage import SETTINGS, open_window

FULL = replace(SETTINGS, lanes=FOUR)
Scene = Callable[[OnDuty], None]


def busy(duty: OnDuty) -> None:
    """The draft: pass, stop, a bus, the camera gone."""
    passing(lane(duty, 1))
    stopped(lane(duty, 2))
    bus(lane(duty, 3))
    lane(duty, 3).work.lane.bus()
    board(duty).show_seen(4, Seen(View(None, counter(), Sight.GONE, counter() - 21_000), image_of(None), ()))


def table(duty: OnDuty) -> None:
    busy(duty)
    board(duty).turn_over()


def quiet(_duty: OnDuty) -> None:
    """Lanes without vehicles."""


SCENES: dict[str, tuple[Scene, Settings, tuple[int, int], float]] = {
    "board": (busy, FULL, (1366, 768), 1.0),
    "board-en": (busy, replace(FULL, language="en"), (1366, 768), 0.3),
    "board-night": (busy, replace(FULL, theme="night"), (1366, 768), 0.3),
    "board-contrast-en": (busy, replace(FULL, theme="contrast", language="en"), (1366, 768), 0.3),
    "board-least-130": (busy, replace(FULL, scale=130), (1280, 690), 0.3),
    "board-least-en-130": (busy, replace(FULL, language="en", scale=130), (1280, 690), 0.3),
    "board-wide": (busy, FULL, (1920, 1080), 0.3),
    "board-table": (table, FULL, (1366, 768), 0.3),
    "board-table-least-en-130": (table, replace(FULL, language="en", scale=130), (1280, 690), 0.3),
    "board-quiet": (quiet, FULL, (1366, 768), 0.0),
}


def board(duty: OnDuty) -> ShiftPage:
    page = duty.pages.page(SHIFT)
    assert isinstance(page, ShiftPage)
    return page


def shoot(name: str, target: Path) -> None:
    scene, settings, size, share = SCENES[name]
    with tempfile.TemporaryDirectory() as folder:
        desk = prepared(Path(folder), settings, share=share)
        app = application.application()
        application.dress(app, settings)
        window, tasks, duty, _heard = open_window(desk)
        window.resize(*size)
        window.show()
        QTest.qWait(200)
        duty.show_page(SHIFT)
        QApplication.processEvents()
        duty.lanes.look_at(None)  # the real cameras are not there
        scene(duty)
        page = board(duty)
        page.reload()
        while page.found is None or page.reading.busy:
            QTest.qWait(20)
        if scene is not quiet:
            page.show_found(replace(page.found, board=replace(page.found.board, forecast=FORECAST)))
        duty.refresh()
        QApplication.processEvents()
        window.grab().save(str(target))
        window.close()
        tasks.close()


def main(arguments: list[str]) -> int:
    folder = Path(arguments[0] if arguments else ".")
    folder.mkdir(parents=True, exist_ok=True)
    for name in arguments[1:] or list(SCENES):
        shoot(name, folder / f"{name}.png")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
