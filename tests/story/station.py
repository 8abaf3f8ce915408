"""The story's station: eight groups of four, a month by roster, phones, stores, PINs; its clock is played."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path

from checkpoint_app import bootstrap
from checkpoint_app.config import LaneSetting, Settings, save_settings
from checkpoint_app.crypto.keyfile import KeyPlace
from checkpoint_app.domain.facts import By
from checkpoint_app.domain.roles import Role
from checkpoint_app.services.desk import Desk, local_offset
from tests.pins import CHEAP
from tests.storage.desks import Clock
from tests.ui import staff

PIN = "2580"
HOUR, MINUTE = 3_600_000, 60_000
LANES = tuple(LaneSetting(lane, "out" if lane == 4 else "in") for lane in range(1, 5))
CHINA = timezone(timedelta(hours=8))
DAWN = int(datetime(2027, 3, 16, 6, 40, tzinfo=CHINA).timestamp() * 1000)
GROUP_OF = 4
"""Officers in a group; the first of each is a lead, the first three are experienced."""

EQUIPMENT = (("测温枪", "支", 6), ("扫码枪", "把", 4), ("对讲机", "台", 10), ("反光背心", "件", 20))
STOCK = (("N95 口罩", "只", 200, 450), ("消毒液", "升", 10, 36), ("防护服", "套", 20, 64))
"""Name, unit, low line, how many there are."""


@dataclass(slots=True)
class Station:
    """`officers` are the numbers of everybody, group after group; `items` are articles' ids by name."""

    desk: Desk
    clock: Clock
    officers: list[str] = field(default_factory=list)
    items: dict[str, str] = field(default_factory=dict)

    @property
    def now(self) -> int:
        return self.desk.ledger.now()

    @property
    def zone(self) -> int:
        return local_offset(self.clock.wall)

    def by(self, place: int) -> By:
        """Somebody of the shift that runs, by place in its roll."""
        shift = self.desk.duty.current()
        assert shift is not None
        numbers = sorted(shift.officers)
        return By(shift.shift, numbers[place % len(numbers)])


def station(folder: Path, *, language: str = "en", theme: str = "day") -> Station:
    """Everything as it stands at 06:40, before the first roll-call."""
    settings = Settings(
        station="南大门 G107",
        desk="G107-N-1",
        lanes=LANES,
        language=language,
        theme=theme,
        key_place="open_file",
        sheet_proved=True,
        retention_days=30,
        lock_minutes=0,
    )
    bootstrap.set_up(folder, settings, place=KeyPlace.OPEN_FILE)
    save_settings(folder, settings)  # the recovery sheet was proved
    clock = Clock(wall=DAWN, zone=local_offset(DAWN))
    desk = bootstrap.open_desk(folder, tick=clock)
    desk.officers.cost = CHEAP
    made = Station(desk, clock)
    made.officers = staff.enrol(desk, each=GROUP_OF)
    staff.plan(desk)
    staff.call(desk)
    store(made)
    give_pins(made)
    return made


def store(station: Station) -> None:
    desk = station.desk
    for name, unit, due in EQUIPMENT:
        declared = desk.stores.declare(name, unit=unit, equipment=True, due=due, count=due, by=desk.by)
        station.items[name] = declared.result()[0].action
    for name, unit, low, count in STOCK:
        declared = desk.stores.declare(name, unit=unit, low=low, count=count, by=desk.by)
        station.items[name] = declared.result()[0].action


def give_pins(station: Station) -> None:
    """Every lead has one; from the first on, roles hold."""
    desk = station.desk
    leads = [each.number for each in desk.officers.everybody() if each.role is Role.LEAD]
    for number in leads:
        desk.officers.set_pin(number, PIN, by=By("", leads[0]))
