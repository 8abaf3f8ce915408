"""Any sequence of keys at a lane, with restarts, against a simpler idea of what must be on paper."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from checkpoint_app.domain.words import Outcome
from checkpoint_app.services.endings import LeadNeeded, NothingOpen, NothingToUndo, ReasonNeeded
from tests.domain.lanes import health
from tests.services.desks import desk_in, entries, kinds, lane_of
from tests.services.lane_model import Book, Vehicle
from tests.storage.desks import Clock

PLATES = ("豫A00001", "豫A00002", "豫A00003")
TOKENS = (("1", "g"), ("2", "g"), ("3", "y"), ("4", "r"))


class Keys(RuleBasedStateMachine):
    """What officers do, in any order."""

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.clock, self.book = Clock(), Book()
        self.desk_stack = ExitStack()
        self.open_up()

    def open_up(self) -> None:
        self.desk = self.desk_stack.enter_context(desk_in(self.folder, clock=self.clock))
        self.lane = lane_of(self.desk)

    @rule(token=st.sampled_from(TOKENS))
    def scan(self, token: tuple[str, str]) -> None:
        self.lane.scanned(health(int(token[0]), token[1]).encode())
        self.book.here().codes.setdefault(*token)
        self.book.weigh()

    @rule(plate=st.sampled_from(PLATES))
    def plate(self, plate: str) -> None:
        self.lane.plate(plate)
        self.book.name(plate)

    @rule(tenths=st.sampled_from((330, 365, 366, 380)))
    def measure(self, tenths: int) -> None:
        self.lane.temperature(tenths)
        vehicle = self.book.here()
        vehicle.temps.append((vehicle.turn, tenths))
        vehicle.due()
        self.book.weigh()

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
        self.book.end(outcome.value, at=self.clock.wall)

    def refused(self, outcome: Outcome, why: str) -> type[Exception] | None:
        vehicle = self.book.open
        if vehicle is None:
            return NothingOpen
        if outcome not in {Outcome.RELEASED, Outcome.REGISTERED} or vehicle.state == "pass":
            return None
        if vehicle.state == "stop":
            return LeadNeeded
        return None if why else ReasonNeeded

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

    @rule(ms=st.sampled_from((500, 4_000, 10_001, 61_000)))
    def wait(self, ms: int) -> None:
        self.clock.pass_by(ms)
        self.lane.minute()

    @rule()
    def restart(self) -> None:
        before = self.lane.state
        self.desk_stack.close()
        self.open_up()
        assert self.lane.state == before
        self.book.last = None

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


def as_known(crossing: Any) -> tuple[str, int] | None:
    return (crossing.plate, crossing.headcount) if crossing else None


def known(vehicle: Vehicle | None) -> tuple[str, int] | None:
    return (vehicle.plate, vehicle.people) if vehicle else None


@pytest.mark.timeout(3600)
def test_any_sequence_of_keys_is_on_paper_as_it_happened(full_counts: bool) -> None:
    count = 300 if full_counts else 10
    run_state_machine_as_test(
        Keys,
        settings=settings(
            max_examples=count,
            stateful_step_count=40,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
