"""The words of dev.py: what each one needs on the machine, and what it starts."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import environment
import machine
import steps
from environment import ROOT


@dataclass(frozen=True, slots=True)
class Word:
    """One word of the command line; `requirements` is the hashed list that it needs."""

    help: str
    requirements: str
    start: Callable[[Path, list[str]], int]


def main(arguments: list[str]) -> int:
    """Exit code for `arguments`, which begin with a word."""
    if not arguments or arguments[0] not in WORDS or arguments == ["test", "--help"]:
        print(usage())
        return 0 if {"-h", "--help"} & set(arguments) else 2
    try:
        return prepare_and_start(arguments[0], arguments[1:])
    except KeyboardInterrupt:
        return 130


def prepare_and_start(name: str, rest: list[str]) -> int:
    if not machine.prepare(name):
        return 1
    python = environment.prepare(WORDS[name].requirements)
    return 1 if python is None else WORDS[name].start(python, rest)


def usage() -> str:
    lines = ["usage: python3 packaging/dev.py WORD [arguments that are passed on]", ""]
    lines += [f"  {name:<8} {word.help}" for name, word in WORDS.items()]
    return "\n".join(lines)


def run(python: Path, rest: list[str]) -> int:
    """Start the program in place of this process, so that signals and the exit code are its own."""
    if environment.has(python, "requirements-dev.txt"):
        build_translations(python)
    return start_program(python, ["run", *rest])


def bench(python: Path, rest: list[str]) -> int:
    return start_program(python, ["bench", *rest])


def test(python: Path, rest: list[str]) -> int:
    build_translations(python)
    return steps.run([*steps.static(python), steps.tests(python, rest)], surroundings=offscreen())


def check(python: Path, _rest: list[str]) -> int:
    return steps.run(steps.static(python), surroundings=offscreen())


def package(python: Path, rest: list[str]) -> int:
    """Build the frozen folder and examine it, away from this computer's own data."""
    build = [
        str(python),
        "-m",
        "PyInstaller",
        "--noconfirm",
        "--log-level",
        "WARN",
        "pyinstaller.spec",
        *rest,
    ]
    if subprocess.run(build, cwd=ROOT, check=False).returncode:
        return 1
    program = (
        ROOT / "dist" / "checkpoint-app" / ("checkpoint-app.exe" if os.name == "nt" else "checkpoint-app")
    )
    print(f"built {program.parent.relative_to(ROOT)}; examining it", flush=True)
    examine = [str(python), str(ROOT / "packaging" / "examine.py"), str(program)]
    return subprocess.run(examine, cwd=ROOT, check=False).returncode


def build_translations(python: Path) -> None:
    """Compile the translations when a fragment is newer; a clean clone in CI is judged as it is."""
    if os.environ.get("CI"):
        return
    locale = ROOT / "resources" / "locale"
    compiled = [file.stat().st_mtime for file in locale.rglob("*.mo")]
    if compiled and all(file.stat().st_mtime <= min(compiled) for file in locale.rglob("*.po")):
        return
    subprocess.run([str(python), str(ROOT / "packaging" / "translations.py"), "build"], check=True)


def start_program(python: Path, arguments: list[str]) -> int:
    command = [str(python), "-m", "checkpoint_app", *arguments]
    path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    surroundings = {**os.environ, "PYTHONPATH": path}
    sys.stdout.flush()
    if os.name == "posix":
        os.execve(command[0], command, surroundings)  # noqa: S606 - no shell is wanted here
    return subprocess.run(command, env=surroundings, check=False).returncode


def offscreen() -> Mapping[str, str]:
    """This process's environment, with Qt drawing into memory unless it was told otherwise."""
    return {"QT_QPA_PLATFORM": "offscreen", **os.environ}


WORDS = {
    "run": Word("start the program (its window; without a screen, the demo lane)", "requirements.txt", run),
    "test": Word(
        "everything that must pass: format, lint, types, layers, translations, tests; "
        "--long for the full counts, more arguments go to pytest",
        "requirements-dev.txt",
        test,
    ),
    "check": Word("the same without the tests", "requirements-dev.txt", check),
    "bench": Word("measure: see `bench --help`", "requirements-dev.txt", bench),
    "package": Word(
        "build the folder that stations install, and examine it", "requirements-package.txt", package
    ),
}
