"""A correction of a crossing: a new entry with the values as they should have been, and why.

Public part {"ref", "why", "fields": {class, people, direction, lane, marks}}, personal part {"plate",
"colour", "from", "to", "purpose", "people": everybody as they now read, "why": own words}; only what changed.
The outcome is not amendable: what was done to somebody was done. An outcome that was never meant is voided
(`facts.outcome_undone`, a reason in words) and the crossing is recorded again where it happens.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from types import MappingProxyType

from checkpoint_app.domain import facts
from checkpoint_app.domain.canonical import Value
from checkpoint_app.domain.crossing import Crossing, Person
from checkpoint_app.domain.entry import Fact, Head
from checkpoint_app.domain.facts import By
from checkpoint_app.domain.plates import Plate
from checkpoint_app.domain.words import Direction, VehicleClass

MOST_PEOPLE = 300
MOST_LANES = 99
NOBODY: Mapping[int, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Changes:
    """Values as they should have been; None: as they were. `names` are by the persons' numbers."""

    plate: Plate | None = None
    vehicle: VehicleClass | None = None
    people: int | None = None
    direction: Direction | None = None
    lane: int | None = None
    origin: str | None = None
    destination: str | None = None
    purpose: str | None = None
    names: Mapping[int, str] = field(default_factory=lambda: NOBODY)

    @property
    def any(self) -> bool:
        return self != Changes()


@dataclass(frozen=True, slots=True)
class Reading:
    """The amendable part of a crossing, as it now reads."""

    plate: str
    plate_colour: str
    vehicle: str
    people: int
    direction: str
    lane: int
    origin: str
    destination: str
    purpose: str
    persons: tuple[Person, ...]


def wanted(changes: Changes, now: Reading) -> Changes:
    """`changes` without what already reads so and without numbers that no vehicle can have."""
    kept = {
        each.name: None
        for each in fields(Changes)
        if each.name not in {"plate", "names"} and getattr(changes, each.name) == getattr(now, each.name)
    }
    plate = changes.plate if changes.plate and changes.plate.text != now.plate else None
    people = changes.people if changes.people and 0 < changes.people <= MOST_PEOPLE else None
    lane = changes.lane if changes.lane and 0 < changes.lane <= MOST_LANES else None
    old = {person.number: person.name for person in now.persons}
    names = {n: name for n, name in changes.names.items() if n > 0 and name != old.get(n, "")}
    clean = replace(changes, plate=plate, people=people, lane=lane, names=names or NOBODY)
    return replace(clean, **kept)  # type: ignore[arg-type]


def crossing_amended(
    ref: Head, changes: Changes, *, ref_action: str, now: Reading, by: By, at: int, action: str, why: str
) -> Fact:
    """The entry at `ref` reads differently from now on; `changes` went through `wanted`."""
    public: dict[str, Value] = {
        "ref": facts.reference(ref, action=ref_action),
        **facts.code_of(why),
        "fields": _public_fields(changes),
    }
    personal = {**_personal_fields(changes, now), **facts.own_words(why)}
    return Fact(facts.CROSSING_AMENDED, action, at, public, personal or None, by.shift, by.officer)


def _public_fields(changes: Changes) -> dict[str, Value]:
    found: dict[str, Value] = {}
    if changes.vehicle is not None:
        found["class"] = changes.vehicle.value
    if changes.people is not None:
        found["people"] = changes.people
    if changes.direction is not None:
        found["direction"] = changes.direction.value
    if changes.lane is not None:
        found["lane"] = changes.lane
    if changes.plate is not None:
        marks: list[Value] = [*changes.plate.marks]
        found["marks"] = marks
    return found


def _personal_fields(changes: Changes, now: Reading) -> dict[str, Value]:
    texts = {"from": changes.origin, "to": changes.destination, "purpose": changes.purpose}
    found: dict[str, Value] = {name: text for name, text in texts.items() if text is not None}
    if changes.plate is not None:
        fits = now.plate_colour in changes.plate.colours
        found |= {"plate": changes.plate.text}
        found |= {} if fits else {"colour": _only(changes.plate.colours)}
    if changes.names:
        found["people"] = _people(renamed(now.persons, changes.names))
    return found


def renamed(persons: Sequence[Person], names: Mapping[int, str]) -> tuple[Person, ...]:
    """Everybody with the new names; somebody of whom nothing was known yet is added."""
    known = {person.number: person for person in persons}
    known |= {n: replace(known.get(n, Person(n)), name=name) for n, name in names.items()}
    return tuple(known[number] for number in sorted(known))


def _only(colours: Sequence[str]) -> str:
    """The colour a plate's form decides; blank when it leaves a choice."""
    return colours[0] if len(colours) == 1 else ""


def _people(persons: tuple[Person, ...]) -> Value:
    """As a crossing's own personal part has them."""
    told = facts.personal_of(Crossing("", 0, Direction.IN, 0, people=persons))
    return told["people"] if told else []
