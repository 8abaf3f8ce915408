"""A shift: opened by a roll-call, followed by the next one while it is handed over, closed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone
from threading import Lock

from checkpoint_app.domain import facts
from checkpoint_app.domain.canonical import Value
from checkpoint_app.domain.entry import Fact
from checkpoint_app.domain.errors import Refusal
from checkpoint_app.domain.facts import By
from checkpoint_app.domain.officers import numbers_only
from checkpoint_app.domain.roles import Action
from checkpoint_app.domain.roll import Rolled, attendance
from checkpoint_app.services.rights import Rights
from checkpoint_app.services.typed import as_typed
from checkpoint_app.storage import queries
from checkpoint_app.storage.ledger import Ledger, Written
from checkpoint_app.storage.rows import ShiftRow, ShiftTotals
from checkpoint_app.storage.shift_totals import shift_totals


class ShiftOpen(Refusal):
    """A shift is open already; facts: shift."""


class NoShift(Refusal):
    """No shift is open."""


class CrossingsWaiting(Refusal):
    """Vehicles stand open or parked: they must get an outcome before the shift closes; facts: count."""


class NamesNeeded(Refusal):
    """A shift needs a group, a lead who came and at least one officer."""


class HandoverUnderWay(Refusal):
    """The shift before is not handed over yet; facts: shift."""


Saved = Future[tuple[Written, ...]]


@dataclass(slots=True)
class Duty:
    """Opens and closes shifts of one desk; any thread may ask."""

    ledger: Ledger
    new_action: Callable[[], str]
    rights: Rights | None = None
    _opening: Saved | None = None
    _closing: Saved | None = None
    _guard: Lock = field(default_factory=Lock)

    def current(self) -> ShiftRow | None:
        """The shift that was opened last at this desk, unless it is closed."""
        with self.ledger.reader() as reader:
            return queries.open_shift(reader, desk=self.ledger.head().desk)

    def closing(self) -> ShiftRow | None:
        """The shift that is being handed over to the open one, if any."""
        with self.ledger.reader() as reader:
            return queries.closing_shift(reader, desk=self.ledger.head().desk)

    def totals(self, shift: str) -> ShiftTotals:
        """What a shift did so far."""
        with self.ledger.reader() as reader:
            return shift_totals(reader, shift)

    def open(
        self,
        *,
        group: str,
        lead: str,
        officers: Sequence[str] = (),
        zone: int,
        numbers: Mapping[str, str] | None = None,
        roll: Sequence[Rolled] = (),
        weather: str = "",
        by: By | None = None,
    ) -> Saved:
        """Opens a shift; `lead` and `officers` are names, `zone` minutes east of UTC.

        `numbers` are the numbers of names that have one. A `roll` says who came and stands for `officers`;
        then `lead` may be a number too. The future is done when shift and attendance are on disk. Raises
        ShiftOpen, also while another one is being opened, HandoverUnderWay, NamesNeeded and NotAllowed.
        """
        self._check(by)
        called = roll or tuple(Rolled("", name) for name in (lead, *officers) if as_typed(name))
        if not roll and not any(map(as_typed, officers)):
            raise NamesNeeded
        with self._guard:
            pending = _pending(self._opening)  # first: what is written now stands in what is read next
            current = self.current()
            if current or pending:
                raise ShiftOpen(shift=current.shift if current else "")
            begun = self.beginning(
                group=group, lead=lead, roll=called, zone=zone, numbers=numbers, weather=weather
            )
            self._opening = self.ledger.append(begun.facts if roll else begun.facts[:1])
            return self._opening

    def follow(
        self,
        *,
        group: str,
        lead: str,
        roll: Sequence[Rolled],
        zone: int,
        weather: str,
        begun: Callable[[ShiftRow, Beginning], Fact],
    ) -> tuple[Beginning, Saved]:
        """Opens the next shift while the open one goes on to be handed over: one transaction with `begun`,
        which is told both. Raises NoShift, HandoverUnderWay, NamesNeeded.
        """
        with self._guard:
            pending = _pending(self._opening) or _pending(self._closing)
            self.ledger.keep({}).result()
            before, closing = self.current(), self.closing()
            if before is None:
                raise NoShift
            if closing or pending:
                raise HandoverUnderWay(shift=(closing or before).shift)
            next_ = self.beginning(group=group, lead=lead, roll=roll, zone=zone, weather=weather)
            self._opening = self.ledger.append((begun(before, next_), *next_.facts))
            return next_, self._opening

    def beginning(
        self,
        *,
        group: str,
        lead: str,
        roll: Sequence[Rolled],
        zone: int,
        numbers: Mapping[str, str] | None = None,
        weather: str = "",
    ) -> Beginning:
        """What opens a shift now, by a roll-call; raises NamesNeeded."""
        now, desk, group = self.ledger.now(), self.ledger.head().desk, as_typed(group)
        day = datetime.fromtimestamp(now / 1000, timezone(timedelta(minutes=zone))).strftime("%Y%m%d")
        with self.ledger.reader() as reader:
            known = {**queries.officer_numbers(reader), **(numbers or {})}
            given = queries.numbers_given(reader)
            count = queries.shifts_begun(reader, desk=desk, day=day)
        called = _numbered(roll, known, given=given)
        leading = _lead(called, as_typed(lead))
        if not group or leading is None:
            raise NamesNeeded
        shift = f"{desk}.{day}.{count + 1}"
        by = By(shift, leading)
        opened = facts.shift_opened(
            shift,
            group=group,
            lead=leading,
            officers={each.number: each.name for each in called if each.serves},
            weather=as_typed(weather),
            at=now,
            action=self.new_action(),
        )
        came = attendance(called, by=by, at=now, new_action=self.new_action)
        return Beginning(shift, leading, called, (opened, *came))

    def close(self, *, waiting: int, by: By) -> Saved:
        """Closes the open shift without a handover and seals the ledger; `waiting` is how many vehicles have
        no outcome yet.

        The future is done when both are on disk. Lanes that no window shows are asked too. Running tallies
        are the caller's to write down first, with `Lane.close`; whatever was asked for before is waited for,
        so that the totals are whole. Raises NoShift, also while it is being closed, CrossingsWaiting,
        HandoverUnderWay, NotAllowed and what keeps the ledger from being written.
        """
        self._check(by)
        with self._guard:
            return self._close(waiting=waiting, by=by)

    def _close(self, *, waiting: int, by: By) -> Saved:
        current = self.last(waiting=waiting)
        fact = facts.shift_closed(
            by=By(current.shift, by.officer or current.lead),
            at=self.ledger.now(),
            action=self.new_action(),
            totals=_totals(self.totals(current.shift)),
        )
        self._closing = self.ledger.append((fact,), seal="handover")
        return self._closing

    def last(self, *, waiting: int = 0) -> ShiftRow:
        """The open shift, when it may end with none after it: every vehicle has its outcome and everything
        asked for is written. Raises NoShift, HandoverUnderWay, CrossingsWaiting.
        """
        pending = _pending(self._closing)
        self.ledger.keep({}).result()
        current, closing = self.current(), self.closing()
        if current is None or pending:
            raise NoShift
        if closing:
            raise HandoverUnderWay(shift=closing.shift)
        waiting = max(waiting, sum(map(_standing, self.ledger.drafts().values())))
        if waiting:
            raise CrossingsWaiting(count=waiting)
        return current

    def _check(self, by: By | None) -> None:
        if self.rights is not None:
            self.rights.check(Action.OPEN_SHIFT, by or By())


@dataclass(frozen=True, slots=True)
class Beginning:
    """A shift about to be opened: the facts that do it, the first of which opens it."""

    shift: str
    lead: str
    roll: tuple[Rolled, ...]
    facts: tuple[Fact, ...]


def _pending(written: Saved | None) -> bool:
    return written is not None and not written.done()


def _standing(draft: Value) -> int:
    """Vehicles without an outcome in a lane's draft; 0 for other drafts."""
    if not isinstance(draft, Mapping):
        return 0
    parked = draft.get("parked")
    return bool(draft.get("open")) + (len(parked) if isinstance(parked, list | tuple) else 0)


