"""A line of words and how it is meant. Plain data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Tone(StrEnum):
    """What a line says beyond its words; the values are colours of the theme."""

    PLAIN = "ink"
    QUIET = "ink2"
    HINT = "ink3"
    GOOD = "good"
    WARN = "warn"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Told:
    text: str
    tone: Tone = Tone.HINT
