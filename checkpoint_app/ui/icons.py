"""Icons by name, in any colour, rendered once for each size."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QPointF, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from checkpoint_app.config import resource


@lru_cache(maxsize=128)
def _source(name: str) -> str:
    return resource(f"icons/{name}.svg").read_text(encoding="utf-8")


@lru_cache(maxsize=1024)
def pixmap(name: str, colour: str, size: int, *, dpr: float = 1.0, stroke: float = 2.0) -> QPixmap:
    """Icon `name` in `colour` (#RRGGBB), `size` px square. Raises ResourceMissing for an unknown name."""
    text = _source(name).replace("currentColor", colour)
    text = text.replace('stroke-width="2"', f'stroke-width="{stroke}"')
    made = QPixmap(round(size * dpr), round(size * dpr))
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    QSvgRenderer(QByteArray(text.encode())).render(painter, QRectF(0, 0, made.width(), made.height()))
    painter.end()
    made.setDevicePixelRatio(dpr)
    return made


def icon(name: str, colour: str, size: int) -> QIcon:
    """For ordinary buttons and lists."""
    return QIcon(pixmap(name, colour, size, dpr=2.0))


def draw(
    painter: QPainter, name: str, *, x: float, centre: float, size: int, colour: str, stroke: float = 2.0
) -> None:
    """Paint the icon with its left edge at `x` and its middle at height `centre`."""
    dpr = round(painter.device().devicePixelRatio() * painter.worldTransform().m11(), 2)
    made = pixmap(name, colour, size, dpr=dpr, stroke=stroke)
    painter.drawPixmap(QPointF(round(x), round(centre - size / 2)), made)
