"""The vehicles of a convoy as small plates with their numbers."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from checkpoint_app.ui import lettering, said
from checkpoint_app.ui.painted import Painted, draw_box, painting
from checkpoint_app.ui.person_card import HEIGHT
from checkpoint_app.ui.theme import SMALLEST, Look, look
from checkpoint_app.ui.tokens import PlateColour

PAD, GAP, TITLE_WIDTH = 12, 8, 92
PLATE, PLATE_HEIGHT, NUMBER = 106, 28, 24
LINE_GAP = 6


@dataclass(frozen=True, slots=True)
class SmallPlate:
    """`plate` is "" for a vehicle that was only counted; None is an unknown colour."""

    plate: str
    colour: PlateColour | None = None


@dataclass(frozen=True, slots=True)
class ConvoyText:
    """`empty` stands for a missing plate; `more` takes the number of vehicles that do not fit as {n}."""

    title: str
    empty: str
    more: str
    plates: tuple[SmallPlate, ...]


class ConvoyStrip(Painted):
    """The newest vehicles in two lines; the first one is always there."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ConvoyText("", "", "", ())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def show_text(self, text: ConvoyText) -> None:
        if text == self._text:
            return
        self._text = text
        plates = "，".join(plate.plate or text.empty for plate in text.plates)
        self.setAccessibleName(f"{text.title}：{plates}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(620, HEIGHT)

    def shown(self) -> tuple[tuple[int, SmallPlate], ...]:
        """Number from 1 and plate of those that fit: the first and the newest."""
        plates = tuple(enumerate(self._text.plates, 1))
        room = self._places()
        return plates if len(plates) <= room else (plates[0], *plates[len(plates) - room + 1 :])

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self) as painter:
            theme, text = look().theme, self._text
            draw_box(painter, QRectF(self.rect()), fill=theme.surface, border=theme.line, width=2)
            rest = len(text.plates) - len(self.shown())
            title = QRectF(PAD, 4, self._title_width() - PAD - GAP, self.height() - 8)
            words = f"{text.title} {text.more.format(n=rest)}" if rest else text.title
            lettering.draw_lines(painter, words, box=title, size=look().px(18), colour=theme.ink)
            for place, (number, plate) in enumerate(self.shown()):
                _draw(painter, number, plate, self._cell(place), empty=text.empty, look=look())

    def _title_width(self) -> float:
        return PAD + look().px(TITLE_WIDTH)

    def _cell_width(self) -> float:
        return look().px(NUMBER) + look().px(PLATE)

    def _columns(self) -> int:
        return max(1, int((self.width() - self._title_width() - PAD + GAP) // (self._cell_width() + GAP)))

    def _places(self) -> int:
        return 2 * self._columns()

    def _cell(self, place: int) -> QRectF:
        row, column = divmod(place, self._columns())
        lines = 1 if len(self._text.plates) <= self._columns() else 2
        top = self.height() / 2 + (row - lines / 2) * (PLATE_HEIGHT + LINE_GAP) + LINE_GAP / 2
        return QRectF(
            self._title_width() + column * (self._cell_width() + GAP), top, self._cell_width(), PLATE_HEIGHT
        )


def _draw(painter: QPainter, number: int, plate: SmallPlate, cell: QRectF, *, empty: str, look: Look) -> None:
    theme, small = look.theme, lettering.font(look.px(15))
    lettering.draw_at(
        painter, said.numbered(number), face=small, x=cell.left(), centre=cell.center().y(), colour=theme.ink2
    )
    metal = cell.adjusted(look.px(NUMBER), 0, 0, 0)
    if not plate.plate:
        draw_box(painter, metal, border=theme.edge, width=1, dashed=True)
        face = lettering.fitted(empty, size=look.px(14), least=SMALLEST, space=metal.width() - 8)
        lettering.draw(painter, empty, face=face, rect=metal, colour=theme.ink2, align=lettering.CENTRE)
        return
    ground, text, line = theme.surface, theme.ink, theme.edge
    if plate.colour:
        colours = theme.plate(plate.colour)
        ground, text, line = colours.ground, colours.text, colours.line
    draw_box(painter, metal, fill=ground, border=line, width=1)
    shown = said.dotted(plate.plate)
    face = lettering.fitted(shown, size=look.px(16), least=SMALLEST, space=metal.width() - 10, bold=True)
    lettering.draw(painter, shown, face=face, rect=metal, colour=text, align=lettering.CENTRE)
