"""What a station has besides its lanes, invented: eight groups, this month's roster, phones, stores, a log.

Those on duty are the demonstration's staff; everybody else is only on the roster.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future
from typing import Any

from checkpoint_app.domain.facts import By
from checkpoint_app.domain.hours import month_of
from checkpoint_app.domain.roles import Role
from checkpoint_app.domain.rotation import PATTERNS
from checkpoint_app.services.desk import Desk, local_offset

HOUR = 3_600_000
GROUPS = tuple(f"{sign}班" for sign in "一二三四五六七八")
ON_DUTY = GROUPS[2]
PER_GROUP = 3
FAMILY = "吴郑冯陈褚卫蒋沈韩杨朱秦尤许何吕施曹严华金"
LEADS = 2
CONTACTS = (
    ("县人民医院", "0373-0000120", "发热病人转运"),
    ("县指挥部值班室", "0373-0001110", "24 小时"),
    ("交警大队", "13800000122", "堵车、事故"),
)
EQUIPMENT = (("测温枪", "支", 6, 5), ("扫码枪", "把", 4, 4), ("对讲机", "台", 10, 10))
STOCK = (("N95 口罩", "只", 200, 140), ("消毒液", "升", 10, 18))
"""Name, unit, how many are due or the low line, how many there are."""

Written = Future[Any]


def furnish(desk: Desk, *, lead: str, pin: str) -> None:
    """All of it, by the lead of the open shift, everybody with that PIN; on disk when this returns."""
    by = By(desk.by.shift, lead)
    waiting = [*_groups(desk, by, pin), *_stores(desk, by), *_log(desk, by)]
    waiting += [desk.contacts.set(name, phone, about=about, by=by) for name, phone, about in CONTACTS]
    now = desk.ledger.now()
    for each in waiting:
        each.result()
    month = month_of(now, local_offset(now))
    desk.roster.generate(month, PATTERNS["eight_by_two"], by=by).result()


def _groups(desk: Desk, by: By, pin: str) -> Iterator[Written]:
    """The staff that is there is one group; the first of each other one may lead a shift."""
    here = [each.number for each in desk.officers.everybody()]
    family = iter(FAMILY)
    for name in GROUPS:
        if name == ON_DUTY:
            members = here
        else:
            members = [
                _officer(desk, f"{next(family)}示范{name[0]}", role, pin, by=by)
                for role in (Role.LEAD, *[Role.OFFICER] * (PER_GROUP - 1))
            ]
        yield desk.roster.set_group(name, members, members[:LEADS], by=by)


def _officer(desk: Desk, name: str, role: Role, pin: str, *, by: By) -> str:
    number = desk.officers.enrol(name, role=role, by=by).number
    desk.officers.set_pin(number, pin, by=by)
    return number


def _stores(desk: Desk, by: By) -> Iterator[Written]:
    for name, unit, due, count in EQUIPMENT:
        yield desk.stores.declare(name, unit=unit, equipment=True, due=due, count=count, by=by)
    for name, unit, low, count in STOCK:
        yield desk.stores.declare(name, unit=unit, low=low, count=count, by=by)


def _log(desk: Desk, by: By) -> Iterator[Written]:
    """An order in force, an incident that waits for its answer, a matter."""
    now = desk.ledger.now()
    yield desk.log.order(
        "县指挥部", "指 12 号", "货车只走 2 车道，凭通行证（演示）", until=now + 24 * HOUR, by=by
    )
    yield desk.log.incident("illness", "一人自述发热，已请到留观点（演示）", by=by)
    yield desk.matters.raise_("2 号测温枪偏高 0.3，待换（演示）", owner=by.officer, due=now + 4 * HOUR, by=by)
