"""The sealed end of a shift, large enough to be copied by hand, and as a code."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from checkpoint_app.domain.chain import head_text
from checkpoint_app.domain.entry import Head
from checkpoint_app.i18n import _
from checkpoint_app.ui import duty_text, icons, lettering
from checkpoint_app.ui.painted import Painted, draw_box, painting
from checkpoint_app.ui.qr_paint import draw_qr
from checkpoint_app.ui.theme import SMALLEST, look

PAD, QR_SIDE, HEIGHT = 24, 260, 308
COLUMNS, GROUP, GROUP_ROW = 4, 30, 52


class SealCard(Painted):
    """Entry number, eight groups of four, desk; the code carries the whole head."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._head: Head | None = None
        self._title = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def code(self) -> str:
        """What the QR code says."""
        return head_text(self._head) if self._head else ""

    def show_head(self, head: Head, *, title: str) -> None:
        self._head, self._title = head, title
        self.setAccessibleName(f"{title} {head.seq} {' '.join(duty_text.seal_groups(head))}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(900, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(640, HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._head is None:
            return
        theme = look().theme
        with painting(self) as painter:
            draw_box(painter, QRectF(self.rect()), fill=theme.surface, border=theme.line, width=1)
            left = self.width() - PAD - QR_SIDE
            draw_qr(painter, self.code, QRectF(left, (HEIGHT - QR_SIDE) / 2, QR_SIDE, QR_SIDE))
            icons.draw(painter, "shield-check", x=PAD, centre=46, size=30, colour=theme.good)
            space = left - PAD
            self._line(painter, self._title, x=PAD + 42, y=46, size=26, space=space - 58, bold=True)
            number = _("Entry {n} · desk {desk}").format(n=f"{self._head.seq:,}", desk=self._head.desk)
            self._line(painter, number, x=PAD, y=96, size=16, space=space - 16)
            width = min(150.0, (space - 16) / COLUMNS)
            for place, group in enumerate(duty_text.seal_groups(self._head)):
                x, y = PAD + (place % COLUMNS) * width, 152 + (place // COLUMNS) * GROUP_ROW
                self._line(painter, group, x=x, y=y, size=GROUP, space=width - 12, bold=True)
            words = _("Copy it onto the handover paper")
            self._line(painter, words, x=PAD, y=HEIGHT - 38, size=16, space=space - 16)

    def _line(
        self, painter: QPainter, text: str, *, x: float, y: float, size: int, space: float, bold: bool = False
    ) -> None:
        face = lettering.fitted(text, size=look().px(size), least=SMALLEST, space=space, bold=bold)
        box = QRectF(x, y - 24, space, 48)
        lettering.draw(painter, text, face=face, rect=box, colour=look().theme.ink)
