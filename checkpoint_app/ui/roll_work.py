"""What a roll-call asks the desk and writes; called in another thread, for it waits for the disk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from typing import Any

from checkpoint_app.domain.facts import By
from checkpoint_app.domain.roles import Action, allowed
from checkpoint_app.domain.roll import Rolled
from checkpoint_app.domain.roster import Group
from checkpoint_app.services.desk import Desk
from checkpoint_app.services.duty import NoShift
from checkpoint_app.services.roster import Due
from checkpoint_app.storage import queries
from checkpoint_app.storage.rows import ShiftRow
from checkpoint_app.ui import duty_text
from checkpoint_app.ui.roll_text import Member, Roll

EARLIER = 20
EARLY_MS = 60 * 60_000
"""A roll-call is held so long before its turn begins, at the most."""

Tallied = Sequence[Future[Any]]


@dataclass(frozen=True, slots=True)
class Known:
    """What the ledger says before a roll-call. `shift` is the one that would be handed over, `closing` one
    whose handover is under way; `names` are numbers by name, `leads` who may lead where there are PINs,
    `due` the group the roster wants, `last` who served in the shift before.
    """

    shift: ShiftRow | None = None
    closing: ShiftRow | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    groups: tuple[Group, ...] = ()
    earlier: tuple[str, ...] = ()
    due: str = ""
    last: Roll = field(default_factory=Roll)
    protected: bool = False
    leads: frozenset[str] = frozenset()

    @property
    def group_names(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*(each.name for each in self.groups), *self.earlier)))

    def group(self, name: str) -> Group | None:
        return next((each for each in self.groups if each.name == name), None)

    def roll_of(self, name: str) -> Roll | None:
        """The members of a group, all of them here, the first of its leads leading."""
        group = self.group(name)
        if group is None:
            return None
        called = {number: name for name, number in self.names.items()}
        members = tuple(Member(called[each], each) for each in group.members if each in called)
        lead = next((called[each] for each in group.leads if each in called), "")
        return Roll(group.name, lead, members=members)


def read(desk: Desk) -> Known:
    duty, now = desk.duty, desk.ledger.now()
    shift, closing = duty.current(), duty.closing()
    with desk.ledger.reader() as reader:
        names = queries.officer_numbers(reader)
        rows = queries.shifts(reader, desk=desk.ledger.head().desk, limit=EARLIER)
    serving = [each for each in desk.officers.everybody() if each.name]
    enrolled = {each.name: each.number for each in serving}
    due = desk.roster.due(now, duty_text.zone(now))
    last = next((_roll(row) for row in rows if row.officers), Roll())
    return Known(
        shift,
        closing,
        {**names, **enrolled},
        desk.roster.groups(),
        tuple(dict.fromkeys(row.group for row in rows)),
        turn_of(due, now=now, serving=shift.group if shift else ""),
        last,
        desk.officers.protected,
        frozenset(each.name for each in serving if allowed(each.role, Action.SIGN)),
    )


def turn_of(due: Due, *, now: int, serving: str = "") -> str:
    """The group a roll-call is for: of the turn that runs, or of the next one when the group that serves
    now has this turn, or when it ends within the hour. Of groups that serve together the one in the same
    place as `serving`.
    """
    current, following = due.current, due.following
    over = current is None or serving in current.groups or current.ends - now <= EARLY_MS
    turn = following if over and following is not None else current
    if turn is None:
        return ""
    place = current.groups.index(serving) if current is not None and serving in current.groups else 0
    wanted = [name for name in turn.groups[place:] + turn.groups[:place] if name != serving]
    return next(iter(wanted), "")


def open_shift(desk: Desk, roll: Roll, *, pin: str) -> ShiftRow:
    """The shift, once it is on disk. With PINs the lead signs on first; newcomers become officers."""
    by = _signed_on(desk, roll, pin)
    desk.duty.open(
        group=roll.group,
        lead=roll.lead,
        zone=duty_text.zone(desk.ledger.now()),
        roll=_rolled(desk, roll, by=by),
        weather=roll.weather,
        by=by,
    ).result()
    shift = _taken_over(desk, roll)
    if desk.officers.protected:
        desk.by = replace(desk.by, officer=by.officer)
    return shift


def begin_handover(desk: Desk, roll: Roll, *, tallied: Tallied) -> ShiftRow:
    """The next shift, once it is on disk; the one before is closing from then on. With PINs whoever began it
    goes on acting: the next lead signs on first.
    """
    by = desk.by
    desk.handovers.begin(
        group=roll.group,
        lead=roll.lead,
        roll=_rolled(desk, roll, by=by),
        weather=roll.weather,
        zone=duty_text.zone(desk.ledger.now()),
        by=by,
        tallied=tallied,
    ).result()
    return _taken_over(desk, roll)


def _signed_on(desk: Desk, roll: Roll, pin: str) -> By:
    if not desk.officers.protected:
        return desk.by
    number = next((each.number for each in roll.members if each.name == roll.lead), "")
    return desk.as_lead(number, pin)


def _rolled(desk: Desk, roll: Roll, *, by: By) -> tuple[Rolled, ...]:
    known = {each.name: each.number for each in desk.officers.everybody()}
    called = []
    for each in roll.members:
        number = each.number or known.get(each.name) or desk.officers.enrol(each.name, by=by).number
        called.append(Rolled(number, each.name, each.state, each.post))
    return tuple(called)


def _taken_over(desk: Desk, roll: Roll) -> ShiftRow:
    """The open shift; without PINs its lead acts, and whoever stands at a lane acts there."""
    shift = desk.duty.current()
    if shift is None:
        raise NoShift
    desk.posts.clear()
    if not desk.officers.protected:
        numbers = {name: number for number, name in shift.officers.items()}
        for each in reversed(roll.serving):
            lane = each.post.removeprefix("lane-")
            if lane.isdecimal() and each.name in numbers:
                desk.posts[int(lane)] = numbers[each.name]
    desk.resume_shift()
    return shift


def _roll(shift: ShiftRow) -> Roll:
    members = tuple(Member(name, number) for number, name in shift.officers.items())
    return Roll(shift.group, shift.officers.get(shift.lead, ""), members=members)
