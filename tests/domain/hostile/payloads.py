"""Seeded payloads of many families: honest ones of every class, near misses, and attacks."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator

from tests.domain.hostile import numbers
from tests.domain.hostile.honest import (
    HONEST,
    PLACES,
    REGIONS,
    Make,
    citizen,
    declaration,
    declared,
    health_link,
    honest,
    name,
    own_pass,
    plate,
    some,
    truck_pass,
)

ALIKE = "АВЕЅІЈКМНОРСТУХаеорсухіΑΒΕΖΗΙΚΜΝΟΡΤΥΧβο０１２３４５６７８９ＡＢＣＯＩａ①𝟏𝟐𝐀٣४粵豫"
INVISIBLE = (
    "\u200b\u200c\u200d\u2060\ufeff\u202a\u202e\u2066\u2069\u00ad\ufe0f\u034f\u3164\U000e0041\U000e007f"
)
CONTROLS = "\x00\x01\t\n\r\x1b\x7f\x85\u2028\u2029"
FORMULAS = (
    "=1+1",
    "=HYPERLINK(0)",
    "+1",
    "-1",
    "@SUM(1)",
    "＝1",
    "＋1",
    "－1",
    "＠a",
    " =1",
    "　=1",
    "﹦1",
    "=cmd|' /C calc'!A0",
)
ATTACKS = (
    "<b>放行</b>",
    "<img src='http://a.example/x.png'>",
    "<script>alert(1)</script>",
    "&lt;b&gt;",
    "%s%s%n",
    "{0.__class__}",
    "${jndi:ldap://a.example/a}",
    "'; DROP TABLE entry; --",
    "1' OR '1'='1",
    "../../etc/passwd",
    "$(reboot)",
    "`id`",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "data:text/html,x",
    "WIFI:T:WPA;S:a;P:b;;",
    "tel:110",
    "sms:110:help",
    "BEGIN:VCARD",
    "weixin://dl/business/?t=a",
    "CPP1:",
    "HC1:",
    "CPS1:",
    "CPH1:",
    "CPO1:",
    "shc:/",
    "豫",
)


def wrong_citizen(rng: random.Random) -> str:
    """A day that never was under a right check character, or a wrong check character."""
    if rng.random() < 0.3:
        first = citizen(rng)[:17].ljust(17, "1")
        return first + rng.choice("0123456789X")
    day = rng.choice(("19990230", "20011301", "19000229", "20000000", "18791231", "00000101", "20230431"))
    first = rng.choice(REGIONS) + "0102" + day + some(rng, "0123456789", 3)
    return first + numbers.check(first)


def bad_declaration(rng: random.Random) -> str:
    made = declared(rng)
    name, value = rng.choice(
        (
            ("plate", 5),
            ("plate", ""),
            ("plate", "豫" * 25),
            ("people", {}),
            ("people", [1]),
            ("people", [{"id": "1"}]),
            ("people", [{"name": "a" * 41}]),
            ("people", [{"name": "\u202e张"}]),
            ("people", [{"name": "x"}] * 61),
            ("from", " "),
            ("to", "\ud800"),
            ("purpose", ["a"]),
            ("cp", "decl2"),
            ("cp", 1),
        )
    )
    made[name] = value
    return json.dumps(made)


def json_attack(rng: random.Random) -> str:
    depth = rng.choice((7, 8, 9, 10, 400, 490))
    good = declaration(rng)
    return rng.choice(
        (
            '{"a":' * depth + "1" + "}" * depth,
            '{"cp":"decl1","plate":"豫A12345","x":' + "[" * depth + "]" * depth + "}",
            '{"a":"' + "[" * 20 + '\\"{{{"}',
            good[:-1] + ',"cp":"decl1"}',
            '{"cp":"decl1","people":[{"name":"a","name":"b"}]}',
            good[:-1]
            + ',"x":'
            + rng.choice(("NaN", "Infinity", "-Infinity", "1e999", "-1e999", "1e5"))
            + "}",
            good[:-1] + ',"x":' + rng.choice(("01", "1.", "-", "+1", ".5", "1e", "tru", "'a'", "")) + "}",
            good[: rng.randint(1, len(good))],
            good + rng.choice(("}", " ", "x", ",")),
            '{"x":' + "9" * 2000 + "}",
            '{"cp":"decl1","plate":"\\u8c6bA12345","x":"\\ud83d\\ude00\\ud83dx"}',
            "{}",
            "[" * 30,
        )
    )


def sentence(rng: random.Random) -> str:
    return rng.choice(
        (
            "检查站",
            "从郑州到原阳，探亲。",
            "Müller José",
            "Привет Москва",
            "ｱｲｳ カタカナ",
            "𠮷野家",
            "abc 123",
            "€100",
            "三 四",
        )
    ) + some(rng, "abc 123检站，", rng.randint(0, 30))


def web(rng: random.Random) -> str:
    return rng.choice(
        (
            "https://jkm.henan.example.evil.example/h5/code/a",
            "https://evil.example/https://jkm.henan.example/h5/code/a",
            "https://user@jkm.henan.example/h5/code/a",
            "https://jkm.henan.example:8443/h5/code/a",
            "https://jkm.henan.example/h5/code/a/b",
            "https://jkm.henan.example/h5/code/",
            "https://jkm.henan.example/h5/../h5/code/a",
            "https://jkm.henan.example/show?id=1&id=2",
            "https://jkm.henan.example/show?color=green",
            "https://jkm.henan.example/show?id=",
            "https://jkm.henan.example\\@evil.example/",
            "https://jkm.henan.example/h5/code/a b",
            "https://",
            "https://?a",
            "http://a",
            "https://jkm.henаn.example/h5/code/abc",
            "https://jkm。henan．example/h5/code/abc",
            "ｈttps://jkm.henan.example/h5/code/abc",
            " https://jkm.henan.example/h5/code/abc",
            "ftp://jkm.henan.example/",
        )
    )


def careless_plate(rng: random.Random) -> str:
    made = plate(rng)
    return rng.choice(
        (
            made.lower(),
            made[:2] + "·" + made[2:],
            " " + made,
            made + " ",
            made[:3] + rng.choice("OI") + made[4:],
            made[:-1] + "I",
            made + made,
            "x" + made,
            made + "x",
            made[:-1],
        )
    )


def mutated(rng: random.Random) -> str:
    """One character replaced, inserted, doubled or dropped."""
    text = honest(rng)
    at = rng.randrange(len(text))
    new = rng.choice(PLACES + 'OIoix:/.{}" ') if rng.random() < 0.7 else rng.choice(ALIKE)
    return rng.choice(
        (text[:at] + new + text[at + 1 :], text[:at] + new + text[at:], text[:at] + text[at + 1 :])
    )


def _inserted(letters: str) -> Make:
    def make(rng: random.Random) -> str:
        text = rng.choice((honest, sentence, name))(rng)
        at = rng.randint(0, len(text))
        return text[:at] + rng.choice(letters) + text[at:]

    return make


def alike(rng: random.Random) -> str:
    text = list(rng.choice((plate, citizen, truck_pass, own_pass, health_link))(rng))
    same = {
        "A": "АΑＡ𝐀",
        "B": "ВΒβＢ",
        "E": "ЕΕ",
        "O": "ОΟ",
        "H": "НΗ",
        "K": "КΚ",
        "M": "МΜ",
        "P": "РΡ",
        "T": "ТΤ",
    }
    same |= {"X": "ХΧ", "0": "０𝟎٠", "1": "１①१", "5": "５", "粤": "粵", "云": "雲", "h": "ｈ", "e": "е"}
    places = [at for at, c in enumerate(text) if c in same]
    for at in rng.sample(places, min(len(places), rng.randint(1, 3))):
        text[at] = rng.choice(same[text[at]])
    return "".join(text)


def decomposed(rng: random.Random) -> str:
    return rng.choice(("e\u0301", "u\u0308", "\u1100\u1161", "A\u030a", "豈", "\u212b", "\u2126")) + sentence(
        rng
    )


def odd_characters(rng: random.Random) -> str:
    return sentence(rng) + rng.choice(
        ("\ue000", "\U000f0000", "\u0378", "\U0001ffff", "\uffff", "\ufdd0", "\ud7ff")
    )


def gb_text(rng: random.Random) -> bytes:
    return rng.choice((name, sentence, plate, declaration, careless_plate))(rng).encode("gb18030")


def other_encoding(rng: random.Random) -> bytes:
    text, encoding = rng.choice(
        (
            ("Müller José", "latin-1"),
            ("Ünïcödé", "latin-1"),
            ("ﾃﾞｻﾞｲﾝQR", "shift_jis"),
            ("モバイル", "shift_jis"),
            ("今度のバージョン", "shift_jis"),
            ("檢查站", "big5"),
            ("검사소", "euc_kr"),
            ("“quoted”", "cp1252"),
            ("豫A12345", "utf-16"),
            ("Привет", "koi8_r"),
            ("検問所", "euc_jp"),
        )
    )
    return text.encode(encoding) + some(rng, "abc ", rng.randint(0, 3)).encode()


def raw(rng: random.Random) -> bytes:
    return rng.randbytes(rng.randint(0, 40))


def broken_utf8(rng: random.Random) -> bytes:
    text = rng.choice((sentence, name, plate))(rng).encode()
    at = rng.randint(0, len(text))
    return rng.choice(
        (
            text[:at],
            text[:at] + b"\x80" + text[at:],
            text[:at] + b"\xc0\xaf" + text[at:],
            text + b"\xed\xa0\x80",
            text + b"\xff",
        )
    )


def cut_utf8(rng: random.Random) -> bytes:
    text = some(rng, "检查站从郑州到原阳探亲通行证号码健康绿色人员车辆登记放行", rng.randint(1, 8)).encode()
    return text[: -rng.randint(1, 2)]


def long(rng: random.Random) -> bytes:
    size = rng.choice((2952, 2953, 2954, 4296))
    unit = rng.choice(
        (
            b"A",
            b"=",
            b"HC1:A0",
            b"shc:/00",
            b"\xe8\xb1\xab",
            b"\xd4\xa5",
            b"{",
            b"[",
            b"0",
            b"\xff",
            "А".encode(),
        )
    )
    return (unit * size)[:size]


FAMILIES: dict[str, tuple[int, Make]] = {
    **{kind: (3, make) for kind, make in HONEST.items()},
    "mutated": (25, mutated),
    "alike": (8, alike),
    "careless_plate": (5, careless_plate),
    "invisible": (8, _inserted(INVISIBLE)),
    "controls": (8, _inserted(CONTROLS)),
    "decomposed": (2, decomposed),
    "odd_characters": (2, odd_characters),
    "gb_text": (5, gb_text),
    "other_encoding": (3, other_encoding),
    "raw": (5, raw),
    "broken_utf8": (4, broken_utf8),
    "cut_utf8": (2, cut_utf8),
    "wrong_citizen": (3, wrong_citizen),
    "formula": (4, lambda rng: rng.choice(FORMULAS) + rng.choice(("", "1", "\r\n=2", ",=3", ";=4", '"'))),
    "attack": (4, lambda rng: rng.choice(ATTACKS) + rng.choice(("", "1", "张"))),
    "bad_declaration": (3, bad_declaration),
    "json_attack": (4, json_attack),
    "web": (4, web),
    "sentence": (3, sentence),
    "ansi": (1, lambda rng: "\x1b[31m" + name(rng) + "\x1b]0;x\x07"),
    "long": (1, long),
}


def payloads(count: int, *, seed: int) -> Iterator[tuple[str, bytes]]:
    """`count` pairs of family and payload, the same for the same seed."""
    rng = random.Random(seed)
    names = list(FAMILIES)
    weights = [FAMILIES[family][0] for family in names]
    for family in rng.choices(names, weights=weights, k=count):
        made = FAMILIES[family][1](rng)
        yield family, made if isinstance(made, bytes) else made.encode("utf-8", "surrogatepass")
