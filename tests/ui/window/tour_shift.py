"""A whole day in the real window: `python -m tests.ui.window.tour_shift FOLDER [--language en]`.

Traffic and everything that happens runs through the services on a played clock; roll-call, two handovers and
the end of the service are done by keys alone. FOLDER gets a picture of every page and the sheets as PDF.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
if __name__ == "__main__":
    os.environ["TZ"] = "Asia/Shanghai"
    time.tzset()

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from checkpoint_app import i18n
from checkpoint_app.domain.handover import State
from checkpoint_app.services.retention import PRINTED
from checkpoint_app.ui import app as application
from checkpoint_app.ui.duty_pages import HANDOVER, ROLLCALL, SHIFT
from checkpoint_app.ui.key_filter import TWICE_MS
from checkpoint_app.ui.pages.handover import HandoverPage
from checkpoint_app.ui.pages.rollcall import RollcallPage
from tests.story.day import Day
from tests.story.station import PIN, Station, station
from tests.ui.window.stage import Stage, open_window
from tests.ui.window.tour_hands import Tour, waits
from tests.ui.window.tour_street import Street

SHORT, LONG = 60, 1_500
"""Vehicles a shift."""

QUERIED, SAID = "N95 口罩", "数了三遍，少 2 只，查领用单"
SIZE = (1366, 768)
PAGES = {"F2": "log", "F3": "stores", "F4": "people", "F5": "reports"}
"""Keys of the board, and what each leads to."""


@dataclass(slots=True)
class Lead:
    """Whoever leads the shift, before the window; `sheets` are the PDFs of the shifts that ended."""

    tour: Tour
    station: Station
    day: Day
    sheets: list[Path] = field(default_factory=list)

    @property
    def stage(self) -> Stage:
        return self.tour.stage

    @property
    def handover(self) -> HandoverPage:
        return cast(HandoverPage, self.stage.duty.pages.page(HANDOVER))

    @property
    def rollcall(self) -> RollcallPage:
        return cast(RollcallPage, self.stage.duty.pages.page(ROLLCALL))

    def roll_call(self) -> None:
        """The group of the roster is suggested: one comes late, one has a post; the lead's PIN opens."""
        page = self.rollcall
        self.stage.until(lambda: self.stage.window.current == ROLLCALL and page.ready)
        self.stage.until(lambda: bool(page.form.people.members))
        self.tour.press("Enter", "Down")
        self.tour.type("2")
        self.tour.press("Down", "Right")
        self.tour.shot("roll-call")
        self.tour.press("F1")
        self.tour.type(PIN)
        self.tour.press("F1")
        self.stage.until(lambda: self.station.desk.by.shift != "")
        self.stage.until(lambda: self.stage.window.current == "lane-1")

    def hand_over(self, *, query: bool) -> str:
        """Roll-call of the group that comes, every line, both PINs, the seal, the sheet."""
        desk, tour = self.station.desk, self.tour
        shift = desk.by.shift
        self.board("board")
        tour.press("F1")
        self.stage.until(lambda: self.stage.window.current == ROLLCALL and self.rollcall.ready)
        self.stage.until(lambda: bool(self.rollcall.form.people.members))
        tour.shot("next-group")
        QTest.qWait(TWICE_MS + 50)
        tour.press("F1")
        self.stage.until(lambda: self.stage.window.current == HANDOVER)
        self.ready()
        tour.shot("handover-begun")
        self.sign_on()
        self.stage.until(lambda: self.stage.window.current == HANDOVER)
        self.ready()
        QTest.qWait(TWICE_MS + 50)
        self.station.clock.pass_by(60_000)
        self.answer_all(query=query)
        tour.shot("handover-seen")
        for key in ("F3", "F4"):
            tour.press(key)
            tour.type(PIN)
            if key == "F3":
                tour.shot("handover-pin")
            tour.press("Enter")
            self.ready()
        self.sealed(shift)
        return shift

    def sign_on(self) -> None:
        """Whoever leads the shift that runs now, by number and PIN, from whatever page is in front."""
        shift = self.station.desk.duty.current()
        assert shift is not None
        self.tour.press("Ctrl+J")
        self.tour.type(shift.lead)
        self.tour.press("Enter")
        self.tour.type(PIN)
        self.tour.shot("signing-on")
        self.tour.press("Enter")
        self.stage.until(lambda: self.station.desk.by.officer == shift.lead)

    def answer_all(self, *, query: bool) -> None:
        """F1 for what is right, a count for what lies there, one line queried in words."""
        page, tour = self.handover, self.tour
        while page.standing is not None and page.standing.handover.unanswered:
            row = page.body.list.row
            assert row is not None
            if query and row.article and QUERIED in row.said + row.what:
                tour.type("148")
                tour.press("F2")
                tour.type(SAID)
                tour.shot("handover-queried")
                tour.press("F2")
                query = False
            else:
                tour.press("F1")
            self.ready()

    def nobody_takes_over(self) -> str:
        """The service ends: the lead says why and signs alone; the sheet is written all the same."""
        desk, tour, shift = self.station.desk, self.tour, self.station.desk.by.shift
        self.board("night-board")
        tour.press("F1")
        self.stage.until(lambda: self.stage.window.current == ROLLCALL and self.rollcall.ready)
        tour.press("F6")
        tour.type("撤站：检查点今日撤销")
        tour.press("Enter")
        tour.type(PIN)
        tour.shot("nobody-takes-over")
        tour.press("F1")
        self.stage.until(lambda: desk.duty.current() is None)
        self.stage.until(lambda: self.stage.window.current == HANDOVER)
        self.stage.until(lambda: self.handover._shift == shift)
        self.ready()
        QTest.qWait(TWICE_MS + 50)
        tour.press("F1")
        self.sealed(shift)
        return shift

    def sealed(self, shift: str) -> None:
        page = self.handover
        self.stage.until(lambda: page.sheet.path is not None and not page.working)
        assert self.station.desk.handovers.standing(shift).state is State.SEALED
        assert page.sheet.path is not None
        self.sheets.append(page.sheet.path)
        self.tour.shot("sealed")
        self.tour.press("Esc")

    def ready(self) -> None:
        page = self.handover
        self.stage.until(lambda: page.standing is not None and not page.working)

    def board(self, name: str) -> None:
        tour = self.tour
        tour.press("Ctrl+2")
        self.stage.until(lambda: self.stage.window.current == SHIFT)
        if tour.folder is not None:
            self._look(900)
            tour.shot(name)

    def look_around(self) -> None:
        """Every page of the shift, for the pictures."""
        tour = self.tour
        if tour.folder is None:
            return
        self.board("board-morning")
        for key, name in PAGES.items():
            tour.press(key)
            self._look(500)
            tour.shot(name)
            for place in "23456" if name in ("log", "people") else "":
                tour.type(place)
                self._look(300)
                tour.shot(f"{name}-{place}")
            tour.press("Esc")
        tour.press("F6")
        self._look(300)
        tour.shot("board-numbers")
        tour.press("F6", "Esc")

    def _look(self, ms: int) -> None:
        QApplication.processEvents()
        QTest.qWait(ms)


