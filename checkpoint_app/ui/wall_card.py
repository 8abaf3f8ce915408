"""One lane on the wall: verdict block, picture or the camera's trouble, plate, reason, steps, figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from checkpoint_app.ui import icons, lettering
from checkpoint_app.ui.camera_panel import Outline
from checkpoint_app.ui.painted import Painted, draw_box, painting
from checkpoint_app.ui.panel_text import Notice
from checkpoint_app.ui.theme import SMALLEST, Look, look
from checkpoint_app.ui.wall_camera import CameraSight, draw_camera
from checkpoint_app.ui.wall_figures import FIGURES_HEIGHT, draw_figures
from checkpoint_app.ui.wall_paint import draw_block, draw_plate, draw_steps
from checkpoint_app.ui.wall_text import CardText

BLOCK_WIDTH = 232
PAD = 14
HEAD, STEPS, PLATE = 32, 28, 36
LOW = 260
PICTURE_SHARE = 0.58
LEAST_HEIGHT, MOST_HEIGHT = 224, 440


@dataclass(frozen=True, slots=True)
class _Places:
    """Where the parts of a card stand."""

    block: QRectF
    head: QRectF
    picture: QRectF
    plate: QRectF
    reason: QRectF
    steps: QRectF
    figures: QRectF


class WallCard(Painted):
    """`chosen(lane)` when it is touched, `painted` when it was; `selected` carries the frame of the lane
    that keys belong to.
    """

    chosen = Signal(int)
    painted = Signal()

    def __init__(self, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = CardText(number, "", "", Notice.WAITING, "")
        self._sight = CameraSight()
        self._picture = QImage()
        self._outlines: tuple[Outline, ...] = ()
        self._selected = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMaximumHeight(MOST_HEIGHT)

    @property
    def text(self) -> CardText:
        return self._text

    @property
    def sight(self) -> CameraSight:
        return self._sight

    @property
    def selected(self) -> bool:
        return self._selected

    def show_text(self, text: CardText, *, selected: bool) -> None:
        if (text, selected) == (self._text, self._selected):
            return
        self._text, self._selected = text, selected
        self.setAccessibleName(text.spoken)
        self.update()

    def show_sight(self, sight: CameraSight) -> None:
        """What the camera does when there is no picture; with `fine` the last picture stands."""
        if sight != self._sight:
            self._sight = sight
            self.setAccessibleDescription(sight.title)
            self.update()

    def show_picture(self, picture: QImage, outlines: Sequence[Outline] = ()) -> None:
        """Only the picture's own place is painted anew."""
        self._picture, self._outlines = picture, tuple(outlines)
        if self._sight.fine:
            self.update(self._places().picture.toAlignedRect())

    def sizeHint(self) -> QSize:
        return QSize(626, 280)

    def minimumSizeHint(self) -> QSize:
        return QSize(560, LEAST_HEIGHT)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.chosen.emit(self._text.number)

    def paintEvent(self, event: QPaintEvent) -> None:
        places = self._places()
        with painting(self) as painter:
            if places.picture.toAlignedRect().contains(event.rect()):
                self._paint_camera(painter, places.picture)
                return
            self._paint_all(painter, places)
        self.painted.emit()

    def _paint_all(self, painter: QPainter, places: _Places) -> None:
        theme, text, whole = look().theme, self._text, QRectF(self.rect())
        draw_box(painter, whole, fill=theme.surface, border=theme.line, width=1)
        draw_block(painter, text, places.block, look=look())
        _draw_head(painter, text, places.head, look=look())
        self._paint_camera(painter, places.picture)
        self._paint_vehicle(painter, places)
        if text.steps or not self._sight.now:
            draw_steps(painter, text.steps, places.steps, look=look())
        else:
            self._paint_now(painter, places.steps)
        painter.fillRect(QRectF(1, places.figures.top(), whole.width() - 2, 1), theme.line)
        draw_figures(painter, text.figures, text.shares, places.figures, look=look())
        if self._selected:
            draw_box(painter, whole, border=theme.accent, width=4)

    def _paint_camera(self, painter: QPainter, place: QRectF) -> None:
        draw_camera(painter, self._sight, self._picture, self._outlines, place, look=look())

    def _paint_vehicle(self, painter: QPainter, places: _Places) -> None:
        theme, text = look().theme, self._text
        reason = places.reason
        if text.plate:
            draw_plate(painter, text.plate, text.plate_colour, places.plate, look=look())
        else:
            reason = places.plate.united(reason)
        lines = [text.reason] if text.plate or not self._sight.still else [text.reason, self._sight.still]
        top = reason.top()
        for place, words in enumerate(part for part in lines if part):
            bold = place > 0 or bool(text.steps)
            top += _draw_words(painter, words, reason, top=top, bold=bold, colour=theme.ink)

    def _paint_now(self, painter: QPainter, row: QRectF) -> None:
        theme, size = look().theme, look().px(16)
        icons.draw(painter, "camera-off", x=row.left(), centre=row.center().y(), size=size, colour=theme.bad)
        box = row.adjusted(size + 6, 0, 0, 0)
        face = lettering.fitted(self._sight.now, size=look().px(14), least=SMALLEST, space=box.width())
        lettering.draw(painter, self._sight.now, face=face, rect=box, colour=theme.bad)

    def _places(self) -> _Places:
        width, top = float(self.width()), float(self.height() - FIGURES_HEIGHT)
        left = BLOCK_WIDTH + PAD
        space = width - left - PAD
        low = self.height() < LOW
        head, steps = float(HEAD), STEPS if low else look().px(STEPS)
        plate = float(PLATE if low else look().px(PLATE))
        body = top - head - steps - 16
        wide = space * PICTURE_SHARE
        picture = QRectF(left, head + 12, wide, min(body - 8, wide * 9 / 16))
        right = QRectF(picture.right() + 12, picture.top(), width - PAD - picture.right() - 12, plate)
        return _Places(
            block=QRectF(1, 1, BLOCK_WIDTH, top - 1),
            head=QRectF(left, 9, space, head),
            picture=picture,
            plate=right,
            reason=QRectF(
                right.left(), right.bottom() + 4, right.width(), top - steps - 6 - right.bottom() - 4
            ),
            steps=QRectF(left, top - steps - 6, space, steps),
            figures=QRectF(PAD, top, width - 2 * PAD, FIGURES_HEIGHT),
        )


