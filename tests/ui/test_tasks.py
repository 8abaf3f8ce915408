"""Work off the window's thread, and the way back."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import Future

import pytest
from pytestqt.qtbot import QtBot

from checkpoint_app.domain.errors import CheckpointError, Refusal
from checkpoint_app.ui.tasks import Tasks


class Late(Refusal):
    """For these tests."""


@pytest.fixture
def tasks(qtbot: QtBot) -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.close()


def test_work_runs_elsewhere_and_its_result_comes_back_here(tasks: Tasks, qtbot: QtBot) -> None:
    found: list[tuple[int, int]] = []
    tasks.run(threading.get_ident, then=lambda where: found.append((where, threading.get_ident())))
    qtbot.waitUntil(lambda: bool(found))
    assert found[0][0] != found[0][1] == threading.get_ident()


def test_a_refusal_goes_to_who_asked(tasks: Tasks, qtbot: QtBot) -> None:
    found: list[CheckpointError] = []

    def refuse() -> int:
        raise Late(why=1)

    tasks.run(refuse, then=lambda _number: None, failed=found.append)
    qtbot.waitUntil(lambda: bool(found))
    assert isinstance(found[0], Late)


def test_a_bug_is_raised_here_and_the_others_are_answered_all_the_same(tasks: Tasks, qtbot: QtBot) -> None:
    found: list[int] = []
    with qtbot.captureExceptions() as caught:
        broken: Future[int] = Future()
        broken.set_exception(ZeroDivisionError())
        tasks.watch(broken, then=found.append)
        tasks.post(lambda: found.append(1))
        qtbot.waitUntil(lambda: found == [1])
    assert [kind for kind, _error, _trace in caught] == [ZeroDivisionError]


def test_many_calls_ring_once(tasks: Tasks, qtbot: QtBot) -> None:
    rung: list[int] = []
    found: list[int] = []
    tasks._rung.connect(lambda: rung.append(1))
    for number in range(2000):
        tasks.post(lambda number=number: found.append(number))  # type: ignore[misc]
    qtbot.waitUntil(lambda: len(found) == 2000)
    assert found == list(range(2000))
    assert len(rung) == 1


def test_after_the_end_nothing_is_called_back(qtbot: QtBot) -> None:
    tasks = Tasks()
    found: list[int] = []
    late: Future[int] = Future()
    tasks.watch(late, then=found.append)
    tasks.close()
    late.set_result(1)
    tasks.run(lambda: 2, then=found.append)
    qtbot.wait(20)
    assert found == []


def test_what_somebody_waits_for_does_not_wait_behind_long_work(tasks: Tasks, qtbot: QtBot) -> None:
    go, found = threading.Event(), list[str]()
    for _worker in range(2):
        tasks.run(lambda: go.wait(30), then=lambda _gone: found.append("long"))
    tasks.run(lambda: None, then=lambda _none: found.append("queued"))
    tasks.at_once(lambda: None, then=lambda _none: found.append("at once"))
    qtbot.waitUntil(lambda: bool(found))
    assert found == ["at once"]
    go.set()
    qtbot.waitUntil(lambda: len(found) == 4)


def test_no_reading_waits_behind_sheets_and_proofs(tasks: Tasks, qtbot: QtBot) -> None:
    go, found = threading.Event(), list[str]()
    for _sheet in range(3):
        tasks.run_long(lambda: go.wait(30), then=lambda _gone: found.append("long"))
    tasks.run(lambda: None, then=lambda _none: found.append("read"))
    qtbot.waitUntil(lambda: bool(found))
    assert found == ["read"]
    go.set()
    qtbot.waitUntil(lambda: len(found) == 4)
