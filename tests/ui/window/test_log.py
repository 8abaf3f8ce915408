"""The log and the stores in the whole window: fingers, scanner, and the way back."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from checkpoint_app.ui.duty_pages import LANE, LOG, STORES
from checkpoint_app.ui.list_page import ListPage
from checkpoint_app.ui.pages.log import LogPage
from checkpoint_app.ui.pages.stores import StoresPage
from tests.ui.window.stage import GREEN, Stage


def front(stage: Stage, name: str) -> QWidget:
    stage.duty.show_page(name)
    page = stage.duty.pages.page(name)
    assert isinstance(page, ListPage)
    stage.until(lambda: page.answered)
    return page


def test_typed_digits_choose_a_scan_goes_to_the_lane_and_esc_leaves(stage: Stage) -> None:
    page = front(stage, LOG)
    assert isinstance(page, LogPage)
    stage.type("6")
    assert page.tabs.place == 5
    stage.key("F1")
    stage.type("Fire")
    stage.key("F1")
    stage.until(lambda: page.answered and page.sheet_rows == 1)
    stage.burst(GREEN)
    assert stage.duty.work.lane.state.open is not None
    assert stage.entries("matter_raised") == 1
    stage.key("Esc")
    assert not page.isVisible()


def test_a_scan_into_a_form_goes_to_the_lane_and_not_into_the_text(stage: Stage) -> None:
    page = front(stage, LOG)
    assert isinstance(page, LogPage)
    stage.key("F1")
    stage.type("2")
    stage.type("ab")
    stage.burst(GREEN)
    assert stage.duty.work.lane.state.open is not None
    stage.key("F1")
    stage.until(lambda: page.answered and page.sheet_rows == 1)
    assert page.chosen(0).text == "ab"  # type: ignore[union-attr]


def test_what_a_lane_does_shows_on_the_open_page(stage: Stage) -> None:
    page = front(stage, LOG)
    assert isinstance(page, LogPage)
    stage.duty.work.lane.report().result()
    stage.until(lambda: page.sheet_rows == 1)
    assert page.list.table.sheet_model.sheet.rows[0][2].text


def test_an_article_by_keys(stage: Stage) -> None:
    page = front(stage, STORES)
    assert isinstance(page, StoresPage)
    stage.key("F4")
    stage.type("Radio")
    for _field in range(3):
        stage.key("Enter")
    stage.type("4")
    for _field in range(2):
        stage.key("Enter")
    stage.type("3")
    stage.key("F1")
    stage.until(lambda: page.answered and page.sheet_rows == 1)
    assert (page.items[0].due, page.items[0].balance) == (4, 3)
    stage.duty.show_page(LANE)
