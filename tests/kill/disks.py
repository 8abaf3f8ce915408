"""Disks to break: a small ext4 that loses its power, a tmpfs that is full or takes no writes. Root, Linux."""

from __future__ import annotations

import array
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SHUTDOWN = 0x8004587D  # EXT4_IOC_SHUTDOWN, XFS_IOC_GOINGDOWN
DROP_EVERYTHING = 2  # neither the journal nor any unwritten page reaches the disk
NEEDS = "needs Linux, root and {}: this protection is NOT shown by this run"


def missing(*tools: str) -> str:
    """Why mounts cannot be made here; empty when they can."""
    if sys.platform != "linux" or os.geteuid() != 0:
        return NEEDS.format("mount rights")
    absent = [tool for tool in tools if shutil.which(tool) is None]
    return NEEDS.format(", ".join(absent)) if absent else _mount_refused()


def _mount_refused() -> str:
    place = Path("/proc/self/status").read_text()
    line = next(line for line in place.splitlines() if line.startswith("CapEff"))
    admin = int(line.split()[1], 16) >> 21 & 1  # CAP_SYS_ADMIN
    return "" if admin else NEEDS.format("CAP_SYS_ADMIN")


class Ext4:
    """A journalling file system in a file, mounted over a loop device."""

    def __init__(self, folder: Path, *, megabytes: int = 48) -> None:
        self.image, self.place = folder / "disk.img", folder / "disk"
        self.place.mkdir()
        with self.image.open("wb") as file:
            file.truncate(megabytes << 20)
        _run("mkfs.ext4", "-q", "-F", str(self.image))
        self.mount()

    def mount(self) -> None:
        _run("mount", "-o", "loop", str(self.image), str(self.place))

    def cut_power(self) -> None:
        """From this moment nothing more reaches the disk, and what was not synced is gone."""
        descriptor = os.open(self.place, os.O_RDONLY)
        try:
            import fcntl

            fcntl.ioctl(descriptor, SHUTDOWN, array.array("I", [DROP_EVERYTHING]))
        finally:
            os.close(descriptor)

    def unmount(self) -> None:
        _run("umount", str(self.place))


@contextmanager
def ext4(folder: Path) -> Iterator[Ext4]:
    """A fresh ext4, unmounted at the end."""
    disk = Ext4(folder)
    try:
        yield disk
    finally:
        subprocess.run(["umount", "-l", str(disk.place)], check=False, capture_output=True)


@contextmanager
def tmpfs(folder: Path, *, kilobytes: int) -> Iterator[Path]:
    """A disk in memory of that size."""
    place = folder / f"small-{kilobytes}"
    place.mkdir()
    _run("mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "none", str(place))
    try:
        yield place
    finally:
        _run("umount", str(place))


def remount(place: Path, *, writable: bool) -> None:
    """Switches the disk between taking and refusing writes."""
    _run("mount", "-o", f"remount,{'rw' if writable else 'ro'}", str(place))


def _run(*words: str) -> None:
    subprocess.run(words, check=True, capture_output=True)
