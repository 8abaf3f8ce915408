"""What a scanner's thread heard is told in the window's thread."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from pytestqt.qtbot import QtBot

from checkpoint_app.domain.errors import Trouble
from checkpoint_app.scanning.scanners import Heard, Scanner, ScannerGone
from checkpoint_app.ui.scanner_view import ScannerView


class Played:
    """Stands for a scanner: hears what the test says, in a thread of its own."""

    def __init__(self, name: str, *, on_heard: Callable[[], None]) -> None:
        self.name, self._on_heard = name, on_heard
        self.waiting = Heard()
        self.stopped = False

    def start(self) -> None:
        """Nothing runs."""

    def stop(self) -> None:
        self.stopped = True

    def heard(self) -> Heard:
        found, self.waiting = self.waiting, Heard((), self.waiting.trouble)
        return found

    def says(self, *texts: str, trouble: Trouble | None = None) -> None:
        self.waiting = Heard((*self.waiting.texts, *texts), trouble)
        thread = threading.Thread(target=self._on_heard)
        thread.start()
        thread.join()


def shown(qtbot: QtBot) -> tuple[ScannerView, Played, list[object]]:
    told: list[object] = []
    made: list[Played] = []

    def opens(name: str, **more: Any) -> Scanner:
        made.append(Played(name, **more))
        return made[0]  # type: ignore[return-value]

    def scanned(text: str) -> None:
        assert threading.current_thread() is threading.main_thread()
        told.append(text)

    view = ScannerView("usb-1", scanned=scanned, troubled=told.append, opens=opens)
    view.start()
    return view, made[0], told


def test_texts_arrive_in_order_in_the_windows_thread(qtbot: QtBot) -> None:
    _view, played, told = shown(qtbot)
    played.says("first", "second")
    played.says("third")
    qtbot.waitUntil(lambda: len(told) == 3)
    assert told == ["first", "second", "third"]


def test_what_is_in_the_way_is_told_once_and_its_end_as_well(qtbot: QtBot) -> None:
    view, played, told = shown(qtbot)
    gone = ScannerGone(name="usb-1")
    played.says(trouble=gone)
    played.says("text", trouble=gone)
    qtbot.waitUntil(lambda: len(told) == 2)
    assert told == [gone, "text"]
    assert view.trouble is gone
    played.says()
    qtbot.waitUntil(lambda: len(told) == 3)
    assert told[-1] is None


def test_a_bug_behind_one_text_costs_no_other(qtbot: QtBot) -> None:
    view, played, told = shown(qtbot)
    real, poison = view._scanned, ["poison"]

    def scanned(text: str) -> None:
        if text in poison:
            raise ZeroDivisionError
        real(text)

    view._scanned = scanned
    with qtbot.captureExceptions() as bugs:
        played.says("before", "poison", "behind")
        qtbot.waitUntil(lambda: len(told) == 2)
    assert [kind for kind, *_rest in bugs] == [ZeroDivisionError]
    assert told == ["before", "behind"]


def test_nothing_is_told_after_the_end(qtbot: QtBot) -> None:
    view, played, told = shown(qtbot)
    played.says("too late")
    view.stop()
    qtbot.wait(1)
    assert played.stopped
    assert told == []
