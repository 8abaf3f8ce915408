"""Sunrise and sunset against published tables."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkpoint_app.domain import plates, sun

# Clock times as almanacs print them: latitude, longitude, zone in minutes, day, rise, set.
TABLE = [
    ("Greenwich", 51.48, 0.0, 0, date(2026, 6, 21), "3:43", "20:21"),
    ("Greenwich", 51.48, 0.0, 0, date(2026, 12, 21), "8:04", "15:53"),
    ("Beijing", 39.90, 116.4, 480, date(2026, 6, 21), "4:46", "19:46"),
    ("Beijing", 39.90, 116.4, 480, date(2026, 12, 22), "7:33", "16:53"),
    ("Quito", -0.18, -78.5, -300, date(2026, 3, 20), "6:18", "18:24"),
    ("Sydney", -33.87, 151.2, 600, date(2026, 6, 21), "7:00", "16:54"),
    ("Urumqi", 43.83, 87.6, 480, date(2026, 6, 21), "6:28", "21:57"),
]


def minutes(text: str) -> int:
    hours, rest = text.split(":")
    return int(hours) * 60 + int(rest)


@pytest.mark.parametrize(("name", "latitude", "longitude", "zone", "day", "rise", "set_"), TABLE)
def test_rise_and_set_agree_with_the_almanac_within_three_minutes(
    name: str, latitude: float, longitude: float, zone: int, day: date, rise: str, set_: str
) -> None:
    found = sun.daylight(latitude, day).clock(longitude=longitude, zone=zone)
    assert found == pytest.approx((minutes(rise), minutes(set_)), abs=3), name


def test_beyond_the_polar_circle_the_sun_stays_up_or_down() -> None:
    assert sun.daylight(70, date(2026, 6, 21)) == sun.Daylight(0, 1440)
    assert sun.daylight(70, date(2026, 12, 21)) == sun.Daylight(720, 720)
    assert not sun.is_dark(0, sun.daylight(70, date(2026, 6, 21)).clock(longitude=30, zone=480))
    assert sun.is_dark(720, sun.daylight(70, date(2026, 12, 21)).clock(longitude=30, zone=480))


@given(st.integers(-60, 60), st.dates(date(2020, 1, 1), date(2030, 12, 31)))
def test_the_day_lies_around_noon_and_its_night_around_midnight(latitude: int, day: date) -> None:
    light = sun.daylight(latitude, day)
    assert 0 < light.rise < 720 < light.set < 1440
    assert abs((light.rise + light.set) / 2 - 720) < 17, "the equation of time never reaches more"
    assert light.set - light.rise < 1140


@given(st.integers(0, 1439))
def test_dark_is_before_the_rise_and_from_the_set_on(minute: int) -> None:
    assert sun.is_dark(minute, (360, 1080)) == (not 360 <= minute < 1080)
    over_midnight = (600, 1500)  # far west of its clock: sets after twelve at night
    assert sun.is_dark(minute, over_midnight) == (60 <= minute < 600)


def test_every_province_has_its_place() -> None:
    assert set(sun.LONGITUDES) == {sign for sign, _keys in plates.PROVINCE_KEYS}
