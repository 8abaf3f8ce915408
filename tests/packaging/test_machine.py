"""Only what is missing is installed, and without the right to do so the exact line is printed."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence

import machine
import pytest
from machine import Need

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="other systems need no system package")


def there(_name: str) -> bool:
    return True


def absent(_name: str) -> bool:
    return False


EGL = Need("libEGL.so.1", absent, "draws", ("libegl1",))
GLIB = Need("libglib-2.0.so.0", absent, "loops", ("libglib2.0-0t64", "libglib2.0-0"))
ZBAR = Need("libzbar.so.0", absent, "decodes", ("libzbar0",), optional=True)
CURSOR = Need("libxcb-cursor.so.0", absent, "points", ("libxcb-cursor0",), screen=True)
PRESENT = Need("libGL.so.1", there, "draws", ("libgl1",))


@pytest.fixture
def apt(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """A machine with apt and root where everything works; the list of apt calls made."""
    calls: list[list[str]] = []

    def succeeded(command: Sequence[str]) -> bool:
        calls.append(list(command))
        return True

    monkeypatch.setattr(machine, "NEEDS", (EGL, GLIB, PRESENT, ZBAR))
    monkeypatch.setattr(machine, "succeeded", succeeded)
    monkeypatch.setattr(machine, "has_candidate", lambda name: name != "libglib2.0-0t64")
    monkeypatch.setattr(machine, "root_prefix", list)
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
    return calls


def test_only_what_is_missing_is_installed_by_the_name_this_release_knows(apt: list[list[str]]) -> None:
    assert machine.prepare("run")
    assert len(apt) == 1
    begin = apt[0].index("--no-install-recommends")
    assert apt[0][begin + 1 :] == ["libegl1", "libglib2.0-0", "libzbar0"]


def test_each_missing_thing_is_named_with_its_reason(
    apt: list[list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    machine.prepare("run")
    said = capsys.readouterr().out
    assert "missing: libEGL.so.1 (draws)" in said
    assert "libGL.so.1" not in said


def test_the_package_list_is_fetched_when_it_knows_no_name(
    apt: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machine, "has_candidate", absent)
    assert machine.prepare("run")
    assert [call[-1] for call in apt] == ["update", "libzbar0"]
    assert "libglib2.0-0" in apt[1]


def test_without_root_the_exact_line_is_printed(
    apt: list[list[str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(machine, "root_prefix", lambda: None)
    assert not machine.prepare("run")
    line = "sudo apt-get update && sudo apt-get install -y libegl1 libglib2.0-0 libzbar0"
    assert line in capsys.readouterr().out
    assert apt == []


def test_a_failed_installation_is_tried_again_with_a_fresh_list_and_then_given_up(
    apt: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def succeeded(command: Sequence[str]) -> bool:
        apt.append(list(command))
        return command[-1] == "update"

    monkeypatch.setattr(machine, "succeeded", succeeded)
    assert not machine.prepare("run")
    assert ["update" in call for call in apt] == [False, True, False]


def test_running_goes_on_without_what_is_optional_and_testing_does_not(
    apt: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machine, "NEEDS", (PRESENT, ZBAR))
    monkeypatch.setattr(machine, "root_prefix", lambda: None)
    assert machine.prepare("run")
    assert not machine.prepare("test")


def test_a_system_without_apt_is_told_what_to_look_for(
    apt: list[list[str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("shutil.which", lambda name: None)
    assert not machine.prepare("run")
    assert (
        "please install what provides: libEGL.so.1 libglib-2.0.so.0 libzbar.so.0" in capsys.readouterr().out
    )


@pytest.mark.parametrize(
    ("word", "screen", "wanted"), [("run", False, 1), ("run", True, 2), ("test", False, 2)]
)
def test_a_window_system_is_needed_only_where_there_is_a_screen(word: str, screen: bool, wanted: int) -> None:
    assert len(machine.missing((EGL, CURSOR), word=word, screen=screen)) == wanted


def test_looking_at_this_machine_takes_less_than_a_fifth_of_a_second() -> None:
    machine.library_names.cache_clear()
    begun = time.perf_counter()
    machine.missing(machine.NEEDS, word="test", screen=True)
    assert time.perf_counter() - begun < 0.2


def test_a_library_that_is_there_is_found_and_one_that_is_not_is_missed() -> None:
    assert machine.library("libc.so.6")
    assert not machine.library("libcheckpoint-nobody-has-this.so.1")
