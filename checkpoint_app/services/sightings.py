"""Which codes this desk has read within a day: a second sighting elsewhere is worth a look, never a refusal.

A screenshot cannot be told from the original without a network; the officer compares person and plate.
Kept in memory by keyed digest only and gone with the program. A busy day has 80,000 of them, so each is two
numbers and no object of its own.
"""

from __future__ import annotations

from collections.abc import Iterable

from checkpoint_app.domain.crossing import Crossing
from checkpoint_app.domain.known import Sighting

DAY_MS = 24 * 3600 * 1000
MOST = 100_000
_LANES = 64  # more than any desk has: time and lane in one number


class Sightings:
    """The last sighting of each digest, newest last."""

    def __init__(self) -> None:
        self._last: dict[str, int] = {}

    def note(self, crossing: Crossing, *, at: int) -> None:
        """The codes of a crossing that ended at `at`, ms UTC."""
        for check in crossing.valid_checks:
            if check.digest:
                self._last.pop(check.digest, None)
                self._last[check.digest] = at * _LANES + crossing.lane
        while len(self._last) > MOST:
            del self._last[next(iter(self._last))]

    def forget(self, crossing: Crossing, *, at: int) -> None:
        """The crossing noted at `at` did not end after all."""
        for check in crossing.checks:
            if self._last.get(check.digest) == at * _LANES + crossing.lane:
                del self._last[check.digest]

    def of(self, digests: Iterable[str], *, now: int) -> tuple[Sighting, ...]:
        """Sightings of these digests within the last day."""
        found = ((digest, self._last[digest]) for digest in digests if digest in self._last)
        sightings = (Sighting(digest, *divmod(packed, _LANES)) for digest, packed in found)
        return tuple(one for one in sightings if now - one.at < DAY_MS)
