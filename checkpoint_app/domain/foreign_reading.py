"""Crossings and tallies of another desk, which may have written anything: read where they can be added up.

Pure. What cannot is left out: a desk can spoil its own figures and no other's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from checkpoint_app.domain import shift_reading
from checkpoint_app.domain.canonical import LARGEST
from checkpoint_app.domain.shift_reading import Origin
from checkpoint_app.domain.shift_sums import Crossed, Part

MOST = 100_000
"""People of a crossing, vehicles of a minute: no sum of them gets near to what a ledger can hold."""

_NONSENSE = (TypeError, ValueError, KeyError, AttributeError)


def read_crossed(origin: Origin, said: Mapping[str, Any]) -> Crossed | None:
    return _sound(lambda: shift_reading.read_crossed(origin, said, None))


def amended(row: Crossed, fields: Any) -> Crossed:
    """With the values of an amendment; as it was where those cannot be."""
    return _sound(lambda: shift_reading.amended(row, fields or {}, None)) or row


def read_parts(said: Mapping[str, Any]) -> tuple[Part, ...]:
    """What a tally counted, the classes that can be read."""
    try:
        parts = tuple(shift_reading.read_parts(said))
    except _NONSENSE:
        return ()
    return tuple(part for part in parts if _adds_up(part))


def _sound(read: Callable[[], Crossed]) -> Crossed | None:
    try:
        row = read()
    except _NONSENSE:
        return None
    texts = (row.direction, row.vehicle, row.outcome, row.evidence, row.replaces)
    fits = _are_texts(*texts) and _whole(row.started, most=LARGEST)
    return row if fits and _whole(row.lane) and _whole(row.people) else None


def _adds_up(part: Part) -> bool:
    counts = (part.lane, part.vehicles, part.people)
    return (
        _are_texts(part.direction, part.vehicle)
        and _whole(part.minute, most=LARGEST)
        and all(map(_whole, counts))
    )


def _are_texts(*values: object) -> bool:
    return all(isinstance(value, str) for value in values)


def _whole(value: object, *, most: int = MOST) -> bool:
    return isinstance(value, int) and 0 <= value <= most
