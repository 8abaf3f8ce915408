"""Long deeds tell how far they are as often as they like; the window hears it once."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from checkpoint_app.domain.errors import CheckpointError
from checkpoint_app.storage.engine import DiskFailed
from checkpoint_app.ui.long_deed import LongDeed
from checkpoint_app.ui.tasks import Tasks


def never(told: object) -> None:
    pytest.fail(f"nobody should hear of {told}")


@pytest.fixture
def tasks(qtbot: QtBot) -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.close()


def test_a_thousand_tellings_are_shown_once(qtbot: QtBot, tasks: Tasks) -> None:
    shown: list[float] = []
    done: list[int] = []
    told, go = threading.Event(), threading.Event()
    deed = LongDeed(tasks, changed=lambda: shown.append(deed.share))

    def work() -> int:
        for each in range(1_000):
            deed.progress(each + 1, 1_000)
        told.set()
        go.wait(10)
        return 7

    deed.begin(work, then=done.append, failed=never)
    told.wait(10)
    qtbot.waitUntil(lambda: len(shown) == 2)
    assert shown[-1] == 1.0
    go.set()
    qtbot.waitUntil(lambda: done == [7])
    assert not deed.running


def test_it_ends_before_its_time_and_a_second_one_begins_anew(qtbot: QtBot, tasks: Tasks) -> None:
    ends: list[bool] = []
    deed = LongDeed(tasks, changed=lambda: None)

    def work() -> bool:
        while deed.progress(1, 2):
            pass
        return False

    deed.begin(work, then=ends.append, failed=never)
    deed.begin(work, then=never, failed=never)
    deed.cancel()
    assert deed.ending
    qtbot.waitUntil(lambda: ends == [False])
    deed.begin(lambda: deed.progress(1, 1), then=ends.append, failed=never)
    qtbot.waitUntil(lambda: ends == [False, True])


def test_what_fails_is_told_and_a_step_takes_nothing_back(qtbot: QtBot, tasks: Tasks) -> None:
    failed: list[CheckpointError] = []
    deed = LongDeed(tasks, changed=lambda: None)

    def work() -> None:
        deed.progress(9, 9)
        deed.begin_step("write")
        assert deed.share == 1.0
        raise DiskFailed

    deed.begin(work, then=never, failed=failed.append)
    qtbot.waitUntil(lambda: bool(failed))
    assert (deed.step, deed.running) == ("write", False)
