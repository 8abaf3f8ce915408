"""Pictures of headquarters' exchange page: `python -m tests.ui.window.look_hq FOLDER`.

Stations, bundles, the copied computer and the spoilt file are real.
"""

from __future__ import annotations

import os
import sys
import tempfile
from dataclasses import replace
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from checkpoint_app import i18n
from checkpoint_app.domain.peers import card_text
from checkpoint_app.ui import app as application
from checkpoint_app.ui.pages.collation import CollationPage
from tests.ui.window.exchange_day import Stick
from tests.ui.window.hq_day import collation_page, lived, region, speaking
from tests.ui.window.stage import open_window


def looks(folder: Path, language: str, theme: str) -> None:
    with tempfile.TemporaryDirectory() as data, region(Path(data)) as made:
        lived(made)
        stranger = made.copy.desk.peers.card()
        made.above.clock.pass_by(36 * 3_600_000)
        desk = made.above.desk
        speaking(desk, language)
        desk.settings = replace(desk.settings, theme=theme)
        app = application.application()
        application.dress(app, desk.settings)
        window, tasks, duty, _heard = open_window(desk)
        i18n.use(language)
        window.resize(1366, 768)
        window.show()
        page = collation_page(duty)
        Stick(Path(data) / "stick").plug(page)
        for name, acts in (
            ("front", ()),
            ("gap", (page.body.gaps.list.setFocus,)),
            ("fork", (partial(page.act, 4),)),
            ("publish", (page.back, partial(page.act, 5))),
            ("cards", (page.back, partial(page.card, card_text(stranger)))),
            ("sign-on", (page.back, duty._sign_on)),
        ):
            for act in acts:
                act()
            _settle(page)
            window.grab().save(str(folder / f"hq-{name}-{language}-{theme}.png"))
        window.close()
        tasks.close()


def _settle(page: CollationPage) -> None:
    for _ in range(80):
        QApplication.processEvents()
        QTest.qWait(10)
        if page.settled:
            break
    QTest.qWait(80)


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for language, theme in (("zh_CN", "day"), ("en", "day"), ("zh_CN", "night")):
        looks(folder, language, theme)


if __name__ == "__main__":
    main()
