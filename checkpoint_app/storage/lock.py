"""One writer a folder: a lock of the operating system, so that it is free the moment its holder dies."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from pathlib import Path

from checkpoint_app.domain.errors import Refusal
from checkpoint_app.storage.engine import DiskFailed, DiskFull, LedgerReadOnly

FILE = "ledger.lock"
_ROOM = 32  # the holder's number stands before the locked byte, so that others may read it


class LedgerInUse(Refusal):
    """Another process, `pid` (0: unknown), writes the ledger in `folder`."""


def had_writer(folder: Path) -> bool:
    """Whether a ledger was ever opened for writing in `folder`: the lock's file stays behind."""
    return (folder / FILE).exists()


class WriterLock:
    """Held from construction until `release`; raises LedgerInUse when somebody else holds it,
    and the disk's Troubles when the lock's file cannot be made."""

    def __init__(self, folder: Path) -> None:
        self._descriptor: int | None = _open(folder / FILE)
        try:
            _lock(self._descriptor)
        except OSError as error:
            pid = _holder(self._descriptor)
            self.release()
            raise LedgerInUse(pid=pid, folder=folder) from error
        with contextlib.suppress(OSError):  # the number is a courtesy; a full disk must keep nobody out
            os.lseek(self._descriptor, 0, os.SEEK_SET)
            os.write(self._descriptor, str(os.getpid()).ljust(_ROOM).encode())

    def release(self) -> None:
        """Lets the next writer in; harmless when repeated."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


def _open(path: Path) -> int:
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT | _BINARY, 0o600)
    except OSError as error:
        kinds = {errno.EROFS: LedgerReadOnly, errno.EACCES: LedgerReadOnly, errno.ENOSPC: DiskFull}
        raise kinds.get(error.errno or 0, DiskFailed)(path=path, code=error.strerror) from error


def _holder(descriptor: int) -> int:
    try:
        os.lseek(descriptor, 0, os.SEEK_SET)
        return int(os.read(descriptor, _ROOM).decode("ascii"))
    except (OSError, ValueError):
        return 0


if sys.platform == "win32":
    import msvcrt

    _BINARY = os.O_BINARY

    def _lock(descriptor: int) -> None:
        os.lseek(descriptor, _ROOM, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    _BINARY = 0

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
