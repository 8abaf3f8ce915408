"""Pictures of the records page to lay beside its draft: `python -m tests.ui.window.look_records FOLDER`.

The ledger is real; the crossings of the days before are written as if they had been made then.
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
from checkpoint_app.config import Settings
from checkpoint_app.domain import facts
from checkpoint_app.domain.amending import Changes
from checkpoint_app.domain.crossing import Check, Crossing, Person
from checkpoint_app.domain.verdict import Reason, Verdict
from checkpoint_app.domain.words import CheckKind, Direction, Evidence, Outcome, VerdictState
from checkpoint_app.services.desk import Desk, new_action
from checkpoint_app.storage import queries
from checkpoint_app.ui import app as application
from checkpoint_app.ui.on_duty import OnDuty
from checkpoint_app.ui.pages.records import RecordsPage
from checkpoint_app.ui.record_side import Doing
from tests.ui.window.stage import SETTINGS, make_desk, open_window

HOUR = 3_600_000
LINES = (  # hours ago, lane, direction, plate, name, outcome, evidence
    (118, 1, "in", "豫G6A0W8", "陈示范", "registered", "registered"),
    (110, 4, "out", "豫G6A0W8", "陈示范", "released", "seen"),
    (95, 1, "in", "豫G6A0W8", "陈示范", "released", "scanned"),
    (84, 4, "out", "豫G6A0W8", "陈示范", "released", "seen"),
    (46, 2, "in", "豫G6A0W8", "陈示范", "released", "scanned"),
    (34, 4, "out", "豫G6A0W8", "陈示范", "released", "scanned"),
    (5, 3, "in", "豫A6A0W8", "罗样例", "registered", "registered"),
    (4, 1, "in", "豫G6A0W2", "郭样例", "released", "scanned"),
    (1, 2, "in", "豫G6A0W8", "陈示范", "turned_back", "verified"),
)
Scene = Callable[[RecordsPage], None]


def written(desk: Desk) -> None:
    """The draft's nine crossings and others around them; the last one flagged, sealed, amended."""
    now = desk.ledger.now()
    for number in range(24):
        _cross(desk, now - 2 * HOUR - number * 700_000, f"豫B{number:02}K{number % 7}5")
    for hours, lane, way, plate, name, outcome, evidence in LINES:
        _cross(desk, now - hours * HOUR, plate, lane, way, name, outcome, evidence)
    desk.ledger.seal("handover").result()
    with desk.ledger.reader() as reader:
        row = next(each for each in queries.crossings(reader) if each.outcome == "turned_back")
    desk.amending.amend(
        row, Changes(people=1, destination="平原 原武镇"), why="儿童在后车，录重", by=desk.by
    ).result()


def _cross(
    desk: Desk,
    at: int,
    plate: str,
    lane: int = 1,
    way: str = "in",
    name: str = "",
    outcome: str = "released",
    evidence: str = "scanned",
) -> None:
    stopped = outcome == "turned_back"
    person = Person(1, name, "11010519491231002X", "citizen_id", "13800138000") if name else Person(1)
    checks = (
        Check(CheckKind.PASS, "presented", Evidence(evidence), at - 1_348_000, 1),
        Check(CheckKind.TEMPERATURE, "measured", Evidence.MEASURED, at - 1_140_000, 1, tenths=366),
    )
    crossing = Crossing(
        new_action(),
        lane,
        Direction(way),
        at - 1_348_000,
        plate=plate,
        plate_colour="blue",
        people=(person,) if name else (),
        told=2 if stopped else 1,
        checks=checks,
        origin="新乡 卫滨区",
        destination="平原",
    )
    state = VerdictState.STOP if stopped else VerdictState.PASS
    reasons = (Reason("code_red", state, {}),) if stopped else ()
    verdict = Verdict(state, reasons=reasons, weakest=Evidence(evidence))
    if stopped:
        flag = facts.check_flagged(
            crossing, checks[0], verdict, by=desk.by, at=at - 1_340_000, action=new_action()
        )
        desk.ledger.append((flag,)).result()
    why = "告知本人，原路返回" if stopped else ""
    fact = facts.vehicle_crossed(crossing, verdict, Outcome(outcome), by=desk.by, at=at, why=why)
    desk.ledger.append((fact,)).result()


def searched(page: RecordsPage) -> None:
    page.search.setText("6A0W")
    page.look()


def everything(page: RecordsPage) -> None:
    page.act(7)


def nothing(page: RecordsPage) -> None:
    page.search.setText("6A0WX9")
    page.look()


def people(page: RecordsPage) -> None:
    page.search.setText("陈示范")
    page.act(1)


def amending(page: RecordsPage) -> None:
    searched(page)
    settle(page)
    page.act(2)


def voiding(page: RecordsPage) -> None:
    searched(page)
    settle(page)
    page.act(3)


def exporting(page: RecordsPage) -> None:
    searched(page)
    settle(page)
    page.act(6)


def seen(page: RecordsPage) -> None:
    searched(page)
    settle(page)
    page.act(4)
    page.side.ask_form.reason.set_value("1")
    page.act(1)


def settle(page: RecordsPage) -> None:
    """Until nothing more comes from other threads."""
    for _each in range(100):
        QTest.qWait(100)
        if page.answered and page.side.doing is not Doing.WRITING:
            break
    QTest.qWait(100)


def inside(page: RecordsPage) -> None:
    while not page.desk.inside.used:
        QTest.qWait(20)
    page.act(8)


ENGLISH = replace(SETTINGS, language="en")
SCENES: dict[str, tuple[Scene, Settings, tuple[int, int]]] = {
    "records": (searched, SETTINGS, (1366, 768)),
    "records-en": (searched, ENGLISH, (1366, 768)),
    "records-night": (searched, replace(SETTINGS, theme="night"), (1366, 768)),
    "records-contrast": (searched, replace(SETTINGS, theme="contrast"), (1366, 768)),
    "records-least-en-130": (searched, replace(ENGLISH, scale=130), (1280, 690)),
    "records-wide": (everything, SETTINGS, (1920, 1080)),
    "records-filters": (everything, SETTINGS, (1366, 768)),
    "records-nothing": (nothing, SETTINGS, (1366, 768)),
    "records-people": (people, SETTINGS, (1366, 768)),
    "records-amend": (amending, SETTINGS, (1366, 768)),
    "records-amend-en-130": (amending, replace(ENGLISH, scale=130), (1280, 690)),
    "records-void": (voiding, SETTINGS, (1366, 768)),
    "records-export-en": (exporting, ENGLISH, (1366, 768)),
    "records-inside": (inside, replace(SETTINGS, pairing=True), (1366, 768)),
    "records-seen": (seen, SETTINGS, (1366, 768)),
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
        written(desk)
        application.dress(application.application(), settings)
        window, tasks, duty, _heard = open_window(desk)
        window.resize(*size)
        window.show()
        QTest.qWait(200)
        page = records_page(duty)
        settle(page)
        scene(page)
        settle(page)
        QApplication.processEvents()
        window.grab().save(str(target))
        window.close()
        tasks.close()


def records_page(duty: OnDuty) -> RecordsPage:
    duty.show_page("records")
    page = duty.pages.page("records")
    assert isinstance(page, RecordsPage)
    return page


if __name__ == "__main__":
    status = main(sys.argv[1:])
    i18n.use("en")
    sys.exit(status)
