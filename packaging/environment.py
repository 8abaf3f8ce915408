"""The environment .venv and the hashed lists that fill it."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

PACKAGING = Path(__file__).resolve().parent
ROOT = PACKAGING.parent
VENV = ROOT / ".venv"
RUNTIME = "requirements.txt"


def prepare(requirements: str, venv: Path = VENV) -> Path | None:
    """Python of the environment with one list installed; None, with the reason printed, when that failed."""
    python = venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not works(python) and not make(venv):
        return None
    if not has(python, requirements) and not install(python, requirements):
        return None
    return python


def works(python: Path) -> bool:
    """Whether this Python is there, is new enough and still finds its own libraries."""
    if not python.exists():
        return False
    asked = [str(python), "-c", "import pip, sys; sys.exit(sys.version_info < (3, 11))"]
    return subprocess.run(asked, capture_output=True, check=False).returncode == 0


def make(venv: Path) -> bool:
    """Make the environment, anew when an unusable one is in its place."""
    print(f"making {venv.name}: the libraries go there and nowhere else", flush=True)
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", str(venv)], check=False)
    return made.returncode == 0


def has(python: Path, requirements: str) -> bool:
    """Whether the list, as it is now, was the last one installed under its name."""
    written = stamp(python, requirements)
    return written.exists() and written.read_text(encoding="ascii") == digest(requirements)


def install(python: Path, requirements: str) -> bool:
    """Install exactly the list: every file must have a digest in it, and nothing is built from source."""
    count = sum("==" in line for line in (PACKAGING / requirements).read_text(encoding="utf-8").splitlines())
    print(f"installing up to {count} libraries from packaging/{requirements}", flush=True)
    command = [str(python), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    command += ["--require-hashes", "--only-binary", ":all:", "--requirement", str(PACKAGING / requirements)]
    if not sys.stdout.isatty():
        command.append("--quiet")
    if subprocess.run(command, stdin=subprocess.DEVNULL, check=False).returncode:
        print("pip could not install the libraries; its reason is printed above.")
        return False
    for name in {requirements, RUNTIME}:  # every list holds the run-time one, with the same pins
        stamp(python, name).write_text(digest(name), encoding="ascii")
    return True


def stamp(python: Path, requirements: str) -> Path:
    return python.parent.parent / f"installed-{requirements}"


def digest(requirements: str) -> str:
    return hashlib.sha256((PACKAGING / requirements).read_bytes()).hexdigest()
