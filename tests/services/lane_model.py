"""A second, much simpler idea of a lane: what must be on paper after any sequence of keys."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

FEVER, LIVING, WAIT, AWAY, LONGEST = 373, 340, 300_000, 5_000, 30_000


def free(taken: set[int]) -> int:
    return next(number for number in range(1, 300) if number not in taken)


@dataclass
class Vehicle:
    """`codes` by token: person, colour; `temps`: person, tenths, time; `others`: plates of a convoy."""

    plate: str = ""
    codes: dict[str, tuple[int, str]] = field(default_factory=dict)
    temps: list[tuple[int, int, int]] = field(default_factory=list)
    told, turn = 0, 1
    bus = foot = convoy = False
    others: list[str] = field(default_factory=list)
    apart: set[int] = field(default_factory=set)
    grave: frozenset[tuple[str, int]] = frozenset()

    @property
    def everybody(self) -> set[int]:
        people = {person for person, _ in self.codes.values()} | {one[0] for one in self.temps} | self.apart
        while len(people) < max(self.told, len(self.apart) + 1):
            people.add(free(people))
        return people

    def code(self, token: str, colour: str) -> None:
        having = {person for person, _ in self.codes.values()}
        self.codes.setdefault(token, (free(having | self.apart), colour))

    def due(self) -> None:
        person = free({one[0] for one in self.temps} | self.apart)
        if not (self.told and person > len(self.everybody)):
            self.turn = person

    def fever(self, person: int) -> bool:
        high, since = False, 0
        for whose, tenths, at in self.temps:
            if whose == person and tenths >= LIVING and not (high and at - since < WAIT):
                high, since = tenths >= FEVER, at
        return high

    def reasons(self) -> frozenset[tuple[str, int]]:
        codes = [({"r": "stop", "y": "look"}.get(one, ""), who) for who, one in self.codes.values()]
        last = {person: tenths for person, tenths, _ in self.temps}
        fevers = [("fever", person) for person in last if self.fever(person)]
        colds = [("cold", person) for person in last if last[person] < LIVING]
        return frozenset(one for one in codes + fevers + colds if one[0] and one[1] not in self.apart)

    @property
    def worst(self) -> str:
        kinds = {kind for kind, _ in self.reasons()}
        return "stop" if kinds & {"stop", "fever"} else "refer" if kinds else ""

    @property
    def state(self) -> str:
        measured = {person for person, tenths, _ in self.temps if tenths >= LIVING}
        coded = {person for person, _ in self.codes.values()}
        lacking = self.everybody - self.apart - (measured & coded)
        if self.worst:
            waits = self.bus and lacking - {person for _, person in self.reasons()}
            return "not_yet" if waits else self.worst
        return "not_yet" if lacking or not (self.plate or self.foot) else "pass"


@dataclass
class Book:
    """What must be in the ledger, and what stands here. `held`: codes that left: since when, last seen."""

    open: Vehicle | None = None
    parked: list[Vehicle] = field(default_factory=list)
    outcomes: Counter[str] = field(default_factory=Counter)
    people = undone = flags = voids = last_at = now = 0
    counted: list[int] = field(default_factory=list)
    last: tuple[Vehicle, str] | int | None = None
    held: dict[str, tuple[int, int]] = field(default_factory=dict)

    def here(self) -> Vehicle:
        self.open = self.open or Vehicle()
        return self.open

    def still_held(self, token: str) -> bool:
        since, seen = self.held.get(token, (0, -AWAY))
        held = not self.open and self.now - seen < AWAY and self.now - since < LONGEST
        self.held |= {token: (since, self.now)} if held else {}
        return held

    def weigh(self) -> None:
        if self.open:
            self.flags += bool(self.open.reasons() - self.open.grave)
            self.open.grave = self.open.reasons()

    def leave(self) -> Vehicle:
        gone, self.open = self.here(), None
        self.held |= dict.fromkeys(gone.codes, (self.now, self.now))
        return gone

    def park(self) -> None:
        if self.open:
            self.parked.append(self.leave())

    def resume(self, place: int) -> None:
        if place < len(self.parked):
            chosen = self.parked.pop(place)
            if self.open:
                self.parked.insert(place, self.leave())
            self.open, chosen.turn = chosen, 1
            chosen.due()
            self.weigh()

    def name(self, plate: str) -> None:
        here = self.open
        waiting = [plate in {vehicle.plate, *vehicle.others} for vehicle in self.parked]
        if here and here.convoy and here.plate and (plate == here.plate or not any(waiting)):
            if plate not in {here.plate, *here.others}:
                place = [*here.others, ""].index("")
                here.others[place : place + 1] = [plate]
            return
        if here is None or here.plate not in {"", plate} or (here.foot and not here.plate):
            self.park()
        if self.open is None and any(waiting):
            self.resume(waiting.index(True))
            return
        self.here().plate = plate

    def note(self, vehicle: Vehicle, outcome: str, *, sign: int) -> None:
        self.outcomes[outcome] += sign * (1 + len(vehicle.others))
        self.people += sign * (len(vehicle.everybody) + len(vehicle.others))

    def end(self, outcome: str) -> None:
        self.last, self.last_at = (self.leave(), outcome), self.now
        self.note(*self.last, sign=1)

    def undo(self) -> None:
        if isinstance(self.last, int):
            self.counted.remove(self.last)
        elif self.last:
            self.note(*self.last, sign=-1)
            self.undone += 1 + len(self.last[0].others)
            self.park()
            self.open = self.last[0]
            self.weigh()
        self.last = None
