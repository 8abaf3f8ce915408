"""Long tables: heads repeat, rows stay whole, sums add up; charts have round axes."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkpoint_app.documents import charts
from checkpoint_app.documents.faces import width
from checkpoint_app.documents.sheet import Footing, Sheet, Stopped
from checkpoint_app.documents.tables import Column, Table, _widths, right, table
from tests.documents.reading import flat, pages

ROWS = 60


def sheet(**options: object) -> Sheet:
    return Sheet(title="t", footing=Footing("", "", ""), **options)  # type: ignore[arg-type]


def paged(rows: int = ROWS) -> tuple[str, ...]:
    made = sheet()
    columns = (Column("Head", 0.3), Column("Lines", 0.7))
    table(made, columns, [(f"row{n}", "\n".join(f"r{n}.{line}" for line in range(5))) for n in range(rows)])
    return pages(made.finish()[0])


def torn(found: tuple[str, ...]) -> list[int]:
    """Rows of which lines stand on two sheets."""
    return [
        n for n in range(ROWS) if len([page for page in found if re.search(rf"\br{n}\.[0-4]\b", page)]) != 1
    ]


def test_no_row_is_torn_and_the_head_stands_on_each_sheet() -> None:
    found = paged()
    assert len(found) > 3
    assert all("Head" in page for page in found)
    assert torn(found) == []


def test_without_looking_for_room_rows_are_torn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Table, "_make_room", lambda *_room: None)
    assert torn(paged()) != []


@settings(max_examples=15, deadline=None)
@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=150))
def test_sums_of_the_sheets_are_the_sum_of_all(numbers: list[int]) -> None:
    made = sheet()
    table(made, (Column("", 0.5), right("n", 0.5, summed=True)), [(f"row{n}", n) for n in numbers])
    found = [page.replace(",", "") for page in pages(made.finish()[0])]
    if len(found) > 1:
        assert sum(int(re.findall(r"Page (\d+)\n", page)[0]) for page in found) == sum(numbers)
    assert re.search(rf"Total {sum(numbers)}\b", found[-1])


def test_a_row_higher_than_a_sheet_goes_on_and_is_whole() -> None:
    made = sheet()
    text = "".join(f"({n})" for n in range(5_000))
    table(made, (Column("a", 0.2), Column("b", 0.8)), [("x", "before"), ("y", text), ("z", "after")])
    data, count = made.finish()
    assert count > 3
    assert text in re.sub(r"Page\d+of\d+|ab(?=\()", "", flat(data))
    assert flat(data).index("before") < flat(data).index("(4999)") < flat(data).index("after")


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=200), st.floats(0.02, 0.9))
def test_any_text_in_any_column_can_be_drawn(text: str, share: float) -> None:
    made = sheet()
    table(made, (Column(text, share), Column("b", 1 - share)), [(text, text)] * 3)
    data, count = made.finish()
    assert data.startswith(b"%PDF")
    assert count >= 1


def test_the_progress_is_told_and_can_end_the_work() -> None:
    told: list[tuple[int, int]] = []

    def progress(done: int, whole: int) -> bool:
        told.append((done, whole))
        return done < 200

    made = sheet(whole=1_000, progress=progress)
    with pytest.raises(Stopped):
        table(made, (Column("a", 1),), [("x",)] * 1_000)
    assert told == [(100, 1_000), (200, 1_000)]


@given(st.integers(1, 10**9))
def test_an_axis_begins_at_zero_and_has_at_most_three_round_lines(most: int) -> None:
    lines = charts.grid(most)
    assert lines[0] == 0
    assert lines[-1] <= most
    assert 2 <= len(lines) <= 4
    assert str(lines[1])[0] in "125"
    assert set(str(lines[1])[1:]) <= {"0"}


def test_every_bar_has_its_number_and_its_name() -> None:
    made = sheet()
    charts.columns(made, [charts.Bar(f"h{n}", 1_000 + n, f"{n}x") for n in range(8)], noted="note")
    text = pages(made.finish()[0])[0]
    assert all(f"1,00{n}" in text and f"h{n}" in text and f"{n}x" in text for n in range(8))


def test_a_chart_of_nothing_is_drawn() -> None:
    made = sheet()
    charts.columns(made, [charts.Bar("h", 0)])
    assert made.finish()[1] == 1


def test_where_all_heads_have_no_room_who_lacks_gets_a_share_of_what_is_spare() -> None:
    columns = (Column("一二三四五六", 10), Column("七八九十天地", 10), Column("人", 40))
    wide = _widths(columns, 100, 10, 1)
    plain = 100 * 10 / 60
    assert sum(wide) == pytest.approx(100)
    assert plain < wide[0] == pytest.approx(wide[1])
    assert wide[0] < width("一二三四五六", 10, bold=True)
