"""PINs at the lane: a stop let go, signing on, the idle lock; all in the people row, by keys alone."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from checkpoint_app.config import LaneSetting
from checkpoint_app.domain.lockout import FREE
from checkpoint_app.domain.roles import Role
from checkpoint_app.ui.duty_pages import PEOPLE, RECORDS, ROLLCALL, SHIFT
from tests.pins import cheap_pins
from tests.ui.window.stage import GREEN, RED, Stage, english, make_desk, raise_curtain

__all__ = ["cheap_pins"]

PIN, OTHER = "2580", "1379"


@pytest.fixture
def stage(qtbot: QtBot, tmp_path: Path) -> Iterator[Stage]:
    """王建国 (01) leads, 李四 (02) is an officer, both with a PIN; the lead has signed on."""
    desk = make_desk(tmp_path / "desk", english())
    desk.officers.enrol("王建国", role=Role.LEAD, by=desk.by)
    desk.officers.set_pin("01", PIN, by=desk.by)
    desk.officers.enrol("李四", by=desk.by)
    desk.officers.set_pin("02", OTHER, by=desk.by)
    made = raise_curtain(qtbot, desk)
    yield made
    made.close()


def answered(stage: Stage) -> None:
    stage.until(lambda: not stage.duty.lane.commands.pin.checking)
    stage.settle()


def give(stage: Stage, number: str, pin: str) -> None:
    """Number and PIN as they are typed."""
    stage.type(number)
    stage.key("Enter")
    stage.type(pin)
    stage.key("Enter")
    answered(stage)


def asks(stage: Stage) -> bool:
    return stage.duty.lane.commands.pin.typing


def stopped(stage: Stage) -> None:
    stage.burst(RED)
    stage.type("A12345")
    stage.key("Enter")
    assert stage.word == "STOP"


def public(stage: Stage, kind: str) -> list[str]:
    with stage.desk.ledger.reader() as reader:
        rows = reader.execute("SELECT public FROM entry WHERE kind = ? ORDER BY id", (kind,))
        return [row[0] for row in rows.fetchall()]


@pytest.mark.parametrize("key", ["F1", "F2"])
def test_a_stop_is_let_go_with_the_leads_pin_in_place(stage: Stage, key: str) -> None:
    stopped(stage)
    stage.key(key)
    assert asks(stage)
    assert stage.word == "STOP"
    give(stage, "01", PIN)
    stage.saved()
    assert not asks(stage)
    (told,) = public(stage, "vehicle_crossed")
    assert '"lead":"01"' in told
    assert '"outcome":"released"' in told or key == "F2"


def test_an_officers_pin_lets_no_stop_go_and_the_attempt_is_noted(stage: Stage) -> None:
    stopped(stage)
    stage.key("F1")
    give(stage, "02", OTHER)
    assert stage.word == "STOP"
    assert stage.entries("vehicle_crossed") == 0
    assert stage.entries("action_refused") == 1


def test_a_wrong_pin_stays_in_the_row_with_words_and_five_lock(stage: Stage) -> None:
    stopped(stage)
    stage.key("F1")
    give(stage, "01", OTHER)
    line = stage.duty.lane.people.pin
    assert line.complaint == "Wrong PIN"
    for _again in range(FREE - 1):
        stage.type(OTHER)
        stage.key("Enter")
        answered(stage)
    assert line.complaint == "Too many wrong PINs"
    assert stage.entries("vehicle_crossed") == 0


def test_digits_of_a_pin_are_no_temperature_even_when_the_focus_went_elsewhere(stage: Stage) -> None:
    stopped(stage)
    stage.key("F1")
    stage.duty.lane.fields.temperature.edit.setFocus()
    stage.type("01")
    assert stage.duty.lane.people.pin.number.text() == "01"
    assert stage.duty.lane.fields.temperature.value == ""
    stage.key("Esc")
    assert not asks(stage)
    assert stage.duty.lane.people.pin.number.text() == ""
    crossing = stage.duty.work.lane.state.open
    assert crossing is not None
    assert not any(check.tenths for check in crossing.checks)


def test_another_vehicle_in_its_place_is_not_let_go_by_the_pin_for_the_first(stage: Stage) -> None:
    stopped(stage)
    stage.key("F1")
    stage.type("01")
    stage.key("Enter")
    stage.duty.lane.commands.scanned("豫B67890")
    stage.type(PIN)
    stage.key("Enter")
    answered(stage)
    assert stage.entries("vehicle_crossed") == 0


def test_a_stop_stays_a_stop_without_pins(qtbot: QtBot, tmp_path: Path) -> None:
    made = raise_curtain(qtbot, make_desk(tmp_path / "desk", english()))
    stopped(made)
    made.key("F1")
    assert not asks(made)
    assert "Only the lead lets a stop go" in made.cards
    assert "No PINs yet" in [tag.text for tag in made.window.bar.text.tags]
    made.close()


def test_a_badge_and_a_pin_sign_on_in_less_than_three_seconds(stage: Stage) -> None:
    text = stage.desk.officers.badge_text("02")
    before = time.monotonic()
    stage.burst(text)
    assert asks(stage)
    assert stage.duty.lane.people.pin.number.text() == "02"
    stage.type(OTHER)
    stage.key("Enter")
    answered(stage)
    assert time.monotonic() - before < 3
    assert stage.desk.by_at(1).officer == "02"
    assert stage.entries("check_flagged") == 0
    assert stage.duty.work.lane.state.open is None


def test_a_badge_before_the_camera_signs_on_too(stage: Stage) -> None:
    stage.duty.lane.commands.read(stage.desk.officers.badge_text("02").encode(), by_hand=False)
    stage.type(OTHER)
    stage.duty.lane.commands.read(stage.desk.officers.badge_text("02").encode(), by_hand=False)
    stage.key("Enter")
    answered(stage)
    assert stage.desk.by_at(1).officer == "02"


def test_ctrl_j_signs_on_by_number_and_the_records_say_who(stage: Stage) -> None:
    stage.key("Ctrl+J")
    give(stage, "2", OTHER)
    stage.type("A12345")
    stage.key("Enter")
    stage.key("F3")
    stage.saved()
    with stage.desk.ledger.reader() as reader:
        officer = reader.execute(
            "SELECT header ->> '$.officer' FROM entry WHERE kind = 'vehicle_crossed'"
        ).fetchone()[0]
    assert officer == "02"


def test_ctrl_j_on_another_page_comes_back_to_it(stage: Stage) -> None:
    stage.duty.show_page(RECORDS)
    stage.key("Ctrl+J")
    assert asks(stage)
    give(stage, "02", OTHER)
    assert stage.window.current == RECORDS
    assert stage.desk.by.officer == "02"


def locked(stage: Stage) -> bool:
    return stage.duty.lanes.idle.locked


def covered(stage: Stage) -> bool:
    return stage.duty.lane.commands.hidden


def idle(stage: Stage, minutes: float) -> None:
    stage.duty.lanes.idle._touched -= int(minutes * 60_000)
    stage.duty.work.second()
    stage.settle()


def test_after_ten_minutes_without_a_key_names_are_covered_and_outcomes_ask(stage: Stage) -> None:
    stage.type("A12345")
    stage.key("Enter")
    idle(stage, 9.9)
    assert not locked(stage)
    idle(stage, 10)
    assert locked(stage)
    assert covered(stage)
    stage.key("F12")
    assert asks(stage)
    stage.key("Esc")
    assert covered(stage)
    stage.key("F3")
    assert asks(stage)
    assert stage.entries("vehicle_crossed") == 0
    give(stage, "02", OTHER)
    stage.saved()
    assert stage.entries("vehicle_crossed") == 1
    assert not covered(stage)
    assert stage.desk.by_at(1).officer == "02"


@pytest.mark.parametrize("page", [PEOPLE, RECORDS, ROLLCALL])
def test_a_page_with_names_in_full_gives_way_when_the_desk_locks(stage: Stage, page: str) -> None:
    stage.duty.show_page(page)
    idle(stage, 9.9)
    assert stage.window.current == page
    idle(stage, 10)
    assert stage.window.current == "lane-1"


def test_the_board_stays_in_front_when_the_desk_locks(stage: Stage) -> None:
    stage.duty.show_page(SHIFT)
    idle(stage, 11)
    assert locked(stage)
    assert stage.window.current == SHIFT


def test_while_locked_codes_are_read_and_judged(stage: Stage) -> None:
    idle(stage, 11)
    stage.burst(RED)
    assert stage.word == "STOP"
    assert locked(stage)
    assert stage.entries("check_flagged") == 1


def test_a_key_keeps_the_desk_open_and_zero_minutes_never_lock(stage: Stage) -> None:
    idle(stage, 9)
    stage.key("F9")
    idle(stage, 9)
    assert not locked(stage)
    stage.desk.settings = replace(stage.desk.settings, lock_minutes=0)
    idle(stage, 10_000)
    assert not locked(stage)


def test_a_question_that_was_open_is_no_way_around_the_lock(stage: Stage) -> None:
    stage.burst(GREEN)
    stage.key("F1")
    assert stage.duty.work.ask is not None
    idle(stage, 11)
    stage.type("1")
    assert asks(stage)
    assert stage.entries("vehicle_crossed") == 0


def test_after_a_restart_the_first_outcome_asks_who_is_here(qtbot: QtBot, tmp_path: Path) -> None:
    desk = make_desk(tmp_path / "desk", english())
    desk.officers.enrol("王建国", role=Role.LEAD, by=desk.by)
    desk.officers.set_pin("01", PIN, by=desk.by)
    desk.close(painted=desk.ledger.head().seq)
    made = raise_curtain(qtbot, make_desk(tmp_path / "desk", english()))
    made.type("A12345")
    made.key("Enter")
    made.key("F3")
    assert asks(made)
    give(made, "01", PIN)
    made.saved()
    assert made.entries("vehicle_crossed") == 1
    made.close()


def test_each_lane_has_its_own_officer(qtbot: QtBot, tmp_path: Path) -> None:
    two = replace(english(), lanes=(LaneSetting(1), LaneSetting(2, "out")))
    desk = make_desk(tmp_path / "desk", two)
    desk.officers.enrol("王建国", role=Role.LEAD, by=desk.by)
    desk.officers.set_pin("01", PIN, by=desk.by)
    desk.officers.enrol("李四", by=desk.by)
    desk.officers.set_pin("02", OTHER, by=desk.by)
    made = raise_curtain(qtbot, desk)
    made.choose_lane(2)
    made.key("Ctrl+J")
    give(made, "02", OTHER)
    assert (desk.by_at(2).officer, desk.by_at(1).officer, desk.by.officer) == ("02", "01", "01")
    made.close()


@pytest.mark.parametrize("page", ["", SHIFT, RECORDS])
def test_whoever_touches_the_person_in_the_rail_signs_on(stage: Stage, page: str) -> None:
    if page:
        stage.duty.show_page(page)
    front = stage.window.current
    stage.window.rail.chosen.emit("person")
    assert asks(stage)
    give(stage, "02", OTHER)
    assert stage.desk.by.officer == "02"
    assert stage.window.current == front
