"""The stop that has waited longest for an answer: where, how long, and the two keys for it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from checkpoint_app.i18n import _
from checkpoint_app.ui import icons, lettering, said
from checkpoint_app.ui.form_parts import FootKey
from checkpoint_app.ui.painted import Painted, draw_box, painting
from checkpoint_app.ui.theme import SMALLEST, look
from checkpoint_app.ui.wall_text import BannerText

HEIGHT, PAD, KEY_HEIGHT, BETWEEN = 56, 16, 40, 14
TITLE, ABOUT, ICON = 20, 16, 26


class WallBanner(Painted):
    """`go` and `send` are its keys, F1 and F8. Takes no room while there is no stop."""

    go = Signal()
    send = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text: BannerText | None = None
        self.to_lane, self.sent = FootKey("F1", primary=True), FootKey("F8")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(PAD, 8, PAD, 8)
        row.setSpacing(BETWEEN)
        row.addStretch(1)
        for key in (self.to_lane, self.sent):
            key.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            key.setMaximumHeight(KEY_HEIGHT)
            row.addWidget(key)
        self.to_lane.clicked.connect(self.go)
        self.sent.clicked.connect(self.send)
        self.hide()

    @property
    def text(self) -> BannerText | None:
        return self._text

    def show_text(self, text: BannerText | None) -> None:
        if text == self._text:
            return
        self._text = text
        self.setVisible(text is not None)
        if text is None:
            return
        self.setAccessibleName(said.joined(text.title, text.about, text.sent))
        self.to_lane.set_word(_("To lane {n}").format(n=text.lane))
        self.sent.set_word(_("Somebody sent"), locked=bool(text.sent))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(900, HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = look().theme
        with painting(self) as painter:
            whole = QRectF(self.rect())
            draw_box(painter, whole, fill=theme.badbg, border=theme.bad, width=2)
            if self._text:
                self._paint_words(painter, self._text, whole)

    def _paint_words(self, painter: QPainter, text: BannerText, whole: QRectF) -> None:
        theme, centre = look().theme, whole.center().y()
        icons.draw(painter, "alert-octagon", x=PAD + 2, centre=centre, size=ICON, colour=theme.bad)
        x = PAD + 2.0 + ICON + BETWEEN
        space = self.to_lane.x() - BETWEEN - x
        title = lettering.fitted(text.title, size=look().px(TITLE), least=SMALLEST, space=space, bold=True)
        x += lettering.draw_at(painter, text.title, face=title, x=x, centre=centre, colour=theme.ink)
        about = said.joined(text.about, text.sent)
        box = QRectF(x + BETWEEN, 0, max(0.0, self.to_lane.x() - 2 * BETWEEN - x), whole.height())
        lettering.draw_lines(painter, about, box=box, size=look().px(ABOUT), colour=theme.ink, bold=False)
