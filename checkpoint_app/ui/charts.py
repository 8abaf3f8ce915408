"""Where the parts of a chart stand: stacked columns, stacked bars, a share bar, a value against its limit.

Pure geometry in px, y downwards; `chart_paint` draws it, the ring of n is `bus_ring`. Axes begin at zero, no
text lies over another one or outside, and the parts of a stack tile it exactly: the painter leaves the gap.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import NamedTuple

MOST_SERIES = 5
LINE = 1.45
COLUMN, COLUMN_SHARE = 70, 0.7
BAR, ROW = 30, 44
GAP = 8
LEAST_PLOT = 24
BULLET_ROOM = 1.72
_STEPS = (1, 2, 3, 4, 5, 6, 8, 10)

Measure = Callable[[str, bool], float]
"""Width of a text in px, plain or bold."""


class Box(NamedTuple):
    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        return self.x + self.w

    @property
    def bottom(self) -> float:
        return self.y + self.h

    def holds(self, other: Box) -> bool:
        """Whether the other one lies wholly inside, to half a pixel."""
        return (
            other.x >= self.x - 0.5
            and other.y >= self.y - 0.5
            and other.right <= self.right + 0.5
            and other.bottom <= self.bottom + 0.5
        )

    def meets(self, other: Box) -> bool:
        """Whether they share more than an edge."""
        across = min(self.right, other.right) - max(self.x, other.x)
        down = min(self.bottom, other.bottom) - max(self.y, other.y)
        return across > 0.01 and down > 0.01


@dataclass(frozen=True, slots=True)
class Text:
    """`tone` is a role of the theme, or "on" for a text on a series' colour; it stands in the middle."""

    words: str
    box: Box
    tone: str = "ink"
    bold: bool = False
    series: int = -1


@dataclass(frozen=True, slots=True)
class Piece:
    """The part of one series in one stack."""

    box: Box
    stack: int
    series: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """`grid` are lines across, `frame` what is expected and has not come."""

    pieces: tuple[Piece, ...] = ()
    texts: tuple[Text, ...] = ()
    grid: tuple[Box, ...] = ()
    frame: Box | None = None


@dataclass(frozen=True, slots=True)
class Stacks:
    """`values[stack][series]`, not negative; `foretold` is the total the last stack is expected to reach.

    `labels` name the stacks, `names` the series in drawing order, at most MOST_SERIES.
    """

    labels: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    values: tuple[tuple[int, ...], ...] = ()
    foretold: int | None = None

    @property
    def totals(self) -> tuple[int, ...]:
        return tuple(map(sum, self.values))

    @property
    def most(self) -> int:
        return max((*self.totals, self.foretold or 0), default=0)


