"""Which lane a scan belongs to, and what a change of settings does to running scanners."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from checkpoint_app.config import LaneSetting, Settings
from checkpoint_app.scanning.scanners import Scanner, ScannerGone
from checkpoint_app.ui import lane_scanners
from checkpoint_app.ui.lane_scanners import LaneScanners
from tests.ui.test_scanner_view import Played

TWO = Settings(lanes=(LaneSetting(1, scanner="usb-A"), LaneSetting(2, scanner="usb-B"), LaneSetting(3)))


class Shop:
    """Every scanner that was asked for."""

    def __init__(self) -> None:
        self.made: list[Played] = []
        self.told: list[tuple[int, object]] = []

    def opens(self, name: str, **more: Any) -> Scanner:
        self.made.append(Played(name, **more))
        return self.made[-1]  # type: ignore[return-value]

    def note(self, lane: int, what: object) -> None:
        self.told.append((lane, what))

    def scanners(self) -> LaneScanners:
        return LaneScanners(scanned=self.note, troubled=self.note, opens=self.opens)


@pytest.fixture(autouse=True)
def linux(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lane_scanners, "told_apart", lambda: True)


def test_each_text_goes_to_the_lane_of_its_scanner(qtbot: QtBot) -> None:
    shop = Shop()
    running = shop.scanners()
    running.take(TWO)
    gone = ScannerGone(name="usb-A")
    shop.made[1].says("from B")
    shop.made[0].says(trouble=gone)
    qtbot.waitUntil(lambda: len(shop.told) == 2)
    assert sorted(shop.told, key=lambda told: told[0]) == [(1, gone), (2, "from B")]
    assert running.trouble(1) is gone
    assert running.trouble(2) is None


def test_only_what_changed_is_opened_anew(qtbot: QtBot) -> None:
    shop = Shop()
    running = shop.scanners()
    running.take(TWO)
    running.take(replace(TWO, language="en"))
    running.take(TWO.with_lane(LaneSetting(2, scanner="usb-C")))
    assert [made.name for made in shop.made] == ["usb-A", "usb-B", "usb-C"]
    assert [made.stopped for made in shop.made] == [False, True, False]
    running.stop()
    assert all(made.stopped for made in shop.made)


def test_where_nobody_tells_scanners_apart_none_is_opened(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lane_scanners, "told_apart", lambda: False)
    shop = Shop()
    shop.scanners().take(TWO)
    assert shop.made == []


def test_nobody_misses_a_scanner_that_is_no_longer_set(qtbot: QtBot) -> None:
    shop = Shop()
    running = shop.scanners()
    running.take(TWO)
    gone = ScannerGone(name="usb-A")
    shop.made[0].says(trouble=gone)
    qtbot.waitUntil(lambda: len(shop.told) == 1)
    running.take(Settings())
    assert shop.told == [(1, gone), (1, None)]
