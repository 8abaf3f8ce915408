"""Sounds through a player that the test makes; without one the lane goes on in silence and says so."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from checkpoint_app.ui.sounds import NAMES, Sounds

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="players are programs elsewhere only")

Make = Callable[[str], Sounds]


@pytest.fixture
def with_player(tmp_path: Path) -> Iterator[Make]:
    """Sounds whose only player is a shell script with this body."""
    made: list[Sounds] = []

    def make(body: str) -> Sounds:
        script = tmp_path / "paplay"
        script.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
        script.chmod(0o755)
        made.append(Sounds(find=lambda name: str(script) if name == "paplay" else None, platform="linux"))
        return made[-1]

    yield make
    for sounds in made:
        sounds.stop()


def ended(sounds: Sounds) -> None:
    assert sounds._running is not None
    sounds._running.wait(timeout=10)


def test_the_player_gets_the_file_of_the_sound(with_player: Make, tmp_path: Path) -> None:
    sounds = with_player(f'echo "$@" >> {tmp_path}/played')
    for name in NAMES:
        assert sounds.play(name)
        ended(sounds)
    played = (tmp_path / "played").read_text(encoding="utf-8").split()
    assert [Path(file).stem for file in played] == list(NAMES)
    assert all(Path(file).is_file() for file in played)
    assert not sounds.silent


def test_a_new_sound_cuts_the_running_one(with_player: Make) -> None:
    sounds = with_player("exec sleep 60")
    assert sounds.play("stop")
    first = sounds._running
    assert first is not None
    assert first.poll() is None
    assert sounds.play("pass")
    assert first.returncode is not None
    assert sounds._running is not first
    assert not sounds.silent


def test_without_a_player_nothing_is_raised_and_it_is_said() -> None:
    sounds = Sounds(find=lambda _name: None, platform="linux")
    assert sounds.silent
    assert not sounds.play("stop")
    sounds.stop()


def test_a_player_that_fails_means_silence_until_one_succeeds(with_player: Make, tmp_path: Path) -> None:
    sounds = with_player(f"test -e {tmp_path}/device")
    assert sounds.play("stop")
    ended(sounds)
    assert sounds.silent
    (tmp_path / "device").touch()
    assert sounds.play("stop")
    ended(sounds)
    assert not sounds.silent


def test_a_player_that_has_vanished_means_silence(with_player: Make, tmp_path: Path) -> None:
    sounds = with_player("true")
    (tmp_path / "paplay").unlink()
    assert not sounds.play("stop")
    assert sounds.silent


def test_muted_is_the_persons_wish_and_not_a_failure(with_player: Make) -> None:
    sounds = with_player("true")
    sounds.muted = True
    assert not sounds.play("stop")
    assert not sounds.silent


def test_an_unknown_name_is_not_played_and_not_raised(with_player: Make) -> None:
    sounds = with_player("true")
    assert not sounds.play("no_such_sound")
    assert not sounds.play("../icons/check")


def test_a_mac_asks_for_its_own_player_only() -> None:
    asked: list[str] = []

    def find(name: str) -> None:
        asked.append(name)

    Sounds(find=find, platform="darwin")
    assert asked == ["afplay"]
