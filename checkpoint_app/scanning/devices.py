"""Where pictures come from: USB cameras by name or index, files, folders, links.

Opening may take seconds (MSMF even minutes), so it is only ever done in a camera's own thread.
"""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from checkpoint_app.domain.errors import Refusal, Trouble
from checkpoint_app.scanning import streams

Picture = NDArray[np.uint8]

WIDTH, HEIGHT, RATE = 1280, 720, 24
PICTURES = frozenset({".png", ".jpg", ".jpeg", ".bmp", ".webp", ".tif", ".tiff"})
MOST_PIXELS = 60_000_000

cv2.setNumThreads(1)
_log = logging.getLogger(__name__)


class CameraGone(Trouble):
    """No picture from the camera; facts: source."""


class SourceUnknown(Refusal):
    """No such camera, file or folder; facts: source, cameras (names of those that are there)."""


class PicturesAbsent(Refusal):
    """A folder without a picture in it; facts: path."""


class PictureUnreadable(Trouble):
    """A file that is no picture or video this program can read; facts: path."""


class PictureAbsent(Trouble):
    """No such file, or nobody may read it; facts: path."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a device really gives, which is seldom what it was asked for. `form` is its FOURCC, "" unknown."""

    width: int
    height: int
    rate: float
    form: str = ""


class Device(Protocol):
    """Something that gives picture after picture. `live`: a stuck or black picture means trouble.

    It may have `facts` about its pictures.
    """

    live: bool

    def read(self) -> Picture | None:
        """The next picture, BGR; None when there is none any more. Blocks until it is due."""

    def release(self) -> None:
        """Gives the camera or file back."""


OpenDevice = Callable[[str], Device]


@dataclass(frozen=True, slots=True)
class Found:
    """A camera that is plugged in; `where` tells two of the same name apart."""

    name: str
    index: int
    backend: int
    where: str


def cameras() -> tuple[Found, ...]:
    """Cameras the system knows now; empty where it cannot tell."""
    from cv2_enumerate_cameras import enumerate_cameras

    for backend in _backends():
        try:
            known = enumerate_cameras(backend)
        except (OSError, RuntimeError):  # a camera that goes away while it is asked
            continue
        found = tuple(Found(item.name, item.index, backend, str(item.path or item.index)) for item in known)
        if found:
            return found
    return ()


def open_device(source: str) -> Device:
    """A device for `source`: index, name, picture, folder, video file or link.

    Raises CameraGone, SourceUnknown, PictureAbsent or PictureUnreadable.
    """
    if source.isdecimal():
        return _Captured(_open_camera(int(source), _backends()), source=source)
    if streams.is_link(source):
        return _Captured(streams.open_link(source), source=streams.masked(source))
    path = Path(source)
    try:
        if path.suffix.lower() in PICTURES and not path.exists():
            raise PictureAbsent(path=path.name)
        if path.is_dir() or path.suffix.lower() in PICTURES:
            return Album(pictures_of(path), source=source)
        if path.is_file():
            return Film(path)
    except (OSError, ValueError) as error:  # a name no file can have, a folder nobody may look into
        raise SourceUnknown(source=source, cameras="") from error
    return _by_name(source)


def pictures_of(path: Path) -> tuple[Path, ...]:
    """The picture files of a folder in the order of their names, or the one file."""
    if path.is_dir():
        return tuple(sorted(item for item in path.iterdir() if item.suffix.lower() in PICTURES))
    return (path,)


def load_picture(path: Path) -> Picture:
    """One picture from a file, BGR; raises PictureAbsent or PictureUnreadable. Any path works."""
    try:
        data = np.fromfile(path, dtype=np.uint8)
    except OSError as error:
        raise PictureAbsent(path=path.name) from error
    return picture_in(data, name=path.name)


def picture_in(data: NDArray[np.uint8], *, name: str) -> Picture:
    """The picture that these bytes are, BGR; raises PictureUnreadable with `name`."""
    try:
        picture = cv2.imdecode(data, cv2.IMREAD_COLOR) if data.size else None
    except cv2.error as error:
        raise PictureUnreadable(path=name) from error
    if picture is None or picture.shape[0] * picture.shape[1] > MOST_PIXELS:
        raise PictureUnreadable(path=name)
    return picture.astype(np.uint8, copy=False)


