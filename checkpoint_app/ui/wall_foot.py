"""The foot of the wall: the station's totals, where seconds are lost, the queue now and in half an hour."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from checkpoint_app.i18n import _
from checkpoint_app.ui import icons, key_caps, lettering, said
from checkpoint_app.ui.painted import Painted, draw_box, painting
from checkpoint_app.ui.theme import SMALLEST, look
from checkpoint_app.ui.wall_text import Figure

HEIGHT, PAD, GAP = 44, 16, 22
LABEL, VALUE, WORDS = 14, 20, 16
TIGHT = 12


class WallFoot(Painted):
    """Everything in one row; text shrinks to 14 px, then the sentence about seconds gives way."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._totals: tuple[Figure, ...] = ()
        self._queue = self._slow = ""
        self._typed: str | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def words(self) -> str:
        """All of it, for a screen reader."""
        return self.accessibleName()

    def show_totals(self, totals: Sequence[Figure], *, queue: str, slow: str) -> None:
        if (tuple(totals), queue, slow) == (self._totals, self._queue, self._slow):
            return
        self._totals, self._queue, self._slow = tuple(totals), queue, slow
        numbers = (f"{each.label} {each.value}" for each in totals)
        self.setAccessibleName(said.joined(*numbers, slow, queue))
        self.update()

    def show_typed(self, typed: str | None) -> None:
        """The number being typed for the queue; None: nothing is."""
        self._typed = typed
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(900, HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = look().theme
        with painting(self) as painter:
            draw_box(painter, QRectF(self.rect()), fill=theme.surface, border=theme.line, width=1)
            less, slow = self._fitting()
            x = self._paint_totals(painter, less)
            edge = self._paint_queue(painter, less)
            if slow:
                face = lettering.font(_size(WORDS, less), bold=True)
                box = QRectF(x, 0, max(0.0, edge - GAP - x), HEIGHT)
                lettering.draw(painter, slow, face=face, rect=box, colour=theme.warn)

    def _fitting(self) -> tuple[int, str]:
        """By how many pixels everything is smaller, and the sentence if there is room for it."""
        room = self.width() - 2 * PAD
        for slow in (self._slow, ""):
            for less in range(look().px(VALUE) - SMALLEST + 1):
                if self._width(less, slow) <= room:
                    return less, slow
        return look().px(VALUE) - SMALLEST, ""

    def _width(self, less: int, slow: str) -> float:
        bold = lettering.font(_size(WORDS, less), bold=True)
        sentence = lettering.width(slow, bold) + GAP if slow else 0
        return sum(_pair(each, less) + GAP for each in self._totals) + sentence + self._queue_width(less)

    def _queue_width(self, less: int) -> float:
        if self._typed is not None:
            return key_caps.line_width(said.with_keys(self._asking), _size(WORDS, less))
        width = lettering.width(self._queue, lettering.font(_size(WORDS, less)))
        hint = key_caps.line_width(said.with_keys(_hint()), _size(WORDS, less))
        return look().px(22) + 8 + (width + TIGHT if self._queue else 0) + hint

    @property
    def _asking(self) -> str:
        return _("Vehicles waiting now: {typed} [Enter]").format(typed=self._typed or "_")

    def _paint_totals(self, painter: QPainter, less: int) -> float:
        theme, x, base = look().theme, float(PAD), HEIGHT / 2 + 8
        face = lettering.font(_size(LABEL, less))
        bold = lettering.font(_size(VALUE, less), bold=True)
        for each in self._totals:
            x += lettering.draw_on(painter, each.label, face=face, x=x, base=base, colour=theme.ink2) + 6
            x += lettering.draw_on(painter, each.value, face=bold, x=x, base=base, colour=theme.ink) + GAP
        return x

    def _paint_queue(self, painter: QPainter, less: int) -> float:
        """Right-aligned; returns where it begins."""
        theme, centre, size = look().theme, HEIGHT / 2, _size(WORDS, less)
        x = start = self.width() - PAD - self._queue_width(less)
        if self._typed is not None:
            parts = said.with_keys(self._asking)
            key_caps.draw_line(painter, parts, size=size, x=x, centre=centre, colour=theme.ink)
            return start
        icons.draw(painter, "car", x=x, centre=centre, size=look().px(22), colour=theme.ink)
        x += look().px(22) + 8
        if self._queue:
            face = lettering.font(size)
            x += lettering.draw_at(painter, self._queue, face=face, x=x, centre=centre, colour=theme.ink)
            x += TIGHT
        key_caps.draw_line(painter, said.with_keys(_hint()), size=size, x=x, centre=centre, colour=theme.ink2)
        return start


def _hint() -> str:
    return _("[Q] queue")


def _size(size: int, less: int) -> int:
    return max(SMALLEST, look().px(size) - less)


def _pair(figure: Figure, less: int) -> float:
    label = lettering.width(figure.label, lettering.font(_size(LABEL, less)))
    return label + 6 + lettering.width(figure.value, lettering.font(_size(VALUE, less), bold=True))
