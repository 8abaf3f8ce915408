"""Vehicles before a lane, worked by its service as an officer would; what left is kept on paper beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from checkpoint_app.demo.traffic import Arrival, arrivals
from checkpoint_app.domain.facts import By
from checkpoint_app.domain.passengers import Passenger
from checkpoint_app.domain.words import Outcome, VehicleClass, VerdictState
from checkpoint_app.services.lane import Lane
from tests.storage.desks import Clock

BY_HAND = "checked_by_hand"
GREEN = "https://jkm.henan.example/h5/code/{:020x}?c=g"
RED = "https://jkm.henan.example/h5/code/{:020x}?c=r"


@dataclass(slots=True)
class Paper:
    """A second count, by a pencil: vehicles and people by lane, and how they left."""

    vehicles: Counter[int] = field(default_factory=Counter)
    people: Counter[int] = field(default_factory=Counter)
    outcomes: Counter[str] = field(default_factory=Counter)
    counted: int = 0

    def left(self, lane: int, outcome: Outcome, *, people: int, vehicles: int = 1) -> None:
        self.vehicles[lane] += vehicles
        self.people[lane] += people
        self.outcomes[outcome.value] += vehicles


@dataclass(slots=True)
class Road:
    """All lanes of one shift, and the clock that goes on with every vehicle."""

    lanes: Sequence[Lane]
    clock: Clock
    dice: Random
    paper: Paper = field(default_factory=Paper)

    def hours(self, hours: float, *, vehicles: int) -> None:
        """So much traffic, evenly, over all lanes."""
        come = arrivals(self.dice.getrandbits(32))
        step = int(hours * 3_600_000 / vehicles)
        for place in range(vehicles):
            lane = self.dice.choices(self.lanes, (26, 26, 28, 20))[0]
            took = min(self._one(lane, next(come)), step)
            self.clock.pass_by(step - took)
            if place % 9 == 0:
                lane.count(people=2).saved.result()
                self.paper.counted += 1
        for lane in self.lanes:
            lane.minute()

    def _one(self, lane: Lane, arrival: Arrival) -> int:
        """One vehicle from its first code to its outcome; how long it took, ms."""
        took = 0
        for card in arrival.cards:
            for payload in card.payloads:
                took += self._wait(900, 3_500)
                lane.scanned(payload)
        if lane.state.open is None or not lane.state.open.plate:
            lane.plate(arrival.plate)
        lane.people(arrival.people)
        for tenths in arrival.tenths:
            took += self._wait(800, 2_500)
            lane.temperature(tenths)
        took += self._wait(500, 2_500)
        self.end(lane, *self._outcome(lane))
        return took

    def _outcome(self, lane: Lane) -> tuple[Outcome, str]:
        state = lane.verdict.state if lane.verdict else VerdictState.NOT_YET
        if state is VerdictState.PASS:
            return Outcome.RELEASED, ""
        if state is VerdictState.STOP:
            return self.dice.choice((Outcome.TURNED_BACK, Outcome.HELD)), ""
        return self.dice.choice((Outcome.REGISTERED, Outcome.REGISTERED, Outcome.TURNED_BACK)), BY_HAND

    def end(self, lane: Lane, outcome: Outcome, why: str = "", *, lead: By | None = None) -> str:
        """How the vehicle left, on disk and on paper; the action of its crossing."""
        crossing = lane.end(outcome, why=why, lead=lead).crossing
        others = sum(each.people for each in crossing.followers)
        self.paper.left(
            lane.state.number,
            outcome,
            people=crossing.headcount + others,
            vehicles=1 + len(crossing.followers),
        )
        lane.last.written.result()  # type: ignore[union-attr]
        return crossing.action

    def bus(self, lane: Lane, *, people: int = 12) -> str:
        """Everybody's code; one is too warm and stays behind."""
        lane.plate("豫A08T52")
        lane.vehicle(VehicleClass.BUS)
        lane.bus()
        lane.passengers([Passenger(seat=f"{n}", name=f"旅客{n:02}") for n in range(1, people + 1)])
        for number in range(people):
            lane.scanned(GREEN.format(0x7000 + number).encode())
            lane.temperature(384 if number == 2 else 361 + number % 8)
            self._wait(2_000, 4_000)
        lane.person_outcome(3, Outcome.HELD, why=BY_HAND)
        return self.end(lane, Outcome.REGISTERED, BY_HAND)

    def convoy(self, lane: Lane) -> str:
        """Three lorries with one outcome."""
        lane.scanned(GREEN.format(0x8000).encode())
        lane.plate("豫B6K278")
        lane.vehicle(VehicleClass.TRUCK)
        lane.convoy()
        for plate in ("豫B12345", "豫B23456"):
            lane.plate(plate)
        lane.temperature(365)
        self._wait(20_000, 40_000)
        return self.end(lane, Outcome.REGISTERED, BY_HAND)

    def red(self, lane: Lane, *, lead: By) -> str:
        """A red code; the lead has looked, gives the PIN and lets the vehicle go."""
        lane.scanned(RED.format(0x9000).encode())
        lane.plate("豫G72K72")
        lane.temperature(365)
        self._wait(60_000, 90_000)
        return self.end(lane, Outcome.RELEASED, lead=lead)

    def _wait(self, least: int, most: int) -> int:
        ms = self.dice.randint(least, most)
        self.clock.pass_by(ms)
        return ms
