"""Where things are: the data folder and the one door to `resources/`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import platformdirs

from checkpoint_app.domain.errors import Trouble

ENV_DATA_DIR = "CHECKPOINT_DATA_DIR"


class ResourceMissing(Trouble):
    """A file that ships with the program is not there; facts: name."""


def resources_root() -> Path:
    """Folder of shipped files: inside a frozen build, else beside the package."""
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen:
        return Path(frozen) / "resources"
    return Path(__file__).resolve().parent.parent / "resources"


def resource(name: str) -> Path:
    """Path of a shipped file; `name` is relative with forward slashes.

    Raises ValueError for a name that leaves the folder, ResourceMissing when it is not there.
    """
    parts = name.split("/")
    if name.startswith("/") or any(part in {"", ".", ".."} or "\\" in part for part in parts):
        raise ValueError(name)
    path = resources_root().joinpath(*parts)
    if not path.exists():
        raise ResourceMissing(name=name)
    return path


def data_dir(override: str | Path | None = None, *, demo: bool = False) -> Path:
    """Folder of this desk's ledger and settings; the demo has its own, never the real one.

    Order: `override`, the environment, the system's place for program data. The folder is not made here.
    """
    chosen = override or os.environ.get(ENV_DATA_DIR)
    root = Path(chosen) if chosen else Path(platformdirs.user_data_dir("checkpoint-app", appauthor=False))
    return root / "demo" if demo else root
