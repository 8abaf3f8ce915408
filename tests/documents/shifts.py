"""Invented shifts for sheets: a full one, a tiny one, a monstrous one. Nobody in them exists."""

from __future__ import annotations

from dataclasses import replace

from checkpoint_app.domain.figures import (
    Alarm,
    ClassLine,
    ClockEvent,
    Correction,
    DataAge,
    Exceptional,
    HourLine,
    LaneLine,
    Outage,
    Sealed,
    ShiftFigures,
)
from checkpoint_app.domain.handover import (
    Absent,
    Answer,
    Answered,
    Handover,
    Line,
    Part,
    Side,
    Signature,
    State,
)
from checkpoint_app.domain.logbook import (
    Incident,
    Item,
    Matter,
    Moved,
    Noted,
    Order,
    Step,
    Transfer,
    Visit,
)
from checkpoint_app.domain.report import Attended, Contact, Notice, Sealing, ShiftReport

HOUR, MINUTE = 3_600_000, 60_000
BEGAN = 1_795_219_200_000  # 2026-11-21 08:00 at UTC+8
ZONE = 480
ENDED = BEGAN + 8 * HOUR
SHORT_PROOF = "CPH1:" + "0A9K3M1T2 4QZ7VXB" * 9
LONG_PROOF = "CPH1:" + "0A9K3M1T2Q4QZ7VXB" * 52
DIGEST = "8f3a91c20d7e44b15a90c3f72216e8d4" + "0" * 32
VEHICLES = (967, 1048, 1105, 1028, 1122, 1240, 1316, 1192)
PEOPLE = (1825, 1978, 2086, 1941, 2118, 2341, 2484, 2230)
BACK, HELD = (6, 8, 9, 8, 8, 3, 3, 2), (0, 0, 0, 0, 1, 1, 1, 0)
LANES = (
    LaneLine(
        1,
        "in",
        2291,
        4266,
        outcomes={"released": 2259, "registered": 20, "turned_back": 12},
        mean_ms=5_900,
        seen_only=321,
    ),
    LaneLine(
        2,
        "in",
        2318,
        4431,
        outcomes={"released": 2278, "registered": 22, "turned_back": 17, "held": 1},
        mean_ms=6_100,
        seen_only=278,
    ),
    LaneLine(
        3,
        "in",
        2513,
        5604,
        outcomes={"released": 2477, "registered": 24, "turned_back": 9, "held": 2, "transferred": 1},
        mean_ms=6_400,
        seen_only=729,
    ),
    LaneLine(
        4,
        "out",
        1896,
        2702,
        outcomes={"released": 1875, "registered": 12, "turned_back": 9},
        mean_ms=6_600,
        seen_only=171,
    ),
)
OFFICERS = {
    "0001": "王示范",
    "0002": "赵䶮",
    "0003": "刘㛃",
    "0004": "欧阳𬭊喆",
    "0005": "马玥",
    "0006": "阿卜杜热合曼·买买提依明",
}


def _at(hour: float) -> int:
    return BEGAN + int(hour * HOUR)


def exceptional(place: int) -> Exceptional:
    outcomes = ("turned_back", "registered", "held", "released", "transferred")
    return Exceptional(
        seq=245_000 + place * 7,
        action=f"{place:032x}",
        at=_at(place % 80 / 10) + place * 137,
        lane=place % 4 + 1,
        direction="out" if place % 4 == 3 else "in",
        plate=f"豫G{place % 100_000:05}",
        outcome=outcomes[place % 5],
        verdict="refer",
        reasons=("code_yellow", "test_old")[: place % 2 + 1],
        why="no_phone" if place % 3 else "老人独自来，家属在站外等候",
        officer=f"000{place % 4 + 1}",
        people=place % 4 + 1,
        apart=int(place % 7 == 0),
        name="张三",
    )


def alarm(place: int) -> Alarm:
    return Alarm(
        seq=246_000 + place,
        at=_at(place % 80 / 10),
        lane=place % 4 + 1,
        state="stop" if place % 3 else "refer",
        reasons=("code_red",),
        plate=f"豫G{place:05}",
        outcome="" if place % 9 == 8 else "turned_back",
        answered=0 if place % 9 == 8 else _at(place % 80 / 10) + 41_000,
    )


