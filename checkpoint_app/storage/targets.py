"""Where bundles are written: a folder, a stick, or any other place that fsspec reaches by its URL.

A file gets its name only when every byte of it is on the disk, and counts only when it was read back from
there: sticks say "synced" too early, and `shutil.move`, which fsspec renames local files with, copies when a
rename fails. So a local file is renamed by the operating system itself.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

from fsspec.core import url_to_fs

from checkpoint_app.config import without_login
from checkpoint_app.domain.bundles import SUFFIX
from checkpoint_app.domain.errors import CheckpointError, Refusal, Trouble

PART = ".part"
CHUNK = 128 << 10
SPARE = 256 << 10
"""Bytes that stay free: FAT32 counts in clusters, and a folder may need another one."""

_FULL = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)})
_UNABLE = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EACCES, errno.EBADF})
"""What file systems say that cannot sync a folder, shares of a network above all."""

Progress = Callable[[int, int], bool]


class TargetUnknown(Refusal):
    """Nothing here can write to such an address; facts: target, why."""


class TargetGone(Trouble):
    """The folder or the stick is not there, or no longer; facts: target."""


class TargetFull(Trouble):
    """Too little room; facts: target, needed, free (bytes)."""


class TargetFailed(Trouble):
    """Writing or reading there failed; facts: target, name, why. No half file has a bundle's name."""


class NotAsWritten(Trouble):
    """What was read back is not what was written: the stick is worn or counterfeit; facts: target, name."""


@dataclass(frozen=True, slots=True)
class Target:
    """A folder of a file system of fsspec; `label` is how it was named, without a login."""

    fs: Any
    root: str
    label: str
    local: bool = True

    def check(self) -> None:
        """Raises TargetGone for a local folder that is not there: nobody wants it made on the disk under a
        stick that is not plugged in."""
        if self.local and not Path(self.root).is_dir():
            raise TargetGone(target=self.label)

    def free(self) -> int | None:
        """Bytes; None where nobody can tell."""
        try:
            return shutil.disk_usage(self.root).free if self.local else None
        except OSError:
            return None

    def create(self, name: str) -> BinaryIO:
        return cast(BinaryIO, self.fs.open(self._path(name), "wb"))

    def sync(self, file: BinaryIO) -> None:
        """Every byte on the disk, and no longer in memory, so that what is read back comes from the disk."""
        file.flush()
        if not self.local:
            return
        os.fsync(file.fileno())
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)

    def rename(self, name: str, to: str) -> None:
        if self.local:
            Path(self._path(name)).replace(self._path(to))
        else:
            self.fs.mv(self._path(name), self._path(to))

    def settle(self) -> None:
        """Also the folder's own list of names is on the disk."""
        if not self.local or os.name != "posix":
            return
        descriptor = os.open(self.root, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        except OSError as error:
            if error.errno not in _UNABLE:
                raise
        finally:
            os.close(descriptor)

    def open(self, name: str) -> BinaryIO:
        self.fs.invalidate_cache(self.root)
        return cast(BinaryIO, self.fs.open(self._path(name), "rb"))

    def remove(self, name: str) -> None:
        self.fs.rm_file(self._path(name))

    def names(self) -> tuple[str, ...]:
        """Of the files there; a folder that exists only while it holds something has none."""
        if not self.fs.exists(self.root):
            return ()
        return tuple(str(path).rpartition("/")[2] for path in self.fs.ls(self.root, detail=False))

    def _path(self, name: str) -> str:
        return f"{self.root.rstrip('/')}/{name}"


def open_target(url: str) -> Target:
    """The place behind a folder's path or a URL; raises TargetUnknown and TargetGone."""
    label = without_login(url)
    try:
        fs, root = url_to_fs(url)
    except (ValueError, ImportError, TypeError) as error:
        raise TargetUnknown(target=label, why=type(error).__name__) from error
    except Exception as error:
        raise TargetFailed(target=label, name="", why=type(error).__name__) from error
    local = bool(getattr(fs, "local_file", False))
    target = Target(fs, root, root if local else label, local)
    target.check()
    return target


def put(target: Target, name: str, data: bytes | memoryview, *, progress: Progress) -> bool:
    """Writes the file, gives it its name, and reads it back; False when `progress` ended it.

    It gets bytes done of twice their number: the second half is read back. Unless this returns True nothing
    is left, as far as the place still answers. Raises TargetFull, TargetGone, TargetFailed, NotAsWritten.
    """
    part = name.removesuffix(SUFFIX) + PART
    whole, size = False, len(data)
    with _told(target, name, needed=size):
        check_room(target, size)
        try:
            whole = (
                _write(target, part, data, progress=lambda done: progress(done, 2 * size))
                and _name(target, part, name)
                and _same(
                    target, name, data, progress=lambda done: progress(size + min(done, size), 2 * size)
                )
            )
        finally:
            if not whole:
                _clear(target, part, name)
    return whole


def clear_leftovers(target: Target, *, desk: str) -> int:
    """Takes away what an earlier export of this desk left half written; how many."""
    left = re.compile(re.escape(desk) + r"_[0-9]+-[0-9]+_[0-9a-f]{8}" + re.escape(PART))
    with _told(target, ""):
        found = [name for name in target.names() if left.fullmatch(name)]
        _clear(target, *found)
    return len(found)


def check_room(target: Target, needed: int) -> None:
    """Raises TargetGone, TargetFull."""
    target.check()
    free = target.free()
    if free is not None and free < needed + SPARE:
        raise TargetFull(target=target.label, needed=needed, free=free)


def _write(target: Target, part: str, data: bytes | memoryview, *, progress: Callable[[int], bool]) -> bool:
    with target.create(part) as file:
        for place in range(0, len(data), CHUNK):
            file.write(data[place : place + CHUNK])
            if not progress(min(place + CHUNK, len(data))):
                return False
        target.sync(file)
    return True


def _name(target: Target, part: str, name: str) -> bool:
    target.rename(part, name)
    target.settle()
    return True


def _same(target: Target, name: str, data: bytes | memoryview, *, progress: Callable[[int], bool]) -> bool:
    found, done = hashlib.sha256(), 0
    with target.open(name) as file:
        while chunk := file.read(CHUNK):
            found.update(chunk)
            done += len(chunk)
            if not progress(done):
                return False
    if found.digest() != hashlib.sha256(data).digest():
        raise NotAsWritten(target=target.label, name=name)
    return True


def _clear(target: Target, *names: str) -> None:
    for name in names:
        with suppress(Exception):  # gone already, or the whole stick is
            target.remove(name)


@contextmanager
def _told(target: Target, name: str, *, needed: int = 0) -> Iterator[None]:
    """Failures in our words; of what other systems raise nobody has a list."""
    failures: type[Exception] = OSError if target.local else Exception
    try:
        yield
    except CheckpointError:
        raise
    except failures as error:
        code = getattr(error, "errno", None)
        if code in _FULL:
            raise TargetFull(target=target.label, needed=needed, free=target.free() or 0) from error
        target.check()
        why = getattr(error, "strerror", None) or type(error).__name__
        raise TargetFailed(target=target.label, name=name, why=why) from error
