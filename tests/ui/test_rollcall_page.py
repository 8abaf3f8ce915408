"""The roll-call by real keys, on a real ledger."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from checkpoint_app import bootstrap, i18n
from checkpoint_app.config import LaneSetting, Settings
from checkpoint_app.crypto.keyfile import KeyPlace
from checkpoint_app.domain.facts import By
from checkpoint_app.domain.roles import Role
from checkpoint_app.domain.words import Direction
from checkpoint_app.services.desk import Desk
from checkpoint_app.services.lane import Lane
from checkpoint_app.storage import queries
from checkpoint_app.ui import app as application
from checkpoint_app.ui import theme
from checkpoint_app.ui.pages.rollcall import RollcallPage
from checkpoint_app.ui.roll_text import Doing
from checkpoint_app.ui.tasks import Tasks
from checkpoint_app.ui.told import Tone
from tests.pins import CHEAP
from tests.ui.recorder import Recorder
from tests.ui.uncut import cut_words

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
"""What Qt says of lists that pop up without a screen."""
K = Qt.Key
SIZES = [(1290, 720), (1204, 642), (1844, 1032)]
GROUP = ("Wang", "Li", "Zhao", "Sun")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    settings = Settings(station="South Gate", desk="G107-1", lanes=(LaneSetting(1), LaneSetting(2, "out")))
    bootstrap.set_up(tmp_path, settings, place=KeyPlace.OPEN_FILE)
    made = bootstrap.open_desk(tmp_path)
    made.officers.cost = CHEAP
    yield made
    made.close()


@pytest.fixture
def lane(desk: Desk) -> Lane:
    return desk.lane(1, direction=Direction.IN)


@pytest.fixture
def heard() -> list[str]:
    return []


@pytest.fixture
def page(qtbot: QtBot, app: QApplication, desk: Desk, lane: Lane, heard: list[str]) -> Iterator[RollcallPage]:
    application.speak(app, "en")
    tasks = Tasks()
    made = RollcallPage(desk, lanes=lambda: [lane], tasks=tasks, play=heard.append)
    qtbot.addWidget(made)
    made.resize(*SIZES[0])
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.shown()
    qtbot.waitUntil(lambda: made.ready)
    made.setFocus()
    yield made
    tasks.close()
    application.speak(app, "en")


def press(*keys: Qt.Key) -> None:
    for key in keys:
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, key)


def write(text: str) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClicks(focused, text)


def known_group(desk: Desk) -> dict[str, str]:
    numbers = {name: desk.officers.enrol(name, by=desk.by).number for name in GROUP}
    desk.roster.set_group("Group 3", list(numbers.values()), [numbers["Wang"]], by=desk.by).result()
    return numbers


def again(qtbot: QtBot, page: RollcallPage) -> None:
    page.shown()
    qtbot.waitUntil(lambda: not page.reading.busy)


def type_names(*names: str) -> None:
    write("Group 3")
    press(K.Key_Return)
    write("Wang")
    press(K.Key_Return)
    for name in names:
        write(name)
        press(K.Key_Return)


def test_typed_names_open_a_shift_as_quickly_as_ever(qtbot: QtBot, page: RollcallPage, desk: Desk) -> None:
    type_names("Li", "Zhao")
    with qtbot.waitSignal(page.opened):
        press(K.Key_F1)
    found = desk.duty.current()
    assert found is not None
    assert (found.group, found.officers[found.lead]) == ("Group 3", "Wang")
    assert sorted(found.officers.values()) == ["Li", "Wang", "Zhao"]
    assert (desk.by.shift, desk.by.officer) == (found.shift, found.lead)
    assert sorted(each.name for each in desk.officers.everybody()) == ["Li", "Wang", "Zhao"]


def test_a_name_left_in_its_line_is_not_forgotten(qtbot: QtBot, page: RollcallPage, desk: Desk) -> None:
    type_names("Li")
    write("Zhao")
    with qtbot.waitSignal(page.opened):
        press(K.Key_F1)
    found = desk.duty.current()
    assert found is not None
    assert "Zhao" in found.officers.values()


def test_a_group_of_the_roster_brings_its_people_and_single_keys_call_them(
    qtbot: QtBot, page: RollcallPage, desk: Desk
) -> None:
    numbers = known_group(desk)
    again(qtbot, page)
    write("Group 3")
    press(K.Key_Return)
    rows = page.form.people.list
    assert QApplication.focusWidget() is rows
    assert [each.name for each in rows.members] == list(GROUP)
    press(K.Key_Right, K.Key_Down, K.Key_2, K.Key_Right, K.Key_Right, K.Key_Down, K.Key_3, K.Key_Down)
    press(K.Key_Space, K.Key_Space, K.Key_Space)
    assert [each.state for each in rows.members] == ["present", "late", "absent", "replaced"]
    assert [each.post for each in rows.members] == ["lane-1", "lane-2", "", ""]
    with qtbot.waitSignal(page.opened):
        press(K.Key_F1)
    found = desk.duty.current()
    assert found is not None
    assert found.officers[found.lead] == "Wang"
    assert desk.posts == {1: numbers["Wang"], 2: numbers["Li"]}
    stints = {each.officer: each.state for each in desk.attendance.on()}
    assert stints == {numbers["Wang"]: "present", numbers["Li"]: "late"}


def test_another_lead_is_chosen_by_one_key_and_must_be_here(
    qtbot: QtBot, page: RollcallPage, desk: Desk
) -> None:
    known_group(desk)
    again(qtbot, page)
    write("Group 3")
    press(K.Key_Return, K.Key_Down, K.Key_F3, K.Key_3, K.Key_F1)
    assert page.form.roll.lead == "Li"
    assert "not here" in page.words
    assert desk.duty.current() is None


@pytest.mark.parametrize("left_out", ["group", "lead"])
def test_what_is_missing_is_said_and_gets_the_focus(page: RollcallPage, desk: Desk, left_out: str) -> None:
    if left_out == "lead":
        write("Group 3")
    press(K.Key_F1)
    field = page.form.card.group if left_out == "group" else page.form.card.lead
    assert QApplication.focusWidget() is field.edit
    assert page._words.tone is Tone.BAD
    assert desk.duty.current() is None


def test_with_pins_the_lead_types_theirs_and_a_wrong_one_opens_nothing(
    qtbot: QtBot, page: RollcallPage, desk: Desk
) -> None:
    numbers = known_group(desk)
    desk.officers.change(numbers["Wang"], role=Role.LEAD, by=desk.by)
    desk.officers.set_pin(numbers["Wang"], "2580", by=desk.by)
    again(qtbot, page)
    write("Group 3")
    press(K.Key_Return, K.Key_F1)
    assert QApplication.focusWidget() is page.form.card.pin.edit
    write("9999")
    press(K.Key_F1)
    qtbot.waitUntil(lambda: page.ready and page._words.tone is Tone.BAD)
    assert desk.duty.current() is None
    assert page.form.card.pin.value == ""
    assert len(page.form.people.members) == len(GROUP)
    page.form.card.pin.setFocus()
    write("2580")
    over = Event()
    for _worker in range(2):
        page.tasks.run(over.wait, then=lambda _done: None)
    try:
        with qtbot.waitSignal(page.opened):
            press(K.Key_F1)
    finally:
        over.set()
    assert desk.by.officer == numbers["Wang"]


def test_the_four_sounds_are_tried_with_one_key(qtbot: QtBot, page: RollcallPage, heard: list[str]) -> None:
    press(K.Key_F8)
    qtbot.waitUntil(lambda: len(heard) == 4, timeout=8_000)
    assert heard == ["pass", "not_yet", "refer", "stop"]


def test_the_shift_before_is_called_again(qtbot: QtBot, page: RollcallPage, desk: Desk) -> None:
    desk.duty.open(group="Group 3", lead="Wang", officers=["Li"], zone=480).result()
    desk.duty.close(waiting=0, by=desk.by).result()
    again(qtbot, page)
    press(K.Key_F2)
    assert page.form.roll.group == "Group 3"
    assert [each.name for each in page.form.roll.members] == ["Wang", "Li"]


def test_an_open_shift_is_handed_over_from_here(qtbot: QtBot, page: RollcallPage, desk: Desk) -> None:
    desk.duty.open(group="Group 1", lead="Qian", officers=["Wu"], zone=480).result()
    desk.resume_shift()
    again(qtbot, page)
    assert page.doing is Doing.HANDING_OVER
    type_names("Li")
    with qtbot.waitSignal(page.begun):
        press(K.Key_F1)
    now, closing = desk.duty.current(), desk.duty.closing()
    assert now is not None
    assert closing is not None
    assert (now.group, closing.group) == ("Group 3", "Group 1")
    assert desk.by.shift == now.shift
    again(qtbot, page)
    with qtbot.waitSignal(page.handover):
        press(K.Key_F1)


def test_a_service_that_ends_needs_a_reason(qtbot: QtBot, page: RollcallPage, desk: Desk) -> None:
    desk.duty.open(group="Group 1", lead="Qian", officers=["Wu"], zone=480).result()
    desk.resume_shift()
    again(qtbot, page)
    press(K.Key_F6, K.Key_F1)
    assert "reason" in page.words
    assert desk.duty.current() is not None
    write("road closed")
    with qtbot.waitSignal(page.ended):
        press(K.Key_F1)
    assert desk.duty.current() is None
    with desk.ledger.reader() as reader:
        assert queries.shifts(reader, limit=1)[0].closed


def test_the_end_of_the_service_is_taken_back(qtbot: QtBot, page: RollcallPage, desk: Desk) -> None:
    desk.duty.open(group="Group 1", lead="Qian", officers=["Wu"], zone=480).result()
    desk.resume_shift()
    again(qtbot, page)
    press(K.Key_F6, K.Key_Escape)
    assert page.doing is Doing.HANDING_OVER
    with qtbot.waitSignal(page.left):
        press(K.Key_Escape)


def test_names_are_shown_as_they_are_written(page: RollcallPage, recorder: Recorder) -> None:
    type_names("<b>Li</b>")
    recorder.grab(page, width=1290, height=720)
    assert any("<b>Li</b>" in text for text in recorder.texts)


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("scale", [100, 130])
def test_nothing_is_cut(
    qtbot: QtBot,
    app: QApplication,
    page: RollcallPage,
    desk: Desk,
    recorder: Recorder,
    language: str,
    scale: int,
) -> None:
    theme.apply(app, theme.Look(scale=scale))
    application.speak(app, language)
    page.retranslate()
    numbers = known_group(desk)
    desk.officers.change(numbers["Wang"], role=Role.LEAD, by=desk.by)
    desk.officers.set_pin(numbers["Wang"], "2580", by=desk.by)
    again(qtbot, page)
    found = {}

    def check(state: str) -> None:
        for width, height in SIZES:
            found[state, width] = cut_words(page, recorder, width=width, height=height)
            assert recorder.smallest >= 14

    check("empty")
    press(K.Key_F1)
    check("missing")
    write("Group 3")
    press(K.Key_Return, K.Key_2, K.Key_Right)
    check("called")
    by = By("", numbers["Wang"])
    desk.duty.open(group="Group 1", lead="Qian", officers=["Wu"], zone=480, by=by).result()
    again(qtbot, page)
    check("next")
    press(K.Key_F6, K.Key_F1)
    check("ending")
    assert {place: cut for place, cut in found.items() if cut} == {}
