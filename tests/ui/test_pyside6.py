"""PySide6 6.12.0 aborts on Python 3.11 after some signals without arguments; it must not come in."""

from __future__ import annotations

import PySide6
from PySide6.QtCore import QObject, Signal, Slot

EMITS = 2_000


class Bell(QObject):
    rung = Signal()


class Ear(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.heard = 0

    @Slot()
    def hear(self) -> None:
        self.heard += 1


def test_two_thousand_signals_without_arguments_arrive() -> None:
    bell, ear = Bell(), Ear()
    bell.rung.connect(ear.hear)
    for _ in range(EMITS):
        bell.rung.emit()
    assert ear.heard == EMITS


def test_the_version_is_below_6_12() -> None:
    assert tuple(map(int, PySide6.__version__.split(".")[:2])) < (6, 12)
