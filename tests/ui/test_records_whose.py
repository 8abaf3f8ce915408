"""What is asked about one record is done to that record, whatever is chosen behind the form meanwhile."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from checkpoint_app.domain import facts
from checkpoint_app.storage.rows import CrossingRow
from tests.services.desks import entries
from tests.services.recorded import NAME, told
from tests.ui.test_records_page import K, Played, desk, play, rows

__all__ = ["desk", "play", "rows"]


def touch(play: Played, place: int) -> None:
    """A finger on a row of the table."""
    table = play.page.list.table
    at = table.visualRect(table.model().index(place, 0)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    play.settle()


def test_a_row_touched_beside_a_form_is_not_made_void_in_the_others_stead(
    play: Played, rows: list[CrossingRow]
) -> None:
    play.press(K.Key_F3)
    touch(play, 2)
    assert play.page.list.place == 0
    play.page.side.ask_form.reason.edit.setFocus()
    play.write("1")
    play.press(K.Key_F1)
    play.until(lambda: any(row.void for row in play.page.list.model.rows))
    assert [row.void for row in play.page.list.model.rows] == [True, False, False]


def test_a_search_that_ends_behind_a_form_amends_no_other_record(
    play: Played, rows: list[CrossingRow]
) -> None:
    play.press(K.Key_F2)
    form = play.page.side.amend_form
    form.people.edit.setText("4")
    play.page.search.setText("6A0W8")
    play.page.look()
    play.settle()
    play.until(lambda: play.page.side.detail.told.now.plate == "豫A6A0W8")  # type: ignore[union-attr]
    form.reason.edit.setFocus()
    play.write("1")
    play.press(K.Key_F1)
    play.until(lambda: play.kinds(facts.CROSSING_AMENDED) == 1)
    assert [told(play.desk, row).now.people for row in rows] == [1, 1, 4]


def test_names_seen_in_full_are_those_the_entry_is_about(play: Played, rows: list[CrossingRow]) -> None:
    play.press(K.Key_F4)
    play.page.search.setText("6A0W8")
    play.page.look()
    play.settle()
    play.until(lambda: play.page.side.detail.told.now.plate == "豫A6A0W8")  # type: ignore[union-attr]
    play.page.side.ask_form.reason.edit.setFocus()
    play.write("1")
    play.press(K.Key_F1)
    play.until(lambda: bool(entries(play.desk, facts.PERSON_VIEWED)))
    play.until(lambda: "stays covered" in play.page.words)
    assert NAME not in play.facts
