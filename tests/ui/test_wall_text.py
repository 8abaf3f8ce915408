"""What the wall says. Pure."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from checkpoint_app import i18n
from checkpoint_app.domain.crossing import Crossing
from checkpoint_app.domain.facts import Tally
from checkpoint_app.domain.forecast import Forecast, NotYet
from checkpoint_app.domain.lane import LaneState, Stopped
from checkpoint_app.domain.lane_clock import Spent
from checkpoint_app.domain.verdict import Reason, Verdict
from checkpoint_app.domain.words import Direction, VehicleClass, VerdictState
from checkpoint_app.services.traffic import LaneFigures
from checkpoint_app.ui import wall_text
from checkpoint_app.ui.wall_text import Due

CROSSING = Crossing(action="a" * 32, lane=1, direction=Direction.IN, started=0)


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    i18n.use("zh_CN")
    yield
    i18n.use("en")


def dues(plate: str, *missing: str, state: VerdictState = VerdictState.NOT_YET) -> str:
    """One letter a step: d done, n due now, l later."""
    crossing = Crossing(action="a" * 32, lane=1, direction=Direction.IN, started=0, plate=plate)
    lines = tuple(Reason(f"{kind}_missing", VerdictState.NOT_YET, {}, 1) for kind in missing)
    return "".join(step.due.value[0] for step in wall_text.steps(crossing, Verdict(state, done=lines)))


@pytest.mark.parametrize(
    ("steps", "told"),
    [
        (dues("", "health_code", "temperature"), "nllll"),
        (dues("豫A12345", "health_code", "temperature"), "dnlll"),
        (dues("豫A12345", "temperature"), "ddnll"),
        (dues("豫A12345"), "dddnl"),
        (dues("豫A12345", state=VerdictState.PASS), "ddddn"),
        (dues("", "temperature", state=VerdictState.STOP), "ldldn"),
        (dues("", "plate", "temperature", state=VerdictState.STOP), "ldldn"),
    ],
)
def test_the_first_step_that_is_not_done_is_due_and_a_verdict_leaves_the_outcome(
    steps: str, told: str
) -> None:
    assert steps == told


def test_five_steps_have_their_words() -> None:
    words = [step.word for step in wall_text.steps(CROSSING, Verdict(VerdictState.PASS))]
    assert words == ["车牌", "扫码", "体温", "判定", "处置"]
    assert wall_text.steps(CROSSING, Verdict(VerdictState.PASS))[4].due is Due.NOW


def stop(crossing: str, since: int) -> Stopped:
    return Stopped(crossing, "豫G6A0W8", since, {"zh": "通行证已注销", "en": "Pass revoked"})


def test_the_banner_is_the_stop_that_waited_longest() -> None:
    stops = [(2, stop("x", 1_000)), (3, stop("y", 500))]
    banner = wall_text.banner(stops, sent={}, now=86_500)
    assert banner is not None
    assert (banner.lane, banner.title, banner.about) == (
        3,
        "3 车道 拦停 1:26 未答",
        "豫G·6A0W8·通行证已注销",
    )
    later = wall_text.banner(stops, sent={"y": 60_000}, now=86_500)
    assert later is not None
    assert (later.lane, later.sent) == (2, "")
    assert wall_text.banner([], sent={}, now=0) is None


@pytest.mark.parametrize(
    ("told", "found", "words"),
    [
        (14, Forecast(22, 6, 500, 490, 3, 7), "现在排队约 14 辆，30 分钟后约 22 辆（误差 ±6）"),
        (None, Forecast(0, 3, 100, 490, 1, 7), "30 分钟后约 0 辆（误差 ±3）"),
        (None, NotYet("days", 1, 3), "满 3 天才能预计，现有 1 天"),
        (3, NotYet("pace", 2, 5), "现在排队约 3 辆，一小时内满 5 辆才能预计"),
        (None, None, ""),
    ],
)
def test_a_forecast_is_never_told_without_its_error(
    told: int | None, found: Forecast | NotYet | None, words: str
) -> None:
    assert wall_text.queue(told, found) == words


def test_the_lane_that_loses_seconds_is_named_with_the_step_and_how_many() -> None:
    even = Spent(1_000, 2_000, 1_000, 1_000)
    figures = [LaneFigures(lane, shares=even) for lane in (1, 2, 3)]
    assert wall_text.slowest(figures) == ""
    slow = LaneFigures(4, shares=Spent(1_000, 2_000, 4_400, 1_000))
    assert wall_text.slowest([*figures, slow]) == "4 车道体温多 3.4 s"
    assert wall_text.slowest([LaneFigures(1)]) == ""


def test_the_station_is_the_sum_of_its_lanes_with_the_counted_ones() -> None:
    figures = [LaneFigures(1, 10, 25, 3), LaneFigures(2, 5, 9, 0)]
    told = {each.label: each.value for each in wall_text.totals(figures, working=1, lanes=2)}
    assert told == {"全站 车": "18", "人": "34", "在用车道": "1 / 2"}


def test_nothing_is_called_none_before_it_was_read() -> None:
    told = {each.value for each in wall_text.totals(None, working=0, lanes=4)}
    assert told == {"—"}


def test_the_minute_that_still_runs_counts_on_the_wall() -> None:
    tally = Tally("a" * 32, 1, Direction.IN, 0).plus(VehicleClass.CAR, vehicles=2, people=5)
    found = wall_text.with_running(LaneFigures(1, 10, 25, 3), LaneState(1, Direction.IN, tally=tally))
    assert (found.vehicles, found.counted, found.people) == (10, 5, 30)
