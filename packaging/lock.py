"""Rewrite the hashed lists in packaging/ from pyproject.toml: `python packaging/lock.py [--upgrade]`.

Each list pins every library for every supported Python and system, with the digests of all its files, so
that one list serves all machines. Pins are kept unless pyproject.toml or `--upgrade` moves them.
Needs `uv` (in the environment or on the path).
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

PACKAGING = Path(__file__).resolve().parent
ROOT = PACKAGING.parent
OLDEST_PYTHON = "3.11"
HEADER = "# Made by packaging/lock.py from pyproject.toml; not for editing by hand.\n"
EXTRAS = {
    "requirements.txt": (),
    "requirements-dev.txt": ("dev",),
    "requirements-package.txt": ("package",),
}


def compile_list(uv: str, name: str, *, extras: tuple[str, ...], upgrade: bool) -> None:
    """Write one list; the others follow the pins of the run-time list."""
    target = PACKAGING / name
    command = [
        uv,
        "pip",
        "compile",
        "pyproject.toml",
        "--quiet",
        "--universal",
        "--no-header",
        "--no-annotate",
    ]
    command += ["--python-version", OLDEST_PYTHON, "--generate-hashes", "--no-emit-index-url"]
    command += ["--output-file", str(target)]
    for extra in extras:
        command += ["--extra", extra]
    if extras:
        command += ["--constraint", str(PACKAGING / "requirements.txt")]
    if upgrade:
        command += ["--upgrade"]
    subprocess.run(command, cwd=ROOT, check=True)
    target.write_text(HEADER + target.read_text(encoding="utf-8"), encoding="utf-8", newline="\n")


def find_uv() -> str:
    """Path of uv, the environment's own first; leaves with a sentence when there is none."""
    beside = Path(sys.executable).with_name("uv.exe" if sys.platform == "win32" else "uv")
    found = str(beside) if beside.exists() else shutil.which("uv")
    if not found:
        sys.exit("lock.py needs uv: .venv/bin/python -m pip install uv")
    return found


def main() -> None:
    uv = find_uv()
    for name, extras in EXTRAS.items():
        compile_list(uv, name, extras=extras, upgrade="--upgrade" in sys.argv[1:])
        print(f"wrote packaging/{name}")


if __name__ == "__main__":
    main()
