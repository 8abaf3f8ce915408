"""Headquarters' shift page over stations by real keys: every desk's day, its records, the reports."""

from __future__ import annotations

from collections.abc import Iterator

import pypdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from checkpoint_app import i18n
from checkpoint_app.services.retention import PRINTED
from checkpoint_app.ui.pages.records import RecordsPage
from checkpoint_app.ui.pages.reports import ReportsPage
from tests.ui.recorder import Recorder
from tests.ui.uncut import cut_words
from tests.ui.window.hq_day import Region, region
from tests.ui.window.stage import Stage, raise_curtain
from tests.ui.window.stations_day import NORTH, SOUTH, WEST, lived_today, silent_after, stations_page

SIZES = [(1290, 720), (1204, 642)]


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Region]:
    with region(tmp_path_factory.mktemp("region")) as made:
        lived_today(made)
        made.above.off()
        yield made


@pytest.fixture
def above(qtbot: QtBot, lived: Region) -> Iterator[Stage]:
    """The window of headquarters on its shift page."""
    lived.above.on()
    silent_after(lived.above.desk, 5)
    lived.above.desk.sign_on("01", "2580", lane=None)
    made = raise_curtain(qtbot, lived.above.desk)
    made.key("Ctrl+2")
    page = stations_page(made.duty)
    made.until(lambda: page.answered and page.list.table.hasFocus())
    made.settle()
    yield made
    made.close()


def rows(stage: Stage) -> dict[str, list[str]]:
    """What each desk's line says, behind its name."""
    sheet = stations_page(stage.duty).list.table.sheet_model.sheet
    return {row[1].text: [cell.text for cell in row[2:]] for row in sheet.rows}


def records(stage: Stage) -> RecordsPage:
    page = stage.duty.pages.page("records")
    assert isinstance(page, RecordsPage)
    stage.until(lambda: page.answered and page.filters.boxes["whose"].count() > 1)
    stage.settle()
    return page


def test_every_desk_stands_there_with_its_day(above: Stage) -> None:
    assert above.window.current == "shift"
    found = rows(above)
    assert list(found) == [NORTH, SOUTH, WEST]
    shift, vehicles, people, _heard, missing, matters = found[NORTH]
    assert shift.startswith("四班 · ")
    assert (vehicles, people, missing, matters) == ("3", "3", "0", "1")
    shift, vehicles, _people, _heard, missing, matters = found[SOUTH]
    assert (shift, vehicles, matters) == ("—", "5", "0")
    assert int(missing) > 4
    assert found[WEST][0:4] == ["—", "0", "0", "never"]


def test_silence_is_told_in_the_warning_colour_and_gaps_by_their_numbers(above: Stage) -> None:
    page = stations_page(above.duty)
    sheet = page.list.table.sheet_model.sheet
    assert [row[5].tone for row in sheet.rows] == ["ink", "ink", "warn"]
    assert [row[6].tone for row in sheet.rows] == ["ink2", "warn", "ink2"]
    page.list.table.go(1)
    above.settle()
    (gap,) = page.found.desks[1].standing.gaps if page.found else ()
    assert f"{gap.first} – {gap.last} missing" in page.detail.notes


def test_the_second_tab_has_what_somebody_should_see_to(above: Stage) -> None:
    above.type("2")
    assert list(rows(above)) == [SOUTH, WEST]
    above.type("1")
    assert len(rows(above)) == 3


@pytest.mark.parametrize("key", ["F1", "Enter"])
def test_a_desks_records_are_one_key_away(above: Stage, key: str) -> None:
    stations_page(above.duty).list.table.go(1)
    above.settle()
    above.key(key)
    above.until(lambda: above.window.current == "records")
    page = records(above)
    assert page.filters.sieve(now=0).desks == (SOUTH,)
    assert {row.desk for row in page.rows} == {SOUTH}
    above.key("Esc")
    page = records(above)
    above.until(lambda: {row.desk for row in page.rows} == {SOUTH, NORTH})


def test_another_desk_asked_for_takes_the_place_of_the_first(above: Stage) -> None:
    above.key("F1")
    assert {row.desk for row in records(above).rows} == {NORTH}
    above.key("Ctrl+2")
    stations_page(above.duty).list.table.go(1)
    above.settle()
    above.bot.wait(600)  # F1 twice at once is meant once
    above.key("F1")
    above.until(lambda: {row.desk for row in records(above).rows} == {SOUTH})


def test_esc_goes_to_the_front_page_and_f5_to_the_reports(above: Stage) -> None:
    above.key("F5")
    assert above.window.current == "reports"
    above.key("Esc")
    assert above.window.current == "shift"
    above.key("Esc")
    assert above.window.current == "exchange"


def reports(stage: Stage) -> ReportsPage:
    page = stage.duty.pages.page("reports")
    assert isinstance(page, ReportsPage)
    stage.until(lambda: page.answered and page.found is not None and page.list.table.hasFocus())
    stage.settle()
    return page


def days(page: ReportsPage) -> list[str]:
    return [row[1].text for row in page.list.table.sheet_model.sheet.rows]


def test_reports_are_of_all_stations_first_then_of_one(above: Stage) -> None:
    above.key("F5")
    page = reports(above)
    above.type("2")
    assert days(page) == ["8"]
    assert ("Whose figures", "2 stations · 2 desks") in page.told(0).facts
    above.key("F6")
    assert page.whose.hasFocus()
    texts = [page.whose.itemText(place) for place in range(page.whose.count())]
    assert texts == ["All stations", f"北桥 X005 · {NORTH}", f"南大门 G107 · {SOUTH}"]
    QTest.keyClick(page.whose, Qt.Key.Key_Down)
    QTest.keyClick(page.whose, Qt.Key.Key_Down)
    above.until(lambda: page.answered and days(page) == ["5"])
    above.key("Enter")
    assert page.list.table.hasFocus()
    above.key("F1")
    above.until(lambda: page.answered)
    assert page.words.startswith("Made: ")
    (made,) = (above.desk.folder / PRINTED).glob("*daily*.pdf")
    assert SOUTH in made.name
    assert "G107-N-1" in pypdf.PdfReader(made).pages[0].extract_text()


def test_another_desks_shift_has_no_sheet_here_but_a_workbook(above: Stage) -> None:
    above.key("F5")
    page = reports(above)
    assert {row[2].text for row in page.list.table.sheet_model.sheet.rows} == {NORTH, SOUTH}
    locked = {key.number: key.locked for key in page.keys(0)}
    assert locked == {1: True, 2: True, 3: True, 4: True, 5: False, 6: False}
    above.key("F1")
    assert not list((above.desk.folder / PRINTED).glob("*handover*"))
    above.key("F5")
    above.until(lambda: page.answered)
    assert page.words.startswith("Made: ")
    (made,) = (above.desk.folder / PRINTED).glob("*.xlsx")
    assert made.stat().st_size > 1_000


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_no_word_is_cut(above: Stage, recorder: Recorder, language: str) -> None:
    page = stations_page(above.duty)
    i18n.use(language)
    page.retranslate()
    found = []
    for row in range(3):
        page.list.table.go(row)
        for width, height in SIZES:
            page.resize(width, height)
            above.bot.wait(20)
            found += cut_words(page, recorder, width=width, height=height)
    assert not set(found)
