"""The first thing a newcomer types."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import commands
import pytest

DEV = Path(commands.__file__).with_name("dev.py")
AS_AN_OLD_PYTHON = (
    "import sys, runpy; sys.hexversion = 0x030A0000; runpy.run_path(sys.argv[1], run_name='__main__')"
)


def test_dev_is_readable_by_very_old_pythons() -> None:
    source = DEV.read_text(encoding="ascii")
    assert ast.parse(source, feature_version=(3, 4))
    assert not [
        node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.JoinedStr | ast.AnnAssign)
    ]


def test_an_old_python_gets_one_sentence_and_no_traceback() -> None:
    command = [sys.executable, "-c", AS_AN_OLD_PYTHON, str(DEV)]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    assert answer.returncode == 1
    assert answer.stderr.startswith("checkpoint-app needs Python 3.11 or newer; this is Python ")
    assert "Traceback" not in answer.stderr


def test_dev_and_its_neighbours_use_the_standard_library_only() -> None:
    neighbours = ("dev", "commands", "machine", "environment", "steps")
    for name in neighbours:
        tree = ast.parse(DEV.with_name(f"{name}.py").read_text(encoding="utf-8"))
        plain = {
            alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names
        }
        parts = {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        tops = {module.split(".")[0] for module in plain | parts}
        assert tops <= sys.stdlib_module_names | set(neighbours), name


def test_every_word_is_explained() -> None:
    usage = commands.usage()
    assert set(commands.WORDS) == {"run", "test", "check", "bench", "package"}
    assert all(f"  {word}" in usage for word in commands.WORDS)


@pytest.mark.parametrize(
    ("arguments", "code"), [([], 2), (["fly"], 2), (["--help"], 0), (["test", "--help"], 0)]
)
def test_asking_for_help_touches_nothing(
    arguments: list[str], code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("machine.prepare", pytest.fail)
    assert commands.main(arguments) == code
    assert "usage: python3 packaging/dev.py" in capsys.readouterr().out


def test_a_word_is_not_started_on_a_machine_that_lacks_something(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("machine.prepare", lambda word: False)
    monkeypatch.setattr("environment.prepare", pytest.fail)
    assert commands.main(["run"]) == 1


def test_a_word_gets_its_environment_and_the_arguments_that_follow(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[tuple[Path, list[str]]] = []

    def start(python: Path, rest: list[str]) -> int:
        started.append((python, rest))
        return 7

    monkeypatch.setattr("machine.prepare", lambda word: word == "bench")
    monkeypatch.setattr("environment.prepare", Path)
    monkeypatch.setitem(commands.WORDS, "bench", commands.Word("", "requirements-dev.txt", start))
    assert commands.main(["bench", "decode", "--json"]) == 7
    assert started == [(Path("requirements-dev.txt"), ["decode", "--json"])]
