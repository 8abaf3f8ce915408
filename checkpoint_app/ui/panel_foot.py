"""The foot of the verdict panel: what to do now, else how well it is known, and what is out of date."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from checkpoint_app.domain.words import VerdictState
from checkpoint_app.ui import icons, key_caps, lettering
from checkpoint_app.ui.painted import RADIUS
from checkpoint_app.ui.panel_layout import PAD
from checkpoint_app.ui.panel_text import PanelText
from checkpoint_app.ui.shapes import FOOT_INSET
from checkpoint_app.ui.theme import SMALLEST, Look

NOW_SIZE = 21
EVIDENCE_SIZE = 17


def draw_ground(
    painter: QPainter, state: VerdictState, rect: QRectF, *, top: float, height: float, colour: str
) -> None:
    """The darker strip from `top`, `height` px high."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    if state is VerdictState.PASS:
        strip = QRectF(0, top, rect.width(), height)
        painter.drawRoundedRect(strip, RADIUS, RADIUS)
        painter.drawRect(strip.adjusted(0, 0, 0, -RADIUS))
        return
    painter.drawRect(QRectF(FOOT_INSET, top, rect.width() - 2 * FOOT_INSET, height))


def draw_foot(
    painter: QPainter, text: PanelText, rect: QRectF, *, top: float, height: float, colour: str, look: Look
) -> None:
    centre = top + height / 2
    space = rect.width() - 2 * PAD
    if text.now:
        used = _draw_now(painter, text, centre=centre, space=space, colour=colour, look=look)
    else:
        used = _draw_evidence(painter, text, centre=centre, space=space, colour=colour, look=look)
    if text.stale:
        _draw_stale(
            painter, text.stale, rect, centre=centre, space=space - used - 24, colour=colour, look=look
        )


def _draw_now(
    painter: QPainter, text: PanelText, *, centre: float, space: float, colour: str, look: Look
) -> float:
    arrow = look.px(20)
    free = space - arrow - 8 - (40 if text.stale else 0)
    size = key_caps.fit_line(text.now, size=look.px(NOW_SIZE), least=SMALLEST, space=free)
    icons.draw(painter, "arrow-right", x=PAD, centre=centre, size=arrow, colour=colour, stroke=2.4)
    left = PAD + arrow + 8
    return arrow + 8 + key_caps.draw_line(painter, text.now, size=size, x=left, centre=centre, colour=colour)


def _draw_evidence(
    painter: QPainter, text: PanelText, *, centre: float, space: float, colour: str, look: Look
) -> float:
    if not text.evidence:
        return 0
    stale = lettering.width(text.stale, lettering.font(SMALLEST)) + 60 if text.stale else 0
    words = text.evidence_label + text.evidence
    face = lettering.fitted(words, size=look.px(EVIDENCE_SIZE), least=SMALLEST, space=space - stale - 40)
    x = float(PAD)
    if text.evidence_label:
        x += lettering.draw_at(painter, text.evidence_label, face=face, x=x, centre=centre, colour=colour) + 8
    if text.evidence_icon:
        icons.draw(painter, text.evidence_icon, x=x, centre=centre, size=look.px(18), colour=colour)
        x += look.px(18) + 9
    return x + lettering.draw_at(painter, text.evidence, face=face, x=x, centre=centre, colour=colour) - PAD


def _draw_stale(
    painter: QPainter, stale: str, rect: QRectF, *, centre: float, space: float, colour: str, look: Look
) -> None:
    """The clock icon always, its words when they fit: the light in the top bar has them too."""
    size = look.px(20)
    face = lettering.fitted(stale, size=look.px(EVIDENCE_SIZE), least=SMALLEST, space=space - size - 9)
    width = lettering.width(stale, face)
    right = rect.width() - PAD
    if width > space - size - 9:
        icons.draw(painter, "clock-exclamation", x=right - size, centre=centre, size=size, colour=colour)
        return
    lettering.draw_at(painter, stale, face=face, x=right - width, centre=centre, colour=colour)
    icons.draw(
        painter, "clock-exclamation", x=right - width - 9 - size, centre=centre, size=size, colour=colour
    )
