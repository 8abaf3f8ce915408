"""An invented shift in figures. Nobody in it exists."""

from __future__ import annotations

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

HOUR, MINUTE = 3_600_000, 60_000
BEGAN = 1_795_219_200_000  # 2026-11-21 08:00 at UTC+8
ZONE = 480
ENDED = BEGAN + 8 * HOUR
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


def at_hour(hour: float) -> int:
    return BEGAN + int(hour * HOUR)


def exceptional(place: int) -> Exceptional:
    outcomes = ("turned_back", "registered", "held", "released", "transferred")
    return Exceptional(
        seq=245_000 + place * 7,
        action=f"{place:032x}",
        at=at_hour(place % 80 / 10) + place * 137,
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
        at=at_hour(place % 80 / 10),
        lane=place % 4 + 1,
        state="stop" if place % 3 else "refer",
        reasons=("code_red",),
        plate=f"豫G{place:05}",
        outcome="" if place % 9 == 8 else "turned_back",
        answered=0 if place % 9 == 8 else at_hour(place % 80 / 10) + 41_000,
    )


CLASSES = (
    ClassLine("car", 7_412, 13_020),
    ClassLine("truck", 1_204, 1_533),
    ClassLine("bus", 61, 2_109),
    ClassLine("foot", 341, 341),
)
CORRECTIONS = (
    Correction(
        249_001,
        at_hour(3),
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
        at_hour(5),
        233_104,
        "2026-11-21-2",
        late=True,
        undone=True,
        why="slip",
        officer="0004",
        replaced_by=250_119,
    ),
)
CLOCK = (ClockEvent(248_000, at_hour(2), "jumped", 7_200_000), ClockEvent(248_003, at_hour(2.1), "confirmed"))
OUTAGES = (
    Outage("camera", 4, at_hour(4.511), at_hour(4.524), 5, 249_500),
    Outage("printing", 0, at_hour(6), 0),
)
DATA = (DataAge("rules", "v12", 7 * HOUR, "fresh"), DataAge("watch", "v88", 29 * HOUR, "stale", 9_018))


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
                at_hour(n),
                VEHICLES[n],
                PEOPLE[n],
                BACK[n],
                HELD[n],
                {1: VEHICLES[n] - 600, 2: 250, 3: 250, 4: 100},
            )
            for n in range(8)
        ),
        classes=CLASSES,
        exceptions=tuple(map(exceptional, range(exceptions))),
        alarms=tuple(map(alarm, range(alarms))),
        corrections=CORRECTIONS,
        clock=CLOCK,
        outages=OUTAGES,
        data=DATA,
        seals=tuple(Sealed(241_500 + 500 * n, f"{n:064x}") for n in range(26)),
    )
