"""A station's people, invented: eight groups, a month by pattern, hours of the days before, duty phones."""

from __future__ import annotations

from checkpoint_app.domain import hours
from checkpoint_app.domain.facts import By
from checkpoint_app.domain.hours import month_of
from checkpoint_app.domain.roles import Role
from checkpoint_app.domain.rotation import PATTERNS
from checkpoint_app.services.desk import Desk, local_offset, new_action

HOUR = 3_600_000
FAMILY = "张李王刘陈杨赵黄周吴徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾"
GIVEN = ("示范", "样例", "试", "㛃", "比方", "虚构")
AGENCIES = ("公安", "卫健", "交通", "乡镇")
SKILLS = (("沟通",), ("医护", "急救"), ("英语",), ())
GROUPS = tuple(f"{sign}班" for sign in "一二三四五六七八")
CONTACTS = (
    ("县人民医院", "0373-7260120", "发热病人转运"),
    ("县指挥部值班室", "0373-7261110", "24 小时"),
    ("交警大队", "13800138000", "堵车、事故"),
    ("疾控中心 王示范", "13900139000", "红码处置"),
    ("网络与设备 李样例", "13700137000", "扫描枪、打印机"),
)


def enrol(desk: Desk, *, each: int = 4, pins: int = 0) -> list[str]:
    """`each` officers a group, the first three experienced; the first `pins` of all with the PIN 2580."""
    numbers: list[str] = []
    for place in range(8 * each):
        name = FAMILY[place % len(FAMILY)] + GIVEN[place % len(GIVEN)]
        made = desk.officers.enrol(
            name,
            role=Role.LEAD if place % each == 0 else Role.OFFICER,
            agency=AGENCIES[place % 4],
            phone=f"138001380{place:02}",
            skills=SKILLS[place % 4],
            by=desk.by,
        )
        numbers.append(made.number)
    for number in numbers[:pins]:
        desk.officers.set_pin(number, "2580", by=desk.by)
    for place, name in enumerate(GROUPS):
        members = numbers[place * each : (place + 1) * each]
        desk.roster.set_group(name, members, members[: min(3, each)], by=desk.by).result()
    return numbers


def plan(desk: Desk) -> str:
    """This month by eight groups, two on."""
    now = desk.ledger.now()
    month = month_of(now, local_offset(now))
    desk.roster.generate(month, PATTERNS["eight_by_two"], by=desk.by).result()
    return month


def serve(desk: Desk, numbers: list[str]) -> None:
    """The last five days' duties as if written then, somebody 13 hours; the first four are on now."""
    now, facts = desk.ledger.now(), []
    for place, number in enumerate(numbers):
        for day in range(4, 0, -1):
            begin = now - (day * 24 + place % 3) * HOUR
            length = 13 * HOUR if place == 1 and day == 2 else 8 * HOUR
            by, state = By(f"S{day}", "01"), "late" if (place + day) % 9 == 0 else "present"
            post = f"lane-{place % 4 + 1}"
            facts += [
                hours.on_duty(number, post=post, state=state, by=by, at=begin, action=new_action()),
                hours.off_duty(number, by=by, at=begin + length, action=new_action()),
            ]
    for place, number in enumerate(numbers[:4]):
        at = now - 2 * HOUR
        post = "hut" if place == 0 else f"lane-{place}"
        facts.append(hours.on_duty(number, post=post, by=desk.by, at=at, action=new_action()))
    for start in range(0, len(facts), 50):
        desk.ledger.append(facts[start : start + 50]).result()


def call(desk: Desk) -> None:
    for name, phone, about in CONTACTS:
        desk.contacts.set(name, phone, about=about, by=desk.by).result()


def staffed(desk: Desk) -> list[str]:
    """All of it."""
    numbers = enrol(desk)
    plan(desk)
    serve(desk, numbers)
    call(desk)
    return numbers
