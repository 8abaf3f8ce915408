"""The theme follows the sun when it is asked to, and nothing else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from PySide6.QtWidgets import QApplication

from checkpoint_app.config import Settings
from checkpoint_app.ui import theme_clock
from checkpoint_app.ui.theme_clock import ThemeClock

BEIJING = timezone(timedelta(hours=8))
BY_CLOCK = Settings(theme_by="clock", latitude=35, province="豫")


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, 21, hour, minute, tzinfo=BEIJING)


class Turning:
    def __init__(self, hour: datetime) -> None:
        self.hour = hour
        self.turns: list[str] = []
        self.clock = ThemeClock(now=lambda: self.hour)
        self.clock.turned.connect(self.turns.append)


def test_the_province_decides_when_one_clock_for_a_whole_country_sees_the_sun() -> None:
    east = theme_clock.sun_times(Settings(latitude=44, province="黑"), at(12))
    west = theme_clock.sun_times(Settings(latitude=44, province="新"), at(12))
    assert west[0] - east[0] == pytest.approx((127 - 88) * 4, abs=1)


def test_a_computer_with_another_zone_goes_by_the_middle_of_its_zone() -> None:
    rise, ending = theme_clock.sun_times(BY_CLOCK, datetime(2026, 11, 21, tzinfo=UTC))
    assert rise < 720 < ending


@pytest.mark.parametrize(("hour", "theme"), [(3, "night"), (8, "day"), (16, "day"), (18, "night")])
def test_it_is_night_before_sunrise_and_after_sunset(hour: int, theme: str) -> None:
    assert theme_clock.theme_at(BY_CLOCK, at(hour)).value == theme


def test_dusk_turns_the_theme_once(app: QApplication) -> None:
    turning = Turning(at(16, 30))
    turning.clock.follow(BY_CLOCK)
    assert turning.turns == []
    turning.hour = at(18)
    turning.clock.look()
    assert turning.turns == ["night"]
    turning.clock.follow(Settings(theme_by="clock", theme="night"))
    turning.clock.look()
    assert turning.turns == ["night"]


def test_a_theme_chosen_by_hand_stays_whatever_the_sun_does(app: QApplication) -> None:
    turning = Turning(at(23))
    turning.clock.follow(Settings(theme="day"))
    turning.clock.look()
    assert turning.turns == []
    turning.clock.follow(BY_CLOCK)
    assert turning.turns == ["night"], "the control: by the clock it would have turned"
