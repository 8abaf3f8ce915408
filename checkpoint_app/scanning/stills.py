"""Codes of single pictures: files somebody chose, and what was copied from another program."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from checkpoint_app.scanning.colour import colour_of
from checkpoint_app.scanning.decoder import Decoder
from checkpoint_app.scanning.devices import Picture, load_picture
from checkpoint_app.scanning.seeing import Counted


def codes_of_file(path: Path) -> tuple[Counted, ...]:
    """Every code of a picture file; raises PictureAbsent or PictureUnreadable. Takes up to a second."""
    return codes_of(load_picture(path))


def codes_of(picture: Picture) -> tuple[Counted, ...]:
    """Every code of one picture, BGR, in no certain order."""
    readings = Decoder().read_thoroughly(picture)
    return tuple(Counted(reading, colour_of(picture, reading.corners)) for reading in readings)


def picture_of(data: bytes, *, width: int, height: int, stride: int) -> Picture:
    """A picture from rows of blue, green, red bytes, each `stride` bytes long."""
    rows = np.frombuffer(data, np.uint8, height * stride).reshape(height, stride)
    return np.ascontiguousarray(rows[:, : width * 3]).reshape(height, width, 3)
