"""Places to choose from, three by three, each with the digit that takes it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from checkpoint_app.i18n import _
from checkpoint_app.services.places import Place
from checkpoint_app.ui import icons, key_caps, lettering
from checkpoint_app.ui.painted import Painted, draw_box, painting
from checkpoint_app.ui.theme import SMALLEST, look

COLUMNS, ROWS, ROW, GAP, PAD = 3, 3, 28, 2, 8
HEIGHT = ROWS * ROW + 4
BAR = 6


class PlaceList(Painted):
    """`touched(place)` counts from 0. Never takes focus, so typing goes on in the field."""

    touched = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._places: tuple[Place, ...] = ()
        self._marked = -1
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    @property
    def places(self) -> tuple[Place, ...]:
        return self._places if not self.isHidden() else ()

    @property
    def marked(self) -> int:
        return self._marked

    def show_places(self, places: Sequence[Place]) -> None:
        """Nothing to choose from hides it."""
        self._places, self._marked = tuple(places[: COLUMNS * ROWS]), -1
        said = (f"{digit} {_words(place)}" for digit, place in enumerate(self._places, 1))
        self.setAccessibleName("，".join(said))
        self.setVisible(bool(self._places))
        self.raise_()
        self.update()

    def mark(self, step: int) -> None:
        """One on, or back; from the last on to the first."""
        self._marked = (self._marked + step) % len(self._places) if self._marked >= 0 else 0
        self.update()

    def cells(self) -> tuple[QRectF, ...]:
        """Where each place stands."""
        width = (self.width() - 4 - (COLUMNS - 1) * GAP) / COLUMNS
        return tuple(
            QRectF(2 + (n % COLUMNS) * (width + GAP), 2 + n // COLUMNS * ROW, width, ROW)
            for n in range(len(self._places))
        )

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        for place, cell in enumerate(self.cells()):
            if event.button() == Qt.MouseButton.LeftButton and cell.contains(QPointF(event.position())):
                self.touched.emit(place)
                return

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()  # a touch here must not reach what lies below

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = look().theme
        with painting(self) as painter:
            draw_box(painter, QRectF(self.rect()), fill=theme.surface, border=theme.accent, width=2)
            for number, (place, cell) in enumerate(zip(self._places, self.cells(), strict=True)):
                self._paint(painter, number, place, cell)

    def _paint(self, painter: QPainter, number: int, place: Place, cell: QRectF) -> None:
        theme, taken = look().theme, number == self._marked
        if taken:
            painter.fillRect(cell, theme.sel)
            painter.fillRect(QRectF(cell.left(), cell.top(), BAR, cell.height()), theme.accent)
        cap = lettering.font(SMALLEST, bold=True)
        x = cell.left() + BAR + 4
        x += key_caps.draw_cap(
            painter,
            str(number + 1),
            face=cap,
            x=x,
            centre=cell.center().y(),
            height=20,
            colour=theme.ink,
            line=1,
        )
        x += PAD
        if place.recent:
            icons.draw(painter, "history", x=x, centre=cell.center().y(), size=18, colour=theme.ink2)
            x += 18 + 4
        self._paint_words(painter, place, cell.adjusted(x - cell.left(), 0, -PAD, 0), bold=taken)

    @staticmethod
    def _paint_words(painter: QPainter, place: Place, space: QRectF, *, bold: bool) -> None:
        """A place that is no more has its mark at the right; a long path gets smaller letters."""
        theme = look().theme
        mark = _old(place)
        small = lettering.font(SMALLEST)
        if mark:
            lettering.draw(painter, mark, face=small, rect=space, colour=theme.warn, align=lettering.RIGHT)
            space = space.adjusted(0, 0, -lettering.width(mark, small) - PAD, 0)
        face = lettering.fitted(
            place.text, size=look().px(16), least=SMALLEST, space=space.width(), bold=bold
        )
        colour = theme.ink3 if mark else theme.ink
        lettering.draw(painter, place.text, face=face, rect=space, colour=colour)


def _old(place: Place) -> str:
    return _("old, to {year}").format(year=place.until) if place.until else ""


def _words(place: Place) -> str:
    return f"{place.text} {_old(place)}".rstrip()
