"""Pictures made easier to read: what is done to a grey frame before zxing sees it once more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
"""Grey (height, width) or BGR (height, width, 3)."""


@dataclass(frozen=True, slots=True)
class Preparation:
    """`prepare` makes a picture `scale` times as large as the one it is given."""

    name: str
    prepare: Callable[[Picture], Picture]
    scale: float = 1.0
    one_threshold: bool = False
    """Whether zxing takes one threshold for the whole picture instead of one for each neighbourhood."""


def grey(frame: Picture) -> Picture:
    """One channel, contiguous; empty for anything that is not a picture."""
    if frame.dtype != np.uint8 or frame.ndim not in {2, 3} or frame.size == 0:
        return np.zeros((0, 0), np.uint8)
    if frame.ndim == 2:
        return np.ascontiguousarray(frame)
    conversions = {1: None, 3: cv2.COLOR_BGR2GRAY, 4: cv2.COLOR_BGRA2GRAY}
    if frame.shape[2] not in conversions:
        return np.zeros((0, 0), np.uint8)
    conversion = conversions[frame.shape[2]]
    return np.ascontiguousarray(frame[:, :, 0]) if conversion is None else _u8(cv2.cvtColor(frame, conversion))


def doubled(picture: Picture) -> Picture:
    """Twice the size, for modules near one pixel."""
    return _u8(cv2.resize(picture, None, fx=2, fy=2, interpolation=cv2.INTER_LINEAR))


def sharpened(picture: Picture) -> Picture:
    """Unsharp mask, for codes out of focus."""
    return _u8(cv2.addWeighted(picture, 2.5, cv2.blur(picture, (5, 5)), -1.5, 0))


def equalised(picture: Picture) -> Picture:
    """Local histograms spread out (CLAHE), for uneven light."""
    return _u8(_clahe().apply(picture))


def flattened(picture: Picture) -> Picture:
    """Every pixel against the light around it, then doubled: for dim codes and beams of light."""
    height, width = picture.shape
    small = cv2.resize(picture, (max(1, width // 4), max(1, height // 4)), interpolation=cv2.INTER_AREA)
    light = cv2.resize(cv2.GaussianBlur(small, (0, 0), 2.5), (width, height), interpolation=cv2.INTER_LINEAR)
    return doubled(_u8(cv2.divide(picture, cv2.max(light, 4.0), scale=128)))


def thresholded(picture: Picture) -> Picture:
    """Doubled, smoothed and made black and white by neighbourhood: for codes without a quiet zone."""
    larger = cv2.resize(picture, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC)
    smooth = cv2.GaussianBlur(larger, (0, 0), 1.0)
    return _u8(cv2.adaptiveThreshold(smooth, 255, cv2.ADAPTIVE_THRESH_GAUSSIAN_C, cv2.THRESH_BINARY, 61, 2))


def tripled(picture: Picture) -> Picture:
    """Three times the size with steep edges, for the smallest modules of a still."""
    return _u8(cv2.resize(picture, None, fx=3, fy=3, interpolation=cv2.INTER_CUBIC))


def unchanged(picture: Picture) -> Picture:
    """The picture itself, to be read in another way."""
    return picture


@cache
def _clahe() -> cv2.CLAHE:
    return cv2.createCLAHE(clipLimit=4.0, tileGridSize=(8, 8))


def _u8(picture: object) -> Picture:
    return np.asarray(picture, dtype=np.uint8)


PLAIN = Preparation("zxing", unchanged)
DOUBLED = Preparation("zxing-2x", doubled, scale=2)
SHARPENED = Preparation("zxing-sharpen", sharpened)
EQUALISED = Preparation("zxing-clahe", equalised)
FLATTENED = Preparation("zxing-flatten", flattened, scale=2)
THRESHOLDED = Preparation("zxing-threshold", thresholded, scale=2)
TRIPLED = Preparation("zxing-3x", tripled, scale=3)
ONE_THRESHOLD = Preparation("zxing-one-threshold", unchanged, one_threshold=True)
