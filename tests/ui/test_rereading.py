"""What a page reads again and again."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from checkpoint_app.domain.errors import CheckpointError, Trouble
from checkpoint_app.ui.rereading import Rereading
from checkpoint_app.ui.tasks import Tasks


class Unread(Trouble):
    """For these tests."""


@pytest.fixture
def tasks(qtbot: QtBot) -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.close()


class Reader:
    """Reads when it is let; remembers what was told."""

    def __init__(self, tasks: Tasks) -> None:
        self.goes = threading.Semaphore(0)
        self.told: list[int] = []
        self.failed: list[CheckpointError] = []
        self.reading = Rereading(tasks, then=self.told.append, failed=self.failed.append)

    def of(self, number: int) -> Callable[[], int]:
        def read() -> int:
            self.goes.acquire()
            return number

        return read


def test_what_was_asked_for_meanwhile_is_read_once_behind_it_as_the_last_one_wants(
    tasks: Tasks, qtbot: QtBot
) -> None:
    reader = Reader(tasks)
    for number in (1, 2, 3):
        reader.reading.ask(reader.of(number))
    reader.goes.release(3)
    qtbot.waitUntil(lambda: not reader.reading.busy)
    assert reader.told == [1, 3]


def test_a_trouble_is_told_and_the_next_reading_comes(tasks: Tasks, qtbot: QtBot) -> None:
    reader = Reader(tasks)

    def fail() -> int:
        raise Unread

    reader.reading.ask(fail)
    reader.reading.ask(reader.of(2))
    reader.goes.release()
    qtbot.waitUntil(lambda: reader.told == [2])
    assert [type(error) for error in reader.failed] == [Unread]


@pytest.mark.parametrize("asked_meanwhile", [False, True])
def test_a_bug_shows_itself_and_is_not_the_last_reading(
    tasks: Tasks, qtbot: QtBot, asked_meanwhile: bool
) -> None:
    reader = Reader(tasks)

    def stumble() -> int:
        raise KeyError("column")

    with qtbot.captureExceptions() as found:
        reader.reading.ask(stumble)
        if asked_meanwhile:
            reader.reading.ask(reader.of(1))
        reader.goes.release(2)
        qtbot.waitUntil(lambda: bool(found) and not reader.reading.busy)
    assert found[0][0] is KeyError
    reader.reading.ask(reader.of(2))
    qtbot.waitUntil(lambda: reader.told == [1, 2][not asked_meanwhile :])


def test_a_page_that_went_is_told_nothing(tasks: Tasks, qtbot: QtBot) -> None:
    reader = Reader(tasks)
    reader.reading.ask(reader.of(1))
    reader.reading.ask(reader.of(2))
    reader.reading.end()
    reader.goes.release(2)
    qtbot.waitUntil(lambda: not reader.reading.busy)
    assert reader.told == []
