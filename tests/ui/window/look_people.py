"""Pictures of the people page: `python -m tests.ui.window.look_people FOLDER [SCENE…]`, on a real ledger."""

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
from checkpoint_app.domain.roster import Exchange
from checkpoint_app.ui import app as application
from checkpoint_app.ui.pages.people import PeoplePage
from tests.ui.staff import staffed
from tests.ui.window.stage import SETTINGS, make_desk, open_window

Scene = Callable[[PeoplePage], None]
LANES = tuple(LaneSetting(number, "in" if number < 4 else "out") for number in range(1, 5))
STATION = replace(SETTINGS, lanes=LANES)
ENGLISH = replace(STATION, language="en")
MONTH, HOURS, PHONES = 1, 2, 3


def settle(page: PeoplePage) -> None:
    for _each in range(100):
        QTest.qWait(50)
        if page.settled:
            break
    QTest.qWait(50)


def officers(page: PeoplePage) -> None:
    page.list.table.go(1)


def newcomer(page: PeoplePage) -> None:
    page.act(1)
    form = page.views[0].forms()[0]
    form.name.set_value("赵样例")  # type: ignore[attr-defined]


def pin(page: PeoplePage) -> None:
    page.act(3)


def month(page: PeoplePage) -> None:
    """One exchange has been made."""
    plan = page.found.plan
    assert plan is not None
    one, two = plan.turns[30], plan.turns[33]
    swap = Exchange(one.day, one.slot, one.groups[0], two.groups[0], (two.day, two.slot))
    page.desk.roster.swap(plan.month, swap, why="家中有事", by=page.desk.by).result()
    page.reload()
    settle(page)
    page.go(MONTH)


def planning(page: PeoplePage) -> None:
    page.go(MONTH)
    page.act(1)


def own(page: PeoplePage) -> None:
    planning(page)
    form = page.views[MONTH].forms()[0]
    form.pattern.setCurrentIndex(5)  # type: ignore[attr-defined]


def swapping(page: PeoplePage) -> None:
    page.go(MONTH)
    page.act(2)


def standing_in(page: PeoplePage) -> None:
    page.go(MONTH)
    page.act(3)


def grouping(page: PeoplePage) -> None:
    page.go(MONTH)
    page.act(7)


def hours(page: PeoplePage) -> None:
    page.go(HOURS)
    page.list.table.go(2)


def exporting(page: PeoplePage) -> None:
    page.go(HOURS)
    page.act(1)


def posting(page: PeoplePage) -> None:
    hours(page)
    page.act(2)


def phones(page: PeoplePage) -> None:
    page.go(PHONES)
    page.act(4)


def calling(page: PeoplePage) -> None:
    page.go(PHONES)
    page.act(2)


SCENES: dict[str, tuple[Scene, Settings, tuple[int, int]]] = {
    "officers": (officers, STATION, (1366, 768)),
    "officers-en": (officers, ENGLISH, (1366, 768)),
    "officers-least-en-130": (officers, replace(ENGLISH, scale=130), (1280, 690)),
    "officers-wide": (officers, STATION, (1920, 1080)),
    "officers-night": (officers, replace(STATION, theme="night"), (1366, 768)),
    "newcomer": (newcomer, STATION, (1366, 768)),
    "newcomer-en-130": (newcomer, replace(ENGLISH, scale=130), (1280, 690)),
    "pin": (pin, STATION, (1366, 768)),
    "month": (month, STATION, (1366, 768)),
    "month-en": (month, ENGLISH, (1366, 768)),
    "month-least-en-130": (month, replace(ENGLISH, scale=130), (1280, 690)),
    "month-wide": (month, STATION, (1920, 1080)),
    "planning": (planning, STATION, (1366, 768)),
    "own-en": (own, ENGLISH, (1366, 768)),
    "swapping": (swapping, STATION, (1366, 768)),
    "standing-in-en": (standing_in, ENGLISH, (1366, 768)),
    "grouping": (grouping, STATION, (1366, 768)),
    "hours": (hours, STATION, (1366, 768)),
    "hours-en-130": (hours, replace(ENGLISH, scale=130), (1280, 690)),
    "exporting": (exporting, STATION, (1366, 768)),
    "posting": (posting, STATION, (1366, 768)),
    "phones": (phones, STATION, (1366, 768)),
    "calling-en": (calling, ENGLISH, (1366, 768)),
}


def main(arguments: list[str]) -> int:
    folder = Path(arguments[0] if arguments else ".")
    folder.mkdir(parents=True, exist_ok=True)
    for name in arguments[1:] or list(SCENES):
        shoot(name, folder / f"{name}.png")
    return 0


def shoot(name: str, target: Path) -> None:
    """One scene on a fresh ledger, in the window."""
    scene, settings, size = SCENES[name]
    with tempfile.TemporaryDirectory() as folder:
        desk = make_desk(Path(folder), settings)
        staffed(desk)
        application.dress(application.application(), settings)
        window, tasks, duty, _heard = open_window(desk)
        window.resize(*size)
        window.show()
        QTest.qWait(200)
        duty.show_page("people")
        page = duty.pages.page("people")
        assert isinstance(page, PeoplePage)
        settle(page)
        scene(page)
        settle(page)
        QApplication.processEvents()
        window.grab().save(str(target))
        window.close()
        tasks.close()


if __name__ == "__main__":
    status = main(sys.argv[1:])
    i18n.use("en")
    sys.exit(status)
