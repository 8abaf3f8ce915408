"""The demonstration: a desk of its own, an open shift, recorded lanes."""

from __future__ import annotations

import secrets
import time
from pathlib import Path

from checkpoint_app import bootstrap, i18n
from checkpoint_app.config import MOST_LANES, LaneSetting, Settings, load_settings, save_settings
from checkpoint_app.crypto.keyfile import KeyPlace
from checkpoint_app.crypto.pins import Cost
from checkpoint_app.demo import station
from checkpoint_app.demo.device import SOURCE, DemoLane, opens, source_of
from checkpoint_app.demo.traffic import busy_hour
from checkpoint_app.domain.facts import By
from checkpoint_app.domain.roles import Role
from checkpoint_app.scanning.devices import OpenDevice
from checkpoint_app.services.desk import Desk

STATION, DESK = "演示站 G107", "DEMO-1"
GROUP, LEAD, OFFICERS = "三班", "王示范", ("李示范", "张示范")
LEAD_NUMBER, PIN = "01", "2580"
"""Everybody of the demonstration has this PIN; the top bar says so."""
SHOWN = Cost(memory=8, passes=1)
"""What stands on the screen needs no dear derivation."""

STAFF = (
    (LEAD, Role.LEAD, "公安局", ("沟通",)),
    ("李示范", Role.OFFICER, "卫健委", ("医护",)),
    ("张示范", Role.OFFICER, "交通局", ("英语",)),
    ("赵示范", Role.LEAD, "公安局", ("沟通", "英语")),
    ("钱示范", Role.OFFICER, "卫健委", ("医护",)),
    ("孙示范", Role.ADMIN, "大数据局", ()),
    ("周示范", Role.AUDITOR, "纪委监委", ()),
)
LANES = (LaneSetting(1, camera=source_of(1)), LaneSetting(2, "out", camera=source_of(2)))


class DemoPlay:
    """Recorded lanes as the window wants them: the next vehicle waits for an outcome.

    As many as a desk may have, whichever of them are set up. Without `seed` other vehicles come each time.
    """

    def __init__(self, *, seed: int | None = None) -> None:
        self._seed = another_seed() if seed is None else seed
        self.lanes = {
            number: DemoLane(seed=0, waits=True, come=busy_hour(self._seed + number))
            for number in range(1, MOST_LANES + 1)
        }

    def opens(self) -> OpenDevice:
        sources = {source_of(number): lane for number, lane in self.lanes.items()}
        return opens({SOURCE: self.lanes[1], **sources}, seed=self._seed)

    def signs_on(self, desk: Desk) -> None:
        """The lead; a demonstration that was made before there were PINs has nobody to sign on."""
        if desk.officers.protected:
            desk.sign_on(LEAD_NUMBER, PIN, lane=None)

    def goes_on(self, lane: int) -> None:
        if lane in self.lanes:
            self.lanes[lane].next()


def another_seed() -> int:
    return secrets.randbits(32)


def prepare(folder: Path, *, seed: int | None = None) -> DemoPlay:
    """The first time: a desk in `folder`, its key in an open file, with a shift that is open."""
    if not load_settings(folder).complete:
        settings = Settings(
            station=STATION,
            desk=DESK,
            lanes=LANES,
            language=i18n.language(),
            key_place=KeyPlace.OPEN_FILE,
            sheet_proved=True,
        )
        bootstrap.set_up(folder, settings, place=KeyPlace.OPEN_FILE)
        save_settings(folder, settings)  # nobody needs the recovery sheet of a demonstration
        desk = bootstrap.open_desk(folder)
        try:
            begin_shift(desk)
            enrol_staff(desk)
            station.furnish(desk, lead=LEAD_NUMBER, pin=PIN)
        finally:
            desk.close(painted=desk.ledger.head().seq)  # nobody is asked whether this shift was opened
    return DemoPlay(seed=seed)


def enrol_staff(desk: Desk) -> None:
    """Everybody of the demonstration with a role and the same PIN, the lead first."""
    lead = By(desk.by.shift, LEAD_NUMBER)
    desk.officers.cost = SHOWN
    for place, (name, role, agency, skills) in enumerate(STAFF):
        made = desk.officers.enrol(
            name, role=role, agency=agency, phone=f"1380000{place:04}", skills=skills, by=lead
        )
        desk.officers.set_pin(made.number, PIN, by=lead)


def begin_shift(desk: Desk) -> None:
    """Opens the demonstration's shift unless one is open."""
    if desk.duty.current() is None:
        zone = time.localtime().tm_gmtoff // 60
        by = By("", LEAD_NUMBER)
        desk.duty.open(group=GROUP, lead=LEAD, officers=OFFICERS, zone=zone, by=by).result()
    desk.resume_shift()
