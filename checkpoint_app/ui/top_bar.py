"""Where this is, who is on, how fresh the data sets are, and when the last entry was saved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from checkpoint_app.domain.words import VerdictState
from checkpoint_app.ui import icons, lettering
from checkpoint_app.ui.painted import Painted, draw_box, line_pen, painting
from checkpoint_app.ui.theme import SMALLEST, look
from checkpoint_app.ui.tokens import LIGHT_EXPIRED, LIGHT_FRESH, LIGHT_OLD, Theme

HEIGHT, LEFT, RIGHT = 48, 12, 16
TEXT, CHIP, LIGHT = 16, 18, 12
GAP, WORD_GAP, CHIP_PAD = 18, 7, 12


class Freshness(StrEnum):
    FRESH = "fresh"
    OLD = "old"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Light:
    """A data set: name, version with age in words, and how fresh it is; `strong` for the clock's time."""

    name: str
    value: str
    freshness: Freshness = Freshness.FRESH
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Tag:
    """A boxed word after the shift: bus mode, muted, demonstration; `stop`: another lane's, which insists."""

    icon: str
    text: str
    stop: bool = False


@dataclass(frozen=True, slots=True)
class BarText:
    """`lane` names the lane that keys and scans belong to, "" where none is looked at; `title` the page where
    that is no lane; `passed` how long the shift has lasted.
    """

    lane: str
    station: str
    shift: str = ""
    tags: tuple[Tag, ...] = ()
    lights: tuple[Light, ...] = ()
    saved_label: str = ""
    saved: str = ""
    title: str = ""
    passed: str = ""


@dataclass(frozen=True, slots=True)
class _Piece:
    """One run of the bar. `kind` is text, bold, light, icon or line; `after` the gap behind it."""

    kind: str
    text: str
    colour: str
    after: float = WORD_GAP


