"""What a lane page works on: the lane, what was saved, what is asked. Knows no widget.

Every method is called in the window's thread and returns at once; answers come back through `Tasks`.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from checkpoint_app.domain.case import Case, gone_through
from checkpoint_app.domain.codes import Code
from checkpoint_app.domain.errors import CheckpointError
from checkpoint_app.domain.facts import VEHICLE_CROSSED, By
from checkpoint_app.domain.known import Known
from checkpoint_app.domain.words import CodeClass, Direction, Outcome, VerdictState
from checkpoint_app.services.desk import Desk
from checkpoint_app.services.lane import Ended, LeadNeeded, ReasonNeeded
from checkpoint_app.storage.ledger import Written
from checkpoint_app.ui import asking, messages, unanswered
from checkpoint_app.ui.asking import About, Ask
from checkpoint_app.ui.idle import Idle
from checkpoint_app.ui.lane_sound import LaneSound
from checkpoint_app.ui.lane_suggested import Suggested
from checkpoint_app.ui.lane_text import Saved
from checkpoint_app.ui.lane_viewing import LaneViewing
from checkpoint_app.ui.messages import Words
from checkpoint_app.ui.sounds import Voice
from checkpoint_app.ui.tasks import Tasks
from checkpoint_app.ui.unanswered import Unanswered

SAVED_MS = 1_200
REMARK_MS = 6_000
PUT_OFF_MS = 30_000


def counter() -> int:
    return time.monotonic_ns() // 1_000_000


class LaneWork(QObject):
    """`changed` after anything that shows, `written` after entries, `ended` after an outcome was saved."""

    changed = Signal()
    written = Signal()
    ended = Signal()

    def __init__(
        self, desk: Desk, tasks: Tasks, *, number: int, sounds: Voice, parent: QObject | None = None
    ) -> None:
        """`number` is one of `desk.settings.lanes`."""
        super().__init__(parent)
        self.desk, self.tasks, self.sounds = desk, tasks, sounds
        setting = desk.settings.lane(number)
        self.lane = desk.lane(number, direction=Direction(setting.direction))
        self.ask: Ask | None = None
        self.saving: Ended | None = None
        self.saved: Saved | None = None
        self.last: Saved | None = None
        self.failure: CheckpointError | None = None
        self.failure_shown = self.phrase_wanted = False
        self.remark: Words | None = None
        self.reported = 0
        self.last_written: tuple[int, int] | None = None
        self.unanswered: tuple[Unanswered, ...] = ()
        self.questions_read = False
        self.may_ask: Callable[[], bool] = lambda: True
        self.may_confirm: Callable[[], bool] = lambda: True
        self.lead_wanted: Callable[[Outcome], None] = lambda _outcome: None
        self.idle = Idle(desk)
        self.owed = self._owed_before = 0  # what has not been on disk for a second
        self._put_off_until = self.asked_itself = 0
        self.suggested = Suggested()
        self.viewing = LaneViewing(desk, tasks, parent=self)
        self.viewing.changed.connect(self.changed)
        self.viewing.failed.connect(self.failed)
        self._sound = LaneSound(sounds)
        self._saved_timer = self._timer(self._saved_over)
        self._remark_timer = self._timer(self._remark_over)
        self._hear_no_more = desk.ledger.on_written(
            lambda batch: tasks.post(partial(self._were_written, batch))
        )
        self._ask_after_restart()

    # what the page shows

    @property
    def number(self) -> int:
        """Which lane of this desk."""
        return self.lane.state.number

    @property
    def now(self) -> int:
        return self.desk.ledger.now()

    @property
    def masked(self) -> bool:
        return self.viewing.masks(self.lane.state.open)

    @property
    def hushed(self) -> bool:
        return self._sound.hushed

    def case(self) -> Case | None:
        """The open crossing as the rules see it."""
        crossing = self.lane.state.open
        if crossing is None:
            return None
        known = Known(clock=self.desk.ledger.clock)
        return gone_through(crossing, known=known, rules=self.desk.rules, now=self.now)

    def lacking(self) -> frozenset[int]:
        """The people of the open crossing with something missing."""
        case = self.case()
        return frozenset(case.lacking) if case else frozenset()

    @property
    def whose(self) -> str:
        """The action of the open crossing, "" without one."""
        return self.lane.state.open.action if self.lane.state.open else ""

    def stopped_for(self) -> int | None:
        """How long the open crossing has been stopped, ms; None when it is not."""
        since = next((stop.since for stop in self.lane.state.stopped if stop.crossing == self.whose), None)
        return None if since is None else self.now - since

    # what changes the lane

    def read(self, payload: bytes, *, colour: str = "", by_hand: bool = True) -> Code | None:
        """A code from a camera or a scanner: whatever stood in the panel's place goes.

        A remark stays until its time is over: a camera reads on while the officer reads it. `colour` is what
        the camera measured beside the code; a camera also reads what the last vehicle still holds up.
        """
        self.suggested.note(self.desk.ledger.payload_digest(payload) if colour else "", colour)
        self.saved = None
        if self.ask and self.ask.about in {About.UNCONFIRMED, About.CLOCK, About.PARKED, About.ORDER}:
            self.ask = None
        code: list[Code] = []
        self.change(lambda: code.append(self.lane.scanned(payload, by_hand=by_hand)), read=True)
        if code and code[0].kind is CodeClass.SEAL:
            self.say(messages.filled(messages.SEAL))
        return code[0] if code else None

    def change(
        self,
        action: Callable[[], object],
        *,
        read: bool = False,
        refused: Callable[[Words], None] | None = None,
    ) -> bool:
        """Does what may be refused; False and words when it is. A question about a vehicle goes with it."""
        before, state, whose, asked = self.lane.kept, self._state, self.whose, self.ask
        try:
            action()
        except CheckpointError as error:
            (refused or self.say)(messages.words_for(error))
            return False
        if self.lane.kept is not None and self.lane.kept is not before:
            self._watch(self.lane.kept)
        if self.lane.state.open:
            self.saved = None
            self.failure_shown = False
        if read and self._state is not state:
            self.remark = None
        if whose not in {"", self.whose} and asked is not None and self.ask is asked:
            self.ask = None
            if read:
                self.say(messages.filled(messages.VEHICLE_CHANGED))
        self._sound.judged(self.lane, read=read, now=counter())
        self.changed.emit()
        return True

    def end(self, outcome: Outcome, *, why: str = "", lead: By | None = None) -> None:
        """An outcome key; what needs a reason or a lead asks for it. Saved is what the ledger calls so."""
        self.ask = None
        try:
            ended = self.lane.end(outcome, why=why, lead=lead)
        except ReasonNeeded:
            self.question(asking.reason(outcome))
            return
        except CheckpointError as error:
            if isinstance(error, LeadNeeded) and self.desk.officers.protected:
                self.lead_wanted(outcome)
                return
            self.say(messages.words_for(error))
            return
        self.saving, self.saved, self.remark, self.reported = ended, None, None, 0
        self.phrase_wanted = False
        self._sound.judged(self.lane, read=False, now=counter())
        self.tasks.watch(
            ended.written, then=partial(self._was_saved, ended), failed=partial(self._not_saved, ended)
        )
        self.changed.emit()

    def undo(self) -> None:
        """Takes the last outcome or count back, as a correction."""
        futures: list[Future[Any]] = []
        if self.change(lambda: futures.append(self.lane.undo())):
            self.saved = None
            self._watch(futures[0])
            self.say(messages.filled(messages.UNDONE))

    def count(self, people: int) -> None:
        """One vehicle seen, not checked."""
        counted: list[Future[Any]] = []
        if self.change(lambda: counted.append(self.lane.count(people=people).saved)):
            self._watch(counted[0])
            self.saved = None
            self.sounds.play("tally")

    def report(self) -> None:
        """Calls the lead."""
        self.tasks.watch(self.lane.report(), then=self._was_reported, failed=self.failed)

    # questions

    def question(self, ask: Ask | None) -> None:
        self.ask = ask
        self.changed.emit()

    def retranslate(self) -> None:
        """The question that stands, in the language in use; one about parked vehicles is closed."""
        if self.ask is None:
            return
        self.ask = asking.again(self.ask)
        self.next_question()

    def put_off(self) -> None:
        """The question is left; what only the officer can answer comes back after a while."""
        self._put_off_until = counter() + PUT_OFF_MS
        self.question(None)

    def next_question(self) -> None:
        """With nothing in front of the barrier: what was left open by a restart, then the clock."""
        if self.lane.state.open or self.ask or not self.may_ask() or counter() < self._put_off_until:
            return
        if self.unanswered:
            self.ask = unanswered.question(self.unanswered)
        elif self.desk.ledger.clock.value == "unsure":
            self.ask = unanswered.clock_question(self.desk.ledger)

    def answer_restart(self, *, true: bool) -> None:
        """One action that was saved and never shown: it stands, or it is undone."""
        if not self.unanswered:
            return
        first, *rest = self.unanswered
        future = self.lane.confirm(first.written, true=true)
        self.ask, self.unanswered = None, tuple(rest)
        self.tasks.watch(future, then=lambda _written: None, failed=self.failed)
        self.next_question()
        self.changed.emit()

    @property
    def answered(self) -> bool:
        """Whether nothing of an earlier run waits for the officer's word."""
        return self.questions_read and not self.unanswered

    def was_painted(self, seq: int) -> None:
        """The screen has shown everything up to `seq` as saved; kept back while older ones are unanswered,
        here or, as `may_confirm` says, at another lane.
        """
        if self.answered and self.may_confirm() and seq > (self.lane.painted or 0):
            self.lane.painted = seq

    # words

    def say(self, words: Words) -> None:
        """A remark beside the people, until the next key or for six seconds."""
        self.remark = words
        self._remark_timer.start(REMARK_MS)
        self.changed.emit()

    def touch(self) -> None:
        """The officer did something: what was remarked has been read."""
        self.remark = None
        self.idle.touch()

    def hush(self) -> None:
        self._sound.hush()
        self.changed.emit()

    @Slot()
    def second(self) -> None:
        """Once a second: the running tally, the insisting stop, ages."""
        self.idle.look()
        over = self.lane.minute()
        if over is not None:
            self._watch(over)
        self._sound.again(now=counter())
        self.owed = min(self._owed_before, self.lane.owed)
        self._owed_before = self.lane.owed
        if self.ask is None:
            self.next_question()
            self.asked_itself = counter()
        elif self.ask.about is About.CLOCK and self.desk.ledger.clock.value == "sure":
            self.ask = None
        self.changed.emit()

    def close(self) -> None:
        """Writes the running tally down; the ledger is closed by whoever opened it."""
        self._saved_timer.stop()
        self._remark_timer.stop()
        self.sounds.stop()
        self._hear_no_more()
        self.lane.close()

    # answers of the ledger

    def _was_saved(self, ended: Ended, written: tuple[Written, ...]) -> None:
        entry = [one for one in written if one.kind == VEHICLE_CROSSED][-1]
        self.last = Saved(ended.outcome, ended.crossing.plate, entry.seq, entry.written)
        self.failure, self.failure_shown = None, False
        if self.saving is ended:
            self.saving = None
            if self.lane.state.open is None:
                self.saved = self.last
                self._saved_timer.start(SAVED_MS)
        self.ended.emit()
        self.changed.emit()

    def _not_saved(self, ended: Ended, error: CheckpointError) -> None:
        if self.saving is ended:
            self.saving = None
        self.lane.take_back(ended)
        self.failed(error)

    def failed(self, error: CheckpointError) -> None:
        self.failure, self.failure_shown = error, True
        self.sounds.play("not_saved")
        self.changed.emit()

    def _watch(self, future: Future[Any]) -> None:
        self.tasks.watch(future, then=self._was_kept, failed=self._not_kept)

    def _not_kept(self, error: CheckpointError) -> None:
        """A draft was not saved: told once, then the verdicts must be seen again."""
        if self.failure is None:
            self.failed(error)
        self.failure = error

    def _was_kept(self, _result: object) -> None:
        if self.failure is not None:
            self.failure, self.failure_shown = None, False
            self.changed.emit()

    def _was_reported(self, written: tuple[Written, ...]) -> None:
        self.reported = written[-1].written
        self.changed.emit()

    def _were_written(self, batch: tuple[Written, ...]) -> None:
        last = batch[-1]
        self.last_written = (last.seq, last.written)
        self.written.emit()
        self.changed.emit()

    # after a restart

    def _ask_after_restart(self) -> None:
        lanes = tuple(lane.number for lane in self.desk.settings.lanes)
        read = partial(unanswered.left_open, self.desk.ledger, self.number, lanes=lanes)
        self.tasks.run(read, then=self._found_unanswered, failed=self.failed)

    def _found_unanswered(self, found: tuple[Unanswered, ...]) -> None:
        self.unanswered, self.questions_read, self.asked_itself = found, True, 0
        if found and self.ask is None:
            self.ask = unanswered.question(found)
        self.changed.emit()

    # timers

    @property
    def stops(self) -> bool:
        """Whether the open crossing is stopped."""
        return self._state is VerdictState.STOP

    @property
    def _state(self) -> VerdictState | None:
        return self.lane.verdict.state if self.lane.verdict else None

    def _timer(self, over: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(over)
        return timer

    @Slot()
    def _saved_over(self) -> None:
        self.saved = None
        self.changed.emit()

    @Slot()
    def _remark_over(self) -> None:
        self.remark = None
        self.changed.emit()
