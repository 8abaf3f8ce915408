"""The words of a verdict that are no rule's own: names of checks, colours, people, what to do next.

Always both languages at once: a verdict is kept and shown again, perhaps in the other language. Chinese lines
stay within 24 characters, and "·" is written without spaces because the face makes it a full em wide.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from types import MappingProxyType

from checkpoint_app.domain.words import CheckKind, Evidence, Outcome

Words = Mapping[str, str]

Seats = Mapping[int, str]
"""The seats of those who have one, by the number of the person."""
NO_SEATS: Seats = MappingProxyType({})

ROOM = 17  # characters left in a Chinese line after "还差 43 人："
MANY = 4  # people that no line names one by one
MOST_HOURS = 99
COLOUR = "colour"  # what is missing when a code was scanned but its colour not looked at

KINDS: Mapping[str, Words] = {
    CheckKind.HEALTH_CODE: {"zh": "健康码", "en": "health code"},
    CheckKind.TRAVEL_CODE: {"zh": "行程码", "en": "travel code"},
    CheckKind.VENUE_CODE: {"zh": "场所码", "en": "venue code"},
    CheckKind.TEST_REPORT: {"zh": "核酸", "en": "test"},
    CheckKind.TEMPERATURE: {"zh": "体温", "en": "temp."},
    CheckKind.PASS: {"zh": "通行证", "en": "pass"},
    CheckKind.CREDENTIAL: {"zh": "电子凭证", "en": "certificate"},
    CheckKind.IDENTITY: {"zh": "证件", "en": "ID"},
    CheckKind.DECLARATION: {"zh": "申报", "en": "declaration"},
    CheckKind.OTHER_CODE: {"zh": "其他码", "en": "other code"},
    COLOUR: {"zh": "码的颜色", "en": "code colour"},
}

RESULTS: Mapping[str, Words] = {
    "green": {"zh": "绿", "en": "green"},
    "yellow": {"zh": "黄", "en": "yellow"},
    "red": {"zh": "红", "en": "red"},
    "grey": {"zh": "灰", "en": "grey"},
    "orange": {"zh": "橙", "en": "orange"},
    "purple": {"zh": "紫", "en": "purple"},
    "negative": {"zh": "阴性", "en": "negative"},
    "positive": {"zh": "阳性", "en": "positive"},
}
UNCLEAR: Words = {"zh": "没看清", "en": "unclear"}

EVIDENCE: Mapping[Evidence, Words] = {
    Evidence.DECLARED: {"zh": "自报", "en": "declared"},
    Evidence.SEEN: {"zh": "目视", "en": "seen"},
    Evidence.MEASURED: {"zh": "机测", "en": "measured"},
    Evidence.SCANNED: {"zh": "扫码", "en": "scanned"},
    Evidence.REGISTERED: {"zh": "登记比对", "en": "registered"},
    Evidence.VERIFIED: {"zh": "验签", "en": "verified"},
}
NOT_VERIFIED: Words = {"zh": "已扫码，未验签", "en": "scanned, not verified"}

STAYING: Mapping[str, Words] = {
    Outcome.HELD: {"zh": "留观", "en": "held"},
    Outcome.TRANSFERRED: {"zh": "移交", "en": "transferred"},
    Outcome.TURNED_BACK: {"zh": "劝返", "en": "turned back"},
}
"""What becomes of somebody who does not go on with the vehicle."""

_LACKING: Mapping[str, Words] = {
    CheckKind.HEALTH_CODE: {"zh": "未扫", "en": "not scanned"},
    CheckKind.TRAVEL_CODE: {"zh": "未扫", "en": "not scanned"},
    CheckKind.VENUE_CODE: {"zh": "未扫", "en": "not scanned"},
    CheckKind.TEMPERATURE: {"zh": "未测", "en": "not taken"},
    COLOUR: {"zh": "未记", "en": "not noted"},
}
_UNCHECKED: Words = {"zh": "未查", "en": "not checked"}

_NEXT: Mapping[str, tuple[Words, Words]] = {  # (of one person among several, of the only one)
    CheckKind.HEALTH_CODE: (
        {"zh": "扫{who}的码，或按 [*] 报身份证号", "en": "Scan {who}'s code, or [*] to type the ID"},
        {"zh": "扫健康码，或按 [*] 报身份证号", "en": "Scan the health code, or [*] to type the ID"},
    ),
    CheckKind.TEMPERATURE: (
        {"zh": "测{who}体温，键入如 365", "en": "Take {who}'s temp., type 365 for 36.5"},
        {"zh": "测体温，键入如 365", "en": "Take the temperature, type 365 for 36.5"},
    ),
    COLOUR: (
        {"zh": "看{who}的码是什么颜色，记下", "en": "Look at {who}'s code and note its colour"},
        {"zh": "看码是什么颜色，记下", "en": "Look at the code and note its colour"},
    ),
}
_NEXT_OTHER: tuple[Words, Words] = (
    {"zh": "查{who}的{kind}", "en": "Check {who}'s {kind}"},
    {"zh": "查{kind}", "en": "Check the {kind}"},
)


def kind_name(kind: str, language: str) -> str:
    return KINDS[kind][language]


def result_name(result: str, language: str) -> str:
    return RESULTS.get(result, UNCLEAR)[language]


def degrees(tenths: int) -> str:
    """Tenths of a degree as an officer reads them; what no thermometer shows is cut to 0–99.9."""
    shown = min(max(tenths, 0), 999)
    return f"{shown // 10}.{shown % 10}"


def age(hours: int, language: str) -> str:
    """An age in hours, from 100 h on in days."""
    if hours <= MOST_HOURS:
        return f"{hours} 小时" if language == "zh" else f"{hours} h"
    days = min(hours // 24, 999)
    return f"{days} 天" if language == "zh" else f"{days} days"


def clock_time(at: int, offset: int) -> str:
    """A moment (ms UTC) as a clock `offset` minutes east of UTC shows it."""
    minutes = (at // 60_000 + offset) % (24 * 60)
    return f"{minutes // 60:02}:{minutes % 60:02}"


def whose(person: int, *, among: int, language: str, seats: Seats = NO_SEATS) -> str:
    """What stands before a reason about one person; nothing for the vehicle or when there is only one."""
    if person < 1 or among < 2:
        return ""
    who = numbered([person], language, seats)
    if language == "en":
        return f"{who}: "
    return _apart(who)


def numbered(people: Sequence[int], language: str, seats: Seats = NO_SEATS) -> str:
    """Some people by number, long runs written short: 第 1–3、5 人, Person 4, Persons 1–3, 5.

    Who has a seat is called by it, as on the list and on the screen: 座位 1–3, Person 1, seats 1–45.
    """
    told = sorted(set(people))
    plain, seated = [one for one in told if one not in seats], [seats[one] for one in told if one in seats]
    texts = [*([_persons(plain, language)] if plain else ()), *([_seats(seated, language)] if seated else ())]
    return "、".join(texts) if language == "zh" else capital(", ".join(texts))


def _apart(who: str) -> str:
    """People in a Chinese line; what is no Chinese character at the end stands apart from the next."""
    return who if who.endswith("人") or not who else f"{who} "


def _persons(people: Sequence[int], language: str) -> str:
    series = _series([part for run in _runs(people) for part in _run(run)], language)
    if language == "zh":
        return f"第 {series}人" if series.endswith("等") else f"第 {series} 人"
    return f"{'person' if len(people) == 1 else 'persons'} {series}"


def _seats(seats: Sequence[str], language: str) -> str:
    figures = all(seat.isdecimal() and seat[:1] != "0" for seat in seats)
    runs = _runs(sorted(map(int, seats))) if figures else []
    series = _series([part for run in runs for part in _run(run)] if figures else seats, language)
    if language == "zh":
        return f"座位 {series}"
    return f"{'seat' if len(seats) == 1 else 'seats'} {series}"


def _series(parts: Sequence[str], language: str) -> str:
    more = len(parts) > 3
    if language == "zh":
        return "、".join(parts[:3]) + (" 等" if more else "")
    return ", ".join(parts[:3]) + (" …" if more else "")


def missing(
    lacking: Mapping[int, tuple[str, ...]], *, among: int, language: str, seats: Seats = NO_SEATS
) -> str:
    """Who lacks what, the first person's needs first: 第 3 人健康码、体温.

    Where there is no room for who, only what: a bus has them all in its row.
    """
    groups: dict[tuple[str, ...], list[int]] = {}
    for person, kinds in lacking.items():
        groups.setdefault(kinds, []).append(person)
    texts = [
        _needs(numbered(people, language, seats) if among > 1 else "", kinds, language=language)
        for kinds, people in groups.items()
    ]
    whole = ("；" if language == "zh" else "; ").join(texts)
    few = len(texts) == 1 and len(lacking) < MANY
    if few or len(whole) <= (ROOM if language == "zh" else 2 * ROOM):
        return whole
    return _needs("", tuple(dict.fromkeys(kind for kinds in groups for kind in kinds)), language=language)


def aside(out: int, held: int) -> Words:
    """The headline of a bus that is not through yet while somebody in it is set aside."""
    return {
        "zh": f"还差 {_shown(out)} 人，其中 {_shown(held)} 人需核实",
        "en": f"{_shown(out)} people to go, {_shown(held)} to look into",
    }


def next_step(person: int, kind: str, *, among: int, language: str, seats: Seats = NO_SEATS) -> str:
    """What to do about the first thing that is missing."""
    several, alone = _NEXT.get(kind, _NEXT_OTHER)
    words = alone if among < 2 else several
    who = numbered([person], language, seats)
    who = _apart(who) if language == "zh" else who[0].lower() + who[1:]
    return words[language].format(who=who, kind=kind_name(kind, language))


def lacking_line(
    people: Sequence[int], kind: str, *, among: int, language: str, seats: Seats = NO_SEATS
) -> str:
    """A check line for what nobody did yet: 第 3 人 健康码 未扫."""
    before = f"{numbered(people, language, seats)} " if among > 1 else ""
    return capital(f"{before}{kind_name(kind, language)} {_LACKING.get(kind, _UNCHECKED)[language]}")


def capital(text: str) -> str:
    """The text with its first letter large, as a line begins."""
    return text[:1].upper() + text[1:]


def _needs(who: str, kinds: tuple[str, ...], *, language: str) -> str:
    names = [kind_name(kind, language) for kind in kinds]
    if language == "zh":
        names = [*names[:2], f"等 {len(names)} 项"] if len(names) > 2 else names
        return _apart(who) + "、".join(names)
    return " ".join(part for part in (who[:1].lower() + who[1:], ", ".join(names)) if part)


def _runs(numbers: Sequence[int]) -> list[list[int]]:
    return [
        [number for _, number in run]
        for _, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0])
    ]


def _run(run: Sequence[int]) -> list[str]:
    if len(run) < 3:
        return [str(_shown(person)) for person in run]
    return [f"{_shown(run[0])}–{_shown(run[-1])}"]


def _shown(person: int) -> int:
    return min(person, 999)
