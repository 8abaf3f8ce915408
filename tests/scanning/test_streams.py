"""Network cameras on loopback: waits that hold, passwords nobody sees, back within five seconds."""

from __future__ import annotations

import base64
import os
import subprocess
import sys
import threading
import time

import pytest

from checkpoint_app.scanning import streams
from checkpoint_app.scanning.camera import Camera
from checkpoint_app.scanning.devices import CameraGone, open_device
from checkpoint_app.scanning.health import Sight
from tests.scanning.cameras_served import BEFORE_THE_TROUBLE, Served

SPARE_MS = 1_000
ACCOUNT, SECRET = "admin:geheim-9@", "geheim-9"
RECOVERED_S = 5.0


def opened_in(link: str) -> tuple[float, bool]:
    """Milliseconds of opening, and whether there is a camera."""
    began = time.monotonic()
    try:
        open_device(link).release()
    except CameraGone:
        return (time.monotonic() - began) * 1000, False
    return (time.monotonic() - began) * 1000, True


@pytest.mark.parametrize(
    ("manner", "scheme"),
    [
        ("silent", "http"),
        ("silent", "rtsp"),
        ("forbids", "http"),
        ("forbids", "rtsp"),
        ("knows nothing", "http"),
        ("babbles", "http"),
    ],
)
def test_a_camera_that_gives_no_picture_is_given_up_in_time(manner: str, scheme: str) -> None:
    camera = Served(manner)
    try:
        took, there = opened_in(camera.link(scheme=scheme))
    finally:
        camera.close()
    assert not there
    assert took <= streams.OPEN_MS + SPARE_MS


def test_nobody_at_the_address_is_told_at_once() -> None:
    camera = Served("gives pictures")
    camera.close()
    took, there = opened_in(camera.link())
    assert (there, took < SPARE_MS) == (False, True)


@pytest.mark.parametrize("manner", ["stalls", "drips", "closes"])
def test_a_camera_that_stops_giving_pictures_is_noticed_in_time(manner: str) -> None:
    camera = Served(manner)
    device = open_device(camera.link())
    try:
        pictures, longest = 0, 0.0
        picture = device.read()
        while picture is not None:
            pictures += 1
            began = time.monotonic()
            picture = device.read()
            longest = max(longest, time.monotonic() - began)
    finally:
        device.release()
        camera.close()
    assert pictures >= BEFORE_THE_TROUBLE - 1
    assert longest * 1000 <= streams.READ_MS + SPARE_MS


class Watching:
    """A camera thread on a link."""

    def __init__(self, link: str) -> None:
        self._full = threading.Event()
        self.camera = Camera(link, on_view=self._full.set)

    def seconds_until(self, sight: Sight) -> float:
        began = time.monotonic()
        while time.monotonic() - began < 30:
            self._full.wait(1)
            self._full.clear()
            view = self.camera.views.take()
            if view is not None and view.sight is sight:
                return time.monotonic() - began
        raise AssertionError(sight)


def test_a_camera_that_was_gone_is_back_within_five_seconds() -> None:
    served = Served("gives pictures")
    watching = Watching(served.link())
    watching.camera.start()
    try:
        watching.seconds_until(Sight.FINE)
        served.close()
        watching.seconds_until(Sight.GONE)
        served = Served("gives pictures", port=served.port)
        assert watching.seconds_until(Sight.FINE) <= RECOVERED_S
    finally:
        watching.camera.stop()
        served.close()


# passwords


@pytest.mark.parametrize(
    ("link", "shown"),
    [
        ("rtsp://admin:p@ss/w@10.0.0.9:554/ch1", "rtsp://***@10.0.0.9:554/ch1"),
        ("HTTP://u:p@cam.example/v?user=u&pwd=p", "HTTP://***@cam.example/v?***"),
        ("https://cam.example/v", "https://cam.example/v"),
        ("C:/pictures/a@b.png", "C:/pictures/a@b.png"),
        ("入口摄像头@usb-1", "入口摄像头@usb-1"),
    ],
)
def test_a_link_is_shown_without_its_account(link: str, shown: str) -> None:
    assert streams.masked(link) == shown


def test_the_account_reaches_the_camera_and_nothing_else(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    camera = Served("forbids")
    caplog.set_level(0)
    try:
        with pytest.raises(CameraGone) as gone:
            open_device(camera.link(account=ACCOUNT))
    finally:
        camera.close()
    assert SECRET not in f"{gone.value} {gone.value.facts} {caplog.text} {''.join(capfd.readouterr())}"


def test_a_camera_gets_the_account_it_asks_for() -> None:
    camera = Served("asks for a name")
    try:
        open_device(camera.link(account=ACCOUNT)).release()
    finally:
        camera.close()
    wanted = base64.b64encode(ACCOUNT[:-1].encode())
    assert any(b"Authorization: Basic " + wanted in asked for asked in camera.asked)


LIBRARIES = """
import sys
{first}
import cv2
cv2.VideoCapture(sys.argv[1], cv2.CAP_FFMPEG)
"""


@pytest.mark.parametrize(("first", "quiet"), [("import checkpoint_app.scanning", True), ("", False)])
def test_the_libraries_print_nothing_of_it(first: str, quiet: bool) -> None:
    camera = Served("knows nothing")
    try:
        done = subprocess.run(
            [sys.executable, "-c", LIBRARIES.format(first=first), camera.link(account=ACCOUNT)],
            env={name: value for name, value in os.environ.items() if not name.startswith("OPENCV_")},
            capture_output=True,
            text=True,
            check=True,
        )
    finally:
        camera.close()
    assert (done.stderr == "") is quiet
