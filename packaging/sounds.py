"""Writes resources/sounds from the table of STYLE §11.

    python packaging/sounds.py        needs numpy

48 kHz mono 16 bit, 5 ms ramps, peak -1 dBFS. The sounds differ in count and direction, so that a bad speaker
or a worn ear still tells them apart; all but "not saved" lie where lorry noise is low.
"""

from __future__ import annotations

import wave
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

RATE = 48_000
RAMP_MS = 5
PEAK = 10 ** (-1 / 20)
PARTIALS = (1.0, 0.35, 0.15)
STOP_PARTIALS = (1.0, 0.6, 0.4, 0.25)
FOLDER = Path(__file__).resolve().parent.parent / "resources" / "sounds"


@dataclass(frozen=True, slots=True)
class Pattern:
    """`steps` are (hertz, milliseconds); 0 Hz is a gap."""

    steps: tuple[tuple[int, int], ...]
    partials: tuple[float, ...] = PARTIALS


SOUNDS = {
    "pass": Pattern(((1568, 120),)),
    "pass_short": Pattern(((1568, 60),)),
    "not_yet": Pattern(((784, 110), (0, 70), (784, 110))),
    "refer": Pattern(((659, 170), (988, 260))),
    "stop": Pattern(((1047, 160), (698, 160), (0, 60)) * 3, STOP_PARTIALS),
    "tally": Pattern(((2000, 30),)),
    "not_saved": Pattern(((440, 600), (0, 200), (440, 600))),
}


def tone(hertz: int, milliseconds: int, partials: tuple[float, ...]) -> NDArray[np.float64]:
    """One step with its ramps; partial n is the n-th multiple of `hertz`."""
    count = RATE * milliseconds // 1000
    if not hertz:
        return np.zeros(count)
    time = np.arange(count) / RATE
    mixed = sum(
        (level * np.sin(2 * np.pi * hertz * (n + 1) * time) for n, level in enumerate(partials)),
        start=np.zeros(count),
    )
    ramp = RATE * RAMP_MS // 1000
    edge = np.minimum(np.arange(count), np.arange(count)[::-1]) / ramp
    return mixed * np.clip(edge, 0.0, 1.0)


def samples(pattern: Pattern) -> NDArray[np.int16]:
    joined = np.concatenate([tone(hertz, length, pattern.partials) for hertz, length in pattern.steps])
    scaled: NDArray[np.int16] = np.round(joined / np.abs(joined).max() * PEAK * 32767).astype("<i2")
    return scaled


def make(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, pattern in SOUNDS.items():
        with wave.open(str(folder / f"{name}.wav"), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE)
            file.writeframes(samples(pattern).tobytes())


if __name__ == "__main__":
    make(FOLDER)
