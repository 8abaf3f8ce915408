"""A place is taken by two letters and a digit, in a real window with real keys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from checkpoint_app.domain.words import Outcome
from checkpoint_app.services.places import Place, Places
from checkpoint_app.ui.place_field import PlaceField
from checkpoint_app.ui.place_list import PlaceList
from tests.services.desks import PLATE, desk_in, lane_of
from tests.ui.recorder import Recorder

PLACES = Places()


@pytest.fixture
def field() -> Iterator[PlaceField]:
    window = QWidget()
    window.resize(1200, 400)
    fields = QWidget()
    line = QHBoxLayout(fields)
    made = PlaceField("From", suggest=lambda text: PLACES.find(text, province="豫"))
    line.addWidget(made)
    line.addWidget(PlaceField("To"))
    box = QVBoxLayout(window)
    box.addWidget(fields)
    box.addStretch(1)
    window.show()
    window.activateWindow()
    made.edit.setFocus()
    yield made
    window.close()
    window.deleteLater()


def keys(field: PlaceField, text: str) -> None:
    """As fingers do, Chinese by an input method."""
    if text.isascii():
        QTest.keyClicks(field.edit, text)
        return
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(field.edit, event)


def test_two_letters_and_a_digit_are_a_place(field: PlaceField) -> None:
    taken: list[str] = []
    field.taken.connect(taken.append)
    keys(field, "zz1")
    assert field.value == "河南省郑州市"
    assert taken == ["河南省郑州市"]
    assert field.edit.isModified()
    assert not field.choosing


def test_arrows_mark_and_enter_takes(field: PlaceField) -> None:
    keys(field, "hnzz")
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Down):
        QTest.keyClick(field.edit, key)
    QTest.keyClick(field.edit, Qt.Key.Key_Return)
    assert field.value == "河南省郑州市中原区"


def test_enter_with_nothing_marked_leaves_what_was_typed(field: PlaceField) -> None:
    finished: list[bool] = []
    field.finished.connect(lambda: finished.append(True))
    keys(field, "zz")
    assert not field.take_marked()
    QTest.keyClick(field.edit, Qt.Key.Key_Return)
    assert field.value == "zz"
    assert finished


def test_any_text_may_be_typed_and_shows_no_list(field: PlaceField) -> None:
    keys(field, "qqqq")
    assert not field.choosing
    assert field.value == "qqqq"


def test_a_digit_is_a_digit_where_there_is_no_list(field: PlaceField) -> None:
    field.edit.setText("幸福路")
    keys(field, "12")
    assert field.value == "幸福路12"


def test_digits_alone_are_a_code_and_only_the_arrows_take(field: PlaceField) -> None:
    keys(field, "410122")
    assert field.value == "410122"
    assert [place.text for place in field.list.places] == ["河南省郑州市中牟县"]
    QTest.keyClick(field.edit, Qt.Key.Key_Down)
    assert field.take_marked()
    assert field.value == "河南省郑州市中牟县"


def test_letters_behind_a_place_that_stands_there_are_another_place(field: PlaceField) -> None:
    field.edit.setText("河南省新乡市")
    keys(field, "zz1")
    assert field.value == "河南省郑州市"


def test_esc_closes_the_list_and_leaving_closes_it(field: PlaceField) -> None:
    keys(field, "zz")
    assert field.close_places()
    assert not field.close_places()
    keys(field, "s")
    assert field.choosing
    other = field.window().findChildren(PlaceField)[1]
    other.edit.setFocus()
    assert not field.choosing


def test_the_list_never_has_the_focus_and_a_touch_takes(field: PlaceField) -> None:
    keys(field, "zz")
    assert field.edit.hasFocus()
    middle = field.list.cells()[1].center().toPoint()
    QTest.mouseClick(field.list, Qt.MouseButton.LeftButton, pos=middle)
    assert field.value == "河南省焦作市中站区"
    assert field.edit.hasFocus()


def test_the_list_lies_below_the_row_and_inside_the_window(field: PlaceField) -> None:
    keys(field, "zz")
    row, window = field.parentWidget(), field.window()
    assert row is not None
    below = row.mapTo(window, QPoint(0, row.height()))
    assert field.list.y() >= below.y()
    assert field.list.width() == row.width()
    assert window.rect().contains(field.list.geometry())


def test_a_name_that_is_no_more_says_so(field: PlaceField, recorder: Recorder) -> None:
    keys(field, "宣武")
    field.list.grab()
    painted = " ".join(recorder.texts)
    assert "北京市宣武区" in painted
    assert "2009" in painted


def test_down_in_an_empty_field_shows_what_was_told_lately(
    field: PlaceField, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = Places()
    for told in ("新乡 红旗区", "封丘县", "新乡 红旗区"):
        places.remember(told)
    monkeypatch.setattr(field, "suggest", lambda text: places.find(text, province="豫"))
    QTest.keyClick(field.edit, Qt.Key.Key_Down)
    assert field.list.places == (Place("新乡 红旗区", recent=True), Place("封丘县", recent=True))
    keys(field, "2")
    assert field.value == "封丘县"


def test_what_was_told_lately_comes_first_by_its_letters_too() -> None:
    places = Places()
    places.remember("中牟县刁家乡")
    assert places.find("zm", province="豫")[0] == Place("中牟县刁家乡", recent=True)
    assert places.find("刁家", province="豫") == (Place("中牟县刁家乡", recent=True),)
    assert not places.find("zhengzhou", province="豫")[0].recent


def test_the_last_two_hundred_are_remembered_and_no_more() -> None:
    places = Places()
    for number in range(250):
        places.remember(f"第{number}村")
    assert places.find("第249村", province="豫")
    assert not places.find("第49村", province="豫")


def test_a_start_remembers_what_the_ledger_holds(tmp_path: Path) -> None:
    with desk_in(tmp_path) as desk:
        lane = lane_of(desk)
        lane.plate(PLATE)
        lane.places(origin="平原师寨镇", destination="", purpose="")
        lane.end(Outcome.TURNED_BACK).written.result()
        places = Places()
        places.load(desk.ledger, lanes=(1,))
    assert places.find("", province="豫") == (Place("平原师寨镇", recent=True),)


def test_the_list_goes_with_its_field_though_it_lay_over_the_window(field: PlaceField) -> None:
    keys(field, "zz")
    window = field.window()
    assert field.list.parentWidget() is window
    (field.parentWidget() or field).deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert window.findChildren(PlaceList) == []
