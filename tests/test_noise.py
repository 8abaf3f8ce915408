"""Controls of tests/conftest.py: each kind of noise, made on purpose, fails; what was announced does not."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

NOISY = """
import logging, threading, time, warnings
import pytest

def test_warning():
    warnings.warn("python says so")

def test_qt_warning(qapp):
    from PySide6.QtCore import qWarning
    qWarning("qt says so")

def test_logged():
    logging.getLogger("lane").warning("camera lost")

def test_logged_and_announced(caplog):
    logging.getLogger("lane").warning("camera lost")

def test_logged_below_warning():
    logging.getLogger("lane").info("camera found")

def test_thread():
    threading.Thread(target=threading.Event().wait, name="left-behind", daemon=True).start()

def test_thread_that_ends():
    threading.Thread(target=time.sleep, args=(0.2,)).start()

@pytest.fixture
def stopped_by_a_fixture():
    stop = threading.Event()
    threading.Thread(target=stop.wait).start()
    yield
    stop.set()

def test_thread_of_a_fixture(stopped_by_a_fixture):
    pass

kept = []

def test_timer(qapp):
    from PySide6.QtCore import QTimer
    kept.append(QTimer())
    kept[0].start(60_000)

def test_timer_of_a_closed_widget(qtbot):
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QWidget
    widget = QWidget()
    qtbot.addWidget(widget)
    QTimer(widget).start(60_000)

def test_error_in_a_slot(qtbot):
    from PySide6.QtCore import QTimer
    QTimer.singleShot(0, lambda: 1 / 0)
    qtbot.wait(50)

@pytest.mark.long
def test_long():
    pass

def test_shared(shared):
    pass

@pytest.mark.shared
def test_marked_shared():
    pass
"""


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """What became of each noisy test, by the words of pytest's short summary."""
    folder = tmp_path_factory.mktemp("noisy")
    tests = folder / "tests"
    tests.mkdir()
    (tests / "conftest.py").write_bytes((ROOT / "tests" / "conftest.py").read_bytes())
    (tests / "test_noisy.py").write_text(NOISY, encoding="utf-8")
    (folder / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    surroundings = {**os.environ, "CHECKPOINT_SHARED": str(folder / "absent")}
    command = [sys.executable, "-m", "pytest", "-rA", "-p", "no:xdist", "--rootdir", str(folder), str(tests)]
    run = subprocess.run(command, cwd=folder, env=surroundings, capture_output=True, text=True, check=False)
    found: dict[str, set[str]] = {}
    for outcome, name in re.findall(r"^(PASSED|FAILED|ERROR) \S*::test_(\w+)", run.stdout, re.MULTILINE):
        found.setdefault(name, set()).add(outcome)
    found["skipped"] = set(re.findall(r"^SKIPPED \[\d\] .*?: (.*)$", run.stdout, re.MULTILINE))
    found["words"] = set(run.stdout.splitlines())
    return found


@pytest.mark.parametrize("noise", ["warning", "qt_warning", "error_in_a_slot"])
def test_a_warning_or_an_error_in_a_slot_fails(outcomes: dict[str, set[str]], noise: str) -> None:
    assert outcomes[noise] == {"FAILED"}


@pytest.mark.parametrize("noise", ["logged", "thread", "timer"])
def test_what_a_test_leaves_behind_fails_it(outcomes: dict[str, set[str]], noise: str) -> None:
    assert "ERROR" in outcomes[noise]


@pytest.mark.parametrize(
    "quiet",
    [
        "logged_and_announced",
        "logged_below_warning",
        "thread_that_ends",
        "thread_of_a_fixture",
        "timer_of_a_closed_widget",
    ],
)
def test_what_is_announced_or_put_away_passes(outcomes: dict[str, set[str]], quiet: str) -> None:
    assert outcomes[quiet] == {"PASSED"}


def test_the_failure_names_what_was_left(outcomes: dict[str, set[str]]) -> None:
    words = "\n".join(outcomes["words"])
    assert "threads left running: left-behind" in words
    assert "timers left running: QTimer of nobody" in words
    assert "logged without being announced: lane: camera lost" in words


def test_long_counts_and_absent_shared_data_are_skipped_with_a_reason(outcomes: dict[str, set[str]]) -> None:
    reasons = sorted(outcomes["skipped"])
    assert reasons[0] == "long: run with --long"
    assert len(reasons) == 2
    assert reasons[1].startswith("no shared data at ")
