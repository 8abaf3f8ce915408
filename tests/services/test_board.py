"""The board's figures, held against what was put in."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from checkpoint_app.domain import facts
from checkpoint_app.domain.crossing import Person
from checkpoint_app.domain.entry import Fact
from checkpoint_app.domain.figures import HourLine
from checkpoint_app.domain.forecast import Forecast, NotYet
from checkpoint_app.domain.verdict import DataSet, Verdict
from checkpoint_app.domain.words import Evidence, Outcome, VehicleClass, VerdictState
from checkpoint_app.services import board
from checkpoint_app.services.board import DAY, Board, BoardReading, SeenAt
from checkpoint_app.storage import queries
from checkpoint_app.storage.appending import new_action
from checkpoint_app.storage.hour_slots import HOUR
from checkpoint_app.storage.ledger import Ledger
from checkpoint_app.storage.rows import ShiftRow
from tests.storage.desks import DESK, START, Clock, opened
from tests.storage.traffic import ZHANG, crossed, crossing, tallied, undone

ZONE, MINUTE = 480, 60_000
BEGUN = START // HOUR * HOUR + 20 * MINUTE
SHIFT = f"{DESK}.20221015.1"
BY = facts.By(SHIFT, "07")
NOT_YET = NotYet("pace", 0, 5)


def shift_fact(name: str, *, at: int) -> Fact:
    return facts.shift_opened(
        name, group="三班", lead="01", officers={"01": "王五"}, at=at, action=new_action()
    )


def passed(at: int, *, lane: int = 1, outcome: Outcome = Outcome.RELEASED, **more: object) -> Fact:
    evidence = more.pop("evidence", Evidence.SCANNED)
    assert isinstance(evidence, Evidence)
    what = replace(crossing(lane=lane), **more)  # type: ignore[arg-type]
    return crossed(what, at=at, outcome=outcome, by=BY, evidence=evidence)


def read(ledger: Ledger, reading: BoardReading, *, now: int) -> Board:
    with ledger.reader() as reader:
        shift = queries.open_shift(reader, desk=DESK)
        assert shift is not None
        return reading.read(reader, shift, now=now, zone=ZONE, working=2)


def test_the_board_of_a_shift_counts_what_it_did_and_follows_what_comes(tmp_path: Path) -> None:
    now = BEGUN + 2 * HOUR
    bus = replace(ZHANG, number=2, outcome="held")
    reading = BoardReading(DESK)
    with opened(tmp_path, tick=Clock(wall=BEGUN)) as ledger:
        ledger.append([shift_fact(SHIFT, at=BEGUN)]).result()
        written = ledger.append(
            [
                passed(BEGUN - MINUTE),
                passed(BEGUN + MINUTE, evidence=Evidence.SEEN),
                passed(BEGUN + HOUR, lane=2, outcome=Outcome.HELD),
                passed(BEGUN + HOUR, lane=2, people=(ZHANG, bus), vehicle=VehicleClass.BUS),
                passed(now, lane=2, outcome=Outcome.TURNED_BACK),
            ]
        ).result()
        first = read(ledger, reading, now=now)
        ledger.append([passed(now, lane=1), undone(written[3])]).result()
        ledger.append([tallied(cars=3, people=7, minute=now // MINUTE * MINUTE)]).result()
        second = read(ledger, reading, now=now + MINUTE)
    assert [(each.lane, each.vehicles, each.people) for each in first.lanes] == [(1, 1, 1), (2, 3, 4)]
    assert dict(first.held) == {2: 2}
    assert dict(first.evidence) == {"seen": 1, "scanned": 4}
    assert [hour.vehicles for hour in first.hours] == [1, 2, 1]
    assert dict(first.hours[1].by_lane) == {2: 2}
    assert first.seen == (SeenAt(1, "car", 1),)
    assert first.people == 5
    assert dict(second.held) == {2: 1}
    assert [(each.lane, each.vehicles, each.counted) for each in second.lanes] == [(1, 2, 0), (2, 2, 3)]
    assert second.seen == (SeenAt(2, "car", 7), SeenAt(1, "car", 1))


def test_the_same_shift_of_the_day_before_is_compared_with(tmp_path: Path) -> None:
    before, other = f"{DESK}.20221014.1", f"{DESK}.20221014.2"
    began = BEGUN - DAY + 25 * MINUTE
    with opened(tmp_path, tick=Clock(wall=BEGUN)) as ledger:
        for name, at, evidence in (
            (before, began, Evidence.SEEN),
            (other, began + 8 * HOUR, Evidence.VERIFIED),
        ):
            by = facts.By(name, "01")
            ledger.append([shift_fact(name, at=at)]).result()
            ledger.append([crossed(at=at + HOUR, evidence=evidence, by=by)]).result()
            closing = facts.shift_closed(by=by, at=at + 8 * HOUR - 1, action=new_action(), totals={})
            ledger.append([closing]).result()
        ledger.append([shift_fact(SHIFT, at=BEGUN)]).result()
        found = read(ledger, BoardReading(DESK), now=BEGUN + HOUR)
    assert found.yesterday == {"seen": 1}


def test_without_a_like_shift_nothing_is_compared() -> None:
    def row(name: str, opened: int, closed: int | None = 1) -> ShiftRow:
        return ShiftRow(name, DESK, "三班", "01", opened, ZONE, closed)

    now = row("S", BEGUN, None)
    assert board.same_shift([row("A", BEGUN - DAY - 3 * HOUR), row("B", BEGUN - 2 * DAY), now], now) is None
    assert board.same_shift([row("A", BEGUN - DAY, None)], now) is None
    near, nearer = row("A", BEGUN - DAY - HOUR), row("B", BEGUN - DAY + MINUTE)
    assert board.same_shift([near, nearer, now], now) is nearer


def test_hours_in_which_nobody_came_are_there() -> None:
    found = board.hours_of((), since=BEGUN, now=BEGUN + 2 * HOUR, zone=ZONE)
    assert [hour.start for hour in found] == [BEGUN // HOUR * HOUR + place * HOUR for place in range(3)]
    assert board.hours_of((), since=BEGUN, now=BEGUN - MINUTE, zone=ZONE) == found[:1]


def test_the_running_hour_is_foretold_by_what_will_come_and_can_go() -> None:
    start = START // HOUR * HOUR
    hour = HourLine(start, vehicles=100)
    now = start + 30 * MINUTE
    slow = Forecast(waiting=20, error=5, demand=120, capacity=90, lanes_needed=3, days=7)
    assert board.hour_foretold(hour, slow, now=now, opened=start) == 190
    assert board.hour_foretold(hour, replace(slow, capacity=500), now=now, opened=start) == 220
    assert board.hour_foretold(hour, NOT_YET, now=now, opened=start) == 200
    assert board.hour_foretold(hour, NOT_YET, now=now, opened=now - 20 * MINUTE) == 250
    assert board.hour_foretold(hour, NOT_YET, now=start + 9 * MINUTE, opened=0) is None
    assert board.hour_foretold(HourLine(start), NOT_YET, now=now, opened=0) is None


def test_data_sets_grow_older_with_the_time_since_they_were_used(tmp_path: Path) -> None:
    sets = (DataSet("rules", "12", 3 * HOUR, "fresh"), DataSet("watch", "88", None, "missing"))
    verdict = Verdict(VerdictState.PASS, data=sets)
    with opened(tmp_path, tick=Clock(wall=BEGUN)) as ledger:
        ledger.append([shift_fact(SHIFT, at=BEGUN)]).result()
        what = crossing(people=(Person(1),))
        ledger.append(
            [facts.vehicle_crossed(what, verdict, Outcome.RELEASED, by=BY, at=BEGUN + MINUTE)]
        ).result()
        found = read(ledger, BoardReading(DESK), now=BEGUN + HOUR)
        empty = read(ledger, BoardReading(DESK), now=BEGUN)
    assert found.sets == (
        DataSet("rules", "12", 3 * HOUR + 59 * MINUTE, "fresh"),
        DataSet("watch", "88", None, "missing"),
    )
    assert empty.sets == ()
