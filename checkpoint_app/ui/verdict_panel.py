"""The verdict: colour, shape, frame and word at once, in one repaint and never through a style sheet."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from checkpoint_app.domain.words import VerdictState
from checkpoint_app.ui import bus_panel, icons, lettering, panel_foot
from checkpoint_app.ui.notice_paint import draw_notice
from checkpoint_app.ui.painted import RADIUS, Painted, painting
from checkpoint_app.ui.panel_layout import (
    CHECK_GAP,
    COLUMN_GAP,
    LINE,
    PAD,
    SHAPE_LEFT,
    WORD_GAP,
    PanelLayout,
    lay_out,
    word_face,
)
from checkpoint_app.ui.panel_text import CheckLine, Notice, PanelText
from checkpoint_app.ui.shapes import draw_frame, draw_shape
from checkpoint_app.ui.theme import Look, look
from checkpoint_app.ui.tokens import VerdictColours

REFERENCE = (838, 370)
MOST_ENLARGED = 2.0
CLOCK_RIGHT = 40
CLOCK_SIZE, CLOCK_NARROW = 72, 50
CHECK, CHECK_LEAST = 21, 16


class VerdictPanel(Painted):
    """Shows one `PanelText`. No focus, no keys; its accessible name is verdict, reason and now."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = PanelText(Notice.WAITING, "")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def text(self) -> PanelText:
        return self._text

    def show_text(self, text: PanelText) -> None:
        """Replace everything at once; the same verdict with another clock is not announced again."""
        if text == self._text:
            return
        self._text = text
        if text.spoken != self.accessibleName():
            self._announce(text.spoken)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(*REFERENCE)

    def minimumSizeHint(self) -> QSize:
        return QSize(640, 284)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self) as painter:
            larger = enlargement(self.width(), self.height())
            painter.scale(larger, larger)
            rect = QRectF(0, 0, self.width() / larger, self.height() / larger)
            if isinstance(self._text.state, VerdictState):
                draw_verdict(painter, self._text, self._text.state, rect, look=look())
            else:
                draw_notice(painter, self._text, self._text.state, rect, look=look())

    def _announce(self, spoken: str) -> None:
        self.setAccessibleName(spoken)
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, spoken))


def enlargement(width: float, height: float) -> float:
    """How much larger everything is drawn on a panel larger than that of 1366 × 768; never smaller."""
    return min(max(1.0, min(width / REFERENCE[0], height / REFERENCE[1])), MOST_ENLARGED)


def draw_verdict(
    painter: QPainter, text: PanelText, state: VerdictState, rect: QRectF, *, look: Look
) -> PanelLayout:
    """Paint a verdict filling `rect`, whose top left corner is the origin; returns where things stand."""
    colours = look.theme.verdict(state)
    layout = lay_out(text, width=rect.width(), height=rect.height(), look=look)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours.fill))
    painter.drawRoundedRect(rect, RADIUS, RADIUS)
    draw_frame(painter, state, rect, colour=colours.text)
    foot = {"top": layout.foot_top, "height": layout.foot_height}
    panel_foot.draw_ground(painter, state, rect, **foot, colour=colours.foot)
    if text.ring is not None and state is VerdictState.NOT_YET:
        bus_panel.draw_around_ring(painter, text, rect, foot_top=layout.foot_top, colours=colours, look=look)
    else:
        _draw_head(painter, text, state, rect, layout=layout, colours=colours, look=look)
        _draw_reason(painter, rect, layout=layout, colour=colours.text)
        _draw_checks(painter, text, rect, layout=layout, colour=colours.text, look=look)
    panel_foot.draw_foot(painter, text, rect, **foot, colour=colours.text, look=look)
    return layout


def _draw_head(
    painter: QPainter,
    text: PanelText,
    state: VerdictState,
    rect: QRectF,
    *,
    layout: PanelLayout,
    colours: VerdictColours,
    look: Look,
) -> None:
    head = layout.head
    box = QRectF(SHAPE_LEFT, head.centre - head.side / 2, head.side, head.side)
    draw_shape(painter, state, box, colours=colours, inside=text.shape_text)
    left = box.right() + WORD_GAP
    space = rect.width() - PAD - left
    face = word_face(text.word, head.word_size, space)
    if text.clock:
        size = CLOCK_SIZE
        face = word_face(text.word, head.word_size, space - _clock_width(text.clock, size, look))
        if face.pixelSize() < head.word_size:
            size = CLOCK_NARROW
            face = word_face(text.word, head.word_size, space - _clock_width(text.clock, size, look))
        _draw_clock(painter, text.clock, rect, size=size, centre=head.centre, colour=colours.text, look=look)
    ink = lettering.ink(text.word, face)
    base = round(head.centre - ink.center().y())
    lettering.draw_on(painter, text.word, face=face, x=round(left), base=base, colour=colours.text)


def _clock_width(clock: tuple[str, str], size: int, look: Look) -> float:
    label, time = clock
    words = lettering.width(label, lettering.font(look.px(22)))
    return max(words, lettering.width(time, lettering.font(size, bold=True))) + 24


def _draw_clock(
    painter: QPainter,
    clock: tuple[str, str],
    rect: QRectF,
    *,
    size: int,
    centre: float,
    colour: str,
    look: Look,
) -> None:
    """Label over the running time, at the right."""
    label, time = clock
    width = _clock_width(clock, size, look)
    left = rect.width() - CLOCK_RIGHT - width
    label_box = QRectF(left, centre - 55, width, 32)
    label_face, time_face = lettering.font(look.px(22)), lettering.font(size, bold=True)
    lettering.draw(painter, label, face=label_face, rect=label_box, colour=colour, align=lettering.RIGHT)
    time_box = QRectF(left, centre - 37 - (CLOCK_SIZE - size) / 4, width, 104)
    lettering.draw(painter, time, face=time_face, rect=time_box, colour=colour, align=lettering.RIGHT)


def _draw_reason(painter: QPainter, rect: QRectF, *, layout: PanelLayout, colour: str) -> None:
    face = lettering.font(layout.reason_size, bold=True)
    line = layout.reason_size * LINE
    for index, words in enumerate(layout.reason_lines):
        box = QRectF(PAD, layout.reason_top + index * line, rect.width() - 2 * PAD, line)
        lettering.draw(painter, words, face=face, rect=box, colour=colour)


def _draw_checks(
    painter: QPainter, text: PanelText, rect: QRectF, *, layout: PanelLayout, colour: str, look: Look
) -> None:
    column = (rect.width() - 2 * PAD - COLUMN_GAP) / 2
    size = look.px(22)
    shown = text.checks[: 2 * layout.check_rows]
    face = _check_face(shown, column - size - 10, look)
    for index, check in enumerate(shown):
        left = PAD + (index % 2) * (column + COLUMN_GAP)
        top = layout.checks_top + (index // 2) * (layout.check_row_height + CHECK_GAP)
        centre = top + layout.check_row_height / 2
        icons.draw(painter, check.icon, x=left, centre=centre, size=size, colour=colour, stroke=2.6)
        box = QRectF(left + size + 10, top, column - size - 10, layout.check_row_height)
        lettering.draw(painter, check.text, face=face, rect=box, colour=colour)


def _check_face(checks: Sequence[CheckLine], space: float, look: Look) -> QFont:
    """One size for the whole list, the largest from 21 px down to 16 in which each line fits."""
    sizes = [
        lettering.fitted(check.text, size=look.px(CHECK), least=CHECK_LEAST, space=space).pixelSize()
        for check in checks
    ]
    return lettering.font(min(sizes, default=CHECK))
