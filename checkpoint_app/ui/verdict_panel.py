"""The verdict: colour, shape, frame and word at once, in one repaint and never through a style sheet."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from checkpoint_app.domain.words import VerdictState
from checkpoint_app.ui import icons, key_caps, lettering
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
)
from checkpoint_app.ui.panel_text import CheckLine, Notice, PanelText
from checkpoint_app.ui.shapes import FOOT_INSET, draw_frame, draw_shape
from checkpoint_app.ui.theme import SMALLEST, Look, look
from checkpoint_app.ui.tokens import VerdictColours

REFERENCE = (838, 370)
MOST_ENLARGED = 2.0
CLOCK_RIGHT = 40
CLOCK_SIZE, CLOCK_NARROW = 72, 50
WORD_SPACING_EM = 0.025
CHECK, CHECK_LEAST = 21, 16
NOW_SIZE = 21
EVIDENCE_SIZE = 17


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
    _draw_foot_ground(painter, state, rect, layout=layout, colour=colours.foot)
    _draw_head(painter, text, state, rect, layout=layout, colours=colours, look=look)
    _draw_reason(painter, rect, layout=layout, colour=colours.text)
    _draw_checks(painter, text, rect, layout=layout, colour=colours.text, look=look)
    _draw_foot(painter, text, rect, layout=layout, colour=colours.text, look=look)
    return layout


def _draw_foot_ground(
    painter: QPainter, state: VerdictState, rect: QRectF, *, layout: PanelLayout, colour: str
) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    if state is VerdictState.PASS:
        strip = QRectF(0, layout.foot_top, rect.width(), layout.foot_height)
        painter.drawRoundedRect(strip, RADIUS, RADIUS)
        painter.drawRect(strip.adjusted(0, 0, 0, -RADIUS))
        return
    painter.drawRect(QRectF(FOOT_INSET, layout.foot_top, rect.width() - 2 * FOOT_INSET, layout.foot_height))


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
    face = _word_face(text.word, head.word_size, space)
    if text.clock:
        size = CLOCK_SIZE
        face = _word_face(text.word, head.word_size, space - _clock_width(text.clock, size, look))
        if face.pixelSize() < head.word_size:
            size = CLOCK_NARROW
            face = _word_face(text.word, head.word_size, space - _clock_width(text.clock, size, look))
        _draw_clock(painter, text.clock, rect, size=size, centre=head.centre, colour=colours.text, look=look)
    ink = lettering.ink(text.word, face)
    base = round(head.centre - ink.center().y())
    lettering.draw_on(painter, text.word, face=face, x=round(left), base=base, colour=colours.text)


def _word_face(word: str, size: int, space: float) -> QFont:
    """Chinese words are spaced by 0.025 em; nothing is smaller than 60 px."""
    spacing = 0.0 if word.isascii() else WORD_SPACING_EM
    free = space - spacing * size * len(word)
    fitting = lettering.fitted(word, size=size, least=60, space=free, bold=True).pixelSize()
    return lettering.font(fitting, bold=True, spacing=fitting * spacing)


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


def _draw_foot(
    painter: QPainter, text: PanelText, rect: QRectF, *, layout: PanelLayout, colour: str, look: Look
) -> None:
    centre = layout.foot_top + layout.foot_height / 2
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
