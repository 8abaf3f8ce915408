"""Measuring and painting plain text: never markup, never cut in the middle of a letter."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QTextLayout, QTextOption

from checkpoint_app.ui.theme import FAMILY, SMALLEST

UNHINTED_FROM = 72
LINE_HEIGHT = 1.448
LEFT = Qt.AlignmentFlag.AlignLeft
RIGHT = Qt.AlignmentFlag.AlignRight
CENTRE = Qt.AlignmentFlag.AlignHCenter
DOT_EM = 0.4
PLATE_DOT = re.compile("(?<=[\u3400-\u9fff][A-Z])·(?=[A-Z0-9]|$)")


@lru_cache(maxsize=256)
def font(size: int, *, bold: bool = False, spacing: float = 0.0) -> QFont:
    """The bundled face at `size` px; do not change the returned object, it is shared."""
    made = QFont(FAMILY)
    made.setPixelSize(max(size, SMALLEST))
    made.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
    if size >= UNHINTED_FROM:
        made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    if spacing:
        made.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, spacing)
    return made


def plain(text: str) -> str:
    """One line without control or direction signs, which could hide or turn round what stands beside them."""
    if text.isprintable():
        return text
    return "".join(_shown(sign) for sign in text)


def _shown(sign: str) -> str:
    if sign.isprintable() or unicodedata.category(sign) == "Zs":
        return sign
    return " " if sign in "\t\r\n" else "□"


def width(text: str, face: QFont) -> float:
    """Advance of `text`; the dot of a plate takes 0.4 em instead of the face's whole em."""
    parts = PLATE_DOT.split(plain(text))
    metrics = QFontMetricsF(face)
    return sum(map(metrics.horizontalAdvance, parts)) + (len(parts) - 1) * DOT_EM * face.pixelSize()


def elided(text: str, face: QFont, space: float) -> str:
    """`text` itself when it fits, else its beginning and an ellipsis."""
    if width(text, face) <= space + 0.5:
        return plain(text)
    return QFontMetricsF(face).elidedText(plain(text), Qt.TextElideMode.ElideRight, space)


def fitted(text: str, *, size: int, least: int, space: float, bold: bool = False) -> QFont:
    """The largest face from `size` down to `least` px in which `text` takes no more than `space`."""
    for each in range(size, least, -1):
        if width(text, font(each, bold=bold)) <= space:
            return font(each, bold=bold)
    return font(least, bold=bold)


def wrapped(text: str, face: QFont, space: float) -> tuple[str, ...]:
    """All lines of `text` at this width, broken where the language allows."""
    whole = plain(text)
    layout = QTextLayout(whole, face)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    lines = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(space)
        lines.append(_units(whole, line.textStart(), line.textLength()).strip())
    layout.endLayout()
    return tuple(lines)


def _units(text: str, start: int, length: int) -> str:
    """Part of `text` by Qt's count, in which a rare character takes two units."""
    return text.encode("utf-16-le")[2 * start : 2 * (start + length)].decode("utf-16-le")


def draw(
    painter: QPainter, text: str, *, face: QFont, rect: QRectF, colour: str, align: Qt.AlignmentFlag = LEFT
) -> None:
    """`text` on one line, in the middle of the height of `rect`, elided when it is too long."""
    shown = elided(text, face, rect.width())
    spare = rect.width() - width(shown, face)
    x = rect.left() + {LEFT: 0.0, CENTRE: spare / 2, RIGHT: spare}[align]
    draw_at(painter, shown, face=face, x=x, centre=rect.center().y(), colour=colour)


def draw_lines(
    painter: QPainter, text: str, *, box: QRectF, size: int, colour: str, bold: bool = True
) -> None:
    """Text in the middle of the height of `box`, in as many lines as fit, first smaller to 14 px."""
    for each in range(size, SMALLEST - 1, -1):
        face, step = font(each, bold=bold), each * 1.25
        lines = wrapped(text, face, box.width())
        if len(lines) * step <= box.height():
            break
    most = max(1, int(box.height() // step))
    if len(lines) > most:
        lines = (*lines[: most - 1], elided("".join(lines[most - 1 :]), face, box.width()))
    top = box.center().y() - len(lines) * step / 2
    for index, line in enumerate(lines):
        row = QRectF(box.left(), top + index * step, box.width(), step)
        draw(painter, line, face=face, rect=row, colour=colour)


def draw_at(
    painter: QPainter,
    text: str,
    *,
    face: QFont,
    x: float,
    centre: float,
    colour: str,
) -> float:
    """`text` whole from `x`, its line box in the middle of `centre`; returns its width."""
    metrics = QFontMetricsF(face)
    base = centre + (metrics.ascent() - metrics.descent()) / 2
    return draw_on(painter, text, face=face, x=x, base=base, colour=colour)


def draw_on(
    painter: QPainter,
    text: str,
    *,
    face: QFont,
    x: float,
    base: float,
    colour: str,
) -> float:
    """`text` whole from `x` on the base line; returns its width.

    The dot of a plate is painted, for the face's own is a full em wide.
    """
    metrics = QFontMetricsF(face)
    gap = DOT_EM * face.pixelSize()
    radius = face.pixelSize() * (0.14 if face.bold() else 0.11)
    start = x
    painter.setFont(face)
    for index, part in enumerate(PLATE_DOT.split(plain(text))):
        if index:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colour))
            middle = QPointF(x + (gap - face.letterSpacing()) / 2, base - 0.38 * face.pixelSize())
            painter.drawEllipse(middle, radius, radius)
            x += gap
        painter.setPen(QColor(colour))
        painter.drawText(QPointF(x, base), part)
        x += metrics.horizontalAdvance(part)
    return x - start


def ink(text: str, face: QFont) -> QRectF:
    """What the letters themselves cover, seen from the start of the base line; y grows downwards."""
    return QFontMetricsF(face).tightBoundingRect(plain(text))
