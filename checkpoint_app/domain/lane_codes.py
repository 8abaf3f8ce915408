"""What a scanned code does to a lane: a plate, a declaration, a document or a check of somebody. Pure."""

from __future__ import annotations

from collections.abc import Mapping
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

    A code read twice changes nothing, nor does any but a plate once the crossing is full.
    """
    told = code.facts
    if code.kind is CodeClass.PLATE:
        colour = lane.only_colour(tuple(told.get("colours", "").split()))
        return lane.with_plate(state, told["plate"], colour=colour, marks=(), now=now, action=action)
    if code.kind is CodeClass.DECLARATION:
        return _with_declaration(state, code, digest=digest, now=now, action=action)
    state = lane.started(state, now=now, action=action)
    if code.kind is CodeClass.CITIZEN_ID and state.open and not _is_full(state.open):
        kind = told.get("document", "citizen_id")
        scanned = Evidence.SCANNED
        return lane.with_document(
            state, told["id"], kind, evidence=scanned, source="id", digest=digest, now=now
        )
    return _with_check(state, code, digest=digest, now=now)


def _with_check(state: LaneState, code: Code, *, digest: str, now: int) -> LaneState:
    crossing = state.open
    if crossing is None or _is_full(crossing) or _has(crossing, digest):
        return state
    kind, personal = _CHECK_OF.get(code.kind, (CheckKind.OTHER_CODE, False))
    result = "unread" if kind is CheckKind.OTHER_CODE else lane.UNCOLOURED
    check = Check(
        kind,
        code.facts.get("colour") or result,
        Evidence.SCANNED,
        now,
        lane.next_without(crossing, kind) if personal else 0,
        source=code.facts.get("name", code.kind.value),
        digest=digest,
    )
    return replace(state, open=crossing.with_check(check))


def _with_declaration(state: LaneState, code: Code, *, digest: str, now: int, action: str) -> LaneState:
    """A traveller's own word: plate, people and places as declared. Another vehicle's parks the open one."""
    told = code.facts
    if "plate" in told:
        state = lane.with_plate(state, told["plate"], colour="", marks=(), now=now, action=action)
    state = lane.started(state, now=now, action=action)
    crossing = state.open
    if crossing is None or _is_full(crossing) or _has(crossing, digest):
        return state
    check = Check(CheckKind.DECLARATION, "presented", Evidence.DECLARED, now, source="decl1", digest=digest)
    crossing = replace(
        crossing.with_check(check),
        origin=crossing.origin or told.get("from", ""),
        destination=crossing.destination or told.get("to", ""),
        purpose=crossing.purpose or told.get("purpose", ""),
    )
    for number in range(1, int(told["people"]) + 1):
        crossing = _with_declared(crossing, told, number)
    return replace(state, open=crossing)


def _with_declared(crossing: Crossing, told: Mapping[str, str], number: int) -> Crossing:
    """One declared person: who is known by document or name, else whoever is still blank, else one more.

    What was declared fills blanks; it never replaces what was scanned or typed.
    """
    name, document, phone = (told.get(f"person_{number}_{part}", "") for part in ("name", "id", "phone"))
    person = crossing.person(_declared_as(crossing, name, document))
    return crossing.with_person(
        replace(
            person,
            name=person.name or name,
            document=person.document or document,
            document_kind=person.document_kind or (typed_document(document).kind.value if document else ""),
            phone=person.phone or phone,
        )
    )


def _declared_as(crossing: Crossing, name: str, document: str) -> int:
    for person in crossing.people:
        if document and person.document == document:
            return person.number
    for person in crossing.people:
        if person.name == name and not (document and person.document):
            return person.number
    numbers = range(1, len(crossing.people) + 2)
    return next(number for number in numbers if _blank(crossing.person(number)))


def _blank(person: Person) -> bool:
    return not (person.name or person.document)


def _is_full(crossing: Crossing) -> bool:
    return len(crossing.checks) >= MOST_CHECKS or len(crossing.people) >= MOST_PEOPLE


def _has(crossing: Crossing, digest: str) -> bool:
    return any(check.digest == digest for check in crossing.valid_checks)