def axis(most: float) -> tuple[int, ...]:
    """Three or four grid lines from zero to at least `most`, at round numbers; the lowest that will do."""
    found = [
        step * (lines - 1) for lines in (3, 4) for step in _round_steps(most) if step * (lines - 1) >= most
    ]
    top = min(found)
    lines = next(lines for lines in (4, 3) if any(step * (lines - 1) == top for step in _round_steps(most)))
    return tuple(top // (lines - 1) * place for place in range(lines))


def columns(
    chart: Stacks, area: Box, *, size: int, measure: Measure, expected: str, shown: Callable[[int], str] = str
) -> Drawing:
    """Stacked columns with their totals above; `expected` is the word for what is foretold."""
    if not chart.labels:
        return Drawing()
    marks, line = axis(chart.most), size * LINE
    left = max(measure(shown(mark), False) for mark in marks) + GAP
    plot = Box(area.x + left, area.y + line, area.w - left, area.h - 2 * line)
    if plot.w < LEAST_PLOT or plot.h < max(LEAST_PLOT, line + 1):
        return Drawing()
    scale, pitch = plot.h / marks[-1], plot.w / len(chart.labels)
    wide = round(min(COLUMN, pitch * COLUMN_SHARE))
    lefts = [round(plot.x + (place + 0.5) * pitch - wide / 2) for place in range(len(chart.labels))]
    pieces = tuple(
        piece
        for place, (x, values) in enumerate(zip(lefts, chart.values, strict=True))
        for piece in _column(values, Box(x, plot.y, wide, plot.h), place, scale=scale)
    )
    grid = tuple(Box(plot.x, round(plot.bottom - mark * scale), plot.w, 1) for mark in marks)
    numbers = _marked(marks, grid, area, line=line, measure=measure, shown=shown)
    row = Box(plot.x, plot.bottom, plot.w, line)
    middles = [x + wide / 2 for x in lefts]
    named = _spread(chart.labels, middles, [row.y] * len(lefts), row, line=line, measure=measure)
    tops = [plot.bottom - total * scale for total in chart.totals]
    frame, foretold, above = _expected(
        chart, Box(lefts[-1], plot.y, wide, plot.h), scale, line, expected, shown
    )
    tops[-1] = above
    room = Box(plot.x, area.y, plot.w, area.h)
    totals = _totals(
        chart, middles, [top - line for top in tops], room, line=line, measure=measure, shown=shown
    )
    more = _foretold_texts(foretold, room, totals, measure=measure)
    return Drawing(pieces, (*numbers, *named, *totals, *more), grid, frame)


def bars(
    chart: Stacks,
    area: Box,
    *,
    size: int,
    measure: Measure,
    shown: Callable[[int], str],
    total: Callable[[int], str],
) -> Drawing:
    """Stacked bars, one below the other, all to one scale; the total at the right end of each row."""
    if not chart.labels:
        return Drawing()
    before = max(measure(label, True) for label in chart.labels) + 1.5 * GAP
    behind = max(measure(total(each), True) for each in chart.totals) + GAP
    room, pitch = area.w - before - behind, min(float(ROW * size / 14), area.h / len(chart.labels))
    if room < LEAST_PLOT or pitch < size:
        return Drawing()
    high = round(min(BAR * size / 14, max(pitch * 0.66, size * 1.2, 1.0), pitch - 1))
    pieces, texts = [], []
    scale = room / max(1, chart.most)
    for place, (label, values) in enumerate(zip(chart.labels, chart.values, strict=True)):
        top = round(area.y + place * pitch + (pitch - high) / 2)
        parts = _bar(values, Box(area.x + before, top, room, high), place, scale=scale)
        pieces += parts
        row = area.y + place * pitch
        words = total(sum(values))
        texts.append(Text(label, Box(area.x, row, measure(label, True), pitch), bold=True))
        texts.append(Text(words, Box(area.right - behind + GAP, row, measure(words, True), pitch), bold=True))
        texts += _inside(parts, values, measure=measure, shown=shown, size=size)
    return Drawing(tuple(pieces), tuple(texts))


def share(values: Sequence[int], area: Box) -> Drawing:
    """One bar over the whole width, parted as the values are; nothing when all are zero."""
    whole = sum(values)
    return Drawing(tuple(_bar(values, area, 0, scale=area.w / whole))) if whole else Drawing()


def bullet(value: float, limit: float, area: Box) -> tuple[Box, float]:
    """The bar of a value, and where its limit's line stands; one scale for every value under 1.7 limits."""
    full = max(limit * BULLET_ROOM, value, 1e-9)
    return Box(area.x, area.y, area.w * max(0.0, value) / full, area.h), area.x + area.w * limit / full


def percents(values: Sequence[int]) -> tuple[int, ...]:
    """Whole percent of each that sum to 100: the largest remainders are rounded up."""
    whole = sum(values)
    if not whole:
        return (0,) * len(values)
    floors = [100 * value // whole for value in values]
    order = sorted(range(len(values)), key=lambda place: (-(100 * values[place] % whole), place))
    lucky = set(order[: 100 - sum(floors)])
    return tuple(floor + (place in lucky) for place, floor in enumerate(floors))


def _marked(
    marks: Sequence[int],
    grid: Sequence[Box],
    area: Box,
    *,
    line: float,
    measure: Measure,
    shown: Callable[[int], str],
) -> tuple[Text, ...]:
    """The numbers of the axis; only its two ends where the lines are closer than a text is high."""
    closest = min(below.y - above.y for below, above in pairwise(grid))
    every = 1 if closest >= line else len(marks) - 1
    return tuple(
        Text(shown(mark), Box(area.x, y.y - line / 2, measure(shown(mark), False), line), "ink2")
        for mark, y in zip(marks[::every], grid[::every], strict=True)
    )


def _round_steps(most: float) -> tuple[int, ...]:
    power = 1
    while power * 10 * 3 < most:
        power *= 10
    return tuple(power * step for step in _STEPS)


def _edges(values: Sequence[int], scale: float) -> list[int]:
    """The ends of the parts of a stack from its beginning, in whole px: so they tile without a seam."""
    return [round(end * scale) for end in accumulate(values, initial=0)]


def _column(values: Sequence[int], place: Box, stack: int, *, scale: float) -> list[Piece]:
    edges, foot = _edges(values, scale), round(place.bottom)
    return [
        Piece(Box(place.x, foot - after, place.w, after - before), stack, series)
        for series, (before, after) in enumerate(pairwise(edges))
        if after > before
    ]


def _bar(values: Sequence[int], place: Box, stack: int, *, scale: float) -> list[Piece]:
    edges = _edges(values, scale)
    return [
        Piece(Box(place.x + before, place.y, after - before, place.h), stack, series)
        for series, (before, after) in enumerate(pairwise(edges))
        if after > before
    ]


def _inside(
    parts: Sequence[Piece], values: Sequence[int], *, measure: Measure, shown: Callable[[int], str], size: int
) -> list[Text]:
    """The value in each part that has room for it."""
    return [
        Text(words, part.box, "on", bold=True, series=part.series)
        for part in parts
        if measure(words := shown(values[part.series]), True) + 3 <= part.box.w and part.box.h >= size
    ]


def _spread(
    words: Sequence[str],
    middles: Sequence[float],
    tops: Sequence[float],
    room: Box,
    *,
    line: float,
    measure: Measure,
    bold: bool = False,
) -> tuple[Text, ...]:
    """As many of the words as stand side by side, the last one always; none leaves `room` sideways."""
    boxes = []
    for text, middle, top in zip(words, middles, tops, strict=True):
        wide = min(measure(text, bold), room.w)
        boxes.append(Box(min(max(room.x, middle - wide / 2), room.right - wide), top, wide, line))
    for every in range(1, len(words) + 1):
        kept = range(len(words) - 1, -1, -every)
        if all(boxes[left].right + 2 <= boxes[right].x for right, left in pairwise(kept)):
            break
    tone = "ink" if bold else "ink2"
    return tuple(Text(words[place], boxes[place], tone, bold=bold) for place in sorted(kept))


def _totals(
    chart: Stacks,
    middles: Sequence[float],
    tops: Sequence[float],
    room: Box,
    *,
    line: float,
    measure: Measure,
    shown: Callable[[int], str],
) -> tuple[Text, ...]:
    """The total over each column; without its separators where that is what makes all of them fit."""
    plain = _spread(
        [str(each) for each in chart.totals], middles, tops, room, line=line, measure=measure, bold=True
    )
    whole = _spread(
        [shown(each) for each in chart.totals], middles, tops, room, line=line, measure=measure, bold=True
    )
    return whole if len(whole) >= len(plain) else plain


def _expected(
    chart: Stacks, place: Box, scale: float, line: float, word: str, shown: Callable[[int], str]
) -> tuple[Box | None, tuple[Text, ...], float]:
    """The frame over the last column, its words, and where the last total's foot now stands."""
    total = chart.totals[-1]
    top = place.bottom - total * scale
    if chart.foretold is None or chart.foretold <= total:
        return None, (), top
    begins = round(place.bottom - chart.foretold * scale)
    frame = Box(place.x, begins, place.w, round(top) - begins)
    lines = int(frame.h // line)
    number = shown(chart.foretold)
    if lines >= 3:
        words = (
            Text(word, Box(frame.x, frame.y + 2, frame.w, line), "ink2"),
            Text(number, Box(frame.x, frame.y + 2 + line, frame.w, line), "ink2"),
        )
        return frame, words, top
    if lines >= 1:
        return frame, (Text(f"{word} {number}", Box(frame.x, frame.y - line, frame.w, line), "ink2"),), top
    return frame, (), frame.y


def _foretold_texts(
    texts: Sequence[Text], room: Box, others: Sequence[Text], *, measure: Measure
) -> tuple[Text, ...]:
    """What is foretold, as far as it lies over nothing; wider than its column it reaches to the left."""
    found: list[Text] = []
    for text in texts:
        wide = measure(text.words, False)
        middle = text.box.x + text.box.w / 2
        x = min(max(room.x, middle - wide / 2), room.right - wide)
        box = Box(x, text.box.y, wide, text.box.h)
        if room.holds(box) and not any(box.meets(other.box) for other in (*others, *found)):
            found.append(Text(text.words, box, text.tone))
    return tuple(found)
