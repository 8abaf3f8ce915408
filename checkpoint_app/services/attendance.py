"""Who is on duty, who was, and for how long; posts changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass

from checkpoint_app.domain import hours
from checkpoint_app.domain.affairs import Family
from checkpoint_app.domain.errors import Refusal
from checkpoint_app.domain.facts import By
from checkpoint_app.domain.hours import ABSENT, LATE, PRESENT, REPLACED, Hours, Stint
from checkpoint_app.domain.officers import Officer, numbers_only
from checkpoint_app.domain.report import Attended
from checkpoint_app.domain.roles import Action, Role
from checkpoint_app.services.rights import Rights
from checkpoint_app.services.typed import as_typed
from checkpoint_app.storage import affairs, queries
from checkpoint_app.storage.engine import Connection
from checkpoint_app.storage.ledger import Ledger, Written

DAY = 24 * 3_600_000
LONGEST_SHIFT = 3 * DAY
"""ms: how much before and after a shift its people's entries are looked for."""

STILL_ON = 40 * DAY
Saved = Future[tuple[Written, ...]]


class NotOnDuty(Refusal):
    """Somebody who is not on duty has no post and cannot go; facts: number."""


class NoShiftToServe(Refusal):
    """Nobody comes on duty while no shift is open."""


@dataclass(frozen=True, slots=True)
class Attendance:
    """Of one desk. Each change raises NotAllowed; its future is done when it is on disk."""

    ledger: Ledger
    rights: Rights
    new_action: Callable[[], str]

    def on(self) -> tuple[Stint, ...]:
        """Who is on duty now, in the order they came."""
        with self.ledger.reader() as reader:
            told = stints_of(reader, desk=self._desk, since=self.ledger.now() - STILL_ON)
        return tuple(each for each in told if each.lasting)

    def post(self, number: str, post: str, by: By) -> Saved:
        """Somebody on duty takes another post (lane-1, hut). Raises NotOnDuty."""
        self.rights.check(Action.LOG, by)
        stint = self._stint(number)
        return self._come(number, post=as_typed(post), state=stint.state, by=By(stint.shift, by.officer))

    def come(self, number: str, *, post: str = "", late: bool = False, by: By) -> Saved:
        """Somebody comes while the shift runs. Raises NoShiftToServe, UnknownOfficer for what is no
        number.
        """
        self.rights.check(Action.LOG, by)
        numbers_only((number,))
        if not by.shift:
            raise NoShiftToServe
        return self._come(number, post=post, state=LATE if late else PRESENT, by=by)

    def go(self, number: str, *, replaced: bool = False, by: By) -> Saved:
        """Somebody goes before the shift ends. Raises NotOnDuty."""
        self.rights.check(Action.LOG, by)
        stint = self._stint(number)
        return self._leave(number, REPLACED if replaced else PRESENT, by=By(stint.shift, by.officer))

    def miss(self, number: str, *, by: By) -> Saved:
        """Somebody who should serve did not come. Raises NoShiftToServe, UnknownOfficer for what is no
        number.
        """
        self.rights.check(Action.LOG, by)
        numbers_only((number,))
        if not by.shift:
            raise NoShiftToServe
        return self._leave(number, ABSENT, by=by)

    def month(self, month: str, *, zone: int) -> tuple[Hours, ...]:
        """Everybody's hours in a month "YYYY-MM" of the station's calendar, `zone` minutes east."""
        since, until = hours.month_bounds(month, zone)
        now = self.ledger.now()
        with self.ledger.reader() as reader:
            told = stints_of(
                reader, desk=self._desk, since=since - LONGEST_SHIFT, until=until + LONGEST_SHIFT
            )
        return hours.month_hours(told, month, now=now)

    def stints(self, since: int, until: int | None = None) -> tuple[Stint, ...]:
        """What the entries of a time (ms UTC) tell."""
        with self.ledger.reader() as reader:
            return stints_of(reader, desk=self._desk, since=since, until=until)

    @property
    def _desk(self) -> str:
        return self.ledger.head().desk

    def _stint(self, number: str) -> Stint:
        found = next((each for each in self.on() if each.officer == number), None)
        if found is None:
            raise NotOnDuty(number=number)
        return found

    def _come(self, number: str, *, post: str, state: str, by: By) -> Saved:
        now, action = self.ledger.now(), self.new_action()
        fact = hours.on_duty(number, post=post, state=state, by=by, at=now, action=action)
        return self.ledger.append((fact,))

    def _leave(self, number: str, state: str, *, by: By) -> Saved:
        fact = hours.off_duty(number, state=state, by=by, at=self.ledger.now(), action=self.new_action())
        return self.ledger.append((fact,))


def stints_of(reader: Connection, *, desk: str, since: int, until: int | None = None) -> tuple[Stint, ...]:
    """Stints told of between two times (ms UTC); none outlasts its shift."""
    found = hours.stints(affairs.since(reader, Family.ATTENDANCE, since, desk=desk, until=until))
    closed: dict[str, int] = {}
    for shift in dict.fromkeys(each.shift for each in found):
        row = queries.shift(reader, shift) if shift else None
        if row is not None and row.closed is not None:
            closed[shift] = row.closed
    return hours.ended_with(found, closed)


def attended(
    reader: Connection, shift: str, *, desk: str, now: int, officers: Mapping[str, Officer]
) -> tuple[Attended, ...]:
    """Everybody's time in one shift, in the order they came; who did not come at the end."""
    told = affairs.of_shift(reader, shift, (Family.ATTENDANCE,))
    if not told:
        return ()
    begin, end = told[0].happened, told[-1].happened
    found = stints_of(reader, desk=desk, since=begin - LONGEST_SHIFT, until=end + LONGEST_SHIFT)
    mine = [each for each in found if each.shift == shift]
    numbers = dict.fromkeys(each.officer for each in mine)
    lines = [
        _attended([each for each in mine if each.officer == one], officers.get(one), now) for one in numbers
    ]
    return tuple(sorted(lines, key=lambda each: each.state == ABSENT))


def _attended(found: Sequence[Stint], officer: Officer | None, now: int) -> Attended:
    """One officer's stints of one shift as one line."""
    came = [each for each in found if each.state != ABSENT]
    states = {each.state for each in came}
    state = next((one for one in (REPLACED, LATE, PRESENT) if one in states), ABSENT)
    posts = [post for each in came for post in each.posts]
    return Attended(
        found[0].officer,
        officer.name if officer else "",
        state,
        tuple(post for place, post in enumerate(posts) if place == 0 or posts[place - 1] != post),
        came=came[0].came if came else 0,
        went=came[-1].went if came else 0,
        minutes=sum(each.minutes(now=now) for each in came),
        role=(officer.role if officer else Role.OFFICER).value,
    )
