"""The people page by real keys: officers, duty phones, what is shown to whom, how it looks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from threading import Event

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from checkpoint_app.domain.disclosures import PEOPLE_LOOKED_UP
from checkpoint_app.domain.roles import ACTION_REFUSED, Role
from checkpoint_app.services.desk import Desk
from checkpoint_app.ui import app as application
from checkpoint_app.ui import theme
from checkpoint_app.ui.page_forms import PinForm
from checkpoint_app.ui.tokens import THEMES, ThemeName
from tests.ui.people_played import SIZES, K, Played, desk, numbers, play, played, staffed
from tests.ui.recorder import Recorder
from tests.ui.uncut import cut_words

__all__ = ["desk", "numbers", "play", "staffed"]

# officers


def test_a_newcomer_is_added_with_pin_and_group_by_keys_alone(play: Played) -> None:
    play.desk.roster.set_group("一班", ["01"], [], by=play.desk.by).result()
    play.page.reload()
    play.settle()
    play.press(K.Key_F1)
    play.write("张样例")
    play.press(K.Key_Return, K.Key_Down, K.Key_Return)  # the second role: shift lead
    play.fill("公安", "13800138001", "沟通 英语")
    play.press(K.Key_Down, K.Key_Return, K.Key_Right, K.Key_Return)  # first group, experienced
    play.fill("2580")
    play.write("2580")
    play.press(K.Key_F1)
    officer = next(each for each in play.desk.officers.everybody() if each.name == "张样例")
    assert (officer.role, officer.agency, officer.phone) == (Role.LEAD, "公安", "13800138001")
    assert officer.skills == ("沟通", "英语")
    assert officer.has_pin
    play.desk.officers.check_pin(officer.number, "2580")
    assert play.desk.roster.group("一班").leads == (officer.number,)
    assert "Enrolled" in play.page.words


def test_a_pin_waits_behind_no_long_work(staffed: Played) -> None:
    over, officers = Event(), staffed.desk.officers
    staffed.press(K.Key_F3)
    staffed.fill("2580")
    staffed.write("2580")
    for _worker in range(2):
        staffed.tasks.run(over.wait, then=lambda _done: None)
    try:
        QTest.keyClick(staffed.page, K.Key_F1)
        staffed.until(lambda: any(each.has_pin for each in officers.everybody()))
    finally:
        over.set()
    staffed.settle()


def test_two_pins_that_differ_enrol_nobody(play: Played) -> None:
    play.press(K.Key_F1)
    play.fill("张样例", None, None, None, None, None, None, "2580")
    play.write("2581")
    play.press(K.Key_F1)
    assert "differ" in play.page.words
    assert play.kinds("officer_enrolled") == 0
    play.press(K.Key_Escape)
    assert play.page.form is None
    assert play.left == 0


@pytest.mark.parametrize(("pin", "words"), [("1234", "too easy"), ("2580", "first PIN is a lead's")])
def test_a_pin_that_is_refused_enrols_nobody(play: Played, pin: str, words: str) -> None:
    """The first PIN of a station cannot be an officer's."""
    play.press(K.Key_F1)
    play.fill("张样例", None, None, None, None, None, None, pin)
    play.write(pin)
    play.press(K.Key_F1)
    assert words in play.page.words
    assert play.kinds("officer_enrolled") == 0


def test_a_name_is_asked_for(play: Played) -> None:
    play.press(K.Key_F1, K.Key_F1)
    assert play.page.words == "Type the name"
    assert play.kinds("officer_enrolled") == 0


def test_an_officer_is_changed_and_moves_to_another_group(staffed: Played) -> None:
    number = staffed.cells[0][0]
    staffed.press(K.Key_F2)
    staffed.fill("张改名", None, "交通", None, None)
    staffed.press(K.Key_Down, K.Key_Return)
    staffed.press(K.Key_F1)
    assert staffed.desk.officers.find(number).name == "张改名"
    assert number in staffed.desk.roster.group("二班").members
    assert number not in staffed.desk.roster.group("一班").members
    assert staffed.cells[0][1:5] == ["张改名", "Shift lead", "交通", "二班"]


def test_a_pin_is_given_and_somebody_leaves_for_a_reason(staffed: Played) -> None:
    number = staffed.cells[0][0]
    staffed.press(K.Key_F3)
    staffed.fill("2580")
    staffed.write("2580")
    staffed.press(K.Key_F1)
    assert staffed.desk.officers.find(number).has_pin
    staffed.desk.by = replace(staffed.desk.by, officer=number)
    staffed.page.list.table.go(1)
    other = staffed.cells[1][0]
    staffed.press(K.Key_F8, K.Key_F1)
    assert staffed.page.words == "A reason is needed"
    staffed.write("调走了")
    staffed.press(K.Key_F1)
    assert other not in [row[0] for row in staffed.cells]


def test_phones_are_covered_until_asked_for_and_again_when_the_page_is_left(staffed: Played) -> None:
    assert "13800138000" not in staffed.painted
    before = staffed.kinds(PEOPLE_LOOKED_UP)
    staffed.press(K.Key_F4)
    staffed.until(lambda: staffed.page.phones)
    assert "13800138000" in staffed.painted
    assert staffed.kinds(PEOPLE_LOOKED_UP) == before + 1
    staffed.page.hide()
    staffed.page.show()
    assert "13800138000" not in staffed.painted