def figures(*, exceptions: int = 47, alarms: int = 12) -> ShiftFigures:
    return ShiftFigures(
        shift="2026-11-21-3",
        desk="A",
        epoch="0" * 32,
        group="三班",
        lead="0001",
        opened=BEGAN,
        closed=ENDED,
        zone=ZONE,
        first=241_003,
        last=254_208,
        vehicles=9_018,
        people=17_003,
        undone=3,
        mean_ms=6_200,
        outcomes={"released": 8_889, "registered": 78, "turned_back": 47, "held": 3, "transferred": 1},
        directions={"in": 7_122, "out": 1_896},
        evidence={"seen": 1_499, "scanned": 7_000, "verified": 519},
        people_by_evidence={
            "declared": 12,
            "seen": 3_048,
            "measured": 890,
            "scanned": 12_400,
            "registered": 420,
            "verified": 233,
        },
        people_apart={"held": 1},
        lanes=LANES,
        hours=tuple(
            HourLine(
                _at(n),
                VEHICLES[n],
                PEOPLE[n],
                BACK[n],
                HELD[n],
                {1: VEHICLES[n] - 600, 2: 250, 3: 250, 4: 100},
            )
            for n in range(8)
        ),
        classes=(
            ClassLine("car", 7_412, 13_020),
            ClassLine("truck", 1_204, 1_533),
            ClassLine("bus", 61, 2_109),
            ClassLine("foot", 341, 341),
        ),
        exceptions=tuple(map(exceptional, range(exceptions))),
        alarms=tuple(map(alarm, range(alarms))),
        corrections=(
            Correction(
                249_001,
                _at(3),
                248_777,
                "2026-11-21-3",
                late=False,
                undone=False,
                changes=(("people", "2", "1"),),
                personal=("plate",),
                why="misread",
                officer="0003",
            ),
            Correction(
                250_118,
                _at(5),
                233_104,
                "2026-11-21-2",
                late=True,
                undone=True,
                why="slip",
                officer="0004",
                replaced_by=250_119,
            ),
        ),
        clock=(ClockEvent(248_000, _at(2), "jumped", 7_200_000), ClockEvent(248_003, _at(2.1), "confirmed")),
        outages=(Outage("camera", 4, _at(4.511), _at(4.524), 5, 249_500), Outage("printing", 0, _at(6), 0)),
        data=(DataAge("rules", "v12", 7 * HOUR, "fresh"), DataAge("watch", "v88", 29 * HOUR, "stale", 9_018)),
        seals=tuple(Sealed(241_500 + 500 * n, f"{n:064x}") for n in range(26)),
    )


