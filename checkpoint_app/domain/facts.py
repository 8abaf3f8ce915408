"""Which facts a desk appends, and what of each is public and what personal.

Public parts may be read by anybody who holds the file's key and are kept for ever: numbers, kinds, states,
reasons by code. Names, documents, phones, plates, places, payload digests and reasons in somebody's own words
are personal.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from checkpoint_app.domain import words
from checkpoint_app.domain.canonical import Value
from checkpoint_app.domain.crossing import Check, Crossing, Follower, Person
from checkpoint_app.domain.entry import Fact, Head
from checkpoint_app.domain.verdict import Verdict
from checkpoint_app.domain.words import Direction, Evidence, Outcome, VehicleClass

VEHICLE_CROSSED = "vehicle_crossed"
CHECK_FLAGGED = "check_flagged"
CHECK_VOIDED = "check_voided"
OUTCOME_UNDONE = "outcome_undone"
CROSSING_AMENDED = "crossing_amended"
TALLIED = "tallied"
SHIFT_OPENED = "shift_opened"
SHIFT_CLOSED = "shift_closed"
SEALED = "sealed"
EPOCH_BEGUN = "epoch_begun"
CLOCK_JUMPED = "clock_jumped"
CLOCK_CONFIRMED = "clock_confirmed"
ERASED = "erased"
PERSON_VIEWED = "person_viewed"
SETTING_CHANGED = "setting_changed"
BACKED_UP = "backed_up"
ACTION_CONFIRMED = "action_confirmed"
MATTER_RAISED = "matter_raised"


@dataclass(frozen=True, slots=True)
class By:
    """Who acts in which shift; `officer` is a number, never a name."""

    shift: str = ""
    officer: str = ""


def vehicle_crossed(
    crossing: Crossing, verdict: Verdict, outcome: Outcome, *, by: By, at: int, why: str = "", lead: str = ""
) -> Fact:
    """One crossing, ended; `why` is the reason an officer gave for going beyond the verdict, `lead` the
    number of who let a stop go.
    """
    public: dict[str, Value] = {
        **_where(crossing),
        "outcome": outcome.value,
        "people": crossing.headcount,
        "evidence": (verdict.weakest or Evidence.SEEN).value,
        "started": crossing.started,
        "checks": [_check(check) for check in crossing.checks],
        **_verdict(verdict),
    }
    public |= {"plate_at": crossing.plate_at} if crossing.plate_at else {}
    public |= {"apart": [_apart(person) for person in crossing.apart]} if crossing.apart else {}
    public |= _convoy(crossing, place=1)
    public |= code_of(why) if why else {}
    public |= {"lead": lead} if lead else {}
    public |= {"replaces": crossing.replaces} if crossing.replaces else {}
    personal = {**(personal_of(crossing) or {}), **own_words(why)} or None
    return Fact(VEHICLE_CROSSED, crossing.action, at, public, personal, by.shift, by.officer)


def followers_crossed(
    crossing: Crossing, verdict: Verdict, outcome: Outcome, *, by: By, at: int, why: str = "", lead: str = ""
) -> tuple[Fact, ...]:
    """The other vehicles of a convoy, ended as the first one was; none of them was checked itself."""
    return tuple(
        _follower_crossed(crossing, place, verdict, outcome, by=by, at=at, why=why, lead=lead)
        for place in range(len(crossing.followers))
    )


def check_flagged(
    crossing: Crossing, check: Check | None, verdict: Verdict, *, by: By, at: int, action: str
) -> Fact:
    """A check gave stop or refer: on paper at once, whatever becomes of the crossing."""
    public: dict[str, Value] = {
        **_where(crossing),
        "crossing": crossing.action,
        "check": _check(check) if check else None,
        **_verdict(verdict),
    }
    return Fact(CHECK_FLAGGED, action, at, public, personal_of(crossing), by.shift, by.officer)


def check_voided(crossing: Crossing, check: Check, *, by: By, at: int, action: str, why: str) -> Fact:
    """A check was taken back by the officer, with a reason."""
    public: dict[str, Value] = {
        **_where(crossing),
        "crossing": crossing.action,
        "check": _check(check),
        **code_of(why),
    }
    return Fact(CHECK_VOIDED, action, at, public, own_words(why) or None, by.shift, by.officer)


def outcome_undone(ref: Head, *, ref_action: str, by: By, at: int, action: str, why: str) -> Fact:
    """The entry at `ref` no longer counts; it stays readable beneath its correction."""
    public: dict[str, Value] = {"ref": reference(ref, action=ref_action), **code_of(why)}
    return Fact(OUTCOME_UNDONE, action, at, public, own_words(why) or None, by.shift, by.officer)


def action_confirmed(ref: Head, *, ref_action: str, by: By, at: int, action: str, why: str) -> Fact:
    """An officer says that an action saved but never shown did happen."""
    public: dict[str, Value] = {"ref": reference(ref, action=ref_action), **code_of(why)}
    return Fact(ACTION_CONFIRMED, action, at, public, own_words(why) or None, by.shift, by.officer)


def matter_raised(
    crossing: Crossing | None, verdict: Verdict | None, *, by: By, at: int, action: str
) -> Fact:
    """The lane calls the lead, or (without a verdict) somebody goes there: open until somebody closes it.

    Whatever is raised about one crossing is one matter, named by the crossing.
    """
    public: dict[str, Value] = {
        **({"about": crossing.action} if crossing else {}),
        **(_where(crossing) if crossing else {}),
        **(_verdict(verdict) if verdict else {}),
        "crossing": crossing.action if crossing else "",
    }
    personal = personal_of(crossing) if crossing else None
    return Fact(MATTER_RAISED, action, at, public, personal, by.shift, by.officer)


def shift_opened(
    shift: str,
    *,
    group: str,
    lead: str,
    officers: Mapping[str, str],
    weather: str = "",
    at: int,
    action: str,
) -> Fact:
    """A shift begins. `lead` is an officer's number; `officers` maps numbers to names, which are personal,
    as is what somebody wrote about the weather.
    """
    numbers: list[Value] = [*sorted(officers)]
    public: dict[str, Value] = {"group": group, "lead": lead, "officers": numbers}
    personal: dict[str, Value] = {"officers": dict(officers)} | ({"weather": weather} if weather else {})
    return Fact(SHIFT_OPENED, action, at, public, personal, shift, lead)


def shift_closed(
    *, by: By, at: int, action: str, totals: Mapping[str, Value], more: Mapping[str, Value] | None = None
) -> Fact:
    """A shift ends with its totals as the desk saw them; `more` says how it was handed over or refused."""
    public: dict[str, Value] = {"totals": totals, **(more or {})}
    return Fact(SHIFT_CLOSED, action, at, public, None, by.shift, by.officer)


def person_viewed(ref: Head, *, ref_action: str, by: By, at: int, action: str, why: str) -> Fact:
    """Somebody looked at the whole of what is masked by default, for a reason in words."""
    public: dict[str, Value] = {"ref": reference(ref, action=ref_action), **code_of(why)}
    return Fact(PERSON_VIEWED, action, at, public, own_words(why) or None, by.shift, by.officer)


def setting_changed(changes: Mapping[str, Value], *, by: By, at: int, action: str) -> Fact:
    """Settings that matter, as they now are."""
    return Fact(SETTING_CHANGED, action, at, {"settings": changes}, None, by.shift, by.officer)


def backed_up(*, seq: int, by: By, at: int, action: str) -> Fact:
    """A copy of the ledger up to `seq` left this file."""
    return Fact(BACKED_UP, action, at, {"upto": seq}, None, by.shift, by.officer)


def tallied(tally: Tally, *, by: By, at: int) -> Fact:
    """Vehicles counted by eye within one minute: not checked against anything."""
    public: dict[str, Value] = {
        "lane": tally.lane,
        "direction": tally.direction.value,
        "minute": tally.minute,
        "evidence": Evidence.SEEN.value,
        "counts": [
            {"class": kind.value, "vehicles": vehicles, "people": people}
            for kind, vehicles, people in tally.counts
        ],
    }
    return Fact(TALLIED, tally.action, at, public, None, by.shift, by.officer)


@dataclass(frozen=True, slots=True)
class Tally:
    """One lane's running minute; `minute` is ms UTC of its start, `counts` per class: vehicles, people."""

    action: str
    lane: int
    direction: Direction
    minute: int
    counts: tuple[tuple[VehicleClass, int, int], ...] = ()

    def plus(self, vehicle: VehicleClass, *, vehicles: int, people: int) -> Tally:
        """The tally with so many more (or fewer) of a class."""
        known = {kind: (count, persons) for kind, count, persons in self.counts}
        count, persons = known.get(vehicle, (0, 0))
        known[vehicle] = (count + vehicles, persons + people)
        counts = tuple((kind, *known[kind]) for kind in VehicleClass if known.get(kind, (0, 0)) != (0, 0))
        return Tally(self.action, self.lane, self.direction, self.minute, counts)


