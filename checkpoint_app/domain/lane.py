"""What one lane has in hand: the open crossing, parked ones, the running tally, unanswered stops.

Pure: every function takes the lane as it was and gives the lane as it is. The service appends and saves.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from checkpoint_app.domain.crossing import Check, Crossing, Follower
from checkpoint_app.domain.facts import Tally
from checkpoint_app.domain.words import CheckKind, Direction, Evidence, VehicleClass

UNDO_MS = 10_000
MOST_TOLD = 999
UNCOLOURED = "presented"


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
    person: int = 1  # whom the next temperature, name or test belongs to


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
    row = list(state.parked)
    chosen = row.pop(place - 1)
    if state.open:
        row.insert(place - 1, state.open)
    return with_turn_due(replace(state, open=chosen, parked=tuple(row), person=1))


def with_plate(
    state: LaneState, text: str, *, colour: str, marks: tuple[str, ...], now: int, action: str
) -> LaneState:
    """A plate read or typed: another plate than the open crossing's parks that one first.

    A plate that waits in the row is that vehicle again, not a second one. People on foot have no plate: one
    parks them. In a convoy a further plate is a further vehicle.
    """
    waiting = _waiting(state, text)
    if state.open and state.open.plate == text:
        return _open(state, plate_colour=state.open.plate_colour or colour)
    if state.open and state.open.convoy and state.open.plate and not waiting:
        follower = Follower(action, text, colour, marks, state.open.vehicle)
        return replace(state, open=state.open.with_follower(follower))
    if not state.open or state.open.plate or state.open.vehicle is VehicleClass.FOOT:
        if waiting:
            return resumed(parked(state), waiting)
        state = started(parked(state), now=now, action=action)
    return corrected_plate(state, text, colour=colour, marks=marks, now=now)


def corrected_plate(
    state: LaneState, text: str, *, colour: str, marks: tuple[str, ...], now: int
) -> LaneState:
    """The officer mends the plate of the vehicle that stands here."""
    known = state.open.plate_at if state.open else 0
    return _open(state, plate=text, plate_colour=colour, plate_marks=marks, plate_at=known or now)


def with_plate_colour(state: LaneState, colour: str) -> LaneState:
    """The colour the officer sees on the plate."""
    return _open(state, plate_colour=colour)


def with_vehicle(state: LaneState, vehicle: VehicleClass) -> LaneState:
    return _open(state, vehicle=vehicle)


def with_people(state: LaneState, told: int) -> LaneState:
    """How many people the officer counted; those already entered are never dropped."""
    return with_turn_due(_open(state, told=min(max(told, 0), MOST_TOLD)))


def with_places(state: LaneState, *, origin: str, destination: str, purpose: str) -> LaneState:
    return _open(state, origin=origin, destination=destination, purpose=purpose)


def with_temperature(state: LaneState, tenths: int, *, now: int) -> LaneState:
    """The temperature of the person whose turn it is; then it is the next one's turn who has none."""
    if not state.open:
        return state
    check = Check(CheckKind.TEMPERATURE, "measured", Evidence.MEASURED, now, state.person, tenths=tenths)
    return with_turn_due(replace(state, open=state.open.with_check(check)))


def with_test(state: LaneState, result: str, *, taken: int, now: int) -> LaneState:
    """A test report the officer read from paper or screen: seen, never verified."""
    if not state.open:
        return state
    check = Check(
        CheckKind.TEST_REPORT, result, Evidence.SEEN, now, state.person, taken=taken, source="typed"
    )
    return replace(state, open=state.open.with_check(check))


