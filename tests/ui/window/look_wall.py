"""Pictures of the lane wall to lay beside its draft: `python -m tests.ui.window.look_wall FOLDER [NAME…]`.

Ledger, lanes and window are real; figures, forecast and the times vehicles stand are set to the draft's.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from checkpoint_app import i18n
from checkpoint_app.config import LaneSetting, Settings
from checkpoint_app.demo import pictures
from checkpoint_app.demo.traffic import Card
from checkpoint_app.domain.forecast import Forecast, NotYet
from checkpoint_app.domain.lane_clock import Spent
from checkpoint_app.domain.words import Outcome
from checkpoint_app.scanning.camera import View, counter
from checkpoint_app.scanning.decoder import Decoder
from checkpoint_app.scanning.health import Sight
from checkpoint_app.services.traffic import LaneFigures
from checkpoint_app.ui import app as application
from checkpoint_app.ui.camera_view import Seen, image_of
from checkpoint_app.ui.lane_text import Saved
from checkpoint_app.ui.lanes import LaneShown
from checkpoint_app.ui.on_duty import WALL, OnDuty
from checkpoint_app.ui.pages.wall import Figures, WallPage
from tests.ui.window.look import HOLD, PAPER, PHONE
from tests.ui.window.stage import GREEN, ID, OTHER_GREEN, RED, SETTINGS, make_desk, open_window

FOUR = replace(
    SETTINGS,
    lanes=(
        LaneSetting(1, camera="none:1"),
        LaneSetting(2, camera="none:2"),
        LaneSetting(3, camera="none:3"),
        LaneSetting(4, direction="out", camera="none:4"),
    ),
)
FIGURES = (
    LaneFigures(1, 1187, 2204, 0, 9, 258, 5_900, 900, Spent(1_400, 2_100, 1_300, 1_100)),
    LaneFigures(2, 1204, 2310, 0, 12, 264, 6_100, 900, Spent(1_500, 2_200, 1_200, 1_200)),
    LaneFigures(3, 1311, 2940, 0, 7, 289, 6_400, 900, Spent(1_300, 2_600, 1_300, 1_200)),
    LaneFigures(4, 986, 1402, 0, 7, 217, 9_900, 900, Spent(1_300, 2_100, 5_200, 1_300)),
)
FORECAST = Forecast(waiting=22, error=6, demand=560, capacity=552, lanes_needed=5, days=7)
Scene = Callable[[OnDuty], None]


def busy(duty: OnDuty) -> None:
    """The draft's four lanes: pass, stop, not yet, waiting with the camera gone."""
    passing(lane(duty, 1))
    stopped(lane(duty, 2))
    bus(lane(duty, 3))
    idle(lane(duty, 4))
    wall(duty)._told_queue(14)


def quiet(duty: OnDuty) -> None:
    """Nothing has happened yet: no figures, no forecast, no stop."""
    for each in duty.lanes.all:
        show_camera(duty, each, None)


def went(duty: OnDuty) -> None:
    """Somebody was sent, somewhere else an ID is referred, and the queue is being typed."""
    busy(duty)
    wall(duty).send()
    lane(duty, 1).work.read("明天下雨".encode())
    wall(duty).commands.typed("q")
    wall(duty).commands.typed("1")


def two(duty: OnDuty) -> None:
    passing(lane(duty, 1))
    stopped(lane(duty, 2))


SCENES: dict[str, tuple[Scene, Settings, tuple[int, int]]] = {
    "wall": (busy, FOUR, (1366, 768)),
    "wall-en": (busy, replace(FOUR, language="en"), (1366, 768)),
    "wall-night": (busy, replace(FOUR, theme="night"), (1366, 768)),
    "wall-contrast-en": (busy, replace(FOUR, theme="contrast", language="en"), (1366, 768)),
    "wall-least-en-130": (busy, replace(FOUR, language="en", scale=130), (1280, 690)),
    "wall-least-130": (busy, replace(FOUR, scale=130), (1280, 690)),
    "wall-wide": (busy, FOUR, (1920, 1080)),
    "wall-quiet": (quiet, FOUR, (1366, 768)),
    "wall-quiet-en": (quiet, replace(FOUR, language="en"), (1366, 768)),
    "wall-went": (went, FOUR, (1366, 768)),
    "wall-went-en": (went, replace(FOUR, language="en"), (1366, 768)),
    "wall-two": (two, replace(FOUR, lanes=FOUR.lanes[:2]), (1366, 768)),
    "lane-beside-stop": (busy, FOUR, (1366, 768)),
    "lane-beside-stop-en": (busy, replace(FOUR, language="en"), (1280, 690)),
}