def play(lead: Lead) -> None:
    """The day from 06:40 until nobody takes over."""
    try:
        _play(lead)
    except AssertionError:
        lead.tour.shot("where-it-stood-still")
        raise


def _play(lead: Lead) -> None:
    lead.roll_call()
    lead.day.first()
    lead.look_around()
    lead.hand_over(query=True)
    lead.day.second()
    lead.hand_over(query=False)
    lead.day.third()
    lead.nobody_takes_over()


@contextmanager
def in_front(
    home: Path, *, vehicles: int, folder: Path | None = None, language: str = "en", theme: str = "day"
) -> Iterator[Lead]:
    """The window at 06:40 with somebody before it; pictures go to `folder`."""
    made = station(home / "desk", language=language, theme=theme)
    desk = made.desk
    app = application.application()
    application.dress(app, desk.settings)
    window, tasks, duty, heard = open_window(desk)
    window.resize(*SIZE)
    try:
        bot = waits()
        with bot.waitActive(window):
            window.show()
        stage = Stage(bot, desk, tasks, window, duty, heard)
        stage.until(lambda: duty.work.questions_read)
        papers = home / "papers"
        papers.mkdir()
        tour = Tour(stage, Street(tempo=1.0), folder, papers, fast=True)
        yield Lead(tour, made, Day(made, duty.lanes.services(), vehicles))
    finally:
        window.close()
        tasks.close()


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="tour_shift")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--language", choices=("zh_CN", "en"), default="zh_CN")
    parser.add_argument("--theme", choices=("day", "night", "contrast"), default="day")
    parser.add_argument("--vehicles", type=int, default=LONG, help="how many a shift")
    told = parser.parse_args(arguments)
    told.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        wanted = {"folder": told.folder, "language": told.language, "theme": told.theme}
        with in_front(Path(home), vehicles=told.vehicles, **wanted) as lead:
            play(lead)
        for sheet in (Path(home) / "desk" / PRINTED).glob("*.pdf"):
            shutil.copy(sheet, told.folder)
    return 0


if __name__ == "__main__":
    status = main(sys.argv[1:])
    i18n.use("en")
    sys.exit(status)
