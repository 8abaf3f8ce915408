"""Times people type: a day, a time of today, both, or how long ago."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from checkpoint_app.domain.errors import Refusal

_AGO = re.compile(r"(\d{1,6})\s*(min|h|d)")
_UNITS = {"min": 60_000, "h": 3_600_000, "d": 86_400_000}
_TIME = re.compile(r"\d{1,2}:\d{2}(:\d{2})?")


class TimeUnreadable(Refusal):
    """Not a time; facts: text."""


def parse_time(text: str, *, now: int) -> int:
    """ms UTC of `2026-11-21`, `2026-11-21 08:00`, `08:00` (today), `90min`, `8h` or `3d` (ago).

    Times without a zone are those of this computer. Raises TimeUnreadable.
    """
    ago = _AGO.fullmatch(text.strip())
    if ago:
        return now - int(ago.group(1)) * _UNITS[ago.group(2)]
    today = datetime.fromtimestamp(now / 1000).astimezone()
    whole = f"{today:%Y-%m-%d} {text.strip().zfill(5)}" if _TIME.fullmatch(text.strip()) else text.strip()
    try:
        found = datetime.fromisoformat(whole)
        return int((found if found.tzinfo else found.astimezone()).timestamp() * 1000)
    except (ValueError, OverflowError, OSError) as error:  # the last two by years that no clock has
        raise TimeUnreadable(text=text[:40]) from error


def local_zone(now: int) -> int:
    """Minutes east of UTC that this computer uses at `now` (ms UTC)."""
    offset = datetime.fromtimestamp(now / 1000).astimezone().utcoffset() or timedelta()
    return int(offset.total_seconds() // 60)
