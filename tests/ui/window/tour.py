"""A busy hour of the demonstration in the real window: `python -m tests.ui.window.tour FOLDER`.

Keys and a hand scanner alone; the codes come through the real camera threads and decoder. Each station
leaves pictures in FOLDER; at the end the ledger, read by plain SQL, must hold what the story says. With Xvfb
it is a window on a screen, else it is painted in memory.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from checkpoint_app import bootstrap, i18n
from checkpoint_app.config import LaneSetting, Settings, save_settings
from checkpoint_app.crypto.keyfile import KeyPlace
from checkpoint_app.demo.device import source_of
from checkpoint_app.services.desk import Desk
from checkpoint_app.ui import app as application
from tests.ui.window import tour_office as office
from tests.ui.window import tour_story as story
from tests.ui.window.stage import Stage, open_window
from tests.ui.window.tour_hands import Tour, waits
from tests.ui.window.tour_paper import Paper
from tests.ui.window.tour_street import Street

SCREEN = "1366x768x24"
Station = Callable[[Tour], None]
LANES = (
    LaneSetting(1, camera=source_of(1)),
    LaneSetting(2, "out", camera=source_of(2)),
    LaneSetting(3, camera=source_of(3)),
    LaneSetting(4, "out"),
)
WHOLE: tuple[Station, ...] = (
    story.opens_the_shift,
    story.a_car,
    story.two_people,
    story.a_bus,
    story.a_convoy,
    story.on_foot,
    story.without_a_phone,
    story.a_resident,
    story.somebody_to_look_at,
    story.a_stop_at_another_lane,
    story.without_a_camera,
    story.a_wrong_plate,
    story.vehicles_only_counted,
    story.one_parked,
    story.the_wall,
    office.a_record,
    office.settings,
    office.looks,
    office.the_end,
)


@dataclass(frozen=True, slots=True)
class Plan:
    """`folder` for the pictures, None for none; `tempo`: how much faster than drivers are."""

    folder: Path | None
    language: str = "zh_CN"
    theme: str = "day"
    fast: bool = False
    tempo: float = 3.0
    lanes: tuple[LaneSetting, ...] = LANES


def work(plan: Plan, stations: Sequence[Station], *, home: Path) -> tuple[str, ...]:
    """Plays the stations on a fresh desk below `home`; where ledger and story differ."""
    desk = furnished(plan, home)
    with in_front(plan, desk, home=home) as tour:
        for station in stations:
            began = time.monotonic()
            try:
                station(tour)
            except AssertionError:
                tour.shot("where-it-stood-still")
                raise
            if plan.folder is not None:
                tell(f"{station.__name__}: {time.monotonic() - began:.1f} s")
    return compared(home, tour.paper)


def furnished(plan: Plan, home: Path) -> Desk:
    """A desk as a station has it before its first shift: set up, with the lead's register."""
    settings = Settings(
        station="演示站 G107",
        desk="DEMO-1",
        lanes=plan.lanes,
        language=plan.language,
        theme=plan.theme,
        key_place="open_file",
        sheet_proved=True,
        retention_days=30,
    )
    folder = home / "desk"
    (home / "papers").mkdir()
    bootstrap.set_up(folder, settings, place=KeyPlace.OPEN_FILE)
    save_settings(folder, settings)  # the recovery sheet was proved
    desk = bootstrap.open_desk(folder)
    desk.register.load(story.register_list(home / "papers" / "register.csv").read_bytes(), by=desk.by)
    return desk


@contextmanager
def in_front(plan: Plan, desk: Desk, *, home: Path) -> Iterator[Tour]:
    """The window with its cameras running, and somebody in front of it."""
    app = application.application()
    application.dress(app, desk.settings)
    street = Street(*(lane.number for lane in plan.lanes), tempo=plan.tempo)
    window, tasks, duty, heard = open_window(desk, play=street)
    try:
        bot = waits()
        with bot.waitActive(window):
            window.show()
        stage = Stage(bot, desk, tasks, window, duty, heard)
        stage.until(lambda: duty.work.questions_read)
        yield Tour(stage, street, plan.folder, home / "papers", plan.fast)
    finally:
        window.close()
        tasks.close()


def compared(home: Path, paper: Paper) -> tuple[str, ...]:
    """The ledger as the next start finds it, beside the paper."""
    desk = bootstrap.open_desk(home / "desk")
    try:
        with desk.ledger.reader() as reader:
            return paper.compared(reader)
    finally:
        desk.close()


def a_printer(home: Path) -> None:
    """A stand-in for the system's `lp`: takes the sheet."""
    folder = home / "bin"
    folder.mkdir()
    printer = folder / "lp"
    printer.write_text(f'#!/bin/sh\ncp "$2" "{home}/papers/"\n', encoding="utf-8")
    printer.chmod(0o755)
    os.environ["PATH"] = f"{folder}{os.pathsep}{os.environ['PATH']}"


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="tour")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--language", choices=("zh_CN", "en"), default="zh_CN")
    parser.add_argument("--theme", choices=("day", "night", "contrast"), default="day")
    parser.add_argument("--fast", action="store_true", help="no time between the keys of fingers")
    told = parser.parse_args(arguments)
    told.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        a_printer(Path(home))
        plan = Plan(told.folder, told.language, told.theme, fast=told.fast)
        differences = work(plan, WHOLE, home=Path(home))
    tell("\n".join(differences) or "the ledger holds the whole story")
    return 1 if differences else 0


def tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def on_a_screen(arguments: Sequence[str]) -> None:
    """Begins anew under Xvfb where there is one; does not return then."""
    xvfb = shutil.which("xvfb-run")
    if xvfb and not os.environ.get("DISPLAY"):
        os.environ["QT_QPA_PLATFORM"] = "xcb"
        again = (sys.executable, "-m", "tests.ui.window.tour", *arguments)
        os.execv(xvfb, (xvfb, "-a", "-s", f"-screen 0 {SCREEN}", *again))


if __name__ == "__main__":
    on_a_screen(sys.argv[1:])
    status = main(sys.argv[1:])
    i18n.use("en")
    sys.exit(status)
