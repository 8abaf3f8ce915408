"""The row of a bus: who is set aside, and a grid of everybody who is not checked yet."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from checkpoint_app.ui import icons, key_caps, lettering, said
from checkpoint_app.ui.painted import Painted, draw_box, painting
from checkpoint_app.ui.theme import SMALLEST, Look, look

HEIGHT, PAD = 112, 13
TITLE_CENTRE, NAME_CENTRE, HINT_CENTRE = 20, 58, 92
CHIP, CHIP_HEIGHT, CHIP_GAP, CHIP_PAD = 94, 33, 6, 8
FIRST_ROW = 37
MOST_CHIPS = 16


@dataclass(frozen=True, slots=True)
class Chip:
    """One person who is not checked: seat or number, masked name."""

    number: int
    seat: str
    name: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class AsideText:
    """Title, where they wait, the first one's name, what was found and when; `foot` may name a key."""

    title: str
    place: str
    name: str
    found: str
    since: str
    foot: str

    @property
    def spoken(self) -> str:
        return " ".join((self.title, self.name, self.found, self.foot.replace("[", "").replace("]", "")))


@dataclass(frozen=True, slots=True)
class BusText:
    title: str
    note: str
    chips: tuple[Chip, ...]
    aside: AsideText | None = None


class AsideCard(Painted):
    """Whoever must be looked at before the bus may go."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = AsideText("", "", "", "", "", "")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_text(self, text: AsideText) -> None:
        self._text = text
        self.setAccessibleName(text.spoken)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(416, HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self) as painter:
            theme = look().theme
            rect = QRectF(self.rect())
            draw_box(painter, rect, fill=theme.badbg, border=theme.bad, width=2)
            inner = rect.adjusted(PAD, 0, -PAD, 0)
            self._paint_title(painter, inner, look())
            self._paint_name(painter, inner, look())
            self._paint_foot(painter, inner, look())

    def _paint_title(self, painter: QPainter, inner: QRectF, look: Look) -> None:
        theme, text, size = look.theme, self._text, look.px(20)
        icons.draw(painter, "user-question", x=inner.left(), centre=TITLE_CENTRE, size=size, colour=theme.bad)
        left = inner.left() + size + 8
        bold = lettering.font(look.px(16), bold=True)
        used = lettering.draw_at(
            painter, text.title, face=bold, x=left, centre=TITLE_CENTRE, colour=theme.ink
        )
        space = inner.right() - left - used - 12
        small = lettering.fitted(text.place, size=look.px(14), least=SMALLEST, space=space)
        if lettering.width(text.place, small) <= space:
            x = inner.right() - lettering.width(text.place, small)
            lettering.draw_at(painter, text.place, face=small, x=x, centre=TITLE_CENTRE, colour=theme.bad)

    def _paint_name(self, painter: QPainter, inner: QRectF, look: Look) -> None:
        """Who, what was found, and when where there is room."""
        theme, text, x = look.theme, self._text, inner.left()
        size = look.px(20)
        whole = f"{text.name}  {text.found}"
        face = lettering.fitted(whole, size=size, least=16, space=inner.width(), bold=True)
        x += lettering.draw_at(painter, text.name, face=face, x=x, centre=NAME_CENTRE, colour=theme.ink) + 13
        box = QRectF(x, NAME_CENTRE - 20, inner.right() - x, 40)
        lettering.draw(painter, text.found, face=face, rect=box, colour=theme.bad)
        x += lettering.width(text.found, face) + 13
        small = lettering.font(look.px(14))
        if text.since and x + lettering.width(text.since, small) <= inner.right():
            lettering.draw_at(painter, text.since, face=small, x=x, centre=NAME_CENTRE, colour=theme.ink2)

    def _paint_foot(self, painter: QPainter, inner: QRectF, look: Look) -> None:
        theme, size = look.theme, look.px(16)
        icons.draw(painter, "info-circle", x=inner.left(), centre=HINT_CENTRE, size=size, colour=theme.ink2)
        left = inner.left() + size + 6
        parts = said.with_keys(self._text.foot)
        space = inner.right() - left
        fitting = key_caps.fit_line(parts, size=look.px(14), least=SMALLEST, space=space)
        key_caps.draw_line(painter, parts, size=fitting, x=left, centre=HINT_CENTRE, colour=theme.ink2)


class MissingGrid(Painted):
    """`touched(number of the person)`. Sixteen at most at once; `turn` shows the next or previous ones."""

    touched = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = BusText("", "", ())
        self._page = 0
        self._more = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def shown(self) -> tuple[Chip, ...]:
        """The chips of this page."""
        size = self._size()
        page = min(self._page, self.pages - 1)
        return self._text.chips[page * size : (page + 1) * size]

    @property
    def pages(self) -> int:
        return max(1, -(-len(self._text.chips) // self._size()))

    def show_text(self, text: BusText, *, more: str) -> None:
        """`more` says how many are on other pages: "还有 {n} 人"."""
        if (text, more) == (self._text, self._more):
            return
        turned = [chip.number for chip in text.chips if chip.current] != [
            chip.number for chip in self._text.chips if chip.current
        ]
        self._text, self._more = text, more
        self._page = min(self._page, self.pages - 1)
        if turned:
            self._follow()
        names = "，".join(f"{chip.seat} {chip.name}".strip() for chip in text.chips)
        self.setAccessibleName(f"{text.title}：{names}" if names else text.title)
        self.update()

    def turn(self, by: int) -> None:
        """The next or previous page, round and round."""
        self._page = (min(self._page, self.pages - 1) + by) % self.pages
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(838, HEIGHT)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        for chip, cell in zip(self.shown, self._cells(), strict=False):
            if cell.contains(QPointF(event.position())):
                self.touched.emit(chip.number)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self) as painter:
            theme = look().theme
            draw_box(painter, QRectF(self.rect()), fill=theme.surface, border=theme.line, width=1)
            self._paint_title(painter, look())
            for chip, cell in zip(self.shown, self._cells(), strict=False):
                _draw_chip(painter, chip, cell, look=look())

    def _follow(self) -> None:
        """Whoever keys go to is on the page that is shown."""
        for place, chip in enumerate(self._text.chips):
            if chip.current:
                self._page = place // self._size()

    def _columns(self) -> int:
        return max(1, int((self.width() - 2 * PAD + CHIP_GAP) // (look().px(CHIP) + CHIP_GAP)))

    def _size(self) -> int:
        return min(2 * self._columns(), MOST_CHIPS)

    def _cells(self) -> tuple[QRectF, ...]:
        columns = self._size() // 2
        width = min(look().px(CHIP) * 1.2, (self.width() - 2 * PAD - (columns - 1) * CHIP_GAP) / columns)
        return tuple(
            QRectF(
                PAD + (n % columns) * (width + CHIP_GAP),
                FIRST_ROW + (n // columns) * (CHIP_HEIGHT + CHIP_GAP),
                width,
                CHIP_HEIGHT,
            )
            for n in range(2 * columns)
        )

    def _paint_title(self, painter: QPainter, look: Look) -> None:
        text, theme, right = self._text, look.theme, float(self.width() - PAD)
        bold, small = lettering.font(look.px(16), bold=True), lettering.font(look.px(14))
        x = PAD + lettering.draw_at(
            painter, text.title, face=bold, x=PAD, centre=TITLE_CENTRE, colour=theme.ink
        )
        rest = len(text.chips) - len(self.shown)
        if rest:
            words = said.with_keys(self._more.format(n=rest))
            width = key_caps.line_width(words, look.px(14))
            right -= width
            key_caps.draw_line(
                painter, words, size=look.px(14), x=right, centre=TITLE_CENTRE, colour=theme.ink2
            )
        if x + 10 + lettering.width(text.note, small) <= right - 12:
            lettering.draw_at(
                painter, text.note, face=small, x=x + 10, centre=TITLE_CENTRE, colour=theme.ink2
            )


def _draw_chip(painter: QPainter, chip: Chip, cell: QRectF, *, look: Look) -> None:
    theme = look.theme
    if chip.current:
        draw_box(painter, cell, fill=theme.sel, border=theme.accent, width=3)
    else:
        draw_box(painter, cell, border=theme.warn, width=1, dashed=True)
    centre, x = cell.center().y(), cell.left() + CHIP_PAD
    space = cell.width() - 2 * CHIP_PAD
    if not chip.name:
        face = lettering.fitted(chip.seat, size=look.px(16), least=SMALLEST, space=space, bold=True)
        lettering.draw_at(painter, chip.seat, face=face, x=x, centre=centre, colour=theme.ink)
        return
    seat = lettering.fitted(chip.seat, size=look.px(15), least=SMALLEST, space=space / 2)
    x += lettering.draw_at(painter, chip.seat, face=seat, x=x, centre=centre, colour=theme.ink2) + 6
    room = cell.right() - 4 - x
    face = lettering.fitted(chip.name, size=look.px(16), least=SMALLEST, space=room, bold=True)
    box = QRectF(x, cell.top(), room, cell.height())
    lettering.draw(painter, chip.name, face=face, rect=box, colour=theme.ink)
