"""Sources of pictures: cameras behind a recorded driver, files, folders and films."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from checkpoint_app.scanning import devices
from checkpoint_app.scanning.devices import (
    Album,
    CameraGone,
    Facts,
    Film,
    Found,
    PictureAbsent,
    PictureUnreadable,
    SourceUnknown,
    load_picture,
    open_device,
)
from tests.scanning.devices_played import noise

GIVEN = {
    cv2.CAP_PROP_FOURCC: float(int.from_bytes(b"YUYV", "little")),
    cv2.CAP_PROP_FRAME_WIDTH: 640.0,
    cv2.CAP_PROP_FRAME_HEIGHT: 480.0,
    cv2.CAP_PROP_FPS: 15.0,
}


class Driver:
    """Stands for cv2.VideoCapture: writes down what it is asked, opens only what is plugged in."""

    asked: list[tuple[Any, ...]]
    plugged: set[tuple[int, int]]

    def __init__(self, *arguments: Any) -> None:
        self.asked.append(("made", *arguments))
        self._open = bool(arguments)

    def open(self, index: int, backend: int) -> bool:
        self.asked.append(("open", index, backend))
        if (index, backend) == (99, backend):
            raise cv2.error("a driver's own bug")
        self._open = (index, backend) in self.plugged
        return self._open

    def isOpened(self) -> bool:
        return self._open

    def set(self, setting: int, value: float) -> bool:
        self.asked.append(("set", setting, value))
        return False

    def get(self, setting: int) -> float:
        self.asked.append(("get", setting))
        return GIVEN[setting]

    def read(self) -> tuple[bool, np.ndarray[Any, Any] | None]:
        raise cv2.error("unplugged")

    def release(self) -> None:
        self.asked.append(("release",))


@pytest.fixture
def driver(monkeypatch: pytest.MonkeyPatch) -> type[Driver]:
    Driver.asked, Driver.plugged = [], set()
    monkeypatch.setattr(cv2, "VideoCapture", Driver)
    return Driver


def opened(driver: type[Driver]) -> list[tuple[Any, ...]]:
    return [call[1:] for call in driver.asked if call[0] == "open"]


@pytest.mark.parametrize(
    ("platform", "backends"),
    [
        ("win32", [cv2.CAP_DSHOW, cv2.CAP_MSMF]),
        ("darwin", [cv2.CAP_AVFOUNDATION]),
        ("linux", [cv2.CAP_V4L2]),
    ],
)
def test_the_backends_of_each_system_are_tried_in_order(
    driver: type[Driver], monkeypatch: pytest.MonkeyPatch, platform: str, backends: list[int]
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    with pytest.raises(CameraGone):
        open_device("2")
    assert opened(driver) == [(2, backend) for backend in backends]
    assert driver.asked[-1] == ("release",)


def test_on_windows_the_slow_backend_is_not_asked_when_the_first_opens(
    driver: type[Driver], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    driver.plugged = {(0, cv2.CAP_DSHOW), (0, cv2.CAP_MSMF)}
    open_device("0")
    assert opened(driver) == [(0, cv2.CAP_DSHOW)]


def test_the_form_is_set_before_size_rate_and_buffer_and_then_all_is_read_back(
    driver: type[Driver], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    driver.plugged = {(0, cv2.CAP_V4L2)}
    device = open_device("0")
    settings = [call[1:] for call in driver.asked if call[0] == "set"]
    assert settings == [
        (cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG")),
        (cv2.CAP_PROP_FRAME_WIDTH, 1280),
        (cv2.CAP_PROP_FRAME_HEIGHT, 720),
        (cv2.CAP_PROP_FPS, 24),
        (cv2.CAP_PROP_BUFFERSIZE, 1),
    ]
    assert max(n for n, call in enumerate(driver.asked) if call[0] == "set") < min(
        n for n, call in enumerate(driver.asked) if call[0] == "get"
    )
    assert getattr(device, "facts", None) == Facts(640, 480, 15.0, "YUYV")
    assert device.live


def test_a_driver_that_raises_is_a_camera_that_is_gone(
    driver: type[Driver], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    with pytest.raises(CameraGone):
        open_device("99")
    driver.plugged = {(0, cv2.CAP_V4L2)}
    assert open_device("0").read() is None


def test_a_link_is_opened_with_short_waits(driver: type[Driver]) -> None:
    open_device("rtsp://10.0.0.9/stream")
    made = driver.asked[0]
    assert made[1:3] == ("rtsp://10.0.0.9/stream", cv2.CAP_FFMPEG)
    assert dict(zip(made[3][::2], made[3][1::2], strict=True)) == {
        cv2.CAP_PROP_OPEN_TIMEOUT_MSEC: 3000,
        cv2.CAP_PROP_READ_TIMEOUT_MSEC: 2000,
    }


def test_a_camera_is_found_again_by_name_at_another_index(
    driver: type[Driver], monkeypatch: pytest.MonkeyPatch
) -> None:
    there = [Found("其他", 0, cv2.CAP_V4L2, "usb-1"), Found("入口摄像头", 2, cv2.CAP_V4L2, "usb-2")]
    monkeypatch.setattr(devices, "cameras", lambda: tuple(there))
    driver.plugged = {(0, cv2.CAP_V4L2), (2, cv2.CAP_V4L2), (5, cv2.CAP_V4L2)}
    open_device("入口摄像头")
    there[1] = Found("入口摄像头", 5, cv2.CAP_V4L2, "usb-2")
    open_device("入口摄像头")
    del there[1]
    with pytest.raises(SourceUnknown) as unknown:
        open_device("入口摄像头")
    assert opened(driver) == [(2, cv2.CAP_V4L2), (5, cv2.CAP_V4L2)]
    assert unknown.value.facts == {"source": "入口摄像头", "cameras": "其他"}


def test_two_cameras_of_one_name_are_told_apart_by_their_place(
    driver: type[Driver], monkeypatch: pytest.MonkeyPatch
) -> None:
    there = (Found("USB", 0, cv2.CAP_V4L2, "usb-1"), Found("USB", 2, cv2.CAP_V4L2, "usb-2"))
    monkeypatch.setattr(devices, "cameras", lambda: there)
    driver.plugged = {(0, cv2.CAP_V4L2), (2, cv2.CAP_V4L2)}
    for source in ("USB@usb-2", "usb-2", "USB"):
        open_device(source)
    assert [index for index, _backend in opened(driver)] == [2, 2, 0]


def test_a_system_that_cannot_tell_its_cameras_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(_backend: int) -> list[object]:
        raise OSError

    monkeypatch.setattr("cv2_enumerate_cameras.enumerate_cameras", gone)
    assert devices.cameras() == ()


@pytest.mark.parametrize("source", ["no-such-camera", "x" * 400, "a\0b", "no/such/folder"])
def test_what_is_neither_camera_nor_file_is_unknown(source: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(devices, "cameras", lambda: ())
    with pytest.raises(SourceUnknown):
        open_device(source)


# files


def save(path: Path, number: int = 1) -> Path:
    _fine, data = cv2.imencode(path.suffix, noise(number))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.tobytes())
    return path


@pytest.mark.parametrize("suffix", [".png", ".jpg", ".bmp", ".webp", ".tif"])
def test_pictures_are_read_whatever_their_path_is_called(tmp_path: Path, suffix: str) -> None:
    path = save(tmp_path / "图片 集" / f"豫A12345{suffix}")
    assert load_picture(path).shape == noise(1).shape


@pytest.mark.parametrize("content", [b"", b"no picture", b"\x89PNG\r\n\x1a\n" + b"\0" * 40])
def test_what_is_no_picture_is_named_without_its_folder(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.png"
    path.write_bytes(content)
    with pytest.raises(PictureUnreadable) as unreadable:
        load_picture(path)
    assert unreadable.value.facts == {"path": "x.png"}


def test_a_picture_that_is_not_there_is_absent_not_unreadable(tmp_path: Path) -> None:
    for read in (load_picture, lambda path: open_device(str(path))):
        with pytest.raises(PictureAbsent) as absent:
            read(tmp_path / "absent.png")
        assert absent.value.facts == {"path": "absent.png"}


HUGE = """
import sys
import numpy as np
if sys.argv[2] == "ours":
    import checkpoint_app.scanning
