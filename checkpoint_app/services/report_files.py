"""Where sheets and lists are kept: in the folder that the retention empties, by what they tell of."""

from __future__ import annotations

import os
from pathlib import Path

from checkpoint_app.documents.files import PaperNotWritten
from checkpoint_app.services.retention import PRINTED


def kept_in(folder: Path) -> Path:
    """The desk's folder for sheets, made when it is not there. Raises PaperNotWritten."""
    place = folder / PRINTED
    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise PaperNotWritten(path=str(place), why=error.strerror or type(error).__name__) from error
    return place


def dated(path: Path, at: int) -> Path:
    """The file with the time of what it tells of (ms UTC): the retention goes by that."""
    os.utime(path, ns=(at * 1_000_000,) * 2)
    return path
