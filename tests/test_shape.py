"""The shape of the source: sizes, names, borders that no linter of ours watches."""

from __future__ import annotations

import ast
import re
import statistics
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from checkpoint_app.config import resources_root

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("checkpoint_app", "packaging", "tests")
LONGEST_FILE, USUAL_FILE = 400, 160
LONGEST_FUNCTION, USUAL_FUNCTION = 50, 10
EMPTY_WORDS = {"manager", "helper", "helpers", "util", "utils", "utility", "handler", "handlers"}
FOREIGN_NAMES = ("set_progress_handler", "sqlite_utils")  # names of others that ours have to repeat
# Written in two halves, so that this file is not one of those it looks for.
OF_ONE_MACHINE = ("/wo" + "rk/", "/fa" + "rm/", "/ro" + "ot/", "/home/" + "runner", "/tmp/pl" + "an")
OF_ONE_REGISTRY = (
    "pypi" + ".org",
    "python" + "hosted",
    "deb.deb" + "ian",
    "snapshot.deb" + "ian",
    "npm" + "js.",
)

FILES = sorted(file for folder in FOLDERS for file in (ROOT / folder).rglob("*.py"))
TREES = {file: ast.parse(file.read_text(encoding="utf-8")) for file in FILES}
PACKAGE = {file: tree for file, tree in TREES.items() if file.is_relative_to(ROOT / "checkpoint_app")}


def named(tree: ast.AST, *kinds: type[ast.AST]) -> Iterator[ast.AST]:
    return (node for node in ast.walk(tree) if isinstance(node, kinds))


def functions(tree: ast.AST) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function without its decorators and its docstring."""
    last = function.end_lineno or function.lineno
    first = function.body[0]
    docstring = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    described = (first.end_lineno or first.lineno) - first.lineno + 1 if docstring else 0
    return last - function.lineno + 1 - described


def place(file: Path, line: int = 1) -> str:
    return f"{file.relative_to(ROOT)}:{line}"


def test_no_file_is_longer_than_a_reader_keeps_in_mind() -> None:
    lengths = {file: len(file.read_text(encoding="utf-8").splitlines()) for file in FILES}
    assert [place(file, count) for file, count in lengths.items() if count > LONGEST_FILE] == []
    assert statistics.median(lengths.values()) <= USUAL_FILE


def test_no_function_is_longer_than_a_screen() -> None:
    lengths = {(file, node.lineno): length(node) for file, tree in TREES.items() for node in functions(tree)}
    assert [place(*where) for where, count in lengths.items() if count > LONGEST_FUNCTION] == []
    assert statistics.median(lengths.values()) <= USUAL_FUNCTION


def empty_words(file: Path, tree: ast.AST) -> list[str]:
    """Places whose file, class or function is named by a word that says nothing about its duty."""
    found = [place(file)] if set(file.stem.lower().split("_")) & EMPTY_WORDS else []
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            ours = re.sub("|".join(FOREIGN_NAMES), "", node.name)
            words = {word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+", ours)}
            forbidden = EMPTY_WORDS | {"base"} if isinstance(node, ast.ClassDef) else EMPTY_WORDS
            if words & forbidden:
                found.append(f"{place(file, node.lineno)} {node.name}")
    return found


def test_names_are_those_of_the_duty_station_not_of_software() -> None:
    assert [found for file, tree in TREES.items() for found in empty_words(file, tree)] == []


def test_an_empty_word_is_noticed_in_a_class_a_function_and_a_file() -> None:
    source = ast.parse(
        "class CameraManager: ...\nclass PageBase: ...\ndef database(): ...\ndef code_helper(): ..."
    )
    assert len(empty_words(ROOT / "lane_utils.py", source)) == 4


def imported(tree: ast.AST) -> set[str]:
    """Top-level names of every module imported anywhere in the file, late imports too."""
    plain = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    parts = {
        node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and not node.level
    }
    return {name.split(".")[0] for name in plain | parts}


def test_plain_sqlite_stays_in_storage_and_measurements() -> None:
    inside = (ROOT / "checkpoint_app" / "storage", ROOT / "checkpoint_app" / "bench")
    outside = [file for file in PACKAGE if not any(file.is_relative_to(folder) for folder in inside)]
    assert [place(file) for file in outside if "sqlite3" in imported(PACKAGE[file])] == []


def shipped_names(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Every literal given to `resource(…)`; of an f-string, the folder before its first placeholder."""
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and node.args and called(node) == "resource"):
            continue
        match node.args[0]:
            case ast.Constant(value=str(name)):
                yield name, node.lineno
            case ast.JoinedStr(values=[ast.Constant(value=str(begin)), *_]) if "/" in begin:
                yield begin.rpartition("/")[0], node.lineno


def called(node: ast.Call) -> str:
    return str(getattr(node.func, "id", getattr(node.func, "attr", "")))


def test_every_shipped_file_that_is_named_is_there() -> None:
    names = [
        (name, place(file, line)) for file, tree in PACKAGE.items() for name, line in shipped_names(tree)
    ]
    assert names, "the package names no shipped file at all"
    assert [where for name, where in names if not (resources_root() / name).exists()] == []


def test_the_frozen_build_takes_the_whole_folder_of_shipped_files() -> None:
    spec = ast.parse((ROOT / "pyinstaller.spec").read_text(encoding="utf-8"))
    pairs = [ast.unparse(node) for node in named(spec, ast.Tuple)]
    assert "('resources', 'resources')" in pairs


def tracked_texts() -> Iterator[tuple[str, str]]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    for name in filter(None, listed.stdout.decode().split("\0")):
        path = ROOT / name
        if not path.is_file():
            continue
        try:
            yield name, path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


def test_no_text_knows_one_machine_or_one_registry() -> None:
    words = OF_ONE_MACHINE + OF_ONE_REGISTRY
    assert [(name, word) for name, text in tracked_texts() for word in words if word in text] == []


@pytest.mark.parametrize("block", ["dependencies", "dev", "package"])
def test_every_dependency_says_why_and_from_which_version(block: str) -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    found = re.search(rf"^{block} = \[\n(.*?)^\]", text, re.MULTILINE | re.DOTALL)
    assert found
    for line in found[1].splitlines():
        assert re.fullmatch(r'    "[\w.-]+(\[\w+\])?>=[\d.]+(,<[\d.]+)?(; [^"]+)?",\s+# \S.*', line), line


def test_only_the_opencv_without_windows_is_named() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lists = [project["dependencies"], *project["optional-dependencies"].values()]
    names = {re.split(r"[<>=\[;]", line)[0].strip() for block in lists for line in block}
    assert {name for name in names if name.startswith("opencv")} == {"opencv-python-headless"}
    assert not names & {"PySide6", "PySide6-Addons"}
