"""The people page by real keys on a real ledger: enrol, PIN, groups, a month, swaps, hours, duty phones."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from checkpoint_app import bootstrap
from checkpoint_app.config import LaneSetting, Settings
from checkpoint_app.crypto.keyfile import KeyPlace
from checkpoint_app.domain.disclosures import EXPORTED, PEOPLE_LOOKED_UP
from checkpoint_app.domain.roles import ACTION_REFUSED, Role
from checkpoint_app.domain.roster import Exchange
from checkpoint_app.services.desk import Desk
from checkpoint_app.ui import app as application
from checkpoint_app.ui import theme
from checkpoint_app.ui.pages.people import PeoplePage
from checkpoint_app.ui.people_page_hours import HoursView
from checkpoint_app.ui.tasks import Tasks
from checkpoint_app.ui.tokens import THEMES, ThemeName
from tests.pins import CHEAP
from tests.services.desks import entries
from tests.ui.recorder import Recorder
from tests.ui.staff import call, enrol, plan, serve
from tests.ui.uncut import cut_words

K = Qt.Key
SIZES = [(1290, 720), (1204, 642), (1844, 1032)]  # beside the rail and under the top bar
LANES = tuple(LaneSetting(number) for number in range(1, 5))


class Played:
    """The page and hands on its keys."""

    def __init__(self, bot: QtBot, desk: Desk) -> None:
        self.bot, self.desk = bot, desk
        self.tasks = Tasks()
        self.scanned: list[str] = []
        self.left = 0
        self.page = PeoplePage(desk, tasks=self.tasks, scanned=self.scanned.append)
        self.page.left.connect(self._leave)
        bot.addWidget(self.page)
        self.page.resize(*SIZES[0])
        with bot.waitActive(self.page):
            self.page.show()
            self.page.activateWindow()
        self.page.shown()
        self.settle()

    def _leave(self) -> None:
        self.left += 1

    def press(self, *keys: Qt.Key) -> None:
        for key in keys:
            focused = QApplication.focusWidget()
            assert focused is not None
            assert focused is self.page or self.page.isAncestorOf(focused)
            QTest.keyClick(focused, key)
            self.settle()

    def write(self, text: str) -> None:
        """Into the field that has the focus, in the place of what stands there."""
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, K.Key_A, Qt.KeyboardModifier.ControlModifier)
        for sign in text:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, sign)
                QApplication.sendEvent(focused, event)
        if not text:
            QTest.keyClick(focused, K.Key_Backspace)
        self.settle()

    def fill(self, *texts: str | None) -> None:
        """Field after field, each left by Enter; None leaves one as it is."""
        for text in texts:
            if text is not None:
                self.write(text)
            self.press(K.Key_Return)

    def view(self, digit: int) -> None:
        self.press(K(K.Key_0 + digit))

    def settle(self) -> None:
        self.until(lambda: self.page.settled)
        QApplication.processEvents()

    def until(self, condition: Callable[[], bool]) -> None:
        self.bot.waitUntil(condition, timeout=15_000)

    @property
    def cells(self) -> list[list[str]]:
        return [[cell.text for cell in row] for row in self.page.list.table.sheet_model.sheet.rows]

    @property
    def facts(self) -> str:
        return self.page.card.facts.accessibleName()

    @property
    def painted(self) -> str:
        notes = " ".join(self.page.card.notes)
        return f"{self.cells} {self.facts} {notes} {self.page.card.title.text()}"

    def kinds(self, *kinds: str) -> int:
        return len(entries(self.desk, *kinds))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    settings = Settings(station="South Gate", desk="G107-1", lanes=LANES)
    bootstrap.set_up(tmp_path / "desk", settings, place=KeyPlace.OPEN_FILE)
    made = bootstrap.open_desk(tmp_path / "desk")
    made.officers.cost = CHEAP
    made.duty.open(group="三班", lead="王示范", officers=("李示范",), zone=480).result()
    made.resume_shift()
    yield made
    made.close()


@pytest.fixture
def play(qtbot: QtBot, app: QApplication, desk: Desk) -> Iterator[Played]:
    application.speak(app, "en")
    yield from played(qtbot, desk)


@pytest.fixture
def numbers(desk: Desk) -> list[str]:
    return enrol(desk)


@pytest.fixture
def staffed(qtbot: QtBot, app: QApplication, desk: Desk, numbers: list[str]) -> Iterator[Played]:
    """Eight groups, a month, duties of days before, phones."""
    plan(desk)
    serve(desk, numbers)
    call(desk)
    application.speak(app, "en")
    yield from played(qtbot, desk)


def played(bot: QtBot, desk: Desk) -> Iterator[Played]:
    made = Played(bot, desk)
    yield made
    made.page.close_down()
    made.tasks.close()


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
    for made in played(qtbot, desk):
        for digit in (1, 2, 3):
            made.view(digit)
            assert ("王试" in made.painted) is (shown and digit != 2)


def test_an_officer_may_not_enrol_and_the_attempt_is_on_paper(
    qtbot: QtBot, app: QApplication, desk: Desk, numbers: list[str]
) -> None:
    desk.officers.set_pin(numbers[0], "2580", by=desk.by)
    desk.by = replace(desk.by, officer=numbers[1])
    for made in played(qtbot, desk):
        made.press(K.Key_F1)
        made.write("赵样例")
        made.press(K.Key_F1)
        assert made.page.form is not None, "what was typed still stands"
        assert made.page.words
        assert made.kinds(ACTION_REFUSED) == 1
        assert made.kinds("officer_enrolled") == len(numbers)


# groups and roster


def test_a_group_is_made_and_dropped_by_numbers(play: Played) -> None:
    for name in ("张样例", "李样例", "王样例"):
        play.desk.officers.enrol(name, by=play.desk.by)
    play.page.reload()
    play.settle()
    play.view(2)
    play.press(K.Key_F7)
    play.fill("一班", "3 4")
    play.write("5")
    play.press(K.Key_F1)
    group = play.desk.roster.group("一班")
    assert (group.leads, group.members) == (("03", "04"), ("03", "04", "05"))
    assert "2 experienced, 3 are needed" in play.painted
    play.press(K.Key_F7)
    play.fill("一班", "99")
    play.press(K.Key_F1)
    assert "Nobody has the number 99" in play.page.words
    play.press(K.Key_Escape, K.Key_F7)
    play.fill("一班", "", "")
    play.press(K.Key_F1)
    assert play.desk.roster.groups() == ()


def test_a_month_is_planned_by_keys(play: Played) -> None:
    enrol(play.desk)
    play.page.reload()
    play.settle()
    play.view(2)
    assert play.cells == []
    play.press(K.Key_F1)
    form = play.page.form
    assert form is not None
    assert "22 to 2" in form.hints.text or "23 to 2" in form.hints.text
    play.press(K.Key_F1)
    made = play.desk.roster.plan(play.page.found.month)
    assert made is not None
    assert len(play.cells) == made.days
    assert all(len(cell.split()) == 2 for row in play.cells for cell in row[1:])


def test_an_own_pattern_is_read_as_it_is_typed(play: Played) -> None:
    enrol(play.desk)
    play.page.reload()
    play.settle()
    play.view(2)
    play.press(K.Key_F1, K.Key_End)
    form = play.page.form
    assert form is not None
    assert form.hints.text == "Nobody can serve by this pattern"
    play.press(K.Key_Return)
    play.fill("一班 二班 三班")
    play.write("AABBCC")
    assert form.hints.text.startswith("3 groups")
    play.press(K.Key_F1)
    made = play.desk.roster.plan(play.page.found.month)
    assert made is not None
    assert made.pattern == "AABBCC"


def test_months_turn_by_keys(staffed: Played) -> None:
    staffed.view(2)
    month = staffed.page.found.month
    staffed.press(K.Key_F6)
    assert staffed.page.found.month > month
    assert staffed.cells == []
    assert staffed.page.found.month in staffed.page.list.empty.text
    staffed.press(K.Key_F5)
    assert staffed.page.found.month == month


def swaps(made: Played) -> tuple[object, ...]:
    stands = made.desk.roster.plan(made.page.found.month)
    assert stands is not None
    return stands.swaps


def test_a_swap_is_made_by_keys_and_keeps_the_totals(staffed: Played) -> None:
    staffed.view(2)
    before = staffed.desk.roster.plan(staffed.page.found.month)
    assert before is not None
    staffed.press(K.Key_Home, K.Key_Down, K.Key_Right)
    staffed.press(K.Key_F2, K.Key_F1)
    assert staffed.page.words == "A reason is needed"
    staffed.write("1")
    staffed.press(K.Key_F1)
    (swap,) = swaps(staffed)
    assert isinstance(swap, Exchange)
    assert swap.day == 2
    assert entries(staffed.desk, "roster_swapped")[0]["why"] == "lead_agreed"
    after = staffed.desk.roster.plan(staffed.page.found.month)
    assert after is not None
    assert after.count() == before.count()


def test_a_stand_in_that_leaves_too_few_leads_is_told_before_f1(staffed: Played) -> None:
    staffed.view(2)
    staffed.press(K.Key_Home)
    staffed.press(K.Key_F3)
    form = staffed.page.form
    assert form is not None
    staffed.press(K.Key_Return)  # to who serves instead
    place = [row[0] for row in staffed.cells]
    assert place
    comes = QApplication.focusWidget()
    assert comes is not None
    for _each in range(3):  # the first three of another group are experienced, the fourth is not
        staffed.press(K.Key_Down)
    staffed.until(lambda: "2 experienced, 3 are needed" in form.hints.text)
    assert swaps(staffed) == ()
    staffed.press(K.Key_Up)
    staffed.until(lambda: "experienced" not in form.hints.text and form.hints.text != "")


# attendance, hours


def test_hours_stand_by_officer_with_warnings_in_words(staffed: Played, numbers: list[str]) -> None:
    staffed.view(3)
    row = next(row for row in staffed.cells if row[0] == numbers[1])
    assert row[7] == "Lane 1"
    staffed.page.list.table.go([row[0] for row in staffed.cells].index(numbers[1]))
    month = staffed.page.found.month
    long = [flaw for flaw in staffed.page.found.flaws if (flaw.code, flaw.officer) == ("long", numbers[1])]
    told = "13.0 h without a break, at most 12 h" in staffed.painted
    assert told is bool(long), month


def test_a_post_is_taken_and_somebody_goes(staffed: Played, numbers: list[str]) -> None:
    staffed.view(3)
    assert staffed.cells[0][7] == "Hut"
    staffed.press(K.Key_F2, K.Key_Down, K.Key_F1)
    assert staffed.cells[0][7] == "Lane 1"
    staffed.press(K.Key_F3)
    assert staffed.cells[0][7] == ""
    staffed.press(K.Key_F7)
    assert staffed.cells[0][7] == "on duty"
    stint = next(each for each in staffed.desk.attendance.on() if each.officer == numbers[0])
    assert stint.state == "late"


def test_hours_are_exported_masked_or_in_full_for_a_reason(staffed: Played, tmp_path: Path) -> None:
    hours = staffed.page.views[2]
    assert isinstance(hours, HoursView)
    hours.folder = str(tmp_path)
    staffed.view(3)
    staffed.press(K.Key_F1, K.Key_Right, K.Key_F1)
    (entry,) = entries(staffed.desk, EXPORTED)
    assert (entry["form"], entry["masked"]) == ("hours-csv", True)
    (path,) = tmp_path.glob("hours-*.csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert "张*" in [row[1] for row in csv.reader(file)]
    staffed.press(K.Key_F1, K.Key_Return, K.Key_Right, K.Key_F1)
    assert staffed.page.words == "A reason is needed"
    assert staffed.kinds(EXPORTED) == 1


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
