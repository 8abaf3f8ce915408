"""A desk with days of invented traffic behind it and a shift that runs: what the board is looked at with.

The clock is told, so that the morning is always the same: group three from 08:00 to 16:00, now 12:31:09.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from random import Random

from checkpoint_app import bootstrap
from checkpoint_app.config import LaneSetting, Settings
from checkpoint_app.crypto.keyfile import KeyPlace
from checkpoint_app.domain import facts, matters, roster_facts
from checkpoint_app.domain.clock import Tick
from checkpoint_app.domain.crossing import Check, Crossing, Person
from checkpoint_app.domain.entry import Fact
from checkpoint_app.domain.facts import By
from checkpoint_app.domain.roster import Plan
from checkpoint_app.domain.rotation import Slot, Turn
from checkpoint_app.domain.verdict import DataSet, Verdict
from checkpoint_app.domain.words import CheckKind, Direction, Evidence, Outcome, VehicleClass, VerdictState
from checkpoint_app.services.desk import Desk, local_offset
from checkpoint_app.storage.appending import new_action

HOUR, MINUTE, DAY = 3_600_000, 60_000, 86_400_000
NOW = int(datetime(2027, 3, 16, 12, 31, 9).astimezone().timestamp() * 1000)
OPENED = int(datetime(2027, 3, 16, 8, 0).astimezone().timestamp() * 1000)
ZONE = local_offset(NOW)
GROUP, LEAD = "三班", "01"
OFFICERS = {"01": "王建国", "02": "刘洋", "03": "孙丽", "04": "郑强", "05": "赵敏", "06": "张伟"}
AT_LANE = {1: "06", 2: "02", 3: "03", 4: "04"}
FOUR = tuple(LaneSetting(lane, "out" if lane == 4 else "in", camera=f"none:{lane}") for lane in range(1, 5))
LANES = {1: 0.254, 2: 0.257, 3: 0.280, 4: 0.209}
HOURS = (967, 1048, 1105, 1028, 540)
"""Vehicles of each hour of the shift so far, as drafted."""
PARTS = {1: (900, 1_900, 1_300, 1_800), 2: (900, 2_000, 1_400, 1_800), 3: (1_000, 2_300, 1_300, 1_800)}
SLOW = (1_000, 2_100, 2_700, 1_600)
HOW = ((Evidence.SEEN, 18), (Evidence.SCANNED, 61), (Evidence.REGISTERED, 17), (Evidence.VERIFIED, 4))
SETS = (
    DataSet("rules", "12", 3 * HOUR, "fresh"),
    DataSet("watch", "88", 26 * HOUR, "stale"),
    DataSet("passes", "31", 26 * HOUR, "stale"),
    DataSet("trust", "7", 2 * DAY, "fresh"),
)


@dataclass
class ToldClock:
    """Stands where it was put."""

    wall: int

    def __call__(self) -> Tick:
        return Tick(self.wall, self.wall, ZONE)


def prepared(folder: Path, settings: Settings, *, share: float = 1.0) -> Desk:
    """The desk at NOW; `share` of the drafted traffic, so that a test need not write all of it."""
    settings = replace(settings, lanes=FOUR, desk="G107-N-1")
    bootstrap.set_up(folder, settings, place=KeyPlace.OPEN_FILE)
    clock = ToldClock(OPENED - 9 * DAY)
    desk = bootstrap.open_desk(folder, tick=clock)
    dice = Random(7)
    before = _shift_facts(f"{desk.settings.desk}.20270315.1", OPENED - DAY)
    desk.ledger.append(list(before)).result()
    for back in range(8, 0, -1):
        begins = OPENED - back * DAY
        by = By(f"{desk.settings.desk}.20270315.1" if back == 1 else "", LEAD)
        how = ((Evidence.SEEN, 31), (Evidence.SCANNED, 69)) if back == 1 else HOW
        _write(
            desk,
            clock,
            _traffic(dice, by, begins, [count * share / 4 for count in (*HOURS[:4], 1650, 1650)], how),
        )
        if back == 1:
            closing = facts.shift_closed(by=by, at=begins + 8 * HOUR - 1, action=new_action(), totals={})
            clock.wall = begins + 8 * HOUR
            desk.ledger.append([closing]).result()
    shift = f"{desk.settings.desk}.20270316.1"
    clock.wall = OPENED
    desk.ledger.append([*_shift_facts(shift, OPENED), _roster()]).result()
    desk.resume_shift()
    _write(
        desk, clock, _traffic(dice, By(shift, LEAD), OPENED, [count * share for count in HOURS], HOW, now=NOW)
    )
    desk.ledger.append(_open_things(desk.by)).result()
    return at_noon(desk, clock)


def again(folder: Path, settings: Settings) -> Desk:
    """A desk that was prepared and closed, at NOW, with these settings of its look."""
    clock = ToldClock(NOW)
    desk = bootstrap.open_desk(folder, tick=clock)
    desk.settings = replace(
        desk.settings, language=settings.language, scale=settings.scale, sheet_proved=True
    )
    return at_noon(desk, clock)


def at_noon(desk: Desk, clock: ToldClock) -> Desk:
    clock.wall = NOW
    desk.posts.update(AT_LANE)
    desk.resume_shift()
    return desk


def _shift_facts(name: str, at: int) -> tuple[Fact, ...]:
    opened = facts.shift_opened(name, group=GROUP, lead=LEAD, officers=OFFICERS, at=at, action=new_action())
    return (opened,)


def _roster() -> Fact:
    slots = (Slot("day", 480, 960),)
    plan = Plan("2027-03", slots, (Turn(16, 0, (GROUP,)),))
    return roster_facts.roster_set(plan, by=By("", LEAD), at=OPENED, action=new_action())


def _write(desk: Desk, clock: ToldClock, wanted: Sequence[Fact]) -> None:
    """In the order they happened, with the clock beside them."""
    ordered = sorted(wanted, key=lambda fact: fact.happened)
    for first in range(0, len(ordered), 500):
        batch = ordered[first : first + 500]
        clock.wall = max(clock.wall, batch[-1].happened)
        desk.ledger.append(batch).result()


def _traffic(
    dice: Random,
    by: By,
    begins: int,
    hours: Sequence[float],
    how: Sequence[tuple[Evidence, int]],
    *,
    now: int = 0,
) -> list[Fact]:
    """So many vehicles in each hour from `begins`, until `now` when told."""
    found = []
    for place, count in enumerate(hours):
        start = begins + place * HOUR
        length = min(HOUR, now - start) if now else HOUR
        for number in range(round(count)):
            at = start + round((number + 0.5) * length / round(count))
            lane = dice.choices(list(LANES), list(LANES.values()))[0]
            found.append(_crossed(dice, by, at, lane, how))
    return found


def _crossed(dice: Random, by: By, at: int, lane: int, how: Sequence[tuple[Evidence, int]]) -> Fact:
    evidence = dice.choices([kind for kind, _ in how], [weight for _, weight in how])[0]
    heads, vehicle = dice.choice((1, 1, 2, 2, 3)), VehicleClass.CAR
    if evidence is Evidence.SEEN and lane == 3 and dice.random() < 0.5:
        heads, vehicle = 10, VehicleClass.BUS
    plate, code, warm, decide = SLOW if lane == 4 else PARTS[lane]
    started = at - plate - code - warm - decide
    checks = (
        Check(CheckKind.HEALTH_CODE, "green", Evidence.SCANNED, started + plate + code, 1),
        Check(
            CheckKind.TEMPERATURE, "measured", Evidence.MEASURED, started + plate + code + warm, 1, tenths=365
        ),
    )
    what = Crossing(
        new_action(),
        lane,
        Direction.OUT if lane == 4 else Direction.IN,
        started,
        plate=f"豫A{dice.randrange(10**5):05}",
        plate_at=started + plate,
        vehicle=vehicle,
        people=tuple(Person(number) for number in range(1, heads + 1)),
        checks=checks,
    )
    chance = dice.random()
    outcome = Outcome.TURNED_BACK if chance < 0.008 else Outcome.HELD if chance < 0.0085 else Outcome.RELEASED
    verdict = Verdict(VerdictState.PASS, weakest=evidence, data=SETS)
    return facts.vehicle_crossed(what, verdict, outcome, by=by, at=at)


def _open_things(by: By) -> tuple[Fact, ...]:
    """Four matters, as drafted."""
    return tuple(
        matters.raised(
            title,
            owner=owner,
            due=NOW + due * MINUTE,
            by=by,
            at=NOW - raised * MINUTE,
            action=new_action(),
        )
        for title, owner, raised, due in MATTERS
    )


MATTERS = (
    ("孙* 37.6 留观，待 120 接走", "02", 40, -4),
    ("豫G·6A0W8 待石桥镇答复", "01", 35, 29),
    ("2 号测温枪偏高 0.3，待换", "信息员", 30, 209),
    ("桥北乡投诉，待回电", "05", 25, 179),
)
"""Title, owner, minutes since it was raised, minutes until it is due."""
