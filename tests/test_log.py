"""The log: for the next engineer, about nobody."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from checkpoint_app import log
from checkpoint_app.domain.words import Outcome
from tests.domain.lanes import DOCUMENT, declared, health
from tests.services.desks import desk_in, lane_of


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    ours = logging.getLogger("checkpoint_app")
    before, level = list(ours.handlers), ours.level
    hooks = sys.excepthook, threading.excepthook
    log.to_file(tmp_path / "log")
    yield tmp_path / "log"
    for place in set(ours.handlers) - set(before):
        ours.removeHandler(place)
        place.close()
    ours.setLevel(level)
    sys.excepthook, threading.excepthook = hooks


def text(folder: Path) -> str:
    path = folder / log.FILE
    return path.read_text("utf-8") if path.exists() else ""


def test_a_line_says_when_how_bad_and_where(folder: Path) -> None:
    logging.getLogger("checkpoint_app.scanning").info("camera sight=%s", "gone")
    assert text(folder).rstrip().endswith("INFO checkpoint_app.scanning camera sight=gone")


def test_a_new_folder_takes_the_place_of_the_old_one(folder: Path) -> None:
    log.to_file(folder / "other")
    logging.getLogger("checkpoint_app").info("moved")
    assert "moved" not in text(folder)
    assert "moved" in text(folder / "other")


def boom(value: str) -> None:
    raise ValueError(value)


def test_a_bug_in_any_thread_is_logged_by_kind_and_place_without_its_values(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    reported: list[BaseException] = []
    log.catch_everything(reported.append)
    thread = threading.Thread(target=boom, args=("张三",))
    thread.start()
    thread.join()
    assert [type(error) for error in reported] == [ValueError]
    assert "bug kind=ValueError where=" in text(folder)
    assert "test_log:" in text(folder)
    assert "张三" not in text(folder)


def test_a_whole_lane_with_a_failing_thread_leaves_no_personal_value_in_the_log(
    folder: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    log.catch_everything(lambda _error: None)
    values = ("豫A7K9Q2", "张三", DOCUMENT, "13800005678", "郑州", "探亲")
    plate, name, document, phone, origin, purpose = values
    person = {"name": name, "id": document, "phone": phone}
    payload = declared(plate=plate, people=[person], purpose=purpose, **{"from": origin})
    with desk_in(tmp_path / "desk") as desk:
        lane = lane_of(desk)
        for code in (payload, health(1), document, "¤hello¤"):
            lane.scanned(code.encode())
        lane.temperature(380)
        lane.void(0, why="slip")
        lane.end(Outcome.TURNED_BACK).written.result()
        lane.undo().result()
        thread = threading.Thread(target=boom, args=(payload,))
        thread.start()
        thread.join()
    logged = text(folder) + caplog.text
    assert "bug kind=ValueError" in logged
    assert [value for value in (*values, health(1), "¤hello¤") if value in logged] == []
