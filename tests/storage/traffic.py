"""Invented crossings for the tests of search, counts and forgetting."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from checkpoint_app.domain import facts
from checkpoint_app.domain.canonical import Value
from checkpoint_app.domain.crossing import Crossing, Person
from checkpoint_app.domain.entry import Fact, Head
from checkpoint_app.domain.facts import By
from checkpoint_app.domain.verdict import Verdict
from checkpoint_app.domain.words import Direction, Evidence, Outcome, VehicleClass, VerdictState
from checkpoint_app.storage.appending import Written, new_action
from tests.storage.desks import DESK, START

BY = By("G25-01.20221015.1", "07")
DAY = 86_400_000
ZHANG = Person(1, "张三", "11010519491231002X", "citizen_id", "13800138000")


def crossing(*, plate: str = "豫A12345", people: tuple[Person, ...] = (ZHANG,), lane: int = 1) -> Crossing:
    """A car with its people, 6 s before START."""
    return Crossing(
        new_action(),
        lane,
        Direction.IN,
        START - 6_000,
        plate=plate,
        vehicle=VehicleClass.CAR,
        people=people,
    )


def crossed(
    what: Crossing | None = None,
    *,
    at: int = START,
    outcome: Outcome = Outcome.RELEASED,
    by: By = BY,
    evidence: Evidence = Evidence.SCANNED,
) -> Fact:
    """The crossing's entry; it began 6 s earlier."""
    what = replace(what or crossing(), started=at - 6_000)
    return facts.vehicle_crossed(what, Verdict(VerdictState.PASS, weakest=evidence), outcome, by=by, at=at)


def flagged(what: Crossing, *, at: int = START) -> Fact:
    """A check that spoke against the crossing."""
    verdict = Verdict(VerdictState.REFER)
    return facts.check_flagged(what, None, verdict, by=BY, at=at, action=new_action())


def undone(written: Written, *, at: int = START + 5_000) -> Fact:
    """The entry no longer counts."""
    return facts.outcome_undone(
        head_of(written), ref_action=written.action, by=BY, at=at, action=new_action(), why="slip"
    )


def amended(
    written: Written,
    *,
    public: Mapping[str, Value] | None = None,
    personal: Mapping[str, Value] | None = None,
    at: int = START + 9_000,
) -> Fact:
    """The entry with other values."""
    body: dict[str, Value] = {
        "ref": facts.reference(head_of(written), action=written.action),
        "why": "misread",
        "fields": public or {},
    }
    return Fact(facts.CROSSING_AMENDED, new_action(), at, body, personal, BY.shift, BY.officer)


def tallied(*, cars: int, people: int, minute: int = START // 60_000 * 60_000) -> Fact:
    """One minute of counted cars."""
    tally = facts.Tally(new_action(), 2, Direction.OUT, minute)
    return facts.tallied(
        tally.plus(VehicleClass.CAR, vehicles=cars, people=people), by=BY, at=minute + 60_000
    )


def head_of(written: Written) -> Head:
    """The place of a written entry."""
    return Head(DESK, written.epoch, written.seq, written.hash)
