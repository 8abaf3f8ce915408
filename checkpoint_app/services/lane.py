"""The work of one lane: ask, judge, append. One calling thread; what is written comes back as futures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace

from checkpoint_app.domain import facts, lane, lane_draft
from checkpoint_app.domain.codes import Code, LinkPatterns, classify
from checkpoint_app.domain.crossing import Check, Crossing
from checkpoint_app.domain.entry import Fact, Head
from checkpoint_app.domain.errors import Refusal
from checkpoint_app.domain.facts import By
from checkpoint_app.domain.identity import typed_document
from checkpoint_app.domain.judging import judge
from checkpoint_app.domain.known import Known
from checkpoint_app.domain.lane import LaneState, Stopped
from checkpoint_app.domain.plates import parse_plate
from checkpoint_app.domain.rules import RulePack
from checkpoint_app.domain.verdict import Verdict
from checkpoint_app.domain.words import CodeClass, Evidence, Outcome, VehicleClass, VerdictState
from checkpoint_app.services.sightings import Sightings
from checkpoint_app.storage.ledger import Ledger, Written

MINUTE = 60_000
LETS_GO = frozenset({Outcome.RELEASED, Outcome.REGISTERED})


class NothingOpen(Refusal):
    """An outcome was asked for, but no vehicle stands here."""


class ReasonNeeded(Refusal):
    """The verdict does not allow this without a reason in words; facts: state."""


class LeadNeeded(Refusal):
    """A stop is let go by the lead only."""


class DocumentRefused(Refusal):
    """The number's check character or birth date cannot be right; facts: notes."""


class TallyForbidden(Refusal):
    """This station counts nobody by eye."""


class VehicleWaiting(Refusal):
    """Counting is for an empty lane: the crossing that is open must end first."""


class NothingToUndo(Refusal):
    """No outcome within the last ten seconds."""


@dataclass(frozen=True, slots=True)
class Ended:
    """One outcome on its way to the ledger; `written` is done after COMMIT, never before."""

    crossing: Crossing
    verdict: Verdict
    outcome: Outcome
    at: int
    written: Future[tuple[Written, ...]]


@dataclass(frozen=True, slots=True)
class Counted:
    """One vehicle tallied; `saved` is done after COMMIT of the draft that holds it."""

    vehicle: VehicleClass
    people: int
    at: int
    tally: str
    saved: Future[object]


@dataclass(frozen=True, slots=True)
class Tools:
    """What a lane works with; `known` is asked anew for every verdict."""

    ledger: Ledger
    rules: RulePack
    patterns: LinkPatterns
    known: Callable[[], Known]
    digest: Callable[[bytes], str]
    by: Callable[[], By]
    new_action: Callable[[], str]
    sightings: Sightings
    province: str = ""
    tally_allowed: bool = True


