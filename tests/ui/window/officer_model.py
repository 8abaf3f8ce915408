"""What must stand at each lane and be on paper after any keys: a simpler idea than the program's."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

FEVER, LIVING, ROW = 373, 340, 9
GRAVE = {"r": "stop", "y": "look"}


@dataclass
class Vehicle:
    """One vehicle as somebody with pencil and paper would keep it. Temperatures by person, in order."""

    plate: str = ""
    codes: list[str] = field(default_factory=list)
    temps: list[tuple[int, int]] = field(default_factory=list)
    told: int = 0
    turn: int = 1
    colours: dict[str, str] = field(default_factory=dict)
    grave: frozenset[tuple[str, int]] = frozenset()
    stops: bool = False

    @property
    def people(self) -> int:
        measured = {person for person, _ in self.temps}
        return max(self.told, 1, len({*range(1, len(self.codes) + 1), *measured}))

    def due(self) -> None:
        having = {person for person, _ in self.temps}
        free = next(number for number in range(1, 200) if number not in having)
        self.turn = self.turn if self.told and free > self.people else free

    def fevers(self, person: int) -> bool:
        """A fever stays until five minutes are over, and nobody here waits five minutes."""
        return any(whose == person and tenths >= FEVER for whose, tenths in self.temps)

    def reasons(self) -> frozenset[tuple[str, int]]:
        found = {
            (GRAVE[self.colours[token]], place)
            for place, token in enumerate(self.codes, 1)
            if self.colours[token] in GRAVE
        }
        for person in {person for person, _ in self.temps}:
            own = [tenths for whose, tenths in self.temps if whose == person]
            found |= {("fever", person)} if self.fevers(person) else set()
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
    """One lane."""

    open: Vehicle | None = None
    parked: list[Vehicle] = field(default_factory=list)
    last: tuple[Vehicle, str] | int | None = None

    def here(self) -> Vehicle:
        self.open = self.open or Vehicle()
        return self.open


@dataclass
class Station:
    """Every lane, and what the ledger must hold."""

    books: dict[int, Book]
    selected: int
    outcomes: Counter[str] = field(default_factory=Counter)
    people: int = 0
    undone: int = 0
    flags: int = 0
    voids: int = 0
    counted: list[int] = field(default_factory=list)

    @property
    def book(self) -> Book:
        return self.books[self.selected]

    def weigh(self) -> None:
        """Every grave reason that was not there before is one more entry with all that are new."""
        vehicle = self.book.open
        if vehicle:
            now = vehicle.reasons()
            self.flags += bool(now - vehicle.grave)
            vehicle.grave = now

    def park(self) -> None:
        if self.book.open:
            self.book.parked.append(self.book.open)
            self.book.open = None

    def resume(self, place: int) -> None:
        chosen = self.book.parked.pop(place)
        if self.book.open:
            self.book.parked.insert(place, self.book.open)
        self.book.open = chosen
        chosen.turn = 1
        chosen.due()
        self.weigh()

    def name(self, plate: str, *, typed: bool) -> None:
        """A typed plate mends that of the vehicle that stands here; a scanned one is its own vehicle."""
        book = self.book
        if book.open is None or (book.open.plate not in {"", plate} and not typed):
            waiting = [vehicle.plate for vehicle in book.parked]
            if book.open and len(waiting) >= ROW and plate not in waiting:
                return
            self.park()
            if plate in waiting:
                self.resume(waiting.index(plate))
                return
        book.here().plate = plate
        self.weigh()

    def end(self, outcome: str) -> None:
        vehicle = self.book.open
        assert vehicle
        self.outcomes[outcome] += 1
        self.people += vehicle.people
        self.book.last, self.book.open = (vehicle, outcome), None

    def undo(self) -> None:
        last, self.book.last = self.book.last, None
        if isinstance(last, int):
            self.counted.remove(last)
        elif last:
            vehicle, outcome = last
            self.outcomes[outcome] -= 1
            self.people -= vehicle.people
            self.undone += 1
            self.park()
            self.book.open = vehicle
            self.weigh()
