"""The word across every picture of the demonstration: nobody shall take it for a real lane."""

from __future__ import annotations

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPainterPath, QPen

from checkpoint_app.ui.theme import FAMILY

HEIGHT_SHARE = 0.14
INK, EDGE = "#FFFFFF", "#10161D"


def mark(picture: QImage, word: str) -> None:
    """Writes `word` large at the lower right of the picture itself."""
    if picture.isNull():
        return
    face = QFont(FAMILY)
    face.setPixelSize(round(picture.height() * HEIGHT_SHARE))
    face.setWeight(QFont.Weight.Bold)
    path = QPainterPath()
    path.addText(QPointF(0, 0), face, word)
    box = path.boundingRect()
    margin = picture.height() * 0.05
    path.translate(picture.width() - margin - box.right(), picture.height() - margin - box.bottom())
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.strokePath(path, QPen(QColor(EDGE), picture.height() * 0.02))
    painter.fillPath(path, QColor(INK))
    painter.end()
