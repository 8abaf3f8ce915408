"""Cameras in the network: RTSP and MJPEG links, opened with waits that hold, shown without passwords."""

from __future__ import annotations

import re

import cv2

SCHEMES = ("rtsp://", "rtsps://", "http://", "https://")
OPEN_MS, READ_MS = 3_000, 2_000
"""FFmpeg gives up after these, whether a camera is silent, stalls or drips byte after byte: as measured."""

_ACCOUNT = re.compile(r"(?<=://).*@")
_QUESTION = re.compile(r"\?.*")


def is_link(source: str) -> bool:
    """Whether a camera's source is an address in the network."""
    return source.lower().startswith(SCHEMES)


def masked(source: str) -> str:
    """The source as it may be shown and logged: name and password of a link are left out, and so is what
    stands behind a question mark, where some cameras want them."""
    return _QUESTION.sub("?***", _ACCOUNT.sub("***@", source)) if is_link(source) else source


def open_link(link: str) -> cv2.VideoCapture:
    """A capture, which may not have opened; after at most `OPEN_MS`."""
    waits = [cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, OPEN_MS, cv2.CAP_PROP_READ_TIMEOUT_MSEC, READ_MS]
    return cv2.VideoCapture(link, cv2.CAP_FFMPEG, waits)
