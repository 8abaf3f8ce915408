"""Copies the licence texts of what ships into resources/licences, from the installed packages.

    python packaging/licences.py

A text that says the Apache licence whole is kept once. The texts of Qt, zbar and SQLCipher are not in their
wheels: the GNU ones come from the system's folder of common licences, SQLCipher's is kept by hand.
"""

from __future__ import annotations

import re
import shutil
import tomllib
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "licences"
COMMON = Path("/usr/share/common-licenses")
GNU = {"LGPL-3.0.txt": "LGPL-3", "GPL-3.0.txt": "GPL-3", "LGPL-2.1.txt": "LGPL-2.1"}
TEXT = re.compile(r"(?:^|/)(?:licen[cs]e|copying|notice)[^/]*$", re.IGNORECASE)
TOP = re.compile(r"^(?:[^/]+\.dist-info/(?:licenses/)?|cv2/)[^/]+$")


def closure() -> tuple[str, ...]:
    """Installed distributions that the program needs at run time, by normal name."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    waiting = [_name(line) for line in project["dependencies"]]
    found: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        try:
            needs = metadata.distribution(name).requires or []
        except metadata.PackageNotFoundError:
            continue
        found.add(name)
        waiting += [_name(line) for line in needs if "extra ==" not in line]
    return tuple(sorted(found))


def texts(name: str) -> dict[str, str]:
    """Licence texts of one distribution by file name; nested third-party copies are left out."""
    listed = [str(file) for file in metadata.distribution(name).files or []]
    chosen = sorted(file for file in listed if TEXT.search(file) and TOP.match(file))
    found: dict[str, str] = {}
    for file in chosen:
        path = Path(str(metadata.distribution(name).locate_file(file)))
        found.setdefault(path.name, path.read_text(encoding="utf-8"))
    return found


def make(folder: Path) -> None:
    for target, source in GNU.items():
        shutil.copyfile(COMMON / source, folder / target)
    shutil.copyfile(COMMON / "Apache-2.0", folder / "Apache-2.0.txt")
    for name in closure():
        kept = [text.strip() for text in texts(name).values() if not _whole_apache(text)]
        if kept:
            joined = "\n\n----\n\n".join(dict.fromkeys(kept))
            (folder / f"{name}.txt").write_text(joined + "\n", encoding="utf-8", newline="\n")


def _whole_apache(text: str) -> bool:
    return "Apache License" in text[:200] and "END OF TERMS AND CONDITIONS" in text and len(text) < 13_000


def _name(requirement: str) -> str:
    found = re.match(r"[\w.-]+", requirement)
    return re.sub(r"[-_.]+", "-", found.group() if found else requirement).lower()


if __name__ == "__main__":
    make(FOLDER)
