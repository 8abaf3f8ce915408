"""The dark column of the first start: how far it is, and that nothing needs a network."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from checkpoint_app.ui import icons, lettering
from checkpoint_app.ui.painted import Painted, line_pen, painting
from checkpoint_app.ui.theme import SMALLEST, Look, look

WIDTH = 264
LEFT, TOP, ROW = 24, 96, 52
RING, TICK, TEXT_LEFT, MARK = 14, 18, 66, 6


class StepColumn(Painted):
    """Steps done, current and to come, with a title above and a line at the foot."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = self._about = self._foot = ""
        self._steps: tuple[str, ...] = ()
        self._current = 0
        self.setFixedWidth(WIDTH)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def show_steps(self, steps: Sequence[str], *, current: int, title: str, about: str, foot: str) -> None:
        """`current` counts from 0; those before it are ticked."""
        self._steps, self._current = tuple(steps), current
        self._title, self._about, self._foot = title, about, foot
        self.setAccessibleName(f"{current + 1}/{len(steps)} {steps[current]}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, 690)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = look().theme
        with painting(self) as painter:
            painter.fillRect(self.rect(), theme.chrome)
            if theme.chrome == theme.bg:
                painter.fillRect(QRectF(WIDTH - 2, 0, 2, self.height()), theme.onchrome)
            space = WIDTH - LEFT - 12
            self._line(painter, self._title, y=38, size=22, space=space, colour=theme.onchrome, bold=True)
            self._line(painter, self._about, y=64, size=14, space=space, colour=theme.onchrome2)
            for place, step in enumerate(self._steps):
                self._paint_step(painter, place, step, look=look())
            centre = self.height() - 32
            icons.draw(painter, "wifi-off", x=LEFT, centre=centre, size=18, colour=theme.onchrome2)
            self._line(
                painter, self._foot, y=centre, size=14, space=space - 26, colour=theme.onchrome2, x=LEFT + 26
            )

    def _paint_step(self, painter: QPainter, place: int, step: str, *, look: Look) -> None:
        theme, row = look.theme, QRectF(0, TOP + place * ROW, WIDTH, ROW)
        current, done = place == self._current, place < self._current
        colour = theme.oncurrent if current else theme.onchrome if done else theme.onchrome2
        if current:
            painter.fillRect(row, theme.chrome2)
            painter.fillRect(QRectF(0, row.top(), MARK, ROW), theme.mark)
        middle = QPointF(LEFT + RING + 2, row.center().y())
        painter.setPen(line_pen(colour, 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(middle, RING, RING)
        if done:
            x = middle.x() - TICK / 2
            icons.draw(painter, "check", x=x, centre=middle.y(), size=TICK, colour=colour, stroke=3.0)
        else:
            box = QRectF(middle.x() - RING, middle.y() - RING, 2 * RING, 2 * RING)
            face = lettering.font(15, bold=True)
            lettering.draw(
                painter, str(place + 1), face=face, rect=box, colour=colour, align=lettering.CENTRE
            )
        self._line(
            painter,
            step,
            y=row.center().y(),
            size=16,
            space=WIDTH - TEXT_LEFT - 8,
            colour=colour,
            bold=current,
            x=TEXT_LEFT,
        )

    def _line(
        self,
        painter: QPainter,
        text: str,
        *,
        y: float,
        size: int,
        space: float,
        colour: str,
        bold: bool = False,
        x: float = LEFT,
    ) -> None:
        face = lettering.fitted(text, size=look().px(size), least=SMALLEST, space=space, bold=bold)
        box = QRectF(x, y - 18, space, 36)
        lettering.draw(painter, text, face=face, rect=box, colour=colour)
