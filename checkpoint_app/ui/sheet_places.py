"""Folders a recovery sheet may be saved in: sticks first, then the person's own documents."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import platformdirs
from PySide6.QtCore import QStorageInfo

_MOUNTED = ("/media/", "/run/media/", "/mnt/", "/Volumes/")


@dataclass(frozen=True, slots=True)
class SheetPlace:
    """`stick`: it can be taken out of the computer."""

    name: str
    folder: Path
    stick: bool = False


def sheet_places() -> tuple[SheetPlace, ...]:
    """What is there now; may take a while, so ask in another thread."""
    sticks = [
        SheetPlace(volume.displayName() or volume.rootPath(), Path(volume.rootPath()), stick=True)
        for volume in QStorageInfo.mountedVolumes()
        if _is_stick(volume)
    ]
    documents = Path(platformdirs.user_documents_dir())
    return (*sticks, SheetPlace(documents.name, documents)) if documents.is_dir() else tuple(sticks)


def _is_stick(volume: QStorageInfo) -> bool:
    if not (volume.isValid() and volume.isReady()) or volume.isReadOnly() or volume.isRoot():
        return False
    if sys.platform == "win32":
        return not volume.rootPath().upper().startswith("C:")
    return f"{volume.rootPath()}/".startswith(_MOUNTED)
