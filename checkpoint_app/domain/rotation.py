"""Rotation patterns: which group serves in which part of the day, and a month made of them. Pure.

A pattern is a text. A letter stands for a group, A for the first of the station's list. Where blanks are
used, letters without a blank between them stand for groups that serve the same slot together:

    "ABCD"         one group a slot; each serves every fourth slot (8 h on, 24 h off with three slots a day)
    "AABBCC"       each group serves two slots one after the other, then four others pass
    "AB CD EF GH"  two groups on at a time, eight groups over three slots of 8 h: 8 h on, 24 h off
    "A B A B C D C D"  with a day and a night slot: two days on, two days off

The slots of all days are counted through from a fixed day: a pattern goes on over the month's border. Where
its length is a multiple of the slots of a day, everybody keeps the same hours. Minutes are those of the
station's day; a slot that ends at or before its begin ends on the next day.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from checkpoint_app.domain.errors import Refusal

DAY = 24 * 60
LONGEST_PATTERN = 400

_MONTH = re.compile(r"[1-9][0-9]{3}-(?:0[1-9]|1[0-2])")


class PatternRefused(Refusal):
    """A pattern nobody can serve by; facts: fault (empty, sign, twice, gap, long), need, found."""


class GroupsUnfit(PatternRefused):
    """A pattern over more or fewer groups than it has letters; facts: need, found, names (in one text)."""


class RosterRefused(Refusal):
    """A month or an exchange that cannot be; facts: fault (month, slots, turn, same, empty)."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A part of the day, in minutes of it (0…1439); `until` ≤ `begin`: over midnight."""

    name: str
    begin: int
    until: int

    @property
    def minutes(self) -> int:
        return (self.until - self.begin) % DAY or DAY


THREE = (Slot("early", 7 * 60, 15 * 60), Slot("late", 15 * 60, 23 * 60), Slot("night", 23 * 60, 7 * 60))
TWO = (Slot("day", 8 * 60, 20 * 60), Slot("night", 20 * 60, 8 * 60))
NAMES = ("early", "late", "day", "night")
"""Slots that have a word in every language; other names are the station's."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """`text` as above over `slots`; `code` names one of PATTERNS, "own" the station's."""

    code: str
    text: str
    slots: tuple[Slot, ...]

    @property
    def cycle(self) -> tuple[tuple[int, ...], ...]:
        """Which groups (0 is the first) serve each slot of the cycle."""
        return read_pattern(self.text)

    @property
    def groups(self) -> int:
        """How many groups it needs."""
        return 1 + max(group for on in self.cycle for group in on)


PATTERNS: Mapping[str, Pattern] = MappingProxyType(
    {
        each.code: each
        for each in (
            Pattern("eight_by_two", "AB CD EF GH", THREE),
            Pattern("four_three_slots", "ABCD", THREE),
            Pattern("two_on_two_off", "A B A B C D C D B A B A D C D C", TWO),
            Pattern("day_night_rest", "ACBACB", TWO),
            Pattern("day_night_two_rest", "ADBACBDC", TWO),
        )
    }
)


@dataclass(frozen=True, slots=True)
class Turn:
    """Who is on in one slot of one day of the month (1…31)."""

    day: int
    slot: int
    groups: tuple[str, ...]


def read_pattern(text: str) -> tuple[tuple[int, ...], ...]:
    """Groups by slot of the cycle; raises PatternRefused."""
    text = text.strip().upper()
    parts = text.split() if " " in text else list(text)
    if not parts:
        raise PatternRefused(fault="empty")
    if len(text) > LONGEST_PATTERN:
        raise PatternRefused(fault="long", need=LONGEST_PATTERN, found=len(text))
    if not re.fullmatch(r"[A-Z ]+", text):
        raise PatternRefused(fault="sign")
    if any(len(set(part)) < len(part) for part in parts):
        raise PatternRefused(fault="twice")
    seen = set(text) - {" "}
    if seen != {chr(ord("A") + place) for place in range(len(seen))}:
        raise PatternRefused(fault="gap")
    return tuple(tuple(ord(letter) - ord("A") for letter in part) for part in parts)


def own_pattern(text: str, slots: Sequence[Slot]) -> Pattern:
    """The station's own; raises PatternRefused, RosterRefused for a day that has holes or overlaps."""
    read_pattern(text)
    check_slots(slots)
    return Pattern("own", " ".join(text.upper().split()), tuple(slots))


def check_slots(slots: Sequence[Slot]) -> None:
    """The slots make a whole day, one after the other; raises RosterRefused."""
    joined = all(one.until == two.begin for one, two in zip(slots, [*slots[1:], *slots[:1]], strict=True))
    if not slots or not joined or sum(each.minutes for each in slots) != DAY:
        raise RosterRefused(fault="slots")


def evenly(count: int, *, first: int) -> tuple[Slot, ...]:
    """`count` slots of the same length, the first from minute `first`; count divides the day."""
    length = DAY // count
    starts = [(first + place * length) % DAY for place in range(count)]
    return tuple(Slot(str(place), begin, (begin + length) % DAY) for place, begin in enumerate(starts, 1))


def days_of(month: str) -> int:
    """Days of a month "YYYY-MM"; raises RosterRefused."""
    if not _MONTH.fullmatch(month):
        raise RosterRefused(fault="month")
    return calendar.monthrange(int(month[:4]), int(month[5:]))[1]


def month_after(month: str, by: int = 1) -> str:
    """The month `by` later (or earlier)."""
    count = int(month[:4]) * 12 + int(month[5:]) - 1 + by
    return f"{count // 12:04}-{count % 12 + 1:02}"


def rotate(pattern: Pattern, groups: Sequence[str], month: str, *, phase: int) -> tuple[Turn, ...]:
    """Every turn of the month; `phase` slots of the cycle have passed before its first.

    Raises GroupsUnfit, PatternRefused, RosterRefused.
    """
    cycle, per_day = pattern.cycle, len(pattern.slots)
    check_slots(pattern.slots)
    if len(groups) != pattern.groups or len(set(groups)) < len(groups):
        named = list(dict.fromkeys(groups))
        raise GroupsUnfit(need=pattern.groups, found=len(named), names=", ".join(named))
    return tuple(
        Turn(day + 1, slot, tuple(groups[on] for on in cycle[(phase + day * per_day + slot) % len(cycle)]))
        for day in range(days_of(month))
        for slot in range(per_day)
    )


def natural_phase(month: str, per_day: int) -> int:
    """Slots from the first of January 2000 to the first of the month."""
    return (date(int(month[:4]), int(month[5:]), 1) - date(2000, 1, 1)).days * per_day
