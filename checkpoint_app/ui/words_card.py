"""The recovery words on the screen, numbered, beside their code."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from checkpoint_app.ui import lettering
from checkpoint_app.ui.painted import Painted, draw_box, painting
from checkpoint_app.ui.qr_paint import draw_qr
from checkpoint_app.ui.theme import SMALLEST, look

COLUMNS, PAD, GAP = 3, 16, 16
WORD, NUMBER = 26, 14
QR_SIDE = 244
ROW = 34


class WordsCard(Painted):
    """Down the columns, as on the sheet. `clear` takes the secret out of the widget."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words: tuple[str, ...] = ()
        self._code = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def words(self) -> tuple[str, ...]:
        return self._words

    def show_words(self, words: Sequence[str], code: str) -> None:
        self._words, self._code = tuple(words), code
        self.setAccessibleName(" ".join(f"{place} {word}" for place, word in enumerate(words, 1)))
        self.update()

    def clear(self) -> None:
        self.show_words((), "")

    def sizeHint(self) -> QSize:
        return QSize(900, max(QR_SIDE, 6 * look().px(ROW)) + 2 * PAD)

    def minimumSizeHint(self) -> QSize:
        return QSize(600, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = look().theme
        with painting(self) as painter:
            draw_box(painter, QRectF(self.rect()), fill=theme.surface, border=theme.line, width=1)
            if not self._words:
                return
            left = self.width() - PAD - QR_SIDE
            draw_qr(painter, self._code, QRectF(left, (self.height() - QR_SIDE) / 2, QR_SIDE, QR_SIDE))
            rows = -(-len(self._words) // COLUMNS)
            width = (left - PAD - GAP) / COLUMNS
            height = (self.height() - 2 * PAD) / rows
            for place, word in enumerate(self._words):
                x, y = PAD + (place // rows) * width, PAD + (place % rows) * height
                self._paint_word(painter, place + 1, word, QRectF(x, y, width, height))

    def _paint_word(self, painter: QPainter, number: int, word: str, cell: QRectF) -> None:
        theme = look().theme
        if number % 2:
            painter.fillRect(cell.adjusted(0, 1, -8, -1), theme.sunken)
        small = lettering.font(look().px(NUMBER))
        lead = look().px(34)
        box = QRectF(cell.left(), cell.top(), lead, cell.height())
        lettering.draw(painter, str(number), face=small, rect=box, colour=theme.ink2, align=lettering.RIGHT)
        space = cell.width() - lead - 20
        face = lettering.fitted(word, size=look().px(WORD), least=SMALLEST, space=space, bold=True)
        box = QRectF(cell.left() + lead + 12, cell.top(), space, cell.height())
        lettering.draw(painter, word, face=face, rect=box, colour=theme.ink)
