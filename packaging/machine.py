"""System packages: what a word needs of a Linux machine, and how it gets there.

Windows and macOS need none. Looking takes some milliseconds when everything is there.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ALWAYS = frozenset({"run", "test", "check", "bench", "package"})
PROGRAM = ALWAYS - {"check"}
TESTS = frozenset({"test"})
PACKAGE = frozenset({"package"})


@dataclass(frozen=True, slots=True)
class Need:
    """One thing looked for by `probe(name)`; `packages` are its Debian names, newest first."""

    name: str
    probe: Callable[[str], bool]
    why: str
    packages: tuple[str, ...]
    words: frozenset[str] = PROGRAM
    screen: bool = False  # `run` needs it only where there is a screen
    optional: bool = False  # `run` goes on without it


def prepare(word: str) -> bool:
    """Install what `word` lacks on this machine; False, with the reason printed, when that cannot be done."""
    if not sys.platform.startswith("linux"):
        return True
    lacking = missing(NEEDS, word=word, screen=has_screen())
    if not lacking:
        return True
    for need in lacking:
        print(f"missing: {need.name} ({need.why})")
    installed = install(lacking) if shutil.which("apt-get") else explain_without_apt(lacking)
    return installed or (word == "run" and all(need.optional for need in lacking))


def missing(needs: Sequence[Need], *, word: str, screen: bool) -> list[Need]:
    wanted = [need for need in needs if word in need.words and (screen or word != "run" or not need.screen)]
    return [need for need in wanted if not need.probe(need.name)]


def has_screen() -> bool:
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def install(lacking: Sequence[Need]) -> bool:
    """Install with apt as root or by sudo without a password, else print the line to type."""
    prefix = root_prefix()
    if prefix is None:
        print("Please install it with this line, then start this command again:\n")
        print(
            "  sudo apt-get update && sudo apt-get install -y",
            *(package_name(need) for need in lacking),
            "\n",
        )
        return False
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    apt += ["-o", "Dpkg::Use-Pty=0", "-o", "DPkg::Lock::Timeout=300"]
    if not all(known(need) for need in lacking) and not succeeded([*apt, "update"]):
        return False
    for attempt in (1, 2):
        names = [package_name(need) for need in lacking]
        print("installing:", *names, flush=True)
        if succeeded([*apt, "install", "-y", "--no-install-recommends", *names]):
            library_names.cache_clear()
            importlib.invalidate_caches()
            return True
        if attempt == 1 and not succeeded([*apt, "update"]):  # an old package list is the usual reason
            break
    print("apt-get could not install this; its reason is printed above.")
    return False


def explain_without_apt(lacking: Sequence[Need]) -> bool:
    print("This system has no apt-get; please install what provides:", *(need.name for need in lacking))
    return False


def root_prefix() -> list[str] | None:
    """What to put before a command that needs root; None when that is not to be had without asking."""
    if os.geteuid() == 0:
        return []
    asked = shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
    return ["sudo", "-n"] if asked and asked.returncode == 0 else None


def known(need: Need) -> bool:
    return any(has_candidate(name) for name in need.packages)


def package_name(need: Need) -> str:
    """The name this release gives the package; where apt knows none, the oldest: every release takes it."""
    return next((name for name in need.packages if has_candidate(name)), need.packages[-1])


def has_candidate(name: str) -> bool:
    """Whether apt can install a package of exactly this name."""
    shown = ["apt-cache", "show", "--no-all-versions", name]
    return subprocess.run(shown, capture_output=True, check=False).returncode == 0


def succeeded(command: Sequence[str]) -> bool:
    return subprocess.run(command, stdin=subprocess.DEVNULL, check=False).returncode == 0


@cache
def library_names() -> frozenset[str] | None:
    """Every shared library the loader knows, from its own cache; None where there is no ldconfig."""
    ldconfig = next((path for path in ("/sbin/ldconfig", "/usr/sbin/ldconfig") if Path(path).exists()), None)
    if ldconfig is None:
        return None
    listed = subprocess.run([ldconfig, "-p"], capture_output=True, text=True, check=False).stdout
    return frozenset(line.split()[0] for line in listed.splitlines() if "=>" in line)


def library(name: str) -> bool:
    names = library_names()
    return names is None or name in names


def python_library(name: str) -> bool:
    """Whether the running Python's own shared library is with the loader or in its own folder."""
    own = sysconfig.get_config_var("LIBDIR")
    return library(name) or bool(own and (Path(own) / name).exists())


def program(name: str) -> bool:
    return shutil.which(name) is not None


def module(name: str) -> bool:
    return importlib.util.find_spec(name) is not None


_minor = f"{sys.version_info[0]}.{sys.version_info[1]}"

NEEDS = (
    Need(
        "ensurepip", module, "makes the environment .venv", (f"python{_minor}-venv", "python3-venv"), ALWAYS
    ),
    Need("libEGL.so.1", library, "Qt draws through it", ("libegl1",)),
    Need("libGL.so.1", library, "Qt draws through it", ("libgl1",)),
    Need("libdbus-1.so.3", library, "Qt and the system's key store", ("libdbus-1-3",)),
    Need("libfontconfig.so.1", library, "Qt finds its fonts", ("libfontconfig1",)),
    Need("libglib-2.0.so.0", library, "Qt's event loop", ("libglib2.0-0t64", "libglib2.0-0")),
    Need("libxkbcommon.so.0", library, "Qt reads the keyboard", ("libxkbcommon0",)),
    Need(
        "libzbar.so.0", library, "a second decoder for hard codes", ("libzbar0t64", "libzbar0"), optional=True
    ),
    Need("libxkbcommon-x11.so.0", library, "keyboard in an X window", ("libxkbcommon-x11-0",), screen=True),
    Need("libxcb-cursor.so.0", library, "pointer in an X window", ("libxcb-cursor0",), screen=True),
    Need("libxcb-icccm.so.4", library, "Qt talks to the window manager", ("libxcb-icccm4",), screen=True),
    Need("libxcb-keysyms.so.1", library, "keyboard in an X window", ("libxcb-keysyms1",), screen=True),
    Need("libxcb-shape.so.0", library, "shapes of X windows", ("libxcb-shape0",), screen=True),
    Need("libwayland-cursor.so.0", library, "pointer under Wayland", ("libwayland-cursor0",), screen=True),
    Need("libwayland-egl.so.1", library, "drawing under Wayland", ("libwayland-egl1",), screen=True),
    Need("strace", program, "makes the disk fail in tests", ("strace",), TESTS),
    Need("age", program, "a second opinion on bundles in tests", ("age",), TESTS),
    Need("objcopy", program, "PyInstaller joins the program's parts", ("binutils",), PACKAGE),
    Need(
        f"libpython{_minor}.so.1.0",
        python_library,
        "PyInstaller copies Python",
        (f"libpython{_minor}",),
        PACKAGE,
    ),
)
