"""The work of one lane: ask, judge, append. One calling thread; what is written comes back as futures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import replace

from checkpoint_app.domain import facts, lane, lane_draft
from checkpoint_app.domain.codes import Code, classify
from checkpoint_app.domain.crossing import Check
from checkpoint_app.domain.entry import Fact, Head
from checkpoint_app.domain.identity import typed_document
from checkpoint_app.domain.judging import judge
from checkpoint_app.domain.lane import LaneState
from checkpoint_app.domain.lane_codes import with_code
from checkpoint_app.domain.plates import parse_plate
from checkpoint_app.domain.standing import weighed
from checkpoint_app.domain.verdict import Verdict
from checkpoint_app.domain.words import CodeClass, Evidence, Outcome, VehicleClass
from checkpoint_app.services.endings import (
    LETS_GO,
    Counted,
    DocumentRefused,
    Ended,
    LeadNeeded,
    NothingOpen,
    NothingToUndo,
    ReasonNeeded,
    StillSaving,
    TallyForbidden,
    VehicleWaiting,
    allow,
)
from checkpoint_app.services.owing import Owing
from checkpoint_app.services.tools import Tools
from checkpoint_app.services.typed import as_typed
from checkpoint_app.storage.ledger import Written

__all__ = [
    "LETS_GO",
    "Counted",
    "DocumentRefused",
    "Ended",
    "Lane",
    "LeadNeeded",
    "NothingOpen",
    "NothingToUndo",
    "ReasonNeeded",
    "StillSaving",
    "TallyForbidden",
    "Tools",
    "VehicleWaiting",
]

MINUTE = 60_000
HOUR = 60 * MINUTE


class Lane:
    """Holds a lane's state between keys, all of it in the draft table; `domain.lane` says what it means."""

    def __init__(self, state: LaneState, *, tools: Tools) -> None:
        self._tools = tools
        self._owing = Owing(tools.ledger)
        self._draft = f"lane:{state.number}"
        self.state = lane_draft.read(tools.ledger.drafts().get(self._draft), blank=state)
        self.verdict: Verdict | None = self._judge(self.state)
        self.last: Ended | Counted | None = None
        self.painted: int | None = None  # highest number the screen shows as saved; kept with the next commit
        self.kept: Future[tuple[Written, ...]] | None = None  # the last change of the draft

    @property
    def owed(self) -> int:
        """Flags, voided checks, undos and tallies that are not on disk; they go along with the next key."""
        return self._owing.count

    def scanned(self, payload: bytes) -> Code:
        """A code a camera or scanner read. Seals change nothing here."""
        code = classify(payload, self._tools.patterns)
        if code.kind is not CodeClass.SEAL:
            digest = self._tools.digest(payload)
            self._move(with_code(self.state, code, digest=digest, now=self._now(), action=self._action()))
        return code

    def plate(self, text: str) -> None:
        """A plate typed for the vehicle that stands here, or for the next one."""
        plate = parse_plate(text, province=self._tools.province())
        colour, now = lane.only_colour(plate.colours), self._now()
        self._move(
            lane.with_plate(
                self.state, plate.text, colour=colour, marks=plate.marks, now=now, action=self._action()
            )
        )

    def correct_plate(self, text: str) -> None:
        """The plate of this same vehicle was wrong."""
        plate = parse_plate(text, province=self._tools.province())
        colour = lane.only_colour(plate.colours)
        self._move(lane.corrected_plate(self.state, plate.text, colour=colour, marks=plate.marks))

    def plate_colour(self, colour: str) -> None:
        """The colour the officer sees on the plate, one of `plates.ALL_COLOURS`."""
        self._move(lane.with_plate_colour(self.state, colour))

    def temperature(self, tenths: int) -> None:
        """A temperature of the person whose turn it is, in tenths of a degree Celsius."""
        self._move(lane.with_temperature(self._started(), tenths, now=self._now()))

    def document(self, text: str) -> None:
        """A document number read out or shown; raises DocumentRefused when it contradicts itself."""
        found = typed_document(as_typed(text))
        if found.contradicts_itself:
            raise DocumentRefused(notes=" ".join(found.notes))
        state = lane.with_document(
            self._started(),
            found.text,
            found.kind.value,
            evidence=Evidence.DECLARED,
            source="typed",
            digest="",
            now=self._now(),
        )
        self._move(state)

    def name(self, text: str) -> None:
        """The name of the person whose turn it is."""
        self._move(lane.with_name(self._started(), as_typed(text)))

    def test(self, result: str, *, hours: int) -> None:
        """A test report read by eye: `result` negative or positive, sampled `hours` ago."""
        now = self._now()
        self._move(lane.with_test(self._started(), result, taken=now - hours * HOUR, now=now))

    def colour(self, colour: str) -> None:
        """The colour of the health page the officer sees: green, yellow, red or grey."""
        self._move(lane.with_colour(self._started(), colour, now=self._now()))

    def people(self, told: int) -> None:
        """How many people the officer counts in the vehicle."""
        self._move(lane.with_people(self._started(), told))

    def vehicle(self, vehicle: VehicleClass) -> None:
        self._move(lane.with_vehicle(self._started(), vehicle))

    def places(self, *, origin: str, destination: str, purpose: str) -> None:
        self._move(
            lane.with_places(
                self._started(),
                origin=as_typed(origin),
                destination=as_typed(destination),
                purpose=as_typed(purpose),
            )
        )

    def step(self, by: int) -> None:
        """The turn goes to the next or previous person."""
        self._move(lane.with_turn(self.state, by))

    def park(self) -> None:
        """Sets the open crossing aside; it must be ended before the shift closes."""
        self._move(lane.parked(self.state))

    def resume(self, place: int) -> None:
        """Takes the parked crossing at `place` (from 1) up again."""
        self._move(lane.resumed(self.state, place))

    def void(self, place: int, *, why: str) -> Future[tuple[Written, ...]]:
        """Takes the check at `place` (from 0) back: an entry of its own, at once."""
        crossing = self.state.open
        if not crossing or not 0 <= place < len(crossing.checks) or crossing.checks[place].voided:
            raise NothingOpen
        fact = facts.check_voided(
            crossing,
            crossing.checks[place],
            by=self._tools.by(),
            at=self._now(),
            action=self._action(),
            why=as_typed(why),
        )
        return self._move(lane.voided(self.state, place), (fact,))

    def end(self, outcome: Outcome, *, why: str = "") -> Ended:
        """Ends the open crossing. Raises NothingOpen, ReasonNeeded or LeadNeeded; then it stays open.

        What passed a minute ago may not pass now (a test too old): it is judged once more.
        """
        self._judge_again()
        before, crossing, verdict = self.state, self.state.open, self.verdict
        if not crossing or not verdict:
            raise NothingOpen
        allow(verdict, outcome, why=why)
        now, by = self._now(), self._tools.by()
        fact = facts.vehicle_crossed(crossing, verdict, outcome, by=by, at=now, why=as_typed(why))
        written = self._write(lane.ended(before), outcome=fact)
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
        make = facts.action_confirmed if true else facts.outcome_undone
        return self._write(self.state, (self._about(written, make, why="after_restart"),))

    def _undo(self, last: Ended, *, now: int, why: str) -> Future[tuple[Written, ...]]:
        if not last.written.done():
            raise StillSaving
        if last.written.exception() is not None:
            self.take_back(last)
            assert self.kept is not None
            return self.kept
        written = last.written.result()[-1]
        if now - max(last.at, written.written) > lane.UNDO_MS:
            raise NothingToUndo
        self.last = None
        self._tools.sightings.forget(last.crossing, at=last.at)
        fact = self._about(written, facts.outcome_undone, why=why)
        return self._move(lane.put_back(self.state, last.before, action=self._action()), (fact,))

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

    def _started(self) -> LaneState:
        return lane.started(self.state, now=self._now(), action=self._action())

    def _judge_again(self) -> None:
        shown, fresh = self.verdict, self._judge(self.state)
        if shown and fresh and (fresh.state, fresh.reasons) != (shown.state, shown.reasons):
            self._move(self.state)
        self.verdict = fresh

    def _move(self, state: LaneState, written: Sequence[Fact] = ()) -> Future[tuple[Written, ...]]:
        """The lane as it now is: judged; what gives stop or refer goes on paper at once."""
        now = self._now()
        verdict = self._judge(state)
        state, fresh = weighed(state, verdict, now=now)
        if fresh and state.open and verdict:
            flag = facts.check_flagged(
                state.open,
                _new_check(self.state, state),
                verdict,
                by=self._tools.by(),
                at=now,
                action=self._action(),
            )
            written = (*written, flag)
        self.kept, self.verdict = self._write(state, written), verdict
        return self.kept

    def _write(
        self, state: LaneState, written: Sequence[Fact] = (), *, outcome: Fact | None = None
    ) -> Future[tuple[Written, ...]]:
        drafts = {self._draft: lane_draft.write(state)}
        future = self._owing.append(written, drafts=drafts, painted=self.painted, outcome=outcome)
        self.state = state
        self.verdict = self.verdict if state.open else None
        return future

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

    def _judge(self, state: LaneState) -> Verdict | None:
        if state.open is None:
            return None
        now = self._now()
        digests = [check.digest for check in state.open.valid_checks if check.digest]
        known = replace(self._tools.known(), sightings=self._tools.sightings.of(digests, now=now))
        return judge(state.open, None, known, self._tools.rules(), now=now)

    def _now(self) -> int:
        return self._tools.ledger.now()

    def _action(self) -> str:
        return self._tools.new_action()


def _new_check(before: LaneState, after: LaneState) -> Check | None:
    """The check that was just added to the crossing that was open already, if one was."""
    assert after.open is not None
    known = before.open.checks if before.open and before.open.action == after.open.action else ()
    return after.open.checks[-1] if len(after.open.checks) > len(known) else None