def with_document(
    state: LaneState, number: str, kind: str, *, evidence: Evidence, source: str, digest: str, now: int
) -> LaneState:
    """A document of a person: of the one already holding it, else of the first without one.

    Who stays behind is passed over unless it is their turn. The better evidence stands: what was scanned is
    not made worse by typing it.
    """
    if not state.open:
        return state
    holder = _holder(state.open, number, turn=state.person)
    before = state.open.person(holder)
    better = max(before.evidence if before.document else evidence, evidence, key=lambda one: one.rank)
    person = replace(before, document=number, document_kind=kind, evidence=better)
    check = Check(CheckKind.IDENTITY, "presented", evidence, now, holder, source=source, digest=digest)
    crossing = state.open.with_person(person)
    if not _as_well_known(crossing, check):
        crossing = crossing.with_check(check)
    measured = CheckKind.TEMPERATURE in {known.kind for known in crossing.checks_of(holder)}
    return replace(state, open=crossing, person=state.person if measured else holder)


def with_name(state: LaneState, name: str) -> LaneState:
    """The name of the person whose turn it is."""
    if not state.open:
        return state
    person = replace(state.open.person(state.person), name=name)
    return replace(state, open=state.open.with_person(person))


def with_phone(state: LaneState, phone: str) -> LaneState:
    """The phone of the person whose turn it is."""
    if not state.open:
        return state
    person = replace(state.open.person(state.person), phone=phone)
    return replace(state, open=state.open.with_person(person))


def with_told(state: LaneState, number: int, *, name: str, phone: str) -> LaneState:
    """What somebody else knows about a person; it fills blanks."""
    if not state.open:
        return state
    person = state.open.person(number)
    told = replace(person, name=person.name or name, phone=person.phone or phone)
    return replace(state, open=state.open.with_person(told))


def with_check(state: LaneState, check: Check) -> LaneState:
    """One more check of the open crossing."""
    return replace(state, open=state.open.with_check(check)) if state.open else state


def with_colour(state: LaneState, colour: str, *, now: int) -> LaneState:
    """The colour an officer sees on the page of the health code that was scanned last without one.

    When every code has its colour, of the last one again; without a code, of the person whose turn it is.
    """
    if not state.open:
        return state
    codes = [check for check in state.open.valid_checks if check.kind is CheckKind.HEALTH_CODE]
    seen = {check.person for check in codes if check.result != UNCOLOURED}
    bare = [check.person for check in codes if check.person not in seen]
    whose = next(reversed(bare or [check.person for check in codes]), state.person)
    check = Check(CheckKind.HEALTH_CODE, colour, Evidence.SEEN, now, whose, source="typed")
    return replace(state, open=state.open.with_check(check))


def with_turn(state: LaneState, by: int) -> LaneState:
    """The turn goes `by` people on or back; one blank person may follow the last."""
    if not state.open:
        return state
    most = max(state.open.headcount + 1, *(person.number for person in state.open.people), 1)
    return replace(state, person=min(max(state.person + by, 1), most))


def with_turn_due(state: LaneState) -> LaneState:
    """The turn is the first person's without a temperature.

    With as many measured as the officer told it stays where it is: a further temperature is a second one of
    somebody, not another person.
    """
    if not state.open:
        return state
    due = next_without(state.open, CheckKind.TEMPERATURE)
    return state if state.open.told and due > state.open.headcount else replace(state, person=due)


def with_counted(
    state: LaneState, *, vehicle: VehicleClass, people: int, minute: int, action: str
) -> LaneState:
    """One more vehicle in the running minute; `minute` is ms UTC of its start."""
    tally = state.tally or Tally(action, state.number, state.direction, minute)
    return replace(state, tally=tally.plus(vehicle, vehicles=1, people=people))


def voided(state: LaneState, place: int) -> LaneState:
    """The check at `place` (from 0) taken back; it stays in the record, marked.

    A document goes with the last check that stands for it.
    """
    if not state.open or not 0 <= place < len(state.open.checks):
        return state
    checks = list(state.open.checks)
    checks[place] = gone = replace(checks[place], voided=True)
    crossing = replace(state.open, checks=tuple(checks))
    if gone.kind is CheckKind.IDENTITY and not any(
        check.kind is CheckKind.IDENTITY for check in crossing.checks_of(gone.person)
    ):
        blank = replace(
            crossing.person(gone.person), document="", document_kind="", evidence=Evidence.DECLARED
        )
        crossing = crossing.with_person(blank)
    return with_turn_due(replace(state, open=crossing))


