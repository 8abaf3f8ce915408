"""Pictures of codes for tests, drawn with segno."""

from __future__ import annotations

import cv2
import numpy as np
import segno

from checkpoint_app.scanning.preparations import Picture


def code(payload: bytes, *, module: int = 4, error: str = "m") -> Picture:
    """A grey picture of a code with its quiet zone."""
    rows = segno.make_qr(payload, error=error, boost_error=False).matrix_iter(scale=module, border=4)
    return np.array([[0 if dark else 255 for dark in row] for row in rows], dtype=np.uint8)


def frame(*placed: tuple[Picture, tuple[int, int]], grey: int = 128) -> Picture:
    """A 720p BGR frame with pictures at (left, top)."""
    whole = np.full((720, 1280), grey, dtype=np.uint8)
    for picture, (left, top) in placed:
        height, width = picture.shape
        whole[top : top + height, left : left + width] = picture
    return np.asarray(cv2.cvtColor(whole, cv2.COLOR_GRAY2BGR), dtype=np.uint8)


def turned(picture: Picture, degrees: float) -> Picture:
    """Turned about the middle."""
    height, width = picture.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    return np.asarray(
        cv2.warpAffine(picture, turn, (width, height), borderValue=(128, 128, 128)), dtype=np.uint8
    )


def wrinkled(picture: Picture, *, depth: float, length: float) -> Picture:
    """Pixels pushed sideways and down by waves of `depth` and `length` pixels."""
    height, width = picture.shape
    down, across = np.mgrid[:height, :width].astype(np.float32)
    shift = depth * np.sin(2 * np.pi * down / length).astype(np.float32)
    sink = depth * np.cos(2 * np.pi * across / length).astype(np.float32)
    moved = cv2.remap(picture, across + shift, down + sink, cv2.INTER_LINEAR, borderValue=255)
    return np.asarray(moved, dtype=np.uint8)
