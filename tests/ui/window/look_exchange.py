"""Pictures of the exchange page to lay beside its draft: `python -m tests.ui.window.look_exchange FOLDER`.

Desks, bundles, receipts and lists are real: headquarters and a second desk have ledgers of their own.
"""

from __future__ import annotations

import os
import sys
import tempfile
import threading
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from checkpoint_app import i18n
from checkpoint_app.config import Settings
from checkpoint_app.domain.peers import card_text
from checkpoint_app.services.desk import Desk
from checkpoint_app.services.sending import Which
from checkpoint_app.ui import app as application
from checkpoint_app.ui.exchange_sending import Showing
from checkpoint_app.ui.pages.exchange import ExchangePage
from tests.services.stations import know, sent, taken
from tests.ui.window.exchange_day import Stick, answer, end_shift, exchange_page, headquarters, listed
from tests.ui.window.look_records import written
from tests.ui.window.stage import SETTINGS, make_desk, open_window

ENGLISH = replace(SETTINGS, language="en")
SECOND = replace(SETTINGS, desk="G107-N-2")
FALSE = "holiday.cpb"


@dataclass(slots=True)
class Day:
    """Everybody, and what lies on the stick."""

    desk: Desk
    above: Desk
    second: Desk
    stick: Stick
    folder: Path
    go_on: threading.Event

    @property
    def road(self) -> Path:
        return self.stick.folder


def lived(day: Day) -> None:
    """A shift confirmed, one exported, one over; the second desk's bundles, one lost; a list; no bundle."""
    written(day.desk)
    _over(day, "一班")
    for path in sent(day.desk, day.road, which=Which.UNRECEIPTED):
        taken(day.above, path)
    taken(day.desk, answer(day.above, day.stick))
    _over(day, "二班")
    sent(day.desk, day.road, which=Which.NEW)
    _over(day, "")
    for lost in (False, True, False):
        written(day.second)
        day.second.ledger.seal("hour").result()
        (path,) = sent(day.second, day.road, which=Which.NEW, to=(SETTINGS.desk,))
        if not lost:
            taken(day.desk, path)
    listed(day.above, tuple(f"豫A{number:05}" for number in range(14)))
    taken(day.desk, answer(day.above, day.stick))
    (day.folder / FALSE).write_bytes(b"nothing of the kind")


def _over(day: Day, following: str) -> None:
    """The shift is closed; the next one opened, "" for none."""
    end_shift(day.desk)
    if following:
        day.desk.duty.open(group=following, lead="王建国", officers=("李四",), zone=480).result()
        day.desk.resume_shift()
        written(day.desk)


def settle(page: ExchangePage) -> None:
    """Until nothing more comes from other threads."""
    for _each in range(100):
        QTest.qWait(50)
        if page.settled:
            break
    QTest.qWait(100)


# what is done before the picture


def ready(_day: Day, _page: ExchangePage) -> None:
    pass


def sending(day: Day, page: ExchangePage) -> None:
    """Held up in the middle of writing."""
    send = page.work.send

    def slow(*given, progress, **named):  # type: ignore[no-untyped-def]
        def told(done: int, of: int) -> bool:
            if page.sending.deed.step == "write":
                progress(62, 100)
                day.go_on.wait(30)
            return bool(progress(done, of))

        return send(*given, progress=told, **named)

    page.work.send = slow  # type: ignore[method-assign]
    page.act(2)
    while page.sending.deed.step != "write":
        QTest.qWait(20)


def exported(_day: Day, page: ExchangePage) -> None:
    page.act(2)
    while page.sending.showing is not Showing.OVER:
        QTest.qWait(20)


def pulled(day: Day, page: ExchangePage) -> None:
    away = day.stick.folder.rename(day.folder / "away")
    exported(day, page)
    away.rename(day.stick.folder)


def offered(day: Day, page: ExchangePage) -> None:
    written(day.second)
    day.second.ledger.seal("hour").result()
    page.take_files(list(sent(day.second, day.road, which=Which.NEW, to=(SETTINGS.desk,))))


def taken_in(day: Day, page: ExchangePage) -> None:
    offered(day, page)
    settle(page)
    page.act(1)


def refused(day: Day, page: ExchangePage) -> None:
    page.take_files([day.folder / FALSE])


def adopting(_day: Day, page: ExchangePage) -> None:
    QTest.keyClick(page.out.table, Qt.Key.Key_Right)


