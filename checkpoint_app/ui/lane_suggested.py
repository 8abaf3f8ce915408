"""Colours a camera measured beside health codes that carry none: offered, never taken by themselves."""

from __future__ import annotations

from checkpoint_app.domain.crossing import Check, Crossing
from checkpoint_app.domain.lane import UNCOLOURED
from checkpoint_app.domain.words import CheckKind

MOST = 1_000


class Suggested:
    """By the digest of the code; the newest measurement of a code counts."""

    def __init__(self) -> None:
        self._colours: dict[str, str] = {}

    def note(self, digest: str, colour: str) -> None:
        if colour:
            self._colours.pop(digest, None)
            self._colours[digest] = colour
            if len(self._colours) > MOST:
                del self._colours[next(iter(self._colours))]

    def of(self, crossing: Crossing | None) -> dict[int, str]:
        """By the person's number, for those whose code has no colour yet."""
        found = ((check.person, self._colours.get(check.digest, "")) for check in bare_codes(crossing))
        return {person: colour for person, colour in found if colour}

    def due(self, crossing: Crossing | None) -> str:
        """Of the code that a noted colour would belong to, "" for none."""
        bare = bare_codes(crossing)
        return self._colours.get(bare[-1].digest, "") if bare else ""


def bare_codes(crossing: Crossing | None) -> tuple[Check, ...]:
    """Health codes of people for whom no colour is known, in the order they were read."""
    checks = crossing.valid_checks if crossing else ()
    codes = [check for check in checks if check.kind is CheckKind.HEALTH_CODE]
    coloured = {check.person for check in codes if check.result != UNCOLOURED}
    return tuple(check for check in codes if check.person not in coloured)
