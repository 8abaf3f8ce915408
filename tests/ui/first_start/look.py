"""Pictures of the first start to lay beside its draft: `python -m tests.ui.first_start.look FOLDER`."""

from __future__ import annotations

import os
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from checkpoint_app.config import LaneSetting, Settings
from checkpoint_app.crypto.recovery import RecoveryKey
from checkpoint_app.demo import pictures
from checkpoint_app.scanning.camera import View, counter
from checkpoint_app.scanning.decoder import Decoder
from checkpoint_app.scanning.health import Sight
from checkpoint_app.ui import app as application
from checkpoint_app.ui.camera_view import Seen, image_of
from checkpoint_app.ui.pages.first_start import FirstStartPage
from checkpoint_app.ui.sheet_places import SheetPlace
from checkpoint_app.ui.tasks import Tasks
from tests.ui.first_start.steps import Ends
from tests.ui.window.look import HOLD, PHONE

FOUR = (
    LaneSetting(1, "in", "C270 · 左后 USB 口"),
    LaneSetting(2, "in", "C270 · 右前 USB 口"),
    LaneSetting(3, "in", "Integrated Camera"),
    LaneSetting(4, "out"),
)
KNOWN = Settings(station="南大门 G107", desk="G107-N-1", lanes=FOUR, retention_days=30, language="zh_CN")
STEPS = ("language", "station", "lanes", "checks", "keeping", "key", "recovery", "summary")
SHOTS: dict[str, tuple[str, Settings, tuple[int, int]]] = {
    **{step: (step, KNOWN, (1366, 768)) for step in STEPS},
    **{f"{step}-en": (step, replace(KNOWN, language="en"), (1366, 768)) for step in STEPS},
    **{
        f"{step}-headquarters": (step, replace(KNOWN, role="headquarters", desk="YL-HQ"), (1366, 768))
        for step in ("station", "summary")
    },
    "language-sun": ("language", replace(KNOWN, theme_by="clock", pixel_um=255), (1366, 768)),
    "lanes-night": ("lanes", replace(KNOWN, theme="night"), (1366, 768)),
    "lanes-contrast": ("lanes", replace(KNOWN, theme="contrast"), (1366, 768)),
    "lanes-least-en-130": ("lanes", replace(KNOWN, language="en", scale=130), (1280, 690)),
    "checks-least-en-130": ("checks", replace(KNOWN, language="en", scale=130), (1280, 690)),
    "language-least-en-130": ("language", replace(KNOWN, language="en", scale=130), (1280, 690)),
    "summary-least-en-130": ("summary", replace(KNOWN, language="en", scale=130), (1280, 690)),
    "lanes-wide": ("lanes", KNOWN, (1920, 1080)),
}


def main(arguments: list[str]) -> int:
    folder = Path(arguments[0] if arguments else ".")
    folder.mkdir(parents=True, exist_ok=True)
    for name in arguments[1:] or list(SHOTS):
        shoot(name, folder / f"first-start-{name}.png")
    return 0


def shoot(name: str, target: Path) -> None:
    """One step, its answers given."""
    step, settings, size = SHOTS[name]
    app = application.application()
    application.speak(app, settings.language)
    application.dress(app, settings)
    with tempfile.TemporaryDirectory() as folder:
        ends, tasks = Ends(Path(folder)), Tasks()
        page = FirstStartPage(
            ends.set_up,
            cameras=lambda: [lane.camera for lane in FOUR if lane.camera],
            opens=ends.shop.opens,
            keyring_works=lambda: True,
            tasks=tasks,
            settings=settings,
            places=lambda: (SheetPlace("KINGSTON", ends.stick, stick=True),),
            prints=ends.prints,
        )
        page.resize(*size)
        page.show()
        reach(page, step)
        QTest.qWait(300)
        show_pictures(page)
        QApplication.processEvents()
        page.grab().save(str(target))
        page.close_down()
        page.close()
        tasks.close()


def reach(page: FirstStartPage, step: str) -> None:
    """As if everything before had been answered."""
    place = STEPS.index(step)
    if step in {"recovery", "summary"}:
        page.recovery.show_key(RecoveryKey.make(), page.settings, made="2026-11-21")
    if step == "summary":
        page.settings = replace(page.settings, key_place="keyring")
        page.summary.show_proof(proved=True)
    page._go(place)


def show_pictures(page: FirstStartPage) -> None:
    """Two lanes see a telephone, the third an old camera's empty road."""
    for number in (1, 2):
        picture = pictures.frame(PHONE, HOLD, number=number)
        outlines = tuple(reading.corners for reading in Decoder().read(picture, at=counter()))
        view = View(picture, counter(), Sight.FINE, 0, outlines, rate=24.0, read_ms=3.0)
        page.lanes.show_seen(number, Seen(view, image_of(picture)))
    road = pictures.frame(PHONE, HOLD._replace(y=9000), number=3)[:480, :640].copy()
    page.lanes.show_seen(3, Seen(View(road, counter(), Sight.FINE, 0, (), rate=24.0), image_of(road)))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