class Lane:
    """Holds a lane's state between keys, all of it in the draft table; `domain.lane` says what it means."""

    def __init__(self, state: LaneState, *, tools: Tools) -> None:
        self._tools = tools
        self._draft = f"lane:{state.number}"
        self.state = lane_draft.read(tools.ledger.drafts().get(self._draft), blank=state)
        self.verdict: Verdict | None = self._judge(self.state)
        self.last: Ended | Counted | None = None
        self.painted: int | None = None  # highest number the screen shows as saved; kept with the next commit

    def scanned(self, payload: bytes) -> Code:
        """A code a camera or scanner read. Seals and empty reads change nothing here."""
        code = classify(payload, self._tools.patterns)
        if code.kind is not CodeClass.SEAL:
            digest = self._tools.digest(payload)
            self._move(
                lane.with_code(self.state, code, digest=digest, now=self._now(), action=self._action())
            )
        return code

    def plate(self, text: str) -> None:
        """A plate typed for the vehicle that stands here, or for the next one."""
        plate = parse_plate(text, province=self._tools.province)
        colour, marks = lane.only_colour(plate.colours), plate.marks
        if self.state.open and not self.state.open.plate:
            self._move(lane.corrected_plate(self.state, plate.text, colour=colour, marks=marks))
            return
        self._move(
            lane.with_plate(
                self.state, plate.text, colour=colour, marks=marks, now=self._now(), action=self._action()
            )
        )

    def correct_plate(self, text: str) -> None:
        """The plate of this same vehicle was wrong."""
        plate = parse_plate(text, province=self._tools.province)
        colour = lane.only_colour(plate.colours)
        self._move(lane.corrected_plate(self.state, plate.text, colour=colour, marks=plate.marks))

    def temperature(self, tenths: int) -> None:
        """A temperature of the person whose turn it is, in tenths of a degree Celsius."""
        self._start()
        self._move(lane.with_temperature(self.state, tenths, now=self._now()))

    def document(self, text: str) -> None:
        """A document number read out or shown; raises DocumentRefused when it contradicts itself."""
        found = typed_document(text)
        if found.contradicts_itself:
            raise DocumentRefused(notes=" ".join(found.notes))
        self._start()
        self._move(
            lane.with_document(
                self.state,
                found.text,
                found.kind.value,
                evidence=Evidence.DECLARED,
                source="typed",
                digest="",
                now=self._now(),
            )
        )

    def name(self, text: str) -> None:
        """The name of the person whose turn it is."""
        self._start()
        self._move(lane.with_name(self.state, text))

    def test(self, result: str, *, hours: int) -> None:
        """A test report read by eye: `result` negative or positive, sampled `hours` ago."""
        self._start()
        taken = self._now() - hours * 60 * MINUTE
        self._move(lane.with_test(self.state, result, taken=taken, now=self._now()))

    def colour(self, colour: str) -> None:
        """The colour of the health page the officer sees, for the person whose code came last."""
        self._move(lane.with_colour(self.state, colour, now=self._now()))

    def people(self, told: int) -> None:
        """How many people the officer counts in the vehicle."""
        self._start()
        self._move(lane.with_people(self.state, told))

    def vehicle(self, vehicle: VehicleClass) -> None:
        self._start()
        self._move(lane.with_vehicle(self.state, vehicle))

    def places(self, *, origin: str, destination: str, purpose: str) -> None:
        self._start()
        self._move(lane.with_places(self.state, origin=origin, destination=destination, purpose=purpose))

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
        if not self.state.open or not 0 <= place < len(self.state.open.checks):
            raise NothingOpen
        crossing, check = self.state.open, self.state.open.checks[place]
        fact = facts.check_voided(
            crossing, check, by=self._tools.by(), at=self._now(), action=self._action(), why=why
        )
        return self._turn(lane.voided(self.state, place), (fact,))

    def end(self, outcome: Outcome, *, why: str = "") -> Ended:
        """Ends the open crossing. Raises NothingOpen, ReasonNeeded or LeadNeeded; nothing is changed then."""
        crossing, verdict = self.state.open, self.verdict
        if not crossing or not verdict:
            raise NothingOpen
        self._allow(verdict, outcome, why)
        now = self._now()
        fact = facts.vehicle_crossed(crossing, verdict, outcome, by=self._tools.by(), at=now, why=why)
        written = self._turn(lane.ended(self.state), (fact,))
        self._tools.sightings.note(crossing, at=now)
        self.last = Ended(crossing, verdict, outcome, now, written)
        return self.last

    def take_back(self, ended: Ended) -> None:
        """The outcome could not be saved: the vehicle stands here again, nothing was written."""
        state = lane.parked(self.state) if self.state.open else self.state
        self.state = replace(state, open=ended.crossing)
        self.verdict = self._judge(self.state)
        self.last = None

    def undo(self, *, why: str = "slip") -> Future[tuple[Written, ...]] | Future[object]:
        """Takes the last outcome or count back, within ten seconds: an entry of its own."""
        last, now = self.last, self._now()
        if last is None or now - last.at > lane.UNDO_MS:
            raise NothingToUndo
        self.last = None
        if isinstance(last, Counted):
            return self._uncount(last)
        written = last.written.result()[-1]
        head = Head(self._tools.ledger.head().desk, written.epoch, written.seq, written.hash)
        fact = facts.outcome_undone(
            head,
            ref_action=last.crossing.action,
            by=self._tools.by(),
            at=now,
            action=self._action(),
            why=why,
        )
        return self._turn(lane.reopened(self.state, last.crossing, action=self._action()), (fact,))

    def count(self, *, people: int, vehicle: VehicleClass = VehicleClass.CAR) -> Counted:
        """Normal traffic seen, not checked: one vehicle more in the running minute."""
        if not self._tools.tally_allowed:
            raise TallyForbidden
        if self.state.open:
            raise VehicleWaiting
        now = self._now()
        whole, over = self._minute_over(now)
        state = lane.with_counted(
            whole, vehicle=vehicle, people=people, minute=now - now % MINUTE, action=self._action()
        )
        saved = self._turn(state, over)
        assert state.tally is not None
        self.last = Counted(vehicle, people, now, state.tally.action, saved)  # type: ignore[arg-type]
        return self.last

    def minute(self) -> Future[tuple[Written, ...]] | None:
        """Call about once a second: writes the running tally down once its minute is over."""
        state, over = self._minute_over(self._now())
        return self._turn(state, over) if over else None

    def close(self) -> Future[tuple[Written, ...]] | None:
        """At the end of a shift or of the program: writes the running tally down whatever its age."""
        state, over = self._tally_out(self._now())
        return self._turn(state, over) if over else None

    def report(self) -> Future[tuple[Written, ...]]:
        """Calls the lead: a matter that stays open until somebody answers it."""
        fact = facts.matter_raised(
            self.state.open, self.verdict, by=self._tools.by(), at=self._now(), action=self._action()
        )
        return self._turn(self.state, (fact,))

    def confirm(self, written: Written, *, true: bool) -> Future[tuple[Written, ...]]:
        """Answers for an action that was saved but never shown: it stands, or it is undone."""
        head = Head(self._tools.ledger.head().desk, written.epoch, written.seq, written.hash)
        make = facts.action_confirmed if true else facts.outcome_undone
        fact = make(
            head,
            ref_action=written.action,
            by=self._tools.by(),
            at=self._now(),
            action=self._action(),
            why="after restart",
        )
        return self._turn(self.state, (fact,))

    def _start(self) -> None:
        self.state = lane.started(self.state, now=self._now(), action=self._action())

    def _allow(self, verdict: Verdict, outcome: Outcome, why: str) -> None:
        if outcome not in LETS_GO or verdict.state is VerdictState.PASS:
            return
        if verdict.state is VerdictState.STOP:
            raise LeadNeeded
        if not why:
            raise ReasonNeeded(state=verdict.state.value)

    def _move(self, state: LaneState) -> None:
        """The lane as it now is: judged; what gives stop or refer goes on paper at once."""
        self.verdict = self._judge(state)
        fresh = _unflagged(state, self.verdict)
        if not fresh or state.open is None or self.verdict is None:
            self.state = state
            self._tools.ledger.keep({self._draft: lane_draft.write(state)}, painted=self.painted)
            return
        fact = facts.check_flagged(
            state.open,
            _last_check(state),
            self.verdict,
            by=self._tools.by(),
            at=self._now(),
            action=self._action(),
        )
        flagged = replace(state, flagged=(*state.flagged, *fresh))
        self._turn(_with_stop(flagged, self.verdict, now=self._now()), (fact,))

    def _turn(self, state: LaneState, written: Sequence[Fact]) -> Future[tuple[Written, ...]]:
        kept = {self._draft: lane_draft.write(state)}
        future = self._tools.ledger.append(written, drafts=kept, painted=self.painted)
        self.state, self.verdict = state, self._judge(state)
        return future

    def _minute_over(self, now: int) -> tuple[LaneState, tuple[Fact, ...]]:
        tally = self.state.tally
        if tally is None or now < tally.minute + MINUTE:
            return self.state, ()
        return self._tally_out(now)

    def _tally_out(self, now: int) -> tuple[LaneState, tuple[Fact, ...]]:
        tally = self.state.tally
        if tally is None:
            return self.state, ()
        written = (facts.tallied(tally, by=self._tools.by(), at=now),) if tally.counts else ()
        return replace(self.state, tally=None), written

    def _uncount(self, last: Counted) -> Future[tuple[Written, ...]]:
        tally = self.state.tally
        if tally and tally.action == last.tally:
            less = tally.plus(last.vehicle, vehicles=-1, people=-last.people)
            return self._turn(replace(self.state, tally=less), ())
        minute = last.at - last.at % MINUTE
        minus = facts.Tally(
            self._action(),
            self.state.number,
            self.state.direction,
            minute,
            ((last.vehicle, -1, -last.people),),
        )
        return self._turn(self.state, (facts.tallied(minus, by=self._tools.by(), at=self._now()),))

    def _judge(self, state: LaneState) -> Verdict | None:
        if state.open is None:
            return None
        return judge(state.open, _last_check(state), self._tools.known(), self._tools.rules, now=self._now())

    def _now(self) -> int:
        return self._tools.ledger.now()

    def _action(self) -> str:
        return self._tools.new_action()


def _last_check(state: LaneState) -> Check | None:
    return state.open.checks[-1] if state.open and state.open.checks else None


def _unflagged(state: LaneState, verdict: Verdict | None) -> tuple[str, ...]:
    """Names of the reasons for stop or refer that are not on paper yet."""
    if verdict is None or state.open is None:
        return ()
    grave = (VerdictState.STOP, VerdictState.REFER)
    whose = state.open.action[:8]
    names = (f"{whose}:{reason.code}:{reason.person}" for reason in verdict.reasons if reason.state in grave)
    return tuple(name for name in names if name not in state.flagged)


def _with_stop(state: LaneState, verdict: Verdict, *, now: int) -> LaneState:
    if verdict.state is not VerdictState.STOP or state.open is None:
        return state
    if any(stop.crossing == state.open.action for stop in state.stopped):
        return state
    stop = Stopped(state.open.action, state.open.plate, now, verdict.reasons[0].words)
    return replace(state, stopped=(*state.stopped, stop))
