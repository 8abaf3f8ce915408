"""Fingers and keys on the parts, by real events."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from checkpoint_app.ui import theme
from checkpoint_app.ui.choice_row import Choice, ChoiceRow
from checkpoint_app.ui.field import DropDown, Field
from checkpoint_app.ui.key_button import KeyButton, KeyKind
from checkpoint_app.ui.person_card import CardKind, CardText, PersonCard
from checkpoint_app.ui.plate import Plate, dotted
from checkpoint_app.ui.rail import Rail, RailButton, RailItem
from checkpoint_app.ui.tokens import THEMES, PlateColour

LEFT = Qt.MouseButton.LeftButton


class Clock:
    """Milliseconds that the test sets."""

    def __init__(self) -> None:
        self.now = 1_000

    def __call__(self) -> int:
        return self.now


class Count:
    """How often it was called."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> None:
        self.times += 1


def shown_key(qtbot: QtBot, clock: Clock, kind: KeyKind = KeyKind.PLAIN) -> tuple[KeyButton, Count]:
    key, count = KeyButton("F3", "劝返", kind=kind, clock=clock), Count()
    qtbot.addWidget(key)
    key.resize(134, 92)
    key.show()
    key.activated.connect(count)
    return key, count


@pytest.mark.parametrize("kind", list(KeyKind))
def test_a_key_acts_on_release_inside_whatever_its_kind(qtbot: QtBot, kind: KeyKind) -> None:
    key, count = shown_key(qtbot, Clock(), kind)
    QTest.mousePress(key, LEFT, pos=QPoint(60, 40))
    assert count.times == 0
    QTest.mouseRelease(key, LEFT, pos=QPoint(60, 40))
    assert count.times == 1


def test_a_finger_that_slides_off_does_nothing(qtbot: QtBot) -> None:
    key, count = shown_key(qtbot, Clock())
    QTest.mousePress(key, LEFT, pos=QPoint(60, 40))
    QTest.mouseRelease(key, LEFT, pos=QPoint(160, 40))
    assert count.times == 0
    assert not key.isDown()


def test_another_mouse_button_does_nothing(qtbot: QtBot) -> None:
    key, count = shown_key(qtbot, Clock())
    QTest.mouseClick(key, Qt.MouseButton.RightButton)
    assert count.times == 0


def test_a_second_touch_within_250_ms_is_ignored_and_a_later_one_is_not(qtbot: QtBot) -> None:
    clock = Clock()
    key, count = shown_key(qtbot, clock)
    QTest.mouseClick(key, LEFT)
    clock.now += 249
    QTest.mouseClick(key, LEFT)
    assert count.times == 1
    clock.now += 1
    QTest.mouseClick(key, LEFT)
    assert count.times == 2


def test_a_double_click_acts_once(qtbot: QtBot) -> None:
    key, count = shown_key(qtbot, Clock())
    QTest.mouseClick(key, LEFT)
    QTest.mouseDClick(key, LEFT)
    assert count.times == 1