import cv2
data = np.fromfile(sys.argv[1], np.uint8)
try:
    found = cv2.imdecode(data, cv2.IMREAD_GRAYSCALE)
except cv2.error:
    found = None
print(found is not None)
"""


def test_a_huge_picture_is_refused_by_its_header(tmp_path: Path) -> None:
    path = tmp_path / "huge.png"
    _fine, data = cv2.imencode(".png", np.zeros((8_000, 8_000), np.uint8))
    path.write_bytes(data.tobytes())
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("OPENCV_")}
    decoded = {
        which: subprocess.run(
            [sys.executable, "-c", HUGE, str(path), which],
            env=surroundings,
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for which in ("ours", "without")
    }
    assert decoded == {"ours": "False", "without": "True"}
    with pytest.raises(PictureUnreadable):
        load_picture(path)


def album(folder: Path) -> Album:
    device = Album(devices.pictures_of(folder), source=str(folder), every=0.0)
    device._pace = devices._Pace(0)
    return device


def test_an_album_goes_round_in_the_order_of_the_names(tmp_path: Path) -> None:
    for number in (3, 1, 2):
        save(tmp_path / f"{number}.png", number)
    (tmp_path / "notes.txt").write_text("no picture")
    device = album(tmp_path)
    for number in (1, 2, 3, 1):
        assert (device.read() == noise(number)).all()  # type: ignore[union-attr]
    assert not device.live


def test_a_broken_picture_does_not_end_the_album(tmp_path: Path) -> None:
    save(tmp_path / "1.png", 1)
    (tmp_path / "2.png").write_bytes(b"broken")
    save(tmp_path / "3.png", 3)
    device = album(tmp_path)
    assert [device.read() is not None for _ in range(5)] == [True] * 5
    assert device.skipped == ("2.png",)


def test_an_album_of_broken_pictures_says_so(tmp_path: Path) -> None:
    (tmp_path / "1.png").write_bytes(b"broken")
    with pytest.raises(PictureUnreadable):
        album(tmp_path).read()


def test_an_empty_folder_is_no_source(tmp_path: Path) -> None:
    with pytest.raises(SourceUnknown):
        open_device(str(tmp_path))


def test_a_film_is_read_picture_by_picture_whatever_its_path_is_called(tmp_path: Path) -> None:
    path = tmp_path / "录像 集" / "车道.avi"
    path.parent.mkdir()
    size = (128, 72)
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 10, size)
    assert writer.isOpened()
    for number in range(5):
        writer.write(noise(number))
    writer.release()
    film = open_device(str(path))
    assert isinstance(film, Film)
    assert (film.frame_ms, film.facts.width, film.facts.height) == (100.0, 128, 72)
    pictures = 0
    while film.next_picture() is not None:
        pictures += 1
    film.release()
    assert pictures == 5


def test_what_is_no_film_is_unreadable(tmp_path: Path) -> None:
    path = tmp_path / "x.avi"
    path.write_bytes(b"no film")
    with pytest.raises(PictureUnreadable):
        open_device(str(path))


def test_a_late_picture_is_not_made_up_for(monkeypatch: pytest.MonkeyPatch) -> None:
    now, slept = [100.0], []

    def sleep(seconds: float) -> None:
        slept.append(round(seconds, 3))
        now[0] += seconds

    monkeypatch.setattr("time.monotonic", lambda: now[0])
    monkeypatch.setattr("time.sleep", sleep)
    pace = devices._Pace(0.1)
    pace.wait()
    pace.wait()
    now[0] += 5
    pace.wait()
    pace.wait()
    assert slept == [0.1]
