"""The crossing as rules see it: which checks count, who still lacks what, everything as plain data.

What counts of several checks of one kind and person: of temperatures the last that a living body can have
(after one that is too high only those taken when the station's waiting time is over, or still higher ones),
of tests the one taken last with a clear result, of coloured codes the last colour noted, else the last. A
check that does not count stays in the record and can still speak against a release (a red code, a positive
test).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

from checkpoint_app.domain.crossing import Check, Crossing, Person
from checkpoint_app.domain.known import Known
from checkpoint_app.domain.rules import RulePack
from checkpoint_app.domain.verdict_words import COLOUR
from checkpoint_app.domain.words import CheckKind, Evidence, VehicleClass

MOST_PEOPLE = 500  # enumerated one by one; more are only counted
COLOURED = (CheckKind.HEALTH_CODE, CheckKind.TRAVEL_CODE)
OF_VEHICLE = (CheckKind.PASS, CheckKind.DECLARATION, CheckKind.VENUE_CODE)
PRESENTED = "presented"

_MINUTE = 60_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Seen:
    """A valid check and what follows from the others; `age` in minutes, None without a time or a sure clock.

    `evidence` is the best of its kind and person for coloured codes: scanned text, colour seen on the page.
    """

    check: Check
    counts: bool
    last: bool
    evidence: Evidence
    age: int | None = None
    future: bool = False
    again: int | None = None  # of a temperature that is too high: from when a second one counts, ms UTC

    @property
    def hours(self) -> int | None:
        """Age in begun hours: 48 h and one minute are 49."""
        return None if self.age is None else -(-self.age // 60)


@dataclass(frozen=True, slots=True)
class Case:
    """A crossing gone through once. `lacking` has what each person still needs, in order of the persons.

    Whoever is `apart` does not go on with the vehicle and is in nothing else here, nor in `headcount`.
    """

    crossing: Crossing
    people: tuple[int, ...]
    headcount: int
    seen: tuple[Seen, ...]
    lacking: Mapping[int, tuple[str, ...]]
    apart: tuple[Person, ...] = ()

    @property
    def among(self) -> int:
        """Everybody who came, also those who stay behind: whether a person needs a number."""
        return self.headcount + len(self.apart)

    @property
    def seats(self) -> Mapping[int, str]:
        """The seats of those who have one, by the number of the person."""
        return {person.number: person.seat for person in self.crossing.people if person.seat}

    @property
    def short(self) -> int:
        """People with something missing."""
        uncounted = self.headcount - len(self.people)
        return len(self.lacking) + (uncounted if self.lacking else 0)


def gone_through(crossing: Crossing, *, known: Known, rules: RulePack, now: int) -> Case:
    """The case of `crossing`; never raises, whatever the crossing holds."""
    apart = {person.number for person in crossing.apart}
    everybody = people_of(crossing)
    people = tuple(number for number in everybody if number not in apart)
    seen = _seen(crossing, apart, known=known, rules=rules, now=now)
    lacking = _lacking(people, seen, vehicle=crossing.vehicle, rules=rules)
    headcount = max(crossing.headcount, len(everybody)) - len(apart)
    return Case(crossing, people, headcount, seen, lacking, crossing.apart)


def as_data(case: Case, *, known: Known, rules: RulePack, now: int) -> dict[str, Any]:
    """`{payload, external}` for CertLogic: texts, whole numbers, booleans, null, lists and objects only."""
    crossing = case.crossing
    payload = {
        "lane": crossing.lane,
        "direction": crossing.direction.value,
        "vehicle": crossing.vehicle.value,
        "plate": crossing.plate,
        "plate_colour": crossing.plate_colour,
        "plate_marks": list(crossing.plate_marks),
        "origin": crossing.origin,
        "destination": crossing.destination,
        "purpose": crossing.purpose,
        "headcount": case.headcount,
        "short": case.short,
        "people": _people_data(case),
        "checks": [check_data(one) for one in case.seen],
    }
    external = {
        "validationClock": _iso(now),
        "clock_sure": known.sure,
        "station": dict(known.station),
        "presence": {
            "used": known.presence.used,
            "inside": known.presence.inside,
            "hours": known.presence.hours,
            "overstay": known.presence.overstay,
        },
        "parameters": dict(rules.parameters),
        "valueSets": {name: list(items) for name, items in rules.value_sets.items()},
    }
    return {"payload": payload, "external": external}


def _people_data(case: Case) -> list[dict[str, Any]]:
    """The people as a rule sees them: no name, no document number."""
    known = {person.number: person for person in case.crossing.people}
    return [_person_data(case, known.get(number, Person(number))) for number in case.people]


def _person_data(case: Case, person: Person) -> dict[str, Any]:
    return {
        "number": person.number,
        "document_kind": person.document_kind,
        "evidence": person.evidence.value,
        "missing": list(case.lacking.get(person.number, ())),
    }


def check_data(seen: Seen) -> dict[str, Any]:
    """One check as a rule sees it; `age_hours` counts begun hours, `timed` says that a time was given."""
    check = seen.check
    return {
        "kind": check.kind.value,
        "result": check.result,
        "evidence": seen.evidence.value,
        "person": check.person,
        "tenths": check.tenths,
        "source": check.source,
        "counts": seen.counts,
        "last": seen.last,
        "timed": check.taken is not None,
        "taken": None if check.taken is None else _iso(check.taken),
        "aged": seen.age is not None,
        "age_hours": seen.hours,
        "future": seen.future,
    }


def people_of(crossing: Crossing) -> tuple[int, ...]:
    """Everybody who was entered or checked, filled up from 1 to the number of people told."""
    named = {person.number for person in crossing.people if person.number > 0}
    named |= {check.person for check in crossing.valid_checks if check.person > 0}
    wanted = min(crossing.headcount, MOST_PEOPLE) - len(named)
    free = (number for number in range(1, MOST_PEOPLE + len(named) + 1) if number not in named)
    return tuple(sorted({*named, *islice(free, max(wanted, 0))}))


def _seen(
    crossing: Crossing, apart: Collection[int], *, known: Known, rules: RulePack, now: int
) -> tuple[Seen, ...]:
    checks = [check for check in crossing.valid_checks if check.person not in apart]
    groups: dict[tuple[int, str], list[Check]] = {}
    for check in checks:
        groups.setdefault((check.person, check.kind.value), []).append(check)
    chosen = {key: _counting(group, rules=rules) for key, group in groups.items()}
    return tuple(
        _one(
            check,
            group=groups[check.person, check.kind.value],
            counting=chosen[check.person, check.kind.value],
            now=now if known.sure else None,
            rules=rules,
        )
        for check in checks
    )


def _one(
    check: Check, *, group: Sequence[Check], counting: Check | None, now: int | None, rules: RulePack
) -> Seen:
    evidence = check.evidence
    if check.kind in COLOURED:
        evidence = max((other.evidence for other in group), key=lambda one: one.rank)
    seen = Seen(check, counts=check is counting, last=check is group[-1], evidence=evidence)
    if check is counting and check.kind is CheckKind.TEMPERATURE and _is_high(check, rules):
        return replace(seen, again=measure_again_from(group, rules=rules))
    if check.taken is None or now is None:
        return seen
    return replace(seen, age=max(now - check.taken, 0) // _MINUTE, future=check.taken > now)


def _counting(group: Sequence[Check], *, rules: RulePack) -> Check | None:
    kind = group[-1].kind
    if kind is CheckKind.TEMPERATURE:
        return _temperature(group, rules=rules)[0]
    if kind is CheckKind.TEST_REPORT:
        clear = (*rules.value_sets.get("test-negative", ()), *rules.value_sets.get("test-positive", ()))
        return max(reversed(group), key=lambda check: _freshness(check, clear))
    if kind in COLOURED:
        return next((check for check in reversed(group) if check.result != PRESENTED), group[-1])
    return group[-1]


def measure_again_from(group: Sequence[Check], *, rules: RulePack) -> int | None:
    """When one person may be measured again after a temperature that was too high, ms UTC; else None.

    `group` are the person's valid temperatures in order.
    """
    counting, since = _temperature(group, rules=rules)
    if counting is None or not _is_high(counting, rules):
        return None
    return since + _wait(rules)


def _temperature(group: Sequence[Check], *, rules: RulePack) -> tuple[Check | None, int]:
    """The temperature that counts, and when the waiting began if it is too high."""
    counting, since = None, 0
    for check in group:
        if check.tenths is None or check.tenths < rules.parameters["temperature_plausible"]:
            continue
        if counting is None or not _is_high(counting, rules) or check.at - since >= _wait(rules):
            counting, since = check, check.at
        elif check.tenths > (counting.tenths or 0):
            counting = check
    return counting, since


def _is_high(check: Check, rules: RulePack) -> bool:
    return check.tenths is not None and check.tenths >= rules.parameters["temperature_limit"]


def _wait(rules: RulePack) -> int:
    return rules.parameters["remeasure_minutes"] * _MINUTE


def _freshness(check: Check, clear: Sequence[str]) -> tuple[bool, bool, int]:
    return (check.result in clear, check.taken is not None, check.taken or 0)


def _lacking(
    people: Sequence[int], seen: Sequence[Seen], *, vehicle: VehicleClass, rules: RulePack
) -> Mapping[int, tuple[str, ...]]:
    having = {(one.check.person, one.check.kind.value): one.check for one in seen if one.counts}
    needed = rules.required_of(vehicle)
    lacking = {person: _needs(person, having, needed=needed, rules=rules) for person in people}
    return {person: kinds for person, kinds in lacking.items() if kinds}


def _needs(
    person: int, having: Mapping[tuple[int, str], Check], *, needed: Sequence[str], rules: RulePack
) -> tuple[str, ...]:
    found = (_need(person, kind, having, rules=rules) for kind in needed)
    return tuple(dict.fromkeys(need for need in found if need))


def _need(person: int, kind: str, having: Mapping[tuple[int, str], Check], *, rules: RulePack) -> str:
    """What is missing of a required kind for one person; "" when nothing is."""
    own = having.get((person, kind)) or (having.get((0, kind)) if kind in OF_VEHICLE else None)
    if own:
        unlooked = kind in COLOURED and own.result == PRESENTED and rules.parameters["colour_needed"]
        return COLOUR if unlooked else ""
    stands_in = any((person, other) in having for other in rules.instead.get(kind, ()))
    return "" if stands_in else kind


def _iso(at: int) -> str | None:
    """A moment as rules read it; None for what no calendar has."""
    try:
        return (_EPOCH + timedelta(milliseconds=at)).isoformat(timespec="milliseconds")
    except OverflowError:
        return None
