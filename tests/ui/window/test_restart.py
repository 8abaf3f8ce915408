"""What stood on the screen comes back, and what nobody saw as saved is asked about."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from checkpoint_app import bootstrap
from checkpoint_app.domain.words import Direction, Outcome
from checkpoint_app.ui import lane_answers
from tests.ui.window.stage import GREEN, OTHER_GREEN, Stage, make_desk, raise_curtain

Raise = Callable[[], Stage]


@pytest.fixture
def curtain(qtbot: QtBot, tmp_path: Path) -> Iterator[Raise]:
    """Opens the window on the same ledger as often as asked."""
    stages: list[Stage] = []

    def again() -> Stage:
        for stage in stages:
            stage.close()
        stages.append(raise_curtain(qtbot, make_desk(tmp_path)))
        return stages[-1]

    yield again
    for stage in stages:
        stage.close()


def unseen(folder: Path, *, crossings: int) -> None:
    """Crossings saved by a program that ended before it could show them."""
    desk = make_desk(folder)
    lane = desk.lane(1, direction=Direction.IN)
    lane.painted = desk.ledger.head().seq
    for number in range(crossings):
        lane.scanned((GREEN, OTHER_GREEN)[number].encode())
        lane.plate(f"豫A1234{number}")
        lane.temperature(365)
        lane.end(Outcome.RELEASED).written.result()
    desk.close()


def test_the_vehicle_that_stood_here_stands_here_again(curtain: Raise) -> None:
    stage = curtain()
    stage.burst(GREEN)
    stage.type("/A12345")
    stage.key("Enter")
    stage.type("365")
    again = curtain()
    assert again.plate == "豫A12345"
    assert again.word == "可放行"


def test_parked_vehicles_and_the_last_five_are_back(curtain: Raise) -> None:
    stage = curtain()
    for plate in ("a11111", "a22222"):
        stage.burst(GREEN if plate == "a11111" else OTHER_GREEN)
        stage.type(plate)
        stage.key("Enter")
        stage.type("365")
        stage.key("F1")
        stage.saved()
    stage.type("a33333")
    stage.key("Enter")
    stage.key("Ctrl+P")
    again = curtain()
    again.until(lambda: "豫A·22222" in again.duty.lane.camera.recent.accessibleName())
    assert "豫A·11111" in again.duty.lane.camera.recent.accessibleName()
    assert "豫A·33333" in again.cards


def test_what_was_painted_is_not_asked_about(curtain: Raise) -> None:
    stage = curtain()
    stage.burst(GREEN)
    stage.type("a11111")
    stage.key("Enter")
    stage.type("365")
    stage.key("F1")
    stage.until(lambda: stage.word == "已放行，已存")
    stage.bot.waitUntil(lambda: (stage.duty.work.lane.painted or 0) >= 3)
    again = curtain()
    assert again.duty.work.unanswered == ()


def test_actions_nobody_saw_are_asked_about_one_by_one(curtain: Raise, tmp_path: Path) -> None:
    unseen(tmp_path, crossings=2)
    stage = curtain()
    ask = stage.duty.work.ask
    assert ask is not None
    assert "豫A·12340" in ask.title
    assert "剩 2 项" in ask.title
    stage.type("1")
    assert stage.entries("action_confirmed") == 1
    stage.type("2")
    assert stage.entries("outcome_undone") == 1
    assert stage.duty.work.unanswered == ()
    assert stage.duty.work.ask is None


def test_the_question_stands_in_nobodys_way(curtain: Raise, tmp_path: Path) -> None:
    unseen(tmp_path, crossings=1)
    stage = curtain()
    stage.burst(OTHER_GREEN)
    assert stage.duty.work.ask is None
    assert stage.word == "未查完"
    stage.key("F3")
    stage.saved()
    stage.duty.lane.second()
    assert stage.duty.work.ask is not None


def asked_while_working(stage: Stage) -> None:
    """A vehicle came before the question was answered; once it has left the question comes by itself."""
    stage.burst(OTHER_GREEN)
    stage.key("F3")
    stage.saved()
    stage.duty.lane.second()
    assert stage.duty.work.ask is not None


def test_a_number_typed_into_the_people_field_is_no_answer(
    curtain: Raise, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lane_answers, "READ_MS", 0)
    unseen(tmp_path, crossings=1)
    stage = curtain()
    asked_while_working(stage)
    stage.duty.lane.fields.focus_people()
    stage.type("2")
    stage.duty.lane.second()
    stage.key("Enter")
    crossing = stage.duty.work.lane.state.open
    assert crossing is not None
    assert crossing.headcount == 2
    assert stage.entries("outcome_undone") == 0


@pytest.mark.parametrize(("read_ms", "undone"), [(3_600_000, 0), (0, 1)])
def test_a_question_that_came_under_the_hands_takes_no_answer_before_it_can_be_read(
    curtain: Raise, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, read_ms: int, undone: int
) -> None:
    """Two people in a car that is only counted; the control: taken at once, it is an answer."""
    monkeypatch.setattr(lane_answers, "READ_MS", read_ms)
    unseen(tmp_path, crossings=1)
    stage = curtain()
    asked_while_working(stage)
    stage.type("2 ")
    assert stage.entries("outcome_undone") == undone
    tally = stage.duty.work.lane.state.tally
    assert tally is not None
    assert [people for _kind, _vehicles, people in tally.counts] == [1 if undone else 2]


def test_what_is_unanswered_is_asked_again_after_another_end(curtain: Raise, tmp_path: Path) -> None:
    unseen(tmp_path, crossings=1)
    stage = curtain()
    stage.burst(OTHER_GREEN)
    stage.key("F3")
    stage.saved()
    again = curtain()
    assert any(one.plate == "豫A12340" for one in again.duty.work.unanswered)


def test_a_second_window_on_the_same_ledger_is_told_so(curtain: Raise, tmp_path: Path) -> None:
    from checkpoint_app.storage.lock import LedgerInUse

    curtain()
    with pytest.raises(LedgerInUse):
        bootstrap.open_desk(tmp_path)


def test_an_answer_holds_though_others_were_left_open(curtain: Raise, tmp_path: Path) -> None:
    unseen(tmp_path, crossings=2)
    stage = curtain()
    stage.type("2")
    assert stage.entries("outcome_undone") == 1
    again = curtain()
    assert [one.plate for one in again.duty.work.unanswered if one.plate] == ["豫A12341"]


def one_more_seen(stage: Stage) -> None:
    stage.burst(OTHER_GREEN)
    stage.key("F3")
    stage.saved()
    last = stage.desk.ledger.head().seq
    stage.until(lambda: stage.duty.lanes.seen >= last)


def test_what_was_seen_is_not_asked_about_though_something_older_was_left_open(
    curtain: Raise, tmp_path: Path
) -> None:
    unseen(tmp_path, crossings=1)
    for _start in range(2):
        one_more_seen(curtain())
    again = curtain()
    assert [one.plate for one in again.duty.work.unanswered] == ["豫A12340"]
