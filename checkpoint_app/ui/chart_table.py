"""The numbers of a chart as a table: which way round it fits, and where its cells stand. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product

from checkpoint_app.i18n import _
from checkpoint_app.ui.charts import Box, Stacks, Text

SIDES, LINE = (7, 3), 1.36

Cells = tuple[tuple[str, ...], ...]
"""Rows of cells, the first row and the first cell of each are heads."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Texts and the lines between the rows."""

    texts: tuple[Text, ...] = ()
    lines: tuple[Box, ...] = ()


def cells_of(chart: Stacks, *, shown: Callable[[int], str] = str, sums: bool = True) -> Cells:
    """A row for each series and one of totals, a column for each stack; `sums` adds their sum."""
    by_series = [tuple(values[place] for values in chart.values) for place in range(len(chart.names))]
    rows = [*zip(chart.names, by_series, strict=True), (_("Total"), chart.totals)]
    head = ("", *chart.labels, *((_("Total"),) if sums else ()))
    return (
        head,
        *((name, *map(shown, values), *((shown(sum(values)),) if sums else ())) for name, values in rows),
    )


def turned(cells: Cells) -> Cells:
    """Columns as rows."""
    return tuple(zip(*cells, strict=True))


def fitted(
    cells: Cells, area: Box, *, size: int, least: int, measure: Callable[[str, bool, int], float]
) -> tuple[Grid, int]:
    """The table as large as it fits, from `size` down to `least` px, as it is or turned round.

    When nothing fits the oldest columns go, so that what is shown is whole.
    """
    kept = cells
    while True:
        for each in range(size, least - 1, -1):
            for side, form in product(SIDES, (kept, turned(kept))):
                grid = _laid(form, area, size=each, side=side, measure=measure)
                if grid is not None:
                    return grid, each
        if len(kept[0]) <= 2:
            return Grid(), least
        kept = tuple((row[0], *row[2:]) for row in kept)


def _laid(
    cells: Cells, area: Box, *, size: int, side: int, measure: Callable[[str, bool, int], float]
) -> Grid | None:
    line = size * LINE
    widths = [max(measure(row[place], True, size) for row in cells) for place in range(len(cells[0]))]
    spare = area.w - sum(widths) - 2 * side * len(widths)
    if spare < 0 or line * len(cells) > area.h:
        return None
    line = min(line * 1.5, area.h / len(cells))
    texts: list[Text] = []
    for place, row in enumerate(cells):
        texts += _row(
            row,
            cells[0] if place else (),
            widths,
            area,
            top=area.y + place * line,
            line=line,
            spare=spare,
            size=size,
            side=side,
            measure=measure,
        )
    rules = tuple(Box(area.x, round(area.y + place * line), area.w, 1) for place in range(1, len(cells)))
    return Grid(tuple(texts), rules)


def _row(
    row: Sequence[str],
    heads: Sequence[str],
    widths: Sequence[float],
    area: Box,
    *,
    top: float,
    line: float,
    spare: float,
    size: int,
    side: int,
    measure: Callable[[str, bool, int], float],
) -> list[Text]:
    """The head at the left, numbers at the right of their columns; heads quiet, totals bold."""
    total = bool(heads) and row[0] == total_of(heads)
    found = [Text(row[0], Box(area.x + side, top, measure(row[0], True, size), line), "ink2", bold=total)]
    edge = area.x + 2 * side + widths[0]
    share = spare / max(1, len(widths) - 1)
    for place, (words, wide) in enumerate(zip(row[1:], widths[1:], strict=True), start=1):
        edge += wide + 2 * side + share
        own = measure(words, True, size)
        bold = total or (bool(heads) and heads[place] == total_of(heads))
        box = Box(edge - side - own, top, own, line)
        found.append(Text(words, box, "ink" if heads else "ink2", bold=bold))
    return [text for text in found if text.words]


def total_of(heads: Sequence[str]) -> str:
    """The word over the column of totals; none in a table of shares."""
    return heads[-1] if heads[-1] == _("Total") else "\0"
