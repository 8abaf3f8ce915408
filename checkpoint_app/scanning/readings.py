"""What a decoder hands on: bytes and a place, never a text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

Corners = tuple[tuple[int, int], ...]

LARGEST_PAYLOAD = 7_089
"""Digits in the largest QR code (version 40, level L, numeric mode); no honest decoder returns more."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One code in one frame: its error-corrected bytes as printed, and where it is."""

    payload: bytes
    corners: Corners
    """Four points in pixels of the original frame, clockwise from the code's own top left."""
    decoder: str
    charset: str = ""
    """Python's name of the character set that the code declares for its bytes (ECI); empty without one."""
    modules: int = 0
    """Modules a side, 0 where the decoder does not say."""


def usable(readings: Iterable[Reading]) -> tuple[Reading, ...]:
    """Without empty and impossibly long payloads, and each code once when it was found twice in one place."""
    kept: list[Reading] = []
    for reading in readings:
        if not 0 < len(reading.payload) <= LARGEST_PAYLOAD:
            continue
        if not any(other.payload == reading.payload and _overlap(other, reading) for other in kept):
            kept.append(reading)
    return tuple(kept)


def _overlap(one: Reading, other: Reading) -> bool:
    """Whether the middle of either lies in the upright box around the other."""
    return within(middle(one.corners), other.corners) or within(middle(other.corners), one.corners)


def middle(corners: Corners) -> tuple[float, float]:
    """The mean of the corners, in pixels."""
    return sum(x for x, _ in corners) / len(corners), sum(y for _, y in corners) / len(corners)


def within(point: tuple[float, float], corners: Corners) -> bool:
    """Whether `point` lies in the upright box around `corners`."""
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs) <= point[0] <= max(xs) and min(ys) <= point[1] <= max(ys)
