"""Above a handover: how many lines were looked at, as words and bar, and how many with which answer."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from checkpoint_app.i18n import _
from checkpoint_app.ui import icons, lettering
from checkpoint_app.ui.painted import Painted, draw_box, painting
from checkpoint_app.ui.theme import SMALLEST, look

HEIGHT, CHIP, BAR, GAP, PAD, LEAST_BAR = 46, 28, 14, 16, 10, 120


class HandoverHead(Painted):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._seen, self._counts = (0, 0), (0, 0, 0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_counts(self, seen: tuple[int, int], counts: tuple[int, int, int]) -> None:
        """Lines looked at and all of them; accepted, queried, not seen."""
        self._seen, self._counts = seen, counts
        self.setAccessibleName(", ".join((self._title, *(word for _icon, word, _f, _g in self._chips))))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(1200, max(HEIGHT, look().px(CHIP) + 14))

    def minimumSizeHint(self) -> QSize:
        return QSize(600, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, middle = look().theme, self.height() / 2
        face = lettering.font(look().px(20), bold=True)
        with painting(self) as painter:
            left = lettering.draw_at(painter, self._title, face=face, x=0, centre=middle, colour=theme.ink)
            right = float(self.width())
            right = self._paint_keys(painter, right, middle)
            for icon, word, colour, fill in reversed(self._chips):
                right = _paint_chip(painter, icon, word, right=right, middle=middle, colour=colour, fill=fill)
                right -= GAP
            if right - left - GAP >= LEAST_BAR:
                self._paint_bar(painter, QRectF(left + GAP, middle - BAR / 2, right - left - GAP, BAR))

    @property
    def _title(self) -> str:
        seen, whole = self._seen
        return _("Seen {n} / {all}").format(n=seen, all=whole)

    @property
    def _chips(self) -> tuple[tuple[str, str, str, str], ...]:
        """Icon, word, colour and ground of each."""
        theme = look().theme
        accepted, queried, left = self._counts
        return (
            ("check", _("Accepted {n}").format(n=accepted), theme.good, theme.goodbg),
            ("help-hexagon", _("Queried {n}").format(n=queried), theme.warn, theme.warnbg),
            ("circle-dashed", _("Not seen {n}").format(n=left), theme.ink, theme.surface),
        )

    def _paint_keys(self, painter: QPainter, right: float, middle: float) -> float:
        face, words = lettering.font(look().px(14)), _("↑ ↓ choose a line")
        width = lettering.width(words, face)
        colour = look().theme.ink2
        lettering.draw_at(painter, words, face=face, x=right - width - 4, centre=middle, colour=colour)
        return right - width - 4 - GAP

    def _paint_bar(self, painter: QPainter, box: QRectF) -> None:
        theme, (seen, whole) = look().theme, self._seen
        painter.fillRect(box, QColor(theme.surface))
        painter.fillRect(
            QRectF(box.left(), box.top(), box.width() * seen / max(1, whole), BAR), theme.primary
        )
        draw_box(painter, box, border=theme.ink2, width=1)


def _paint_chip(
    painter: QPainter, icon: str, word: str, *, right: float, middle: float, colour: str, fill: str
) -> float:
    """With its right edge there; returns the left one."""
    face = lettering.font(max(SMALLEST, look().px(14)))
    size, tall = look().px(18), look().px(CHIP)
    width = size + 6 + lettering.width(word, face) + 2 * PAD
    box = QRectF(right - width, middle - tall / 2, width, tall)
    draw_box(painter, box, fill=fill, border=colour, width=1)
    icons.draw(painter, icon, x=box.left() + PAD, centre=middle, size=size, colour=colour, stroke=2.2)
    x = box.left() + PAD + size + 6
    lettering.draw_at(painter, word, face=face, x=x, centre=middle, colour=colour)
    return box.left()
