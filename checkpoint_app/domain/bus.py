"""A bus: everybody in it is one crossing, whoever must be looked at is set aside, the rest goes on.

*Aside* is who has a reason to stop or to look closer and no outcome of their own yet; *apart* is who got one
(held, transferred, turned back) and does not go on with the vehicle. Pure.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from checkpoint_app.domain.crossing import Crossing, Person
from checkpoint_app.domain.identity import typed_document
from checkpoint_app.domain.lane import LaneState, with_turn_due
from checkpoint_app.domain.passengers import Passenger
from checkpoint_app.domain.verdict import Verdict
from checkpoint_app.domain.words import GRAVE, VehicleClass


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a bus is: `done` of `people`, by number who still lacks something, is aside, or apart."""

    people: int
    done: int
    missing: tuple[int, ...]
    aside: tuple[int, ...]
    apart: tuple[int, ...]


def aside(crossing: Crossing, verdict: Verdict) -> tuple[int, ...]:
    """Who has a reason to stop or to look closer and no outcome of their own, by number."""
    found = {one.person for one in verdict.reasons if one.state in GRAVE and one.person > 0}
    return tuple(sorted(found - _apart(crossing)))


def missing(crossing: Crossing, lacking: Iterable[int]) -> tuple[int, ...]:
    """Who of those with something missing still goes on with the vehicle, by number."""
    return tuple(sorted(set(lacking) - _apart(crossing)))


def progress(crossing: Crossing, verdict: Verdict, lacking: Iterable[int]) -> Progress:
    """How far the checking is; `lacking` are the numbers of those with something missing."""
    out, held = missing(crossing, lacking), aside(crossing, verdict)
    return Progress(
        verdict.people, verdict.checked, out, held, tuple(person.number for person in crossing.apart)
    )


def with_bus(state: LaneState, *, on: bool) -> LaneState:
    """The open crossing as a bus, or as no bus again; a bus is no convoy."""
    if state.open is None:
        return state
    kind = VehicleClass.BUS if on else VehicleClass.CAR
    return replace(state, open=replace(state.open, bus=on, convoy=False, vehicle=kind))


def is_begun(crossing: Crossing) -> bool:
    """Whether something was entered that only a bus has: a service, seats, people with their own outcome."""
    return bool(crossing.service or crossing.apart or any(person.seat for person in crossing.people))


def with_service(state: LaneState, service: str) -> LaneState:
    """The number of the service as the bus shows it."""
    return replace(state, open=replace(state.open, service=service)) if state.open else state


def with_passengers(state: LaneState, rows: Sequence[Passenger]) -> LaneState:
    """The passengers of a list in its order.

    Whoever showed the same document already, or stands there with the same seat and name, is that passenger,
    one of them at most; everybody else takes the first number that nobody known has.
    """
    if state.open is None:
        return state
    people = {person.number: person for person in state.open.people}
    known = {n for n, person in people.items() if person.name or person.document or person.outcome}
    there, documents = dict(people), {row.document for row in rows if row.document}
    for row in rows:
        number = _holding(row.document, people) or _named(row, there, documents)
        number = number or next(n for n in range(1, len(known) + 2) if n not in known)
        there.pop(number, None)
        known.add(number)
        people[number] = _listed(people.get(number, Person(number)), row)
    crossing = replace(state.open, people=tuple(people[number] for number in sorted(people)))
    return with_turn_due(replace(state, open=crossing))


def with_outcome(state: LaneState, number: int, outcome: str, *, why: str) -> LaneState:
    """The person with that number stays behind; with "" goes on after all."""
    if state.open is None:
        return state
    person = replace(state.open.person(number), outcome=outcome, why=why if outcome else "")
    crossing = state.open.with_person(person)
    if person == Person(number):
        crossing = replace(crossing, people=tuple(one for one in crossing.people if one != person))
    return with_turn_due(replace(state, open=crossing))


def without(state: LaneState, number: int) -> LaneState:
    """The list names somebody who is not aboard: off the list, and counted no more."""
    if state.open is None:
        return state
    people = tuple(person for person in state.open.people if person.number != number)
    told = min(state.open.told, state.open.headcount - 1)
    return with_turn_due(replace(state, open=replace(state.open, people=people, told=told)))


def _holding(document: str, people: Mapping[int, Person]) -> int:
    return next((n for n, person in people.items() if document and person.document == document), 0)


def _named(row: Passenger, there: Mapping[int, Person], documents: Collection[str]) -> int:
    """Who of those there before the list it is by seat and name, 0 for nobody; `documents` are the list's."""
    if row.document or not row.name:
        return 0
    named = (n for n, person in there.items() if (person.seat, person.name) == (row.seat, row.name))
    return next((n for n in named if there[n].document not in documents), 0)


def _listed(person: Person, row: Passenger) -> Person:
    """What the list says fills blanks; it never replaces what was scanned or typed."""
    kind = typed_document(row.document).kind.value if row.document else ""
    return replace(
        person,
        seat=person.seat or row.seat,
        name=person.name or row.name,
        document=person.document or row.document,
        document_kind=person.document_kind or kind,
        phone=person.phone or row.phone,
    )


def _apart(crossing: Crossing) -> set[int]:
    return {person.number for person in crossing.apart}