def reference(head: Head, *, action: str) -> Mapping[str, Value]:
    """How one entry names another: by place in its chain, by hash and by action."""
    return {"desk": head.desk, "epoch": head.epoch, "seq": head.seq, "hash": head.hash, "action": action}


def personal_of(crossing: Crossing) -> Mapping[str, Value] | None:
    """The personal part of a crossing; None when there is nothing personal in it."""
    texts: dict[str, Value] = {
        name: value
        for name, value in (
            ("plate", crossing.plate),
            ("colour", crossing.plate_colour),
            ("from", crossing.origin),
            ("to", crossing.destination),
            ("purpose", crossing.purpose),
            ("service", crossing.service),
        )
        if value
    }
    people: Sequence[Value] = [_person(person) for person in crossing.people]
    digests: Sequence[Value] = [
        {"check": place, "digest": check.digest}
        for place, check in enumerate(crossing.checks)
        if check.digest
    ]
    whole = texts | ({"people": people} if people else {}) | ({"digests": digests} if digests else {})
    return whole or None


def _follower_crossed(
    crossing: Crossing,
    place: int,
    verdict: Verdict,
    outcome: Outcome,
    *,
    by: By,
    at: int,
    why: str,
    lead: str,
) -> Fact:
    follower = crossing.followers[place]
    public: dict[str, Value] = {
        **_where(_as_crossing(follower, of=crossing)),
        "outcome": outcome.value,
        "people": follower.people,
        "evidence": Evidence.SEEN.value,
        "started": crossing.started,
        "checks": [],
        **_verdict(verdict),
        **_convoy(crossing, place=place + 2),
    }
    public |= code_of(why) if why else {}
    public |= {"lead": lead} if lead else {}
    public |= {"replaces": follower.replaces} if follower.replaces else {}
    personal = {**(personal_of(_as_crossing(follower, of=crossing)) or {}), **own_words(why)} or None
    return Fact(VEHICLE_CROSSED, follower.action, at, public, personal, by.shift, by.officer)


