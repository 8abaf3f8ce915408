"""A second, much simpler idea of a lane: what must be on paper after any sequence of keys."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

FEVER, LIVING = 373, 340


@dataclass
class Vehicle:
    """One vehicle as somebody with pencil and paper would keep it. `temps` and `codes` by person from 1."""

    plate: str = ""
    codes: dict[str, str] = field(default_factory=dict)
    temps: list[tuple[int, int]] = field(default_factory=list)
    told: int = 0
    turn: int = 1
    grave: frozenset[tuple[str, int]] = frozenset()

    @property
    def people(self) -> int:
        return max(self.told, 1, len({*range(1, len(self.codes) + 1), *(person for person, _ in self.temps)}))

    def due(self) -> None:
        """Whose turn it is after something changed."""
        having = {person for person, _ in self.temps}
        free = next(number for number in range(1, 200) if number not in having)
        if not (self.told and free > self.people):
            self.turn = free

    def reasons(self) -> frozenset[tuple[str, int]]:
        found = set()
        for person, colour in enumerate(self.codes.values(), start=1):
            found |= {("stop", person)} if colour == "r" else {("look", person)} if colour == "y" else set()
        for person in {person for person, _ in self.temps}:
            own = [tenths for whose, tenths in self.temps if whose == person]
            living = [tenths for tenths in own if tenths >= LIVING]
            found |= {("fever", person)} if living and living[-1] >= FEVER else set()
            found |= {("cold", person)} if own[-1] < LIVING else set()
        return frozenset(found)

    @property
    def state(self) -> str:
        kinds = {kind for kind, _ in self.reasons()}
        if kinds & {"stop", "fever"}:
            return "stop"
        if kinds:
            return "refer"
        measured = {person for person, tenths in self.temps if tenths >= LIVING}
        everybody = set(range(1, self.people + 1)) | {person for person, _ in self.temps}
        whole = everybody <= measured and len(self.codes) >= max(everybody)
        return "pass" if whole and self.plate else "not_yet"


@dataclass
class Book:
    """Everything that must be found in the ledger, and what stands at the lane."""

    open: Vehicle | None = None
    parked: list[Vehicle] = field(default_factory=list)
    outcomes: Counter[str] = field(default_factory=Counter)
    people: int = 0
    undone: int = 0
    flags: int = 0
    voids: int = 0
    counted: list[int] = field(default_factory=list)
    last: tuple[Vehicle, str] | int | None = None
    last_at: int = 0

    def here(self) -> Vehicle:
        self.open = self.open or Vehicle()
        return self.open

    def weigh(self) -> None:
        """Every grave reason that was not there before is one more entry with all that are new."""
        if self.open:
            now = self.open.reasons()
            self.flags += bool(now - self.open.grave)
            self.open.grave = now

    def park(self) -> None:
        if self.open:
            self.parked.append(self.open)
            self.open = None

    def resume(self, place: int) -> None:
        if place >= len(self.parked):
            return
        chosen = self.parked.pop(place)
        if self.open:
            self.parked.insert(place, self.open)
        self.open = chosen
        chosen.turn = 1
        chosen.due()
        self.weigh()

    def name(self, plate: str) -> None:
        if self.open is None or self.open.plate not in {"", plate}:
            waiting = [vehicle.plate for vehicle in self.parked]
            self.park()
            if plate in waiting:
                self.resume(waiting.index(plate))
                return
        self.here().plate = plate
        self.weigh()

    def end(self, outcome: str, *, at: int) -> None:
        assert self.open
        self.outcomes[outcome] += 1
        self.people += self.open.people
        self.last, self.last_at, self.open = (self.open, outcome), at, None

    def undo(self) -> None:
        if isinstance(self.last, int):
            self.counted.remove(self.last)
        elif self.last:
            vehicle, outcome = self.last
            self.outcomes[outcome] -= 1
            self.people -= vehicle.people
            self.undone += 1
            self.park()
            self.open = vehicle
            self.weigh()
        self.last = None