def _draw_head(painter: QPainter, text: CardText, row: QRectF, *, look: Look) -> None:
    """Name of the lane, in a box its direction, and at the right who acts there."""
    theme = look.theme
    bold = lettering.font(look.px(22), bold=True)
    x = row.left()
    x += lettering.draw_at(painter, text.name, face=bold, x=x, centre=row.center().y(), colour=theme.ink) + 10
    face = lettering.font(look.px(14))
    width = lettering.width(text.direction, face) + 20
    chip = QRectF(round(x), row.center().y() - look.px(13), round(width), look.px(26))
    draw_box(painter, chip, border=theme.edge, width=1)
    lettering.draw(painter, text.direction, face=face, rect=chip, colour=theme.ink, align=lettering.CENTRE)
    room = row.right() - chip.right() - 12
    size = lettering.fitted(text.officer, size=look.px(16), least=SMALLEST, space=room)
    used = lettering.width(text.officer, size)
    if text.officer and used <= room:
        x, centre = row.right() - used, row.center().y()
        lettering.draw_at(painter, text.officer, face=size, x=x, centre=centre, colour=theme.ink2)


def _draw_words(
    painter: QPainter, words: str, place: QRectF, *, top: float, bold: bool, colour: str
) -> float:
    """Words from `top` down in as many lines as there is height for, smaller first; returns their height."""
    room = place.bottom() - top
    for size in range(look().px(16), SMALLEST - 1, -1):
        face, step = lettering.font(size, bold=bold), size * 1.3
        lines = lettering.wrapped(words, face, place.width())
        if len(lines) * step <= room:
            break
    most = max(1, int(room // step))
    if len(lines) > most:
        lines = (
            *lines[: most - 1],
            lettering.elided("".join(lines[most - 1 :]), face, place.width()),
        )
    for number, line in enumerate(lines):
        row = QRectF(place.left(), top + number * step, place.width(), step)
        lettering.draw(painter, line, face=face, rect=row, colour=colour)
    return len(lines) * step + 6
