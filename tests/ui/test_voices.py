"""Several lanes, one loudspeaker."""

from __future__ import annotations

import wave
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from checkpoint_app.config import resource
from checkpoint_app.ui.loudness import Loudness
from checkpoint_app.ui.sounds import NAMES, Sounds
from checkpoint_app.ui.voices import LASTS_MS, URGENCY, Voices


class Heard(Sounds):
    def __init__(self) -> None:
        super().__init__(find=lambda _name: None, platform="linux")
        self.log: list[str] = []

    def play(self, name: str) -> bool:
        self.log.append(name)
        return True

    def stop(self) -> None:
        self.log.append("·")


class Told:
    now = 0

    def __call__(self) -> int:
        return self.now


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def voices(qapp: QApplication, told: Told) -> Iterator[Voices]:
    made = Voices(Heard(), clock=told)
    yield made
    made.close()


def log(voices: Voices) -> list[str]:
    assert isinstance(voices.sounds, Heard)
    return voices.sounds.log


def test_every_sound_has_an_urgency_and_lasts_as_long_as_its_file() -> None:
    assert sorted(URGENCY) == sorted(NAMES)
    for name in NAMES:
        with wave.open(str(resource(f"sounds/{name}.wav"))) as file:
            assert LASTS_MS[name] == round(file.getnframes() * 1000 / file.getframerate())


def test_an_empty_lane_does_not_cut_another_lanes_alarm(voices: Voices, told: Told) -> None:
    voices.of(3).play("stop")
    voices.of(1).stop()
    assert log(voices) == ["stop"]
    told.now = LASTS_MS["stop"]
    voices.of(1).stop()
    assert log(voices) == ["stop", "·"]


def test_a_lane_cuts_its_own_sound(voices: Voices) -> None:
    voices.of(3).play("stop")
    voices.of(3).play("pass")
    voices.of(3).stop()
    assert log(voices) == ["stop", "pass", "·"]


def test_what_is_less_urgent_comes_after_the_alarm(voices: Voices, told: Told) -> None:
    voices.of(3).play("stop")
    voices.of(1).play("pass")
    voices.of(2).play("refer")
    assert log(voices) == ["stop"]
    told.now = LASTS_MS["stop"]
    voices.go_on()
    assert log(voices) == ["stop", "refer"]


def test_what_is_as_urgent_or_more_is_heard_at_once(voices: Voices) -> None:
    voices.of(1).play("pass")
    voices.of(2).play("stop")
    voices.of(3).play("stop")
    assert log(voices) == ["pass", "stop", "stop"]


def test_a_lane_that_became_empty_is_not_heard_later(voices: Voices, told: Told) -> None:
    voices.of(3).play("stop")
    voices.of(1).play("pass")
    voices.of(1).stop()
    told.now = LASTS_MS["stop"]
    voices.go_on()
    assert log(voices) == ["stop"]


def test_a_hushed_alarm_lets_the_waiting_sound_through(voices: Voices) -> None:
    voices.of(3).play("stop")
    voices.of(1).play("pass")
    voices.of(3).stop()
    assert log(voices) == ["stop", "·", "pass"]


def loudest(file: Path) -> int:
    with wave.open(str(file)) as opened:
        frames = opened.readframes(opened.getnframes())
    return max(abs(int.from_bytes(frames[at : at + 2], "little", signed=True)) for at in range(0, 4000, 2))


def test_half_as_loud_is_a_quarter_of_the_height() -> None:
    loudness, sound = Loudness(), resource("sounds/stop.wav")
    assert loudness.of(sound) == sound
    loudness.set(50)
    quieter = loudness.of(sound)
    assert loudest(quieter) == pytest.approx(loudest(sound) / 4, abs=1)
    assert loudness.of(sound) == quieter


def test_nothing_is_heard_at_volume_zero() -> None:
    sounds = Sounds(find=lambda _name: "/bin/true", platform="linux")
    found = [sounds.heard]
    sounds.set_volume(0)
    assert [*found, sounds.heard, sounds.play("stop")] == [True, False, False]
