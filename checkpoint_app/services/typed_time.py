"""A time that lies ahead, as people type it."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

MINUTE = 60_000
_CLOCK = re.compile(r"([0-9]{1,2})[:：]?([0-9]{2})")
_IN = re.compile(r"\+([0-9]{1,4})")
_DAY = re.compile(r"([0-9]{1,2})[-/.月]([0-9]{1,2})日?\s+([0-9]{1,2})[:：]([0-9]{2})")


def time_ahead(text: str, *, now: int) -> int | None:
    """16:30 or 1630 (the next one), +90 (minutes from now), 11-25 16:30; 0 for nothing, None for no time.

    ms UTC, in the zone of this computer.
    """
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


def _ms(at: datetime) -> int:
    return int(at.timestamp() * 1000)
