"""How a vehicle leaves a lane: with an outcome, or counted; and what the rules refuse."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass

from checkpoint_app.domain.crossing import Crossing
from checkpoint_app.domain.errors import Refusal
from checkpoint_app.domain.lane import LaneState
from checkpoint_app.domain.verdict import Verdict
from checkpoint_app.domain.words import Outcome, VehicleClass, VerdictState
from checkpoint_app.storage.ledger import Written

LETS_GO = frozenset({Outcome.RELEASED, Outcome.REGISTERED})


class NothingOpen(Refusal):
    """An outcome was asked for, but no vehicle stands here."""


class ReasonNeeded(Refusal):
    """The verdict does not allow this without a reason in words; facts: state."""


class LeadNeeded(Refusal):
    """A stop is let go by the lead only."""


class DocumentRefused(Refusal):
    """The number's check character or birth date cannot be right; facts: notes."""


class DigitsMissing(Refusal):
    """A number of a phone or document with too few or too many places; facts: kind, digits, wanted."""


class PlateTooShort(Refusal):
    """Typing was cut off: no plate has so few characters; facts: plate, least."""


class RowFull(Refusal):
    """So many vehicles wait in the row that no code may add another; facts: most."""


class BusStands(Refusal):
    """A code with another plate was read while a bus is checked; facts: plate."""


class ModeInUse(Refusal):
    """Something was entered that only this way of checking has; facts: mode (bus or convoy)."""


class ConvoyFull(Refusal):
    """A convoy takes no more vehicles; facts: most."""


class NobodyLeft(Refusal):
    """Without this person nobody would go on with the vehicle: then it is the vehicle's outcome."""


class AlreadyChecked(Refusal):
    """Somebody who was checked is aboard and cannot be taken off the list."""


class TallyForbidden(Refusal):
    """This station counts nobody by eye."""


class VehicleWaiting(Refusal):
    """Counting is for an empty lane: the crossing that is open must end first."""


class NothingToUndo(Refusal):
    """No outcome within the last ten seconds."""


class StillSaving(Refusal):
    """The outcome is not on disk yet, so it cannot be undone yet; the ten seconds begin when it is."""


@dataclass(frozen=True, slots=True)
class Ended:
    """One outcome on its way to the ledger; `written` is done after COMMIT, never before.

    The crossing is the last of what it gives. `before` is the lane as it stood until then.
    """

    crossing: Crossing
    verdict: Verdict
    outcome: Outcome
    at: int
    written: Future[tuple[Written, ...]]
    before: LaneState


@dataclass(frozen=True, slots=True)
class Counted:
    """One vehicle tallied; `saved` is done after COMMIT of the draft that holds it."""

    vehicle: VehicleClass
    people: int
    at: int
    tally: str
    saved: Future[tuple[Written, ...]]


def allow(verdict: Verdict, outcome: Outcome, *, why: str, led: bool = False) -> None:
    """Raises ReasonNeeded or LeadNeeded when the verdict does not let the vehicle go like this; a lead who
    gave a PIN (`led`) answers for whatever it says.

    The reasons decide, not only the state shown: a bus still being checked shows "not yet" while somebody in
    it is to be stopped.
    """
    states = {verdict.state, *(reason.state for reason in verdict.reasons)}
    if led or outcome not in LETS_GO or states == {VerdictState.PASS}:
        return
    if VerdictState.STOP in states:
        raise LeadNeeded
    if not why.strip():
        worst = VerdictState.REFER if VerdictState.REFER in states else verdict.state
        raise ReasonNeeded(state=worst.value)
