"""The geometry of charts: parts tile their stack, axes begin at zero, no text over another one or outside."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from checkpoint_app.ui import charts
from checkpoint_app.ui.charts import Box, Drawing, Stacks

COUNTS = st.integers(0, 20_000)


def measure(words: str, bold: bool) -> float:
    return sum(14.0 if sign > "\u2e80" else 8.0 for sign in words) * (1.06 if bold else 1.0)


def thousands(number: int) -> str:
    return f"{number:,}"


def seconds(ms: int) -> str:
    return f"{ms / 1000:.1f}"


@st.composite
def stacks(draw: st.DrawFn) -> Stacks:
    hours, series = draw(st.integers(1, 14)), draw(st.integers(1, charts.MOST_SERIES))
    values = draw(st.lists(st.tuples(*[COUNTS] * series), min_size=hours, max_size=hours))
    first = draw(st.integers(0, 23))
    return Stacks(
        tuple(f"{(first + place) % 24}–{(first + place) % 24 + 1} 时" for place in range(hours)),
        tuple(f"{n} 车道" for n in range(series)),
        tuple(values),
        foretold=draw(st.none() | st.integers(0, 60_000)),
    )


AREAS = st.builds(Box, st.integers(0, 40), st.integers(0, 40), st.integers(300, 1200), st.integers(120, 700))


def drawn_columns(chart: Stacks, area: Box, *, size: int = 14) -> Drawing:
    return charts.columns(chart, area, size=size, measure=measure, expected="预计", shown=thousands)


def drawn_bars(chart: Stacks, area: Box) -> Drawing:
    return charts.bars(
        chart, area, size=14, measure=measure, shown=seconds, total=lambda ms: f"{seconds(ms)} s"
    )


def check_texts(found: Drawing, area: Box) -> None:
    for text in found.texts:
        assert area.holds(text.box), text
    for one, other in combinations(found.texts, 2):
        assert not one.box.meets(other.box), (one, other)


@example(Stacks(("0–1 时",), ("0 车道",), ((3,),)), Box(0, 0, 300, 132), 18)
@given(stacks(), AREAS, st.sampled_from((14, 16, 18)))
def test_columns_stay_inside_and_no_text_lies_over_another(chart: Stacks, area: Box, size: int) -> None:
    found = drawn_columns(chart, area, size=size)
    check_texts(found, area)
    for box in (*(piece.box for piece in found.pieces), *found.grid, *([found.frame] if found.frame else [])):
        assert area.holds(box)
    assert len(found.grid) in {0, 3, 4}


@given(stacks(), AREAS)
def test_parts_of_a_column_tile_it_and_are_as_high_as_their_values(chart: Stacks, area: Box) -> None:
    found = drawn_columns(chart, area)
    if not found.grid:
        return
    foot, scale = found.grid[0].y, (found.grid[0].y - found.grid[-1].y) / charts.axis(chart.most)[-1]
    for place, values in enumerate(chart.values):
        parts = [piece for piece in found.pieces if piece.stack == place]
        assert sum(part.box.h for part in parts) == pytest.approx(sum(values) * scale, abs=1.6)
        ends = [*(part.box.bottom for part in parts), foot - sum(part.box.h for part in parts)]
        assert [part.box.y for part in parts] == pytest.approx(ends[1:], abs=1)
        for part in parts:
            assert part.box.h == pytest.approx(values[part.series] * scale, abs=1.6)


@given(st.floats(0, 10**7))
def test_an_axis_begins_at_zero_has_three_or_four_lines_and_reaches_over_everything(most: float) -> None:
    marks = charts.axis(most)
    assert marks[0] == 0
    assert len(marks) in {3, 4}
    assert marks[-1] >= most
    assert marks[-1] <= max(2, 2 * most + 1)
    assert len({after - before for before, after in pairwise(marks)}) == 1


@pytest.mark.parametrize(("most", "marks"), [(1120, (0, 400, 800, 1200)), (0, (0, 1, 2)), (7, (0, 4, 8))])
def test_an_axis_is_marked_at_round_numbers(most: int, marks: tuple[int, ...]) -> None:
    assert charts.axis(most) == marks


@given(stacks(), AREAS)
def test_bars_share_one_scale_and_no_text_lies_over_another(chart: Stacks, area: Box) -> None:
    found = drawn_bars(chart, area)
    check_texts(found, area)
    if not found.texts:
        return
    longest = max(chart.totals)
    lengths = [
        sum(piece.box.w for piece in found.pieces if piece.stack == n) for n in range(len(chart.labels))
    ]
    for total, length in zip(chart.totals, lengths, strict=True):
        if longest > 0 and max(lengths) > 0 and chart.most == longest:
            assert length / max(lengths) == pytest.approx(total / longest, abs=0.03)
    for piece in found.pieces:
        assert area.holds(piece.box)


@given(st.lists(COUNTS, min_size=1, max_size=5), st.integers(50, 1200))
def test_a_share_bar_is_filled_whole(values: list[int], width: int) -> None:
    found = charts.share(values, Box(10, 10, width, 24))
    assert sum(piece.box.w for piece in found.pieces) == (width if sum(values) else 0)


@given(st.lists(COUNTS, min_size=1, max_size=5))
def test_percents_sum_to_a_hundred_and_none_is_off_by_one(values: list[int]) -> None:
    found = charts.percents(values)
    whole = sum(values)
    assert sum(found) == (100 if whole else 0)
    for percent, value in zip(found, values, strict=True):
        assert not whole or abs(percent - 100 * value / whole) < 1


@given(st.floats(0, 100_000), st.floats(1, 10_000))
def test_a_bullet_crosses_its_limit_exactly_when_its_value_does(value: float, limit: float) -> None:
    area = Box(20, 0, 120, 12)
    bar, tick = charts.bullet(value, limit, area)
    assert area.holds(bar)
    assert area.x <= tick <= area.right
    assert (bar.right > tick) == (value > limit) or abs(bar.right - tick) < 0.01


def test_what_is_expected_stands_in_a_frame_over_the_running_hour() -> None:
    chart = Stacks(("8", "9"), ("a", "b"), ((300, 200), (100, 50)), foretold=600)
    found = drawn_columns(chart, Box(0, 0, 500, 300))
    words = [text.words for text in found.texts]
    assert {"预计", "600", "150", "500"} <= set(words)
    assert found.frame is not None
    done = [piece for piece in found.pieces if piece.stack == 1]
    assert found.frame.bottom == min(piece.box.y for piece in done)
    assert drawn_columns(Stacks(chart.labels, chart.names, chart.values), Box(0, 0, 500, 300)).frame is None


def test_a_control_sees_texts_that_overlap() -> None:
    """Without thinning, fourteen labels in a narrow chart would lie over each other."""
    chart = Stacks(
        tuple(f"{n:02}–{n + 1:02} 时" for n in range(14)), ("a",), tuple((n * 100,) for n in range(14))
    )
    found = drawn_columns(chart, Box(0, 0, 320, 200))
    assert sum(text.words.endswith("时") for text in found.texts) < 14
    boxes = [Box(40 + n * 20, 180, measure(label, False), 20) for n, label in enumerate(chart.labels)]
    assert any(one.meets(other) for one, other in combinations(boxes, 2))
