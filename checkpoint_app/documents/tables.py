"""Tables that go on over sheets: heads repeat, no row is torn, sums stand at the end of each sheet.

A row that no empty sheet could hold (a note of ten thousand characters) goes on under itself, line by line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from checkpoint_app.documents import style
from checkpoint_app.documents.faces import shown, width
from checkpoint_app.documents.setting import broken, shortened
from checkpoint_app.documents.sheet import LEFT, MIDDLE, RIGHT, Sheet
from checkpoint_app.i18n import _

PAD = 5.0
FEW = 12
MORE = 1.3
"""Height of each further line of a cell, by the size of its type."""
RISE = 0.36
"""From the base line up to the middle of a sign, by the size of its type."""


class Drawn(Protocol):
    """A cell that draws itself around the height `y` from `x` on."""

    def draw(self, sheet: Sheet, x: float, y: float, wide: float) -> None: ...


Cell = str | int | Drawn
Lines = tuple[str, ...]
USUAL = "1,000"
EMPTY: Lines = ("",)
"""Of a cell without words."""


@dataclass(frozen=True, slots=True)
class Column:
    """`share` of the width by weight; `summed`: its whole numbers are added up."""

    head: str
    share: float
    at: str = LEFT
    summed: bool = False
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Ticks:
    """Two boxes, one of them ticked once somebody has answered."""

    first: str
    second: str
    ticked: int | None = None

    def draw(self, sheet: Sheet, x: float, y: float, wide: float) -> None:
        second = max(wide / 2, 12 + width(self.first, style.CELL) + 6)
        for place, word in enumerate((self.first, self.second)):
            left = x + place * second
            sheet.box(left, y - 4.4, 8.8, 8.8, thick=0.9)
            if self.ticked == place:
                sheet.path((left + 1.8, y + 0.2), (left + 3.8, y - 2), (left + 7.2, y + 2.6), thick=1.5)
            sheet.text(left + 12, y - RISE * style.CELL, word, size=style.CELL)


@dataclass(frozen=True, slots=True)
class Share:
    """A bar of `part` of a whole, 0 to 1."""

    part: float

    def draw(self, sheet: Sheet, x: float, y: float, wide: float) -> None:
        sheet.fill(
            x, y - 3.5, max(wide * min(max(self.part, 0), 1), 0.6 if self.part else 0), 7, style.BAR_GREY
        )
        sheet.line(x, y - 5.5, x, y + 5.5, thick=0.4)


class Table:
    """Rows one after the other; `close` ends it."""

    def __init__(
        self,
        sheet: Sheet,
        columns: Sequence[Column],
        *,
        x: float | None = None,
        wide: float | None = None,
        size: float = style.CELL,
        high: float = style.ROW,
        headed: bool = True,
        pad: float = PAD,
    ) -> None:
        self._sheet, self._columns, self._size, self._high = sheet, tuple(columns), size, high
        self._headed, self._pad = headed, pad
        whole = sheet.width if wide is None else wide
        self._edges = [sheet.left if x is None else x]
        for each in _widths(columns, whole, size, pad):
            self._edges.append(self._edges[-1] + each)
        self._places = tuple(_places(self._columns, self._edges, pad))
        self._leading = size * MORE
        self._summed = [place for place, column in enumerate(columns) if column.summed]
        self._page = [0] * len(columns)
        self._all = [0] * len(columns)
        self._turned, self._top = False, sheet.y
        sheet.need(high * (5 if self._summed else 2))
        self._head()

    def row(self, cells: Sequence[Cell], *, bold: bool = False) -> None:
        """One row; its numbers count in the sums. Raises Stopped."""
        texts = self._texts(cells, bold)
        kept = 2 * self._high if self._summed else 0
        tall = self._tall(texts)
        self._make_room(tall, kept)
        while (room := self._sheet.room - kept) < tall:
            fits = max(int((room - self._high) / self._leading) + 1, 1)
            self._draw(cells, [lines[:fits] for lines in texts], bold)
            texts, cells = [lines[fits:] for lines in texts], [""] * len(cells)
            tall = self._tall(texts)
            self._turn()
        self._draw(cells, texts, bold)
        for place in self._summed:
            cell = cells[place]
            if isinstance(cell, int):
                self._page[place] += cell
                self._all[place] += cell
        self._sheet.step()

    def close(self, total: Sequence[Cell] | None = None) -> None:
        """`total` is the last row; without it the sums are, where there are any."""
        if self._summed and self._turned:
            self._sums(_("Page"), self._page)
        if total is not None:
            self._plain(total)
        elif self._summed:
            self._sums(_("Total"), self._all)
        self._rules()

    def _tall(self, texts: Sequence[Lines]) -> float:
        most = max(map(len, texts), default=1)
        return self._high + (max(most, 1) - 1) * self._leading

    def _make_room(self, tall: float, kept: float) -> None:
        """A new sheet, if the row fits on one and not here."""
        whole = self._sheet.top - self._sheet.bottom - self._high - kept
        few = self._sheet.room - kept < self._high * 2
        if tall > self._sheet.room - kept and (tall <= whole or few):
            self._turn()

    def _turn(self) -> None:
        if self._summed:
            self._sums(_("Page"), self._page)
            self._sums(_("So far"), self._all)
            self._page = [0] * len(self._columns)
        self._rules()
        self._sheet.next_page()
        self._turned = True
        self._head()

    def _sums(self, label: str, sums: Sequence[int]) -> None:
        cells: list[Cell] = [sums[place] if place in self._summed else "" for place in range(len(sums))]
        self._plain([label, *cells[1:]])

    def _plain(self, cells: Sequence[Cell]) -> None:
        self._draw(cells, self._texts(cells, bold=True), bold=True)

    def _head(self) -> None:
        self._top = self._sheet.y
        if self._headed:
            self._heads()
        self._sheet.line(self._edges[0], self._top, self._edges[-1], self._top)

    def _heads(self) -> None:
        heads = [
            broken(column.head, place.wide, self._size, bold=True)
            for column, place in zip(self._columns, self._places, strict=True)
        ]
        tall = self._tall(heads)
        self._sheet.fill(
            self._edges[0], self._top - tall, self._edges[-1] - self._edges[0], tall, style.HEAD_GREY
        )
        self._draw([column.head for column in self._columns], heads, bold=True)

    def _draw(self, cells: Sequence[Cell], texts: Sequence[Lines], bold: bool) -> None:
        sheet, tall = self._sheet, self._tall(texts)
        middle = sheet.y - tall / 2
        base = middle - RISE * self._size
        for cell, lines, place in zip(cells, texts, self._places, strict=True):
            if not isinstance(cell, str | int):
                cell.draw(sheet, place.left, middle, place.wide)
            elif lines is not EMPTY:
                self._say(lines, place, base, bold=bold or place.bold)
        sheet.y -= tall
        sheet.line(self._edges[0], sheet.y, self._edges[-1], sheet.y)

    def _say(self, lines: Lines, place: _Place, base: float, *, bold: bool) -> None:
        """The lines around the base line of a single one."""
        y = base + (len(lines) - 1) * self._leading / 2
        for line in lines:
            self._sheet.text(place.x, y, line, size=self._size, bold=bold, at=place.at)
            y -= self._leading

    def _rules(self) -> None:
        for edge in self._edges:
            self._sheet.line(edge, self._top, edge, self._sheet.y)

    def _texts(self, cells: Sequence[Cell], bold: bool) -> list[Lines]:
        size = self._size
        return [
            EMPTY
            if cell == ""
            else broken(cell, place.wide, size, bold=bold or place.bold)
            if isinstance(cell, str)
            else (_number(cell),)
            for cell, place in zip(cells, self._places, strict=True)
        ]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a column's words stand: `x` is their end that `at` names; from `left` on there is `wide` room."""

    x: float
    at: str
    bold: bool
    left: float
    wide: float


