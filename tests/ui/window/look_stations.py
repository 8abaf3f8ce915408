"""Pictures of headquarters' shift page and of its reports: `python -m tests.ui.window.look_stations FOLDER`.

Stations, bundles and the lost one are real.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from checkpoint_app import i18n
from checkpoint_app.ui import app as application
from checkpoint_app.ui.main_window import MainWindow
from checkpoint_app.ui.on_duty import OnDuty
from checkpoint_app.ui.pages.reports import ReportsPage
from tests.ui.window.hq_day import region, speaking
from tests.ui.window.stage import open_window
from tests.ui.window.stations_day import lived_today, silent_after, stations_page


def looks(folder: Path, language: str, theme: str) -> None:
    with tempfile.TemporaryDirectory() as data, region(Path(data)) as made:
        lived_today(made)
        desk = made.above.desk
        silent_after(desk, 5)
        speaking(desk, language)
        desk.settings = replace(desk.settings, theme=theme)
        app = application.application()
        application.dress(app, desk.settings)
        window, tasks, duty, _heard = open_window(desk)
        i18n.use(language)
        window.resize(1366, 768)
        window.show()
        for name, act in scenes(duty):
            act()
            _settle()
            _save(window, folder / f"stations-{name}-{language}-{theme}.png")
        window.close()
        tasks.close()


def scenes(duty: OnDuty) -> tuple[tuple[str, Callable[[], object]], ...]:
    page = stations_page(duty)
    reports = duty.pages.page("reports")
    assert isinstance(reports, ReportsPage)
    return (
        ("front", lambda: duty.show_page("shift")),
        ("gap", lambda: page.list.table.go(1)),
        ("silent", lambda: page.list.table.go(2)),
        ("care", lambda: page.turn_to(1)),
        ("records", lambda: page.act(1)),
        ("reports", lambda: duty.show_page("reports")),
        ("report-day", lambda: reports.turn_to(1)),
        ("report-choice", reports.whose.showPopup),
        ("report-made", lambda: _make(reports, 2)),
    )


def _make(reports: ReportsPage, place: int) -> None:
    """The day's report of that choice."""
    reports.whose.hidePopup()
    reports.whose.setCurrentIndex(place)
    reports.whose.activated.emit(place)
    _settle()
    reports.act(1)


def _settle() -> None:
    for _ in range(60):
        QApplication.processEvents()
        QTest.qWait(10)


def _save(window: MainWindow, path: Path) -> None:
    shown = QApplication.activePopupWidget()
    (shown or window).grab().save(str(path))


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for language, theme in (("zh_CN", "day"), ("en", "day"), ("zh_CN", "night")):
        looks(folder, language, theme)


if __name__ == "__main__":
    main()