def lane(duty: OnDuty, number: int) -> LaneShown:
    found = duty.lanes.at(number)
    assert found is not None
    return found


def wall(duty: OnDuty) -> WallPage:
    page = duty.pages.page(WALL)
    assert isinstance(page, WallPage)
    return page


def passing(shown: LaneShown) -> None:
    for payload in (GREEN, OTHER_GREEN):
        shown.work.read(payload.encode())
    shown.work.lane.plate("豫AD12345")
    shown.work.lane.document(ID)
    for tenths in (365, 367):
        shown.work.lane.temperature(tenths)
    since(shown, 4_000)


def stopped(shown: LaneShown) -> None:
    shown.work.read(RED.encode())
    shown.work.lane.plate("豫G6A0W8")
    shown.work.lane.plate_colour("blue")
    shown.work.lane.temperature(366)
    since(shown, 86_000)


def bus(shown: LaneShown) -> None:
    shown.work.lane.plate("豫A08T52")
    shown.work.lane.plate_colour("yellow")
    shown.work.lane.people(45)
    for number in range(31):
        shown.work.read(f"https://jkm.henan.example/h5/code/{number:010x}?c=g".encode())
        shown.work.lane.temperature(365)
    since(shown, 138_000)


def idle(shown: LaneShown) -> None:
    now = shown.work.now
    shown.work.last = Saved(Outcome.RELEASED, "豫A12345", 9, now - 21_000)


def since(shown: LaneShown, ms: int) -> None:
    """As if the vehicle had come so long ago."""
    state, then = shown.state, shown.work.now - ms
    assert state.open is not None
    shown.work.lane.state = replace(
        state,
        open=replace(state.open, started=then),
        stopped=tuple(replace(stop, since=then) for stop in state.stopped),
    )
    shown.work.changed.emit()


def show_camera(duty: OnDuty, shown: LaneShown, card: Card | None, *, gone: bool = False) -> None:
    """What the lane's camera would have given."""
    page = wall(duty)
    picture = pictures.frame(card, HOLD, number=1)
    outlines = tuple(each.corners for each in Decoder().read(picture, at=counter()))
    if gone:
        view, image = View(None, counter(), Sight.GONE, counter() - 21_000), image_of(None)
    else:
        view = View(picture, counter(), Sight.FINE, 0, outlines, rate=15.0, read_ms=3.0)
        image = image_of(picture)
    page.show_seen(shown.state.number, Seen(view, image))


def main(arguments: list[str]) -> int:
    folder = Path(arguments[0] if arguments else ".")
    folder.mkdir(parents=True, exist_ok=True)
    for name in arguments[1:] or list(SCENES):
        shoot(name, folder / f"{name}.png")
    return 0


def prepare(duty: OnDuty, scene: Scene) -> None:
    """The scene with the draft's numbers on a wall that is in front."""
    duty.show_page(WALL)
    QApplication.processEvents()
    duty.lanes.look_at(None)  # the real cameras are not there
    scene(duty)
    cards = {1: PHONE, 2: PAPER, 3: PHONE}
    for each in duty.lanes.all:
        number = each.state.number
        if scene is not quiet:
            show_camera(duty, each, cards.get(number), gone=number == 4)
    numbers = {each.state.number for each in duty.lanes.all}
    known = tuple(each for each in FIGURES if each.lane in numbers)
    page = wall(duty)
    QTest.qWait(200)
    page.reading._reading = True  # nothing is read any more
    page.show_figures(
        Figures(() if scene is quiet else known, NotYet("days", 1, 3) if scene is quiet else FORECAST)
    )


def shoot(name: str, target: Path) -> None:
    """One scene on a fresh ledger."""
    scene, settings, size = SCENES[name]
    with tempfile.TemporaryDirectory() as folder:
        desk = make_desk(Path(folder), settings)
        application.dress(application.application(), settings)
        window, tasks, duty, _heard = open_window(desk)
        window.resize(*size)
        window.show()
        QTest.qWait(300)
        prepare(duty, scene)
        if name.startswith("lane"):
            duty.show_lane(1)
        QApplication.processEvents()
        window.grab().save(str(target))
        window.close()
        tasks.close()


if __name__ == "__main__":
    status = main(sys.argv[1:])
    i18n.use("en")
    sys.exit(status)
