"""Pages of the first start, closed down after each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from checkpoint_app.config import Settings
from checkpoint_app.crypto import keyrings
from checkpoint_app.ui import app as application
from checkpoint_app.ui.pages.first_start import FirstStartPage
from checkpoint_app.ui.sheet_places import SheetPlace
from checkpoint_app.ui.tasks import Tasks
from tests.crypto.stores import Memory
from tests.ui.first_start.steps import (
    Ends,
    Make,
)


@pytest.fixture
def ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ends:
    store = Memory()
    monkeypatch.setattr(keyrings, "system_store", lambda: store)
    return Ends(tmp_path)


@pytest.fixture
def make(qtbot: QtBot, app: QApplication, ends: Ends) -> Iterator[Make]:
    """Pages in English unless told otherwise, all closed down at the end."""
    tasks, pages = Tasks(), []

    def make(**known: object) -> FirstStartPage:
        settings = Settings(**{"language": "en", **known})  # type: ignore[arg-type]
        application.speak(app, settings.language)
        page = FirstStartPage(
            ends.set_up,
            cameras=ends.shop.names,
            opens=ends.shop.opens,
            keyring_works=lambda: ends.works,
            tasks=tasks,
            settings=settings,
            places=lambda: (SheetPlace("KINGSTON", ends.stick, stick=True),),
            prints=ends.prints,
            play=ends.heard.append,
            choose=ends.choose,
        )
        qtbot.addWidget(page)
        page.resize(1366, 768)
        with qtbot.waitActive(page):
            page.show()
            page.activateWindow()
        page.setFocus()
        pages.append(page)
        return page

    yield make
    for page in pages:
        page.close_down()
    tasks.close()
    application.speak(app, "en")
