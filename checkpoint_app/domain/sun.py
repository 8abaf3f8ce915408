"""When the sun rises and sets, from the latitude and the day alone: good to about three minutes.

Declination and equation of time after the short series of Spencer (1971), hour angle for a sun whose centre
stands 50′ under the horizon (16′ radius, 34′ refraction), as almanacs define sunrise and sunset.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date

NOON, DAY = 720, 1440
HORIZON = -50 / 60
MINUTES_A_DEGREE = 4

_MERIDIANS = (
    "新88 藏91 青102 云103 甘104 川104 宁106 渝107 贵107 桂108 陕109 琼110 蒙112 晋113 湘113 粤113 豫114"
    " 鄂114 冀115 京116 赣116 津117 皖117 鲁117 苏119 闽119 浙120 沪121 辽123 吉125 黑127"
)
LONGITUDES = {entry[0]: int(entry[1:]) for entry in _MERIDIANS.split()}
"""Degrees east of each province's capital: all of them live by one clock, the sun does not."""


@dataclass(frozen=True, slots=True)
class Daylight:
    """Minutes of the day of local mean solar time. In a polar day 0 and 1440, in a polar
    night both 720.
    """

    rise: float
    set: float

    def clock(self, *, longitude: float, zone: int) -> tuple[int, int]:
        """Rise and set as whole minutes of a clock `zone` minutes east of Greenwich."""
        if self.set - self.rise in {0, DAY}:
            return round(self.rise), round(self.set)
        shift = zone - longitude * MINUTES_A_DEGREE
        return round(self.rise + shift), round(self.set + shift)


def daylight(latitude: float, day: date) -> Daylight:
    """Sunrise and sunset at `latitude` degrees north on `day`."""
    turn = 2 * math.pi * (day.timetuple().tm_yday - 1) / 365
    sun, place = declination(turn), math.radians(latitude)
    low = math.sin(math.radians(HORIZON)) - math.sin(place) * math.sin(sun)
    ratio = low / (math.cos(place) * math.cos(sun))
    if ratio >= 1:
        return Daylight(NOON, NOON)
    if ratio <= -1:
        return Daylight(0, DAY)
    half = math.degrees(math.acos(ratio)) * MINUTES_A_DEGREE
    noon = NOON - equation_of_time(turn)
    return Daylight(noon - half, noon + half)


def declination(turn: float) -> float:
    """Of the sun, in radians; `turn` is the year's angle in radians, 0 on the first of January."""
    return (
        0.006918
        - 0.399912 * math.cos(turn)
        + 0.070257 * math.sin(turn)
        - 0.006758 * math.cos(2 * turn)
        + 0.000907 * math.sin(2 * turn)
        - 0.002697 * math.cos(3 * turn)
        + 0.00148 * math.sin(3 * turn)
    )


def equation_of_time(turn: float) -> float:
    """Minutes by which a sundial is ahead of a clock."""
    return 229.18 * (
        0.000075
        + 0.001868 * math.cos(turn)
        - 0.032077 * math.sin(turn)
        - 0.014615 * math.cos(2 * turn)
        - 0.040849 * math.sin(2 * turn)
    )


def is_dark(minute: int, rise_set: tuple[int, int]) -> bool:
    """Whether `minute` of the day lies before the rise or from the set on, also over midnight."""
    rise, ending = rise_set
    light = ending - rise
    return (minute - rise) % DAY >= light if 0 < light < DAY else light <= 0
