"""What the crossings and tallies of one shift add up to. Pure; the rules are those of `domain.figures`."""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from checkpoint_app.domain.figures import ClassLine, DataAge, Exceptional, HourLine, LaneLine, Outage
from checkpoint_app.domain.words import Evidence, Outcome

HOUR = 3_600_000
MINUTE = 60_000
LONGEST = 72
"""Hours in a row that are listed also when nothing happened in them; a clock may be years off."""

FRESH = "fresh"
_LIGHTS = (FRESH, "stale", "expired", "missing")
_BY_EYE = (Evidence.DECLARED.value, Evidence.SEEN.value)
_SIMPLE = (Outcome.RELEASED.value, Outcome.REGISTERED.value)
_NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Crossed:
    """One crossing of the shift as it reads; `lights` are (name, light) of the data sets of its verdict.

    `personal` is the personal part as stored, kept of exceptional ones only: a shift may have a hundred
    thousand others. `over` is what amendments put over it. `undone`: by this shift.
    """

    seq: int
    action: str
    at: int
    officer: str
    started: int
    lane: int
    direction: str
    vehicle: str
    people: int
    outcome: str
    evidence: str
    verdict: str
    why: str
    reasons: tuple[str, ...]
    apart: tuple[str, ...]
    lights: tuple[tuple[str, str], ...]
    replaces: str
    marks: tuple[str, ...]
    personal: str | None
    over: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)
    undone: bool = False
    elsewhere: bool = False
    lead: str = ""

    @property
    def counts(self) -> bool:
        return not self.undone and not self.elsewhere

    @property
    def exceptional(self) -> bool:
        """Not simply released, with or without being registered, or released beyond its verdict."""
        return not self.undone and is_exceptional(self.outcome, self.why or self.lead, self.apart)


@dataclass(frozen=True, slots=True)
class Part:
    """Vehicles of one class counted by eye in one minute of a lane; `minute` is ms UTC of its start."""

    lane: int
    direction: str
    vehicle: str
    minute: int
    vehicles: int
    people: int


@dataclass(frozen=True, slots=True)
class Traffic:
    """What counts: crossings in the order written, and parts of tallies."""

    crossed: tuple[Crossed, ...]
    counted: tuple[Part, ...]

    @property
    def vehicles(self) -> int:
        return len(self.crossed)

    @property
    def people(self) -> int:
        return sum(row.people for row in self.crossed)

    @property
    def counted_vehicles(self) -> int:
        return sum(part.vehicles for part in self.counted)

    @property
    def counted_people(self) -> int:
        return sum(part.people for part in self.counted)

    @property
    def mean_ms(self) -> int | None:
        """From coming to outcome; None without crossings."""
        return _mean(self.crossed)

    def people_by_evidence(self) -> Mapping[str, int]:
        """Everybody by how weakly their crossing is known, counted ones as seen."""
        found: Counter[str] = Counter()
        for row in self.crossed:
            found[row.evidence] += row.people
        found[Evidence.SEEN.value] += self.counted_people
        return _plain(found)

    def people_apart(self) -> Mapping[str, int]:
        """Who did not go on with a vehicle that did."""
        return _plain(Counter(outcome for row in self.crossed for outcome in row.apart))

    def by(self, name: str) -> Mapping[str, int]:
        """Crossings by one of their values: outcome, direction, evidence."""
        return _plain(Counter(getattr(row, name) for row in self.crossed))

    def counted_directions(self) -> Mapping[str, int]:
        found: Counter[str] = Counter()
        for part in self.counted:
            found[part.direction] += part.vehicles
        return _plain(found)


def is_exceptional(outcome: str, why: str, apart: Sequence[str]) -> bool:
    """Whether a crossing is told of one by one; `why` is the reason, or the lead who let it go."""
    return outcome not in _SIMPLE or bool(why) or bool(apart)


def lanes(traffic: Traffic) -> tuple[LaneLine, ...]:
    """One line for a lane and direction, in that order."""
    crossed: defaultdict[tuple[int, str], list[Crossed]] = defaultdict(list)
    counted: defaultdict[tuple[int, str], list[Part]] = defaultdict(list)
    for row in traffic.crossed:
        crossed[row.lane, row.direction].append(row)
    for part in traffic.counted:
        counted[part.lane, part.direction].append(part)
    return tuple(_lane(key, crossed[key], counted[key]) for key in sorted({*crossed, *counted}))


