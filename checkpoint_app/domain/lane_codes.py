"""What a scanned code does to a lane: a plate, a declaration, a document or a check of somebody. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from checkpoint_app.domain import lane
from checkpoint_app.domain.codes import Code
from checkpoint_app.domain.crossing import Check, Crossing, Person
from checkpoint_app.domain.identity import typed_document
from checkpoint_app.domain.lane import LaneState
from checkpoint_app.domain.words import CheckKind, CodeClass, Evidence

_CHECK_OF = {
    CodeClass.HEALTH_LINK: (CheckKind.HEALTH_CODE, True),
    CodeClass.TRAVEL_LINK: (CheckKind.TRAVEL_CODE, True),
    CodeClass.VENUE_LINK: (CheckKind.VENUE_CODE, True),
    CodeClass.HCERT: (CheckKind.CREDENTIAL, True),
    CodeClass.SMART_HEALTH_CARD: (CheckKind.CREDENTIAL, True),
    CodeClass.OWN_PASS: (CheckKind.PASS, False),
    CodeClass.TRUCK_PASS: (CheckKind.PASS, False),
}
"""The check a class of code is, and whether it belongs to a person or to the vehicle."""


MOST_CHECKS = 1_000
MOST_PEOPLE = 300
"""What codes may bring to one crossing, so that its entry is never too long to be written: a phone can show
fifteen made-up codes a second. What an officer types is not limited."""


def with_code(state: LaneState, code: Code, *, digest: str, now: int, action: str) -> LaneState:
    """Whatever a camera or scanner read, put where it belongs.

    In a bus everything belongs to the bus: another plate is not taken. A code read twice changes nothing,
    nor does any but a plate once the crossing is full.
    """
    told = code.facts
    if code.kind is CodeClass.PLATE:
        if _is_other_plate(state, told["plate"]):
            return state
        colour = lane.only_colour(tuple(told.get("colours", "").split()))
        return lane.with_plate(state, told["plate"], colour=colour, marks=(), now=now, action=action)
    if code.kind is CodeClass.DECLARATION:
        return _with_declaration(state, code, digest=digest, now=now, action=action)
    state = lane.started(state, now=now, action=action)
    if code.kind is not CodeClass.CITIZEN_ID:
        return _with_check(state, code, digest=digest, now=now)
    kind, scanned = told.get("document", "citizen_id"), Evidence.SCANNED
    after = lane.with_document(state, told["id"], kind, evidence=scanned, source="id", digest=digest, now=now)
    return state if _is_too_much(state, after) else after


def _with_check(state: LaneState, code: Code, *, digest: str, now: int) -> LaneState:
    crossing = state.open
    if crossing is None or _has(crossing, digest):
        return state
    kind, personal = _CHECK_OF.get(code.kind, (CheckKind.OTHER_CODE, False))
    result = "unread" if kind is CheckKind.OTHER_CODE else lane.UNCOLOURED
    check = Check(
        kind,
        code.facts.get("colour") or result,
        Evidence.SCANNED,
        now,
        _whose(crossing, kind, code.facts.get("id", "")) if personal else 0,
        source=code.facts.get("name", code.kind.value),
        digest=digest,
    )
    after = replace(state, open=crossing.with_check(check))
    return state if _is_too_much(state, after) else after


def _whose(crossing: Crossing, kind: CheckKind, document: str) -> int:
    """The person with the document that a code names, else the next one without that kind of check."""
    held = (person.number for person in crossing.people if document and person.document == document)
    return next(held, 0) or lane.next_without(crossing, kind)


def _with_declaration(state: LaneState, code: Code, *, digest: str, now: int, action: str) -> LaneState:
    """A traveller's own word: plate, people and places as declared. Another vehicle's parks the open one."""
    told = code.facts
    if "plate" in told and not _is_other_plate(state, told["plate"]):
        state = lane.with_plate(state, told["plate"], colour="", marks=(), now=now, action=action)
        if state.open and told["plate"] in {follower.plate for follower in state.open.followers}:
            return _with_aboard(state, told["plate"], people=int(told["people"]))
    state = lane.started(state, now=now, action=action)
    crossing = state.open
    if crossing is None or _has(crossing, digest):
        return state
    check = Check(CheckKind.DECLARATION, "presented", Evidence.DECLARED, now, source="decl1", digest=digest)
    crossing = replace(
        crossing.with_check(check),
        origin=crossing.origin or told.get("from", ""),
        destination=crossing.destination or told.get("to", ""),
        purpose=crossing.purpose or told.get("purpose", ""),
    )
    after = replace(state, open=_with_people(crossing, told))
    return state if _is_too_much(state, after) else after


def _with_aboard(state: LaneState, plate: str, *, people: int) -> LaneState:
    """A further vehicle of a convoy says how many are in it; nobody of them is in the first one."""
    assert state.open is not None
    followers = tuple(
        replace(one, people=people or one.people) if one.plate == plate else one
        for one in state.open.followers
    )
    return replace(state, open=replace(state.open, followers=followers))


def _is_other_plate(state: LaneState, plate: str) -> bool:
    """Whether a bus with a plate stands here and this is another one."""
    return state.open is not None and state.open.bus and state.open.plate not in {"", plate}


def _with_people(crossing: Crossing, told: Mapping[str, str]) -> Crossing:
    """The declared people, each somebody else: who is known by document or name, else whoever is still blank,
    else one more.
    """
    numbers = range(1, int(told["people"]) + 1)
    documents = {told[f"person_{number}_id"] for number in numbers if f"person_{number}_id" in told}
    there = crossing.people
    for number in numbers:
        name, document, phone = (told.get(f"person_{number}_{part}", "") for part in ("name", "id", "phone"))
        holder = next((one.number for one in crossing.people if document and one.document == document), 0)
        known = holder or _named(there, name, document, documents=documents)
        there = tuple(person for person in there if person.number != known)
        person = _filled(crossing.person(known or _first_blank(crossing)), name, document, phone)
        crossing = crossing.with_person(person)
    return crossing


def _filled(person: Person, name: str, document: str, phone: str) -> Person:
    """What was declared fills blanks; it never replaces what was scanned or typed."""
    return replace(
        person,
        name=person.name or name,
        document=person.document or document,
        document_kind=person.document_kind or (typed_document(document).kind.value if document else ""),
        phone=person.phone or phone,
    )


def _named(there: Sequence[Person], name: str, document: str, *, documents: Collection[str]) -> int:
    """Who of those there before the declaration it is by name, 0 for nobody; `documents` are all it names."""
    for person in there:
        if person.name == name and not (document and person.document) and person.document not in documents:
            return person.number
    return 0


def _first_blank(crossing: Crossing) -> int:
    known = {one.number for one in crossing.people if one.name or one.document or one.outcome}
    return next(number for number in range(1, len(known) + 2) if number not in known)


def _is_too_much(before: LaneState, after: LaneState) -> bool:
    """Whether the code would bring a check or a person for whom the crossing's entry has no room."""
    old, new = before.open, after.open
    if old is None or new is None or len(new.checks) > MOST_CHECKS:
        return True
    return len(new.people) > max(len(old.people), MOST_PEOPLE)


def _has(crossing: Crossing, digest: str) -> bool:
    return any(check.digest == digest for check in crossing.valid_checks)
