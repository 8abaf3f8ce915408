"""One person of the open crossing, or another card of the same row."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from checkpoint_app.ui import icons, lettering
from checkpoint_app.ui.painted import Painted, draw_box, painting
from checkpoint_app.ui.theme import SMALLEST, Look, look
from checkpoint_app.ui.tokens import Theme

HEIGHT = 76
PAD, ICON, TEXT_LEFT = 14, 30, 54
TITLE_ABOVE, DETAIL_BELOW = 10, 14
HIGH = 100
GAP = 12


class CardKind(StrEnum):
    """`ADD` is the place for one more, `MORE` says how many do not fit, `PHRASE` is read to the driver."""

    DONE = "done"
    UNCHECKED = "unchecked"
    STOPPED = "stopped"
    ADD = "add"
    MORE = "more"
    NOTE = "note"
    PHRASE = "phrase"


@dataclass(frozen=True, slots=True)
class CardText:
    """`value` is the temperature, "" for none; `evidence` stands under it with its icon.

    ADD and MORE show `title` alone, in the middle. `current` marks the person that keys go to.
    """

    kind: CardKind
    title: str
    detail: str = ""
    value: str = ""
    evidence: str = ""
    evidence_icon: str = ""
    icon: str = ""
    current: bool = False


ICONS = {
    CardKind.DONE: "circle-check",
    CardKind.UNCHECKED: "circle-dashed",
    CardKind.STOPPED: "alert-octagon",
    CardKind.ADD: "user-plus",
    CardKind.MORE: "users",
    CardKind.NOTE: "certificate",
    CardKind.PHRASE: "speakerphone",
}


def _ground(kind: CardKind, theme: Theme) -> tuple[str, str, int, bool]:
    """Fill, border colour, border width, dashed."""
    return {
        CardKind.DONE: (theme.surface, theme.line, 2, False),
        CardKind.UNCHECKED: (theme.surface, theme.warn, 2, True),
        CardKind.STOPPED: (theme.surface, theme.bad, 2, False),
        CardKind.ADD: ("", theme.line, 1, True),
        CardKind.MORE: (theme.sunken, theme.line, 1, False),
        CardKind.NOTE: (theme.surface, theme.line, 2, False),
        CardKind.PHRASE: (theme.badbg, theme.bad, 2, False),
    }[kind]


def _tint(kind: CardKind, theme: Theme) -> str:
    return {
        CardKind.DONE: theme.good,
        CardKind.UNCHECKED: theme.warn,
        CardKind.STOPPED: theme.bad,
        CardKind.PHRASE: theme.bad,
        CardKind.NOTE: theme.ink,
    }.get(kind, theme.ink3)


class PersonCard(Painted):
    """`activated()` when it is touched. No focus: keys reach persons through the page."""

    activated = Signal()

    def __init__(self, text: CardText, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = text
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._name()

    @property
    def text(self) -> CardText:
        return self._text

    def show_text(self, text: CardText) -> None:
        if text == self._text:
            return
        self._text = text
        self._name()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(300, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, HEIGHT)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.activated.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self) as painter:
            fill, border, width, dashed = _ground(self._text.kind, look().theme)
            rect = QRectF(self.rect())
            draw_box(painter, rect, fill=fill, border=border, width=width, dashed=dashed)
            if self._text.current:
                painter.fillRect(QRectF(0, 0, 6, rect.height()), look().theme.accent)
            if self._text.kind in {CardKind.ADD, CardKind.MORE}:
                self._paint_middle(painter, look())
            else:
                self._paint_icon(painter, look())
                if self._too_long:
                    self._paint_lines(painter, look())
                else:
                    self._paint_rows(painter, look())

    def _name(self) -> None:
        text = self._text
        parts = (text.title, text.detail, text.value, text.evidence)
        self.setAccessibleName(" ".join(part for part in parts if part))

    def _title_centre(self, look: Look) -> float:
        return self.height() / 2 - TITLE_ABOVE - (look.px(20) - 20) / 2

    def _detail_centre(self, look: Look) -> float:
        return self.height() / 2 + DETAIL_BELOW + (look.px(14) - 14) / 2

    def _icon(self) -> str:
        return self._text.icon or ICONS[self._text.kind]

    def _paint_middle(self, painter: QPainter, look: Look) -> None:
        size, colour = look.px(20), look.theme.ink3
        space = self.width() - 2 * PAD - size - 8
        face = lettering.fitted(self._text.title, size=look.px(16), least=SMALLEST, space=space)
        words = min(lettering.width(self._text.title, face), space)
        left = (self.width() - size - 8 - words) / 2
        icons.draw(painter, self._icon(), x=left, centre=self.height() / 2, size=size, colour=colour)
        box = QRectF(left + size + 8, 0, words, self.height())
        lettering.draw(painter, self._text.title, face=face, rect=box, colour=colour)

    def _paint_icon(self, painter: QPainter, look: Look) -> None:
        tint = _tint(self._text.kind, look.theme)
        icons.draw(painter, self._icon(), x=PAD, centre=self.height() / 2, size=ICON, colour=tint)

    @property
    def _too_long(self) -> bool:
        """Whether words that are read aloud do not fit on one line."""
        space = self.width() - PAD - TEXT_LEFT
        face = lettering.font(16, bold=True)
        return self._text.kind is CardKind.PHRASE and lettering.width(self._text.title, face) > space

    def _paint_lines(self, painter: QPainter, look: Look) -> None:
        """The title alone, over the whole height."""
        box = QRectF(TEXT_LEFT, 4, self.width() - PAD - TEXT_LEFT, self.height() - 8)
        lettering.draw_lines(painter, self._text.title, box=box, size=look.px(20), colour=look.theme.ink)

    def _paint_rows(self, painter: QPainter, look: Look) -> None:
        """Title and temperature over detail and evidence; without room the evidence keeps its icon only."""
        text, theme = self._text, look.theme
        right = self.width() - PAD
        value = lettering.font(look.px(22), bold=True)
        used = lettering.width(text.value, value) + GAP if text.value else 0
        space = right - TEXT_LEFT - used
        face = lettering.fitted(text.title, size=look.px(20), least=16, space=space, bold=True)
        middle = self.height() / 2
        title = QRectF(TEXT_LEFT, (self._title_centre(look) if text.detail else middle) - 18, space, 36)
        lettering.draw(painter, text.title, face=face, rect=title, colour=theme.ink)
        if text.value:
            centre = self._title_centre(look) if text.evidence else middle
            x = right - used + GAP
            lettering.draw_at(painter, text.value, face=value, x=x, centre=centre, colour=theme.ink)
        self._paint_lower(painter, look, right)

    def _paint_lower(self, painter: QPainter, look: Look, right: float) -> None:
        text, colour, centre = self._text, look.theme.ink2, self._detail_centre(look)
        small = lettering.font(look.px(14))
        size = look.px(18) if text.evidence_icon else 0
        word = lettering.width(text.evidence, small) + 6 if text.evidence else 0
        needed = lettering.width(text.detail, lettering.font(SMALLEST))
        if size and TEXT_LEFT + needed + GAP + size + word > right:
            word = 0
        used = size + word + (GAP if size or word else 0)
        if word:
            x = right - word + 6
            lettering.draw_at(painter, text.evidence, face=small, x=x, centre=centre, colour=colour)
        if size:
            x = right - word - size
            icons.draw(painter, text.evidence_icon, x=x, centre=centre, size=size, colour=colour)
        space = right - TEXT_LEFT - used
        if not used and needed > space and self.height() >= HIGH:
            box = QRectF(TEXT_LEFT, centre - 10, space, self.height() - PAD / 2 - centre + 10)
            lettering.draw_lines(painter, text.detail, box=box, size=look.px(14), colour=colour, bold=False)
            return
        face = lettering.fitted(text.detail, size=look.px(14), least=SMALLEST, space=space)
        row = QRectF(TEXT_LEFT, centre - 14, space, 28)
        lettering.draw(painter, text.detail, face=face, rect=row, colour=colour)