class TopBar(Painted):
    """Text shrinks to 14 px before anything gives way: first the whole shift, then the words
    of tags, the last first (another lane's stop keeps them), then the station's end. On a page of its own,
    with a title, the words of tags go before the shift."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = BarText("", "")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def text(self) -> BarText:
        return self._text

    def show_text(self, text: BarText) -> None:
        if text == self._text:
            return
        self._text = text
        lights = "，".join(f"{light.name} {light.value}" for light in text.lights)
        tags = "".join(f"，{tag.text}" for tag in text.tags)
        self.setAccessibleName(
            f"{text.title} {text.lane} {text.station} {text.shift}{tags}，{text.passed} {lights}".strip()
        )
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(1290, HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self) as painter:
            theme = look().theme
            painter.fillRect(self.rect(), theme.chrome)
            if theme.chrome == theme.bg:
                painter.fillRect(QRectF(0, HEIGHT - 2, self.width(), 2), theme.onchrome)
            size = self._size(theme)
            right = list(_right_pieces(self._text, theme))
            edge = self.width() - RIGHT - _width(right, size)
            self._paint_left(painter, theme, size, edge - GAP)
            _draw_pieces(painter, right, size=size, x=edge)

    def _size(self, theme: Theme) -> int:
        """The largest size from 16 px (scaled) down to 14 at which everything fits."""
        for size in range(look().px(TEXT), SMALLEST, -1):
            used = _width(list(_right_pieces(self._text, theme)), size) + self._left_width(size)
            if used + LEFT + RIGHT + GAP <= self.width():
                return size
        return SMALLEST

    def _left_width(self, size: int) -> float:
        text = self._text
        bold, face = lettering.font(size, bold=True), lettering.font(size)
        used = _chip_width(text.lane, size) + lettering.width(text.station, bold)
        used += GAP if text.lane else 0
        used += (
            lettering.width(text.title, lettering.font(size + CHIP - TEXT, bold=True)) + GAP
            if text.title
            else 0
        )
        used += GAP + lettering.width(text.shift, face) if text.shift else 0
        return used + sum(GAP + _tag_width(tag, size) for tag in text.tags)

    def _paint_left(self, painter: QPainter, theme: Theme, size: int, edge: float) -> None:
        text, x = self._text, float(LEFT)
        if text.title:
            face = lettering.font(size + CHIP - TEXT, bold=True)
            x += lettering.draw_at(
                painter, text.title, face=face, x=x, centre=HEIGHT / 2, colour=theme.onchrome
            )
            x += GAP
        if text.lane:
            x += _draw_chip(painter, text.lane, size=size, x=x, theme=theme) + GAP
        bold, face = lettering.font(size, bold=True), lettering.font(size)
        kept = lettering.width(text.station, bold)
        kept += GAP + lettering.width(text.shift, face) if text.title and text.shift else 0
        shown = _worded(text.tags, size=size, space=edge - x - kept)
        tags = sum(GAP + _tag_width(tag, size) for tag in shown)
        station = min(lettering.width(text.station, bold), max(0.0, edge - tags - x))
        box = QRectF(x, 0, station, HEIGHT)
        lettering.draw(painter, text.station, face=bold, rect=box, colour=theme.onchrome)
        x += station + GAP
        shift = lettering.width(text.shift, face)
        if text.shift and shift <= edge - tags - x:
            box = QRectF(x, 0, shift, HEIGHT)
            lettering.draw(painter, text.shift, face=face, rect=box, colour=theme.onchrome2)
            x += shift + GAP
        for tag in shown:
            x += _draw_tag(painter, tag, size=size, x=x, theme=theme) + GAP


def _chip_width(text: str, size: int) -> float:
    if not text:
        return 0.0
    return lettering.width(text, lettering.font(size + CHIP - TEXT, bold=True)) + 2 * CHIP_PAD


def _draw_chip(painter: QPainter, text: str, *, size: int, x: float, theme: Theme) -> float:
    face = lettering.font(size + CHIP - TEXT, bold=True)
    box = QRectF(x, 8, _chip_width(text, size), 32)
    draw_box(painter, box, fill=theme.onchrome)
    colour = theme.chrome
    lettering.draw(painter, text, face=face, rect=box, colour=colour, align=lettering.CENTRE)
    return box.width()


def _worded(tags: tuple[Tag, ...], *, size: int, space: float) -> list[Tag]:
    """The tags as far as their words fit; of the others the icon alone."""
    shown = list(tags)
    for place in reversed(range(len(shown))):
        if sum(GAP + _tag_width(tag, size) for tag in shown) <= space:
            break
        if not shown[place].stop:
            shown[place] = replace(shown[place], text="")
    return shown


def _tag_width(tag: Tag, size: int) -> float:
    if not tag.text:
        return size + 20
    return lettering.width(tag.text, lettering.font(max(SMALLEST, size - 2), bold=True)) + size + 28


def _draw_tag(painter: QPainter, tag: Tag, *, size: int, x: float, theme: Theme) -> float:
    box = QRectF(x, 11, _tag_width(tag, size), 26)
    stop = theme.verdict(VerdictState.STOP)
    fill, ink = (stop.fill, stop.text) if tag.stop else ("", theme.onchrome)
    draw_box(painter, box, fill=fill, border=ink, width=1)
    centre = box.center().y()
    icons.draw(painter, tag.icon, x=x + 9, centre=centre, size=size + 2, colour=ink)
    face = lettering.font(max(SMALLEST, size - 2), bold=True)
    lettering.draw_at(painter, tag.text, face=face, x=x + size + 17, centre=centre, colour=ink)
    return box.width()


def light_colour(freshness: Freshness) -> str:
    return {
        Freshness.FRESH: LIGHT_FRESH,
        Freshness.OLD: LIGHT_OLD,
        Freshness.EXPIRED: LIGHT_EXPIRED,
    }[freshness]


def _right_pieces(text: BarText, theme: Theme) -> Iterator[_Piece]:
    if text.passed:
        yield _Piece("text", text.passed, theme.onchrome, GAP)
    for light in text.lights:
        value = theme.onchrome if light.freshness is Freshness.FRESH else light_colour(light.freshness)
        yield _Piece("light", light.freshness, light_colour(light.freshness))
        yield _Piece("text", light.name, theme.onchrome2)
        yield _Piece("bold" if light.strong else "text", light.value, value, GAP)
    if text.saved:
        yield _Piece("line", "", theme.edge, GAP)
        yield _Piece("icon", "device-floppy", theme.onchrome)
        yield _Piece("text", text.saved_label, theme.onchrome2)
        yield _Piece("bold", text.saved, theme.onchrome, 0)


def _piece_width(piece: _Piece, size: int) -> float:
    if piece.kind == "light":
        return LIGHT
    if piece.kind == "icon":
        return size + 2
    if piece.kind == "line":
        return 1
    return lettering.width(piece.text, lettering.font(size, bold=piece.kind == "bold"))


def _width(pieces: list[_Piece], size: int) -> float:
    return sum(_piece_width(piece, size) + piece.after for piece in pieces)


def _draw_pieces(painter: QPainter, pieces: list[_Piece], *, size: int, x: float) -> None:
    centre = HEIGHT / 2
    for piece in pieces:
        if piece.kind == "light":
            draw_light(painter, Freshness(piece.text), QRectF(x, centre - LIGHT / 2, LIGHT, LIGHT))
        elif piece.kind == "icon":
            icons.draw(painter, piece.text, x=x, centre=centre, size=size + 2, colour=piece.colour)
        elif piece.kind == "line":
            painter.fillRect(QRectF(round(x), 13, 1, HEIGHT - 26), piece.colour)
        else:
            face = lettering.font(size, bold=piece.kind == "bold")
            lettering.draw_at(painter, piece.text, face=face, x=x, centre=centre, colour=piece.colour)
        x += _piece_width(piece, size) + piece.after


def draw_light(painter: QPainter, freshness: Freshness, box: QRectF) -> None:
    """Full disc, half disc in a ring, or crossed box: told apart without colour."""
    colour = light_colour(freshness)
    if freshness is Freshness.FRESH:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour))
        painter.drawEllipse(box)
        return
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(line_pen(colour, 1.5))
    inner = box.adjusted(0.75, 0.75, -0.75, -0.75)
    if freshness is Freshness.OLD:
        painter.drawEllipse(inner)
        painter.setBrush(QColor(colour))
        painter.drawPie(inner, 90 * 16, 180 * 16)
        return
    painter.drawRect(inner)
    painter.drawLine(QPointF(inner.topLeft()), QPointF(inner.bottomRight()))
    painter.drawLine(QPointF(inner.topRight()), QPointF(inner.bottomLeft()))
