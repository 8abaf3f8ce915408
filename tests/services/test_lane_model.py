"""Any sequence of keys at a lane, with restarts, against a simpler idea of what must be on paper."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from checkpoint_app.domain import case, facts, judging
from checkpoint_app.domain import lane as lane_domain
from checkpoint_app.domain.crossing import Crossing
from checkpoint_app.domain.words import Outcome
from checkpoint_app.services import lane as lane_service
from checkpoint_app.services.endings import (
    LeadNeeded,
    ModeInUse,
    NobodyLeft,
    NothingOpen,
    NothingToUndo,
    ReasonNeeded,
)
from checkpoint_app.services.hold_off import HoldOff
from tests.domain.lanes import health
from tests.services.desks import desk_in, entries, kinds, lane_of
from tests.services.lane_model import Book, Vehicle
from tests.storage.desks import Clock

PUT_BACK = lane_domain.put_back
PLATES = ("豫A00001", "豫A00002", "豫A00003")
TOKENS = (("1", "g"), ("2", "g"), ("3", "y"), ("4", "r"))


class Keys(RuleBasedStateMachine):
    """What officers do, in any order."""

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.clock = Clock()
        self.book = Book()
        self.book.now = self.clock.wall
        self.desk_stack = ExitStack()
        self.open_up()

    def open_up(self) -> None:
        self.desk = self.desk_stack.enter_context(desk_in(self.folder, clock=self.clock))
        self.lane = lane_of(self.desk)

    @rule(token=st.sampled_from(TOKENS))
    def scan(self, token: tuple[str, str]) -> None:
        self.lane.scanned(health(int(token[0]), token[1]).encode())
        if not self.book.still_held(token[0]):
            self.book.here().code(*token)
            self.book.weigh()

    @rule(plate=st.sampled_from(PLATES))
    def plate(self, plate: str) -> None:
        self.lane.plate(plate)
        self.book.name(plate)

    @rule(tenths=st.sampled_from((330, 365, 366, 380)))
    def measure(self, tenths: int) -> None:
        self.lane.temperature(tenths)
        vehicle = self.book.here()
        vehicle.temps.append((vehicle.turn, tenths, self.clock.wall))
        vehicle.due()
        self.book.weigh()

    @rule(by=st.sampled_from((-9, -1, 1)))
    def step(self, by: int) -> None:
        self.lane.step(by)
        if vehicle := self.book.open:
            most = max(len(vehicle.everybody) + 1, *vehicle.apart, 1)
            vehicle.turn = min(max(vehicle.turn + by, 1), most)

    @rule(told=st.integers(0, 4))
    def tell(self, told: int) -> None:
        self.lane.people(told)
        self.book.here().told = told
        self.book.here().due()

    @rule()
    def void_the_last_temperature(self) -> None:
        if not self.book.open or not self.book.open.temps or self.lane.state.open is None:
            return
        checks = self.lane.state.open.checks
        place = max(n for n, one in enumerate(checks) if one.tenths is not None and not one.voided)
        self.lane.void(place, why="slip")
        self.book.open.temps.pop()
        self.book.open.due()
        self.book.voids += 1
        self.book.weigh()

    @rule(outcome=st.sampled_from(Outcome), why=st.sampled_from(("", "supplies")))
    def end(self, outcome: Outcome, why: str) -> None:
        refusal = self.refused(outcome, why)
        if refusal:
            with pytest.raises(refusal):
                self.lane.end(outcome, why=why)
            return
        self.lane.end(outcome, why=why).written.result()
        self.book.end(outcome.value)

    def refused(self, outcome: Outcome, why: str) -> type[Exception] | None:
        vehicle = self.book.open
        if vehicle is None:
            return NothingOpen
        if outcome not in {Outcome.RELEASED, Outcome.REGISTERED} or vehicle.state == "pass":
            return None
        if vehicle.worst == "stop":
            return LeadNeeded
        return None if why else ReasonNeeded

    @rule(on=st.booleans())
    def bus(self, on: bool) -> None:
        vehicle = self.book.open
        if not on and not (vehicle and vehicle.bus):
            self.lane.bus(on=False)
            return
        if vehicle and (vehicle.others if on else vehicle.apart):
            with pytest.raises(ModeInUse):
                self.lane.bus(on=on)
            return
        self.lane.bus(on=on)
        self.book.here().bus = on
        self.book.here().foot = self.book.here().convoy = False

    @rule()
    def foot(self) -> None:
        vehicle = self.book.open
        if vehicle and (vehicle.others or vehicle.apart):
            with pytest.raises(ModeInUse):
                self.lane.foot()
            return
        self.lane.foot()
        if vehicle and vehicle.plate:
            self.book.park()
        self.book.here().foot = True
        self.book.here().bus = self.book.here().convoy = False

    @rule(on=st.booleans())
    def convoy(self, on: bool) -> None:
        vehicle = self.book.open
        if not on and not (vehicle and vehicle.convoy):
            self.lane.convoy(on=False)
            return
        if vehicle and (vehicle.bus if on else vehicle.others):
            with pytest.raises(ModeInUse):
                self.lane.convoy(on=on)
            return
        self.lane.convoy(on=on)
        self.book.here().convoy = on
        self.book.here().foot = self.book.here().foot and not on

    @rule(vehicles=st.integers(1, 4))
    def convoy_count(self, vehicles: int) -> None:
        vehicle = self.book.open
        if vehicle is None or not vehicle.convoy:
            with pytest.raises(NothingOpen):
                self.lane.convoy_count(vehicles)
            return
        self.lane.convoy_count(vehicles)
        named = [plate for plate in vehicle.others if plate]
        vehicle.others = named + [""] * (vehicles - 1 - len(named))

    @rule(number=st.integers(1, 4), outcome=st.sampled_from(("held", "turned_back", "")))
    def person_outcome(self, number: int, outcome: str) -> None:
        vehicle = self.book.open
        if vehicle is None or number not in vehicle.everybody:
            refusal: type[Exception] | None = NothingOpen
        else:
            refusal = NobodyLeft if outcome and vehicle.everybody <= vehicle.apart | {number} else None
        if refusal:
            with pytest.raises(refusal):
                self.lane.person_outcome(number, outcome)
            return
        assert vehicle
        self.lane.person_outcome(number, outcome)
        vehicle.apart = vehicle.apart | {number} if outcome else vehicle.apart - {number}
        vehicle.due()
        self.book.weigh()

    @rule()
    def undo(self) -> None:
        if self.book.last is None or self.clock.wall - self.book.last_at > 10_000:
            with pytest.raises(NothingToUndo):
                self.lane.undo()
            return
        self.lane.undo().result()
        self.book.undo()

    @rule(people=st.integers(1, 5))
    def count(self, people: int) -> None:
        if self.book.open:
            return
        self.lane.count(people=people)
        self.book.counted.append(people)
        self.book.last, self.book.last_at = people, self.clock.wall

    @rule()
    def park(self) -> None:
        self.lane.park()
        self.book.park()

    @rule(place=st.integers(0, 3))
    def resume(self, place: int) -> None:
        self.lane.resume(place + 1)
        self.book.resume(place)

    @rule(ms=st.sampled_from((500, 4_000, 10_001, 300_000)))
    def wait(self, ms: int) -> None:
        self.clock.pass_by(ms)
        self.book.now = self.clock.wall
        self.lane.minute()

    @rule()
    def restart(self) -> None:
        before = self.lane.state
        self.desk_stack.close()
        self.open_up()
        assert self.lane.state == before
        self.book.last, self.book.held = None, {}

    @invariant()
    def the_lane_shows_what_the_paper_says(self) -> None:
        if not hasattr(self, "lane"):
            return
        assert [as_known(one) for one in self.lane.state.parked] == [known(one) for one in self.book.parked]
        assert as_known(self.lane.state.open) == known(self.book.open)
        assert (self.lane.verdict.state.value if self.lane.verdict else "") == (
            self.book.open.state if self.book.open else ""
        )
        standing = [one for one in (*self.book.parked, self.book.open) if one and one.state == "stop"]
        assert len(self.lane.state.stopped) == len(standing)

    def teardown(self) -> None:
        if not hasattr(self, "lane"):
            return
        try:
            self.lane.close()
            self.the_ledger_has_it_all()
        finally:
            self.desk_stack.close()
            shutil.rmtree(self.folder)

    def the_ledger_has_it_all(self) -> None:
        self.desk.ledger.keep({}).result()
        totals = self.desk.duty.totals(self.desk.by.shift)
        assert dict(totals.outcomes) == dict(+self.book.outcomes)
        assert (totals.people, totals.undone) == (self.book.people, self.book.undone)
        assert (totals.counted_vehicles, totals.counted_people) == (
            len(self.book.counted),
            sum(self.book.counted),
        )
        assert kinds(self.desk).count("check_flagged") == self.book.flags
        assert kinds(self.desk).count("check_voided") == self.book.voids
        references = [one["ref"]["action"] for one in entries(self.desk, "outcome_undone")]
        assert len(references) == len(set(references))


def as_known(crossing: Any) -> tuple[object, ...] | None:
    if crossing is None:
        return None
    apart, others = {one.number for one in crossing.apart}, [one.plate for one in crossing.followers]
    return crossing.plate, crossing.headcount, crossing.bus, crossing.convoy, apart, others


def known(vehicle: Vehicle | None) -> tuple[object, ...] | None:
    if vehicle is None:
        return None
    count = len(vehicle.everybody)
    return vehicle.plate, count, vehicle.bus, vehicle.convoy, vehicle.apart, vehicle.others


def _put_back_alone(state: Any, before: Any, *, action: str = "", following: Sequence[str] = ()) -> Any:
    alone = replace(before, open=replace(before.open, followers=()))
    return PUT_BACK(state, alone, action=action)


@pytest.mark.timeout(3600)
def test_any_sequence_of_keys_is_on_paper_as_it_happened(full_counts: bool) -> None:
    count = 300 if full_counts else 10
    run_state_machine_as_test(
        Keys,
        settings=settings(
            max_examples=count,
            derandomize=not full_counts,  # every run plays the same keys, the long one others each time
            stateful_step_count=40,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


# What each fault is noticed by; without the fault the same keys are as the model says.

CONVOY = ("plate:豫A00001", "convoy:on", "plate:豫A00002", "end:held")
HELD = ("plate:豫A00001", "bus:on", "scan:4r", "tell:2", "measure:365", "hold:1")
FAULTS: dict[str, tuple[tuple[Any, str, Any], tuple[str, ...]]] = {
    "convoys of which only the first vehicle is written": (
        (facts, "followers_crossed", lambda *given, **named: ()),
        CONVOY,
    ),
    "plates of a convoy that are lost": (
        (Crossing, "with_follower", lambda self, follower: self),
        CONVOY,
    ),
    "undo that takes back the first of a convoy only": (
        (lane_domain, "put_back", _put_back_alone),
        (*CONVOY, "undo"),
    ),
    "a bus that may go with a stop aside": (
        (lane_service, "allow", lambda *given, **named: None),
        ("bus:on", "tell:3", "scan:4r", "release"),
    ),
    "a stop aside that is the verdict of a bus not through": (
        (judging, "_aside", lambda case, findings: frozenset()),
        ("bus:on", "tell:3", "scan:4r"),
    ),
    "somebody held who still counts against the bus": ((Crossing, "apart", ()), HELD),
    "codes of the last vehicle that open the next": (
        (HoldOff, "holds", lambda *given, **named: False),
        ("scan:1g", "end:held", "scan:1g"),
    ),
    "codes that are held back for ever": (
        (HoldOff, "holds", lambda *given, **named: True),
        ("scan:1g", "end:held", "wait:10001", "scan:1g"),
    ),
    "no waiting before a second temperature": (
        (case, "_wait", lambda rules: 0),
        ("measure:380", "step:-1", "measure:365"),
    ),
    "waiting without end before a second temperature": (
        (case, "_wait", lambda rules: 10**9),
        ("measure:380", "step:-1", "wait:300000", "measure:365"),
    ),
}


def played(keys: Sequence[str]) -> None:
    """The keys one after the other at a lane of its own, compared with the model after each."""
    machine = Keys()
    machine.begin()
    does: dict[str, Callable[[str], object]] = {
        "plate": machine.plate,
        "scan": lambda text: machine.scan((text[0], text[1])),
        "measure": lambda text: machine.measure(int(text)),
        "tell": lambda text: machine.tell(int(text)),
        "step": lambda text: machine.step(int(text)),
        "wait": lambda text: machine.wait(int(text)),
        "bus": lambda text: machine.bus(text == "on"),
        "convoy": lambda text: machine.convoy(text == "on"),
        "hold": lambda text: machine.person_outcome(int(text), "held"),
        "end": lambda text: machine.end(Outcome(text), "supplies"),
        "release": lambda text: machine.end(Outcome.RELEASED, "supplies"),
        "undo": lambda text: machine.undo(),
    }
    try:
        for key in keys:
            name, _, text = key.partition(":")
            does[name](text)
            machine.the_lane_shows_what_the_paper_says()
    finally:
        machine.teardown()


@pytest.mark.parametrize("name", FAULTS)
def test_a_lane_with_a_fault_is_not_what_the_model_says(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    fault, keys = FAULTS[name]
    played(keys)
    monkeypatch.setattr(*fault)
    with pytest.raises((AssertionError, pytest.fail.Exception)):
        played(keys)
