"""The work of one lane: ask, judge, append. One calling thread; what is written comes back as futures."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace

from checkpoint_app.domain import facts, lane
from checkpoint_app.domain.entry import Fact, Head
from checkpoint_app.domain.errors import Refusal
from checkpoint_app.domain.facts import By
from checkpoint_app.domain.lane import LaneState
from checkpoint_app.domain.roles import Action
from checkpoint_app.domain.words import Outcome, VehicleClass
from checkpoint_app.services.bus import BusWork
from checkpoint_app.services.convoy import ConvoyWork
from checkpoint_app.services.endings import (
    LETS_GO,
    BusStands,
    ConvoyFull,
    Counted,
    DigitsMissing,
    DocumentRefused,
    Ended,
    LeadNeeded,
    ModeInUse,
    NobodyLeft,
    NothingOpen,
    NothingToUndo,
    PlateTooShort,
    ReasonNeeded,
    RowFull,
    StillSaving,
    TallyForbidden,
    VehicleWaiting,
    allow,
)
from checkpoint_app.services.papers import Papers
from checkpoint_app.services.tools import Tools
from checkpoint_app.services.typed import as_typed
from checkpoint_app.storage.ledger import Written

__all__ = [
    "LETS_GO",
    "BusStands",
    "ConvoyFull",
    "Counted",
    "DigitsMissing",
    "DocumentRefused",
    "Ended",
    "Lane",
    "LeadNeeded",
    "ModeInUse",
    "NobodyLeft",
    "NothingOpen",
    "NothingToUndo",
    "PlateTooShort",
    "ReasonNeeded",
    "RowFull",
    "StillSaving",
    "TallyForbidden",
    "Tools",
    "VehicleWaiting",
]

MINUTE = 60_000


class LaneBusy(Refusal):
    """A vehicle stands at this lane, open or parked: it stays as it is; facts: lane."""


class Lane(BusWork, ConvoyWork, Papers):
    """Everything a lane can do: what is entered, how it ends, what is counted."""

    def end(self, outcome: Outcome, *, why: str = "", lead: By | None = None) -> Ended:
        """Ends the open crossing; `lead` gave a PIN to let a stop go. Raises NothingOpen, ReasonNeeded,
        LeadNeeded or NotAllowed; then it stays open.

        What passed a minute ago may not pass now (a test too old): it is judged once more. The vehicles of a
        convoy are written in one transaction, the first one last.
        """
        self._judge_again()
        before, crossing, verdict = self.state, self.state.open, self.verdict
        if not crossing or not verdict:
            raise NothingOpen
        by = self._recording()
        led = self._led(lead)
        allow(verdict, outcome, why=why, led=bool(led))
        now, said = self._now(), as_typed(why)
        others = facts.followers_crossed(crossing, verdict, outcome, by=by, at=now, why=said, lead=led)
        first = facts.vehicle_crossed(crossing, verdict, outcome, by=by, at=now, why=said, lead=led)
        written = self._write(lane.ended(before), outcome=(*others, first))
        self._tools.sightings.note(crossing, at=now)
        self.last = Ended(crossing, verdict, outcome, now, written, before)
        return self.last

    def take_back(self, ended: Ended) -> None:
        """The outcome could not be saved: the vehicle stands here again, nothing was written."""
        self._tools.sightings.forget(ended.crossing, at=ended.at)
        if self.last is ended:
            self.last = None
        self._move(lane.put_back(self.state, ended.before))

    def undo(self, *, why: str = "slip") -> Future[tuple[Written, ...]]:
        """Takes the last outcome or count back, within ten seconds: an entry of its own.

        Raises NothingToUndo, or StillSaving while the outcome is not on disk; an outcome that could not be
        saved is simply taken back.
        """
        self._recording()
        last, now = self.last, self._now()
        if isinstance(last, Ended):
            return self._undo(last, now=now, why=as_typed(why))
        if last is None or now - last.at > lane.UNDO_MS:
            raise NothingToUndo
        self.last = None
        return self._uncount(last)

    def count(self, *, people: int, vehicle: VehicleClass = VehicleClass.CAR) -> Counted:
        """Normal traffic seen, not checked: one vehicle more in the running minute."""
        if not self._tools.tally_allowed():
            raise TallyForbidden
        self._recording()
        if self.state.open:
            raise VehicleWaiting
        now = self._now()
        state, over = self._minute_over(now)
        state = lane.with_counted(
            state, vehicle=vehicle, people=people, minute=now - now % MINUTE, action=self._action()
        )
        assert state.tally is not None
        self.last = Counted(vehicle, people, now, state.tally.action, self._write(state, over))
        return self.last

    def minute(self) -> Future[tuple[Written, ...]] | None:
        """Call about once a second: writes the running tally down once its minute is over."""
        state, over = self._minute_over(self._now())
        return self._write(state, over) if state is not self.state else None

    def close(self) -> Future[tuple[Written, ...]] | None:
        """At the end of a shift or of the program: writes the running tally down whatever its age."""
        if self.state.tally is None and not self.owed:
            return None
        return self._write(*self._tally_out(self._now()))

    def report(self) -> Future[tuple[Written, ...]]:
        """Calls the lead: a matter that stays open until somebody answers it."""
        fact = facts.matter_raised(
            self.state.open, self.verdict, by=self._tools.by(), at=self._now(), action=self._action()
        )
        return self._write(self.state, (fact,))

    def confirm(self, written: Written, *, true: bool) -> Future[tuple[Written, ...]]:
        """Answers for an action that was saved but never shown: it stands, or it is undone."""
        self._recording()
        make = facts.action_confirmed if true else facts.outcome_undone
        return self._write(self.state, (self._about(written, make, why="after_restart"),))

    def _undo(self, last: Ended, *, now: int, why: str) -> Future[tuple[Written, ...]]:
        if not last.written.done():
            raise StillSaving
        if last.written.exception() is not None:
            self.take_back(last)
            assert self.kept is not None
            return self.kept
        following = [self._action() for _ in last.crossing.followers]
        vehicles = last.written.result()[-1 - len(following) :]
        if now - max(last.at, vehicles[-1].written) > lane.UNDO_MS:
            raise NothingToUndo
        self.last = None
        self._tools.sightings.forget(last.crossing, at=last.at)
        undone = tuple(self._about(one, facts.outcome_undone, why=why) for one in vehicles)
        state = lane.put_back(self.state, last.before, action=self._action(), following=following)
        return self._move(state, undone)

    def _uncount(self, last: Counted) -> Future[tuple[Written, ...]]:
        """The minute so far goes on paper, and one vehicle less beside it."""
        now = self._now()
        state, over = self._tally_out(now)
        less = facts.Tally(
            self._action(),
            state.number,
            state.direction,
            last.at - last.at % MINUTE,
            ((last.vehicle, -1, -last.people),),
        )
        return self._write(state, (*over, facts.tallied(less, by=self._tools.by(), at=now)))

    def _about(self, written: Written, make: Callable[..., Fact], *, why: str) -> Fact:
        head = Head(self._tools.ledger.head().desk, written.epoch, written.seq, written.hash)
        by, now = self._tools.by(), self._now()
        return make(head, ref_action=written.action, by=by, at=now, action=self._action(), why=why)

    def _recording(self) -> By:
        """Who acts here; raises NotAllowed for somebody who may not record."""
        by = self._tools.by()
        self._tools.check(Action.RECORD, by)
        return by

    def _led(self, lead: By | None) -> str:
        """The number of who lets a stop go; "" where there is no such PIN. Raises NotAllowed."""
        if lead is None or not self._tools.protected():
            return ""
        self._tools.check(Action.RELEASE_STOP, lead)
        return lead.officer

    def _judge_again(self) -> None:
        shown, fresh = self.verdict, self._judge(self.state)
        if shown and fresh and (fresh.state, fresh.reasons) != (shown.state, shown.reasons):
            self._move(self.state)
        self.verdict = fresh

    def _minute_over(self, now: int) -> tuple[LaneState, tuple[Fact, ...]]:
        tally = self.state.tally
        if tally is None or (now < tally.minute + MINUTE and tally.direction is self.state.direction):
            return self.state, ()
        return self._tally_out(now)

    def _tally_out(self, now: int) -> tuple[LaneState, tuple[Fact, ...]]:
        tally = self.state.tally
        if tally is None:
            return self.state, ()
        written = (facts.tallied(tally, by=self._tools.by(), at=now),) if tally.counts else ()
        return replace(self.state, tally=None), written
