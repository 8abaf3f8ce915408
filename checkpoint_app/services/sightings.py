"""Which codes this desk has read within a day: a second sighting elsewhere is worth a look, never a refusal.

A screenshot cannot be told from the original without a network; the officer compares person and plate.
Kept in memory by keyed digest only and gone with the program.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable

from checkpoint_app.domain.crossing import Crossing
from checkpoint_app.domain.known import Sighting

DAY_MS = 24 * 3600 * 1000
MOST = 100_000


class Sightings:
    """The last sighting of each digest, newest last."""

    def __init__(self) -> None:
        self._last: OrderedDict[str, Sighting] = OrderedDict()

    def note(self, crossing: Crossing, *, at: int) -> None:
        """The codes of a crossing that ended at `at`, ms UTC."""
        for check in crossing.valid_checks:
            if check.digest:
                self._last.pop(check.digest, None)
                self._last[check.digest] = Sighting(check.digest, at, crossing.lane)
        while len(self._last) > MOST:
            self._last.popitem(last=False)

    def forget(self, crossing: Crossing, *, at: int) -> None:
        """The crossing noted at `at` did not end after all."""
        for check in crossing.checks:
            if self._last.get(check.digest) == Sighting(check.digest, at, crossing.lane):
                del self._last[check.digest]

    def of(self, digests: Iterable[str], *, now: int) -> tuple[Sighting, ...]:
        """Sightings of these digests within the last day."""
        found = (self._last.get(digest) for digest in digests)
        return tuple(sighting for sighting in found if sighting and now - sighting.at < DAY_MS)
