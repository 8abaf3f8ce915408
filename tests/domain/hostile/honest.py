"""Honest payloads of every class, each with the class it must be read as."""

from __future__ import annotations

import json
import random
from collections.abc import Callable

from tests.domain.hostile import numbers

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
PLACES = LETTERS + "0123456789"
PROVINCES = sorted(numbers.PROVINCES)
BASE45 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
REGIONS = sorted(numbers.REGIONS)
SURNAMES = "张王李赵陈杨黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英镕喆"

Make = Callable[[random.Random], "str | bytes"]


def some(rng: random.Random, letters: str, count: int) -> str:
    return "".join(rng.choices(letters, k=count))


def plate(rng: random.Random) -> str:
    head = rng.choice(PROVINCES) + rng.choice(LETTERS + "O")
    four, digits = some(rng, PLACES, 4), some(rng, "0123456789", 6)
    energy = rng.choice("ABCDEFGHJK")
    return rng.choice(
        (
            head + some(rng, PLACES, 5),
            head + energy + four[0] + digits[:4],
            head + digits[:5] + energy,
            head + four + rng.choice("挂学警"),
            "粤Z" + four + rng.choice("港澳"),
            rng.choice("使领") + digits,
            digits + "使",
            head + digits[:4] + "领",
            "WJ" + head[0] + digits[:4] + four[0],
            some(rng, LETTERS, 2) + digits[:5],
            head[0] + rng.choice("SX") + digits[:4] + "应急",
            head[0] + digits + digits[0],
        )
    )


def citizen(rng: random.Random) -> str:
    day = f"{rng.randint(1900, 2020)}{rng.randint(1, 12):02}{rng.randint(1, 28):02}"
    division = rng.choice((*REGIONS, "00", "99")) + some(rng, "0123456789", 4)
    first = rng.choice((division, division, "810000", "830000", "9" + division[:5]))
    first += day + some(rng, "0123456789", 3)
    if rng.random() < 0.1:
        return rng.choice(REGIONS) + first[2:6] + day[2:] + first[-3:]
    last = numbers.check(first)
    return first + (last.lower() if rng.random() < 0.1 else last)


def base45(rng: random.Random) -> str:
    data = rng.randbytes(rng.choice((2, 64, 97, 300)))
    out = []
    for at in range(0, len(data), 2):
        value = int.from_bytes(data[at : at + 2], "big")
        for _ in range(len(data[at : at + 2]) + 1):
            value, digit = divmod(value, 45)
            out.append(BASE45[digit])
    return "".join(out)


def own_pass(rng: random.Random) -> str:
    return "CPP1:" + base45(rng)


def hcert(rng: random.Random) -> str:
    return "HC1:" + base45(rng)


def health_card(rng: random.Random) -> str:
    word = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"
    jws = ".".join(some(rng, word, rng.randint(1, 60)) for _ in range(3))
    return "shc:/" + rng.choice(("", "", "1/3/", "2/2/")) + "".join(f"{ord(c) - 45:02}" for c in jws)


def badge(rng: random.Random) -> str:
    desk = rng.choice(("A1", "NAN-DAMEN-G107-2", "Z"))
    return f"CPO1:{desk}:{rng.randint(1, 999):02}:{rng.randbytes(8).hex()}"


def sheet(rng: random.Random) -> str:
    parts = rng.randint(1, 40)
    body = some(rng, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", rng.randint(1, 200))
    return f"CPH1:{rng.randint(1, parts)}.{parts}:{rng.randbytes(4).hex().upper()}:{body}"


def seal(rng: random.Random) -> str:
    if rng.random() < 0.4:
        return sheet(rng)
    desk = rng.choice(("A1", "NAN-DAMEN-G107-2", "Z"))
    seq = rng.randint(1, 2**53 - 1)
    return f"CPS1:{desk}:{rng.randbytes(8).hex()}:{seq}:{rng.randbytes(32).hex()}"


def health_link(rng: random.Random) -> str:
    token = some(rng, "abcXYZ019_-", rng.randint(1, 40))
    return rng.choice(
        (
            f"https://jkm.henan.example/h5/code/{token}?c=" + rng.choice("gyrx"),
            f"https://m.jkm.henan.example:443/show?id={token}&color=" + rng.choice(("green", "2", "")),
            f"http://HealthCode.Zhejiang.example/code?x=1&t={token}&level=" + rng.choice("0123"),
            f"HTTPS://YKM.GUANGDONG.EXAMPLE/q/{token}",
            f"https://ssm.shanghai.example?code={token}#top",
            "YJKM:" + rng.randbytes(16).hex(),
        )
    )


def travel_link(rng: random.Random) -> str:
    return rng.choice(
        ("https://xc.caict.ac.cn", "https://xc.caict.ac.cn/?a=1", "https://xingcheng.example/card/a9?c=o")
    )


def venue_link(rng: random.Random) -> str:
    return rng.choice(
        ("https://csm.henan.example/place/P123", "https://cs.guangdong.example/v?place=7", "CSM:ABC12345")
    )


def truck_pass(rng: random.Random) -> str:
    return rng.choice(REGIONS) + some(rng, "0123456789", 10)


def person(rng: random.Random) -> dict[str, object]:
    made: dict[str, object] = {"name": rng.choice(SURNAMES) + some(rng, GIVEN, rng.randint(1, 2))}
    if rng.random() < 0.7:
        made["id"] = rng.choice((citizen(rng), "E12345678", "11010519491231002" + rng.choice("X1x")))
    if rng.random() < 0.7:
        made["phone"] = rng.choice(
            ("13800005678", "+86 138-0000-5678", "0371-65550000", "+852 5123 4567", "110")
        )
    return made


def declared(rng: random.Random) -> dict[str, object]:
    made: dict[str, object] = {"cp": "decl1", "people": [person(rng) for _ in range(rng.randint(0, 4))]}
    made["plate"] = rng.choice((plate(rng), plate(rng).lower(), "豫A·1O345", "AB-123-CD"))
    made |= {"from": "郑州", "to": "原阳"} if rng.random() < 0.5 else {"purpose": "探亲"}
    return made


def declaration(rng: random.Random) -> str:
    made = declared(rng)
    if rng.random() < 0.3:
        made[rng.choice(("note", "extra"))] = rng.choice((1.5, [1, [2, {}]], "\\u202e", None, True))
    return json.dumps(made, ensure_ascii=rng.random() < 0.5)


def name(rng: random.Random) -> str:
    return rng.choice(SURNAMES) + some(rng, GIVEN, rng.randint(1, 2))


HONEST: dict[str, Make] = {
    "plate": plate,
    "citizen_id": citizen,
    "own_pass": own_pass,
    "hcert": hcert,
    "smart_health_card": health_card,
    "seal": seal,
    "badge": badge,
    "health_link": health_link,
    "travel_link": travel_link,
    "venue_link": venue_link,
    "truck_pass": truck_pass,
    "declaration": declaration,
}


def honest(rng: random.Random) -> str:
    made = rng.choice(tuple(HONEST.values()))(rng)
    return made if isinstance(made, str) else made.decode()
