"""Pictures of roll-call and handover: `python -m tests.ui.window.look_handover FOLDER [NAME …]`."""

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

from checkpoint_app.config import LaneSetting, Settings
from checkpoint_app.domain.handover import Answered
from checkpoint_app.domain.roll import Rolled
from checkpoint_app.domain.words import Direction, Outcome
from checkpoint_app.services.desk import Desk
from checkpoint_app.ui import app as application
from checkpoint_app.ui.duty_pages import HANDOVER, ROLLCALL
from checkpoint_app.ui.on_duty import OnDuty
from checkpoint_app.ui.pages.handover import HandoverPage
from checkpoint_app.ui.pages.rollcall import RollcallPage
from tests.pins import CHEAP
from tests.ui.window.stage import SETTINGS, make_desk, open_window

FOUR = replace(SETTINGS, lanes=tuple(LaneSetting(n, "in" if n < 4 else "out") for n in range(1, 5)))
NAMES = ("王建国", "李四", "郑一鸣", "刘洋", "孙玥", "陈喆", "何䶮", "吴小红", "周强", "马丽")
NEXT = ("赵海", "钱进", "冯娟", "韩冰")
USUAL, LEAST, WIDE = (1366, 768), (1280, 690), (1920, 1080)
SHOTS: dict[str, tuple[str, Settings, tuple[int, int]]] = {
    "half": ("half", FOUR, USUAL),
    "half-en": ("half", replace(FOUR, language="en"), USUAL),
    "half-night": ("half", replace(FOUR, theme="night", theme_by="hand"), USUAL),
    "half-contrast": ("half", replace(FOUR, theme="contrast", theme_by="hand"), USUAL),
    "half-least-en-130": ("half", replace(FOUR, language="en", scale=130), LEAST),
    "half-wide": ("half", FOUR, WIDE),
    "article": ("article", FOUR, USUAL),
    "signing": ("signing", FOUR, USUAL),
    "away": ("away", FOUR, USUAL),
    "away-en": ("away", replace(FOUR, language="en"), USUAL),
    "sealed": ("sealed", FOUR, USUAL),
    "sealed-en": ("sealed", replace(FOUR, language="en"), USUAL),
    "roll": ("roll", FOUR, USUAL),
    "roll-en": ("roll", replace(FOUR, language="en"), USUAL),
    "roll-night": ("roll", replace(FOUR, theme="night", theme_by="hand"), USUAL),
    "roll-least-en-130": ("roll", replace(FOUR, language="en", scale=130), LEAST),
    "roll-next": ("roll-next", FOUR, USUAL),
    "roll-end": ("roll-end", FOUR, USUAL),
}


def main(arguments: list[str]) -> int:
    folder = Path(arguments[0] if arguments else ".")
    folder.mkdir(parents=True, exist_ok=True)
    for name in arguments[1:] or list(SHOTS):
        shoot(name, folder / f"handover-{name}.png")
    return 0


def shoot(name: str, target: Path) -> None:
    """One scene on a fresh ledger."""
    scene, settings, size = SHOTS[name]
    with tempfile.TemporaryDirectory() as folder:
        desk = make_desk(Path(folder), settings, shift=False)
        desk.officers.cost = CHEAP
        enrol(desk)
        if scene != "roll":
            work(desk)
        app = application.application()
        application.dress(app, settings)
        window, tasks, duty, _heard = open_window(desk)
        window.resize(*size)
        window.show()
        QTest.qWait(200)
        SCENES[scene](duty)
        QTest.qWait(100)
        QApplication.processEvents()
        window.grab().save(str(target))
        window.close()
        tasks.close()


def enrol(desk: Desk) -> None:
    for name in (*NAMES, *NEXT):
        desk.officers.enrol(name, by=desk.by)
    number = {each.name: each.number for each in desk.officers.everybody()}
    for group, names in (("三班", NAMES), ("四班", NEXT)):
        desk.roster.set_group(
            group, [number[each] for each in names], [number[names[0]]], by=desk.by
        ).result()


def work(desk: Desk) -> None:
    """A shift with crossings, a matter, an order, an incident, articles."""
    number = {each.name: each.number for each in desk.officers.everybody()}
    roll = tuple(Rolled(number[name], name) for name in NAMES)
    desk.duty.open(group="三班", lead=number[NAMES[0]], roll=roll, zone=480).result()
    desk.resume_shift()
    for setting in desk.settings.lanes:
        lane = desk.lane(setting.number, direction=Direction(setting.direction))
        for place in range(3):
            lane.plate(f"豫A1{setting.number}34{place}")
            lane.temperature(365)
            lane.end(
                Outcome.TURNED_BACK if place else Outcome.REGISTERED, why="checked_by_hand"
            ).written.result()
    affairs(desk)


