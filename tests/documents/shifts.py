"""Invented shifts for sheets: a full one, a tiny one, a monstrous one. Nobody in them exists."""

from __future__ import annotations

from dataclasses import replace

from checkpoint_app.domain.figures import ClassLine, HourLine, LaneLine, ShiftFigures
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
from tests.documents.shift_figures import BEGAN, ENDED, HOUR, LANES, MINUTE, OFFICERS, ZONE, at_hour, figures

SHORT_PROOF = "CPH1:" + "0A9K3M1T2 4QZ7VXB" * 9
LONG_PROOF = "CPH1:" + "0A9K3M1T2Q4QZ7VXB" * 52
DIGEST = "8f3a91c20d7e44b15a90c3f72216e8d4" + "0" * 32

MATTERS = (
    Matter(
        "m1",
        at_hour(2),
        "留观 孙* 37.6，120 已接，待医院回话",
        "incident",
        "0003",
        at_hour(10),
        steps=(
            Step(at_hour(2.5), "0003", "已通知县人民医院", "worked"),
            Step(at_hour(3), "0004", "120 到站", "worked"),
        ),
    ),
    Matter(
        "m2",
        at_hour(3),
        "通行证注销，待石桥镇书面答复",
        "lane",
        "0002",
        at_hour(10),
        plate="豫G6A0W8",
        lane=2,
    ),
    Matter("m3", at_hour(4), "2 号测温枪偏高 0.3，停用待换", "item", "信息员", at_hour(8.5)),
    Matter("m4", at_hour(5), "桥北乡投诉待回电", "hand", "0002", at_hour(7.5)),
    Matter(
        "m5",
        at_hour(1),
        "路障移位",
        "hand",
        "0005",
        at_hour(2),
        closed=at_hour(1.8),
        result="已复位",
        officer="0005",
    ),
)
ITEMS = (
    Item("i1", "测温枪", "支", equipment=True, balance=5, due=6, condition="broken", counted=at_hour(7.9)),
    Item("i2", "扫描枪", "支", equipment=True, balance=4, due=4, condition="good", counted=at_hour(7.9)),
    Item(
        "i3",
        "N95 口罩",
        "只",
        equipment=False,
        balance=140,
        low=200,
        moves=(Moved(at_hour(1), 200, "县指挥部", "0005"), Moved(at_hour(4), -60, "三班", "0005")),
    ),
    Item("i4", "84 消毒液", "L", equipment=False, balance=18, low=5),
)
INCIDENT = Incident(
    "x1",
    "illness",
    at_hour(2),
    "3 车道乘客发热 37.6，脸色发白",
    due=at_hour(2.5),
    reported=at_hour(2.1),
    reported_to="指挥部 值班室",
    answered=at_hour(2.3),
    reply="按留观处置",
    closed=at_hour(3.2),
    result="120 接走",
    officer="0003",
    linked=("0" * 32,),
    transfers=(Transfer(at_hour(3.1), 1, "豫G12345", "120 急救 2 车", "县指挥部", "0003"),),
)
ORDERS = (
    Order(
        "o1",
        at_hour(0.5),
        "县指挥部",
        "豫防指〔2026〕12号",
        "外省货车一律登记放行，到站先测温。",
        at_hour(40),
        read=(("0001", at_hour(0.6)), ("0003", at_hour(0.7)), ("0004", at_hour(0.8)), ("0005", at_hour(1))),
    ),
    Order(
        "o2",
        at_hour(4),
        "镇政府",
        "口头",
        "运煤车走 4 车道",
        ended=at_hour(7),
        read=(("0001", at_hour(4.1)),),
    ),
)
ATTENDED = (
    Attended("0001", "王示范", "present", ("hut",), at_hour(-0.2), at_hour(8), 492, "lead"),
    Attended("0003", "刘㛃", "present", ("lane-1", "lane-3"), at_hour(-0.1), at_hour(8), 486),
    Attended("0004", "欧阳𬭊喆", "late", ("lane-2",), at_hour(0.3), at_hour(8), 462),
    Attended("0005", "马玥", "present", ("lane-4",), at_hour(-0.1), at_hour(8), 486),
    Attended("0006", "阿卜杜热合曼·买买提依明", "absent"),
)
NOTICES = (
    Notice("matter_overdue", {"title": "桥北乡投诉", "late_ms": 30 * MINUTE, "due": at_hour(7.5)}),
    Notice("data_stale", {"name": "watch", "version": "v88", "age": 29 * HOUR, "vehicles": 9_018}),
    Notice(
        "outage",
        {"what": "camera", "lane": 4, "since": at_hour(4.511), "until": at_hour(4.524), "vehicles": 5},
    ),
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
    answers = {
        line.key: Answer(line.key, Answered.ACCEPTED, officer="0002", at=at_hour(8)) for line in lines()
    }
    answers["matter:m4"] = Answer(
        "matter:m4", Answered.QUERIED, "为何不按时回电", officer="0002", at=at_hour(8)
    )
    answers["item:i1"] = Answer("item:i1", Answered.ACCEPTED, "一支在维修", 4, "0002", at_hour(8))
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
        visits=(Visit("v1", at_hour(6), "李检查", "县督导组", "路面秩序好；测温枪需校准", ("m3",), "0001"),),
        notes=(
            Noted("n1", at_hour(1), "0005", "07:40 交警支援 2 人到位"),
            Noted("n2", at_hour(6.5), "0003", "雾散，恢复四车道"),
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


def _hostile_handover() -> Handover:
    found = tuple(
        Line(n + 1, f"matter:b{n}", Part.OPEN, "matter", {"title": f"事项 {n} {HOSTILE}", "source": "hand"})
        for n in range(20)
    )
    return replace(
        handover(),
        state=State.CLOSED,
        lines=found,
        signatures=handover().signatures[:1],
        absent=(Absent(Side.INCOMING, "接班人醉酒，" + HOSTILE, "0001", ENDED, refused=True),),
    )


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
            HourLine(at_hour(n), 1_000 + n, 2_000, 1, 1, dict.fromkeys(range(1, 15), 70)) for n in range(40)
        ),
        counted_vehicles=98,
        counted_people=140,
        group="三班" + HOSTILE,
    )
    return replace(
        base,
        station="一个名字很长很长的检查站" * 4,
        number="2026-A-VERY-LONG-NUMBER-OF-A-SHEET-1121-3",
        figures=shift,
        notices=NOTICES * 3,
        copy=2,
        matters=tuple(
            Matter(
                f"b{n}", at_hour(n / 10), f"事项 {n} {HOSTILE}" + "很长" * 60, owner=HOSTILE, due=at_hour(n)
            )
            for n in range(20)
        ),
        items=tuple(replace(ITEMS[n % 4], id=f"b{n}", name=f"物品 {n} {HOSTILE}") for n in range(30)),
        notes=(
            Noted("n", at_hour(1), "0001", long),
            Noted("h", at_hour(2), "0001", HOSTILE),
            Noted("w", at_hour(2), "0001", "x" * 10_000),
        ),
        handover=_hostile_handover(),
        sealing=Sealing(254_211, DIGEST, (LONG_PROOF, LONG_PROOF[:-3] + "AAA", SHORT_PROOF)),
    )
