"""Sticks and cards that are plugged in now. A drive answers when it likes: never ask in the window's thread.

psutil names the mounted file systems of every system alike, but only Windows says which can be pulled out;
Linux tells it of the device, macOS mounts what can be in one folder.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import psutil

_VOLUMES = "/Volumes/"
_ESCAPED = re.compile(r"\\x([0-9a-f]{2})")


@dataclass(frozen=True, slots=True)
class Drive:
    """`place` is where it is mounted, `name` what people call it (E:, sdb1), `label` what it was named.

    `free` and `size` are bytes, None while it does not answer.
    """

    place: str
    name: str
    label: str
    free: int | None
    size: int | None

    @property
    def known(self) -> tuple[str, str, str]:
        """Another stick in the same place is another drive."""
        return self.place, self.name, self.label


class Mounted(NamedTuple):
    """What psutil tells of a file system."""

    device: str
    mountpoint: str
    fstype: str
    opts: str


@dataclass(frozen=True, slots=True)
class Change:
    """Since the last look."""

    plugged: tuple[Drive, ...]
    pulled: tuple[Drive, ...]
    now: tuple[Drive, ...]


def read_drives(
    mounted: Callable[[], Iterable[Mounted]] = lambda: psutil.disk_partitions(all=False),
    *,
    platform: str = sys.platform,
    root: Path = Path("/"),
) -> tuple[Drive, ...]:
    """Every drive that can be pulled out and takes files; those that do not answer are left out. Blocks."""
    found: dict[str, Drive] = {}
    for each in mounted():
        with suppress(OSError):
            if "ro" not in each.opts.split(",") and _removable(each, platform=platform, root=root):
                found.setdefault(each.mountpoint, _drive(each, platform=platform, root=root))
    return tuple(sorted(found.values(), key=lambda drive: drive.place))


class Drives:
    """Remembers what was there at the last look; belongs to one thread at a time."""

    def __init__(self, read: Callable[[], tuple[Drive, ...]] = read_drives) -> None:
        self._read = read
        self._known: tuple[Drive, ...] = ()

    def poll(self) -> Change:
        """What was plugged in and pulled out since the last time. Blocks."""
        before, now = {each.known: each for each in self._known}, self._read()
        here = {each.known for each in now}
        self._known = now
        return Change(
            tuple(each for each in now if each.known not in before),
            tuple(each for known, each in before.items() if known not in here),
            now,
        )


def _removable(mounted: Mounted, *, platform: str, root: Path) -> bool:
    if platform == "win32":
        return "removable" in mounted.opts.split(",")
    if platform == "darwin":
        return mounted.mountpoint.startswith(_VOLUMES)
    return _pulls_out(Path(mounted.device).name, root=root)


def _pulls_out(device: str, *, root: Path) -> bool:
    """Whether Linux calls the disk under a partition removable, or reaches it over USB."""
    place = (root / "sys/class/block" / device).resolve()
    disk = place.parent if (place / "partition").exists() else place
    flag = disk / "removable"
    return (flag.is_file() and flag.read_text().strip() == "1") or any(
        part.startswith("usb") for part in disk.parts
    )


def _drive(mounted: Mounted, *, platform: str, root: Path) -> Drive:
    try:
        usage = psutil.disk_usage(mounted.mountpoint)
        free, size = usage.free, usage.total
    except OSError:
        free = size = None
    if platform == "win32":
        return Drive(mounted.mountpoint, mounted.device.rstrip("\\"), _volume(mounted.mountpoint), free, size)
    name = Path(mounted.device).name
    label = next(_labels(mounted.device, root=root), "") or Path(mounted.mountpoint).name
    return Drive(mounted.mountpoint, name, label, free, size)


def _labels(device: str, *, root: Path) -> Iterator[str]:
    """What udev links to the device under its label."""
    place, wanted = root / "dev/disk/by-label", Path(device).name
    for link in sorted(place.iterdir()) if place.is_dir() else ():
        if link.resolve().name == wanted:
            raw = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), link.name)
            yield raw.encode("latin-1", "ignore").decode("utf-8", "replace") if "\\x" in link.name else raw


if sys.platform == "win32":
    import ctypes

    def _volume(place: str) -> str:
        """The label of a Windows volume; "" when it has none or does not answer."""
        text = ctypes.create_unicode_buffer(261)
        asked = ctypes.windll.kernel32.GetVolumeInformationW(place, text, 261, None, None, None, None, 0)
        return text.value if asked else ""

else:

    def _volume(place: str) -> str:
        """Only Windows is asked this way."""
        return place
