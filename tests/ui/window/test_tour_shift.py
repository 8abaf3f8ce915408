"""A day of three shifts, handed over by keys in the real window, and what its ledger and its sheets say."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from checkpoint_app import bootstrap, i18n
from checkpoint_app.domain import paper_proof
from checkpoint_app.services import paper
from checkpoint_app.services.desk import Desk
from checkpoint_app.services.handover_proof import prove_handovers
from checkpoint_app.services.retention import PRINTED
from checkpoint_app.ui import app as application
from tests.documents.test_handover_totals import check
from tests.pins import cheap_pins
from tests.storage.shift_oracle import oracle
from tests.story import oracle as second
from tests.story.day import Day
from tests.ui.window.stage import SETTINGS
from tests.ui.window.tour_shift import LONG, SHORT, in_front, play

__all__ = ["cheap_pins"]
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@dataclass(frozen=True)
class Told:
    """What is left when the window is closed."""

    desk: Desk
    day: Day
    sheets: tuple[Path, ...]
    folder: Path


@pytest.fixture
def chinese_time(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The computer keeps the station's time."""
    if not hasattr(time, "tzset"):
        pytest.skip("the zone of this system is not set by a program")
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def told(qapp: QApplication, tmp_path: Path, chinese_time: None, *, full_counts: bool) -> Iterator[Told]:
    with in_front(tmp_path, vehicles=LONG if full_counts else SHORT) as lead:
        play(lead)
    home = tmp_path / "desk"
    desk = bootstrap.open_desk(home, tick=lead.station.clock)
    yield Told(desk, lead.day, tuple(sorted((home / PRINTED).glob("*.pdf"))), tmp_path)
    desk.close()
    application.dress(qapp, SETTINGS)
    application.speak(qapp, "en")
    i18n.use("en")


def test_a_day_of_three_shifts_adds_up_in_the_ledger_and_on_its_sheets(told: Told) -> None:
    every_vehicle_once(told)
    the_sheets_say_so(told)
    what_is_open_stays_open(told)
    late_corrections_stand_on_the_next_sheet(told)
    a_stop_let_go_by_pin_is_an_exception(told)
    hours_add_up(told)
    the_sheets_are_proved(told)


def every_vehicle_once(told: Told) -> None:
    book = book_of(told)
    assert set(book.crossings.values()) == {1}
    assert len(book.shifts) == len(told.day.papers) == 3
    for sums, pencil in zip(book.shifts.values(), told.day.papers, strict=True):
        assert second.differ(sums, pencil) == ()
        more = replace(pencil, counted=pencil.counted + 1)
        assert second.differ(sums, more), "control: one more on paper is noticed"


def the_sheets_say_so(told: Told) -> None:
    with told.desk.ledger.reader() as reader:
        rows = reader.execute("SELECT header, public, personal, lower(hex(hash)) FROM entry ORDER BY id")
        wanted = oracle(rows.fetchall())
    assert len(told.sheets) == 3
    for sheet, shift in zip(told.sheets, book_of(told).shifts, strict=True):
        check(second.text_of(sheet), wanted[shift])


def what_is_open_stays_open(told: Told) -> None:
    day, text = told.day, second.text_of(told.sheets[-1])
    book = book_of(told)
    assert {each.id for each in told.desk.matters.open()} == book.matters
    assert {day.thermometer, *day.findings} < book.matters
    assert day.called not in book.matters
    for words in ("2 号测温枪偏高", "锥桶少 4 个", "值班电话表未上墙", "数了三遍"):
        assert words in text, words


def late_corrections_stand_on_the_next_sheet(told: Told) -> None:
    first, then, last = book_of(told).shifts.values()
    assert (len(first.late), len(then.late), len(last.late)) == (0, 1, 1)
    texts = [" ".join(second.text_of(sheet).split()) for sheet in told.sheets]
    shifts = list(book_of(told).shifts)
    said = [[f"late, of {shift}" in text for shift in shifts] for text in texts]
    assert said == [[False, False, False], [True, False, False], [False, True, False]]


def a_stop_let_go_by_pin_is_an_exception(told: Told) -> None:
    said = ["letgoby张示范" in "".join(second.text_of(sheet).split()) for sheet in told.sheets]
    assert said == [True, False, False]


def hours_add_up(told: Told) -> None:
    found = {each.officer: each.minutes for each in told.desk.attendance.month("2027-03", zone=480)}
    wanted: dict[str, int] = {}
    for sums in book_of(told).shifts.values():
        for number, minutes in sums.minutes.items():
            wanted[number] = wanted.get(number, 0) + minutes
    assert {number: minutes for number, minutes in found.items() if minutes} == wanted


def the_sheets_are_proved(told: Told) -> None:
    with told.desk.ledger.reader() as reader:
        report = prove_handovers(reader)
    assert report.faults == ()
    for sheet in told.sheets:
        proof = paper_proof.read(second.codes_of(sheet, told.folder))
        result = paper.compare(told.desk.ledger.reader, proof)
        assert result is not None
        assert result.unchanged
        other = replace(proof, hash="0" * 64)
        result = paper.compare(told.desk.ledger.reader, other)
        assert result is not None
        assert not result.unchanged, "control: another hash does not fit"


def book_of(told: Told) -> second.Book:
    with told.desk.ledger.reader() as reader:
        return second.book(reader)
