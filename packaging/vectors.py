"""Writes tests/data/entries: golden entries that every version must read, and broken ones with their faults.

    python packaging/vectors.py           the same bytes every time; keys and people are invented

A file is lines of JSON. First {"keys": {key id: public hex}}, for broken files with "heads" known from
outside and the "faults" expected. Then one entry a line: {"hash", "header", "personal", "public", "salt"}.
Released vectors never change; new ones are added.
"""

from __future__ import annotations

from dataclasses import replace

from vector_chain import KEY_A, KEY_B, START, Chain, Line, Part, lines_of, write
from vector_faults import write_broken

CHECK: Part = {"kind": "health_code", "result": "green", "evidence": "seen", "at": START, "person": 1}
WHERE: Part = {"lane": 2, "direction": "in", "class": "car"}
PASSED: Part = {"verdict": "pass", "reasons": [], "data": []}
REF: Part = {"desk": "G107-S-1", "epoch": "00000000000000a1", "seq": 2, "hash": "0" * 64, "action": "1" * 32}
PEOPLE: Part = {
    "plate": "豫A12345",
    "colour": "blue",
    "from": "郑州",
    "to": "开封",
    "people": [
        {"n": 1, "name": "张三", "id": "11010519491231002X", "kind": "citizen_id", "evidence": "scanned"},
        {"n": 2, "name": "李四", "phone": "13800000000", "evidence": "declared"},
    ],
    "digests": [{"check": 0, "digest": "ab" * 32}],
}
CROSSED: Part = {
    **WHERE,
    "outcome": "released",
    "people": 2,
    "evidence": "seen",
    "started": START,
    "checks": [CHECK],
    **PASSED,
}
KINDS: tuple[tuple[str, Part, Part | None], ...] = (
    ("epoch_begun", {"reason": "install", "key": KEY_A.key_id, "public": KEY_A.public.hex()}, None),
    (
        "shift_opened",
        {"group": "3", "lead": "0003", "officers": ["0003", "0007"]},
        {"officers": {"0007": "王五"}},
    ),
    ("vehicle_crossed", CROSSED, PEOPLE),
    ("check_flagged", {**WHERE, "crossing": "2" * 32, "check": {**CHECK, "result": "red"}, **PASSED}, PEOPLE),
    ("check_voided", {**WHERE, "crossing": "2" * 32, "check": CHECK, "why": "wrong_person"}, None),
    ("outcome_undone", {"ref": REF, "why": "wrong_key"}, None),
    ("crossing_amended", {"ref": REF, "why": "misread", "fields": ["plate"]}, {"plate": "豫A12346"}),
    (
        "tallied",
        {
            **WHERE,
            "minute": START,
            "evidence": "seen",
            "counts": [{"class": "car", "vehicles": 7, "people": 9}],
        },
        None,
    ),
    ("clock_jumped", {"predicted": START, "wall": START + 630_720_000_000}, None),
    ("clock_confirmed", {"predicted": START, "wall": START}, None),
    ("erased", {"desk": "G107-S-1", "before": START, "order": "2022-7", "entries": 1500}, None),
    ("person_viewed", {"ref": REF, "why": "traced"}, None),
    ("setting_changed", {"name": "camera", "value": "1"}, None),
    ("backed_up", {"entries": 40, "bytes": 1_048_576}, {"folder": "E:\\备份"}),
    ("action_confirmed", {"ref": REF, "confirmed": True}, None),
    ("matter_raised", {"kind": "held", "ref": REF}, {"text": "等待疾控复核"}),
    ("shift_closed", {"vehicles": 1204, "people": 2310, "open": 1}, None),
)
RARE = (
    "𬭊",  # a name character beyond the basic plane
    "㛃",
    "𠮷野家",
    "买买提·吐尔逊",
    "Ünal Ğ",  # composed forms only
    "\u200dabc",
    'quote " back \\ slash /',
    "line\nfeed\ttab\rreturn\bback\fform",
    "\u0000\u001f\u007f\u0080",
    "\u2028\u2029",
    "豫A·D12345",
    "🚓🚑",
    "\ufeffmark",
    "ﬁ",  # compatibility form: NFC leaves it
    "각",
    "नि",
    "שלום",
    "",
)
NUMBERS = (0, 1, -1, 373, 2**31, -(2**31), 2**53 - 1, -(2**53 - 1))


def ordinary(desk: str, epoch: str, *, count: int, seals: int) -> Chain:
    """Crossings with a seal every so many."""
    chain = Chain(desk, epoch, key=KEY_A)
    for number in range(1, count + 1):
        if number % seals == 0:
            chain.seal("count" if number < count else "handover")
        else:
            personal = {**PEOPLE, "plate": f"豫A{number:05}"} if number % 3 else None
            chain.append("vehicle_crossed", {**CROSSED, "people": number % 5 + 1}, personal)
    return chain


def every_kind() -> Chain:
    """One entry of each kind, twice, then a seal."""
    chain = Chain("G107-S-1", "00000000000000a1", key=KEY_A)
    for kind, public, personal in KINDS * 2:
        chain.append(kind, public, personal)
    chain.seal("exit")
    return chain


def rare() -> Chain:
    """Texts and numbers at the edge of what may be hashed; zones, moments and counters too."""
    chain = Chain("HB-7", "00000000000000c1", key=KEY_B)
    for text in RARE:
        chain.append("vehicle_crossed", {"why": text}, {"people": [{"n": 1, "name": text}]})
    for number in NUMBERS:
        chain.append(
            "vehicle_crossed", {"tenths": number, "list": [number, None, True, False, []]}, {"n": number}
        )
    chain.append("setting_changed", {"a": {"b": {"c": {"d": {"e": {"f": {"g": "deep"}}}}}}, "": {}, "Z~": ""})
    for moment, zone, mono in ((-(2**53 - 1), -840, 2**53 - 1), (2**53 - 1, 840, 0), (0, 0, 1)):
        stamp = replace(chain.stamp(zone=zone, sure=moment == 0), written=moment, mono=mono)
        chain.append("clock_jumped", {}, stamp=stamp)
    chain.seal("clock")
    return chain


def forgotten(lines: list[Line]) -> list[Line]:
    """The same lines after their personal parts were forgotten, every second one."""
    return [
        {**line, "personal": None, "salt": None} if place % 2 == 0 else line
        for place, line in enumerate(lines)
    ]


def write_valid() -> None:
    """The files every version must find sound."""
    first = lines_of(every_kind())
    second = lines_of(ordinary("G107-S-1", "00000000000000a2", count=40, seals=10))
    other = lines_of(ordinary("G107-S-2", "00000000000000b1", count=24, seals=8))
    erased = lines_of(ordinary("ZZ9", "00000000000000d1", count=36, seals=12))
    write("every-kind", first)
    write("two-epochs", [*first[:5], *second])
    write("two-desks", [*second[:10], *other])
    write("rare-texts", lines_of(rare()))
    write("forgotten", forgotten(erased))


if __name__ == "__main__":
    write_valid()
    write_broken()