def ended(state: LaneState) -> LaneState:
    """The lane after the open crossing got its outcome; its unanswered stop is answered by that."""
    done = state.open.action if state.open else ""
    return replace(
        state,
        open=None,
        person=1,
        stopped=tuple(stop for stop in state.stopped if stop.crossing != done),
        flagged=tuple(name for name in state.flagged if not name.startswith(mark_of(done))),
    )


def put_back(
    state: LaneState, before: LaneState, *, action: str = "", following: Sequence[str] = ()
) -> LaneState:
    """The vehicle that was open in `before` stands here again; another one is parked.

    With `action` it is a new crossing in the place of the one that was undone, and its followers are new
    with the actions of `following`. What is on paper about the vehicle is not written a second time.
    """
    if before.open is None:
        return state
    old, again = before.open, before.open
    if action:
        renewed = zip(old.followers, following, strict=True)
        followers = tuple(replace(one, action=new, replaces=one.action) for one, new in renewed)
        again = replace(old, action=action, replaces=old.action, followers=followers)
    own = mark_of(old.action)
    kept = (mark_of(again.action) + name[len(own) :] for name in before.flagged if name.startswith(own))
    stops = tuple(
        replace(stop, crossing=again.action) for stop in before.stopped if stop.crossing == old.action
    )
    now = parked(state)
    return replace(
        now,
        open=again,
        person=before.person,
        flagged=(*now.flagged, *kept),
        stopped=(*now.stopped, *stops),
    )


def mark_of(action: str) -> str:
    """What the names of a crossing's flagged reasons begin with."""
    return action[:8] + ":"


def only_colour(colours: tuple[str, ...]) -> str:
    """The colour a plate's form leaves no doubt about, else "" for the officer to say."""
    return colours[0] if len(colours) == 1 else ""


def next_without(crossing: Crossing, kind: CheckKind) -> int:
    """The first person without a check of `kind`; the one after the last when everybody has one.

    Who stays behind is passed over. In a bus those on the list come before anybody who is not.
    """
    having = {check.person for check in crossing.valid_checks if check.kind is kind}
    having |= {person.number for person in crossing.apart}
    named = (person.number for person in crossing.people if person.name or person.document)
    listed = [*named] if crossing.bus else []
    numbers: list[int] = [*listed, *range(1, len(having) + 2)]
    return next(number for number in numbers if number not in having)


def _open(state: LaneState, **changes: object) -> LaneState:
    if not state.open:
        return state
    return replace(state, open=replace(state.open, **changes))  # type: ignore[arg-type]


def _waiting(state: LaneState, plate: str) -> int:
    """The place (from 1) of the parked crossing with that plate, also as one of a convoy; 0 for none."""
    for place, crossing in enumerate(state.parked, 1):
        if plate in {crossing.plate, *(follower.plate for follower in crossing.followers)}:
            return place
    return 0


def _as_well_known(crossing: Crossing, check: Check) -> bool:
    return any(
        known.kind is check.kind and known.evidence.rank >= check.evidence.rank
        for known in crossing.checks_of(check.person)
    )


def _holder(crossing: Crossing, document: str, *, turn: int) -> int:
    holding = {person.number: person.document for person in crossing.people if person.document}
    for number, held in holding.items():
        if held == document:
            return number
    passed_over = {person.number for person in crossing.apart} - {turn}
    if crossing.person(turn).outcome and turn not in holding:
        return turn
    taken = {*holding, *passed_over}
    return next(number for number in range(1, len(taken) + 2) if number not in taken)
