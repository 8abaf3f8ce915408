"""A shift, as far as one lane needs it: opened by a group with its lead and officers, shown, closed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from threading import Lock

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
    """Opens and closes shifts of one desk; any thread may ask."""

    ledger: Ledger
    new_action: Callable[[], str]
    _opening: Future[tuple[Written, ...]] | None = None
    _closing: Future[tuple[Written, ...]] | None = None
    _guard: Lock = field(default_factory=Lock)

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
        lead, group = as_typed(lead), as_typed(group)
        others = [name for name in map(as_typed, officers) if name]
        if not group or not lead or not others:
            raise NamesNeeded
        with self._guard:
            return self._open(group, names=list(dict.fromkeys((lead, *others))), zone=zone)

    def _open(self, group: str, *, names: Sequence[str], zone: int) -> Future[tuple[Written, ...]]:
        """The first of `names` leads."""
        pending = _pending(self._opening)  # asked first: what is written now stands in what is read next
        current = self.current()
        if current or pending:
            raise ShiftOpen(shift=current.shift if current else "")
        now = self.ledger.now()
        with self.ledger.reader() as reader:
            known, given = queries.officer_numbers(reader), queries.numbers_given(reader)
            day = datetime.fromtimestamp(now / 1000, timezone(timedelta(minutes=zone))).strftime("%Y%m%d")
            count = queries.shifts_begun(reader, desk=self.ledger.head().desk, day=day)
        numbers = _numbered(names, known, given=given)
        fact = facts.shift_opened(
            f"{self.ledger.head().desk}.{day}.{count + 1}",
            group=group,
            lead=next(iter(numbers)),
            officers=numbers,
            at=now,
            action=self.new_action(),
        )
        self._opening = self.ledger.append((fact,))
        return self._opening

    def close(self, *, waiting: int, by: By) -> Future[tuple[Written, ...]]:
        """Closes the open shift and seals the ledger; `waiting` is how many vehicles have no outcome yet.

        The future is done when both are on disk. Lanes that no window shows are asked too. Running tallies
        are the caller's to write down first, with `Lane.close`; whatever was asked for before is waited for,
        so that the totals are whole. Raises NoShift, also while it is being closed, CrossingsWaiting, and
        what keeps the ledger from being written.
        """
        with self._guard:
            return self._close(waiting=waiting, by=by)

    def _close(self, *, waiting: int, by: By) -> Future[tuple[Written, ...]]:
        pending = _pending(self._closing)
        self.ledger.keep({}).result()
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
        self._closing = self.ledger.append((fact,), seal="handover")
        return self._closing


def _pending(written: Future[tuple[Written, ...]] | None) -> bool:
    return written is not None and not written.done()


def _standing(draft: Value) -> int:
    """Vehicles without an outcome in a lane's draft; 0 for other drafts."""
    if not isinstance(draft, Mapping):
        return 0
    parked = draft.get("parked")
    return bool(draft.get("open")) + (len(parked) if isinstance(parked, list | tuple) else 0)


def _numbered(names: Sequence[str], known: Mapping[str, str], *, given: Iterable[str]) -> dict[str, str]:
    """Officer numbers to names: those known keep theirs, newcomers get one that nobody ever had.

    The entries of somebody whose name is forgotten still carry the number.
    """
    last = max((int(number) for number in given if number.isdecimal()), default=0)
    numbers: dict[str, str] = {}
    for name in names:
        number = known.get(name)
        if number is None:
            last += 1
            number = f"{last:02}"
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
