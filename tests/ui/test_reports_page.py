"""The reports page by real keys: what is made lies in its folder, what is stopped leaves nothing."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pypdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from checkpoint_app.domain.disclosures import EXPORTED
from checkpoint_app.domain.roles import Role
from checkpoint_app.domain.words import Outcome
from checkpoint_app.services import reporting
from checkpoint_app.services.desk import Desk
from checkpoint_app.services.retention import PRINTED
from checkpoint_app.ui import app as application
from checkpoint_app.ui.pages.reports import ReportsPage
from checkpoint_app.ui.tasks import Tasks
from tests.services.desks import desk_in, entries
from tests.services.recorded import NAME, record
from tests.storage.desks import START, Clock
from tests.ui.recorder import Recorder
from tests.ui.uncut import cut_words

K = Qt.Key
Progress = Callable[[int, int], bool]
SIZES = [(1290, 720), (1204, 642)]


class Played:
    """The page in a window of its own, and hands on the keyboard."""

    def __init__(self, bot: QtBot, page: ReportsPage, desk: Desk) -> None:
        self.bot, self.page, self.desk = bot, page, desk
        bot.addWidget(page)
        page.resize(*SIZES[0])
        with bot.waitActive(page):
            page.show()
            page.activateWindow()
        page.shown()
        self.settle()

    def settle(self) -> None:
        for _ in range(2):
            self.bot.waitUntil(lambda: self.page.answered, timeout=15_000)
            QApplication.processEvents()

    def press(self, *keys: Qt.Key) -> None:
        for key in keys:
            self.hit(key)
            self.settle()

    def hit(self, key: Qt.Key) -> None:
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, key)

    @property
    def texts(self) -> list[list[str]]:
        return [[cell.text for cell in row] for row in self.page.list.table.sheet_model.sheet.rows]

    @property
    def files(self) -> list[str]:
        folder = self.desk.folder / PRINTED
        return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    """A closed shift of yesterday, and one that goes on."""
    with desk_in(tmp_path, clock=clock) as made:
        record(made, name=NAME)
        record(made, "豫B67890", outcome=Outcome.TURNED_BACK)
        made.duty.close(waiting=0, by=made.by).result()
        clock.pass_by(24 * 3_600_000)
        made.duty.open(group="四班", lead="赵示范", officers=("钱示范",), zone=480).result()
        made.resume_shift()
        yield made


@pytest.fixture
def played(qtbot: QtBot, app: QApplication, desk: Desk) -> Iterator[Played]:
    application.speak(app, "en")
    tasks = Tasks()
    made = Played(qtbot, ReportsPage(desk, tasks=tasks), desk)
    yield made
    made.page.close_down()
    tasks.close()
    application.speak(app, "en")


def test_shifts_stand_newest_first_with_what_they_did(played: Played) -> None:
    (now, before) = played.texts
    assert now[0].endswith("goes on")
    assert before[1:] == ["三班", "01 王*", "2", "—"]


def test_sheet_forms_and_workbook_are_made_by_keys_alone(played: Played, desk: Desk) -> None:
    played.press(K.Key_Down, K.Key_F1, K.Key_F2, K.Key_F3, K.Key_F5)
    names = played.files
    assert [name.rpartition(".")[2] for name in names].count("pdf") == 3
    assert any(name.endswith(".xlsx") for name in names)
    assert played.page.words.startswith("Made: printed/")
    assert played.texts[1][-1] == "1"
    assert len(entries(desk, EXPORTED)) == 4
    sheet = next(name for name in names if name.count("-") == 4 and name.endswith(".pdf"))
    path = desk.folder / PRINTED / sheet
    assert abs(path.stat().st_mtime * 1000 - START) < 60_000
    assert NAME not in "".join(page.extract_text() for page in pypdf.PdfReader(path).pages)


def test_the_message_is_copied_and_shown(played: Played) -> None:
    played.press(K.Key_Down, K.Key_F4)
    text = QGuiApplication.clipboard().text()
    assert "试验站" in text
    assert NAME not in text
    assert list(played.page.detail.notes) == text.splitlines()
    played.press(K.Key_Up)
    assert played.page.detail.notes == ()


def test_a_due_day_is_told_and_made(played: Played, clock: Clock) -> None:
    played.press(K.Key_2)
    assert any("report" in text for text in played.page.counted())
    row = next(place for place, line in enumerate(played.texts) if line[1] == "2")
    played.press(*[K.Key_Down] * row, K.Key_F1)
    assert [name for name in played.files if "daily" in name] != []
    assert played.page.counted()[1] == ""
    assert ("Sheets made", "1") in played.page.told(row).facts
    played.press(K.Key_F4)
    assert "试验站" in QGuiApplication.clipboard().text()


def test_esc_stops_what_is_made_and_then_leaves(
    played: Played, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    began = threading.Event()

    def slow(
        _desk: Desk, _shift: str, folder: Path, *, progress: Callable[[int, int], bool], by: object
    ) -> None:
        assert by
        assert folder.is_dir()
        while progress(40, 100):
            began.set()
            threading.Event().wait(0.005)

    monkeypatch.setattr(reporting, "print_handover", slow)
    played.page.show_found()
    played.hit(K.Key_F1)
    qtbot.waitUntil(began.is_set, timeout=5_000)
    qtbot.waitUntil(lambda: "40 %" in played.page.words, timeout=5_000)
    played.hit(K.Key_F1)  # locked while something is made
    played.press(K.Key_Escape)
    assert played.page.words == "Stopped; nothing was left half made"
    assert played.files == []
    with qtbot.waitSignal(played.page.left):
        played.hit(K.Key_Escape)


def test_what_is_refused_is_said(played: Played, desk: Desk) -> None:
    lead = desk.officers.enrol("孙示范", role=Role.LEAD, by=desk.by)
    desk.officers.set_pin(lead.number, "2580", by=desk.by)
    played.press(K.Key_F1)
    assert "role" in played.page.words
    assert played.files == []


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_nothing_is_cut(played: Played, app: QApplication, recorder: Recorder, language: str) -> None:
    application.speak(app, language)
    played.page.retranslate()
    found: list[str] = []
    for tab in (K.Key_1, K.Key_2):
        played.press(tab, K.Key_F4)
        for width, height in SIZES:
            found += cut_words(played.page, recorder, width=width, height=height)
    assert not set(found)
