"""What one lane has in hand: the open crossing, parked ones, the running tally, unanswered stops.

Pure: every function takes the lane as it was and gives the lane as it is. The service appends and saves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from checkpoint_app.domain.codes import Code
from checkpoint_app.domain.crossing import Check, Crossing, Person
from checkpoint_app.domain.facts import Tally
from checkpoint_app.domain.identity import typed_document
from checkpoint_app.domain.words import CheckKind, CodeClass, Direction, Evidence, VehicleClass

UNDO_MS = 10_000
MOST_PEOPLE = 99


@dataclass(frozen=True, slots=True)
class Stopped:
    """A stop nobody answered yet: shown as a strip until it is, never in the lane's way."""

    crossing: str
    plate: str
    since: int
    reason: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class LaneState:
    """Everything a lane must not lose between two keys. `flagged` names reasons already on paper."""

    number: int
    direction: Direction
    open: Crossing | None = None
    parked: tuple[Crossing, ...] = ()
    tally: Tally | None = None
    stopped: tuple[Stopped, ...] = ()
    flagged: tuple[str, ...] = ()
    person: int = 1  # whom the next temperature or document belongs to


def started(state: LaneState, *, now: int, action: str) -> LaneState:
    """The lane with a crossing open; unchanged when there is one."""
    if state.open:
        return state
    crossing = Crossing(action=action, lane=state.number, direction=state.direction, started=now)
    return replace(state, open=crossing, person=1)


def parked(state: LaneState) -> LaneState:
    """The open crossing set aside, in order."""
    if not state.open:
        return state
    return replace(state, open=None, parked=(*state.parked, state.open), person=1)


def resumed(state: LaneState, place: int) -> LaneState:
    """The parked crossing at `place` (from 1) taken up again; an open one takes its place in the row."""
    if not 1 <= place <= len(state.parked):
        return state
    chosen = state.parked[place - 1]
    rest = tuple(crossing for crossing in state.parked if crossing is not chosen)
    if state.open:
        rest = (*rest, state.open)
    return replace(state, open=chosen, parked=rest, person=1)


def with_plate(
    state: LaneState, text: str, *, colour: str, marks: tuple[str, ...], now: int, action: str
) -> LaneState:
    """A plate read or typed: another plate than the open crossing's parks that one first."""
    if state.open and state.open.plate and state.open.plate != text:
        state = parked(state)
    state = started(state, now=now, action=action)
    return _open(state, plate=text, plate_colour=colour, plate_marks=marks)


def corrected_plate(state: LaneState, text: str, *, colour: str, marks: tuple[str, ...]) -> LaneState:
    """The officer mends the plate of the vehicle that stands here."""
    return _open(state, plate=text, plate_colour=colour, plate_marks=marks)


def with_vehicle(state: LaneState, vehicle: VehicleClass) -> LaneState:
    return _open(state, vehicle=vehicle)


def with_people(state: LaneState, told: int) -> LaneState:
    """How many people the officer counted; those already entered are never dropped."""
    return _open(state, told=max(told, 0))


def with_places(state: LaneState, *, origin: str, destination: str, purpose: str) -> LaneState:
    return _open(state, origin=origin, destination=destination, purpose=purpose)


def with_temperature(state: LaneState, tenths: int, *, now: int) -> LaneState:
    """The temperature of the person whose turn it is; then it is the next one's turn who has none."""
    if not state.open:
        return state
    check = Check(CheckKind.TEMPERATURE, "measured", Evidence.MEASURED, now, state.person, tenths=tenths)
    state = replace(state, open=state.open.with_check(check))
    return replace(state, person=_next_without(state, CheckKind.TEMPERATURE))


def with_test(state: LaneState, result: str, *, taken: int, now: int) -> LaneState:
    """A test report the officer read from paper or screen: declared, never verified."""
    if not state.open:
        return state
    check = Check(
        CheckKind.TEST_REPORT, result, Evidence.SEEN, now, state.person, taken=taken, source="typed"
    )
    return replace(state, open=state.open.with_check(check))


