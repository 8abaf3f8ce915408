"""The table of a chart: whole numbers, no text over another one, sums that are sums."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from checkpoint_app.ui import chart_table
from checkpoint_app.ui.charts import Box, Stacks
from tests.ui.test_charts import stacks, thousands


def measured(words: str, bold: bool, size: int) -> float:
    return sum(size if sign > "\u2e80" else size * 0.57 for sign in words) * (1.06 if bold else 1.0)


def test_rows_are_series_and_totals_add_up() -> None:
    chart = Stacks(("8", "9"), ("Lane 1", "Lane 2"), ((1000, 2), (30, 4)))
    assert chart_table.cells_of(chart, shown=thousands) == (
        ("", "8", "9", "Total"),
        ("Lane 1", "1,000", "30", "1,030"),
        ("Lane 2", "2", "4", "6"),
        ("Total", "1,002", "34", "1,036"),
    )
    assert chart_table.turned(chart_table.cells_of(chart, sums=False)) == (
        ("", "Lane 1", "Lane 2", "Total"),
        ("8", "1000", "2", "1002"),
        ("9", "30", "4", "34"),
    )


@given(stacks(), st.integers(260, 1200), st.integers(60, 600))
def test_what_is_shown_fits_and_lies_over_nothing(chart: Stacks, width: int, height: int) -> None:
    area = Box(8, 48, width, height)
    cells = chart_table.cells_of(chart, shown=thousands)
    grid, size = chart_table.fitted(cells, area, size=18, least=14, measure=measured)
    assert 14 <= size <= 18
    for text in grid.texts:
        assert area.holds(text.box)
        assert text.box.w >= measured(text.words, text.bold, size) - 0.01
    for one, other in combinations(grid.texts, 2):
        assert not one.box.meets(other.box)


def test_when_there_is_too_little_room_the_oldest_hours_go_and_the_totals_stay() -> None:
    chart = Stacks(tuple(f"{n} h" for n in range(12)), ("Lane 1",), tuple((1000 + n,) for n in range(12)))
    cells = chart_table.cells_of(chart, shown=thousands)
    grid, _size = chart_table.fitted(cells, Box(0, 0, 320, 80), size=14, least=14, measure=measured)
    words = {text.words for text in grid.texts}
    assert {"11 h", "1,011", thousands(sum(chart.totals))} <= words
    assert "0 h" not in words


def test_totals_are_bold_and_shares_are_not() -> None:
    chart = Stacks(("8",), ("Lane 1", "Lane 2"), ((1, 2),))
    area = Box(0, 0, 600, 200)
    found = chart_table.fitted(chart_table.cells_of(chart), area, size=14, least=14, measure=measured)[0]
    assert {text.words for text in found.texts if text.bold} == {"Total", "1", "2", "3"}
    shares = (("", "Seen", "Scanned"), ("People", "3", "5"))
    found = chart_table.fitted(shares, area, size=14, least=14, measure=measured)[0]
    assert not any(text.bold for text in found.texts)
