"""What the window sees of the app's own failures, told to whoever writes them down."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Slot

from checkpoint_app.domain.errors import Trouble
from checkpoint_app.domain.outages import CAMERA, SAVING, SCANNER, SOUND
from checkpoint_app.scanning.health import Sight
from checkpoint_app.services.desk import Desk
from checkpoint_app.ui.lane_work import LaneWork
from checkpoint_app.ui.sounds import Sounds

LISTEN_EVERY_MS = 5_000


def camera_seen(work: LaneWork, sight: Sight) -> None:
    """A camera that is being opened has not failed, and is not back either."""
    if sight is not Sight.OPENING:
        works = sight is Sight.FINE
        work.desk.outages.tell(CAMERA, works=works, lane=work.lane.state.number)


def second(work: LaneWork) -> None:
    """Each second: whether what officers do is saved."""
    lane = work.lane.state.number
    work.desk.outages.tell(SAVING, works=work.failure is None and not work.desk.ledger.waiting, lane=lane)


def scanner_seen(desk: Desk, lane: int, trouble: Trouble | None) -> None:
    """A lane's own scanner went, or is back."""
    desk.outages.tell(SCANNER, works=trouble is None, lane=lane)


class Hearing(QObject):
    """Whether anybody at the desk would hear a verdict; muted is not heard either, whoever wished it."""

    def __init__(self, desk: Desk, sounds: Sounds, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._sounds = desk, sounds
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.listen)
        self._timer.start(LISTEN_EVERY_MS)

    def close(self) -> None:
        self._timer.stop()

    @Slot()
    def listen(self) -> None:
        self._desk.outages.tell(SOUND, works=self._sounds.heard)
