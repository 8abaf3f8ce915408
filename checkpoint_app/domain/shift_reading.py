"""Entries of crossings and tallies as a shift's sums take them. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from sys import intern
from types import MappingProxyType
from typing import Any

from checkpoint_app.domain.shift_sums import Crossed, Part, is_exceptional
from checkpoint_app.domain.words import Evidence

COMPARED = ("outcome", "class", "people", "direction", "lane")
"""What of a crossing is set beside the one that was recorded instead."""

_NAMES = {"class": "vehicle"}
_LIGHTS: dict[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]] = {}
"""One of each: sets of data have few names and lights."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Of an entry's header: its number, action and officer's number, and when it happened (ms UTC)."""

    seq: int
    action: str
    at: int
    officer: str


def read_crossed(origin: Origin, said: Mapping[str, Any], personal: str | None) -> Crossed:
    """A crossing as written; `said` is its public part. Words that come again are kept once."""
    outcome, why = intern(said.get("outcome", "")), said.get("why", "")
    lead = intern(said.get("lead", ""))
    apart = tuple(intern(each["outcome"]) for each in said.get("apart", ()))
    lights = tuple((intern(each["name"]), intern(each["light"])) for each in said.get("data", ()))
    return Crossed(
        origin.seq,
        origin.action,
        origin.at,
        intern(origin.officer),
        said.get("started", 0),
        said.get("lane", 0),
        intern(said.get("direction", "")),
        intern(said.get("class", "")),
        said.get("people", 0),
        outcome,
        intern(said.get("evidence", "") or Evidence.SEEN.value),
        intern(said.get("verdict", "")),
        intern(why),
        codes(said),
        apart,
        _LIGHTS.setdefault(lights, lights),
        said.get("replaces", ""),
        tuple(said.get("marks") or ()),
        personal if is_exceptional(outcome, why or lead, apart) else None,
        lead=lead,
    )


def data_of(said: Mapping[str, Any]) -> Mapping[str, tuple[str, int | None]]:
    """Version and age (ms) of the data sets of a verdict, by name."""
    return {each["name"]: (str(each["version"]), each["age"]) for each in said.get("data", ())}


def read_parts(said: Mapping[str, Any]) -> Iterator[Part]:
    """What a tally counted, class by class."""
    for part in said.get("counts", ()):
        yield Part(
            said.get("lane", 0),
            said.get("direction", ""),
            part["class"],
            said["minute"],
            part["vehicles"],
            part["people"],
        )


def codes(said: Mapping[str, Any]) -> tuple[str, ...]:
    """Codes of the verdict's reasons."""
    return tuple(reason["code"] for reason in said.get("reasons", ()))


def amended(row: Crossed, fields: Mapping[str, Any], personal: str | None) -> Crossed:
    """The crossing with the values of an amendment; its reason is the amendment's own."""
    over = dict(json.loads(personal)) if personal else {}
    over.pop("why", None)
    known = {"lane", "direction", "class", "people", "outcome", "evidence", "marks"}
    new = {_NAMES.get(name, name): value for name, value in fields.items() if name in known}
    new |= {"marks": tuple(new["marks"] or ())} if "marks" in new else {}
    return replace(row, **new, over=MappingProxyType({**row.over, **over}))


def public_of(row: Crossed) -> Mapping[str, Any]:
    """The amendable public values as they read, by the names entries use."""
    return {
        "outcome": row.outcome,
        "class": row.vehicle,
        "people": row.people,
        "direction": row.direction,
        "lane": row.lane,
        "marks": row.marks,
        "evidence": row.evidence,
    }


def changes_of(
    before: Mapping[str, Any], after: Mapping[str, Any], names: Sequence[str]
) -> tuple[tuple[str, str, str], ...]:
    """Field, before, after, as texts; what stayed is left out."""
    pairs = ((name, _text(before.get(name)), _text(after.get(name))) for name in names)
    return tuple(pair for pair in pairs if pair[1] != pair[2])


def _text(value: Any) -> str:
    if isinstance(value, list | tuple):
        return " ".join(map(str, value))
    return "" if value is None else str(value)