@pytest.mark.parametrize(("role", "shown"), [(Role.LEAD, True), (Role.ADMIN, True), (Role.OFFICER, False)])
def test_names_in_full_are_for_leads_and_admins(
    qtbot: QtBot, app: QApplication, desk: Desk, numbers: list[str], role: Role, shown: bool
) -> None:
    desk.officers.set_pin(numbers[0], "2580", by=desk.by)
    lead = replace(desk.by, officer=numbers[0])
    if role is not Role.LEAD:
        desk.officers.enrol("赵试", role=role, by=lead)
    desk.by = replace(
        desk.by, officer=desk.officers.everybody()[-1].number if role is not Role.LEAD else numbers[0]
    )
    with played(qtbot, desk) as made:
        for digit in (1, 2, 3):
            made.view(digit)
            assert ("王试" in made.painted) is (shown and digit != 2)


def test_an_officer_may_not_enrol_and_the_attempt_is_on_paper(
    qtbot: QtBot, app: QApplication, desk: Desk, numbers: list[str]
) -> None:
    desk.officers.set_pin(numbers[0], "2580", by=desk.by)
    desk.by = replace(desk.by, officer=numbers[1])
    with played(qtbot, desk) as made:
        made.press(K.Key_F1)
        made.write("赵样例")
        made.press(K.Key_F1)
        assert made.page.form is not None, "what was typed still stands"
        assert made.page.words
        desk.ledger.keep({}).result()  # what was asked for before is on disk then
        assert made.kinds(ACTION_REFUSED) == 1
        assert made.kinds("officer_enrolled") == len(numbers)


# duty phones, the page itself


def test_a_phone_is_added_changed_and_dropped_by_keys(play: Played) -> None:
    play.view(4)
    play.press(K.Key_F1)
    play.fill("县人民医院", "0373-7260120")
    play.write("急诊")
    play.press(K.Key_F1)
    assert play.cells == [["县人民医院", "*******0120", "急诊"]]
    play.press(K.Key_F2)
    play.fill(None, "none")
    play.press(K.Key_F1)
    assert "needs name and number" in play.page.words
    play.press(K.Key_Escape, K.Key_F3)
    assert play.cells == []


def test_digits_type_while_something_is_asked_and_turn_views_otherwise(play: Played) -> None:
    play.view(4)
    play.press(K.Key_F1)
    play.write("2 号门")
    assert play.page.form is not None
    play.press(K.Key_Escape)
    play.view(1)
    assert play.page.tabs.place == 0


def test_esc_leaves_the_form_then_the_page(play: Played) -> None:
    play.press(K.Key_F1, K.Key_Escape)
    assert play.left == 0
    play.press(K.Key_Escape)
    assert play.left == 1


def test_what_is_typed_does_not_stay_behind_a_hidden_page(play: Played) -> None:
    play.press(K.Key_F1)
    play.write("张样例")
    play.page.hide()
    play.page.show()
    assert play.page.form is None


def test_no_pin_stays_in_a_form_that_is_done_with(staffed: Played) -> None:
    for over in (K.Key_Escape, K.Key_F1):
        staffed.press(K.Key_F3)
        form = staffed.page.form
        assert isinstance(form, PinForm)
        staffed.write("7391")
        staffed.press(K.Key_Return)
        staffed.write("7391")
        staffed.press(over)
        assert staffed.page.form is None
        assert form.pin.value + form.again.value == ""


# how it looks


def scenes(made: Played) -> Iterator[str]:
    """Every view and form, as a person reaches them."""
    for digit, keys in ((1, "1238"), (2, "1237"), (3, "12"), (4, "12")):
        made.view(digit)
        yield f"view {digit}"
        for key in keys:
            made.press(K(K.Key_F1 + int(key) - 1))
            yield f"view {digit} F{key}"
            made.press(K.Key_Escape)


def scrolled(made: Played) -> set[str]:
    """What stands in a row that is half out of sight, to be scrolled to."""
    table = made.page.list.table
    height = table.viewport().height()
    rows = [row for row in range(len(made.cells)) if table.rowViewportPosition(row) < height]
    half = {row for row in rows if not 0 <= table.rowViewportPosition(row) <= height - table.rowHeight(row)}
    return {f"painted: {text}" for row in half for text in made.cells[row]}


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize(("scale", "sizes"), [(100, (SIZES[0], SIZES[2])), (130, (SIZES[1],))])
def test_no_text_is_cut(
    staffed: Played,
    app: QApplication,
    recorder: Recorder,
    language: str,
    scale: int,
    sizes: Sequence[tuple[int, int]],
) -> None:
    theme.apply(app, theme.Look(THEMES[ThemeName.DAY], scale))
    application.speak(app, language)
    staffed.page.retranslate()
    for name in scenes(staffed):
        for width, height in sizes:
            cut = set(cut_words(staffed.page, recorder, width=width, height=height))
            assert cut <= scrolled(staffed), (name, width, height)
            assert recorder.smallest >= theme.SMALLEST
