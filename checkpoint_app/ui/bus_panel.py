"""The panel of a bus that is not done: ring at the left, word, reason and the last one read beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from checkpoint_app.domain.words import VerdictState
from checkpoint_app.ui import icons, lettering
from checkpoint_app.ui.bus_ring import NOTCH, draw_ring
from checkpoint_app.ui.panel_layout import (
    CHECK_ROW,
    INK_SIZE_NEEDED,
    LAST_LINE,
    LINE,
    PAD,
    reason_lines,
    word_face,
)
from checkpoint_app.ui.panel_text import PanelText
from checkpoint_app.ui.shapes import FOOT_INSET
from checkpoint_app.ui.theme import WORD, Look
from checkpoint_app.ui.tokens import VerdictColours

RING_LEFT, RING_GAP = 38, 32
RING_MOST, RING_LEAST = 218, 132
AROUND = 12
LATIN_LEAST = 112
REASON, REASON_LEAST = 30, 18
ABOVE_REASON, ABOVE_CHECK = 6, 4
CHECK, CHECK_LEAST = 22, 16


@dataclass(frozen=True, slots=True)
class BusLayout:
    """Pixels from the panel's top left corner; `check_centre` is None when the line gave way."""

    ring: QRectF
    left: float
    word_size: int
    word_centre: float
    reason_lines: tuple[str, ...]
    reason_size: int
    reason_top: float
    check_centre: float | None


def lay_out_bus(text: PanelText, *, width: float, foot_top: float, look: Look) -> BusLayout:
    """The largest ring beside which the word keeps its size; the reason wraps before it shrinks far."""
    side, left = _ring_side(text, width=width, foot_top=foot_top, look=look)
    space = width - PAD - left
    face = word_face(text.word, round(INK_SIZE_NEEDED * look.word / WORD), space)
    size, ink = face.pixelSize(), lettering.ink(text.word, face).height()
    room = foot_top - FOOT_INSET - ink
    lines, reason, check = _reason(text, space=space, room=room, look=look)
    used = _height(len(lines), reason, check=check, look=look)
    top = FOOT_INSET + max(0.0, room - used) * 0.4
    reason_top = top + ink + ABOVE_REASON + max(0.0, room - used) * 0.2
    check_top = reason_top + len(lines) * reason * LINE + ABOVE_CHECK
    ring = QRectF(RING_LEFT, (FOOT_INSET + foot_top - side) / 2, side, side)
    centre = check_top + look.px(CHECK_ROW) / 2 if check else None
    return BusLayout(ring, left, size, top + ink / 2, lines, reason, reason_top, centre)


def draw_around_ring(
    painter: QPainter,
    text: PanelText,
    rect: QRectF,
    *,
    foot_top: float,
    colours: VerdictColours,
    look: Look,
) -> None:
    """Everything of the panel above its foot."""
    layout = lay_out_bus(text, width=rect.width(), foot_top=foot_top, look=look)
    assert text.ring is not None
    mark = look.theme.verdict(VerdictState.STOP).fill
    draw_ring(painter, text.ring, layout.ring, ink=colours.text, mark=mark)
    face = word_face(text.word, layout.word_size, rect.width() - PAD - layout.left)
    base = round(layout.word_centre - lettering.ink(text.word, face).center().y())
    lettering.draw_on(painter, text.word, face=face, x=round(layout.left), base=base, colour=colours.text)
    bold = lettering.font(layout.reason_size, bold=True)
    step = layout.reason_size * LINE
    for index, words in enumerate(layout.reason_lines):
        box = QRectF(layout.left, layout.reason_top + index * step, rect.width() - PAD - layout.left, step)
        lettering.draw(painter, words, face=bold, rect=box, colour=colours.text)
    if layout.check_centre is not None:
        _draw_check(painter, text, rect, layout=layout, colour=colours.text, look=look)


def _draw_check(
    painter: QPainter, text: PanelText, rect: QRectF, *, layout: BusLayout, colour: str, look: Look
) -> None:
    check, centre = text.checks[0], layout.check_centre
    assert centre is not None
    size = look.px(22)
    icons.draw(painter, check.icon, x=layout.left, centre=centre, size=size, colour=colour)
    left = layout.left + size + 12
    space = rect.width() - PAD - left
    face = lettering.fitted(check.text, size=look.px(CHECK), least=CHECK_LEAST, space=space)
    lettering.draw_at(painter, check.text, face=face, x=left, centre=centre, colour=colour)


def _ring_side(text: PanelText, *, width: float, foot_top: float, look: Look) -> tuple[int, float]:
    """Side of the ring and where the words begin."""
    share = look.word / WORD
    wanted = round((LATIN_LEAST if text.word.isascii() else INK_SIZE_NEEDED) * share)
    most = int(min(RING_MOST, foot_top - FOOT_INSET - 2 * AROUND))
    for side in range(most, RING_LEAST, -2):
        left = _left(side)
        if word_face(text.word, wanted, width - PAD - left).pixelSize() >= wanted:
            return side, left
    return RING_LEAST, _left(RING_LEAST)


def _left(side: int) -> float:
    return RING_LEFT + side * (1 + NOTCH / 2) + RING_GAP


def _reason(text: PanelText, *, space: float, room: float, look: Look) -> tuple[tuple[str, ...], int, bool]:
    """Lines, their size, and whether the check line has room."""
    for size, most, check in _attempts(text, look):
        lines = reason_lines(text.reason, size, space)
        if len(lines) <= most and _height(len(lines), size, check=check, look=look) <= room:
            return lines, size, check
    lines = reason_lines(text.reason, REASON_LEAST, space)
    return lines, REASON_LEAST, False


def _attempts(text: PanelText, look: Look) -> Iterator[tuple[int, int, bool]]:
    full = look.px(REASON)
    for check in (True, False) if text.checks else (False,):
        for lines, least in ((1, 26), (2, 23)):
            for size in range(full, least - 1, -1):
                yield size, lines, check
    for size in range(25, REASON_LEAST - 1, -1):
        yield size, 1, False
        yield size, 2, False


def _height(lines: int, size: int, *, check: bool, look: Look) -> float:
    reason = ABOVE_REASON + size * (LAST_LINE + LINE * (lines - 1)) if lines else 0
    return reason + (ABOVE_CHECK + look.px(CHECK_ROW) if check else 0)
