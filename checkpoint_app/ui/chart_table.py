"""The numbers of a chart as a table: which way round it fits, and where its cells stand. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from checkpoint_app.ui.charts import Box, Stacks, Text

SIDE, LINE = 7, 1.55

Cells = tuple[tuple[str, ...], ...]
"""Rows of cells, the first row and the first cell of each are heads."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Texts and the lines between the rows."""

    texts: tuple[Text, ...] = ()
    lines: tuple[Box, ...] = ()


def cells_of(chart: Stacks, *, total: str, shown: Callable[[int], str] = str, sums: bool = True) -> Cells:
    """A row for each series and one of totals, a column for each stack; `sums` adds their sum."""
    by_series = [tuple(values[place] for values in chart.values) for place in range(len(chart.names))]
    rows = [*zip(chart.names, by_series, strict=True), (total, chart.totals)]
    head = ("", *chart.labels, *((total,) if sums else ()))
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
            for form in (kept, turned(kept)):
                grid = _laid(form, area, size=each, measure=measure)
                if grid is not None:
                    return grid, each
        if len(kept[0]) <= 2:
            return Grid(), least
        kept = tuple((row[0], *row[2:]) for row in kept)


def _laid(cells: Cells, area: Box, *, size: int, measure: Callable[[str, bool, int], float]) -> Grid | None:
    line = size * LINE
    widths = [max(measure(row[place], True, size) for row in cells) for place in range(len(cells[0]))]
    spare = area.w - sum(widths) - 2 * SIDE * len(widths)
    if spare < 0 or line * len(cells) > area.h:
        return None
    line = min(line * 1.5, area.h / len(cells))
    texts: list[Text] = []
    for place, row in enumerate(cells):
        texts += _row(
            row, widths, area, top=area.y + place * line, line=line, spare=spare, size=size, measure=measure
        )
    rules = tuple(Box(area.x, round(area.y + place * line), area.w, 1) for place in range(1, len(cells)))
    return Grid(_emphasised(texts, len(cells), len(widths)), rules)


def _row(
    row: Sequence[str],
    widths: Sequence[float],
    area: Box,
    *,
    top: float,
    line: float,
    spare: float,
    size: int,
    measure: Callable[[str, bool, int], float],
) -> list[Text]:
    """The head at the left, numbers at the right of their columns."""
    found = [Text(row[0], Box(area.x + SIDE, top, widths[0], line))]
    edge = area.x + 2 * SIDE + widths[0]
    share = spare / max(1, len(widths) - 1)
    for words, wide in zip(row[1:], widths[1:], strict=True):
        edge += wide + 2 * SIDE + share
        own = measure(words, True, size)
        found.append(Text(words, Box(edge - SIDE - own, top, own, line)))
    return found


def _emphasised(texts: Sequence[Text], rows: int, columns: int) -> tuple[Text, ...]:
    """Heads quiet, the last row and the last column bold."""
    return tuple(
        Text(
            text.words,
            text.box,
            "ink2" if place < columns or place % columns == 0 else "ink",
            bold=place >= columns * (rows - 1) or place % columns == columns - 1,
        )
        for place, text in enumerate(texts)
        if text.words
    )
