"""Every step is run, and one that fails fails the whole."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
import steps
from steps import Step


def step(name: str, code: int) -> Step:
    return Step(name, (sys.executable, "-c", f"import sys; print('words of {name}'); sys.exit({code})"))


def test_all_steps_run_after_a_failure_and_the_table_comes_last(capfd: pytest.CaptureFixture[str]) -> None:
    assert steps.run([step("lint", 1), step("types", 0)], surroundings={}) == 1
    said = capfd.readouterr().out
    assert "words of types" in said
    lint, types = said.splitlines()[-2:]
    assert lint.split()[:2] == ["lint", "FAILED"]
    assert types.split()[:2] == ["types", "ok"]


def test_it_passes_when_all_pass() -> None:
    assert steps.run([step("lint", 0), step("types", 0)], surroundings={}) == 0


def test_a_run_without_any_test_is_no_success(capfd: pytest.CaptureFixture[str]) -> None:
    assert steps.run([step("tests", steps.NO_TEST_RAN)], surroundings={}) == 1
    assert "NO TEST RAN" in capfd.readouterr().out


def test_the_command_has_the_steps_it_promises() -> None:
    names = [made.name for made in steps.static(Path(sys.executable))]
    assert names == ["format", "lint", "types", "layers", "translations"]
    assert steps.tests(Path(sys.executable), ["--long"]).command[-1] == "--long"
