"""A crossing as plain JSON and back: what the mutable `draft` table keeps between two keys.

Drafts are ours and short-lived, but they come back after a crash and perhaps after an update: unknown
names are ignored and missing ones take their defaults.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import Field, fields
from typing import Any

from checkpoint_app.domain.canonical import Value
from checkpoint_app.domain.crossing import Check, Crossing, Follower, Person
from checkpoint_app.domain.facts import Tally
from checkpoint_app.domain.words import CheckKind, Direction, Evidence, VehicleClass

_VOCABULARY: Mapping[str, Callable[[Any], object]] = {
    "kind": CheckKind,
    "evidence": Evidence,
    "direction": Direction,
    "vehicle": VehicleClass,
}

_KINDS: Mapping[str, type | tuple[type, ...]] = {
    "str": str,
    "int": int,
    "bool": bool,
    "int | None": (int, type(None)),
}
"""What a field's annotation allows; every other field is a tuple."""


def write_crossing(crossing: Crossing) -> Mapping[str, Value]:
    """The crossing as JSON values."""
    plain = _write(crossing)
    plain["people"] = [_write(person) for person in crossing.people]
    plain["checks"] = [_write(check) for check in crossing.checks]
    plain["followers"] = [_write(follower) for follower in crossing.followers]
    return plain


def read_crossing(value: object) -> Crossing | None:
    """The crossing behind a draft; None for anything that is none (a damaged draft is no crossing)."""
    if not isinstance(value, Mapping):
        return None
    plain = dict(value)
    for name, record in (("people", Person), ("checks", Check), ("followers", Follower)):
        plain[name] = tuple(filter(None, (_read(record, item) for item in _list(value.get(name)))))
    crossing: Crossing | None = _read(Crossing, plain)
    return crossing


def write_tally(tally: Tally) -> Mapping[str, Value]:
    """The running minute as JSON values."""
    counts: list[Value] = [[kind.value, vehicles, people] for kind, vehicles, people in tally.counts]
    return {**_write(tally), "counts": counts}


def read_tally(value: object) -> Tally | None:
    """The running minute behind a draft; None for anything that is none."""
    if not isinstance(value, Mapping):
        return None
    try:
        counts = tuple(
            (VehicleClass(kind), int(vehicles), int(people)) for kind, vehicles, people in value["counts"]
        )
    except (KeyError, TypeError, ValueError):
        return None
    tally: Tally | None = _read(Tally, {**value, "counts": counts})
    return tally


def _write(record: Any) -> dict[str, Value]:
    plain = {field.name: getattr(record, field.name) for field in fields(record)}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in plain.items()}


def _read(record: Any, value: object) -> Any:
    if not isinstance(value, Mapping):
        return None
    try:
        known = {
            field.name: _fit(field, value[field.name]) for field in fields(record) if field.name in value
        }
        return record(**known)
    except (TypeError, ValueError):
        return None


def _fit(field: Field[object], value: Any) -> object:
    """The value as the field wants it; raises ValueError or TypeError for one of another kind."""
    vocabulary = _VOCABULARY.get(field.name)
    if vocabulary is not None:
        return vocabulary(value)
    if isinstance(value, list | tuple):
        return tuple(value)
    if not isinstance(value, _KINDS.get(str(field.type), tuple)):
        raise TypeError(field.name)
    return value


def _list(value: object) -> Sequence[object]:
    return value if isinstance(value, list | tuple) else ()
