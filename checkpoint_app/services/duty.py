"""A shift, as far as one lane needs it: opened by a group with its lead and officers, shown, closed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from checkpoint_app.domain import facts
from checkpoint_app.domain.canonical import Value
from checkpoint_app.domain.errors import Refusal
from checkpoint_app.domain.facts import By
from checkpoint_app.services.typed import as_typed
from checkpoint_app.storage import queries
from checkpoint_app.storage.ledger import Ledger, Written
from checkpoint_app.storage.rows import ShiftRow, ShiftTotals


class ShiftOpen(Refusal):
    """A shift is open already; facts: shift."""


class NoShift(Refusal):
    """No shift is open."""


class CrossingsWaiting(Refusal):
    """Vehicles stand open or parked: they must get an outcome before the shift closes; facts: count."""


class NamesNeeded(Refusal):
    """A shift needs a group, a lead and at least one officer."""


@dataclass(slots=True)
class Duty:
    """Opens and closes shifts of one desk; belongs to one calling thread."""

    ledger: Ledger
    new_action: Callable[[], str]
    _opening: Future[tuple[Written, ...]] | None = None
    _closing: Future[tuple[Written, ...]] | None = None

    def current(self) -> ShiftRow | None:
        """The shift that is open at this desk, if any."""
        with self.ledger.reader() as reader:
            return queries.open_shift(reader, desk=self.ledger.head().desk)

    def totals(self, shift: str) -> ShiftTotals:
        """What a shift did so far."""
        with self.ledger.reader() as reader:
            return queries.shift_totals(reader, shift)

    def open(
        self, *, group: str, lead: str, officers: Sequence[str], zone: int
    ) -> Future[tuple[Written, ...]]:
        """Opens a shift; `lead` and `officers` are names, `zone` minutes east of UTC.

        Raises ShiftOpen, also while another one is being opened, and NamesNeeded.
        """
        pending = _pending(self._opening)  # asked first: what is written now stands in what is read next
        current = self.current()
        if current or pending:
            raise ShiftOpen(shift=current.shift if current else "")
        lead, group = as_typed(lead), as_typed(group)
        others = [name for name in map(as_typed, officers) if name]
        if not group or not lead or not others:
            raise NamesNeeded
        names = list(dict.fromkeys((lead, *others)))
        now = self.ledger.now()
        with self.ledger.reader() as reader:
            known = queries.officer_numbers(reader)
            day = datetime.fromtimestamp(now / 1000, timezone(timedelta(minutes=zone))).strftime("%Y%m%d")
            count = queries.shifts_begun(reader, desk=self.ledger.head().desk, day=day)
        numbers = _numbered(names, known)
        fact = facts.shift_opened(
            f"{self.ledger.head().desk}.{day}.{count + 1}",
            group=group,
            lead=next(number for number, name in numbers.items() if name == lead),
            officers=numbers,
            at=now,
            action=self.new_action(),
        )
        self._opening = self.ledger.append((fact,))
        return self._opening

    def close(self, *, waiting: int, by: By) -> Future[tuple[Written, ...]]:
        """Closes the open shift and seals the ledger; `waiting` is how many vehicles have no outcome yet.

        Lanes that no window shows are asked too. Running tallies are the caller's to write down first, with
        `Lane.close`. Raises NoShift, also while it is being closed, and CrossingsWaiting.
        """
        pending = _pending(self._closing)
        current = self.current()
        if current is None or pending:
            raise NoShift
        waiting = max(waiting, sum(map(_standing, self.ledger.drafts().values())))
        if waiting:
            raise CrossingsWaiting(count=waiting)
        fact = facts.shift_closed(
            by=By(current.shift, by.officer or current.lead),
            at=self.ledger.now(),
            action=self.new_action(),
            totals=_totals(self.totals(current.shift)),
        )
        self._closing = self.ledger.append((fact,))
        self.ledger.seal("handover")
        return self._closing


def _pending(written: Future[tuple[Written, ...]] | None) -> bool:
    return written is not None and not written.done()


def _standing(draft: Value) -> int:
    """Vehicles without an outcome in a lane's draft; 0 for other drafts."""
    if not isinstance(draft, Mapping):
        return 0
    parked = draft.get("parked")
    return bool(draft.get("open")) + (len(parked) if isinstance(parked, list | tuple) else 0)


def _numbered(names: Sequence[str], known: dict[str, str]) -> dict[str, str]:
    """Officer numbers to names: those known keep theirs, newcomers get the next free."""
    taken = {int(number) for number in known.values() if number.isdigit()}
    numbers: dict[str, str] = {}
    for name in names:
        number = known.get(name)
        if number is None:
            fresh = next(place for place in range(1, 10_000) if place not in taken)
            taken.add(fresh)
            number = f"{fresh:02}"
        numbers[number] = name
    return numbers


def _totals(totals: ShiftTotals) -> dict[str, Value]:
    return {
        "vehicles": totals.vehicles,
        "people": totals.people,
        "counted_vehicles": totals.counted_vehicles,
        "counted_people": totals.counted_people,
        "outcomes": dict(totals.outcomes),
    }
