"""Is the picture alive? Frozen and black pictures look like pictures; time tells them apart. Pure."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

NOTICED_MS = 2_500
"""How long a picture must stand still or be black before it counts; noticed well within 3 s."""

DARKEST = 10
FLATTEST = 4


class Sight(StrEnum):
    """What a camera sees."""

    OPENING = "opening"
    FINE = "fine"
    FROZEN = "frozen"
    BLACK = "black"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Pulse:
    """When the picture last changed and last had light in it, ms of the run's counter."""

    digest: int = -1
    changed: int = 0
    lit: int = 0


def felt(pulse: Pulse, picture: NDArray[np.uint8], *, at: int) -> Pulse:
    """The pulse after one more picture."""
    sample = picture[::16, ::16]
    digest = zlib.crc32(np.ascontiguousarray(sample).tobytes())
    black = float(sample.mean()) < DARKEST and float(sample.std()) < FLATTEST
    return Pulse(
        digest,
        at if digest != pulse.digest else pulse.changed,
        pulse.lit if black and pulse.digest != -1 else at,
    )


def sight(pulse: Pulse, *, at: int, live: bool) -> Sight:
    """What the pulse says at `at`; only live cameras can freeze or go dark."""
    if not live:
        return Sight.FINE
    if at - pulse.lit >= NOTICED_MS:
        return Sight.BLACK
    if at - pulse.changed >= NOTICED_MS:
        return Sight.FROZEN
    return Sight.FINE
