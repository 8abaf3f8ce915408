"""Who drives up to the demo lane: invented vehicles and people, and the codes they hold up. Seeded.

Nobody here exists: names come from a short list, numbers are made from a seed and agree with themselves so
that the lane takes them as it would take real ones.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace

from checkpoint_app.domain.identity import check_character

NAMES = (
    "张三",
    "李四",
    "王五",
    "赵六",
    "钱七",
    "孙八",
    "周九",
    "吴十",
    "郑一一",
    "王二小",
    "冯样本",
    "陈示例",
)
TOWNS = ("郑州 中原区", "新乡 红旗区", "开封 尉氏县", "平原 桥北乡", "平原 师寨镇", "安阳 滑县")
PURPOSES = ("上班", "探亲", "货运", "就医", "返乡")
PLATE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
PLACES = PLATE_LETTERS + "0123456789"


@dataclass(frozen=True, slots=True)
class Card:
    """Something held before the camera. `form`: phone, dark_phone, paper. Two payloads: two codes at once.

    `ink` is the colour of the codes' modules; a dark phone shows them light on dark whatever it is.
    """

    form: str
    title: str
    colour: str
    payloads: tuple[bytes, ...]
    lines: tuple[str, ...]
    ink: str = "#10161D"


@dataclass(frozen=True, slots=True)
class Arrival:
    """One vehicle: what is held up in turn, and what an officer sees and measures.

    `kind` is car, bus, convoy, foot or no_phone, `vehicles` how many of a convoy follow each other. Each card
    is shown `pace` times as fast as alone. Nobody can hold up what is in `documents`: it is read out. Without
    cards the lane is empty.
    """

    plate: str
    cards: tuple[Card, ...]
    people: int
    tenths: tuple[int, ...]
    kind: str = "car"
    vehicles: int = 1
    pace: float = 1.0
    documents: tuple[str, ...] = ()


def arrivals(seed: int) -> Iterator[Arrival]:
    """Vehicles without end, the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311 - a play, not a secret
    while True:
        yield chance.choices(
            (_commuter, _declared, _pair, _visitor, _truck, _feverish),
            weights=(8, 4, 3, 2, 2, 1),
        )[0](chance)


def busy_hour(seed: int) -> Iterator[Arrival]:
    """Everything a lane sees in a busy hour: a bus, a convoy, people on foot or without a phone, a stop."""
    chance = random.Random(seed)  # noqa: S311 - a play, not a secret
    usual = arrivals(chance.getrandbits(32))
    while True:
        rare = chance.choices(
            (None, _stopped, _bus, _convoy, _on_foot, _without_phone), weights=(16, 2, 1, 1, 2, 2)
        )[0]
        yield rare(chance) if rare else next(usual)


def _stopped(chance: random.Random) -> Arrival:
    plate = _plate(chance)
    cards = (_health(chance, colour="r"), _plate_card(plate))
    return Arrival(plate, cards, 1, (chance.randint(361, 369),))


def _bus(chance: random.Random) -> Arrival:
    plate = f"豫A{chance.randint(0, 99_999):05}"
    people = chance.randint(12, 45)
    codes = tuple(_health(chance, dark=chance.random() < 0.2) for _ in range(people))
    tenths = tuple(chance.randint(361, 369) for _ in range(people))
    return Arrival(plate, (_plate_card(plate), *codes), people, tenths, kind="bus", pace=2.0)


def _convoy(chance: random.Random) -> Arrival:
    lead = _truck(chance)
    return replace(lead, kind="convoy", vehicles=chance.randint(2, 5))


def _on_foot(chance: random.Random) -> Arrival:
    return Arrival("", (_health(chance),), 1, (chance.randint(361, 369),), kind="foot")


def _without_phone(chance: random.Random) -> Arrival:
    plate = _plate(chance)
    document = _document(chance)
    cards = (_plate_card(plate),)
    return Arrival(plate, cards, 1, (chance.randint(361, 369),), kind="no_phone", documents=(document,))