def _as_crossing(follower: Follower, *, of: Crossing) -> Crossing:
    """What is known of one more vehicle: its plate, and where the convoy comes from and goes."""
    return Crossing(
        action=follower.action,
        lane=of.lane,
        direction=of.direction,
        started=of.started,
        plate=follower.plate,
        plate_colour=follower.plate_colour,
        plate_marks=follower.plate_marks,
        vehicle=follower.vehicle,
        origin=of.origin,
        destination=of.destination,
        purpose=of.purpose,
    )


def _convoy(crossing: Crossing, *, place: int) -> dict[str, Value]:
    """Which vehicle of which convoy; nothing for one that drives alone."""
    if not crossing.followers:
        return {}
    return {"convoy": {"id": crossing.action, "place": place, "of": 1 + len(crossing.followers)}}


def _apart(person: Person) -> Mapping[str, Value]:
    """Somebody who does not go on with the vehicle."""
    fields: dict[str, Value] = {"person": person.number, "outcome": person.outcome}
    return fields | (code_of(person.why) if person.why else {})


def code_of(why: str) -> dict[str, Value]:
    """The public side of a reason: its code, or that it is in somebody's own words."""
    return {"why": why if why in words.REASONS or not why else words.OWN_WORDS}


def own_words(why: str) -> dict[str, Value]:
    """The personal side of a reason: words may name somebody, a code cannot."""
    return {} if why in words.REASONS or not why else {"why": why}


def _person(person: Person) -> Mapping[str, Value]:
    fields: dict[str, Value] = {
        "n": person.number,
        "name": person.name,
        "id": person.document,
        "kind": person.document_kind,
        "phone": person.phone,
        "evidence": person.evidence.value,
        "seat": person.seat,
        **own_words(person.why),
    }
    return {name: value for name, value in fields.items() if value}


def _check(check: Check) -> Mapping[str, Value]:
    fields: dict[str, Value] = {
        "kind": check.kind.value,
        "result": check.result,
        "evidence": check.evidence.value,
        "at": check.at,
        "person": check.person,
        "tenths": check.tenths,
        "taken": check.taken,
        "source": check.source,
        "voided": check.voided,
    }
    return {name: value for name, value in fields.items() if value not in (None, "", False)}


def _where(crossing: Crossing) -> dict[str, Value]:
    marks: Sequence[Value] = list(crossing.plate_marks)
    where: dict[str, Value] = {
        "lane": crossing.lane,
        "direction": crossing.direction.value,
        "class": crossing.vehicle.value,
    }
    where |= {"marks": marks} if marks else {}
    return where | ({"bus": True} if crossing.bus else {})


def _verdict(verdict: Verdict) -> dict[str, Value]:
    return {
        "verdict": verdict.state.value,
        "reasons": [{"code": reason.code, "person": reason.person} for reason in verdict.reasons],
        "data": [
            {"name": data.name, "version": data.version, "age": data.age, "light": data.light}
            for data in verdict.data
        ],
    }
