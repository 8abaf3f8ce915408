"""A shift from roll-call to seal in the real window, by key presses alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from checkpoint_app.domain.handover import Answered, Side, State
from checkpoint_app.domain.roles import Role
from checkpoint_app.storage import queries
from checkpoint_app.ui import app as application
from checkpoint_app.ui.duty_pages import HANDOVER, ROLLCALL
from checkpoint_app.ui.handover_text import Row
from checkpoint_app.ui.pages.handover import HandoverPage
from checkpoint_app.ui.pages.rollcall import RollcallPage
from checkpoint_app.ui.roll_text import Doing
from tests.pins import CHEAP
from tests.ui.recorder import Recorder
from tests.ui.uncut import cut_words
from tests.ui.window.stage import SETTINGS, Stage, english, make_desk, raise_curtain

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
SIZES = [(1290, 720), (1204, 642), (1844, 1032)]


@pytest.fixture
def desk_folder(tmp_path: Path) -> Path:
    return tmp_path


@pytest.fixture
def begun(qtbot: QtBot, tmp_path: Path) -> Iterator[Stage]:
    """A handover under way: one matter, one article."""
    stage = opened(qtbot, tmp_path)
    type_next(stage)
    yield stage
    stage.close()


@pytest.fixture(autouse=True)
def day(qapp: QApplication) -> Iterator[None]:
    yield
    application.dress(qapp, SETTINGS)


def opened(qtbot: QtBot, folder: Path, *, pins: bool = False) -> Stage:
    desk = make_desk(folder, english())
    desk.officers.cost = CHEAP
    for name in ("王建国", "李四", "赵海"):
        desk.officers.enrol(name, role=Role.LEAD, by=desk.by)
    desk.matters.raise_("Thermometer 2 reads high", owner="IT", by=desk.by).result()
    desk.stores.declare("Thermometers", unit="pcs", equipment=True, due=6, by=desk.by).result()
    if pins:
        for number, pin in zip(("01", "02", "03"), ("2580", "3691", "4702"), strict=True):
            desk.officers.set_pin(number, pin, by=desk.by)
        desk.sign_on("01", "2580", lane=None)
    return raise_curtain(qtbot, desk)


def type_next(stage: Stage) -> None:
    """The roll-call of the group that takes over."""
    stage.duty.show_page(ROLLCALL)
    page = cast(RollcallPage, stage.duty.pages.page(ROLLCALL))
    stage.until(lambda: page.ready and page.known.shift is not None)
    stage.type("B")
    stage.key("Enter")
    stage.compose("赵海")
    stage.key("Enter")
    stage.key("F1")
    stage.until(lambda: stage.window.current == HANDOVER)
    ready(stage)


def handover(stage: Stage) -> HandoverPage:
    return cast(HandoverPage, stage.duty.pages.page(HANDOVER))


def ready(stage: Stage) -> None:
    page = handover(stage)
    stage.until(lambda: page.standing is not None and not page.working)


def press(stage: Stage, *names: str) -> None:
    for name in names:
        stage.key(name)
        ready(stage)


def accept_all(stage: Stage) -> None:
    """F1 for each line; the first may come too soon behind the one that began the handover."""
    if stage.desk.officers.protected:
        stage.desk.sign_on("03", "4702", lane=None)  # lines are answered by the next shift
    page = handover(stage)
    for _line in range(len(page.body._rows) + 1):
        if page.standing is not None and page.standing.handover.unanswered:
            press(stage, "F1")


def current(page: HandoverPage) -> Row:
    row = page.body.list.row
    assert row is not None
    return row


def last_closed(stage: Stage) -> dict[str, object]:
    with stage.desk.ledger.reader() as reader:
        row = queries.last_of_kind(reader, "shift_closed")
    assert row is not None
    return cast(dict[str, object], json.loads(row.entry.public))


def test_a_whole_shift_is_done_with_the_keyboard(qtbot: QtBot, tmp_path: Path) -> None:
    stage = raise_curtain_without_shift(qtbot, tmp_path)
    try:
        assert stage.window.current == ROLLCALL
        stage.type("A")
        stage.key("Enter")
        stage.compose("王建国")
        stage.key("Enter")
        stage.compose("李四")
        stage.key("Enter")
        stage.key("F1")
        stage.until(lambda: stage.window.current == "lane-1")
        for plate in ("a12345", "a54321"):
            stage.type(plate)
            stage.key("Enter")
            stage.key("F3")
            stage.saved()
        stage.until(lambda: stage.entries("vehicle_crossed") == 2)
        type_next(stage)
        page = handover(stage)
        assert page.standing is not None
        first = page.standing.handover.shift
        assert page.body._rows[0].said.startswith("2 vehicles")
        accept_all(stage)
        press(stage, "F3", "F4")
        stage.until(lambda: stage.entries("shift_closed") == 1 and not page.working)
        stage.until(lambda: page.sheet.path is not None)
        assert page.sheet.path is not None
        assert page.sheet.path.read_bytes().startswith(b"%PDF")
        assert stage.desk.handovers.standing(first).state is State.SEALED
        assert stage.desk.by.shift != first
        stage.key("Esc")
        assert stage.window.current == "shift"
    finally:
        stage.close()


def raise_curtain_without_shift(qtbot: QtBot, folder: Path) -> Stage:
    desk = make_desk(folder, english(), shift=False)
    desk.officers.cost = CHEAP
    stage = raise_curtain(qtbot, desk)
    stage.duty.show_page("shift")
    page = cast(RollcallPage, stage.duty.pages.page(ROLLCALL))
    stage.until(lambda: page.ready)
    page.form.card.group.setFocus()
    return stage


def test_a_query_needs_words_and_becomes_a_matter_of_the_next_shift(begun: Stage) -> None:
    page = handover(begun)
    while not current(page).article:
        begun.key("F1")
        ready(begun)
    key = current(page).key
    begun.key("F2")
    assert QApplication.focusWidget() is page.body.line.note
    begun.type("one lent out")
    press(begun, "F2")
    answer = begun.desk.handovers.standing(page._shift).answers[key]
    assert (answer.said, answer.note) == (Answered.QUERIED, "one lent out")
    accept_all(begun)
    press(begun, "F3", "F4")
    begun.until(lambda: begun.entries("shift_closed") == 1)
    assert len(begun.desk.matters.open()) == 2


def test_digits_typed_at_an_article_are_its_count(begun: Stage) -> None:
    page = handover(begun)
    while not current(page).article:
        begun.key("F1")
        ready(begun)
    key = current(page).key
    begun.type("5")
    assert page.body.line.count.value == "5"
    press(begun, "F1")
    assert begun.desk.handovers.standing(page._shift).answers[key].counted == 5


def test_what_was_typed_stays_with_its_line(begun: Stage) -> None:
    page = handover(begun)
    first = current(page).key
    begun.type("look again")
    QTest.keyClick(page.body.line.note, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(page.body.line.note, Qt.Key.Key_Down)
    assert current(page).key != first
    assert page.body.line.said == ""
    QTest.keyClick(page.body.list, Qt.Key.Key_Up)
    assert page.body.line.note.toPlainText() == "look again\n"


def test_nobody_signs_before_every_line_was_seen(begun: Stage) -> None:
    press(begun, "F3", "F4")
    assert begun.entries("handover_signed") == 0
    assert "not seen" in handover(begun).words


def test_who_takes_over_may_refuse_it_all(begun: Stage) -> None:
    page = handover(begun)
    shift = page._shift
    press(begun, "F6")
    begun.type("5")
    begun.key("F1")
    assert QApplication.focusWidget() is page.body.away.why.edit
    begun.type("stock missing")
    begun.key("F1")
    begun.until(lambda: begun.desk.duty.closing() is None)
    begun.until(lambda: begun.window.current == "shift")
    assert begun.desk.by.shift == shift


def test_with_one_side_away_the_other_signs_and_it_is_closed(begun: Stage) -> None:
    page = handover(begun)
    accept_all(begun)
    press(begun, "F6")
    begun.type("3")
    begun.key("Tab")
    begun.type("in hospital")
    press(begun, "F1")
    assert begun.entries("handover_absent") == 1
    assert "in hospital" in page.foot.cards[Side.OUTGOING].who.signer.state
    press(begun, "F4")
    begun.until(lambda: begun.entries("shift_closed") == 1)


def test_a_wrong_pin_is_said_and_a_right_one_signs_with_a_key(qtbot: QtBot, tmp_path: Path) -> None:
    stage = opened(qtbot, tmp_path, pins=True)
    try:
        type_next(stage)
        page = handover(stage)
        accept_all(stage)
        stage.key("F3")
        assert QApplication.focusWidget() is page.foot.cards[Side.OUTGOING].pin.edit
        stage.type("1111")
        press(stage, "Enter")
        assert stage.entries("handover_signed") == 0
        assert page.foot.pin(Side.OUTGOING) == ""
        assert "PIN" in page.words
        stage.key("F3")
        stage.type("2580")
        press(stage, "Enter")
        stage.key("F4")
        stage.type("4702")
        press(stage, "Enter")
        stage.until(lambda: stage.entries("shift_closed") == 1)
        signed = stage.desk.handovers.standing(page._shift).signatures
        assert all(len(each.signature) == 128 for each in signed)
        assert {each.officer for each in signed} == {"01", "03"}
    finally:
        stage.close()


def test_the_sheet_can_be_ended_and_written_later(begun: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    page = handover(begun)
    accept_all(begun)
    monkeypatch.setattr(page.sheet, "_so_far", lambda _done, _of: False)
    press(begun, "F3", "F4")
    begun.until(lambda: begun.entries("shift_closed") == 1 and not page.working)
    assert page.sheet.path is None
    assert "no sheet" in page.words
    monkeypatch.undo()
    press(begun, "F1")
    begun.until(lambda: page.sheet.path is not None)


def test_a_sheet_that_was_written_is_not_named_beside_the_next_handover(begun: Stage) -> None:
    page = handover(begun)
    accept_all(begun)
    press(begun, "F3", "F4")
    begun.until(lambda: page.sheet.path is not None and not page.working)
    first, sheet = page._shift, page.words
    assert "F1 prints the sheet" in sheet
    begun.duty.show_page(ROLLCALL)
    rollcall = cast(RollcallPage, begun.duty.pages.page(ROLLCALL))
    begun.until(lambda: rollcall.ready and rollcall.doing is Doing.HANDING_OVER)
    begun.key("F6")
    begun.type("end")
    begun.key("F1")
    begun.until(lambda: begun.window.current == HANDOVER and page._shift not in ("", first))
    begun.until(lambda: not page.working)
    assert page.words != sheet


def test_what_is_written_is_printed(begun: Stage) -> None:
    page = handover(begun)
    sent: list[Path] = []
    page.sheet._send = sent.append
    accept_all(begun)
    press(begun, "F3", "F4")
    begun.until(lambda: page.sheet.path is not None and not page.working)
    begun.key("F1")
    begun.until(lambda: bool(sent))
    assert [path.read_bytes()[:4] for path in sent] == [b"%PDF"]


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("scale", [100, 130])
def test_nothing_is_cut(
    qtbot: QtBot, tmp_path: Path, qapp: QApplication, recorder: Recorder, language: str, scale: int
) -> None:
    stage = opened(qtbot, tmp_path, pins=True)
    try:
        type_next(stage)
        application.dress(qapp, replace(SETTINGS, language=language, scale=scale))
        application.speak(qapp, language)
        page = handover(stage)
        page.retranslate()
        found = {}

        def check(state: str) -> None:
            page.setParent(None)
            page.show()
            for width, height in SIZES:
                found[state, width] = cut_words(page, recorder, width=width, height=height)
                assert recorder.smallest >= 14
            stage.window.pile.addWidget(page)
            stage.window.pile.setCurrentWidget(page)

        check("begun")
        press(stage, "F6")
        stage.key("F1")
        check("away")
        press(stage, "Esc")
        accept_all(stage)
        check("seen")
        assert {place: cut for place, cut in found.items() if cut} == {}
    finally:
        stage.close()
