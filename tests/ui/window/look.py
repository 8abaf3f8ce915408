"""Pictures of the lane page to lay beside the drafts: `python -m tests.ui.window.look FOLDER`.

The ledger, the lane and the window are real; counters and last crossings are set to the drafts' numbers.
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
from checkpoint_app.demo import pictures
from checkpoint_app.demo.pictures import Hold
from checkpoint_app.demo.traffic import Card
from checkpoint_app.domain.words import Outcome
from checkpoint_app.scanning.camera import View, counter
from checkpoint_app.scanning.decoder import Decoder
from checkpoint_app.scanning.health import Sight
from checkpoint_app.storage.engine import DiskFull
from checkpoint_app.storage.rows import CrossingRow, ShiftTotals
from checkpoint_app.ui import app as application
from checkpoint_app.ui.camera_view import Seen, image_of
from checkpoint_app.ui.on_duty import OnDuty
from tests.ui.window.stage import GREEN, OTHER_GREEN, PLAIN, RED, SETTINGS, make_desk, open_window

HOLD = Hold(640, 380, 0.92, 6, 8, 0, 1.0)
PHONE = Card("phone", "健康码", "#006B53", (GREEN.encode(),), ("绿码", "张*"))
PASS_LINES = ("4101 22 004718", "豫B·6K278")
PAPER = Card("paper", "重点物资运输车辆通行证", "#0B7A60", (b"410122004718",), PASS_LINES)
ROWS = (
    ("豫A12C47", "released", 5100),
    ("豫AF30761", "released", 4800),
    ("鲁H70Q18", "registered", 11200),
    ("豫G5K209", "turned_back", 24000),
    ("豫A0M3F6", "released", 5600),
)
TOTALS = ShiftTotals(
    "",
    vehicles=1187,
    people=2204,
    outcomes={"turned_back": 9},
    evidence={"seen": 166},
    mean=5900,
    mean_recent=5400,
)
Scene = Callable[[OnDuty], None]


def passing(duty: OnDuty) -> None:
    lane = duty.work.lane
    for payload in (GREEN, OTHER_GREEN):
        duty.work.read(payload.encode())
    lane.plate("豫AD12345")
    lane.document("11010519491231002X")
    lane.temperature(365)
    lane.temperature(367)
    lane.places(origin="新乡 红旗区", destination="平原 师寨镇", purpose="上班")


def not_yet(duty: OnDuty) -> None:
    passing(duty)
    duty.work.lane.correct_plate("豫A7K26Q")
    duty.work.lane.people(3)
    duty.lane.fields.temperature.set_value("36")


def stop(duty: OnDuty) -> None:
    lane = duty.work.lane
    duty.work.read(RED.encode())
    lane.plate("豫G6A0W8")
    lane.temperature(366)


def refer(duty: OnDuty) -> None:
    passing(duty)
    duty.work.read("明天下雨".encode())


def reason(duty: OnDuty) -> None:
    not_yet(duty)
    duty.work.end(Outcome.RELEASED)


def provinces(duty: OnDuty) -> None:
    not_yet(duty)
    duty.lane.commands.typed("/")
    duty.lane.commands.typed("/")


def document(duty: OnDuty) -> None:
    not_yet(duty)
    duty.lane.commands.typed("*")
    duty.lane.people.document.edit.setText("110105194912310021")
    duty.lane.commands.entered()


def saved(duty: OnDuty) -> None:
    passing(duty)
    duty.work.end(Outcome.RELEASED)
    while duty.work.saving is not None:
        QTest.qWait(5)


def waiting(duty: OnDuty) -> None:
    saved(duty)
    duty.work.saved = None


def alarm(duty: OnDuty) -> None:
    passing(duty)
    QTest.qWait(100)
    duty.work.failed(DiskFull(path=Path("ledger")))


def parked(duty: OnDuty) -> None:
    stop(duty)
    duty.work.lane.park()
    passing(duty)
    duty.work.lane.park()


def stopped_before(duty: OnDuty) -> None:
    stop(duty)
    duty.work.lane.park()
    not_yet(duty)
    QTest.qWait(100)
    duty.work.failed(DiskFull(path=Path("ledger")))
    duty.work.failure_shown = False


def camera_gone(duty: OnDuty) -> None:
    not_yet(duty)


def colour(duty: OnDuty) -> None:
    duty.work.read(PLAIN.encode())
    duty.work.lane.plate("豫A12345")
    duty.work.lane.temperature(365)


def many(duty: OnDuty) -> None:
    passing(duty)
    duty.work.lane.people(43)


def owed(duty: OnDuty) -> None:
    not_yet(duty)
    duty.work.owed = 2


SCENES: dict[str, tuple[Scene, Settings, tuple[int, int]]] = {
    "pass": (passing, SETTINGS, (1366, 768)),
    "pass-en": (passing, replace(SETTINGS, language="en"), (1366, 768)),
    "notyet": (not_yet, SETTINGS, (1366, 768)),
    "notyet-en": (not_yet, replace(SETTINGS, language="en"), (1366, 768)),
    "stop-night": (stop, replace(SETTINGS, theme="night"), (1366, 768)),
    "stop-en": (stop, replace(SETTINGS, language="en"), (1366, 768)),
    "refer-contrast": (refer, replace(SETTINGS, theme="contrast"), (1366, 768)),
    "short": (not_yet, SETTINGS, (1366, 690)),
    "least-en-130": (stop, replace(SETTINGS, language="en", scale=130), (1280, 690)),
    "wide": (passing, SETTINGS, (1920, 1080)),
    "reason": (reason, SETTINGS, (1366, 768)),
    "reason-en": (reason, replace(SETTINGS, language="en"), (1280, 690)),
    "provinces": (provinces, SETTINGS, (1366, 768)),
    "document": (document, SETTINGS, (1366, 768)),
    "saved": (saved, SETTINGS, (1366, 768)),
    "waiting": (waiting, SETTINGS, (1366, 768)),
    "alarm": (alarm, SETTINGS, (1366, 768)),
    "alarm-en": (alarm, replace(SETTINGS, language="en"), (1366, 768)),
    "parked": (parked, SETTINGS, (1366, 768)),
    "stopped-before": (stopped_before, SETTINGS, (1366, 768)),
    "camera-gone": (camera_gone, SETTINGS, (1366, 768)),
    "colour": (colour, SETTINGS, (1366, 768)),
    "many": (many, SETTINGS, (1366, 768)),
    "owed": (owed, SETTINGS, (1366, 768)),
}


def scenes() -> dict[str, tuple[Scene, Settings, tuple[int, int]]]:
    """These and those of buses, convoys and people on foot."""
    from tests.ui.window import look_modes

    return SCENES | look_modes.SCENES


def main(arguments: list[str]) -> int:
    folder = Path(arguments[0] if arguments else ".")
    folder.mkdir(parents=True, exist_ok=True)
    wanted = arguments[1:] or list(scenes())
    for name in wanted:
        shoot(name, folder / f"{name}.png")
    return 0


def shoot(name: str, target: Path) -> None:
    """One scene on a fresh ledger."""
    scene, settings, size = scenes()[name]
    with tempfile.TemporaryDirectory() as folder:
        desk = make_desk(Path(folder), settings)
        app = application.application()
        application.dress(app, settings)
        window, tasks, duty, _heard = open_window(desk)
        window.resize(*size)
        window.show()
        QTest.qWait(300)
        duty.lane.fields.focus_home()
        card = PAPER if name.startswith("refer") else PHONE
        show_camera(duty, card, gone=name == "camera-gone")
        scene(duty)
        duty.lane.camera.judged(38)
        show_camera(duty, card, gone=name == "camera-gone")
        fill(duty)
        QApplication.processEvents()
        window.grab().save(str(target))
        window.close()
        tasks.close()


def show_camera(duty: OnDuty, card: Card, *, gone: bool) -> None:
    picture = pictures.frame(card, HOLD, number=1)
    readings = Decoder().read(picture, at=counter())
    if gone:
        view = View(None, counter(), Sight.GONE, counter() - 21_000)
    else:
        outlines = tuple(reading.corners for reading in readings)
        view = View(picture, counter(), Sight.FINE, 0, outlines, rate=24.0, read_ms=3.0)
    duty.lane.show_seen(Seen(view, image_of(view.picture), ()))


def fill(duty: OnDuty) -> None:
    """Counters and last crossings as in the drafts."""
    now = duty.work.now
    rows = [row(number, plate, outcome, took, now) for number, (plate, outcome, took) in enumerate(ROWS)]
    duty.lane.totals = TOTALS
    duty.lane._rows = tuple(rows)
    duty.refresh()
    duty.lane.refresh()


def row(number: int, plate: str, outcome: str, took: int, now: int) -> CrossingRow:
    happened = now - 9000 * (number + 1)
    return CrossingRow(
        id=number,
        desk="",
        epoch="",
        seq=number,
        hash="",
        action="",
        kind="",
        shift="",
        officer="",
        happened=happened,
        zone=480,
        lane=1,
        direction="in",
        vehicle="car",
        verdict="pass",
        outcome=outcome,
        started=happened - took,
        plate=plate,
    )


if __name__ == "__main__":
    status = main(sys.argv[1:])
    i18n.use("en")
    sys.exit(status)
