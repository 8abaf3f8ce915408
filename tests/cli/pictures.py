"""Pictures and videos of codes, drawn here."""

from __future__ import annotations

import io
from pathlib import Path

import cv2
import numpy as np
import segno
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
SIDE = 300


def codes(*texts: str) -> Picture:
    """The codes side by side on white."""
    return np.hstack([_code(text) for text in texts]) if texts else np.full((SIDE, SIDE, 3), 255, np.uint8)


def save(path: Path, *texts: str) -> Path:
    """A PNG with these codes."""
    fine, data = cv2.imencode(".png", codes(*texts))
    assert fine
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.tobytes())
    return path


def film(path: Path, *texts: str, frames: int = 12) -> Path:
    """A video in which the codes stand still, between frames of nothing."""
    shown = codes(*texts)
    height, width = shown.shape[:2]
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 15, (width, height))
    for number in range(frames):
        writer.write(shown if 3 <= number < frames - 2 else np.full_like(shown, 255))
    writer.release()
    return path


def _code(text: str) -> Picture:
    drawn = io.BytesIO()
    segno.make_qr(text, encoding="utf-8", eci=False).save(drawn, kind="png", scale=6, border=4)
    read = cv2.imdecode(np.frombuffer(drawn.getvalue(), np.uint8), cv2.IMREAD_COLOR)
    assert read is not None
    whole = cv2.resize(read, (SIDE - 20, SIDE - 20), interpolation=cv2.INTER_NEAREST)
    return cv2.copyMakeBorder(whole, 10, 10, 10, 10, cv2.BORDER_CONSTANT, value=(255, 255, 255)).astype(
        np.uint8
    )
