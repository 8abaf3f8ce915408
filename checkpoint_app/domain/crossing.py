"""One vehicle, or people on foot, at a lane: what is known until the outcome key ends it.

Frozen; every change makes a new value. `facts` turns it into the public and personal part of an entry.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from checkpoint_app.domain.words import CheckKind, Direction, Evidence, VehicleClass


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at. `person` counts from 1, 0 is the vehicle; `at` and `taken` are ms UTC.

    `result` by kind: health and travel codes green/yellow/red/grey, "presented" when the code carries no
    colour and the officer has to look at the page (evidence scanned, never verified); tests
    negative/positive; temperatures "measured"; an OTHER_CODE is "unread"; everything else "presented".
    `tenths` is a temperature in tenths of a degree Celsius.
    """

    kind: CheckKind
    result: str
    evidence: Evidence
    at: int
    person: int = 0
    tenths: int | None = None
    taken: int | None = None
    source: str = ""  # public name of what was read: a link pattern, "HC1", "typed"
    digest: str = ""  # keyed digest of the payload, hex; personal
    voided: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the vehicle; `number` counts from 1, the driver first."""

    number: int
    name: str = ""
    document: str = ""
    document_kind: str = ""  # citizen_id, residence_permit, passport, …
    phone: str = ""
    evidence: Evidence = Evidence.DECLARED
    seat: str = ""
    outcome: str = ""  # held, transferred, turned_back: does not go on with the vehicle; "" goes on
    why: str = ""  # the reason for that outcome, a code of `words.REASONS` or the officer's own words


@dataclass(frozen=True, slots=True)
class Follower:
    """One more vehicle of a convoy: no checks of its own, the verdict is that of the first."""

    action: str
    plate: str = ""
    plate_colour: str = ""
    plate_marks: tuple[str, ...] = ()
    vehicle: VehicleClass = VehicleClass.CAR
    people: int = 1
    replaces: str = ""  # action of the undone entry this one takes the place of


@dataclass(frozen=True, slots=True)
class Crossing:
    """`action` is made when the crossing starts and becomes the entry's idempotency key."""

    action: str
    lane: int
    direction: Direction
    started: int
    plate: str = ""
    plate_colour: str = ""
    plate_marks: tuple[str, ...] = ()
    vehicle: VehicleClass = VehicleClass.CAR
    people: tuple[Person, ...] = ()
    told: int = 0  # people counted by the officer; 0: not told
    checks: tuple[Check, ...] = ()
    origin: str = ""
    destination: str = ""
    purpose: str = ""
    replaces: str = ""  # action of the undone crossing this one takes the place of
    plate_at: int = 0  # ms UTC when the plate was first known; 0: not known
    bus: bool = False  # bus mode: everybody is one crossing, codes go down the list
    service: str = ""  # of a bus on a line: K108
    convoy: bool = False  # further plates are further vehicles of this crossing
    followers: tuple[Follower, ...] = ()

    @property
    def apart(self) -> tuple[Person, ...]:
        """People who do not go on with the vehicle."""
        return tuple(person for person in self.people if person.outcome)

    @property
    def headcount(self) -> int:
        """Everybody who came, as far as known. A vehicle has a driver even when nobody was entered, and
        somebody goes on with it whoever stays behind.
        """
        named = {person.number for person in self.people}
        checked = {check.person for check in self.valid_checks if check.person > 0}
        return max(len(named | checked), self.told, len(self.apart) + 1)

    @property
    def valid_checks(self) -> tuple[Check, ...]:
        return tuple(check for check in self.checks if not check.voided)

    def checks_of(self, person: int) -> tuple[Check, ...]:
        """Valid checks of one person, or of the vehicle for 0."""
        return tuple(check for check in self.valid_checks if check.person == person)

    def with_follower(self, follower: Follower) -> Crossing:
        """The convoy with one more vehicle, or with its plate for the first that was only counted.

        How many people are in it was told for all of them.
        """
        if follower.plate in {self.plate, *(known.plate for known in self.followers)} - {""}:
            return self
        row = list(self.followers)
        blank = next((place for place, known in enumerate(row) if not known.plate), len(row))
        if blank < len(row):
            row[blank] = replace(
                row[blank],
                plate=follower.plate,
                plate_colour=follower.plate_colour,
                plate_marks=follower.plate_marks,
            )
            return replace(self, followers=tuple(row))
        people = row[0].people if row else follower.people
        return replace(self, followers=(*row, replace(follower, people=people)))

    def with_check(self, check: Check) -> Crossing:
        return replace(self, checks=(*self.checks, check))

    def with_person(self, person: Person) -> Crossing:
        """The crossing with `person` added, or put in the place of the one with the same number."""
        others = [known for known in self.people if known.number != person.number]
        return replace(self, people=tuple(sorted((*others, person), key=lambda known: known.number)))

    def person(self, number: int) -> Person:
        """The person with that number, blank when nobody was entered yet."""
        return next((known for known in self.people if known.number == number), Person(number))
