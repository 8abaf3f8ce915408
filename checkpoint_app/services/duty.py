"""A shift, as far as one lane needs it: opened by a group with its lead and officers, shown, closed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from checkpoint_app.domain import facts
from checkpoint_app.domain.canonical import Value
from checkpoint_app.domain.errors import Refusal
from checkpoint_app.domain.facts import By
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


@dataclass(frozen=True, slots=True)
class Duty:
    """Opens and closes shifts of one desk."""

    ledger: Ledger
    new_action: Callable[[], str]

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
        """Opens a shift; `lead` and `officers` are names, `zone` minutes east of UTC."""
        current = self.current()
        if current:
            raise ShiftOpen(shift=current.shift)
        names = list(dict.fromkeys(name.strip() for name in (lead, *officers) if name.strip()))
        if not group.strip() or not lead.strip() or not officers:
            raise NamesNeeded
        now = self.ledger.now()
        with self.ledger.reader() as reader:
            known = queries.officer_numbers(reader)
            day = datetime.fromtimestamp(now / 1000, timezone(timedelta(minutes=zone))).strftime("%Y%m%d")
            count = queries.shifts_begun(reader, desk=self.ledger.head().desk, day=day)
        numbers = _numbered(names, known)
        fact = facts.shift_opened(
            f"{self.ledger.head().desk}.{day}.{count + 1}",
            group=group.strip(),
            lead=next(number for number, name in numbers.items() if name == lead.strip()),
            officers=numbers,
            at=now,
            action=self.new_action(),
        )
        return self.ledger.append((fact,))

    def close(self, *, waiting: int, by: By) -> Future[tuple[Written, ...]]:
        """Closes the open shift and seals the ledger; `waiting` is how many vehicles have no outcome yet."""
        current = self.current()
        if current is None:
            raise NoShift
        if waiting:
            raise CrossingsWaiting(count=waiting)
        fact = facts.shift_closed(
            by=By(current.shift, by.officer or current.lead),
            at=self.ledger.now(),
            action=self.new_action(),
            totals=_totals(self.totals(current.shift)),
        )
        written = self.ledger.append((fact,))
        self.ledger.seal("handover")
        return written


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
