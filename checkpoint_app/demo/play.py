"""The demonstration: a desk of its own, an open shift, the recorded lane."""

from __future__ import annotations

import time
from pathlib import Path

from checkpoint_app import bootstrap, i18n
from checkpoint_app.config import LaneSetting, Settings, load_settings, save_settings
from checkpoint_app.crypto.keyfile import KeyPlace
from checkpoint_app.demo.device import SOURCE, DemoLane, opens
from checkpoint_app.scanning.devices import OpenDevice
from checkpoint_app.services.desk import Desk

STATION, DESK = "演示站 G107", "DEMO-1"
GROUP, LEAD, OFFICERS = "三班", "王示范", ("李示范", "张示范")
SEED = 20


class DemoPlay:
    """The recorded lane as the window wants it: the next vehicle waits for an outcome."""

    source = SOURCE

    def __init__(self, *, seed: int = SEED) -> None:
        self.lane = DemoLane(seed=seed, waits=True)
        self._seed = seed

    def opens(self) -> OpenDevice:
        return opens(self.lane, seed=self._seed)

    def goes_on(self) -> None:
        self.lane.next()


def prepare(folder: Path, *, seed: int = SEED) -> DemoPlay:
    """The first time: a desk in `folder`, its key in an open file, with a shift that is open."""
    if not load_settings(folder).complete:
        settings = Settings(
            station=STATION,
            desk=DESK,
            lanes=(LaneSetting(1, camera=SOURCE),),
            language=i18n.language(),
            key_place=KeyPlace.OPEN_FILE,
            sheet_proved=True,
        )
        bootstrap.set_up(folder, settings, place=KeyPlace.OPEN_FILE)
        save_settings(folder, settings)  # nobody needs the recovery sheet of a demonstration
        desk = bootstrap.open_desk(folder)
        try:
            begin_shift(desk)
        finally:
            desk.close(painted=desk.ledger.head().seq)  # nobody is asked whether this shift was opened
    return DemoPlay(seed=seed)


def begin_shift(desk: Desk) -> None:
    """Opens the demonstration's shift unless one is open."""
    if desk.duty.current() is None:
        zone = time.localtime().tm_gmtoff // 60
        desk.duty.open(group=GROUP, lead=LEAD, officers=OFFICERS, zone=zone).result()
    desk.resume_shift()
