"""The board's sentences: said when they are true, in both languages, and not otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkpoint_app import i18n
from checkpoint_app.domain.figures import HourLine
from checkpoint_app.domain.forecast import Forecast, NotYet
from checkpoint_app.domain.lane_clock import Spent
from checkpoint_app.domain.logbook import Incident, Matter, Order
from checkpoint_app.domain.verdict import DataSet
from checkpoint_app.services.board import Board, SeenAt
from checkpoint_app.services.traffic import LaneFigures
from checkpoint_app.storage.rows import ShiftRow
from checkpoint_app.ui import board_rows, board_text
from checkpoint_app.ui.board_rows import About

HOUR, MINUTE = 3_600_000, 60_000
EIGHT = 1_800_000_000_000 // HOUR * HOUR
SHIFT = ShiftRow("S", "D", "三班", "01", EIGHT, 0, officers={"01": "王建国", "02": "刘洋"})
FORECAST = Forecast(waiting=22, error=6, demand=560, capacity=552, lanes_needed=5, days=7)
FIGURES = (
    LaneFigures(1, 10, 20, shares=Spent(900, 1_900, 1_300, 1_800), last_hour=200),
    LaneFigures(4, 10, 20, shares=Spent(1_000, 2_100, 2_700, 1_600), last_hour=217),
)


@pytest.fixture(params=i18n.LANGUAGES)
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    yield i18n.use(request.param)
    i18n.use("en")


@pytest.fixture
def chinese() -> Iterator[None]:
    i18n.use("zh_CN")
    yield
    i18n.use("en")


def board(**more: object) -> Board:
    made = Board(SHIFT, EIGHT + 4 * HOUR)
    return replace(made, **more)  # type: ignore[arg-type]


@pytest.mark.usefixtures("chinese")
def test_the_share_seen_by_eye_is_compared_and_placed() -> None:
    evidence, yesterday = {"seen": 150, "declared": 30, "scanned": 820}, {"seen": 31, "scanned": 69}
    seen = (SeenAt(3, "bus", 110), SeenAt(1, "car", 70))
    words = board_text.share_sentence(evidence, yesterday, seen)
    assert words == "仅目视 18%，昨日同班 31%；3 车道大巴占其中六成"
    assert board_text.share_sentence(evidence, None, ()) == "仅目视 18%"
    assert board_text.share_sentence({}, yesterday, seen) == ""


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize(
    ("percent", "words"),
    [(60, "六成"), (62, "六成"), (58, "六成"), (63, "63%"), (55, "55%"), (97, "97%"), (100, "100%")],
)
def test_a_tenth_is_said_only_where_it_is_one(percent: int, words: str) -> None:
    assert board_text.part(percent) == words


@given(
    st.lists(st.tuples(st.integers(1, 4), st.sampled_from(("car", "bus")), st.integers(1, 400)), max_size=6)
)
def test_a_place_is_named_only_when_it_has_at_least_half(found: list[tuple[int, str, int]]) -> None:
    merged: dict[tuple[int, str], int] = {}
    for lane, vehicle, people in found:
        merged[lane, vehicle] = merged.get((lane, vehicle), 0) + people
    seen = [SeenAt(lane, vehicle, people) for (lane, vehicle), people in merged.items()]
    whole, most = sum(merged.values()), max(merged.values(), default=0)
    words = board_text.share_sentence({"seen": whole, "scanned": 1}, None, seen)
    assert ("of them lane" in words) == (whole >= 10 and most >= whole / 2)


def test_a_slow_step_is_named_with_its_numbers(language: str) -> None:
    title, about = board_text.slowness(FIGURES)
    assert "1.4 s" in title
    assert "4" in title
    assert ("2.7 s" in about, "1.3 s" in about) == (True, True)


@pytest.mark.parametrize(
    "figures",
    [(), FIGURES[:1], (FIGURES[0], replace(FIGURES[1], shares=Spent(900, 1_900, 2_200, 1_800)))],
    ids=["none", "one lane", "less than a second more"],
)
def test_no_step_is_called_slow_without_reason(figures: tuple[LaneFigures, ...]) -> None:
    assert board_text.slowness(figures) == ("", "")


def test_a_queue_comes_with_its_error_and_with_what_to_do(language: str) -> None:
    text = board_text.forecast_text(board(forecast=FORECAST), working=4, free=(5,), figures=FIGURES)
    assert text.tone == "warn"
    assert "22" in text.title
    assert "6" in text.about
    opening = board_text.clock(EIGHT + 4 * HOUR + 30 * MINUTE, 0)
    assert opening in text.about
    full = board_text.forecast_text(board(forecast=FORECAST), working=4, free=(), figures=())
    assert opening not in full.about
    assert "5" in full.about
    enough = replace(FORECAST, lanes_needed=4)
    assert (
        opening
        not in board_text.forecast_text(board(forecast=enough), working=4, free=(5,), figures=()).about
    )


def test_no_queue_and_no_forecast_are_said_as_such(language: str) -> None:
    none = board_text.forecast_text(
        board(forecast=replace(FORECAST, waiting=0)), working=4, free=(5,), figures=FIGURES
    )
    assert none.tone == "good"
    young = board_text.forecast_text(
        board(forecast=NotYet("days", 1, 3)), working=4, free=(), figures=FIGURES
    )
    assert (young.tone, "3" in young.about) == ("plain", True)
    assert board_text.forecast_text(None, working=1, free=(), figures=()).tone == "plain"


def test_columns_are_the_hours_of_the_shift_with_each_lane() -> None:
    hours = (HourLine(EIGHT, 5, by_lane={1: 2, 4: 3}), HourLine(EIGHT + HOUR, 1, by_lane={4: 1}))
    text = board_text.hours_chart(board(hours=hours, foretold=7), (1, 4))
    assert text.chart.values == ((2, 3), (0, 1))
    assert text.chart.foretold == 7
    assert text.chart.labels == ("8–9", "9–10")
    assert "expected 7" in text.spoken
    assert text.cells[-1] == ("Total", "5", "1", "6")
    assert board_text.hours_chart(None, (1,)).empty


def test_a_long_shift_names_its_hours_shortly() -> None:
    hours = tuple(HourLine(EIGHT + place * HOUR) for place in range(12))
    assert board_text.hours_chart(board(hours=hours), (1,)).chart.labels[:2] == ("8 h", "9 h")


def test_shares_are_of_people_and_sum_to_a_hundred() -> None:
    text = board_text.evidence_chart(board(evidence={"seen": 1, "declared": 1, "scanned": 1, "verified": 3}))
    assert text.chart.values == ((2, 1, 3),)
    assert [legend.word for legend in text.series] == ["Seen 33%", "Scanned 17%", "Verified 50%"]
    assert "6" in text.title


def test_the_time_passed_and_left() -> None:
    def said(now: int, ends: int) -> str:
        return board_text.passed(EIGHT, ends, now=now)

    assert said(EIGHT + 271 * MINUTE, EIGHT + 8 * HOUR) == "4:31 passed, 3:29 left"
    assert said(EIGHT + 9 * HOUR, EIGHT + 8 * HOUR) == "9:00 passed, 1:00 over"
    assert said(EIGHT + HOUR, 0) == "1:00 passed"


def test_the_worst_data_set_stands_first_and_the_rules_are_those_in_use() -> None:
    sets = (DataSet("rules", "11", HOUR, "stale"), DataSet("watch", "88", None, "missing"))
    found = board_text.sets(board(sets=sets), DataSet("rules", "12", 3 * HOUR, "fresh"))
    assert [(each.version, each.light) for each in found] == [("v88", "missing"), ("v12", "fresh")]
    assert found[1].age == "3 h ago"


def test_what_is_open_is_ordered_by_how_urgent_it_is() -> None:
    now = EIGHT + 4 * HOUR
    matters = (
        Matter("plain", now - HOUR, "no time"),
        Matter("later", now - HOUR, "due later", owner="02", due=now + 2 * HOUR),
        Matter("soon", now - HOUR, "due soon", owner="somebody else", due=now + 29 * MINUTE),
        Matter("over", now - HOUR, "late", due=now - 4 * MINUTE),
    )
    incidents = (
        Incident("late", "accident", now - HOUR, "tree on the road", due=now - 30 * MINUTE),
        Incident("told", "accident", now - HOUR, "answered", due=now - 30 * MINUTE, answered=now),
    )
    orders = (
        Order("unread", now - HOUR, "县指挥部", "12", "check every bus", read=(("01", now),)),
        Order("read", now - HOUR, "县指挥部", "11", "x", read=(("01", now), ("02", now))),
    )
    found = board_rows.open_lines(
        board(matters=matters, incidents=incidents, orders=orders),
        names=dict(SHIFT.officers),
        on_duty=frozenset(SHIFT.officers),
        now=now,
    )
    assert [line.id for line in found] == ["late", "over", "soon", "later", "unread", "plain"] or [
        line.id for line in found
    ] == ["late", "over", "soon", "later", "plain", "unread"]
    by_id = {line.id: line for line in found}
    assert (by_id["over"].tone, by_id["over"].due) == ("bad", "4 min over")
    assert (by_id["soon"].tone, by_id["soon"].due) == ("warn", "29 min left")
    assert (by_id["later"].tone, by_id["later"].due) == ("plain", "")
    assert by_id["later"].under == "刘* · until 14:00"
    assert "somebody else" in by_id["soon"].under
    assert "1" in by_id["unread"].under
    assert by_id["late"].about is About.INCIDENT


@given(
    st.dictionaries(
        st.sampled_from(["declared", "seen", "scanned", "registered", "verified", "measured"]),
        st.integers(0, 400),
    )
)
def test_bar_and_sentence_say_the_same_share(evidence: dict[str, int]) -> None:
    i18n.use("en")
    chart = board_text.evidence_chart(board(evidence=evidence))
    said = board_text.by_eye(evidence)
    by_eye = evidence.get("declared", 0) + evidence.get("seen", 0)
    assert not by_eye or chart.series[0].word == f"Seen {said}%"


def test_a_lane_taken_out_of_the_window_keeps_its_vehicles_in_the_chart() -> None:
    hours = (HourLine(EIGHT, 5, by_lane={1: 2, 4: 3}),)
    assert board_text.hours_chart(board(hours=hours), (1,)).chart.totals == (5,)