def affairs(desk: Desk) -> None:
    now, by = desk.ledger.now(), desk.by
    desk.matters.raise_(
        "豫G6A0W8 通行证已注销，发证单位未答复", owner=by.officer, due=now + 7_200_000, by=by
    ).result()
    desk.matters.raise_("2 号测温枪偏高 0.3，待换", owner="信息员", by=by).result()
    late = "桥北乡投诉，待回电"
    desk.matters.raise_(late, owner=by.officer, due=now + 26 * 60_000, by=by).result()
    thermometer = desk.stores.declare("测温枪", unit="支", equipment=True, due=6, by=by)
    desk.stores.declare("N95 口罩", unit="只", equipment=False, low=200, by=by)
    thermometer.result()


def begin(desk: Desk) -> None:
    number = {each.name: each.number for each in desk.officers.everybody()}
    roll = tuple(Rolled(number[name], name) for name in NEXT)
    desk.handovers.begin(group="四班", lead=number[NEXT[0]], roll=roll, zone=480, by=desk.by).result()
    desk.resume_shift()


def handover(duty: OnDuty, *, answers: int) -> HandoverPage:
    """The page with that many lines answered, one of them queried."""
    desk = duty.desk
    begin(desk)
    standing = desk.handovers.under_way()
    assert standing is not None
    for place, line in enumerate(standing.lines[:answers]):
        said, note = (Answered.QUERIED, "少 1 支，查借用单") if place == 3 else (Answered.ACCEPTED, "")
        desk.handovers.answer(standing.shift, line.key, said, note=note, by=desk.by).result()
    duty.show_page(HANDOVER)
    page = duty.pages.page(HANDOVER)
    assert isinstance(page, HandoverPage)
    wait(lambda: page.standing is not None and not page.working)
    return page


def rollcall(duty: OnDuty) -> RollcallPage:
    duty.show_page(ROLLCALL)
    page = duty.pages.page(ROLLCALL)
    assert isinstance(page, RollcallPage)
    wait(lambda: page.ready and not page.reading.busy)
    return page


def half(duty: OnDuty) -> None:
    page = handover(duty, answers=8)
    page.body.line.note.setPlainText("接班后先打 0373-555-0118 催办")


def article(duty: OnDuty) -> None:
    page = handover(duty, answers=8)
    for row in page.body._rows:
        if row.article:
            page.body.list.go_to(row.key)
            page.body._choose(row.key)
            break
    QTest.keyClicks(page.body.list, "5")


def signing(duty: OnDuty) -> None:
    handover(duty, answers=99)


def away(duty: OnDuty) -> None:
    page = handover(duty, answers=99)
    page._ask_away()
    QTest.keyClicks(page.body.away.cases, "2")


def sealed(duty: OnDuty) -> None:
    page = handover(duty, answers=99)
    from checkpoint_app.domain.handover import Side

    for side in Side:
        page._sign(side)
        wait(lambda: not page.working)
    wait(lambda: page.sheet.path is not None)


def roll(duty: OnDuty) -> None:
    page = rollcall(duty)
    page.form.card.group.set_value("三班")
    page.form.go_on(page.form.card.group.edit)
    page.form.people.list.setFocus()
    for keys in ("2", " ", "3"):
        page.form.people.list.step(1)
        QTest.keyClicks(page.form.people.list, keys)


def roll_next(duty: OnDuty) -> None:
    page = rollcall(duty)
    page.form.card.group.set_value("四班")
    page.form.go_on(page.form.card.group.edit)


def roll_end(duty: OnDuty) -> None:
    rollcall(duty)._ask_why()


def wait(condition: Callable[[], bool]) -> None:
    for _turn in range(500):
        if condition():
            return
        QTest.qWait(20)
    raise AssertionError


SCENES: dict[str, Callable[[OnDuty], None]] = {
    "half": half,
    "article": article,
    "signing": signing,
    "away": away,
    "sealed": sealed,
    "roll": roll,
    "roll-next": roll_next,
    "roll-end": roll_end,
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