MATTERS = (
    Matter(
        "m1",
        _at(2),
        "留观 孙* 37.6，120 已接，待医院回话",
        "incident",
        "0003",
        _at(10),
        steps=(
            Step(_at(2.5), "0003", "已通知县人民医院", "worked"),
            Step(_at(3), "0004", "120 到站", "worked"),
        ),
    ),
    Matter("m2", _at(3), "通行证注销，待石桥镇书面答复", "lane", "0002", _at(10), plate="豫G6A0W8", lane=2),
    Matter("m3", _at(4), "2 号测温枪偏高 0.3，停用待换", "item", "信息员", _at(8.5)),
    Matter("m4", _at(5), "桥北乡投诉待回电", "hand", "0002", _at(7.5)),
    Matter(
        "m5", _at(1), "路障移位", "hand", "0005", _at(2), closed=_at(1.8), result="已复位", officer="0005"
    ),
)
ITEMS = (
    Item("i1", "测温枪", "支", equipment=True, balance=5, due=6, condition="broken", counted=_at(7.9)),
    Item("i2", "扫描枪", "支", equipment=True, balance=4, due=4, condition="good", counted=_at(7.9)),
    Item(
        "i3",
        "N95 口罩",
        "只",
        equipment=False,
        balance=140,
        low=200,
        moves=(Moved(_at(1), 200, "县指挥部", "0005"), Moved(_at(4), -60, "三班", "0005")),
    ),
    Item("i4", "84 消毒液", "L", equipment=False, balance=18, low=5),
)
INCIDENT = Incident(
    "x1",
    "illness",
    _at(2),
    "3 车道乘客发热 37.6，脸色发白",
    due=_at(2.5),
    reported=_at(2.1),
    reported_to="指挥部 值班室",
    answered=_at(2.3),
    reply="按留观处置",
    closed=_at(3.2),
    result="120 接走",
    officer="0003",
    linked=("0" * 32,),
    transfers=(Transfer(_at(3.1), 1, "豫G12345", "120 急救 2 车", "县指挥部", "0003"),),
)
ORDERS = (
    Order(
        "o1",
        _at(0.5),
        "县指挥部",
        "豫防指〔2026〕12号",
        "外省货车一律登记放行，到站先测温。",
        _at(40),
        read=(("0001", _at(0.6)), ("0003", _at(0.7)), ("0004", _at(0.8)), ("0005", _at(1))),
    ),
    Order("o2", _at(4), "镇政府", "口头", "运煤车走 4 车道", ended=_at(7), read=(("0001", _at(4.1)),)),
)
ATTENDED = (
    Attended("0001", "王示范", "present", ("hut",), _at(-0.2), _at(8), 492, "lead"),
    Attended("0003", "刘㛃", "present", ("lane-1", "lane-3"), _at(-0.1), _at(8), 486),
    Attended("0004", "欧阳𬭊喆", "late", ("lane-2",), _at(0.3), _at(8), 462),
    Attended("0005", "马玥", "present", ("lane-4",), _at(-0.1), _at(8), 486),
    Attended("0006", "阿卜杜热合曼·买买提依明", "absent"),
)
NOTICES = (
    Notice("matter_overdue", {"title": "桥北乡投诉", "late_ms": 30 * MINUTE, "due": _at(7.5)}),
    Notice("data_stale", {"name": "watch", "version": "v88", "age": 29 * HOUR, "vehicles": 9_018}),
    Notice("outage", {"what": "camera", "lane": 4, "since": _at(4.511), "until": _at(4.524), "vehicles": 5}),
)


def lines() -> tuple[Line, ...]:
    found = [
        Line(1, "totals", Part.PAST, "totals", {"vehicles": 9018, "people": 17003, "mean_ms": 6200}),
        Line(2, "outcomes", Part.PAST, "outcomes", {"released": 8889, "turned_back": 47}),
        Line(3, "clock", Part.PAST, "clock", {"jumped": 1, "confirmed": 1, "off": 7_200_000}),
    ]
    found += [
        Line(
            4 + n,
            f"matter:{each.id}",
            Part.OPEN,
            "matter",
            {"title": each.title, "source": each.source, "due": each.due},
        )
        for n, each in enumerate(MATTERS[:4])
    ]
    found += [
        Line(
            8 + n,
            f"item:{each.id}",
            Part.THINGS,
            "item",
            {
                "name": each.name,
                "unit": each.unit,
                "equipment": each.equipment,
                "balance": each.balance,
                "due": each.due,
                "low": each.low,
            },
        )
        for n, each in enumerate(ITEMS)
    ]
    return tuple(found)


def handover() -> Handover:
    answers = {line.key: Answer(line.key, Answered.ACCEPTED, officer="0002", at=_at(8)) for line in lines()}
    answers["matter:m4"] = Answer("matter:m4", Answered.QUERIED, "为何不按时回电", officer="0002", at=_at(8))
    answers["item:i1"] = Answer("item:i1", Answered.ACCEPTED, "一支在维修", 4, "0002", _at(8))
    return Handover(
        shift="2026-11-21-3",
        state=State.SEALED,
        next_shift="2026-11-21-4",
        begun=ENDED,
        closed=ENDED + 2 * MINUTE,
        lines=lines(),
        answers=answers,
        signatures=(
            Signature(Side.OUTGOING, "0001", ENDED + 20_000, "k", "00"),
            Signature(Side.INCOMING, "0002", ENDED + 72_000, "k", "00"),
        ),
        digest=DIGEST,
    )


