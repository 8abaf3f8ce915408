"""The shift page, by real keys, on a real ledger."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from checkpoint_app import bootstrap, i18n
from checkpoint_app.config import Settings
from checkpoint_app.crypto.keyfile import KeyPlace
from checkpoint_app.domain import chain
from checkpoint_app.domain.entry import Entry, Head
from checkpoint_app.domain.facts import SEALED, SHIFT_CLOSED
from checkpoint_app.domain.words import Direction, Outcome
from checkpoint_app.services.desk import Desk
from checkpoint_app.services.lane import Lane
from checkpoint_app.storage import queries
from checkpoint_app.ui import app as application
from checkpoint_app.ui import duty_text, theme
from checkpoint_app.ui.pages import shift as page_module
from checkpoint_app.ui.pages.shift import BOARD, FORM, SEAL, ShiftPage
from checkpoint_app.ui.shift_form import MOST_OFFICERS, Roster
from checkpoint_app.ui.tasks import Tasks
from checkpoint_app.ui.told import Tone
from tests.ui.recorder import Recorder
from tests.ui.uncut import cut_words

K = Qt.Key
SIZES = [(1290, 720), (1204, 642)]  # beside the rail and under the top bar


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    settings = Settings(station="South Gate", desk="G107-1")
    bootstrap.set_up(tmp_path, settings, place=KeyPlace.OPEN_FILE)
    made = bootstrap.open_desk(tmp_path)
    yield made
    made.close()


@pytest.fixture
def lane(desk: Desk) -> Lane:
    return desk.lane(1, direction=Direction.IN)


@pytest.fixture
def page(qtbot: QtBot, app: QApplication, desk: Desk, lane: Lane) -> Iterator[ShiftPage]:
    application.speak(app, "en")
    tasks = Tasks()
    made = ShiftPage(desk, lanes=lambda: [lane], tasks=tasks)
    qtbot.addWidget(made)
    made.resize(*SIZES[0])
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.reload()
    qtbot.waitUntil(lambda: made._found is not None)
    made.setFocus()
    yield made
    tasks.close()
    application.speak(app, "en")


def press(key: Qt.Key) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key)


def write(text: str) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClicks(focused, text)


def open_shift(qtbot: QtBot, page: ShiftPage, *officers: str) -> None:
    write("Group 3")
    press(K.Key_Return)
    write("Wang")
    press(K.Key_Return)
    for name in officers or ("Li", "Zhao"):
        focused = QApplication.focusWidget()
        if focused is page.form.again:
            press(K.Key_Tab)
        write(name)
        press(K.Key_Return)
    with qtbot.waitSignal(page.opened):
        press(K.Key_F1)
    qtbot.waitUntil(lambda: page.pile.currentIndex() == BOARD)


def test_a_first_reading_that_comes_late_leaves_the_keys_to_who_types(page: ShiftPage) -> None:
    page._found = None
    page.form.lead.edit.setFocus()
    page._have_read(page._read())
    assert QApplication.focusWidget() is page.form.lead.edit


def cross(lane: Lane, plate: str) -> None:
    lane.plate(plate)
    lane.temperature(365)
    lane.end(Outcome.TURNED_BACK).written.result()


def test_a_shift_is_opened_with_the_keyboard_alone(qtbot: QtBot, page: ShiftPage, desk: Desk) -> None:
    assert QApplication.focusWidget() is page.form.group.edit
    open_shift(qtbot, page)
    found = desk.duty.current()
    assert found is not None
    assert (found.group, found.officers[found.lead]) == ("Group 3", "Wang")
    assert sorted(found.officers.values()) == ["Li", "Wang", "Zhao"]
    assert (desk.by.shift, desk.by.officer) == (found.shift, found.lead)
    assert page._title.text() == "Group 3"
    assert "Wang" in page.board._lead.text
    assert "Li" in page.board._officers.text


@pytest.mark.parametrize("left_out", ["group", "lead", "officers"])
def test_what_is_missing_is_said_and_gets_the_focus(page: ShiftPage, desk: Desk, left_out: str) -> None:
    whole = {"group": "Group 3", "lead": "Wang", "officers": ("Li",)}
    page.form.show_roster(Roster(**{name: value for name, value in whole.items() if name != left_out}))  # type: ignore[arg-type]
    press(K.Key_F1)
    fields = {
        "group": page.form.group.edit,
        "lead": page.form.lead.edit,
        "officers": page.form.officers.edits[0],
    }
    assert QApplication.focusWidget() is fields[left_out]
    assert page.form.trouble.tone is Tone.BAD
    assert desk.duty.current() is None


def test_twelve_lines_open_one_by_one_and_no_more(page: ShiftPage) -> None:
    rows = page.form.officers
    rows.edits[0].setFocus()
    for place in range(MOST_OFFICERS):
        assert sum(edit.isVisible() for edit in rows.edits) == place + 1
        assert QApplication.focusWidget() is rows.edits[place]
        write(f"Officer{place}")
        press(K.Key_Return)
    assert len(rows.names) == MOST_OFFICERS


def test_names_and_groups_of_earlier_shifts_are_offered(qtbot: QtBot, page: ShiftPage, lane: Lane) -> None:
    open_shift(qtbot, page)
    press(K.Key_F1)
    with qtbot.waitSignal(page.closed):
        press(K.Key_F1)
    qtbot.waitUntil(lambda: not page.reading.busy)
    press(K.Key_F1)
    completer = page.form.lead.edit.completer()
    completer.setCompletionPrefix("a")
    offered = {completer.completionModel().index(row, 0).data() for row in range(completer.completionCount())}
    assert offered == {"Wang", "Zhao"}
    press(K.Key_F2)
    assert page.form.roster == Roster("Group 3", "Wang", ("Li", "Zhao"))


def test_the_second_press_closes_and_the_first_says_what_it_will_do(
    qtbot: QtBot, page: ShiftPage, desk: Desk, lane: Lane
) -> None:
    open_shift(qtbot, page)
    for place in range(3):
        cross(lane, f"豫A1234{place}")
    page.reload()
    qtbot.waitUntil(lambda: page._found is not None and page._found.totals.vehicles == 3)
    press(K.Key_F1)
    assert page.armed
    assert "with 3 vehicles" in page.words
    assert desk.duty.current() is not None
    with qtbot.waitSignal(page.closed):
        press(K.Key_F1)
    assert desk.duty.current() is None
    assert desk.by.shift == ""
    kinds = [_kind(entry) for entry in _entries(desk)]
    assert kinds[-2:] == [SHIFT_CLOSED, SEALED]


def test_a_key_held_down_is_one_press(qtbot: QtBot, page: ShiftPage, desk: Desk) -> None:
    open_shift(qtbot, page)
    press(K.Key_F1)
    none = Qt.KeyboardModifier.NoModifier
    for _time in range(5):
        QApplication.sendEvent(page, QKeyEvent(QEvent.Type.KeyPress, K.Key_F1, none, "", True))
    assert page.armed
    assert desk.duty.current() is not None


@pytest.mark.parametrize("how", ["escape", "time", "hidden"])
def test_an_announced_closing_is_taken_back(qtbot: QtBot, page: ShiftPage, desk: Desk, how: str) -> None:
    open_shift(qtbot, page)
    page._disarming.setInterval(20)
    if how != "time":
        page._disarming.setInterval(page_module.ARMED_MS)
    press(K.Key_F1)
    assert page.armed
    if how == "escape":
        press(K.Key_Escape)
    elif how == "hidden":
        page.hide()
    qtbot.waitUntil(lambda: not page.armed)
    assert not page._disarming.isActive()
    assert desk.duty.current() is not None


def test_vehicles_without_an_outcome_are_listed_and_block_the_closing(
    qtbot: QtBot, page: ShiftPage, desk: Desk, lane: Lane
) -> None:
    open_shift(qtbot, page)
    lane.plate("豫A12345")
    lane.plate("豫A12C47")
    page.reload()
    qtbot.waitUntil(lambda: page.board.waiting.tone is Tone.BAD)
    shown = [note.text for note in page.board._lines if note.isVisible()]
    assert ["豫A·12C47" in shown[0], "豫A·12345" in shown[1]] == [True, True]
    press(K.Key_F1)
    assert not page.armed
    assert "2 still without" in page.words
    assert desk.duty.current() is not None


def test_a_vehicle_that_comes_between_the_two_presses_blocks_as_well(
    qtbot: QtBot, page: ShiftPage, desk: Desk, lane: Lane
) -> None:
    open_shift(qtbot, page)
    press(K.Key_F1)
    lane.plate("豫A12345")
    press(K.Key_F1)
    assert not page.armed
    assert "1 still without" in page.words
    assert desk.duty.current() is not None


def test_what_was_counted_by_eye_is_written_before_the_shift_closes(
    qtbot: QtBot, page: ShiftPage, desk: Desk, lane: Lane
) -> None:
    open_shift(qtbot, page)
    for _time in range(4):
        lane.count(people=1).saved.result()
    press(K.Key_F1)
    with qtbot.waitSignal(page.closed):
        press(K.Key_F1)
    with desk.ledger.reader() as reader:
        last = queries.shifts(reader, limit=1)[0]
        assert queries.shift_totals(reader, last.shift).counted_vehicles == 4


def test_the_seal_shown_is_the_one_in_the_ledger(qtbot: QtBot, page: ShiftPage, desk: Desk) -> None:
    open_shift(qtbot, page)
    press(K.Key_F1)
    with qtbot.waitSignal(page.closed):
        press(K.Key_F1)
    head = chain.parse_head(page.seal.code)
    assert head == desk.ledger.head()
    last = _entries(desk)[-1]
    assert (_kind(last), last.hash.hex()) == (SEALED, head.hash)
    assert page.pile.currentIndex() == SEAL


def test_eight_groups_of_four_are_the_first_half_of_the_hash() -> None:
    digits = "0123456789abcdef" * 4
    groups = duty_text.seal_groups(Head("G107-1", "00" * 8, 7, digits))
    assert len(groups) == 8
    assert "".join(groups) == digits[:32].upper()


def test_the_seal_stays_until_the_next_shift_is_wanted(qtbot: QtBot, page: ShiftPage) -> None:
    open_shift(qtbot, page)
    press(K.Key_F1)
    with qtbot.waitSignal(page.closed):
        press(K.Key_F1)
    qtbot.waitUntil(lambda: not page.reading.busy)
    page.reload()
    qtbot.waitUntil(lambda: not page.reading.busy)
    assert page.pile.currentIndex() == SEAL
    press(K.Key_F1)
    assert page.pile.currentIndex() == FORM
    assert QApplication.focusWidget() is page.form.group.edit


def test_a_shift_opened_elsewhere_is_said_and_shown(qtbot: QtBot, page: ShiftPage, desk: Desk) -> None:
    desk.duty.open(group="Group 1", lead="Sun", officers=["Qian"], zone=480).result()
    page.form.show_roster(Roster("Group 3", "Wang", ("Li",)))
    press(K.Key_F1)
    qtbot.waitUntil(lambda: page.pile.currentIndex() == BOARD)
    assert page._title.text() == "Group 1"
    assert "open already" in page.words


def test_names_are_shown_as_they_are_written(qtbot: QtBot, page: ShiftPage, recorder: Recorder) -> None:
    open_shift(qtbot, page, "<b>Li</b>")
    recorder.grab(page, width=1290, height=720)
    assert any("<b>Li</b>" in text for text in recorder.texts)


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("scale", theme.SCALES)
def test_nothing_is_cut(
    qtbot: QtBot,
    app: QApplication,
    page: ShiftPage,
    lane: Lane,
    recorder: Recorder,
    language: str,
    scale: int,
) -> None:
    theme.apply(app, theme.Look(scale=scale))
    application.speak(app, language)
    page.retranslate()
    found = {}

    def check(state: str) -> None:
        for width, height in SIZES:
            found[state, width] = cut_words(page, recorder, width=width, height=height)
            assert recorder.smallest >= 14

    check("empty")
    press(K.Key_F1)
    check("missing")
    page.form.show_roster(Roster("Group 3", "Wang", tuple(f"Officer{n}" for n in range(MOST_OFFICERS))))
    check("full")
    with qtbot.waitSignal(page.opened):
        press(K.Key_F1)
    qtbot.waitUntil(lambda: page.pile.currentIndex() == BOARD)
    for place in range(4):
        lane.plate(f"豫A1234{place}")
    page.reload()
    qtbot.waitUntil(lambda: page.board.waiting.tone is Tone.BAD)
    press(K.Key_F1)
    check("waiting")
    for _place in range(4):
        if lane.state.open is None:
            lane.resume(1)
        lane.end(Outcome.TURNED_BACK).written.result()
    press(K.Key_F1)
    check("announced")
    with qtbot.waitSignal(page.closed):
        press(K.Key_F1)
    check("sealed")
    assert {place: cut for place, cut in found.items() if cut} == {}


def _entries(desk: Desk) -> list[Entry]:
    with desk.ledger.reader() as reader:
        return [row.entry for row in queries.entries(reader)]


def _kind(entry: Entry) -> object:
    return json.loads(entry.header)["kind"]