def hours(traffic: Traffic, *, zone: int, opened: int) -> tuple[HourLine, ...]:
    """From the hour in which the shift was opened to the last with traffic, quiet ones between included."""
    shift = zone * MINUTE
    crossed: defaultdict[int, list[Crossed]] = defaultdict(list)
    counted: defaultdict[int, list[Part]] = defaultdict(list)
    for row in traffic.crossed:
        crossed[(row.at + shift) // HOUR].append(row)
    for part in traffic.counted:
        counted[(part.minute + shift) // HOUR].append(part)
    there = {(opened + shift) // HOUR, *crossed, *counted}
    first, last = min(there), max(there)
    wanted: Iterable[int] = range(first, last + 1) if last - first < LONGEST else sorted(there)
    return tuple(_hour(hour * HOUR - shift, crossed[hour], counted[hour]) for hour in wanted)


def classes(traffic: Traffic) -> tuple[ClassLine, ...]:
    """Most vehicles first."""
    vehicles: Counter[str] = Counter()
    people: Counter[str] = Counter()
    for row in traffic.crossed:
        vehicles[row.vehicle] += 1
        people[row.vehicle] += row.people
    for part in traffic.counted:
        vehicles[part.vehicle] += part.vehicles
        people[part.vehicle] += part.people
    found = (ClassLine(kind, vehicles[kind], people[kind]) for kind in vehicles)
    return tuple(sorted(found, key=lambda line: (-line.vehicles, line.vehicle)))


def exceptions(crossed: Iterable[Crossed]) -> tuple[Exceptional, ...]:
    """In the order written, those whose vehicle counts elsewhere included."""
    return tuple(_exceptional(row) for row in crossed if row.exceptional)


def ages(crossed: Iterable[Crossed], last: Mapping[str, tuple[str, int | None]]) -> tuple[DataAge, ...]:
    """Every data set that a verdict rested on, by name; `last` are version and age as last used."""
    worst: dict[str, str] = dict.fromkeys(last, FRESH)
    stale: Counter[str] = Counter()
    for row in crossed:
        for name, light in row.lights:
            worst[name] = max(worst.get(name, FRESH), light, key=_gravity)
            stale[name] += light != FRESH
    return tuple(DataAge(name, *last[name], worst[name], stale[name]) for name in sorted(last))


def outages(found: Iterable[Outage], traffic: Traffic) -> tuple[Outage, ...]:
    """With the vehicles that crossed meanwhile at that lane, at any for lane 0."""
    times: defaultdict[int, list[int]] = defaultdict(list)
    for row in traffic.crossed:
        times[row.lane].append(row.at)
    for part in traffic.counted:
        times[part.lane] += [part.minute] * part.vehicles
    for each in times.values():
        each.sort()
    return tuple(_with_vehicles(outage, times) for outage in found)


def _with_vehicles(outage: Outage, times: Mapping[int, Sequence[int]]) -> Outage:
    rows = times.values() if not outage.lane else (times.get(outage.lane, ()),)
    until = outage.until or 2**63
    passed = sum(bisect_right(row, until) - bisect_left(row, outage.since) for row in rows)
    return Outage(outage.what, outage.lane, outage.since, outage.until, passed, outage.seq)


def _lane(key: tuple[int, str], crossed: Sequence[Crossed], counted: Sequence[Part]) -> LaneLine:
    own = Traffic(tuple(crossed), tuple(counted))
    by_eye = sum(row.evidence in _BY_EYE for row in crossed)
    return LaneLine(
        *key,
        own.vehicles,
        own.people,
        own.counted_vehicles,
        own.counted_people,
        own.by("outcome"),
        own.mean_ms,
        by_eye + own.counted_vehicles,
    )


def _hour(start: int, crossed: Sequence[Crossed], counted: Sequence[Part]) -> HourLine:
    own = Traffic(tuple(crossed), tuple(counted))
    outcomes, by_lane = own.by("outcome"), Counter(row.lane for row in crossed)
    for part in counted:
        by_lane[part.lane] += part.vehicles
    return HourLine(
        start,
        own.vehicles + own.counted_vehicles,
        own.people + own.counted_people,
        outcomes.get(Outcome.TURNED_BACK.value, 0),
        outcomes.get(Outcome.HELD.value, 0),
        MappingProxyType(dict(sorted(by_lane.items()))),
    )


def _exceptional(row: Crossed) -> Exceptional:
    own = (json.loads(row.personal) if row.personal else {}) | dict(row.over)
    people = own.get("people", ())
    return Exceptional(
        row.seq,
        row.action,
        row.at,
        row.lane,
        row.direction,
        own.get("plate", ""),
        row.outcome,
        row.verdict,
        row.reasons,
        own.get("why") or row.why,
        row.officer,
        row.people,
        len(row.apart),
        next((person["name"] for person in people if person.get("name")), ""),
        elsewhere=row.elsewhere,
        lead=row.lead,
    )


def _mean(crossed: Sequence[Crossed]) -> int | None:
    took = [max(0, row.at - row.started) if row.started else 0 for row in crossed]
    return sum(took) // len(took) if took else None


def _gravity(light: str) -> int:
    return _LIGHTS.index(light) if light in _LIGHTS else len(_LIGHTS)


def _plain(found: Counter[str]) -> Mapping[str, int]:
    return MappingProxyType({name: found[name] for name in sorted(found) if found[name]})
