"""Pictures made easier to read: what is done to a grey frame before zxing sees it once more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from math import cos, radians, sin

import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
"""Grey (height, width) or BGR (height, width, 3)."""
Affine = NDArray[np.float64]
"""Two rows of three: from one picture's pixels to another's."""

AS_IT_IS: Affine = np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]])

LARGEST_PREPARED = 40_000_000
"""Pixels; a preparation that would make more leaves the picture as it is. Ten megapixels still double."""
LONGEST_SIDE = 32_000
"""Pixels; OpenCV's warps take 15 bits."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A picture to read, and the way from its pixels back to those of the original."""

    picture: Picture
    back: Affine


@dataclass(frozen=True, slots=True)
class Preparation:
    """One way to prepare a grey picture."""

    name: str
    prepare: Callable[[Picture], Prepared]
    one_threshold: bool = False
    """Whether zxing takes one threshold for the whole picture instead of one for each neighbourhood."""
    coarser: bool = False
    """Whether zxing looks at it scaled down as well; half of its time, and the plain look has done it."""


def grey(frame: Picture) -> Picture:
    """One channel, contiguous; empty for anything that is not a picture."""
    nothing: Picture = np.zeros((0, 0), np.uint8)
    if frame.dtype != np.uint8 or frame.ndim not in {2, 3} or frame.size == 0:
        return nothing
    if frame.ndim == 2:
        return np.ascontiguousarray(frame)
    match frame.shape[2]:
        case 1:
            return np.ascontiguousarray(frame[:, :, 0])
        case 3:
            return _u8(cv2.cvtColor(frame, cv2.COLOR_BGR2GRAY))
        case 4:
            return _u8(cv2.cvtColor(frame, cv2.COLOR_BGRA2GRAY))
        case _:
            return nothing


def unchanged(picture: Picture) -> Prepared:
    """The picture itself, to be read in another way."""
    return Prepared(picture, AS_IT_IS)


def enlarged(picture: Picture, *, times: int, interpolation: int) -> Prepared:
    """More pixels, for modules near one pixel."""
    if not _fits(picture.shape[1] * times, picture.shape[0] * times):
        return unchanged(picture)
    larger = cv2.resize(picture, None, fx=times, fy=times, interpolation=interpolation)
    return Prepared(_u8(larger), AS_IT_IS / times)


def sharpened(picture: Picture) -> Prepared:
    """Unsharp mask, for codes out of focus."""
    return Prepared(_u8(cv2.addWeighted(picture, 2.5, cv2.blur(picture, (5, 5)), -1.5, 0)), AS_IT_IS)


def equalised(picture: Picture) -> Prepared:
    """Local histograms spread out (CLAHE), for uneven light."""
    return Prepared(_u8(_clahe().apply(picture)), AS_IT_IS)


def flattened(picture: Picture) -> Prepared:
    """Every pixel against the light around it, then doubled: for dim codes and beams of light."""
    height, width = picture.shape
    small = cv2.resize(picture, (max(1, width // 4), max(1, height // 4)), interpolation=cv2.INTER_AREA)
    light = cv2.resize(cv2.GaussianBlur(small, (0, 0), 2.5), (width, height), interpolation=cv2.INTER_LINEAR)
    even = _u8(cv2.divide(picture, np.maximum(light, 4), scale=128))
    return enlarged(even, times=2, interpolation=cv2.INTER_LINEAR)


def thresholded(picture: Picture) -> Prepared:
    """Doubled, smoothed and made black and white by neighbourhood: for codes without a quiet zone."""
    larger = enlarged(picture, times=2, interpolation=cv2.INTER_CUBIC)
    smooth = cv2.GaussianBlur(larger.picture, (0, 0), 1.0)
    method = cv2.ADAPTIVE_THRESH_GAUSSIAN_C
    return Prepared(_u8(cv2.adaptiveThreshold(smooth, 255, method, cv2.THRESH_BINARY, 61, 2)), larger.back)


def squeezed(picture: Picture, *, direction: float, factor: float) -> Prepared:
    """Made `factor` as long in one direction (degrees from the x axis), for codes tilted about it.

    A code leaning away by 65° is seen at 0.42 of its height. Half the width makes it nearly square again, in
    half the pixels; factors above 1 stretch instead and keep small modules.
    """
    height, width = picture.shape
    along = np.array([cos(radians(direction)), sin(radians(direction))])
    linear = np.eye(2) - (1 - factor) * np.outer(along, along)
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]]) @ linear.T
    least = corners.min(axis=0)
    size = [max(1, int(side)) for side in np.ceil(corners.max(axis=0) - least)]
    if not _fits(*size):
        return unchanged(picture)
    forth = np.column_stack([linear, -least])
    if direction % 90:
        made = cv2.warpAffine(picture, forth, size)
    else:
        made = cv2.resize(picture, size, interpolation=cv2.INTER_LINEAR)
    return Prepared(_u8(made), np.asarray(cv2.invertAffineTransform(forth), dtype=np.float64))


def _fits(width: int, height: int) -> bool:
    return width * height <= LARGEST_PREPARED and max(width, height) <= LONGEST_SIDE


@cache
def _clahe() -> cv2.CLAHE:
    return cv2.createCLAHE(clipLimit=4.0, tileGridSize=(8, 8))


def _u8(picture: object) -> Picture:
    return np.asarray(picture, dtype=np.uint8)


def _squeezes(*directions: int, factor: float) -> tuple[Preparation, ...]:
    verb = "squeeze" if factor < 1 else "stretch"
    return tuple(
        Preparation(f"zxing-{verb}-{way}", partial(squeezed, direction=way, factor=factor))
        for way in directions
    )


PLAIN = Preparation("zxing", unchanged, coarser=True)
DOUBLED = Preparation("zxing-2x", partial(enlarged, times=2, interpolation=cv2.INTER_LINEAR))
TRIPLED = Preparation("zxing-3x", partial(enlarged, times=3, interpolation=cv2.INTER_CUBIC), coarser=True)
SHARPENED = Preparation("zxing-sharpen", sharpened)
EQUALISED = Preparation("zxing-clahe", equalised)
FLATTENED = Preparation("zxing-flatten", flattened, coarser=True)
THRESHOLDED = Preparation("zxing-threshold", thresholded, coarser=True)
ONE_THRESHOLD = Preparation("zxing-one-threshold", unchanged, one_threshold=True, coarser=True)
SQUEEZED_UPRIGHT = _squeezes(0, 90, factor=0.5)
SQUEEZED_ASLANT = _squeezes(45, 135, factor=0.5)
STRETCHED_ACROSS = _squeezes(0, factor=2.0)
STRETCHED_DOWN = _squeezes(90, factor=2.0)
STRETCHED_ASLANT = _squeezes(45, 135, factor=2.0)
