"""What holds for every test: noise is failure, long counts are asked for, shared data may be absent.

A test fails when it leaves a thread or a running timer behind, or logs a warning without having announced
it by asking for `caplog`. Python's and Qt's own warnings fail by pyproject.toml. `test_noise.py` shows each.
"""

from __future__ import annotations

import gc
import logging
import os
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from PySide6.QtCore import QTimer

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

ROOT = Path(__file__).resolve().parent.parent
GRACE_SECONDS = 2.0


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="full counts: soak, thousands of kills")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if item.get_closest_marker("long") and not config.getoption("--long"):
            item.add_marker(pytest.mark.skip(reason="long: run with --long"))
        if item.get_closest_marker("shared") and not shared_folder().is_dir():
            item.add_marker(pytest.mark.skip(reason=f"no shared data at {shared_folder()}"))


def pytest_collection_finish() -> None:
    """What was imported stays for good: no search for leaks and no collection need go through it again."""
    gc.collect()
    gc.freeze()


def shared_folder() -> Path:
    """The test data beside the checkout, or where CHECKPOINT_SHARED says."""
    return Path(os.environ.get("CHECKPOINT_SHARED") or ROOT.parent / "shared")


@pytest.fixture(scope="session")
def shared() -> Path:
    """Folder of the shared test data; skips where it is absent."""
    if not shared_folder().is_dir():
        pytest.skip(f"no shared data at {shared_folder()}")
    return shared_folder()


@pytest.fixture(scope="session")
def full_counts(pytestconfig: pytest.Config) -> bool:
    """Whether counts are those of the requirements (`--long`) instead of the short ones of every run."""
    return bool(pytestconfig.getoption("--long"))


@pytest.fixture(autouse=True)
def no_noise(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test which leaves something running or logs a warning nobody announced."""
    has_qt = bool({"qapp", "qtbot"} & set(request.fixturenames))
    threads, timers = set(threading.enumerate()), set(map(id, running_timers() if has_qt else []))
    log = WarningsLogged()
    logging.getLogger().addHandler(log)
    yield
    logging.getLogger().removeHandler(log)
    if log.records and "caplog" not in request.fixturenames:
        pytest.fail("logged without being announced: " + "; ".join(log.records), pytrace=False)
    if left := threads_left(threads):
        pytest.fail(f"threads left running: {', '.join(left)}", pytrace=False)
    if has_qt and any(id(timer) not in timers for timer in running_timers()):
        gc.collect()
        if left := [describe(timer) for timer in running_timers() if id(timer) not in timers]:
            pytest.fail(f"timers left running: {', '.join(left)}", pytrace=False)


class WarningsLogged(logging.Handler):
    """Keeps what is logged at WARNING or above."""

    def __init__(self) -> None:
        super().__init__(level=logging.WARNING)
        self.records: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(f"{record.name}: {record.getMessage()}")


def threads_left(before: set[threading.Thread]) -> list[str]:
    """Names of threads started since `before` that do not end within the grace; foreign ones do not count."""
    deadline = time.monotonic() + GRACE_SECONDS
    for thread in set(threading.enumerate()) - before:
        if not isinstance(thread, threading._DummyThread):
            thread.join(max(0.0, deadline - time.monotonic()))
    left = set(threading.enumerate()) - before
    return sorted(thread.name for thread in left if not isinstance(thread, threading._DummyThread))


def running_timers() -> list[QTimer]:
    """Every active QTimer that Python holds."""
    core: Any = sys.modules["PySide6.QtCore"]
    shiboken: Any = sys.modules["shiboken6"]
    kinds = {core.QTimer, *core.QTimer.__subclasses__()}
    timers = [thing for thing in gc.get_objects() if type(thing) in kinds]
    return [timer for timer in timers if shiboken.isValid(timer) and timer.isActive()]


def describe(timer: QTimer) -> str:
    owner = timer.parent()
    return f"{timer.objectName() or 'QTimer'} of {type(owner).__name__ if owner else 'nobody'}"
