"""QR codes of our own texts, painted as black squares on white with the quiet zone the standard asks for."""

from __future__ import annotations

import segno
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter

QUIET = 4


def modules(text: str) -> tuple[tuple[bool, ...], ...]:
    """Rows of the code, True is black, quiet zone included. Small codes: error correction M."""
    code = segno.make_qr(text, error="m")
    return tuple(tuple(bool(cell) for cell in row) for row in code.matrix_iter(scale=1, border=QUIET))


def draw_qr(painter: QPainter, text: str, place: QRectF) -> QRectF:
    """The code as large as whole device pixels allow in `place`; returns the white square it takes."""
    rows = modules(text)
    scale = painter.worldTransform().m11() or 1.0
    cell = max(1, int(min(place.width(), place.height()) * scale / len(rows))) / scale
    side = cell * len(rows)
    square = QRectF(place.left(), place.top(), side, side)
    painter.fillRect(square, QColor("#FFFFFF"))
    for y, row in enumerate(rows):
        for x, black in enumerate(row):
            if black:
                spot = QRectF(square.left() + x * cell, square.top() + y * cell, cell, cell)
                painter.fillRect(spot, QColor("#000000"))
    return square
