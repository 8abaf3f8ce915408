"""What is entered about the vehicle that stands at a lane: each change is judged and kept before it shows."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import replace

from checkpoint_app.domain import convoy, facts, lane, lane_draft
from checkpoint_app.domain.codes import Code, classify
from checkpoint_app.domain.crossing import Check
from checkpoint_app.domain.entry import Fact
from checkpoint_app.domain.judging import judge
from checkpoint_app.domain.lane import LaneState
from checkpoint_app.domain.lane_codes import with_code
from checkpoint_app.domain.plates import Plate, parse_plate
from checkpoint_app.domain.standing import weighed
from checkpoint_app.domain.verdict import Verdict
from checkpoint_app.domain.words import CodeClass, VehicleClass
from checkpoint_app.services.endings import (
    BusStands,
    ConvoyFull,
    Counted,
    Ended,
    NothingOpen,
    PlateTooShort,
    RowFull,
)
from checkpoint_app.services.hold_off import HoldOff
from checkpoint_app.services.owing import Owing
from checkpoint_app.services.tools import Tools
from checkpoint_app.services.typed import as_typed
from checkpoint_app.storage.ledger import Written

HOUR = 3_600_000
MOST_PARKED = 9
"""By scanning: a prankster's plates must not fill the screen. What an officer types is not limited."""
SHORTEST_PLATE = 4


class OpenCrossing:
    """Holds a lane's state between keys, all of it in the draft table; `domain.lane` says what it means."""

    def __init__(self, state: LaneState, *, tools: Tools) -> None:
        self._tools = tools
        self._owing = Owing(tools.ledger)
        self._draft = f"lane:{state.number}"
        self.state = lane_draft.read(tools.ledger.drafts().get(self._draft), blank=state)
        self.verdict: Verdict | None = self._judge(self.state)
        self.last: Ended | Counted | None = None
        self.painted: int | None = None  # highest number the screen shows as saved; kept with the next commit
        self._hold_off = HoldOff(tools.digest)
        self.kept: Future[tuple[Written, ...]] | None = None  # the last change of the draft

    @property
    def owed(self) -> int:
        """Flags, voided checks, undos and tallies that are not on disk; they go along with the next key."""
        return self._owing.count

    def scanned(self, payload: bytes, *, by_hand: bool = False) -> Code:
        """A code a camera or scanner read. Seals and badges change nothing here, nor does what the last
        vehicle still holds before an empty lane, unless somebody scanned it `by_hand`.

        Raises RowFull, ConvoyFull or BusStands for a plate there is no place for.
        """
        code = classify(payload, self._tools.patterns)
        if code.kind in {CodeClass.SEAL, CodeClass.BADGE}:
            return code
        digest, now = self._tools.digest(payload), self._now()
        if self.state.open is None and not by_hand and self._hold_off.holds(digest, now=now):
            return code
        state = with_code(self.state, code, digest=digest, now=now, action=self._action())
        self._refuse_if_full(state, code)
        self._move(state)
        return code

    def plate(self, text: str) -> None:
        """A plate typed for the vehicle that stands here, or for the next one; raises PlateTooShort."""
        plate = self._plate_of(text)
        colour, now = lane.only_colour(plate.colours), self._now()
        state = lane.with_plate(
            self.state, plate.text, colour=colour, marks=plate.marks, now=now, action=self._action()
        )
        self._refuse_if_full_of_vehicles(state)
        self._move(state)

    def correct_plate(self, text: str) -> None:
        """The plate of this same vehicle was wrong; raises PlateTooShort."""
        plate = self._plate_of(text)
        colour, now = lane.only_colour(plate.colours), self._now()
        self._move(lane.corrected_plate(self.state, plate.text, colour=colour, marks=plate.marks, now=now))

    def plate_colour(self, colour: str) -> None:
        """The colour the officer sees on the plate, one of `plates.ALL_COLOURS`."""
        self._move(lane.with_plate_colour(self.state, colour))

    def temperature(self, tenths: int) -> None:
        """A temperature of the person whose turn it is, in tenths of a degree Celsius."""
        self._move(lane.with_temperature(self._started(), tenths, now=self._now()))

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

    def _plate_of(self, text: str) -> Plate:
        plate = parse_plate(text, province=self._tools.province())
        if len(plate.text) < SHORTEST_PLATE:
            raise PlateTooShort(plate=plate.text, least=SHORTEST_PLATE)
        return plate

    def _refuse_if_full(self, state: LaneState, code: Code) -> None:
        if len(state.parked) > max(len(self.state.parked), MOST_PARKED):
            raise RowFull(most=MOST_PARKED)
        here = state.open
        if here and here.bus and code.kind is CodeClass.PLATE and code.facts["plate"] != here.plate:
            raise BusStands(plate=code.facts["plate"])
        self._refuse_if_full_of_vehicles(state)

    def _refuse_if_full_of_vehicles(self, state: LaneState) -> None:
        if state.open and len(state.open.followers) >= convoy.MOST_VEHICLES:
            raise ConvoyFull(most=convoy.MOST_VEHICLES)

    def _started(self) -> LaneState:
        return lane.started(self.state, now=self._now(), action=self._action())

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
        self, state: LaneState, written: Sequence[Fact] = (), *, outcome: Sequence[Fact] = ()
    ) -> Future[tuple[Written, ...]]:
        drafts = {self._draft: lane_draft.write(state)}
        future = self._owing.append(written, drafts=drafts, painted=self.painted, outcome=outcome)
        gone = self.state.open
        if gone and (state.open is None or state.open.action != gone.action):
            self._hold_off.left(gone, at=self._now())
        self.state = state
        self.verdict = self.verdict if state.open else None
        return future

    def _judge(self, state: LaneState) -> Verdict | None:
        if state.open is None:
            return None
        now = self._now()
        digests = [check.digest for check in state.open.valid_checks if check.digest]
        known = replace(
            self._tools.known(),
            sightings=self._tools.sightings.of(digests, now=now),
            presence=self._tools.presence(state.open.plate),
        )
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
