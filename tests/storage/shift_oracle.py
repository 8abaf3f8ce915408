"""The second opinion about a shift: plain sums over raw entries, with nothing of the application's.

Vehicles are followed as chains, from the first crossing through all that was recorded in its place. Of a
chain that crossing counts which is the first not undone by its own shift.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

Raw = tuple[str, str, str | None, str]
"""Header, public and personal part as stored, and the hash in hex."""


@dataclass
class Sums:
    """What a shift must say."""

    vehicles: int = 0
    people: int = 0
    counted_vehicles: int = 0
    counted_people: int = 0
    undone: int = 0
    elsewhere: int = 0
    corrections: int = 0
    late: int = 0
    alarms: int = 0
    exceptions: int = 0
    took: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    directions: Counter[str] = field(default_factory=Counter)
    evidence: Counter[str] = field(default_factory=Counter)
    apart: Counter[str] = field(default_factory=Counter)
    people_by_evidence: Counter[str] = field(default_factory=Counter)
    hours: Counter[int] = field(default_factory=Counter)
    hour_people: Counter[int] = field(default_factory=Counter)
    lanes: Counter[tuple[int, str]] = field(default_factory=Counter)
    lane_counted: Counter[tuple[int, str]] = field(default_factory=Counter)
    lane_outcomes: Counter[tuple[int, str, str]] = field(default_factory=Counter)
    classes: Counter[str] = field(default_factory=Counter)
    stale: Counter[str] = field(default_factory=Counter)


def oracle(entries: list[Raw]) -> dict[str, Sums]:
    """What every shift adds up to."""
    found: defaultdict[str, Sums] = defaultdict(Sums)
    heads = [json.loads(header) for header, *_ in entries]
    bodies = [json.loads(public) for _, public, *_ in entries]
    undone = _correct(entries, heads, bodies, found)
    counting = _counting(heads, bodies, undone)
    for n, head in enumerate(heads):
        sums = found[head["shift"]]
        sums.alarms += head["kind"] == "check_flagged"
        if head["kind"] == "vehicle_crossed":
            sums.undone += n in undone
            sums.elsewhere += n not in undone and n not in counting
            sums.exceptions += n not in undone and _is_exceptional(bodies[n])
            if n in counting:
                _crossed(sums, head, bodies[n])
        elif head["kind"] == "tallied" and n not in undone:
            for part in bodies[n]["counts"]:
                _tallied(sums, bodies[n], part)
    return dict(found)


def _correct(
    entries: list[Raw], heads: list[Any], bodies: list[Any], found: defaultdict[str, Sums]
) -> set[int]:
    """Puts amendments of a shift's own over its bodies; which entries their own shift undid."""
    place_of = {digest: n for n, (*_, digest) in enumerate(entries)}
    undone = set()
    for n, head in enumerate(heads):
        if head["kind"] not in ("outcome_undone", "crossing_amended"):
            continue
        target = place_of[bodies[n]["ref"]["hash"]]
        own = heads[target]["shift"] == head["shift"]
        found[head["shift"]].corrections += 1
        found[head["shift"]].late += not own
        if own and head["kind"] == "outcome_undone":
            undone.add(target)
        elif own:
            bodies[target] = bodies[target] | bodies[n]["fields"]
    return undone


def _counting(heads: list[Any], bodies: list[Any], undone: set[int]) -> set[int]:
    action_of = {head["action"]: n for n, head in enumerate(heads)}
    successor = {action_of[body["replaces"]]: n for n, body in enumerate(bodies) if body.get("replaces")}
    counting = set()
    for n, head in enumerate(heads):
        first = head["kind"] == "vehicle_crossed" and not bodies[n].get("replaces")
        link: int | None = n if first else None
        while link is not None and link in undone:
            link = successor.get(link)
        counting |= set() if link is None else {link}
    return counting


def _is_exceptional(body: dict[str, Any]) -> bool:
    simple = body["outcome"] in ("released", "registered")
    return not simple or any(body.get(name) for name in ("why", "apart", "lead"))


def _crossed(sums: Sums, head: dict[str, Any], body: dict[str, Any]) -> None:
    lane = (body["lane"], body["direction"])
    hour = (head["happened"] + 480 * 60_000) // 3_600_000
    sums.vehicles += 1
    sums.people += body["people"]
    sums.took += head["happened"] - body["started"]
    sums.outcomes[body["outcome"]] += 1
    sums.directions[body["direction"]] += 1
    sums.evidence[body["evidence"]] += 1
    sums.people_by_evidence[body["evidence"]] += body["people"]
    sums.hours[hour] += 1
    sums.hour_people[hour] += body["people"]
    sums.lanes[lane] += 1
    sums.lane_outcomes[(*lane, body["outcome"])] += 1
    sums.classes[body["class"]] += 1
    for each in body.get("apart", ()):
        sums.apart[each["outcome"]] += 1
    for data in body["data"]:
        sums.stale[data["name"]] += data["light"] != "fresh"


def _tallied(sums: Sums, body: dict[str, Any], part: dict[str, Any]) -> None:
    hour = (body["minute"] + 480 * 60_000) // 3_600_000
    sums.counted_vehicles += part["vehicles"]
    sums.counted_people += part["people"]
    sums.people_by_evidence["seen"] += part["people"]
    sums.hours[hour] += part["vehicles"]
    sums.hour_people[hour] += part["people"]
    sums.lane_counted[body["lane"], body["direction"]] += part["vehicles"]
    sums.classes[part["class"]] += part["vehicles"]
