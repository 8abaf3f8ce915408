"""The records page in the window: two-hand keys, wedge scans and function keys reach it, Esc leads back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from checkpoint_app.domain.facts import OUTCOME_UNDONE
from checkpoint_app.domain.words import Outcome
from checkpoint_app.ui.pages.records import RecordsPage
from tests.services.recorded import record
from tests.ui.window.look_records import records_page
from tests.ui.window.stage import ID, Stage, make_desk, raise_curtain


@pytest.fixture
def stage(qtbot: QtBot, tmp_path: Path) -> Iterator[Stage]:
    desk = make_desk(tmp_path)
    record(desk, "豫A6A0W8", name="张三", outcome=Outcome.TURNED_BACK)
    record(desk, "豫B67890", lane=2)
    made = raise_curtain(qtbot, desk)
    yield made
    made.close()


def opened(stage: Stage, key: str) -> RecordsPage:
    stage.key(key)
    page = records_page(stage.duty)
    settled(stage, page)
    return page


def settled(stage: Stage, page: RecordsPage) -> None:
    stage.settle()
    stage.until(lambda: not page._typed.isActive() and page.answered)


@pytest.mark.parametrize("key", ["Ctrl+3", "Ctrl+F"])
def test_two_hands_open_it_and_esc_leads_back(stage: Stage, key: str) -> None:
    page = opened(stage, key)
    assert stage.window.current == "records"
    assert page.search.hasFocus()
    assert [row.plate for row in page.list.model.rows] == ["豫B·67890", "豫A·6A0W8"]
    stage.key("Esc")
    assert stage.window.current != "records"


def test_a_wedge_scan_of_a_number_searches_and_presses_nothing(stage: Stage) -> None:
    page = opened(stage, "Ctrl+3")
    stage.burst(ID)
    settled(stage, page)
    assert page.search.text() == ID
    assert [row.plate for row in page.list.model.rows] == ["豫A·6A0W8"]
    assert stage.entries("people_looked_up") == 1
    assert stage.plate == ""


def test_typed_letters_search_and_a_void_is_made_by_keys_alone(stage: Stage) -> None:
    page = opened(stage, "Ctrl+3")
    stage.type("B678")
    settled(stage, page)
    assert [row.plate for row in page.list.model.rows] == ["豫B·67890"]
    stage.key("F3")
    stage.type("1")
    stage.key("F1")
    stage.until(lambda: page.list.model.rows[0].void)
    assert stage.entries(OUTCOME_UNDONE) == 1
    assert page.search.hasFocus()


def test_enter_goes_round_the_fields_of_a_form_and_looks_for_nobody(stage: Stage) -> None:
    page = opened(stage, "Ctrl+3")
    stage.type("B678")
    settled(stage, page)
    stage.key("F2")
    seen = []
    for _press in range(20):
        stage.key("Enter")
        seen.append(stage.focused)
    assert all(page.side.amend_form.isAncestorOf(part) for part in seen)
    assert page.side.amend_form.reason.edit in seen
    assert stage.entries("people_looked_up") == 0
