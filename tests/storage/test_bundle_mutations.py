"""Thousands of damaged and changed bundles; none is taken, none costs more than it may."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest

from checkpoint_app.storage import bundle_entries
from tests.domain.chains import ROOT, grow
from tests.storage import bombs, mutations
from tests.storage.bundles import made
from tests.storage.frames import check_of, opened, sealed

MOST_MEMORY = 300  # MiB
LONGEST_READING = 20.0  # seconds


def test_no_truncated_file_is_taken() -> None:
    whole = made(grow(60)).data
    dice = random.Random(11)
    points = [*range(4 << 10), *(dice.randrange(4 << 10, len(whole)) for _time in range(1_000))]
    assert {check_of(whole[:point]) for point in points} == {"envelope"}
    assert check_of(whole) == ""


def test_no_truncated_frame_is_taken_in_a_whole_envelope() -> None:
    plain = opened(made(grow(60)).data).plain()
    dice = random.Random(12)
    found = {check_of(sealed(plain[: dice.randrange(len(plain))])) for _time in range(1_000)}
    assert found == {"magic", "digest"}
    assert check_of(sealed(plain)) == ""


def test_five_thousand_changed_bundles_are_refused() -> None:
    found = mutations.tried(5_000, seed=1)
    assert found.total() > 4_900
    assert not [name for name in found if name.endswith("accepted")]
    assert {name.split()[0] for name in found} == {"file", "frame", "packed", "lines", "splice"}


@pytest.mark.long
@pytest.mark.timeout(900)
def test_a_hundred_thousand_changed_bundles_are_refused() -> None:
    found = mutations.tried(100_000, seed=2)
    assert found.total() > 98_000
    assert not [name for name in found if name.endswith("accepted")]


def test_control_without_the_check_of_the_parts_changed_people_are_accepted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bundle_entries, "_personal", lambda *_given, **_named: None)
    assert mutations.tried(1_000, seed=3)["lines accepted"] > 0


@pytest.fixture(scope="module")
def bombs_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bombs")
    bombs.make(folder)
    return folder


def read_apart(way: str, folder: Path) -> list[tuple[str, str, float, int]]:
    """What a process of its own says of the bombs."""
    told = subprocess.run(
        [sys.executable, "-m", "tests.storage.bombs", way, str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=200,
    )
    lines = [line.split("\t") for line in told.stdout.splitlines()]
    return [(name, check, float(took), int(memory)) for name, check, took, memory in lines]


def test_bombs_are_refused_with_little_memory_and_time(bombs_folder: Path) -> None:
    told = read_apart("read", bombs_folder)
    assert len(told) == len(bombs.BOMBS) >= 20
    assert {name for name, check, _took, _memory in told if not check} == {"sound but huge"}
    assert max(took for _name, _check, took, _memory in told) < LONGEST_READING
    assert max(memory for _name, _check, _took, memory in told) < MOST_MEMORY


def test_control_without_bounds_the_bombs_go_off(bombs_folder: Path) -> None:
    assert max(memory for _name, _check, _took, memory in read_apart("loose", bombs_folder)) > MOST_MEMORY
