"""What the ledger says of a station's people, read once for the whole page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from checkpoint_app.domain import hours
from checkpoint_app.domain.hours import Hours, Stint
from checkpoint_app.domain.officers import Officer
from checkpoint_app.domain.report import Contact
from checkpoint_app.domain.roles import Role
from checkpoint_app.domain.roster import Group, Plan, Turning, turnings
from checkpoint_app.domain.roster_rules import Flaw
from checkpoint_app.services.attendance import STILL_ON
from checkpoint_app.services.desk import Desk, local_offset
from checkpoint_app.services.roster import Due

SEEING = frozenset({Role.LEAD, Role.ADMIN})
"""Roles that read the names of their own station."""

DAY = 24 * 3_600_000


@dataclass(frozen=True, slots=True)
class Found:
    """`month` is the one looked at; `stints` reach from before it to its end; ms UTC, `zone` minutes."""

    month: str
    now: int
    zone: int
    officers: Mapping[str, Officer]
    serving: tuple[Officer, ...]
    groups: tuple[Group, ...]
    plan: Plan | None
    turnings: tuple[Turning, ...]
    due: Due
    stints: tuple[Stint, ...]
    hours: tuple[Hours, ...]
    on: Mapping[str, Stint]
    contacts: tuple[Contact, ...]
    flaws: tuple[Flaw, ...]
    names_shown: bool
    own: str = ""

    def group_of(self, number: str) -> Group | None:
        return next((group for group in self.groups if number in group.members), None)


def read(desk: Desk, month: str) -> Found:
    """Everything the page shows; "" is this month. Blocks."""
    now = desk.ledger.now()
    zone = local_offset(now)
    month = month or hours.month_of(now, zone)
    since, until = hours.month_bounds(month, zone)
    everybody, roster = desk.officers.everybody(left=True), desk.roster
    stints = desk.attendance.stints(min(since - 3 * DAY, now - STILL_ON), max(until, now) + 3 * DAY)
    plan = roster.plan(month)
    role = desk.officers.role_of(desk.by.officer)
    return Found(
        month,
        now,
        zone,
        {each.number: each for each in everybody},
        tuple(each for each in everybody if not each.left),
        roster.groups(),
        plan,
        turnings(plan, zone=zone) if plan else (),
        roster.due(now, zone),
        stints,
        hours.month_hours(stints, month, now=now),
        {each.officer: each for each in stints if each.lasting},
        desk.contacts.everybody(),
        roster.flaws(month, zone=zone, stints=_within(stints, since, until)),
        role is None or role in SEEING,
        desk.by.officer,
    )


def _within(stints: tuple[Stint, ...], since: int, until: int) -> tuple[Stint, ...]:
    """Duties and rests are told of for the month that is looked at, with the day before it."""
    return tuple(each for each in stints if each.came < until and (each.went or until) > since - DAY)
