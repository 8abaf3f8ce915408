"""Invented traffic for measurements: the same seed gives the same people, plates and hours again.

Surnames and given characters are weighted roughly as they are in China, so that 张伟 is common and 欧阳 is
not: a search index is as slow as its commonest fragment. Every number is made up; ids carry a right check
character because the app refuses others.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import TypeVar

from checkpoint_app.domain import facts
from checkpoint_app.domain.crossing import Check, Crossing, Person
from checkpoint_app.domain.entry import Fact
from checkpoint_app.domain.facts import By, Tally
from checkpoint_app.domain.identity import check_character
from checkpoint_app.domain.verdict import DataSet, Reason, Verdict
from checkpoint_app.domain.words import CheckKind, Direction, Evidence, Outcome, VehicleClass, VerdictState

T = TypeVar("T")

LAST_DAY = datetime.date(2026, 3, 31)
ZONE = 480
DAY = 86_400_000
SHIFTS = 3
LANES = 4
_PER_DAY = (10_000, 40_000)
_HEADS = ((1, 50), (2, 30), (3, 15), (4, 5))  # mean 1.75

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢"
)
_RARE_SURNAMES = ("欧阳", "上官", "司马", "诸葛", "买买提·", "阿卜杜拉·")
_GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰涛明超秀霞平刚桂英华玉兰建国志文海波宁鑫宇浩博晨欣怡佳雪婷俊峰龙飞凯"
    "慧红梅春燕玲丹萍荣新生子轩梓涵一诺思雨嘉豪天佑雅琪晓东小林永康福贵大中庆云利民和顺长江山河"
)
_PROVINCES = "豫冀晋鲁皖鄂陕京苏沪津浙粤川湘辽"
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_PLATE_CHARACTERS = "0123456789" * 4 + _LETTERS
_DIVISIONS = (
    "410102",
    "410105",
    "410122",
    "410181",
    "410223",
    "410381",
    "410782",
    "411002",
    "411402",
    "411702",
)
_FAR_DIVISIONS = ("110105", "130102", "140105", "320106", "340102", "370102", "420102", "610102")
_MOBILE = ("134", "135", "136", "137", "138", "139", "150", "151", "152", "158", "159", "176", "182", "186")

_OUTCOMES = (
    (Outcome.RELEASED, 880),
    (Outcome.REGISTERED, 85),
    (Outcome.TURNED_BACK, 25),
    (Outcome.HELD, 7),
    (Outcome.TRANSFERRED, 2),
    (Outcome.ABANDONED, 1),
)
_CLASSES = (
    (VehicleClass.CAR, 780),
    (VehicleClass.TRUCK, 140),
    (VehicleClass.BUS, 25),
    (VehicleClass.MOTORCYCLE, 40),
    (VehicleClass.SPECIAL, 5),
    (VehicleClass.FOOT, 10),
)
_DATA = (DataSet("rules", "12", 3 * 3_600_000, "fresh"), DataSet("watch", "2026-03-30", DAY, "stale"))


@dataclass(frozen=True, slots=True)
class Undo:
    """A wish to undo some earlier crossing: the seeder knows which are in the ledger."""

    shift: str
    officer: str
    happened: int
    action: str


def days_of(count: int, *, seed: int) -> tuple[tuple[datetime.date, int], ...]:
    """How many crossings each day has, oldest first, ending on LAST_DAY."""
    dice = Random(f"{seed}:days")
    parts: list[int] = []
    while sum(parts) < count:
        parts.append(min(dice.randint(*_PER_DAY), count - sum(parts)))
    first = LAST_DAY - datetime.timedelta(days=len(parts) - 1)
    return tuple((first + datetime.timedelta(days=place), part) for place, part in enumerate(parts))


def facts_of_day(day: datetime.date, count: int, *, seed: int, desk: str) -> Iterator[Fact | Undo]:
    """One day in three shifts; times within the day grow."""
    dice = Random(f"{seed}:{day}")
    start = start_of(day)
    for number in range(SHIFTS):
        size = count * (number + 1) // SHIFTS - count * number // SHIFTS
        name = f"{desk}.{day:%Y%m%d}.{number + 1}"
        yield from _shift(dice, name, size, begins=start + number * DAY // SHIFTS)


def start_of(day: datetime.date) -> int:
    """Midnight at the checkpoint, ms UTC."""
    midnight = datetime.datetime(day.year, day.month, day.day, tzinfo=datetime.UTC)
    return int(midnight.timestamp()) * 1000 - ZONE * 60_000


def _shift(dice: Random, name: str, count: int, *, begins: int) -> Iterator[Fact | Undo]:
    officers = {f"{place:02}": person_name(dice) for place in range(1, 6)}
    yield facts.shift_opened(
        name, group=f"{name[-1]}", lead="01", officers=officers, at=begins, action=_action(dice)
    )
    step = (DAY // SHIFTS - 60_000) // max(count, 1)
    for place in range(count):
        at = begins + 30_000 + place * step + dice.randrange(max(step, 1))
        yield from _vehicle(dice, By(name, f"{dice.randrange(1, 6):02}"), at)
    end = begins + DAY // SHIFTS - 1_000
    yield facts.shift_closed(by=By(name, "01"), at=end, action=_action(dice), totals={"vehicles": count})


def _vehicle(dice: Random, by: By, at: int) -> Iterator[Fact | Undo]:
    crossing = crossing_at(dice, at)
    verdict = _verdict(dice)
    if verdict.state is not VerdictState.PASS:
        yield facts.check_flagged(
            crossing, crossing.checks[-1], verdict, by=by, at=at - 2_000, action=_action(dice)
        )
    outcome = _pick(dice, _OUTCOMES)
    yield facts.vehicle_crossed(crossing, verdict, outcome, by=by, at=at)
    if dice.random() < 0.003:
        yield Undo(by.shift, by.officer, at + 4_000, _action(dice))
    if dice.random() < 0.05:
        tally = Tally(_action(dice), crossing.lane, crossing.direction, at // 60_000 * 60_000)
        tally = tally.plus(VehicleClass.CAR, vehicles=dice.randrange(1, 5), people=dice.randrange(4, 9))
        yield facts.tallied(tally, by=by, at=at)


def crossing_at(dice: Random, at: int) -> Crossing:
    """A vehicle with its people and checks, ending at `at` (ms UTC)."""
    lane = dice.randrange(1, LANES + 1)
    heads = _pick(dice, _HEADS)
    started = at - dice.randrange(3_000, 25_000)
    return Crossing(
        _action(dice),
        lane,
        Direction.IN if lane % 2 else Direction.OUT,
        started,
        plate=plate(dice),
        plate_colour="blue",
        vehicle=_pick(dice, _CLASSES),
        people=tuple(person(dice, number) for number in range(1, heads + 1)),
        checks=(
            Check(
                CheckKind.HEALTH_CODE,
                "green",
                Evidence.SCANNED,
                started + 1_500,
                1,
                source="health_link",
                digest=dice.randbytes(32).hex(),
            ),
            Check(
                CheckKind.TEMPERATURE,
                "measured",
                Evidence.DECLARED,
                started + 2_500,
                1,
                tenths=dice.randrange(358, 371),
            ),
        ),
        origin=dice.choice(("郑州", "洛阳", "开封", "新乡", "许昌")),
        destination=dice.choice(("郑州", "信阳", "南阳", "商丘", "周口")),
    )


def person(dice: Random, number: int) -> Person:
    """Somebody invented."""
    return Person(
        number,
        name=person_name(dice),
        document=citizen_id(dice),
        document_kind="citizen_id",
        phone=phone(dice),
        evidence=Evidence.SCANNED,
    )


def person_name(dice: Random) -> str:
    """Two or three characters; earlier ones of both lists are commoner."""
    place = min(int(dice.expovariate(1 / 14)), 10**6)
    surname = _SURNAMES[place] if place < len(_SURNAMES) else dice.choice(_RARE_SURNAMES)
    given = (_GIVEN[int(dice.expovariate(1 / 30)) % len(_GIVEN)] for _ in range(dice.choice((1, 2, 2, 2))))
    return surname + "".join(given)


def citizen_id(dice: Random) -> str:
    """An id number with a right check character, seven in ten from nearby."""
    division = dice.choice(_DIVISIONS if dice.random() < 0.7 else _FAR_DIVISIONS)
    birth = datetime.date(1940, 1, 1) + datetime.timedelta(days=dice.randrange(29_000))
    first = f"{division}{birth:%Y%m%d}{dice.randrange(1, 1000):03}"
    return first + check_character(first)


def phone(dice: Random) -> str:
    """A mobile number."""
    return f"{dice.choice(_MOBILE)}{dice.randrange(10**8):08}"


def plate(dice: Random) -> str:
    """Six in ten from 豫A, one in six with the eight places of a new-energy car."""
    near = dice.random()
    office = "A" if near < 0.6 else dice.choice(_LETTERS)
    start = ("豫" if near < 0.85 else dice.choice(_PROVINCES)) + office
    if dice.random() < 1 / 6:
        return f"{start}{dice.choice('DF')}{dice.randrange(10**5):05}"
    return start + "".join(dice.choices(_PLATE_CHARACTERS, k=5))


def _verdict(dice: Random) -> Verdict:
    passed = Verdict(VerdictState.PASS, weakest=Evidence.DECLARED, data=_DATA)
    if dice.random() >= 0.03:
        return passed
    reason = Reason("TEST-OLD", VerdictState.REFER, {"zh": "核酸超过 48 小时", "en": "test older than 48 h"})
    return replace(passed, state=VerdictState.REFER, reasons=(reason,))


def _pick(dice: Random, pairs: Sequence[tuple[T, int]]) -> T:
    return dice.choices([value for value, _ in pairs], [weight for _, weight in pairs])[0]


def _action(dice: Random) -> str:
    return dice.randbytes(16).hex()
