"""Hands at a handover: a PIN lands in no other field, nobody acts in another's name, a slip is harmless."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from checkpoint_app.domain.handover import Side
from checkpoint_app.services.officers import badge_text
from checkpoint_app.ui.duty_pages import HANDOVER, PAPER, ROLLCALL, SHIFT
from checkpoint_app.ui.pages.rollcall import RollcallPage
from tests.ui.window.stage import Stage
from tests.ui.window.test_handover import accept_all, current, handover, opened, press, ready, type_next

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def guarded(qtbot: QtBot, tmp_path: Path) -> Iterator[Stage]:
    """A handover under way at a desk whose officers have PINs."""
    stage = opened(qtbot, tmp_path, pins=True)
    type_next(stage)
    yield stage
    stage.close()


@pytest.fixture
def begun(qtbot: QtBot, tmp_path: Path) -> Iterator[Stage]:
    stage = opened(qtbot, tmp_path)
    type_next(stage)
    yield stage
    stage.close()


def badge(stage: Stage, number: str) -> str:
    return badge_text(stage.desk.officers.find(number), desk=stage.desk.ledger.head().desk)


def test_a_pin_typed_again_behind_a_wrong_one_goes_nowhere_else(guarded: Stage) -> None:
    page = handover(guarded)
    accept_all(guarded)
    guarded.key("F3")
    guarded.type("1111")
    press(guarded, "Enter")
    guarded.type("2580")
    assert page.foot.pin(Side.OUTGOING) == "2580"
    assert (page.body.line.said, page.body.line.count.value) == ("", "")
    press(guarded, "Enter")
    assert guarded.entries("handover_signed") == 1


def test_behind_one_signature_the_other_sides_pin_is_next(guarded: Stage) -> None:
    page = handover(guarded)
    accept_all(guarded)
    guarded.key("F3")
    guarded.type("2580")
    press(guarded, "Enter")
    assert QApplication.focusWidget() is page.foot.cards[Side.INCOMING].pin.edit
    guarded.type("4702")
    press(guarded, "Enter")
    guarded.until(lambda: guarded.entries("shift_closed") == 1)


def test_what_is_typed_while_a_pin_is_checked_goes_nowhere(guarded: Stage) -> None:
    page = handover(guarded)
    accept_all(guarded)
    guarded.key("F3")
    guarded.type("1111")
    page._sign(Side.OUTGOING)
    field = page.foot.cards[Side.OUTGOING].pin
    assert page.working
    assert field.edit.hasFocus()
    field.edit.insert("") if field.edit.isReadOnly() else pytest.fail("the PIN can be typed over")
    ready(guarded)


def test_no_pin_waits_in_a_page_that_nobody_sees(guarded: Stage) -> None:
    page = handover(guarded)
    accept_all(guarded)
    guarded.key("F3")
    guarded.type("258")
    guarded.key("Ctrl+1")
    assert page.foot.pin(Side.OUTGOING) == ""


def test_a_handover_makes_nobody_act_as_the_next_lead_without_a_pin(guarded: Stage) -> None:
    assert guarded.desk.duty.current() is not None
    assert guarded.desk.duty.current().lead == "03"  # type: ignore[union-attr]
    assert guarded.desk.by.officer == "01"
    assert guarded.desk.by.shift == guarded.desk.duty.current().shift  # type: ignore[union-attr]


def test_before_the_next_lead_has_signed_on_the_page_says_so(guarded: Stage) -> None:
    page = handover(guarded)
    assert page.words == "Who takes over signs on first: Ctrl+J"
    guarded.key("Ctrl+J")
    guarded.type("03")
    guarded.key("Enter")
    guarded.type("4702")
    guarded.key("Enter")
    guarded.until(lambda: guarded.window.current == HANDOVER)
    ready(guarded)
    assert "not seen" in page.words


def test_a_badge_says_who_signs_and_asks_that_officers_pin(guarded: Stage) -> None:
    page = handover(guarded)
    accept_all(guarded)
    guarded.burst(badge(guarded, "03"))
    assert guarded.window.current == HANDOVER
    assert QApplication.focusWidget() is page.foot.cards[Side.INCOMING].pin.edit
    guarded.type("4702")
    press(guarded, "Enter")
    assert guarded.entries("handover_signed") == 1


def test_a_badge_on_the_board_asks_for_its_pin_and_leads_back(guarded: Stage) -> None:
    guarded.duty.show_page(SHIFT)
    guarded.burst(badge(guarded, "02"))
    assert guarded.window.current == "lane-1"
    assert guarded.duty.lane.commands.pin.typing
    guarded.type("3691")
    guarded.key("Enter")
    guarded.until(lambda: guarded.window.current == SHIFT)
    assert guarded.desk.by.officer == "02"


def test_a_note_begun_for_the_next_line_outlives_the_answer_to_this_one(begun: Stage) -> None:
    page = handover(begun)
    page.act()
    assert page.working
    page.body.list.step(1)
    key = current(page).key
    page.body.line.note.setFocus()
    page.body.line.note.insertPlainText("look again")
    ready(begun)
    assert current(page).key == key
    assert page.body.line.said == "look again"
    assert page.body.line.note.hasFocus()


def test_a_sheet_is_printed_once_and_the_next_one_is_a_copy(begun: Stage) -> None:
    page = handover(begun)
    sent: list[Path] = []
    page.sheet._send = sent.append
    accept_all(begun)
    press(begun, "F3", "F4")
    begun.until(lambda: page.sheet.path is not None and not page.working)
    begun.key("F1")
    begun.key("F1")
    begun.until(lambda: not page.working and bool(sent))
    begun.until(lambda: "copy" in page.body.line.accept.word)
    assert len(sent) == 1
    press(begun, "F1")
    begun.until(lambda: page.sheet.path is not None and not page.working)
    press(begun, "F1")
    begun.until(lambda: len(sent) == 2)
    assert sent[0] != sent[1]
    assert begun.entries("exported") == 2


def roll(stage: Stage) -> RollcallPage:
    """The roll-call of the next shift, read."""
    stage.duty.show_page(ROLLCALL)
    page = cast(RollcallPage, stage.duty.pages.page(ROLLCALL))
    stage.until(lambda: page.ready and page.known.shift is not None)
    return page


def test_where_there_are_pins_nobody_unknown_leads(qtbot: QtBot, tmp_path: Path) -> None:
    stage = opened(qtbot, tmp_path, pins=True)
    try:
        page = roll(stage)
        stage.type("B")
        stage.key("Enter")
        stage.compose("王冷")
        stage.key("F1")
        assert "may not lead" in page.words
        assert stage.desk.duty.closing() is None
        assert stage.entries("officer_enrolled") == 3
    finally:
        stage.close()


def test_a_part_of_a_name_stands_for_the_only_one_that_has_it(qtbot: QtBot, tmp_path: Path) -> None:
    stage = opened(qtbot, tmp_path, pins=True)
    try:
        page = roll(stage)
        stage.type("B")
        stage.key("Enter")
        stage.compose("赵")
        stage.key("Enter")
        assert page.form.card.lead.value == "赵海"
    finally:
        stage.close()


@pytest.mark.parametrize("name", [ROLLCALL, HANDOVER, PAPER])
def test_function_keys_and_esc_act_wherever_the_focus_went(guarded: Stage, name: str) -> None:
    guarded.duty.show_page(name)
    guarded.until(lambda: guarded.window.page(name) is not None)
    held = QApplication.focusWidget()
    if held is not None:
        held.clearFocus()
    guarded.window.setFocus()
    guarded.key("Esc")
    assert guarded.window.current == SHIFT


def test_typing_replaces_the_group_that_was_proposed(qtbot: QtBot, tmp_path: Path) -> None:
    stage = opened(qtbot, tmp_path)
    try:
        for name, number in (("Group 1", "01"), ("Group 2", "03")):
            stage.desk.roster.set_group(name, [number], [number], by=stage.desk.by).result()
        page = roll(stage)
        page.form.show_known(replace(page.known, due="Group 2"), lanes=(1,))
        page.form.suggest()
        assert page.form.card.group.value == "Group 2"
        stage.type("Group 1")
        assert page.form.card.group.value == "Group 1"
    finally:
        stage.close()


def test_the_outgoing_lead_is_told_who_answers_and_how(guarded: Stage) -> None:
    page = handover(guarded)
    press(guarded, "F1", "F1")
    assert guarded.entries("handover_answered") == 0
    assert "Ctrl+J" in page.words
    guarded.desk.sign_on("03", "4702", lane=None)
    press(guarded, "F1")
    assert guarded.entries("handover_answered") == 1
