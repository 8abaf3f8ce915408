"""A reserve on the disk: given back when the disk is full, so that a shift can still be closed."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path

FILE = "ballast"
SIZE = 64 * 1024 * 1024
_BLOCK = 1024 * 1024


def set_aside(folder: Path, size: int) -> bool:
    """Makes the reserve when it is absent and there is room for four; False when there is none after it."""
    path = folder / FILE
    with suppress(OSError):
        if path.stat().st_size >= size:
            return True
    try:
        if shutil.disk_usage(folder).free < 4 * size:
            return False
        with path.open("wb") as file:
            for _ in range(0, size, _BLOCK):
                file.write(os.urandom(min(size, _BLOCK)))  # zeros might take no room
    except OSError:
        free(folder)
        return False
    return True


def free(folder: Path) -> bool:
    """Gives the reserve back; False when there was none."""
    try:
        (folder / FILE).unlink()
    except OSError:
        return False
    return True