def rich(**changes: object) -> ShiftReport:
    report = ShiftReport(
        station="南大门 G107 检查站",
        desk="1",
        number="2026-G107-1121-3",
        figures=figures(),
        notices=NOTICES,
        handover=handover(),
        officers=OFFICERS,
        attended=ATTENDED,
        contacts=(
            Contact("c1", "县人民医院", "0373-5551234", "120 转院"),
            Contact("c2", "指挥部值班室", "0373-5550000"),
        ),
        matters=MATTERS,
        orders=ORDERS,
        incidents=(INCIDENT,),
        visits=(Visit("v1", _at(6), "李检查", "县督导组", "路面秩序好；测温枪需校准", ("m3",), "0001"),),
        notes=(
            Noted("n1", _at(1), "0005", "07:40 交警支援 2 人到位"),
            Noted("n2", _at(6.5), "0003", "雾散，恢复四车道"),
        ),
        items=ITEMS,
        weather="晴 9 ℃",
        next_group="四班",
        next_lead="0002",
        sealing=Sealing(254_211, DIGEST, (LONG_PROOF,)),
        printed_by="王示范",
        printed_at=ENDED + 3 * MINUTE,
    )
    return replace(report, **changes)  # type: ignore[arg-type]


def tiny() -> ShiftReport:
    """A shift of one car, still going on, nobody to take over."""
    shift = ShiftFigures(
        shift="2026-11-21-1",
        desk="A",
        epoch="0" * 32,
        group="一班",
        lead="0001",
        opened=BEGAN,
        closed=None,
        zone=ZONE,
        first=1,
        last=3,
        vehicles=1,
        people=1,
        mean_ms=4_050,
        outcomes={"released": 1},
        directions={"in": 1},
        people_by_evidence={"scanned": 1},
        lanes=(LaneLine(1, "in", 1, 1, outcomes={"released": 1}, mean_ms=4_050),),
        hours=(HourLine(BEGAN, 1, 1, 0, 0, {1: 1}),),
        classes=(ClassLine("car", 1, 1),),
    )
    return ShiftReport(
        "试验站", "A", "2026-A-1121-1", shift, officers=OFFICERS, printed_by="王示范", printed_at=BEGAN + HOUR
    )


HOSTILE = "<b>&amp;</b><img src='file:///etc/passwd'/>\x00\x1b[31m\u202e 𰻞 {n} %s"


def monstrous(*, exceptions: int = 1_000) -> ShiftReport:
    """Everything too long, too many, and hostile."""
    base = rich()
    long = "此处有一段很长的说明，" * 900
    shift = replace(
        figures(exceptions=exceptions, alarms=200),
        lanes=tuple(
            replace(
                LANES[n % 4],
                lane=n + 1,
                counted_vehicles=7,
                outcomes={**LANES[n % 4].outcomes, "abandoned": 1},
            )
            for n in range(14)
        ),
        hours=tuple(
            HourLine(_at(n), 1_000 + n, 2_000, 1, 1, dict.fromkeys(range(1, 15), 70)) for n in range(40)
        ),
        counted_vehicles=98,
        counted_people=140,
        group="三班" + HOSTILE,
    )
    lines_ = tuple(
        Line(n + 1, f"matter:b{n}", Part.OPEN, "matter", {"title": f"事项 {n} {HOSTILE}", "source": "hand"})
        for n in range(20)
    )
    return replace(
        base,
        station="一个名字很长很长的检查站" * 4,
        number="2026-A-VERY-LONG-NUMBER-OF-A-SHEET-1121-3",
        figures=shift,
        notices=NOTICES * 3,
        copy=2,
        matters=tuple(
            Matter(f"b{n}", _at(n / 10), f"事项 {n} {HOSTILE}" + "很长" * 60, owner=HOSTILE, due=_at(n))
            for n in range(20)
        ),
        items=tuple(replace(ITEMS[n % 4], id=f"b{n}", name=f"物品 {n} {HOSTILE}") for n in range(30)),
        notes=(
            Noted("n", _at(1), "0001", long),
            Noted("h", _at(2), "0001", HOSTILE),
            Noted("w", _at(2), "0001", "x" * 10_000),
        ),
        handover=replace(
            handover(),
            state=State.CLOSED,
            lines=lines_,
            signatures=handover().signatures[:1],
            absent=(Absent(Side.INCOMING, "接班人醉酒，" + HOSTILE, "0001", ENDED, refused=True),),
        ),
        sealing=Sealing(254_211, DIGEST, (LONG_PROOF, LONG_PROOF[:-3] + "AAA", SHORT_PROOF)),
    )