def with_document(
    state: LaneState, number: str, kind: str, *, evidence: Evidence, source: str, digest: str, now: int
) -> LaneState:
    """A document of a person: of the one already holding it, else of the first without one."""
    if not state.open:
        return state
    holder = _holder(state, number)
    person = replace(state.open.person(holder), document=number, document_kind=kind, evidence=evidence)
    check = Check(CheckKind.IDENTITY, "presented", evidence, now, holder, source=source, digest=digest)
    crossing = state.open.with_person(person)
    if not _known(crossing, check):
        crossing = crossing.with_check(check)
    return replace(state, open=crossing, person=holder)


def with_name(state: LaneState, name: str) -> LaneState:
    """The name of the person whose turn it is."""
    if not state.open:
        return state
    person = replace(state.open.person(state.person), name=name)
    return replace(state, open=state.open.with_person(person))


def with_colour(state: LaneState, colour: str, *, now: int) -> LaneState:
    """The colour an officer sees on the page of the health code that was scanned last."""
    if not state.open:
        return state
    codes = [check for check in state.open.valid_checks if check.kind is CheckKind.HEALTH_CODE]
    whose = codes[-1].person if codes else state.person
    check = Check(CheckKind.HEALTH_CODE, colour, Evidence.SEEN, now, whose, source="typed")
    return replace(state, open=state.open.with_check(check))


def with_turn(state: LaneState, by: int) -> LaneState:
    """The turn goes `by` people on or back; one blank person may follow the last."""
    if not state.open:
        return state
    most = min(state.open.headcount + 1, MOST_PEOPLE)
    return replace(state, person=min(max(state.person + by, 1), most))


def with_code(state: LaneState, code: Code, *, digest: str, now: int, action: str) -> LaneState:
    """Whatever a camera or scanner read, put where it belongs. A code read twice changes nothing."""
    facts = code.facts
    if code.kind is CodeClass.PLATE:
        return with_plate(
            state, facts["plate"], colour=facts.get("colour", ""), marks=(), now=now, action=action
        )
    if code.kind is CodeClass.DECLARATION:
        return _with_declaration(state, code, digest=digest, now=now, action=action)
    state = started(state, now=now, action=action)
    if code.kind is CodeClass.CITIZEN_ID:
        return with_document(
            state,
            facts["id"],
            facts.get("document", "citizen_id"),
            evidence=Evidence.SCANNED,
            source="id",
            digest=digest,
            now=now,
        )
    return _with_check(state, code, digest=digest, now=now)


def with_counted(
    state: LaneState, *, vehicle: VehicleClass, people: int, minute: int, action: str
) -> LaneState:
    """One more vehicle in the running minute; `minute` is ms UTC of its start."""
    tally = state.tally or Tally(action, state.number, state.direction, minute)
    return replace(state, tally=tally.plus(vehicle, vehicles=1, people=people))


def voided(state: LaneState, place: int) -> LaneState:
    """The check at `place` (from 0) taken back; it stays in the record, marked."""
    if not state.open or not 0 <= place < len(state.open.checks):
        return state
    checks = list(state.open.checks)
    checks[place] = replace(checks[place], voided=True)
    return _open(state, checks=tuple(checks))


def ended(state: LaneState) -> LaneState:
    """The lane after the open crossing got its outcome; its unanswered stop is answered by that."""
    done = state.open.action if state.open else ""
    return replace(
        state,
        open=None,
        person=1,
        stopped=tuple(stop for stop in state.stopped if stop.crossing != done),
        flagged=tuple(name for name in state.flagged if not name.startswith(done[:8] + ":")),
    )


def reopened(state: LaneState, crossing: Crossing, *, action: str) -> LaneState:
    """The vehicle whose outcome was undone stands here again, as a new crossing; another one is parked."""
    again = replace(crossing, action=action, replaces=crossing.action)
    return replace(parked(state), open=again, person=1)


def only_colour(colours: tuple[str, ...]) -> str:
    """The colour a plate's form leaves no doubt about, else "" for the officer to say."""
    return colours[0] if len(colours) == 1 else ""