def _commuter(chance: random.Random) -> Arrival:
    plate = _plate(chance)
    card = _health(chance, dark=chance.random() < 0.25)
    return Arrival(plate, (card, _plate_card(plate)), 1, (chance.randint(361, 369),))


def _declared(chance: random.Random) -> Arrival:
    plate = _plate(chance)
    name = chance.choice(NAMES)
    declared = {
        "cp": "decl1",
        "plate": plate,
        "from": chance.choice(TOWNS),
        "to": chance.choice(TOWNS),
        "purpose": chance.choice(PURPOSES),
        "people": [{"name": name, "id": _document(chance)}],
    }
    payload = json.dumps(declared, ensure_ascii=False, separators=(",", ":")).encode()
    card = Card("phone", "通行申报", "#2F6DB5", (payload,), (plate, name[0] + "*"))
    return Arrival(plate, (card, _health(chance)), 1, (chance.randint(361, 369),))


def _pair(chance: random.Random) -> Arrival:
    plate = _plate(chance)
    paper = Card(
        "paper",
        "健康码（二人）",
        "#006B53",
        (_health_link(chance, "g"), _health_link(chance, "g")),
        ("绿码 · 2 人",),
        "#006B53",
    )
    tenths = (chance.randint(361, 369), chance.randint(361, 369))
    return Arrival(plate, (paper, _plate_card(plate)), 2, tenths)


def _visitor(chance: random.Random) -> Arrival:
    plate = _plate(chance)
    document = _document(chance)
    paper = Card(
        "paper", "身份信息", "#26323D", (document.encode(),), (document[:4] + "*" * 10 + document[-4:],)
    )
    return Arrival(plate, (paper, _health(chance), _plate_card(plate)), 1, (chance.randint(361, 369),))


def _truck(chance: random.Random) -> Arrival:
    plate = _plate(chance)
    number = f"410122{chance.randint(0, 999_999):06}"
    paper = Card("paper", "重点物资运输车辆通行证", "#0B7A60", (number.encode(),), (number, plate))
    return Arrival(plate, (paper, _health(chance), _plate_card(plate)), 1, (chance.randint(361, 369),))


def _feverish(chance: random.Random) -> Arrival:
    plate = _plate(chance)
    colour = chance.choice("gy")
    return Arrival(
        plate, (_health(chance, colour=colour), _plate_card(plate)), 1, (chance.randint(373, 384),)
    )


def _health(chance: random.Random, *, colour: str = "g", dark: bool = False) -> Card:
    word, ink = {"g": ("绿码", "#006B53"), "y": ("黄码", "#B98A00"), "r": ("红码", "#A30D14")}[colour]
    name = chance.choice(NAMES)
    return Card(
        "dark_phone" if dark else "phone",
        "健康码",
        ink,
        (_health_link(chance, colour),),
        (word, name[0] + "*"),
        ink,
    )


def _plate_card(plate: str) -> Card:
    return Card("paper", "车辆信息", "#26323D", (plate.encode(),), (plate,))


def _health_link(chance: random.Random, colour: str) -> bytes:
    return f"https://jkm.henan.example/h5/code/{chance.getrandbits(80):020x}?c={colour}".encode()


def _plate(chance: random.Random) -> str:
    office = chance.choice("AABGHR")
    if chance.random() < 0.3:
        return f"豫{office}{chance.choice('DF')}{chance.choice(PLACES)}{chance.randint(0, 9999):04}"
    return f"豫{office}" + "".join(chance.choice(PLACES) for _ in range(5))


def _document(chance: random.Random) -> str:
    first = f"4101{chance.randint(1, 5):02}19{chance.randint(60, 99)}{chance.randint(1, 12):02}"
    first += f"{chance.randint(1, 28):02}{chance.randint(1, 999):03}"
    return first + check_character(first)
