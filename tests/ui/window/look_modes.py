"""Scenes of buses, convoys, people on foot and the register, for `look`; names and numbers are invented."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtTest import QTest

from checkpoint_app.config import Settings
from checkpoint_app.ui import asking
from checkpoint_app.ui.on_duty import OnDuty
from tests.ui.window import look
from tests.ui.window.stage import GREEN, PLAIN, SETTINGS

Scene = Callable[[OnDuty], None]

NAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何罗高林郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏"
GIVEN = ("小明", "强", "秀英", "伟")


def passenger_list(people: int = 45) -> bytes:
    """A bus company's list: seats in rows of four, invented names."""
    rows = [
        f"{place // 4 + 1}{'ABCD'[place % 4]},{NAMES[place % len(NAMES)]}{GIVEN[place % len(GIVEN)]},,"
        for place in range(people)
    ]
    return "\n".join(("座位,姓名,证件号,电话", *rows)).encode()


def bus_begun(duty: OnDuty, people: int = 45) -> None:
    """A bus on a line with its list, nobody checked."""
    duty.lane.commands.passenger_file(passenger_list(people))
    lane = duty.work.lane
    lane.plate("豫A08T52")
    lane.plate_colour("yellow")
    lane.places(origin="郑州 客运南站", destination="平原 客运站", purpose="")
    lane.service("K108")


def checked(duty: OnDuty, people: int, *, warm: int = 0) -> None:
    """The first ones show a code and are measured; `warm` is the place of one who is too hot."""
    lane = duty.work.lane
    for place in range(1, people + 1):
        duty.work.read(f"https://jkm.henan.example/h5/code/{place:010x}?c=g".encode())
        lane.step(place - lane.state.person)
        lane.temperature(375 if place == warm else 362 + place % 6)


def began(duty: OnDuty, seconds: int) -> None:
    """The open crossing has stood here for so long."""
    lane = duty.work.lane
    assert lane.state.open is not None
    lane.state = replace(
        lane.state, open=replace(lane.state.open, started=lane.state.open.started - 1000 * seconds)
    )


def bus(duty: OnDuty) -> None:
    bus_begun(duty)
    checked(duty, 31)
    began(duty, 138)


def bus_aside(duty: OnDuty) -> None:
    bus_begun(duty)
    checked(duty, 32, warm=10)
    began(duty, 138)


def bus_many(duty: OnDuty) -> None:
    bus_begun(duty, 60)
    checked(duty, 8, warm=3)
    duty.lane.refresh()
    duty.lane.people.turn(1)


def bus_done(duty: OnDuty) -> None:
    bus_begun(duty, 12)
    checked(duty, 12)


def bus_bare(duty: OnDuty) -> None:
    """Without a list, only counted."""
    duty.work.lane.bus()
    duty.work.lane.people(28)
    checked(duty, 5)


def convoy(duty: OnDuty) -> None:
    lane = duty.work.lane
    lane.convoy()
    for plate in ("豫A12345", "豫AD12345", "鲁H70Q18"):
        lane.plate(plate)
    lane.convoy_count(5)
    duty.work.read(GREEN.encode())
    lane.temperature(365)


def foot(duty: OnDuty) -> None:
    lane = duty.work.lane
    lane.foot()
    lane.people(2)
    duty.work.read(GREEN.encode())
    lane.temperature(365)


def mode(duty: OnDuty) -> None:
    duty.lane.commands.function(7)


def who(duty: OnDuty) -> None:
    bus_aside(duty)
    duty.lane.commands.function(4)


def offered(duty: OnDuty) -> None:
    """A colour the camera measured, and a second temperature."""
    duty.lane.commands.read(PLAIN.encode(), colour="green")
    duty.work.lane.plate("豫A12345")
    duty.work.lane.temperature(378)


def known(duty: OnDuty) -> None:
    """People of the register behind the star."""
    look.not_yet(duty)
    rows = "\n".join(f"张{GIVEN[n % 4]}{NAMES[n]},,1380000{n:04}" for n in range(9))
    duty.desk.register.load(f"姓名,证件号,电话\n{rows}".encode(), by=duty.desk.by)
    duty.lane.commands.typed("*")
    duty.lane.people.document.edit.setText("张")
    duty.lane.commands.entered()
    while duty.work.ask is None:
        QTest.qWait(5)


def places(duty: OnDuty) -> None:
    look.not_yet(duty)
    QTest.qWait(300)
    edit = duty.lane.fields.origin.edit
    edit.setFocus()
    edit.selectAll()
    QTest.keyClicks(edit, "xx")
    QTest.qWait(200)


def clock(duty: OnDuty) -> None:
    duty.work.question(asking.clock(wall="10:28:05", jump="2:03:00", ahead=False))


SCENES: dict[str, tuple[Scene, Settings, tuple[int, int]]] = {
    "bus": (bus, SETTINGS, (1366, 768)),
    "bus-aside": (bus_aside, SETTINGS, (1366, 768)),
    "bus-aside-en": (bus_aside, replace(SETTINGS, language="en"), (1366, 768)),
    "bus-aside-night": (bus_aside, replace(SETTINGS, theme="night"), (1366, 768)),
    "bus-aside-contrast": (bus_aside, replace(SETTINGS, theme="contrast"), (1366, 768)),
    "bus-least-en-130": (bus_aside, replace(SETTINGS, language="en", scale=130), (1280, 690)),
    "bus-wide": (bus_many, SETTINGS, (1920, 1080)),
    "bus-many": (bus_many, SETTINGS, (1366, 768)),
    "bus-done": (bus_done, SETTINGS, (1366, 768)),
    "bus-bare-en": (bus_bare, replace(SETTINGS, language="en"), (1366, 768)),
    "bus-who": (who, SETTINGS, (1366, 768)),
    "convoy": (convoy, SETTINGS, (1366, 768)),
    "convoy-en": (convoy, replace(SETTINGS, language="en"), (1280, 690)),
    "foot": (foot, SETTINGS, (1366, 768)),
    "foot-en": (foot, replace(SETTINGS, language="en"), (1366, 768)),
    "mode": (mode, SETTINGS, (1366, 768)),
    "offered": (offered, SETTINGS, (1366, 768)),
    "known": (known, SETTINGS, (1366, 768)),
    "places": (places, SETTINGS, (1366, 768)),
    "clock": (clock, SETTINGS, (1366, 768)),
}
