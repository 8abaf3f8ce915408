"""The sounds as a microphone would hear them: length, level, count of tones, direction of pitch, band."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from checkpoint_app.config import resource
from tests.resources.scripts import load

RATE = 48_000
LENGTHS_MS = {
    "pass": 120,
    "not_yet": 290,
    "refer": 430,
    "stop": 1140,
    "tally": 30,
    "not_saved": 1400,
    "pass_short": 60,
}
TONES = {
    "pass": [1568],
    "not_yet": [784, 784],
    "refer": [659, 988],
    "stop": [1047, 698] * 3,
    "tally": [2000],
    "not_saved": [440, 440],
    "pass_short": [1568],
}


def heard(name: str) -> NDArray[np.float64]:
    with wave.open(str(resource(f"sounds/{name}.wav")), "rb") as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (RATE, 1, 2)
        return np.frombuffer(file.readframes(file.getnframes()), "<i2") / 32767


def tones(signal: NDArray[np.float64]) -> list[NDArray[np.float64]]:
    """Parts between silences; a dip of the ramps (2 ms window under 30 % of the mean) ends a part."""
    window = RATE // 500
    level = np.sqrt(np.convolve(signal**2, np.ones(window) / window, "same"))
    loud = level > 0.3 * level.max()
    edges = np.flatnonzero(np.diff(np.concatenate(([0], loud.astype(np.int8), [0]))))
    return [signal[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True)]


def pitch(part: NDArray[np.float64]) -> float:
    """Strongest frequency in hertz; padded to 1 s so that one bin is one hertz."""
    spectrum = np.abs(np.fft.rfft(part * np.hanning(len(part)), RATE))
    return float(np.argmax(spectrum))


@pytest.mark.parametrize("name", LENGTHS_MS)
def test_a_sound_has_its_length_and_level(name: str) -> None:
    signal = heard(name)
    assert len(signal) * 1000 / RATE == LENGTHS_MS[name]
    assert 20 * np.log10(np.abs(signal).max()) == pytest.approx(-1.0, abs=0.05)
    assert abs(signal[0]) < 0.01
    assert abs(signal[-1]) < 0.01


@pytest.mark.parametrize("name", TONES)
def test_a_sound_has_its_tones_in_their_order(name: str) -> None:
    assert [pitch(part) for part in tones(heard(name))] == pytest.approx(TONES[name], abs=4)


def test_the_four_verdicts_differ_in_count_or_direction() -> None:
    def figure(name: str) -> tuple[int, int]:
        pitches = [pitch(part) for part in tones(heard(name))]
        return len(pitches), int(
            np.sign(pitches[-1] - pitches[0]) if abs(pitches[-1] - pitches[0]) > 20 else 0
        )

    assert [figure(name) for name in ("pass", "not_yet", "refer", "stop")] == [
        (1, 0),
        (2, 0),
        (2, 1),
        (6, -1),
    ]


@pytest.mark.parametrize("name", ["pass", "not_yet", "refer", "stop"])
def test_most_energy_of_a_verdict_lies_where_ears_and_speakers_are_best(name: str) -> None:
    power = np.abs(np.fft.rfft(heard(name))) ** 2
    hertz = np.fft.rfftfreq(len(heard(name)), 1 / RATE)
    share = power[(hertz >= 500) & (hertz <= 2500)].sum() / power.sum()
    assert share >= 0.87


def test_the_files_are_what_the_script_writes(tmp_path: Path) -> None:
    script = load("sounds")
    script.make(tmp_path)
    for name in LENGTHS_MS:
        with wave.open(str(tmp_path / f"{name}.wav"), "rb") as file:
            made = np.frombuffer(file.readframes(file.getnframes()), "<i2")
        assert np.abs(made / 32767 - heard(name)).max() <= 1.5 / 32767
