"""Codes still held before the camera by somebody whose vehicle just left the lane: not the next vehicle's."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from checkpoint_app.domain.crossing import Crossing

HOLD_OFF_MS = 5_000
LONGEST_MS = 30_000
"""However often a code comes back meanwhile: somebody who scans it again and again means it."""


class HoldOff:
    """The codes of crossings that just left, by keyed digest; in memory only."""

    def __init__(self, digest: Callable[[bytes], str]) -> None:
        self._digest = digest
        self._held: dict[str, tuple[int, int]] = {}

    def left(self, crossing: Crossing, *, at: int) -> None:
        """The crossing was ended or parked at `at`, ms UTC."""
        fresh = {digest: held for digest, held in self._held.items() if 0 <= at - held[1] < HOLD_OFF_MS}
        self._held = fresh | dict.fromkeys(self._digests(crossing), (at, at))

    def holds(self, digest: str, *, now: int) -> bool:
        """Whether this code is of one of them, seen again before it was away for five seconds."""
        if digest not in self._held:
            return False
        since, seen = self._held[digest]
        if not 0 <= now - seen < HOLD_OFF_MS or now - since >= LONGEST_MS:
            return False
        self._held[digest] = (since, now)
        return True

    def _digests(self, crossing: Crossing) -> Iterator[str]:
        yield from (check.digest for check in crossing.checks if check.digest)
        for plate in (crossing.plate, *(follower.plate for follower in crossing.followers)):
            if plate:
                yield from (self._digest(plate.encode(form)) for form in ("utf-8", "gb18030"))
