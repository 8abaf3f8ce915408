"""A sheet's file: whole or not at all, and only its owner may read it."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from checkpoint_app.domain.errors import Trouble


class PaperNotWritten(Trouble):
    """The sheet could not be written; facts: path, why."""


def write_pages(path: Path, made: tuple[bytes, int] | None) -> int:
    """Writes a sheet as it was made and gives its pages; 0 for one that was stopped, and then nothing is
    written. Raises PaperNotWritten.
    """
    if made is None:
        return 0
    data, pages = made
    write_whole(path, data)
    return pages


def write_whole(path: Path, data: bytes) -> None:
    """Written beside its name, forced to disk, then renamed. Raises PaperNotWritten; nothing is left then."""
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        try:
            handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise PaperNotWritten(path=str(path), why=error.strerror or type(error).__name__) from error
