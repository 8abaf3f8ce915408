"""What a lane's page sees of the app's own failures, told to whoever writes them down."""

from __future__ import annotations

from checkpoint_app.domain.outages import CAMERA, SAVING
from checkpoint_app.scanning.health import Sight
from checkpoint_app.ui.lane_work import LaneWork


def camera_seen(work: LaneWork, sight: Sight) -> None:
    """A camera that is being opened has not failed, and is not back either."""
    if sight is not Sight.OPENING:
        works = sight is Sight.FINE
        work.desk.outages.tell(CAMERA, works=works, lane=work.lane.state.number)


def second(work: LaneWork) -> None:
    """Each second: whether what officers do is saved."""
    lane = work.lane.state.number
    work.desk.outages.tell(SAVING, works=work.failure is None and not work.desk.ledger.waiting, lane=lane)