def _with_declaration(state: LaneState, code: Code, *, digest: str, now: int, action: str) -> LaneState:
    """A traveller's own word: plate, people and places as declared. Another vehicle's parks the open one."""
    told, current = code.facts, state.open
    fits = current is None or not current.plate or told.get("plate", current.plate) == current.plate
    state = started(state if fits else parked(state), now=now, action=action)
    assert state.open is not None
    check = Check(CheckKind.DECLARATION, "presented", Evidence.DECLARED, now, source="decl1", digest=digest)
    if any(known.digest == digest and not known.voided for known in state.open.checks):
        return state
    crossing = replace(
        state.open.with_check(check),
        plate=state.open.plate or told.get("plate", ""),
        told=max(state.open.told, int(told["people"])),
        origin=told.get("from", state.open.origin),
        destination=told.get("to", state.open.destination),
        purpose=told.get("purpose", state.open.purpose),
    )
    for number in range(1, int(told["people"]) + 1):
        crossing = crossing.with_person(_declared(crossing.person(number), told))
    return replace(state, open=crossing)


def _declared(person: Person, told: Mapping[str, str]) -> Person:
    """What was declared fills blanks; it never replaces what was scanned or typed."""
    name, document, phone = (
        told.get(f"person_{person.number}_{part}", "") for part in ("name", "id", "phone")
    )
    return replace(
        person,
        name=person.name or name,
        document=person.document or document,
        document_kind=person.document_kind or (typed_document(document).kind.value if document else ""),
        phone=person.phone or phone,
    )


def _with_check(state: LaneState, code: Code, *, digest: str, now: int) -> LaneState:
    kind, result, personal = _CHECK_OF.get(code.kind, (CheckKind.OTHER_CODE, "unread", False))
    assert state.open is not None
    if any(check.digest == digest and not check.voided for check in state.open.checks):
        return state
    person = _next_without(state, kind) if personal else 0
    check = Check(
        kind,
        code.facts.get("colour") or result,
        Evidence.SCANNED,
        now,
        person,
        source=code.facts.get("name", code.kind.value),
        digest=digest,
    )
    crossing = state.open.with_check(check)
    if person > crossing.headcount:
        crossing = replace(crossing, told=person)
    return replace(state, open=crossing)


_CHECK_OF = {
    CodeClass.HEALTH_LINK: (CheckKind.HEALTH_CODE, "presented", True),
    CodeClass.TRAVEL_LINK: (CheckKind.TRAVEL_CODE, "presented", True),
    CodeClass.VENUE_LINK: (CheckKind.VENUE_CODE, "presented", True),
    CodeClass.HCERT: (CheckKind.CREDENTIAL, "presented", True),
    CodeClass.SMART_HEALTH_CARD: (CheckKind.CREDENTIAL, "presented", True),
    CodeClass.OWN_PASS: (CheckKind.PASS, "presented", False),
    CodeClass.TRUCK_PASS: (CheckKind.PASS, "presented", False),
}


def _open(state: LaneState, **changes: object) -> LaneState:
    if not state.open:
        return state
    return replace(state, open=replace(state.open, **changes))  # type: ignore[arg-type]


def _known(crossing: Crossing, check: Check) -> bool:
    return any((known.kind, known.person) == (check.kind, check.person) for known in crossing.valid_checks)


def _holder(state: LaneState, document: str) -> int:
    """Whose document it is: the person already holding it, else the first without one."""
    assert state.open is not None
    for person in state.open.people:
        if person.document == document:
            return person.number
    numbers = range(1, len(state.open.people) + 2)
    return next(number for number in numbers if not state.open.person(number).document)


def _next_without(state: LaneState, kind: CheckKind) -> int:
    """The first person without a check of `kind`; the one after the last when everybody has one."""
    assert state.open is not None
    having = {check.person for check in state.open.valid_checks if check.kind is kind}
    return next(number for number in range(1, len(having) + 2) if number not in having)
