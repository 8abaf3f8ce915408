"""A code counts when it is read twice, and once only while it stays in view.

Decoders do not misread an error-corrected byte; the second reading is asked for because a code in a passing
hand or on a passing truck is not being presented. Everything goes by time: lanes differ in frame rate.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from checkpoint_app.scanning.readings import Reading

SECOND_READING_WITHIN = 600
"""Milliseconds between the two readings that make a code count."""
AGAIN_AFTER = 3_000
"""Milliseconds out of sight after which the same code counts anew."""


@dataclass(frozen=True, slots=True)
class _Sight:
    last: int
    counted: bool


class Steady:
    """Remembers what one camera saw in the last three seconds."""

    def __init__(self) -> None:
        self._seen: dict[bytes, _Sight] = {}

    def admit(self, readings: Iterable[Reading], *, at: int) -> tuple[Reading, ...]:
        """The readings of the frame taken `at` (monotonic milliseconds) which count now."""
        self._forget(at)
        admitted = []
        for payload, reading in {reading.payload: reading for reading in readings}.items():
            before = self._seen.get(payload)
            counts = before is not None and not before.counted and at > before.last
            self._seen[payload] = _Sight(at, counts or (before is not None and before.counted))
            if counts:
                admitted.append(reading)
        return tuple(admitted)

    def _forget(self, at: int) -> None:
        self._seen = {
            payload: sight
            for payload, sight in self._seen.items()
            if at - sight.last <= (AGAIN_AFTER if sight.counted else SECOND_READING_WITHIN)
        }
