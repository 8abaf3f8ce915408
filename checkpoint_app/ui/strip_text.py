"""Which strips stand in the camera column: troubles beside which the lane goes on, worst first."""

from __future__ import annotations

from checkpoint_app.i18n import _
from checkpoint_app.ui import lane_text, messages
from checkpoint_app.ui.camera_column import Strip
from checkpoint_app.ui.lane_work import LaneWork


def strips(work: LaneWork) -> tuple[Strip, ...]:
    found: list[Strip] = []
    if work.failure is not None and not work.failure_shown:
        words = messages.words_for(work.failure)
        found.append(Strip("database-off", words.title))
    waiting = work.desk.ledger.waiting
    if waiting:
        words = messages.filled(messages.QUEUED, {"count": waiting})
        found.append(Strip("database-off", words.title))
    if work.owed:
        owed = _("{n} entries are not on disk yet").format(n=work.owed)
        found.append(Strip("database-off", owed, grave=False))
    open_now = work.lane.state.open
    found.extend(
        Strip("alert-octagon", lane_text.stop_strip(stop, now=work.now), stop=True)
        for stop in work.lane.state.stopped
        if open_now is None or stop.crossing != open_now.action
    )
    if not work.desk.by.shift:
        words = messages.filled(messages.NO_SHIFT)
        found.append(Strip("clipboard-list", f"{words.title} · {words.now_plain}", grave=False))
    return tuple(found)
