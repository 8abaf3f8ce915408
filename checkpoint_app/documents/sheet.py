"""Pages filled from the top by hand: text, lines and bars at points of A4, fast enough for thousands of rows.

Positions are points from the left and the lower edge. Text of a page is gathered and drawn over its lines,
in the order it was said, which is also the order in which it reads back.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from reportlab.lib.colors import Color, black

from checkpoint_app.documents import style
from checkpoint_app.documents.faces import REGULAR, load_fonts, shown, width
from checkpoint_app.documents.lettering import Lettering
from checkpoint_app.documents.paging import Paged, page_of
from checkpoint_app.documents.setting import shortened

Progress = Callable[[int, int], bool]
"""Gets how much is done of how much; False ends the work."""

EVERY = 100
LEFT, MIDDLE, RIGHT = "left", "middle", "right"


class Stopped(Exception):  # noqa: N818 - nothing failed: somebody said enough
    """The progress said no."""


@dataclass(frozen=True, slots=True)
class Footing:
    """At the left of the foot `first` on the first page, `later` on the others; `middle` on all."""

    first: str
    later: str
    middle: str


class Sheet:
    """One PDF in the making. `y` is the lower edge of what is drawn; `done` of `whole` rows are drawn."""

    def __init__(
        self,
        *,
        title: str,
        footing: Footing,
        page: tuple[float, float] = style.PAGE,
        whole: int = 0,
        progress: Progress | None = None,
    ) -> None:
        load_fonts()
        self._out = io.BytesIO()
        self._canvas = Paged(self._foot, self._out, pagesize=page, pageCompression=1)
        self._canvas.setTitle(shown(title))
        self._canvas.setAuthor("checkpoint-app")
        self._footing, self._progress = footing, progress
        self._later: dict[int, list[Callable[[], None]]] = {}
        self._letters = self._canvas.letters()
        self.wide, self.high = page
        self.y: float = 0.0
        self.left: float = style.SIDE
        self.right: float = page[0] - style.SIDE
        self.top: float = page[1] - style.TOP
        self.bottom: float = style.FOOT + 6 * style.MM
        self.page, self.done, self.whole = 1, 0, whole
        self.on_page: Callable[[], None] | None = None
        self._begin()

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def room(self) -> float:
        """Points left above the foot."""
        return self.y - self.bottom

    def _begin(self) -> None:
        self._pen: tuple[float, Color] | None = None
        self._text, self.y = Lettering(self._letters), self.top

    def _end(self) -> None:
        self._canvas.drawText(self._text)
        self._canvas.showPage()

    def next_page(self) -> None:
        self._end()
        self.page += 1
        self._begin()
        if self.on_page is not None:
            self.on_page()

    def need(self, room: float) -> None:
        """A new page unless `room` points are left on this one."""
        if room > self.room and self.y < self.top:
            self.next_page()

    def step(self) -> None:
        """One more row is drawn. Raises Stopped."""
        self.done += 1
        if self.done % EVERY == 0 and self._progress and not self._progress(self.done, self.whole):
            raise Stopped

    def text(
        self,
        x: float,
        y: float,
        words: str,
        *,
        size: float = style.TEXT,
        bold: bool = False,
        at: str = LEFT,
    ) -> None:
        """Words on the base line `y`; `x` is their left, middle or right end. They are not looked at again:
        `faces.shown` comes first.
        """
        if not words:
            return
        if at != LEFT:
            wide = width(words, size, bold=bold)
            x -= wide if at == RIGHT else wide / 2
        self._text.say(x, y, words, size=size, bold=bold)

    def spread(self, x: float, y: float, words: str, *, size: float, space: float) -> None:
        """Bold words around `x` with `space` points between their signs, as a title has them."""
        wide = width(words, size, bold=True) + space * (len(words) - 1)
        self._text.space(space)
        self.text(x - wide / 2, y, words, size=size, bold=True)
        self._text.space(0)

    def _take(self, thick: float, colour: Color) -> None:
        """The pen for what follows; said only when it is another."""
        if self._pen != (thick, colour):
            self._pen = (thick, colour)
            self._canvas.setLineWidth(thick)
            self._canvas.setStrokeColor(colour)

    def line(self, x: float, y: float, to_x: float, to_y: float, *, thick: float = style.LINE) -> None:
        self._take(thick, black)
        self._canvas.rule(x, y, to_x, to_y)

    def faint(self, x: float, y: float, to_x: float) -> None:
        """A grid line of a chart."""
        self._take(style.LINE, style.GRID_GREY)
        self._canvas.rule(x, y, to_x, y)

    def fill(self, x: float, y: float, wide: float, high: float, colour: Color) -> None:
        self._canvas.setFillColor(colour)
        self._canvas.rect(x, y, wide, high, stroke=0, fill=1)
        self._canvas.setFillColor(black)

    def box(self, x: float, y: float, wide: float, high: float, *, thick: float = style.LINE) -> None:
        self._take(thick, black)
        self._canvas.rect(x, y, wide, high, stroke=1, fill=0)

    def path(self, *points: tuple[float, float], thick: float) -> None:
        """A line through the points."""
        self._take(thick, black)
        path = self._canvas.beginPath()
        path.moveTo(*points[0])
        for point in points[1:]:
            path.lineTo(*point)
        self._canvas.drawPath(path, stroke=1, fill=0)

    def later(self, draw: Callable[[Any], None]) -> None:
        """`draw` gets the canvas of this page when every page is there and what it has to say is known."""
        self._later.setdefault(self.page, []).append(lambda: draw(self._canvas))

    def finish(self) -> tuple[bytes, int]:
        """The PDF and its number of pages. Raises Stopped."""
        self._end()
        if self._progress and not self._progress(self.whole, self.whole):
            raise Stopped
        self._canvas.save()
        return self._out.getvalue(), self.page

    def _foot(self, canvas: Paged, number: int, whole: int) -> None:
        for draw in self._later.get(number, ()):
            draw()
        base = style.FOOT + 1 * style.MM
        canvas.setFont(REGULAR, style.SMALL)
        canvas.setFillColor(black)
        page, middle = page_of(number, whole), self._footing.middle
        room = self.width - width(page, style.SMALL) - width(middle, style.SMALL) - 20
        first = shortened(self._footing.first if number == 1 else self._footing.later, room, style.SMALL)
        canvas.drawString(self.left, base, first)
        between = (self.left + width(first, style.SMALL) + self.right - width(page, style.SMALL)) / 2
        canvas.drawCentredString(between, base, middle)
        canvas.drawRightString(self.right, base, page)
