"""What stands in the verdict's place without a verdict: waiting, saved, and the troubles by their weight."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from checkpoint_app.ui import icons, key_caps, lettering
from checkpoint_app.ui.painted import draw_box
from checkpoint_app.ui.panel_text import Key, Notice, PanelText
from checkpoint_app.ui.theme import Look
from checkpoint_app.ui.tokens import Theme

PAD = 32
TITLE, TITLE_LEAST = 72, 32
LINE, LINE_LEAST = 26, 16
GAP = 16
ICONS = {
    Notice.WAITING: "hourglass",
    Notice.SAVED: "device-floppy",
    Notice.STALE: "clock-exclamation",
    Notice.TROUBLE: "camera-off",
    Notice.ALARM: "database-off",
}


def ground(notice: Notice, theme: Theme) -> tuple[str, str, int, str]:
    """Fill, border, border width and title colour."""
    return {
        Notice.WAITING: (theme.sunken, theme.line, 1, theme.ink2),
        Notice.SAVED: (theme.surface, theme.good, 2, theme.good),
        Notice.STALE: (theme.warnbg, theme.warn, 2, theme.warn),
        Notice.TROUBLE: (theme.surface, theme.bad, 2, theme.bad),
        Notice.ALARM: (theme.badbg, theme.bad, 4, theme.bad),
    }[notice]


def draw_notice(painter: QPainter, text: PanelText, notice: Notice, rect: QRectF, *, look: Look) -> None:
    """Title with its icon, lines under it, what to do now; as one block in the middle of the height."""
    fill, border, width, colour = ground(notice, look.theme)
    draw_box(painter, rect, fill=fill, border=border, width=width)
    if not text.word:
        return
    space = rect.width() - 2 * PAD
    title = _title_size(text.word, space)
    lines = _lines(text, space, look)
    now = key_caps.fit_line(text.now, size=look.px(LINE), least=LINE_LEAST, space=space)
    heights = [title * 1.2, *(size * 1.35 for _, size in lines), *([now * 1.5] if text.now else [])]
    top = (rect.height() - sum(heights) - GAP * (len(heights) > 1)) / 2
    _draw_title(painter, text, notice, size=title, centre=top + heights[0] / 2, colour=colour, look=look)
    top += heights[0] + GAP
    plain_colour = look.theme.ink2 if notice is Notice.WAITING else look.theme.ink
    for (words, size), height in zip(lines, heights[1:], strict=False):
        box = QRectF(PAD, top, space, height)
        lettering.draw(painter, words, face=lettering.font(size), rect=box, colour=plain_colour)
        top += height
    if text.now:
        draw_now(painter, text.now, size=now, centre=top + heights[-1] / 2, colour=plain_colour)


def draw_now(painter: QPainter, now: Sequence[str | Key], *, size: int, centre: float, colour: str) -> None:
    key_caps.draw_line(painter, now, size=size, x=PAD, centre=centre, colour=colour)


def _title_size(title: str, space: float) -> int:
    return lettering.fitted(
        title, size=TITLE, least=TITLE_LEAST, space=space - TITLE * 1.3, bold=True
    ).pixelSize()


def _draw_title(
    painter: QPainter, text: PanelText, notice: Notice, *, size: int, centre: float, colour: str, look: Look
) -> None:
    icon = text.icon or ICONS[notice]
    tint = look.theme.ink3 if notice is Notice.WAITING else colour
    icons.draw(painter, icon, x=PAD, centre=centre, size=size, colour=tint, stroke=1.8)
    face = lettering.font(size, bold=True)
    lettering.draw_at(painter, text.word, face=face, x=PAD + size * 1.25, centre=centre, colour=colour)


def _lines(text: PanelText, space: float, look: Look) -> tuple[tuple[str, int], ...]:
    if not text.reason:
        return ()
    size = lettering.fitted(text.reason, size=look.px(LINE), least=look.px(20), space=space).pixelSize()
    return tuple((line, size) for line in lettering.wrapped(text.reason, lettering.font(size), space)[:3])
