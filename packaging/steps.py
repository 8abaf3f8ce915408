"""The steps of `dev.py test`: each is run, whatever became of the one before, and a table closes the run."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from environment import ROOT

WORKERS = "2"
NO_TEST_RAN = 5


@dataclass(frozen=True, slots=True)
class Step:
    name: str
    command: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Result:
    name: str
    code: int
    seconds: float


def static(python: Path) -> list[Step]:
    """Everything that is judged without running the program."""
    lint_imports = python.with_name("lint-imports.exe" if os.name == "nt" else "lint-imports")
    return [
        Step("format", (str(python), "-m", "ruff", "format", "--check", ".")),
        Step("lint", (str(python), "-m", "ruff", "check", ".")),
        Step("types", (str(python), "-m", "mypy", "--strict")),
        Step("layers", (str(lint_imports),)),
        Step("translations", (str(python), "packaging/translations.py", "check")),
    ]


def tests(python: Path, arguments: Sequence[str]) -> Step:
    return Step("tests", (str(python), "-m", "pytest", "-n", WORKERS, "--dist", "loadgroup", *arguments))


def run(steps: Sequence[Step], *, surroundings: Mapping[str, str]) -> int:
    """0 when every step passed, else 1; each step's own words come first, the table last."""
    results = [run_step(step, surroundings) for step in steps]
    print("\n" + table(results), flush=True)
    return 1 if any(result.code for result in results) else 0


def run_step(step: Step, surroundings: Mapping[str, str]) -> Result:
    print(f"\n== {step.name}", flush=True)
    begun = time.monotonic()
    code = subprocess.run(step.command, cwd=ROOT, env=surroundings, check=False).returncode
    return Result(step.name, code, time.monotonic() - begun)


def table(results: Sequence[Result]) -> str:
    return "\n".join(f"{result.name:<14}{outcome(result):<12}{result.seconds:8.1f} s" for result in results)


def outcome(result: Result) -> str:
    if result.name == "tests" and result.code == NO_TEST_RAN:
        return "NO TEST RAN"
    return "FAILED" if result.code else "ok"
