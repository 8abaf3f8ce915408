"""What must be known first: gravest first, and something to say of every shift."""

from __future__ import annotations

from dataclasses import replace

from checkpoint_app.domain.figures import (
    Alarm,
    ClockEvent,
    Correction,
    DataAge,
    Exceptional,
    Outage,
    ShiftFigures,
)
from checkpoint_app.domain.handover import Absent, Handover, Side, State
from checkpoint_app.domain.logbook import Incident, Item, Matter, Order
from checkpoint_app.domain.notices import notices
from checkpoint_app.domain.report import Attended

NOW = 1_000_000
QUIET = ShiftFigures("S.20261121.1", "S", "e", "三", "01", 1, NOW, 480, 1, 9)


def codes(figures: ShiftFigures = QUIET, **more: object) -> list[str]:
    return [each.code for each in notices(figures, now=NOW, **more)]  # type: ignore[arg-type]


def test_of_a_quiet_shift_it_is_said_that_nothing_is_grave() -> None:
    assert codes() == ["nothing", "seen_only", "corrections"]


BUSY = replace(
    QUIET,
    alarms=(Alarm(3, 1, 1, "stop", ("WATCH-1",)), Alarm(4, 1, 1, "stop", (), voided=True)),
    data=(DataAge("rules", "1", None, "fresh"), DataAge("watch", "7", 5, "stale", 12)),
    outages=(Outage("camera", 1, 10, 20, 1), Outage("saving", 0, 10, 20, 9)),
    clock=(ClockEvent(5, 1, "jumped", 9_000), ClockEvent(6, 1, "confirmed")),
    people_apart={"held": 2},
    exceptions=(
        Exceptional(1, "a", 1, 1, "in", "", "transferred", "pass", people=3),
        Exceptional(2, "b", 1, 1, "in", "", "held", "pass", people=5, elsewhere=True),
    ),
    corrections=(Correction(8, 1, 2, "S.20261120.3", late=True, undone=True),),
)
MATTERS = (
    Matter("m", 1, "修灯", due=NOW - 7),
    Matter("n", 1, "later", due=NOW + 7),
    Matter("c", 1, "done", due=1, closed=2),
)
INCIDENTS = (
    Incident("i", "illness", 1, "x", due=NOW - 9),
    Incident("j", "crowd", 1, "y", due=1, answered=2),
)
ITEMS = (
    Item("t", "测温枪", "把", equipment=True, due=4, balance=3),
    Item("w", "水", "瓶", equipment=False, balance=9, low=5),
)
ATTENDED = (Attended("01", "", "present"), Attended("02", "", "late"), Attended("03", "", "absent"))
HANDED = Handover(
    "S",
    State.CLOSED,
    absent=(Absent(Side.INCOMING, "醉酒", "01", 1, refused=True), Absent(Side.OUTGOING, "病", "01", 1)),
)


def test_everything_grave_is_told_in_its_order() -> None:
    found = notices(
        BUSY,
        now=NOW,
        matters=MATTERS,
        incidents=INCIDENTS,
        orders=(Order("o", 1, "县", "12", "", read=(("01", 3),)),),
        items=ITEMS,
        attended=ATTENDED,
        handover=HANDED,
    )
    assert [(each.code, dict(each.facts)) for each in found] == [
        ("incident_unanswered", {"kind": "illness", "late_ms": 9, "due": NOW - 9}),
        ("matter_overdue", {"title": "修灯", "late_ms": 7, "due": NOW - 7}),
        ("lead_refused", {"why": "醉酒"}),
        ("one_side_absent", {"side": "outgoing", "why": "病"}),
        ("alarm_unanswered", {"alarms": 1}),
        ("data_stale", {"name": "watch", "version": "7", "age": 5, "vehicles": 12}),
        ("outage", {"what": "saving", "lane": 0, "since": 10, "until": 20, "vehicles": 9}),
        ("outage", {"what": "camera", "lane": 1, "since": 10, "until": 20, "vehicles": 1}),
        ("clock_jumped", {"at": 1, "off": 9_000}),
        ("item_short", {"name": "测温枪", "balance": 3, "wanted": 4, "unit": "把", "equipment": True}),
        ("order_unread", {"number": "12", "officers": 1}),
        ("officers_absent", {"absent": 1, "should": 3}),
        ("watch_hits", {"hits": 1, "unanswered": 1}),
        ("held", {"people": 5}),
        ("seen_only", {"people": 0, "all": 0}),
        ("corrections", {"n": 1, "late": 1, "undone": 0}),
    ]
