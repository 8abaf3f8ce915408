"""Anything an officer can do in any order: the window, the drafts and the ledger against a simpler idea.

The full form is 200 officers, `--long`; some of them only by CHECKPOINT_SEEDS, "first-last":

    CHECKPOINT_SEEDS=20-29 python -m pytest tests/ui/window/test_officer.py --long -v
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from checkpoint_app.config import LaneSetting
from checkpoint_app.domain import lane
from checkpoint_app.domain.lane import LaneState
from checkpoint_app.services.lane import Lane
from checkpoint_app.ui import esc_hold
from tests.ui.window.officer import Officer
from tests.ui.window.officer_model import Book, Station
from tests.ui.window.stage import SETTINGS, Stage, make_desk, raise_curtain

LANES = (1, 2, 3, 4)
RUNS = 200


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "seed" in metafunc.fixturenames:
        metafunc.parametrize("seed", seeds(long=bool(metafunc.config.getoption("--long"))))


def seeds(*, long: bool) -> range:
    first, _, last = os.environ.get("CHECKPOINT_SEEDS", "").partition("-")
    return range(int(first), int(last or first) + 1) if first else range(RUNS if long else 1)


@pytest.fixture(autouse=True)
def short_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    """Esc is held for a twentieth of the time, and no machine is too slow for an undo."""
    assert esc_hold.UNDO_HOLD_MS == 600
    monkeypatch.setattr(esc_hold, "UNDO_HOLD_MS", 30)
    monkeypatch.setattr(esc_hold, "HOLD_STEP_MS", 5)
    monkeypatch.setattr(lane, "UNDO_MS", 3_600_000)


def stands(state: LaneState) -> tuple[object, ...]:
    """A lane as both sides can tell it."""
    row = [(crossing.plate, crossing.headcount) for crossing in state.parked]
    here = state.open and (state.open.plate, state.open.headcount)
    return here, row, len(state.stopped)


def lane_at(stage: Stage, number: int) -> Lane:
    shown = stage.duty.lanes.at(number)
    assert shown
    return shown.work.lane


def expected(book: Book) -> tuple[object, ...]:
    row = [(vehicle.plate, vehicle.people) for vehicle in book.parked]
    here = book.open and (book.open.plate, book.open.people)
    everybody = [*book.parked, *([book.open] if book.open else [])]
    return here, row, sum(vehicle.state == "stop" for vehicle in everybody)


def compare(stage: Stage, officer: Officer) -> None:
    story = " > ".join(officer.done[-12:])
    for number, book in officer.station.books.items():
        lane = lane_at(stage, number)
        assert stands(lane.state) == expected(book), (number, story)
        shown = lane.verdict.state.value if lane.verdict else ""
        assert shown == (book.open.state if book.open else ""), (number, story)
    assert QApplication.activeModalWidget() is None, story


def compare_ledger(stage: Stage, station: Station) -> None:
    stage.desk.ledger.keep({}).result()
    totals = stage.desk.duty.totals(stage.desk.by.shift)
    running = [
        count for each in stage.duty.lanes.services() if each.state.tally for count in each.state.tally.counts
    ]
    vehicles = totals.counted_vehicles + sum(vehicles for _kind, vehicles, _people in running)
    people = totals.counted_people + sum(people for _kind, _vehicles, people in running)
    assert dict(totals.outcomes) == dict(+station.outcomes)
    assert (totals.people, totals.undone) == (station.people, station.undone)
    assert (vehicles, people) == (len(station.counted), sum(station.counted))
    assert stage.entries("check_flagged") == station.flags
    assert stage.entries("check_voided") == station.voids


def play(qtbot: QtBot, folder: Path, *, seed: int, steps: int, sessions: int) -> Officer:
    """`sessions` of `steps` keys each with a restart between."""
    settings = SETTINGS
    for number in LANES:
        settings = settings.with_lane(LaneSetting(number, "out" if number == 4 else "in"))
    station = Station({number: Book() for number in LANES}, 1)
    officer: Officer | None = None
    for _session in range(sessions):
        stage = raise_curtain(qtbot, make_desk(folder, settings))
        station.selected = LANES[0]
        if officer is None:
            officer = Officer(stage, station, seed=seed)
            stage.desk.log.order("县指挥部", "12", "冷链车逐车登记", by=stage.desk.by).result()
        officer.stage = stage
        officer.begin()
        for book in station.books.values():
            book.last = None
        for _step in range(steps):
            officer.act()
            compare(stage, officer)
        compare_ledger(stage, station)
        officer.see_saved()
        stage.close()
    assert officer is not None
    return officer


@pytest.mark.timeout(3_600)
def test_whatever_an_officer_does_the_ledger_is_what_the_model_says(
    qtbot: QtBot, tmp_path: Path, full_counts: bool, seed: int
) -> None:
    sessions, steps = (4, 500) if full_counts else (2, 100)
    officer = play(qtbot, tmp_path, seed=seed, steps=steps, sessions=sessions)
    assert len(officer.done) == steps * sessions


def test_an_officer_who_notes_nothing_down_is_caught(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: a model that forgets parked vehicles does not agree with the window."""
    monkeypatch.setattr(Station, "park", lambda station: setattr(station.book, "open", None))
    with pytest.raises(AssertionError, match="At index 1 diff"):
        play(qtbot, tmp_path, seed=1, steps=60, sessions=1)
