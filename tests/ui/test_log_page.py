"""The log page and the stores page, by real keys, on a real ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from checkpoint_app.domain.logbook import Incident, Item, Matter
from checkpoint_app.domain.roles import Role
from checkpoint_app.domain.words import Outcome
from checkpoint_app.services.desk import Desk, new_action
from checkpoint_app.services.rights import Rights
from checkpoint_app.storage import logbook
from checkpoint_app.ui import app as application
from checkpoint_app.ui import theme
from checkpoint_app.ui.list_page import ListPage
from checkpoint_app.ui.log_link import LinkForm
from checkpoint_app.ui.log_text import Tab
from checkpoint_app.ui.pages.log import LogPage
from checkpoint_app.ui.pages.stores import StoresPage
from checkpoint_app.ui.tasks import Tasks
from tests.services.desks import desk_in, entries, lane_of, ready
from tests.storage.desks import DESK, Clock
from tests.ui.log_day import filled
from tests.ui.recorder import Recorder
from tests.ui.uncut import cut_words

K = Qt.Key
SIZES = [(1290, 720), (1204, 642)]


class Played:
    """A page in a window of its own, and hands on the keyboard."""

    def __init__(self, bot: QtBot, page: ListPage, desk: Desk, clock: Clock) -> None:  # type: ignore[type-arg]
        self.bot, self.page, self.desk, self.clock = bot, page, desk, clock
        bot.addWidget(page)
        page.resize(*SIZES[0])
        with bot.waitActive(page):
            page.show()
            page.activateWindow()
        page.shown()
        self.settle()

    def settle(self) -> None:
        self.bot.waitUntil(lambda: self.page.answered, timeout=15_000)
        QApplication.processEvents()
        self.bot.waitUntil(lambda: self.page.answered, timeout=15_000)

    def press(self, *keys: Qt.Key) -> None:
        for key in keys:
            focused = QApplication.focusWidget()
            assert focused is not None
            QTest.keyClick(focused, key)
            self.settle()

    def write(self, *texts: str) -> None:
        """Each into a field, Enter between them."""
        for place, text in enumerate(texts):
            if place:
                self.press(K.Key_Return)
            for sign in text:
                focused = QApplication.focusWidget()
                assert focused is not None
                if sign.isascii():
                    QTest.keyClicks(focused, sign)
                else:
                    focused.insert(sign)  # type: ignore[attr-defined]
        self.settle()

    @property
    def texts(self) -> list[list[str]]:
        return [[cell.text for cell in row] for row in self.page.list.table.sheet_model.sheet.rows]

    @property
    def notes(self) -> tuple[str, ...]:
        return self.page.detail.notes


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    with desk_in(tmp_path, clock=clock) as made:
        yield made


@pytest.fixture
def open_page(qtbot: QtBot, app: QApplication, desk: Desk, clock: Clock) -> Iterator[Callable[..., Played]]:
    application.speak(app, "en")
    tasks, made = Tasks(), []

    def opening(kind: type[ListPage]) -> Played:  # type: ignore[type-arg]
        made.append(Played(qtbot, kind(desk, tasks=tasks), desk, clock))
        return made[-1]

    yield opening
    for each in made:
        each.page.close_down()
    tasks.close()
    application.speak(app, "en")


@pytest.fixture
def log(open_page: Callable[..., Played]) -> Played:
    return open_page(LogPage)


@pytest.fixture
def stores(open_page: Callable[..., Played]) -> Played:
    return open_page(StoresPage)


def matters(desk: Desk) -> tuple[Matter, ...]:
    return desk.matters.open()


def incident(desk: Desk) -> Incident:
    with desk.ledger.reader() as reader:
        return logbook.incidents(reader, DESK, open_only=False)[-1]


def items(desk: Desk) -> tuple[Item, ...]:
    return desk.stores.everything()


def test_a_note_is_begun_by_its_digit(log: Played) -> None:
    log.press(K.Key_F1, K.Key_2)
    log.write("Radio 2 is low")
    log.press(K.Key_F1)
    assert log.texts == [[log.texts[0][0], "Noted", "Radio 2 is low", ""]]
    assert log.page.words == "Note saved"
    assert log.page.list.table.hasFocus()


def test_on_the_tab_of_a_kind_f1_begins_it_at_once(log: Played, desk: Desk) -> None:
    log.press(K.Key_6, K.Key_F1)
    log.write("Fire extinguisher", "02", "+90")
    log.press(K.Key_F1)
    (matter,) = matters(desk)
    assert (matter.title, matter.owner) == ("Fire extinguisher", "02")
    assert matter.due == desk.ledger.now() + 90 * 60_000
    assert log.texts[0][3] == "90 min left" or log.texts[0][3] == "1 h left"


def test_an_order_is_read_and_ended(log: Played, desk: Desk) -> None:
    log.press(K.Key_F1, K.Key_3)
    log.write("District", "12", "Lorries on lane 2", "")
    log.press(K.Key_F1)
    assert log.notes[-1] == "Nobody has marked it as read yet"
    log.press(K.Key_F2)
    assert log.notes[-1].startswith("Read by: 01")
    log.press(K.Key_F2)
    assert len(entries(desk, "order_read")) == 1, "a mark already there is not made twice"
    log.press(K.Key_F5)
    assert log.texts[0][3] == "Ended"


def test_an_incident_from_noticed_to_closed_with_its_vehicle(log: Played, desk: Desk, clock: Clock) -> None:
    lane = lane_of(desk)
    ready(lane)
    lane.end(Outcome.RELEASED).written.result()
    log.press(K.Key_F1, K.Key_4)
    log.press(K.Key_3, K.Key_Return)
    log.write("", "White van went through")
    log.press(K.Key_F1)
    assert incident(desk).kind == "forced"
    assert log.texts[0][3] == "30 min left"
    clock.pass_by(31 * 60_000)
    desk.ledger.now()
    log.page._tick()
    assert log.texts[0][3] == "1 min over"
    assert log.page.list.table.sheet_model.sheet.rows[0][3].tone == "bad"
    log.press(K.Key_F3)
    log.write("12345")
    form = log.page.form
    assert isinstance(form, LinkForm)
    log.bot.waitUntil(lambda: "豫A·12345" in form.hints.text)
    log.press(K.Key_F1)
    for text in ("Police", "Car is coming", "Van found"):
        log.press(K.Key_F2)
        log.write(text)
        log.press(K.Key_F1)
    done = incident(desk)
    assert (done.reported_to, done.reply, done.result) == ("Police", "Car is coming", "Van found")
    assert len(done.linked) == 1
    assert done.closed
    assert log.texts[0][3] == "closed"


def test_people_are_handed_over_on_an_authority(log: Played, desk: Desk) -> None:
    desk.log.incident("illness", "司机发热", by=desk.by).result()
    log.page.reread()
    log.settle()
    log.press(K.Key_F4)
    log.write("", "Wang", "Car", "Ambulance")
    log.press(K.Key_F1)
    (transfer,) = incident(desk).transfers
    assert (transfer.people, transfer.authorised, transfer.taken_from) == (1, "Wang", "Car")
    assert any("Car → Ambulance" in note for note in log.notes)


def test_a_visit_with_a_finding(log: Played, desk: Desk) -> None:
    log.press(K.Key_F1, K.Key_5)
    log.write("Li", "District", "Mostly fine", "No log of disinfection", "Wang", "16:30")
    log.press(K.Key_F1)
    (matter,) = matters(desk)
    assert (matter.title, matter.owner, matter.source) == ("No log of disinfection", "Wang", "visit")


def test_a_matter_is_worked_on_closed_and_opened_again(log: Played, desk: Desk) -> None:
    log.press(K.Key_F1, K.Key_6)
    log.write("Fire extinguisher")
    log.press(K.Key_F1, K.Key_F2)
    log.write("Rang the depot")
    log.press(K.Key_F1)
    assert matters(desk)[0].steps[0].text == "Rang the depot"
    log.press(K.Key_F5)
    log.write("New one is here")
    log.press(K.Key_F1)
    assert matters(desk) == ()
    assert log.texts[0][3] == "closed"
    log.press(K.Key_F5)
    log.write("Leaks")
    log.press(K.Key_F1)
    assert len(matters(desk)) == 1


def test_a_matter_of_another_shift_stands_there_until_it_is_closed(
    open_page: Callable[..., Played], desk: Desk
) -> None:
    desk.matters.raise_("Fire extinguisher", by=desk.by).result()
    desk.log.note("of this shift only", by=desk.by).result()
    desk.duty.close(waiting=0, by=desk.by).result()
    desk.duty.open(group="四班", lead="赵示范", officers=("孙示范",), zone=480).result()
    desk.resume_shift()
    assert [row[2] for row in open_page(LogPage).texts] == ["Fire extinguisher"]


def test_what_lacks_words_or_a_time_is_said_in_the_form_and_nothing_is_lost(log: Played, desk: Desk) -> None:
    log.press(K.Key_F1, K.Key_6, K.Key_F1)
    assert "Nothing is written here yet" in log.page.words
    log.write("Fire extinguisher", "", "later")
    log.press(K.Key_F1)
    assert log.page.words == "A time like 16:30, +90 or 11-25 16:30"
    assert matters(desk) == ()
    assert log.page.form is not None
    log.press(K.Key_Escape)
    assert log.page.form is None


def test_esc_leaves_the_choice_of_what_is_new_then_the_page(log: Played, qtbot: QtBot) -> None:
    log.press(K.Key_F1)
    assert log.page.detail.title.text() == "What is new?"
    log.press(K.Key_Escape)
    with qtbot.waitSignal(log.page.left):
        log.press(K.Key_Escape)


def test_who_may_not_is_told_so(log: Played, desk: Desk) -> None:
    desk.rights = Rights(desk.ledger, new_action, role_of=lambda _officer: Role.OFFICER)
    log.press(K.Key_F1, K.Key_3)
    log.write("District", "12", "Lorries on lane 2")
    log.press(K.Key_F1)
    assert log.page.words.startswith("Your role does not include this")
    assert entries(desk, "order_received") == []


def test_arrows_and_digits_choose(log: Played, desk: Desk) -> None:
    desk.log.note("a", by=desk.by).result()
    desk.log.order("b", "", "c", by=desk.by).result()
    log.page.reread()
    log.settle()
    assert len(log.texts) == 2
    log.press(K.Key_Down)
    assert log.page.row == 1
    log.press(K.Key_3)
    assert [row[1] for row in log.texts] == ["Ordered"]
    log.press(K.Key_1)
    assert len(log.texts) == 2


def test_one_affair_is_turned_to(log: Played, desk: Desk) -> None:
    wanted = desk.log.note("a", by=desk.by).result()[0].action
    desk.log.note("b", by=desk.by).result()
    log.page.show_at(wanted)
    log.page.reread()
    log.settle()
    assert log.notes == ("a",)


def test_stock_is_declared_counted_and_moved(stores: Played, desk: Desk) -> None:
    stores.press(K.Key_2, K.Key_F4)
    stores.write("Masks", "", "box", "", "20", "50")
    stores.press(K.Key_F1)
    assert stores.texts == [["Masks", "20", "50", "box", "—"]]
    stores.press(K.Key_F3)
    stores.write("35", "Group 2")
    stores.press(K.Key_F1)
    assert items(desk)[0].balance == 15
    assert stores.page.list.table.sheet_model.sheet.rows[0][2].tone == "bad"
    stores.press(K.Key_F3)
    stores.write("16")
    stores.press(K.Key_F1)
    assert stores.page.words.startswith("Only 15 are there")
    stores.press(K.Key_Escape, K.Key_F2)
    stores.write("30")
    stores.press(K.Key_F1, K.Key_F1)
    stores.write("44")
    stores.press(K.Key_F1)
    assert items(desk)[0].balance == 44


def test_equipment_is_changed_and_taken_off_the_list(stores: Played, desk: Desk) -> None:
    stores.press(K.Key_F4)
    stores.write("Radio", "", "pcs", "4", "", "3")
    stores.press(K.Key_F1)
    assert stores.texts == [["Radio", "4", "3", "pcs", "—"]]
    assert stores.notes == ("1 fewer than there should be",)
    stores.press(K.Key_F5)
    stores.write(" 2-way")
    stores.press(K.Key_F1)
    assert (items(desk)[0].name, items(desk)[0].balance) == ("Radio 2-way", 3)
    assert len(entries(desk, "item_counted")) == 1, "a count that stays is no new count"
    stores.press(K.Key_F7)
    assert items(desk) == ()


def test_a_count_must_be_a_number(stores: Played, desk: Desk) -> None:
    desk.stores.declare("Radio", equipment=True, due=4, count=4, by=desk.by).result()
    stores.page.reread()
    stores.settle()
    stores.press(K.Key_F1)
    stores.write("four")
    stores.press(K.Key_F1)
    assert stores.page.words == "A number, please: 0 or more"
    assert items(desk)[0].balance == 4


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("scale", [100, 130])
def test_no_text_is_cut(
    open_page: Callable[..., Played],
    app: QApplication,
    desk: Desk,
    clock: Clock,
    recorder: Recorder,
    language: str,
    scale: int,
) -> None:
    filled(desk, clock)
    application.speak(app, language)
    theme.apply(app, theme.Look(scale=scale))
    found: list[str] = []
    for kind, last in ((LogPage, 6), (StoresPage, 2)):
        played = open_page(kind)
        played.page.retranslate()
        for tab in range(last):
            played.page.turn_to(tab)
            for row in range(played.page.sheet_rows):
                played.page.list.table.go(row)
                for width, height in SIZES:
                    found += cut_words(played.page, recorder, width=width, height=height)
            whole = " ".join(text for line in played.texts for text in line[2:3])
            found = [each for each in found if not beginning(each, whole)]
        played.page.hide()
    assert not set(found)


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("scale", [100, 130])
@pytest.mark.parametrize("tab", [Tab.NOTES, Tab.ORDERS, Tab.INCIDENTS, Tab.MATTERS])
def test_no_text_of_a_form_is_cut(
    log: Played, app: QApplication, recorder: Recorder, language: str, scale: int, tab: Tab
) -> None:
    application.speak(app, language)
    theme.apply(app, theme.Look(scale=scale))
    log.page.retranslate()
    log.page.turn_to(tab)
    log.press(K.Key_F1)
    for width, height in SIZES:
        assert cut_words(log.page, recorder, width=width, height=height) == []


def beginning(cut: str, whole: str) -> bool:
    """A line of the list that goes on: the whole of it stands beside the list when it is chosen."""
    return cut.startswith("painted: ") and cut.endswith("…") and cut[9:-1].rstrip() in whole
