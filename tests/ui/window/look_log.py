"""Pictures of the log and the stores: `python -m tests.ui.window.look_log FOLDER`."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from checkpoint_app.services.desk import Desk
from checkpoint_app.ui import app as application
from checkpoint_app.ui import theme
from checkpoint_app.ui.list_page import ListPage
from checkpoint_app.ui.pages.log import LogPage
from checkpoint_app.ui.pages.stores import StoresPage
from checkpoint_app.ui.tasks import Tasks
from tests.services.desks import desk_in
from tests.storage.desks import Clock
from tests.ui.log_day import filled

SIZE = 1290, 720
K = Qt.Key


def settle(page: ListPage) -> None:  # type: ignore[type-arg]
    for _turn in range(500):
        QApplication.processEvents()
        if page.answered:
            break
        QTest.qWait(5)
    QApplication.processEvents()


def shown(kind: type[ListPage], desk: Desk, tasks: Tasks) -> ListPage:  # type: ignore[type-arg]
    page = kind(desk, tasks=tasks)
    page.resize(*SIZE)
    page.show()
    page.activateWindow()
    page.shown()
    settle(page)
    return page


def press(*keys: Qt.Key) -> None:
    for key in keys:
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, key)


def pictures(desk: Desk, tasks: Tasks, save: Callable[[str, ListPage], None]) -> None:  # type: ignore[type-arg]
    log = shown(LogPage, desk, tasks)
    save("log", log)
    log.list.table.go(1)
    save("log-2", log)
    for name, digit in (("note", 1), ("order", 2), ("incident", 3), ("visit", 4), ("matter", 5)):
        log.act(1)
        if name == "note":
            save("log-new", log)
        log.turn_to(digit)
        settle(log)
        save(f"log-{name}", log)
        log.leave()
    log.close_down()
    log.close()
    stores = shown(StoresPage, desk, tasks)
    save("stores", stores)
    stores.turn_to(1)
    stores.act(1)
    save("stores-count", stores)
    stores.close_down()
    stores.close()


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    app = QApplication([])
    for language in ("zh_CN", "en"):
        application.speak(app, language)
        theme.apply(app, theme.Look())
        clock = Clock()
        with tempfile.TemporaryDirectory() as place, desk_in(Path(place), clock=clock) as desk:
            filled(desk, clock)
            tasks = Tasks()

            def save(name: str, page: ListPage, language: str = language) -> None:  # type: ignore[type-arg]
                settle(page)
                page.grab().save(str(folder / f"{name}-{language[:2]}.png"))

            pictures(desk, tasks, save)
            tasks.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
