"""The demonstration without a window: an officer who is played works the real lane for a while.

Pictures go through the real camera thread and decoder, keys through the real service, and a line is told only
after its COMMIT. At the end every vehicle that came must be in the ledger, counted by a second way.
"""

from __future__ import annotations

import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from checkpoint_app import bootstrap
from checkpoint_app.demo import play as scene
from checkpoint_app.demo.device import SOURCE, DemoLane, opens
from checkpoint_app.domain.words import Direction, Outcome, VerdictState
from checkpoint_app.i18n import _
from checkpoint_app.scanning.camera import Camera
from checkpoint_app.scanning.devices import OpenDevice
from checkpoint_app.services.desk import Desk
from checkpoint_app.services.lane import Ended

Tell = Callable[[str], None]

TEMPO = 2.0
LOOK_S = 0.1
PATIENCE_S = 6.0
"""After this the officer types what the camera did not read."""
COUNT_EVERY = 3
BY_HAND = "checked_by_hand"


def run(folder: Path, *, seconds: float, tell: Tell | None = None) -> int:
    """Sets the demonstration's desk up in `folder` if need be and plays; 0 when the ledger has everybody."""
    scene.prepare(folder)
    desk = bootstrap.open_desk(folder)
    try:
        scene.begin_shift(desk)
        seed = scene.another_seed()
        demo = DemoLane(seed=seed, waits=True)
        pictures = opens({SOURCE: demo}, seed=seed, tempo=TEMPO)
        return play(desk, demo=demo, seconds=seconds, opens=pictures, tell=tell)
    finally:
        desk.close()


def play(desk: Desk, *, demo: DemoLane, seconds: float, opens: OpenDevice, tell: Tell | None = None) -> int:
    """Works lane 1 for `seconds`; 0 when the ledger holds every vehicle that was served or counted."""
    officer = Officer(desk, demo, tell=tell or _say)
    ready = threading.Event()
    camera = Camera(SOURCE, on_view=ready.set, opens=opens)
    camera.start()
    try:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            ready.wait(LOOK_S)
            ready.clear()
            camera.views.take()
            officer.looks(tuple(code.payload for code in camera.codes()), now=time.monotonic())
    finally:
        camera.stop()
    return officer.goes_home()


class Officer:
    """Does at the lane what a person would, and keeps a tally of his own on the side."""

    def __init__(self, desk: Desk, demo: DemoLane, *, tell: Tell) -> None:
        self._desk, self._demo, self._tell = desk, demo, tell
        self._before = desk.duty.totals(desk.by.shift)
        self.lane = desk.lane(1, direction=Direction.IN)
        if self.lane.state.open:
            self.lane.park()
        self._others = frozenset(each.action for each in self.lane.state.parked)
        self._read: set[bytes] = set()
        self._since: float | None = None
        self.served: Counter[str] = Counter()
        self.counted = 0

    def looks(self, payloads: tuple[bytes, ...], *, now: float) -> None:
        """Takes the codes that were read; when all are, or patience is over, the vehicle gets its outcome."""
        wanted = {payload for card in self._demo.current.cards for payload in card.payloads}
        for payload in payloads:
            if payload in wanted:
                self.lane.scanned(payload)
                self._read.add(payload)
        self._since = now if self._since is None else self._since
        impatient = now - self._since > PATIENCE_S * max(1, len(wanted))
        if not self._demo.released and (wanted <= self._read or impatient):
            self._serve()
            self._demo.next()
            self._read, self._since = set(), None

    def goes_home(self) -> int:
        """What has no outcome was left; then the ledger is compared with the officer's own tally. What a
        window before left open or parked here stays.
        """
        while (place := self._left_over()) is not None:
            if place:
                self.lane.resume(place)
            self._end(Outcome.ABANDONED)
        over = self.lane.close()
        if over is not None:
            over.result()
        found = self._desk.duty.totals(self._desk.by.shift)
        outcomes = Counter(found.outcomes)
        outcomes.subtract(self._before.outcomes)
        counted = found.counted_vehicles - self._before.counted_vehicles
        for outcome, number in sorted((+outcomes).items()):
            self._tell(f"{outcome:12} {number:4}")
        word = _("counted")
        self._tell(f"{word:12} {counted:4}")
        complete = +outcomes == +self.served and counted == self.counted
        self._tell(_("every vehicle is in the ledger") if complete else _("THE LEDGER IS NOT COMPLETE"))
        return 0 if complete else 1

    def _left_over(self) -> int | None:
        """Where a vehicle of this play stands: 0 open, else its place among the parked; None for nowhere."""
        state = self.lane.state
        rows = (state.open, *state.parked)
        mine = (place for place, each in enumerate(rows) if each and each.action not in self._others)
        return next(mine, None)

    def _serve(self) -> None:
        lane, arrival = self.lane, self._demo.current
        crossing = lane.state.open
        if crossing is None or not crossing.plate:
            lane.plate(arrival.plate)
        lane.people(arrival.people)
        for tenths in arrival.tenths:
            lane.temperature(tenths)
        verdict = lane.verdict.state if lane.verdict else VerdictState.NOT_YET
        if verdict is VerdictState.PASS:
            self._end(Outcome.RELEASED)
        elif verdict is VerdictState.STOP:
            self._end(Outcome.HELD)
        else:
            self._end(Outcome.REGISTERED, why=BY_HAND)
        if sum(self.served.values()) % COUNT_EVERY == 0:
            lane.count(people=2).saved.result()
            self.counted += 1

    def _end(self, outcome: Outcome, *, why: str = "") -> Ended:
        ended = self.lane.end(outcome, why=why)
        written = ended.written.result()[-1]
        self.served[outcome.value] += 1
        self.lane.painted = written.seq
        self._tell(
            f"{written.seq:6}  {ended.crossing.plate or '-':10} {outcome.value:12} {written.hash[:16]}"
        )
        return ended


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
