"""When something is due, as it is typed and as it is told. Pure; ms UTC, the computer's zone."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from checkpoint_app.i18n import _
from checkpoint_app.ui import said

MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000
_CLOCK = re.compile(r"([0-9]{1,2})[:：]?([0-9]{2})")
_IN = re.compile(r"\+([0-9]{1,4})")
_DAY = re.compile(r"([0-9]{1,2})[-/.月]([0-9]{1,2})日?\s+([0-9]{1,2})[:：]([0-9]{2})")


def due(text: str, *, now: int) -> int | None:
    """16:30 or 1630 (the next one), +90 (minutes from now), 11-25 16:30; 0 for nothing, None for no time."""
    typed = text.strip()
    if not typed:
        return 0
    ahead = _IN.fullmatch(typed)
    if ahead:
        return now + int(ahead[1]) * MINUTE
    today = datetime.fromtimestamp(now / 1000).astimezone().replace(second=0, microsecond=0)
    try:
        clock = _CLOCK.fullmatch(typed)
        if clock:
            at = today.replace(hour=int(clock[1]), minute=int(clock[2]))
            return _ms(at if _ms(at) >= now else at + timedelta(days=1))
        day = _DAY.fullmatch(typed)
        if not day:
            return None
        month, number, hour, minute = (int(part) for part in day.groups())
        at = today.replace(month=month, day=number, hour=hour, minute=minute)
        return _ms(at if at > today - timedelta(days=180) else at.replace(year=at.year + 1))
    except ValueError:
        return None


def moment(at: int, *, now: int) -> str:
    """HH:MM today, with month and day else; "" for 0."""
    if not at:
        return ""
    told, today = (datetime.fromtimestamp(each / 1000).astimezone() for each in (at, now))
    return told.strftime("%H:%M" if told.date() == today.date() else "%m-%d %H:%M")


def left(at: int, *, now: int) -> str:
    """How long it is until then, or since."""
    if now >= at:
        return _("{time} over").format(time=said.age(now - at))
    return _("{time} left").format(time=said.age(at - now))


def _ms(at: datetime) -> int:
    return int(at.timestamp() * 1000)
