"""What the words of a handover's lines are made with: numbers, times and names out of a line's facts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone

from checkpoint_app.domain.canonical import Value
from checkpoint_app.i18n import N_, _, language

SOURCES = {
    "lane": N_("From a lane"),
    "incident": N_("From an incident"),
    "visit": N_("From a visit"),
    "handover": N_("From a handover"),
    "item": N_("From the stores"),
    "hand": N_("Matter"),
}
MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000


@dataclass(frozen=True, slots=True)
class LineWords:
    """`what` and `said` stand in a list, `title` over the line in full, `rows` under it as label and value.

    `grave`: something is missing, overdue or does not add up.
    """

    what: str
    said: str
    title: str = ""
    rows: tuple[tuple[str, str], ...] = ()
    grave: bool = False


@dataclass(frozen=True, slots=True)
class Telling:
    """A line's facts as they are told at `now` (ms UTC) in a zone (minutes east) with these names."""

    facts: Mapping[str, Value]
    now: int
    zone: int
    names: Mapping[str, str] = field(default_factory=dict)

    def count(self, name: str) -> int:
        value = self.facts.get(name)
        return value if isinstance(value, int) else 0

    def text(self, name: str) -> str:
        value = self.facts.get(name)
        return value.strip() if isinstance(value, str) else ""

    def lists(self, name: str) -> tuple[Sequence[Value], ...]:
        """A list of lists, such as lanes or steps; anything else in it is left out."""
        value = self.facts.get(name)
        if not isinstance(value, list | tuple):
            return ()
        return tuple(each for each in value if isinstance(each, list | tuple))

    def name(self, number: str) -> str:
        """Who that is; words that are no officer's number as they are."""
        return self.names.get(number, number)

    def time(self, at: int) -> str:
        """HH:MM of today, with the date on other days, "" for never."""
        if not at:
            return ""
        there, here = self._local(at), self._local(self.now)
        return there.strftime("%H:%M" if there.date() == here.date() else "%m-%d %H:%M")

    def seconds(self, at: int) -> str:
        """HH:MM:SS of today, with the date on other days."""
        there, here = self._local(at), self._local(self.now)
        return there.strftime("%H:%M:%S" if there.date() == here.date() else "%m-%d %H:%M:%S")

    def due(self, at: int) -> str:
        """By when, and how long ago that was; "" without a time."""
        if not at:
            return ""
        if at <= self.now:
            return _("due {time}, {age} overdue").format(time=self.time(at), age=age(self.now - at))
        return _("due {time}").format(time=self.time(at))

    def _local(self, at: int) -> datetime:
        seconds = min(max(at / 1000, 0), 4_102_444_800)
        return datetime.fromtimestamp(seconds, UTC).astimezone(timezone(timedelta(minutes=self.zone)))


def age(ms: int) -> str:
    """In its largest unit: 12 min, 3 h, 20 days."""
    if ms < HOUR:
        return _("{n} min").format(n=max(0, ms) // MINUTE)
    if ms < 3 * DAY:
        return _("{n} h").format(n=ms // HOUR)
    return _("{n} days").format(n=ms // DAY)


def number(value: Value) -> int:
    return value if isinstance(value, int) else 0


def words(value: Value) -> str:
    return value if isinstance(value, str) else ""


def rows(*pairs: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    """The pairs that say something."""
    return tuple(pair for pair in pairs if pair[1])


def listed(*parts: str) -> str:
    """Parts after each other with commas; blank ones are left out."""
    return ("，" if language() == "zh_CN" else ", ").join(part for part in parts if part)
