"""The tour in short: cars, a stop, a camera unplugged, a wrong plate; the ledger holds the story."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication

from tests.ui.window import tour, tour_story
from tests.ui.window.tour import Plan
from tests.ui.window.tour_paper import Line, Paper

SHORT = (
    tour_story.opens_the_shift,
    tour_story.a_car,
    tour_story.a_stop,
    tour_story.without_a_camera,
    tour_story.a_wrong_plate,
    tour_story.vehicles_only_counted,
)


def test_a_short_tour_by_keys_and_cameras_is_in_the_ledger_as_it_was_told(
    qapp: QApplication, tmp_path: Path
) -> None:
    assert qapp is not None
    plan = Plan(None, fast=True, tempo=5.0, lanes=tour.LANES[:1])
    assert tour.work(plan, SHORT, home=tmp_path) == ()


def test_a_vehicle_that_is_missing_in_the_ledger_or_too_many_is_told() -> None:
    told = Paper(lines=[Line(1, "豫A12C47", "car", 1, "released")], counted=[1])
    assert told.compared(NothingWritten()) == (
        "vehicles: not in the ledger: 1 × " + repr(told.lines[0]),
        "counted (1, 1), ledger (0, 0)",
    )


class NothingWritten:
    """A ledger without entries."""

    def execute(self, _sql: str, /) -> NothingWritten:
        return self

    def __iter__(self) -> NothingWritten:
        return self

    def __next__(self) -> tuple[object, ...]:
        raise StopIteration

    def fetchall(self) -> list[tuple[str, int]]:
        return []
