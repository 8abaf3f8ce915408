"""Parts of a lane's card on the wall: the verdict block, the plate, the five steps."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from checkpoint_app.domain.words import VerdictState
from checkpoint_app.ui import icons, lettering
from checkpoint_app.ui.lane_fields import likely_colour
from checkpoint_app.ui.notice_paint import ICONS, ground
from checkpoint_app.ui.painted import draw_box
from checkpoint_app.ui.panel_text import Notice
from checkpoint_app.ui.plate import dotted
from checkpoint_app.ui.shapes import draw_frame, draw_shape
from checkpoint_app.ui.theme import SMALLEST, Look
from checkpoint_app.ui.tokens import PlateColour
from checkpoint_app.ui.wall_text import CardText, Due, WallStep

SHAPE, LEAST_SHAPE = 72, 40
WORD, WORD_LATIN, TIME = 50, 44, 22
WORD_LINE, TIME_LINE = 1.16, 1.25
INSET = 22
STEP_GAP = 4


def draw_block(painter: QPainter, text: CardText, place: QRectF, *, look: Look) -> None:
    """Shape, word and time in the middle of the verdict's colour and frame."""
    state = text.state
    if isinstance(state, VerdictState):
        colours = look.theme.verdict(state)
        ink = colours.text
        painter.fillRect(place, colours.fill)
        painter.save()
        painter.translate(place.topLeft())
        draw_frame(painter, state, QRectF(0, 0, place.width(), place.height()), colour=ink)
        painter.restore()
    else:
        fill, _border, _width, ink = ground(state, look.theme)
        painter.fillRect(place, fill)
    shape, tops = _stacked(text, place, look)
    box = QRectF(place.center().x() - shape / 2, tops[0], shape, shape)
    _draw_sign(painter, text, box, ink=ink, look=look)
    _draw_word(painter, text.word, place, top=tops[1], ink=ink)
    if text.time:
        row = QRectF(place.left() + INSET, tops[2], place.width() - 2 * INSET, look.px(TIME) * TIME_LINE)
        face = lettering.fitted(text.time, size=look.px(TIME), least=SMALLEST, space=row.width(), bold=True)
        lettering.draw(painter, text.time, face=face, rect=row, colour=ink, align=lettering.CENTRE)


def draw_plate(painter: QPainter, plate: str, colour: str, place: QRectF, *, look: Look) -> None:
    """The plate in its colour as the lane's page shows it; one of no known form is drawn like a field."""
    known = likely_colour(plate, colour)
    shown, space = dotted(plate), place.width() - 12
    if known is None:
        draw_box(painter, place, fill=look.theme.surface, border=look.theme.edge, width=2)
        ink = look.theme.ink
    else:
        metal = look.theme.plate(known)
        ink = metal.text
        draw_box(painter, place, fill=metal.ground)
        if known in {PlateColour.BLUE, PlateColour.BLACK}:
            draw_box(painter, place.adjusted(2, 2, -2, -2), border=metal.line, width=1)
        else:
            draw_box(painter, place, border=metal.line, width=2)
    face = lettering.fitted(shown, size=look.px(20), least=SMALLEST, space=space, bold=True)
    lettering.draw(painter, shown, face=face, rect=place, colour=ink, align=lettering.CENTRE)


def draw_steps(painter: QPainter, steps: Sequence[WallStep], row: QRectF, *, look: Look) -> None:
    """Done with a tick, due with an arrow and bold, later with a dashed ring."""
    if not steps:
        return
    theme = look.theme
    size, icon = _step_sizes(steps, row.width(), look)
    bold, plain, gap = lettering.font(size, bold=True), lettering.font(size), STEP_GAP
    used = sum(lettering.width(step.word, bold) + icon + gap for step in steps)
    x, between = row.left(), min(10.0, max(0.0, row.width() - used) / (len(steps) - 1))
    for step in steps:
        name, colour, ink, letters = {
            Due.DONE: ("check", theme.good, theme.ink2, plain),
            Due.NOW: ("chevron-right", theme.ink, theme.ink, bold),
            Due.LATER: ("circle-dashed", theme.ink3, theme.ink3, plain),
        }[step.due]
        icons.draw(painter, name, x=x, centre=row.center().y(), size=icon, colour=colour, stroke=2.6)
        x += icon + gap
        x += lettering.draw_at(painter, step.word, face=letters, x=x, centre=row.center().y(), colour=ink)
        x += between


def _step_sizes(steps: Sequence[WallStep], width: float, look: Look) -> tuple[int, int]:
    """Of the words and the icons, the largest at which all steps fit into `width`."""
    words = "".join(step.word for step in steps)
    for size in range(look.px(14), SMALLEST - 1, -1):
        for icon in (look.px(16), 14):
            face = lettering.font(size, bold=True)
            if lettering.width(words, face) + len(steps) * (icon + STEP_GAP + 2) <= width:
                return size, icon
    return SMALLEST, 12


def _stacked(text: CardText, place: QRectF, look: Look) -> tuple[float, tuple[float, float, float]]:
    """Side of the shape, and the tops of shape, word and time."""
    word = WORD * WORD_LINE
    time = look.px(TIME) * TIME_LINE if text.time else 0.0
    room = place.height() - 2 * INSET - word - time - 4
    shape = max(float(LEAST_SHAPE), min(float(SHAPE), room))
    top = place.center().y() - (shape + 4 + word + time) / 2
    return shape, (top, top + shape + 4, top + shape + 4 + word)


def _draw_sign(painter: QPainter, text: CardText, box: QRectF, *, ink: str, look: Look) -> None:
    if isinstance(text.state, VerdictState):
        draw_shape(painter, text.state, box, colours=look.theme.verdict(text.state), inside=text.ring)
        return
    name = ICONS.get(Notice(text.state), "hourglass")
    icons.draw(painter, name, x=box.left(), centre=box.center().y(), size=round(box.width()), colour=ink)


def _draw_word(painter: QPainter, word: str, place: QRectF, *, top: float, ink: str) -> None:
    size = WORD_LATIN if word.isascii() else WORD
    space = place.width() - 2 * INSET
    face = lettering.fitted(word, size=size, least=20, space=space, bold=True)
    box = lettering.ink(word, face)
    x = place.center().x() - box.center().x()
    base = top + WORD * WORD_LINE / 2 - box.center().y()
    lettering.draw_on(painter, word, face=face, x=round(x), base=round(base), colour=ink)