def _numbered(
    roll: Sequence[Rolled], known: Mapping[str, str], *, given: Iterable[str]
) -> tuple[Rolled, ...]:
    """Everybody called, once, with a number: who is known keeps theirs, newcomers get one that nobody ever
    had. The entries of somebody whose name is forgotten still carry the number. Raises UnknownOfficer.
    """
    last = max((int(number) for number in given if number.isdecimal()), default=0)
    found: dict[str, Rolled] = {}
    named: dict[str, str] = {}
    numbers_only(each.number for each in roll if each.number)
    for each in roll:
        name = as_typed(each.name)
        number = each.number or known.get(name) or named.get(name, "")
        if not name and not number:
            continue
        if not number:
            last += 1
            number = named[name] = f"{last:02}"
        found.setdefault(number, replace(each, number=number, name=name))
    return tuple(found.values())


def _lead(roll: Sequence[Rolled], lead: str) -> str | None:
    """The number of who leads, given as a number or a name; None unless they came."""
    serving = [each for each in roll if each.serves]
    found = [each.number for each in serving if each.number == lead]
    return next(iter(found or [each.number for each in serving if each.name == lead and lead]), None)


def _totals(totals: ShiftTotals) -> dict[str, Value]:
    return {
        "vehicles": totals.vehicles,
        "people": totals.people,
        "counted_vehicles": totals.counted_vehicles,
        "counted_people": totals.counted_people,
        "outcomes": dict(totals.outcomes),
    }