def _places(columns: Sequence[Column], edges: Sequence[float], pad: float) -> Iterator[_Place]:
    for column, left, right in zip(columns, edges, edges[1:], strict=False):
        x = {LEFT: left + pad, RIGHT: right - pad}.get(column.at, (left + right) / 2)
        yield _Place(x, column.at, column.bold, left + pad, right - left - 2 * pad)


def _number(cell: Cell) -> str:
    """Of a whole number; "" of what draws itself."""
    return f"{cell:,}" if isinstance(cell, int) else ""


def _widths(columns: Sequence[Column], whole: float, size: float, pad: float) -> list[float]:
    """By their shares; no word of a head is torn while all words together have room: who is too narrow gets
    what the others have to spare.
    """
    unit = whole / sum(column.share for column in columns)
    wide = [column.share * unit for column in columns]
    least = [_least(column, size, pad) for column in columns]
    lacking = sum(max(need - has, 0) for need, has in zip(least, wide, strict=True))
    spare = sum(max(has - need, 0) for need, has in zip(least, wide, strict=True))
    if spare < lacking:
        given = spare / lacking
        return [min(has, need) + max(need - has, 0) * given for need, has in zip(least, wide, strict=True)]
    if not lacking:
        return wide
    kept = 1 - lacking / spare
    return [need + max(has - need, 0) * kept for need, has in zip(least, wide, strict=True)]


def _least(column: Column, size: float, pad: float) -> float:
    """So wide that no word of a head is torn, and no usual number in a column of numbers."""
    words = [*shown(column.head).split(" "), *([USUAL] if column.at == RIGHT else [])]
    return max(width(word, size, bold=True) for word in words) + 2 * pad + 0.5


def heading(
    sheet: Sheet,
    words: str,
    *,
    note: str = "",
    rows: int = 0,
    x: float | None = None,
    wide: float | None = None,
) -> None:
    """A bar and the name of what follows, a remark at the right. A table of a few `rows` stays on one sheet,
    of a longer one there is a beginning.
    """
    few = rows + 3 if rows <= FEW else 0
    sheet.need(style.HEAD_ROOM + max(few, 6) * style.ROW)
    left = sheet.left if x is None else x
    right = left + (sheet.width if wide is None else wide)
    base = sheet.y - style.HEAD_ROOM + 6.5
    sheet.fill(left, base - 3, style.BAR, 13.5, style.BLACK)
    sheet.text(left + 9.5, base, words, size=style.HEADING, bold=True)
    if note:
        room = right - left - width(words, style.HEADING, bold=True) - 24
        sheet.text(right, base, shortened(note, room, style.NOTE), size=style.NOTE, at=RIGHT)
    sheet.y -= style.HEAD_ROOM


def table(
    sheet: Sheet,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Cell]],
    *,
    total: Sequence[Cell] | None = None,
    size: float = style.CELL,
) -> None:
    """All rows under their head, and room behind them."""
    drawn = Table(sheet, columns, size=size)
    for row in rows:
        drawn.row(row)
    drawn.close(total)
    sheet.y -= style.GAP


def middle(head: str, share: float) -> Column:
    return Column(head, share, MIDDLE)


def right(head: str, share: float, *, summed: bool = False) -> Column:
    return Column(head, share, RIGHT, summed)
