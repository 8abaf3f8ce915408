"""The hashed lists hold what pyproject.toml asks for, agree with each other and name no address."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
LISTS = {
    "requirements.txt": (),
    "requirements-dev.txt": ("dev",),
    "requirements-package.txt": ("package",),
}
MACHINES = [
    {"python_full_version": f"{python}.0", "python_version": python, "sys_platform": system}
    for python in ("3.11", "3.12", "3.13")
    for system in ("linux", "win32", "darwin")
]


def blocks(name: str) -> list[str]:
    """The list's entries, each with its digests, as one line."""
    text = (ROOT / "packaging" / name).read_text(encoding="utf-8").replace("\\\n", " ")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def pins(name: str, machine: dict[str, str]) -> dict[str, str]:
    """Version of each library that the list installs on one kind of machine."""
    found: dict[str, str] = {}
    surroundings: dict[str, str] = {
        **{key: str(value) for key, value in default_environment().items()},
        **machine,
    }
    for block in blocks(name):
        pin = Requirement(block.split(" --hash=")[0].strip())
        if pin.marker is None or pin.marker.evaluate(surroundings):
            assert canonicalize_name(pin.name) not in found, f"{pin.name} twice"
            found[canonicalize_name(pin.name)] = next(iter(pin.specifier)).version
    return found


def wanted(extras: tuple[str, ...]) -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = [
        *project["dependencies"],
        *(line for name in extras for line in project["optional-dependencies"][name]),
    ]
    return [Requirement(line) for line in lines]


@pytest.mark.parametrize("name", LISTS)
def test_every_entry_is_one_version_with_digests_and_no_address(name: str) -> None:
    for block in blocks(name):
        assert re.match(r"[\w.-]+==[\w.]+( ; [^#]+?)?\s+--hash=sha256:[0-9a-f]{64}", block), block[:80]
        assert "://" not in block
        assert not block.startswith("-")


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize(
    "machine", MACHINES, ids=lambda machine: f"{machine['python_version']}-{machine['sys_platform']}"
)
def test_a_list_holds_all_that_the_project_asks_for(name: str, machine: dict[str, str]) -> None:
    pinned = pins(name, machine)
    for requirement in wanted(LISTS[name]):
        if requirement.marker is None or requirement.marker.evaluate({**machine}):
            assert pinned[canonicalize_name(requirement.name)] in requirement.specifier, requirement


@pytest.mark.parametrize(
    "machine", MACHINES, ids=lambda machine: f"{machine['python_version']}-{machine['sys_platform']}"
)
def test_the_larger_lists_hold_the_pins_of_the_smallest(machine: dict[str, str]) -> None:
    smallest = pins("requirements.txt", machine).items()
    assert smallest <= pins("requirements-dev.txt", machine).items()
    assert smallest <= pins("requirements-package.txt", machine).items()


def test_a_window_library_that_aborts_on_the_oldest_python_is_not_taken() -> None:
    (window,) = (block for block in blocks("requirements.txt") if block.startswith("pyside6-essentials=="))
    major, minor = re.findall(r"\d+", window.split("==")[1])[:2]
    assert (int(major), int(minor)) < (6, 12)
