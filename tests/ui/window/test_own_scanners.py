"""A scanner of its own for a lane: its scans go there, whatever lane is in front."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from checkpoint_app.config import LaneSetting
from checkpoint_app.scanning.scanners import ScannerGone
from checkpoint_app.ui import lane_scanners, on_duty
from checkpoint_app.ui.lane_scanners import LaneScanners
from tests.ui.test_lane_scanners import Shop
from tests.ui.window.stage import GREEN, OTHER_GREEN, SETTINGS, Stage, make_desk, raise_curtain

LANES = (LaneSetting(1), LaneSetting(2, scanner="usb-B"))


@pytest.fixture
def shop(monkeypatch: pytest.MonkeyPatch) -> Shop:
    made = Shop()
    monkeypatch.setattr(lane_scanners, "told_apart", lambda: True)
    monkeypatch.setattr(on_duty, "LaneScanners", partial(LaneScanners, opens=made.opens))
    return made


@pytest.fixture
def stage(qtbot: QtBot, tmp_path: Path, shop: Shop) -> Iterator[Stage]:
    made = raise_curtain(qtbot, make_desk(tmp_path, replace(SETTINGS, lanes=LANES)))
    yield made
    made.close()
    assert all(scanner.stopped for scanner in shop.made)


def codes_at(stage: Stage, lane: int) -> int:
    shown = stage.duty.lanes.at(lane)
    assert shown is not None
    crossing = shown.work.lane.state.open
    return len(crossing.checks) if crossing else 0


def test_its_scans_go_to_its_lane_and_those_of_the_keyboard_to_the_selected_one(
    stage: Stage, shop: Shop
) -> None:
    shop.made[0].says(GREEN)
    stage.until(lambda: codes_at(stage, 2) == 1)
    stage.burst(OTHER_GREEN)
    assert (codes_at(stage, 1), codes_at(stage, 2)) == (1, 1)


def test_what_is_in_its_way_is_said_at_its_lane(stage: Stage, shop: Shop) -> None:
    shop.made[0].says(trouble=ScannerGone(name="usb-B"))
    lane = stage.duty.lanes.at(2)
    assert lane is not None
    stage.until(lambda: lane.work.remark is not None)
    assert stage.duty.lanes.selected.work.remark is None


def test_it_follows_the_settings(stage: Stage, shop: Shop) -> None:
    changed = replace(stage.desk.settings, lanes=(LaneSetting(1, scanner="usb-A"), LaneSetting(2)))
    stage.duty.change_settings(changed)
    stage.until(lambda: len(shop.made) == 2)
    assert [(made.name, made.stopped) for made in shop.made] == [("usb-B", True), ("usb-A", False)]
    shop.made[1].says(GREEN)
    stage.until(lambda: codes_at(stage, 1) == 1)