def difference(_day: Day, page: ExchangePage) -> None:
    page.act(5)


def adopted(_day: Day, page: ExchangePage) -> None:
    page.act(4)


def gaps(_day: Day, page: ExchangePage) -> None:
    page.gaps.list.setFocus()


def cards(_day: Day, page: ExchangePage) -> None:
    page.act(6)


def scanned(day: Day, page: ExchangePage) -> None:
    page.card(card_text(day.second.peers.card()))
    settle(page)
    page.enrolling.view.other.heard.set_value("123")


LEAST, USUAL, WIDE = (1280, 690), (1366, 768), (1920, 1080)
NIGHT, CONTRAST = replace(SETTINGS, theme="night"), replace(SETTINGS, theme="contrast")
LARGE = replace(ENGLISH, scale=130)
Scene = Callable[[Day, ExchangePage], None]
SCENES: dict[str, tuple[Scene, Settings, tuple[int, int]]] = {
    "exchange": (sending, SETTINGS, USUAL),
    "exchange-en": (sending, ENGLISH, USUAL),
    "exchange-short": (sending, SETTINGS, LEAST),
    "exchange-short-en": (sending, ENGLISH, LEAST),
    "exchange-night": (sending, NIGHT, USUAL),
    "exchange-contrast": (sending, CONTRAST, USUAL),
    "exchange-ready": (ready, SETTINGS, USUAL),
    "exchange-ready-en-130": (ready, LARGE, LEAST),
    "exchange-wide": (ready, SETTINGS, WIDE),
    "exchange-exported": (exported, SETTINGS, USUAL),
    "exchange-exported-en": (exported, ENGLISH, LEAST),
    "exchange-pulled": (pulled, SETTINGS, USUAL),
    "exchange-offer": (offered, SETTINGS, USUAL),
    "exchange-offer-en": (offered, ENGLISH, LEAST),
    "exchange-taken": (taken_in, SETTINGS, USUAL),
    "exchange-refused": (refused, SETTINGS, USUAL),
    "exchange-refused-en": (refused, ENGLISH, LEAST),
    "exchange-adopt": (adopting, SETTINGS, USUAL),
    "exchange-difference": (difference, SETTINGS, USUAL),
    "exchange-adopted": (adopted, SETTINGS, USUAL),
    "exchange-gaps-night": (gaps, NIGHT, USUAL),
    "exchange-cards": (cards, SETTINGS, USUAL),
    "exchange-scanned": (scanned, SETTINGS, USUAL),
    "exchange-scanned-en": (scanned, LARGE, LEAST),
    "exchange-first": (ready, SETTINGS, USUAL),
}
NEW_HERE = frozenset({"exchange-first"})


def main(arguments: list[str]) -> int:
    folder = Path(arguments[0] if arguments else ".")
    folder.mkdir(parents=True, exist_ok=True)
    for name in arguments[1:] or list(SCENES):
        shoot(name, folder / f"{name}.png")
    return 0


def shoot(name: str, target: Path) -> None:
    """One scene on fresh ledgers, in the window."""
    scene, settings, size = SCENES[name]
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        day = _day(Path(folder), settings, stack, new=name in NEW_HERE)
        application.dress(application.application(), settings)
        window, tasks, duty, _heard = open_window(day.desk)
        stack.callback(tasks.close)
        stack.callback(window.close)
        stack.callback(day.go_on.set)
        window.resize(*size)
        window.show()
        duty.show_page("exchange")
        page = exchange_page(duty)
        if name not in NEW_HERE:
            day.stick.plug(page)
        settle(page)
        scene(day, page)
        (settle if scene is not sending else lambda _page: QTest.qWait(300))(page)
        QApplication.processEvents()
        window.grab().save(str(target))


def _day(folder: Path, settings: Settings, stack: ExitStack, *, new: bool) -> Day:
    desk = make_desk(folder / "desk", settings)
    above = stack.enter_context(headquarters(folder / "above", None if new else desk))
    second = make_desk(folder / "second", SECOND)
    stack.callback(second.close)
    day = Day(desk, above, second, Stick(folder / "stick"), folder, threading.Event())
    if not new:
        know(desk, second)
        lived(day)
    return day


if __name__ == "__main__":
    status = main(sys.argv[1:])
    i18n.use("en")
    sys.exit(status)
