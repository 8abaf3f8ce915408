"""What the camera sees, the codes found in it outlined, and the three steps under it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from checkpoint_app.ui import icons, lettering
from checkpoint_app.ui.painted import Painted, draw_box, painting
from checkpoint_app.ui.theme import SMALLEST, Look, look
from checkpoint_app.ui.tokens import Theme

STEPS_HEIGHT = 34
PAD = 14
CHIP_GROUND, ON_CHIP = "#10161D", "#FFFFFF"
ROAD = "#3A424C"

Outline = Sequence[tuple[float, float]]


class StepState(StrEnum):
    DONE = "done"
    WAITING = "waiting"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Step:
    state: StepState
    text: str


@dataclass(frozen=True, slots=True)
class CameraTrouble:
    """`title` with the time gone, what still works, what to do now."""

    title: str
    lines: tuple[str, ...] = ()
    icon: str = "camera-off"


class CameraPanel(Painted):
    """Picture over steps. Exactly one of picture, trouble and absence is shown, whichever was set last."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = ""
        self._picture = QImage()
        self._outlines: tuple[Outline, ...] = ()
        self._trouble: CameraTrouble | None = None
        self._absent = ""
        self._steps: tuple[Step, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def set_label(self, label: str) -> None:
        """The words in the corner: "1 车道摄像头"."""
        self._label = label
        self.setAccessibleName(label)
        self.update()

    def show_picture(self, picture: QImage, outlines: Sequence[Outline] = ()) -> None:
        """Outlines are corners in the picture's own pixels; the picture fills its place, cut at the edges."""
        self._picture, self._outlines = picture, tuple(outlines)
        self._trouble, self._absent = None, ""
        self.update()

    def show_trouble(self, trouble: CameraTrouble) -> None:
        if trouble != self._trouble:
            self._trouble, self._absent = trouble, ""
            self.setAccessibleDescription("。".join((trouble.title, *trouble.lines)))
            self.update()

    def show_absent(self, words: str) -> None:
        """No camera is set up; not a trouble."""
        self._trouble, self._absent = None, words
        self.update()

    def set_steps(self, steps: Sequence[Step]) -> None:
        """Picture, code found, judged."""
        if tuple(steps) != self._steps:
            self._steps = tuple(steps)
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(414, 218 + STEPS_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(260, 150 + STEPS_HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self) as painter:
            steps = max(STEPS_HEIGHT, look().px(STEPS_HEIGHT - 10)) if self._steps else 0
            place = QRectF(0, 0, self.width(), self.height() - steps)
            if self._trouble:
                _draw_trouble(painter, self._trouble, place, look=look())
            elif self._absent:
                _draw_absent(painter, self._absent, place, look=look())
            else:
                self._paint_picture(painter, place)
            if self._steps:
                row = QRectF(0, place.bottom(), self.width(), steps)
                painter.fillRect(row, look().theme.surface)
                draw_steps(painter, self._steps, row.adjusted(PAD, 0, -PAD + 1, 0), look=look())

    def _paint_picture(self, painter: QPainter, place: QRectF) -> None:
        painter.save()
        painter.setClipRect(place)
        painter.fillRect(place, ROAD)
        if not self._picture.isNull():
            target = covering(self._picture, place)
            painter.drawImage(target, self._picture)
            scale = target.width() / self._picture.width()
            for outline in self._outlines:
                corners = [QPointF(x, y) * scale + target.topLeft() for x, y in outline]
                _draw_outline(painter, QPolygonF(corners))
        painter.restore()
        if self._label:
            _draw_chip(painter, self._label, place, look=look())


def covering(picture: QImage, place: QRectF) -> QRectF:
    """The rectangle around `place` that the whole picture takes when it fills it."""
    scale = max(place.width() / picture.width(), place.height() / picture.height())
    target = QRectF(0, 0, picture.width() * scale, picture.height() * scale)
    target.moveCenter(place.center())
    return target


def draw_steps(painter: QPainter, steps: Sequence[Step], row: QRectF, *, look: Look) -> None:
    """Steps from edge to edge with arrows between them; the text gives way before the icons."""
    icon, gap, arrow = look.px(16), 5, look.px(16)
    words = " ".join(step.text for step in steps)
    fixed = len(steps) * (icon + gap) + (len(steps) - 1) * arrow
    face = lettering.fitted(words, size=look.px(14), least=SMALLEST, space=row.width() - fixed)
    widths = [lettering.width(step.text, face) for step in steps]
    gaps = max(2 * (len(steps) - 1), 1)
    spare = max(0.0, (row.width() - fixed - sum(widths)) / gaps)
    x, centre = row.left(), row.center().y()
    for index, (step, width) in enumerate(zip(steps, widths, strict=True)):
        if index:
            tint = look.theme.ink3
            icons.draw(painter, "chevron-right", x=x, centre=centre, size=arrow, colour=tint)
            x += arrow + spare
        name, tint = _mark(step.state, look.theme)
        icons.draw(painter, name, x=x, centre=centre, size=icon, colour=tint, stroke=3.0)
        colour = look.theme.ink3 if step.state is StepState.WAITING else look.theme.ink
        box = QRectF(
            x + icon + gap, row.top(), max(0.0, min(width, row.right() - x - icon - gap)), row.height()
        )
        lettering.draw(painter, step.text, face=face, rect=box, colour=colour)
        x += icon + gap + width + spare


def _mark(state: StepState, theme: Theme) -> tuple[str, str]:
    return {
        StepState.DONE: ("check", theme.good),
        StepState.WAITING: ("circle-dashed", theme.ink3),
        StepState.FAILED: ("x", theme.bad),
    }[state]


def _draw_outline(painter: QPainter, corners: QPolygonF) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, width in (("#FFFFFF", 6), ("#10161D", 2)):
        pen = QPen(QColor(colour), width)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.drawPolygon(corners)


def _draw_chip(painter: QPainter, label: str, place: QRectF, *, look: Look) -> None:
    face = lettering.font(look.px(14))
    width = min(lettering.width(label, face), place.width() - 32)
    box = QRectF(8, 8, round(width) + 16, look.px(23))
    draw_box(painter, box, fill=CHIP_GROUND)
    text = box.adjusted(8, 0, -8, 0)
    lettering.draw(painter, label, face=face, rect=text, colour=ON_CHIP)


def _draw_trouble(painter: QPainter, trouble: CameraTrouble, place: QRectF, *, look: Look) -> None:
    theme = look.theme
    draw_box(painter, place, fill=theme.badbg, border=theme.bad, width=2)
    title = lettering.font(look.px(20), bold=True)
    face = lettering.font(look.px(16))
    space = place.width() - 2 * PAD
    lines = [part for line in trouble.lines for part in lettering.wrapped(line, face, space)]
    step = look.px(16) * 1.4
    top = place.center().y() - (30 + 8 + look.px(20) * 1.4 + len(lines) * step) / 2
    middle = place.center().x()
    icons.draw(painter, trouble.icon, x=middle - 15, centre=top + 15, size=30, colour=theme.bad)
    row = QRectF(PAD, top + 38, space, look.px(20) * 1.4)
    lettering.draw(painter, trouble.title, face=title, rect=row, colour=theme.bad, align=lettering.CENTRE)
    row = QRectF(PAD, row.bottom(), space, step)
    for line in lines:
        lettering.draw(painter, line, face=face, rect=row, colour=theme.ink, align=lettering.CENTRE)
        row.translate(0, step)


def _draw_absent(painter: QPainter, words: str, place: QRectF, *, look: Look) -> None:
    theme = look.theme
    draw_box(painter, place, fill=theme.sunken, border=theme.edge, width=2, dashed=True)
    middle = place.center()
    icons.draw(painter, "camera-off", x=middle.x() - 15, centre=middle.y() - 18, size=30, colour=theme.ink2)
    row = QRectF(PAD, middle.y() + 4, place.width() - 2 * PAD, 28)
    face = lettering.font(look.px(14))
    lettering.draw(painter, words, face=face, rect=row, colour=theme.ink2, align=lettering.CENTRE)