class Album:
    """Pictures from files, one every `every` seconds, round and round; what is no picture is left out."""

    live = False
    facts: Facts | None = None

    def __init__(self, paths: tuple[Path, ...], *, source: str, every: float = 1.0) -> None:
        if not paths:
            raise SourceUnknown(source=source, cameras="")
        self._pictures = self._turn(paths)
        self.skipped: tuple[str, ...] = ()
        self._pace = _Pace(1 / 10)
        self._shown: Picture | None = None
        self._until = 0.0
        self._every = every

    def read(self) -> Picture | None:
        """Raises PictureUnreadable when none of the files is a picture."""
        self._pace.wait()
        if self._shown is None or time.monotonic() >= self._until:
            self._shown = next(self._pictures)
            self._until = time.monotonic() + self._every
        return self._shown

    def release(self) -> None:
        self._shown = None

    def _turn(self, paths: tuple[Path, ...]) -> Iterator[Picture]:
        while len(self.skipped) < len(paths):
            for path in paths:
                if path.name in self.skipped:
                    continue
                try:
                    yield load_picture(path)
                except (PictureUnreadable, PictureAbsent):
                    self.skipped += (path.name,)
                    _log.info("picture left out place=%d of=%d", paths.index(path) + 1, len(paths))
        raise PictureUnreadable(path=self.skipped[-1])


class Film:
    """A video file at its own pace."""

    live = False

    def __init__(self, path: Path) -> None:
        self._capture = cv2.VideoCapture(str(path), cv2.CAP_FFMPEG)  # takes any characters in a path
        if not self._capture.isOpened():
            raise PictureUnreadable(path=path.name)
        self.facts = _facts(self._capture)
        rate = self.facts.rate
        self.frame_ms = 1000 / rate if 1 <= rate <= 240 else 1000 / 15
        self._pace = _Pace(self.frame_ms / 1000)

    def read(self) -> Picture | None:
        self._pace.wait()
        return self.next_picture()

    def next_picture(self) -> Picture | None:
        """The next picture at once, whatever its time."""
        fine, picture = self._capture.read()
        return picture.astype(np.uint8, copy=False) if fine else None

    def release(self) -> None:
        self._capture.release()


class _Captured:
    """A camera or a link behind OpenCV."""

    live = True

    def __init__(self, capture: cv2.VideoCapture, *, source: str) -> None:
        if not capture.isOpened():
            capture.release()
            raise CameraGone(source=source)
        self._capture = capture
        self.facts = _facts(capture)

    def read(self) -> Picture | None:
        try:
            fine, picture = self._capture.read()
        except cv2.error:
            return None
        return picture.astype(np.uint8, copy=False) if fine and picture is not None else None

    def release(self) -> None:
        self._capture.release()


class _Pace:
    """Lets the caller go on once every `period` seconds; what is late is not made up for."""

    def __init__(self, period: float) -> None:
        self._period = period
        self._due = time.monotonic()

    def wait(self) -> None:
        rest = self._due - time.monotonic()
        if rest > 0:
            time.sleep(rest)
        self._due = max(self._due + self._period, time.monotonic())


def _by_name(source: str) -> Device:
    known = cameras()
    for found in known:
        if source in {found.name, found.where, f"{found.name}@{found.where}"}:
            return _Captured(_open_camera(found.index, (found.backend,)), source=source)
    raise SourceUnknown(source=source, cameras=", ".join(found.name for found in known))


def _open_camera(index: int, backends: tuple[int, ...]) -> cv2.VideoCapture:
    capture = cv2.VideoCapture()
    for backend in backends:
        try:
            if capture.open(index, backend):
                break
        except cv2.error:
            continue
    if capture.isOpened():
        _set_up(capture)
    return capture


def _set_up(capture: cv2.VideoCapture) -> None:
    """MJPG first: four cameras' raw pictures do not fit on one USB bus, and size and rate depend on it."""
    for setting, value in (
        (cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG")),
        (cv2.CAP_PROP_FRAME_WIDTH, WIDTH),
        (cv2.CAP_PROP_FRAME_HEIGHT, HEIGHT),
        (cv2.CAP_PROP_FPS, RATE),
        (cv2.CAP_PROP_BUFFERSIZE, 1),
    ):
        capture.set(setting, value)


def _facts(capture: cv2.VideoCapture) -> Facts:
    form = int(capture.get(cv2.CAP_PROP_FOURCC)).to_bytes(4, "little", signed=True)
    return Facts(
        int(capture.get(cv2.CAP_PROP_FRAME_WIDTH)),
        int(capture.get(cv2.CAP_PROP_FRAME_HEIGHT)),
        capture.get(cv2.CAP_PROP_FPS),
        form.decode("ascii", "replace") if form.isascii() and form.strip(b"\0").isalnum() else "",
    )


def _backends() -> tuple[int, ...]:
    if sys.platform == "win32":
        return (cv2.CAP_DSHOW, cv2.CAP_MSMF)
    if sys.platform == "darwin":
        return (cv2.CAP_AVFOUNDATION,)
    return (cv2.CAP_V4L2,)
