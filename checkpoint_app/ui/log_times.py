"""When something is due, as it is typed and as it is told. Pure; ms UTC, the computer's zone."""

from __future__ import annotations

from datetime import datetime

from checkpoint_app.i18n import _
from checkpoint_app.services.typed_time import time_ahead as due
from checkpoint_app.ui import said

__all__ = ["due", "left", "moment"]


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
