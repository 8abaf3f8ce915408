"""What the doctor asks of the computer: libraries, disk, cameras, sound, screen. Needs no desk."""

from __future__ import annotations

import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from types import ModuleType

from checkpoint_app import __version__
from checkpoint_app.cli.findings import Finding, State
from checkpoint_app.config import resource
from checkpoint_app.i18n import _

LEAST_ROOM = 2 * 1024**3
LEAST_PYTHON = (3, 11)
SHIPPED = (
    "fonts/NotoSansSC-Regular.ttf",
    "fonts/NotoSansSC-Bold.ttf",
    "rules/default.json",
    "codes/patterns.json",
    "codes/words.json",
    "locale/zh_CN/LC_MESSAGES/checkpoint.mo",
    "style.qss",
    "icons",
    "sounds/pass.wav",
    "sounds/stop.wav",
)
PLAYERS = ("pw-play", "paplay", "aplay", "afplay")
MOUNTS = Path("/proc/self/mountinfo")
DEVICES = Path("/sys/dev/block")
IN_MEMORY = {"tmpfs", "ramfs"}
FAR = ("nfs", "cifs", "smb", "9p", "ncp", "afs", "ceph", "gluster", "fuse.sshfs", "fuse.rclone", "davfs")


def programs() -> Iterator[Finding]:
    """Python and this program."""
    fine = sys.version_info[:2] >= LEAST_PYTHON
    state = State.OK if fine else State.BAD
    yield Finding("program", State.OK, f"checkpoint-app {__version__}")
    yield Finding("python", state, f"{platform.python_version()}, {platform.system()} {platform.release()}")


def window() -> Iterator[Finding]:
    """Qt is asked for, not loaded: loading it is the window's own affair."""
    yield _version("qt", "PySide6-Essentials")


def pictures() -> Iterator[Finding]:
    from checkpoint_app.scanning import devices

    yield _version("opencv", "opencv-python-headless", needed_by=devices)


def first_decoder() -> Iterator[Finding]:
    from checkpoint_app.scanning import symbols

    yield _version("zxing", "zxing-cpp", needed_by=symbols)


def _version(about: str, name: str, *, needed_by: ModuleType | None = None) -> Finding:
    """The library's version; what needs it has been loaded. A frozen program carries no list of versions."""
    try:
        return Finding(about, State.OK, f"{name} {metadata.version(name)}")
    except metadata.PackageNotFoundError:
        there = needed_by is not None or getattr(sys, "frozen", False)
        return Finding(about, State.OK if there else State.BAD, name + " " + _("version unknown"))


def second_decoder() -> Iterator[Finding]:
    """libzbar, without which fewer damaged codes are read."""
    from checkpoint_app.scanning import zbar

    if zbar.library() is None:
        yield Finding("zbar", State.NOTE, _("libzbar is missing: fewer damaged codes are read"))
    elif not zbar.keeps_bytes():
        yield Finding("zbar", State.NOTE, _("libzbar is old: of its codes only plain ASCII counts"))
    else:
        yield Finding("zbar", State.OK, _("libzbar works and keeps bytes"))


def database() -> Iterator[Finding]:
    """An encrypted file made, closed and read again, with every setting kept."""
    from checkpoint_app.storage import engine

    with tempfile.TemporaryDirectory() as folder:
        connection = engine.connect(Path(folder) / "trial.db", bytes(engine.KEY_BYTES))
        try:
            (plain,) = connection.execute("SELECT sqlite_version()").fetchone()
            (cipher,) = connection.execute("PRAGMA cipher_version").fetchone()
        finally:
            connection.close()
    yield Finding("database", State.OK, f"SQLite {plain}, SQLCipher {cipher}")


def cameras() -> Iterator[Finding]:
    """By the names they are chosen by."""
    from checkpoint_app.scanning import devices

    found = devices.cameras()
    for camera in found:
        yield Finding("camera", State.OK, f"{camera.name} ({camera.index})")
    if not found:
        yield Finding("camera", State.NOTE, _("no camera plugged in; scanner and typing work"))


def shipped() -> Iterator[Finding]:
    """Fonts, rules, words, sounds: each file is there and the rules and patterns are understood."""
    for name in SHIPPED:
        resource(name)
    yield Finding("resources", State.OK, _("fonts, rules, words, icons and sounds are there"))


def sound() -> Iterator[Finding]:
    """A player the system brings."""
    if sys.platform == "win32":
        yield Finding("sound", State.OK, "winsound")
        return
    found = next((name for name in PLAYERS if shutil.which(name)), None)
    missing = _("no sound player ({names}): the lane is silent").format(names=", ".join(PLAYERS[:3]))
    yield Finding("sound", State.OK if found else State.NOTE, found or missing)


def display() -> Iterator[Finding]:
    """Whether a window can be shown."""
    shown = os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY")
    if sys.platform in {"win32", "darwin"} or shown:
        yield Finding("display", State.OK, shown or platform.system())
    else:
        yield Finding("display", State.NOTE, _("no display: `run` plays the demonstration without a window"))


def room(folder: Path) -> Iterator[Finding]:
    """Whether the data folder can be written, how much room is left and on what kind of disk."""
    there = next(parent for parent in (folder, *folder.parents) if parent.exists())
    try:
        with tempfile.TemporaryFile(dir=there) as file:
            file.write(b"x")
        yield Finding("folder", State.OK, str(folder))
    except OSError as error:
        yield Finding(
            "folder", State.BAD, _("cannot be written: {why}").format(why=error.strerror) + f" ({folder})"
        )
    free = shutil.disk_usage(there).free
    words = _("{free} GB free").format(free=round(free / 1024**3, 1))
    yield Finding("room", State.OK if free >= LEAST_ROOM else State.BAD, words)
    kind = disk_kind(there)
    if kind == "network":
        yield Finding(
            "disk", State.BAD, _("a network disk can lose what was called saved: use a disk of its own")
        )
    elif kind == "removable":
        yield Finding(
            "disk", State.BAD, _("a removable disk can be pulled out: use a disk inside the computer")
        )
    elif kind in IN_MEMORY:
        yield Finding("disk", State.NOTE, _("this disk is memory: what it holds is gone when the power goes"))
    else:
        yield Finding("disk", State.OK, kind)


def disk_kind(folder: Path, *, mounts: Path = MOUNTS, devices: Path = DEVICES) -> str:
    """`network`, `removable`, or what the system calls the disk under an existing folder."""
    if sys.platform == "win32":
        import ctypes

        kinds = {2: "removable", 4: "network"}  # what GetDriveTypeW answers
        return kinds.get(int(ctypes.windll.kernel32.GetDriveTypeW(folder.resolve().anchor)), "local")
    try:
        lines = mounts.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return "local"
    whole = f"{folder.resolve()}/"
    best = ("", "local", "")
    for fields in map(str.split, lines):
        point = fields[4].encode().decode("unicode_escape") if "\\" in fields[4] else fields[4]
        if whole.startswith(point.rstrip("/") + "/") and len(point) >= len(best[0]):
            best = (point, fields[fields.index("-") + 1], fields[2])
    _point, system, number = best
    if system.startswith(FAR):
        return "network"
    return "removable" if _is_removable(devices / number) else system


def _is_removable(device: Path) -> bool:
    """The disk's own word, which partitions do not repeat, or a place on a USB bus."""
    if not device.exists():
        return False
    real = device.resolve()
    flags = [place / "removable" for place in (real, real.parent)]
    told = any(flag.is_file() and flag.read_text(encoding="ascii").strip() == "1" for flag in flags)
    return told or any(part.startswith("usb") for part in real.parts)
