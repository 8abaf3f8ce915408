"""What every painted widget shares: it repaints when the look changes, and one way to paint."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QRectF
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, Qt
from PySide6.QtWidgets import QWidget

RADIUS = 4.0


class Painted(QWidget):
    def changeEvent(self, event: QEvent) -> None:
        if event.type() in {QEvent.Type.StyleChange, QEvent.Type.PaletteChange}:
            self.updateGeometry()
            self.update()
        super().changeEvent(event)


@contextmanager
def painting(widget: QWidget) -> Iterator[QPainter]:
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    try:
        yield painter
    finally:
        painter.end()


def draw_box(
    painter: QPainter, rect: QRectF, *, fill: str = "", border: str = "", width: int = 0, dashed: bool = False
) -> None:
    """A flat rectangle of radius 4 whose border lies wholly inside `rect`; "" leaves a part out."""
    half = width / 2
    inner = rect.adjusted(half, half, -half, -half)
    painter.setBrush(QColor(fill) if fill else QBrush(Qt.BrushStyle.NoBrush))
    painter.setPen(dash_pen(border, width) if dashed else line_pen(border, width))
    radius = max(RADIUS - half, 1.0)
    painter.drawRoundedRect(inner, radius, radius)


def line_pen(colour: str, width: float) -> QPen:
    if not colour or not width:
        return QPen(Qt.PenStyle.NoPen)
    return QPen(
        QColor(colour), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap, Qt.PenJoinStyle.MiterJoin
    )


def dash_pen(colour: str, width: float, *, dash: float = 6.0, gap: float = 3.0) -> QPen:
    """`dash` and `gap` in px; Qt counts them in widths of the pen, and round caps would close the gaps."""
    pen = line_pen(colour, width)
    pen.setDashPattern([dash / width, gap / width])
    return pen