def test_a_key_never_takes_the_focus_from_a_field(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    box = QVBoxLayout(window)
    field, key, count = Field("体温"), KeyButton("F1", "放行"), Count()
    box.addWidget(field)
    box.addWidget(key)
    key.activated.connect(count)
    window.show()
    field.edit.setFocus()
    qtbot.waitUntil(field.edit.hasFocus)
    QTest.mouseClick(key, LEFT)
    assert field.edit.hasFocus()
    assert count.times == 1
    for scanned in (Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Space):
        QTest.keyClick(window.focusWidget() or window, scanned)
    assert count.times == 1


def test_a_screen_reader_can_press_a_key_and_hears_its_name(qtbot: QtBot) -> None:
    key, count = shown_key(qtbot, Clock())
    assert key.accessibleName() == "F3 劝返"
    key.set_kind(KeyKind.LOCKED, "须选理由")
    assert key.accessibleName() == "F3 劝返 须选理由"
    key.click()
    assert count.times == 1


def test_the_kinds_of_a_key_look_different(qtbot: QtBot) -> None:
    tokens = theme.look().theme
    key, _ = shown_key(qtbot, Clock())
    looks = {}
    for kind in KeyKind:
        key.set_kind(kind)
        image = key.grab().toImage()
        looks[kind] = (image.pixelColor(67, 46), [image.pixelColor(x, 1) for x in range(20, 110)])
    assert looks[KeyKind.PRIMARY][0] == QColor(tokens.primary)
    assert looks[KeyKind.PLAIN][0] == QColor(tokens.surface)
    assert looks[KeyKind.LOCKED][0] == QColor(tokens.sunken)
    assert set(map(QColor.name, looks[KeyKind.PLAIN][1])) == {tokens.edge.lower()}
    assert set(map(QColor.name, looks[KeyKind.SUGGESTED][1])) == {tokens.ink.lower()}
    assert tokens.sunken.lower() in set(map(QColor.name, looks[KeyKind.LOCKED][1]))


def test_a_plate_is_typed_letter_by_letter(qtbot: QtBot) -> None:
    plate, ended = Plate("车牌"), Count()
    seen: list[str] = []
    qtbot.addWidget(plate)
    plate.edited.connect(seen.append)
    plate.finished.connect(ended)
    plate.set_plate("豫")
    QTest.keyClicks(plate, "a1 2·b")
    assert plate.plate == "豫A12B"
    assert seen[-1] == "豫A12B"
    QTest.keyClick(plate, Qt.Key.Key_Backspace)
    assert plate.plate == "豫A12"
    QTest.keyClick(plate, Qt.Key.Key_Return)
    assert ended.times == 1
    QTest.keyClicks(plate, "3456789")
    assert len(plate.plate) == 8


def test_a_province_comes_through_an_input_method(qtbot: QtBot) -> None:
    plate = Plate()
    seen: list[str] = []
    qtbot.addWidget(plate)
    plate.edited.connect(seen.append)
    event = QInputMethodEvent()
    event.setCommitString("豫")
    QApplication.sendEvent(plate, event)
    assert seen == ["豫"]


def test_setting_a_plate_is_no_edit(qtbot: QtBot) -> None:
    plate = Plate()
    seen: list[str] = []
    qtbot.addWidget(plate)
    plate.edited.connect(seen.append)
    plate.set_plate("豫A·12345")
    assert seen == []
    assert plate.plate == "豫A12345"
    assert dotted(plate.plate) == "豫A·12345"
    assert dotted("豫") == "豫"


def test_a_focused_plate_shows_the_accent_and_a_caret(qtbot: QtBot) -> None:
    plate = Plate()
    qtbot.addWidget(plate)
    plate.resize(232, 48)
    plate.set_plate("豫A12")
    plate.show()
    plate.clearFocus()
    before = plate.grab().toImage()
    plate.setFocus()
    qtbot.waitUntil(plate.hasFocus)
    after = plate.grab().toImage()
    assert after.pixelColor(100, 2) == QColor(theme.look().theme.accent)
    changed = [x for x in range(10, 222) if before.pixelColor(x, 24) != after.pixelColor(x, 24)]
    assert changed
    assert max(changed) - min(changed) < 4


def test_a_field_reports_what_a_person_typed_and_not_what_was_set(qtbot: QtBot) -> None:
    field, ended = Field("从", hint="出发地"), Count()
    seen: list[str] = []
    qtbot.addWidget(field)
    field.edited.connect(seen.append)
    field.finished.connect(ended)
    field.show()
    field.set_value("新乡")
    assert seen == []
    field.setFocus()
    qtbot.waitUntil(field.edit.hasFocus)
    QTest.keyClicks(field.edit, "1")
    assert (seen, field.value) == (["新乡1"], "新乡1")
    QTest.keyClick(field.edit, Qt.Key.Key_Return)
    assert ended.times == 1


def test_the_label_of_a_field_is_plain_text_and_its_name(qtbot: QtBot) -> None:
    field = Field("<b>x</b>")
    qtbot.addWidget(field)
    label = field.findChild(QLabel)
    assert isinstance(label, QLabel)
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert field.edit.accessibleName() == "<b>x</b>"
    field.set_label("到")
    assert (label.text(), field.edit.accessibleName()) == ("到", "到")


@pytest.mark.parametrize("scale", theme.SCALES)
@pytest.mark.parametrize(
    ("label", "value", "width"),
    [("车型", "小客", 104), ("人数", "45", 84), ("体温", "36.5", 132), ("Temp. ℃", "36.5", 132)],
)
def test_a_field_is_wide_enough_for_its_label_and_value(
    qtbot: QtBot, app: QApplication, *, label: str, value: str, width: int, scale: int
) -> None:
    theme.apply(app, theme.Look(scale=scale))
    field = Field(label, width=width)
    qtbot.addWidget(field)
    field.set_value(value)
    field.show()
    assert field.label.fontInfo().pixelSize() >= 14
    assert field.label.fontMetrics().horizontalAdvance(label) <= width
    assert field.edit.fontInfo().pixelSize() >= 22
    assert field.edit.fontMetrics().horizontalAdvance(value) <= width - 28
    assert field.edit.height() == 48


def test_a_person_is_chosen_by_touch_and_keeps_his_state_apart(qtbot: QtBot) -> None:
    tokens, count = theme.look().theme, Count()
    card = PersonCard(CardText(CardKind.DONE, "① 张*"))
    qtbot.addWidget(card)
    card.activated.connect(count)
    card.resize(400, 76)
    QTest.mouseClick(card, LEFT)
    assert count.times == 1
    edges = {}
    for kind in (CardKind.DONE, CardKind.UNCHECKED, CardKind.STOPPED):
        card.show_text(CardText(kind, "① 张*", "驾驶员", "36.5"))
        image = card.grab().toImage()
        edges[kind] = [image.pixelColor(x, 1).name() for x in range(20, 380)]
    assert set(edges[CardKind.DONE]) == {tokens.line.lower()}
    assert set(edges[CardKind.STOPPED]) == {tokens.bad.lower()}
    dashes = set(edges[CardKind.UNCHECKED])
    assert {tokens.warn.lower(), tokens.surface.lower()} <= dashes


def test_the_current_person_has_a_bar_of_accent(qtbot: QtBot) -> None:
    card = PersonCard(CardText(CardKind.UNCHECKED, "③ 未查", current=True))
    qtbot.addWidget(card)
    card.resize(400, 76)
    assert card.grab().toImage().pixelColor(3, 40) == QColor(theme.look().theme.accent)


@pytest.mark.parametrize("count", [1, 6, 9, 31])
def test_each_choice_is_touched_where_it_stands(qtbot: QtBot, count: int) -> None:
    row = ChoiceRow()
    chosen: list[int] = []
    qtbot.addWidget(row)
    row.chosen.connect(chosen.append)
    row.show_choices("", [Choice(str(n + 1), "急救") for n in range(count)])
    row.resize(1180, 76)
    for cell in row.cells():
        assert row.rect().toRectF().contains(cell)
        QTest.mouseClick(row, LEFT, pos=cell.center().toPoint())
    assert chosen == list(range(count))


def test_the_rail_shows_only_what_it_is_given_and_says_what_was_touched(qtbot: QtBot) -> None:
    rail = Rail()
    chosen: list[str] = []
    qtbot.addWidget(rail)
    rail.resize(76, 690)
    rail.chosen.connect(chosen.append)
    items = [RailItem("lane", "road", "车道"), RailItem("shift", "clipboard-list", "班次", 4)]
    rail.show_items(items, current="lane", foot=RailItem("user", "user", "王*"))
    rail.show()
    buttons = [button for button in rail.findChildren(RailButton) if button.isVisible()]
    assert [button.item.name for button in buttons] == ["lane", "shift", "user"]
    assert [button.isChecked() for button in buttons] == [True, False, False]
    QTest.mouseClick(buttons[1], LEFT)
    assert chosen == ["shift"]
    assert buttons[0].isChecked()
    assert not buttons[1].isChecked()
    assert all(button.focusPolicy() == Qt.FocusPolicy.NoFocus for button in buttons)


def test_the_rail_moves_its_mark_when_the_page_has_changed(qtbot: QtBot) -> None:
    rail = Rail()
    qtbot.addWidget(rail)
    items = [RailItem("lane", "road", "车道"), RailItem("shift", "clipboard-list", "班次")]
    rail.show_items(items, current="lane")
    rail.show_items(items, current="shift")
    rail.show()
    buttons = [button for button in rail.findChildren(RailButton) if button.isVisible()]
    assert [button.item.name for button in buttons if button.isChecked()] == ["shift"]


def test_a_drop_down_shows_its_arrow_in_every_theme(qtbot: QtBot, app: QApplication) -> None:
    for each in THEMES.values():
        theme.apply(app, theme.Look(each))
        box = DropDown()
        qtbot.addWidget(box)
        box.resize(240, 48)
        image = box.grab().toImage()
        arrow = {image.pixelColor(x, y).name() for x in range(206, 226) for y in range(16, 32)}
        assert each.ink.lower() in arrow


def test_a_police_plate_has_its_last_sign_in_red(qtbot: QtBot) -> None:
    plate = Plate()
    qtbot.addWidget(plate)
    plate.resize(232, 48)
    plate.set_plate("豫A1234警", PlateColour.WHITE)
    image = plate.grab().toImage()
    colours = [image.pixelColor(x, y) for x in range(170, 222) for y in range(8, 40)]
    red = [colour for colour in colours if colour.red() > 120 and colour.green() < 60]
    black = [colour for colour in colours if colour.lightness() < 30 and colour.red() < 40]
    assert len(red) > 60
    assert len(black) < len(red)
