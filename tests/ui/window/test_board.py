"""The lead's board in the real window: figures held against an own count, every key, nothing cut."""

from __future__ import annotations

import json
import re
import shutil
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from checkpoint_app.domain.words import Outcome
from checkpoint_app.storage import queries
from checkpoint_app.storage.engine import Connection
from checkpoint_app.ui import app as application
from checkpoint_app.ui.duty_pages import HANDOVER, LOG, PEOPLE, REPORTS, ROLLCALL, SHIFT, STORES
from checkpoint_app.ui.handover_rows import STEPS
from checkpoint_app.ui.help_text import topics
from checkpoint_app.ui.pages.shift import ShiftPage
from tests.ui.recorder import Recorder
from tests.ui.window.board_day import FOUR, MATTERS, OPENED, again, prepared
from tests.ui.window.look_board import board, busy
from tests.ui.window.stage import SETTINGS, Stage, raise_curtain
from tests.ui.window.test_help import SHIFTS, keys_in

ENGLISH = replace(SETTINGS, lanes=FOUR, language="en")
SIZES = ((1280, 690), (1366, 768), (1920, 1080))
HOUR = 3_600_000


@pytest.fixture(scope="module")
def morning(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger with days of traffic behind it, written once."""
    folder = tmp_path_factory.mktemp("morning") / "desk"
    prepared(folder, ENGLISH, share=0.1).close()
    return folder


@pytest.fixture
def stage(qtbot: QtBot, tmp_path: Path, morning: Path) -> Iterator[Stage]:
    made = opened(qtbot, tmp_path, morning)
    yield made
    made.close()


@pytest.fixture(autouse=True)
def day(qapp: QApplication) -> Iterator[None]:
    yield
    application.dress(qapp, SETTINGS)


def opened(qtbot: QtBot, folder: Path, morning: Path, *, language: str = "en", scale: int = 100) -> Stage:
    """The window with the board in front and read."""
    shutil.copytree(morning, folder / "desk")
    settings = replace(ENGLISH, language=language, scale=scale)
    stage = raise_curtain(qtbot, again(folder / "desk", settings))
    application.dress(application.application(), settings)
    stage.key("Ctrl+2")
    stage.duty.lanes.look_at(None)
    read(stage)
    return stage


def read(stage: Stage) -> ShiftPage:
    """The board, once it has read what is there now."""
    page = board(stage.duty)
    with stage.bot.waitSignal(page.read):
        page.reload()
    stage.until(lambda: not page.reading.busy)
    return page


def arrow(stage: Stage, key: Qt.Key) -> None:
    QTest.keyClick(stage.focused, key)
    stage.settle()


def test_figures_are_those_of_an_own_count(stage: Stage) -> None:
    vehicles: Counter[int] = Counter()
    people: Counter[int] = Counter()
    back: Counter[int] = Counter()
    held: Counter[int] = Counter()
    hours: Counter[tuple[int, int]] = Counter()
    evidence: Counter[str] = Counter()
    with stage.desk.ledger.reader() as reader:
        rows = [row.entry for row in queries.entries(reader, limit=100_000)]
    for entry in rows:
        head, said = json.loads(entry.header), json.loads(entry.public)
        if head["kind"] != "vehicle_crossed" or head["happened"] < OPENED:
            continue
        lane = said["lane"]
        vehicles[lane] += 1
        people[lane] += said["people"]
        back[lane] += said["outcome"] == Outcome.TURNED_BACK
        held[lane] += said["outcome"] == Outcome.HELD
        hours[(head["happened"] - OPENED) // HOUR, lane] += 1
        evidence[said["evidence"]] += said["people"]
    page = board(stage.duty)
    assert sum(vehicles.values()) > 400
    for row in page.lanes.rows:
        shown = tuple(text.replace(",", "") for text in (row.vehicles, row.people, row.turned_back, row.held))
        counted = (vehicles[row.lane], people[row.lane], back[row.lane], held[row.lane])
        assert shown == tuple(map(str, counted))
    assert page.hours.text.chart.values == tuple(
        tuple(hours[hour, lane] for lane in range(1, 5)) for hour in range(5)
    )
    kinds = ("seen", "scanned", "registered", "verified")
    assert page.share.text.chart.values == (tuple(evidence[kind] for kind in kinds),)
    assert [row.officer for row in page.lanes.rows] == ["张*", "刘*", "孙*", "郑*"]


def test_the_seconds_are_those_the_lanes_took(stage: Stage) -> None:
    page = board(stage.duty)
    assert [row.mean_ms for row in page.lanes.rows] == [5_900, 6_100, 6_400, 7_400]
    assert page.seconds.text.chart.values[3] == (1_000, 2_100, 2_700, 1_600)
    assert page.seconds.text.meaning == "Lane 4: Temp. takes 1.4 s more"
    assert page.share.text.meaning.startswith("By eye only ")
    assert "same shift yesterday" in page.share.text.meaning


def test_the_top_bar_says_whose_shift_it_is_and_how_long(stage: Stage) -> None:
    text = stage.window.bar.text
    assert (text.title, text.lane) == ("Lead's board", "Lane 1 · In")
    assert text.shift == "三班 08:00–16:00 · lead 王*"
    assert text.passed == "4:31 passed, 3:28 left"
    stage.key("Esc")
    assert stage.window.bar.text.passed == ""


@pytest.mark.parametrize(
    ("key", "page"), [("F1", ROLLCALL), ("F2", LOG), ("F3", STORES), ("F4", PEOPLE), ("F5", REPORTS)]
)
def test_a_key_leads_to_its_page_and_escape_back(stage: Stage, key: str, page: str) -> None:
    stage.key(key)
    stage.until(lambda: stage.window.current == page)
    shown = stage.duty.pages.page(page)
    stage.until(lambda: getattr(shown, "ready", True))
    stage.key("Esc")
    stage.until(lambda: stage.window.current == SHIFT)


def keys_of_the_help() -> dict[str, set[str]]:
    """By paragraph or table of the topic about shifts."""
    topic = topics("en")[SHIFTS].text
    _before, board_table, rest = re.split(r"\| --- \| --- \||\n\*\*Handover", topic)
    return {"board": keys_in(board_table), "handover": keys_in(rest.partition("\n\n")[0])}


def test_every_key_the_help_names_for_the_board_is_pressed_here(stage: Stage) -> None:
    pages = {"F1": ROLLCALL, "F2": LOG, "F3": STORES, "F4": PEOPLE, "F5": REPORTS, "Enter": LOG}
    assert keys_of_the_help()["board"] == {*pages, "F6", "↑", "↓"}
    for key, page in pages.items():
        stage.key("Ctrl+2")
        stage.until(lambda: stage.window.current == SHIFT)
        stage.key(key)
        stage.until(lambda page=page: stage.window.current == page)  # type: ignore[misc]


def test_every_key_the_help_names_for_the_handover_does_something_there(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = keys_of_the_help()["handover"]
    done: list[str] = []
    stage.duty.show_page(HANDOVER)
    page = stage.duty.pages.page(HANDOVER)
    for name in ("act", "_query", "_sign", "_ask_away"):
        monkeypatch.setattr(page, name, lambda *_side, name=name: done.append(name))
    for cap in sorted(named - {"↑", "↓"}):
        QTest.keyClick(page, getattr(Qt.Key, f"Key_{cap}"))
    assert done == ["act", "_query", "_sign", "_sign", "_ask_away"]
    assert {"↑", "↓"} <= named
    assert {Qt.Key.Key_Up, Qt.Key.Key_Down} <= set(STEPS)


def test_pictures_turn_into_tables_and_back(stage: Stage, recorder: Recorder) -> None:
    page = board(stage.duty)
    stage.key("F6")
    page.grab()
    assert "Total" in recorder.texts
    assert page.foot.keys["F6"].word == "Charts"
    stage.key("F6")
    assert page.foot.keys["F6"].word == "Numbers"
    recorder.runs.clear()
    page.grab()
    assert "Total" not in recorder.texts


def test_matters_are_chosen_by_arrows_and_opened_by_enter(stage: Stage) -> None:
    page = board(stage.duty)
    titles = [line.title for line in page.open.lines]
    assert titles[:2] == [MATTERS[0][0], MATTERS[1][0]]
    assert [line.tone for line in page.open.lines[:2]] == ["bad", "warn"]
    arrow(stage, Qt.Key.Key_Up)
    assert page.open.chosen is page.open.lines[0]
    arrow(stage, Qt.Key.Key_Down)
    chosen = page.open.chosen
    assert chosen is page.open.lines[1]
    stage.key("Enter")
    stage.until(lambda: stage.window.current == LOG)


def test_escape_leads_to_the_lane(stage: Stage) -> None:
    stage.key("Esc")
    assert stage.window.current == "lane-1"


def test_a_stop_is_seen_at_once_and_its_time_runs(stage: Stage) -> None:
    page = board(stage.duty)
    busy(stage.duty)
    page.refresh()
    words = [row.now.word for row in page.lanes.rows]
    assert words == ["PASS", "STOP 1:26", "Bus 31/45", "Camera gone"]
    assert [row.now.tone for row in page.lanes.rows] == ["good", "bad", "warn", "bad"]


def test_what_is_written_while_it_is_shown_is_on_it_and_in_the_rail(stage: Stage) -> None:
    page = board(stage.duty)
    before = [row.vehicles for row in page.lanes.rows]
    lane = stage.duty.lanes.all[0].work.lane
    lane.plate("豫A12345")
    lane.end(Outcome.TURNED_BACK).written.result()
    stage.desk.matters.raise_("灯坏了", by=stage.desk.by).result()
    read(stage)
    assert [int(row.vehicles) for row in page.lanes.rows] == [int(before[0]) + 1, *map(int, before[1:])]
    assert "灯坏了" in [line.title for line in page.open.lines]
    stage.until(lambda: badge(stage) == len(MATTERS) + 1)


def badge(stage: Stage) -> int:
    return next(item.badge for item in stage.window.rail._items if item.name == SHIFT)


class Watched:
    """Who reads the ledger: threads, as they come."""

    def __init__(self, stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
        self.threads: list[int] = []
        ledger = type(stage.desk.ledger)
        original = ledger.reader

        def reader(own: object) -> AbstractContextManager[Connection]:
            self.threads.append(threading.get_ident())
            return original(own)  # type: ignore[arg-type]

        monkeypatch.setattr(ledger, "reader", reader)


def test_the_window_reads_nothing_itself(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    watched, window = Watched(stage, monkeypatch), threading.get_ident()
    page = read(stage)
    for _second in range(3):
        page._tick()
    arrow(stage, Qt.Key.Key_Down)
    stage.key("F6")
    page.retranslate()
    assert watched.threads
    assert window not in watched.threads
    with stage.desk.ledger.reader():
        pass
    assert window in watched.threads


def test_nothing_is_read_while_nobody_looks(stage: Stage) -> None:
    page = board(stage.duty)
    assert page._again.isActive()
    assert page._again.interval() >= 5_000
    stage.key("Esc")
    assert not page._again.isActive()
    assert not page._second.isActive()
    before = page.found
    page.reload()
    assert not page.reading.busy
    assert page.found is before


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("scale", [100, 130])
def test_no_text_of_the_board_is_cut(
    qtbot: QtBot, tmp_path: Path, morning: Path, recorder: Recorder, language: str, scale: int
) -> None:
    stage = opened(qtbot, tmp_path, morning, language=language, scale=scale)
    try:
        page = board(stage.duty)
        busy(stage.duty)
        for tabled in (False, True):
            if page.tabled is not tabled:
                page.turn_over()
            for size in SIZES:
                stage.window.resize(*size)
                page.refresh()
                QApplication.processEvents()
                recorder.runs.clear()
                stage.window.grab()
                assert len(recorder.texts) > 60
                assert recorder.cut == [], (size, tabled)
                assert recorder.smallest >= 14
                assert (stage.window.width(), stage.window.height()) == size
    finally:
        stage.close()
