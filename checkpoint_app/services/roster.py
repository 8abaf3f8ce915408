"""Groups, the month's plan, swaps; who should be on now; what a lead should know about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass

from checkpoint_app.config import Settings
from checkpoint_app.domain import roster, roster_facts
from checkpoint_app.domain.affairs import Family
from checkpoint_app.domain.errors import Refusal
from checkpoint_app.domain.facts import By
from checkpoint_app.domain.hours import Stint, month_of, unbroken
from checkpoint_app.domain.officers import numbers_only
from checkpoint_app.domain.roles import Action
from checkpoint_app.domain.roster import Group, Plan, Span, Swap, Turning, turnings
from checkpoint_app.domain.roster_rules import Flaw, duty_flaws, group_flaws, plan_flaws
from checkpoint_app.domain.rotation import Pattern, days_of, month_after
from checkpoint_app.services.rights import Rights
from checkpoint_app.services.typed import as_typed
from checkpoint_app.storage import affairs
from checkpoint_app.storage.engine import Connection
from checkpoint_app.storage.ledger import Ledger, Written

Saved = Future[tuple[Written, ...]]
NAME, MOST_MEMBERS = 20, 60
DAY = 24 * 3_600_000
AROUND = 2 * DAY
"""ms: duties and rests are looked at from so long before a month."""


class GroupNameNeeded(Refusal):
    """A group needs a name and at least one member."""


class UnknownGroup(Refusal):
    """No such group; facts: group."""


class GroupPlanned(Refusal):
    """A group that still has turns to serve is not dropped; facts: group, turns."""


class NoRoster(Refusal):
    """No plan was made for this month; facts: month."""


@dataclass(frozen=True, slots=True)
class Due:
    """The turn that runs now and the one after it; None where nothing is planned."""

    current: Turning | None = None
    following: Turning | None = None


@dataclass(frozen=True, slots=True)
class Roster:
    """Of one desk. Each change raises NotAllowed; its future is done when it is on disk."""

    ledger: Ledger
    rights: Rights
    new_action: Callable[[], str]
    settings: Callable[[], Settings]

    def groups(self) -> tuple[Group, ...]:
        """The station's groups, in the order they were made."""
        with self.ledger.reader() as reader:
            return groups_of(reader, desk=self._desk)

    def group(self, name: str) -> Group:
        """Raises UnknownGroup."""
        found = next((each for each in self.groups() if each.name == name), None)
        if found is None:
            raise UnknownGroup(group=name)
        return found

    def set_group(self, name: str, members: Iterable[str], leads: Iterable[str], *, by: By) -> Saved:
        """A new group, or what a known one is from now on; leads are members. Raises GroupNameNeeded, and
        UnknownOfficer for a member who is no number.
        """
        self.rights.check(Action.ROSTER, by)
        name, leading = as_typed(name)[:NAME], tuple(dict.fromkeys(leads))
        serving = tuple(dict.fromkeys((*leading, *members)))[:MOST_MEMBERS]
        if not name or not serving:
            raise GroupNameNeeded
        numbers_only(serving)
        fact = roster_facts.group_set(
            Group(name, serving, leading), by=by, at=self.ledger.now(), action=self.new_action()
        )
        return self.ledger.append((fact,))

    def drop_group(self, name: str, *, zone: int, by: By) -> Saved:
        """Raises UnknownGroup, GroupPlanned."""
        self.rights.check(Action.ROSTER, by)
        self.group(name)
        now = self.ledger.now()
        month = month_of(now, zone)
        ahead = [
            each
            for when in (month, month_after(month))
            for each in self._turnings(when, zone)
            if name in each.groups and each.ends > now
        ]
        if ahead:
            raise GroupPlanned(group=name, turns=len(ahead))
        fact = roster_facts.group_dropped(name, by=by, at=now, action=self.new_action())
        return self.ledger.append((fact,))

    def plan(self, month: str) -> Plan | None:
        """A month "YYYY-MM" as it stands."""
        with self.ledger.reader() as reader:
            return plan_in(reader, month, desk=self._desk)

    def drafted(self, month: str, pattern: Pattern, groups: Iterable[str] = ()) -> Plan:
        """What `generate` would write. Without `groups` the first ones as many as needed; it goes on where
        the month before ended when that was made by the same pattern. Raises PatternRefused, RosterRefused.
        """
        days_of(month)
        names = tuple(groups) or tuple(each.name for each in self.groups()[: pattern.groups])
        before = self.plan(month_after(month, -1))
        follows = before is not None and (before.pattern, before.slots) == (pattern.text, pattern.slots)
        phase = roster.phase_after(before) if before is not None and follows else None
        return roster.generate(pattern, names, month, phase=phase)

    def generate(self, month: str, pattern: Pattern, groups: Iterable[str] = (), *, by: By) -> Saved:
        """Writes the month's plan in place of any before it. Raises as `drafted`."""
        self.rights.check(Action.ROSTER, by)
        made = self.drafted(month, pattern, groups)
        fact = roster_facts.roster_set(made, by=by, at=self.ledger.now(), action=self.new_action())
        return self.ledger.append((fact,))

    def swap(self, month: str, swap: Swap, *, why: str = "", by: By) -> Saved:
        """Raises NoRoster, UnknownGroup, RosterRefused, and UnknownOfficer for who is no number."""
        self.rights.check(Action.ROSTER, by)
        plan = self.plan(month)
        if plan is None:
            raise NoRoster(month=month)
        if isinstance(swap, roster.Exchange):
            self.group(swap.other)
        else:
            numbers_only(filter(None, (swap.goes, swap.comes)))
        roster.swapped(plan, swap)
        fact = roster_facts.roster_swapped(
            month, swap, why=as_typed(why), by=by, at=self.ledger.now(), action=self.new_action()
        )
        return self.ledger.append((fact,))

    def due(self, now: int, zone: int) -> Due:
        """The turn that runs at `now` (ms UTC) and the next one, also over midnight and the month's end."""
        month = month_of(now, zone)
        told = [each for when in (-1, 0, 1) for each in self._turnings(month_after(month, when), zone)]
        current = next((each for each in told if each.begins <= now < each.ends), None)
        return Due(current, next((each for each in told if each.begins > now), None))

    def flaws(
        self, month: str, *, zone: int, stints: Iterable[Stint] = (), plan: Plan | None = None
    ) -> tuple[Flaw, ...]:
        """What is wrong with groups, plan and duties of a month; with `plan` as if that were it.

        Before now `stints` count, from now on the plan.
        """
        groups, settings, now = self.groups(), self.settings(), self.ledger.now()
        plan = plan or self.plan(month)
        spans = _attended_spans(stints, now=now)
        found = group_flaws(groups, leads_needed=settings.leads_needed)
        if plan is not None:
            found += plan_flaws(plan, groups, leads_needed=settings.leads_needed, zone=zone)
            for officer, told in roster.planned(plan, groups, zone=zone).items():
                ahead = tuple((begin, end) for begin, end in told if begin >= now)
                spans[officer] = (*spans.get(officer, ()), *ahead)
        return found + duty_flaws(
            spans, longest=60 * settings.longest_duty_hours, least_rest=60 * settings.least_rest_hours
        )

    def breaks(self, month: str, swap: Swap, *, zone: int) -> tuple[Flaw, ...]:
        """What a swap would make wrong that is not wrong now. Raises NoRoster, RosterRefused."""
        return self._broken(month, (swap,), zone=zone)[0]

    def best(self, month: str, swaps: Sequence[Swap], *, zone: int) -> int | None:
        """The place of the first swap that breaks nothing, else of the first that breaks least; None for no
        swap at all. Raises as `breaks` does.
        """
        broken = self._broken(month, swaps, zone=zone)
        return min(range(len(broken)), key=lambda place: len(broken[place]), default=None)

    def _broken(self, month: str, swaps: Sequence[Swap], *, zone: int) -> tuple[tuple[Flaw, ...], ...]:
        """Of each swap alone; up to the first that breaks nothing."""
        plan = self.plan(month)
        if plan is None:
            raise NoRoster(month=month)
        before = set(self.flaws(month, zone=zone))
        found: list[tuple[Flaw, ...]] = []
        for swap in swaps:
            after = self.flaws(month, zone=zone, plan=roster.swapped(plan, swap))
            found.append(tuple(each for each in after if each not in before))
            if not found[-1]:
                break
        return tuple(found)

    @property
    def _desk(self) -> str:
        return self.ledger.head().desk

    def _turnings(self, month: str, zone: int) -> tuple[Turning, ...]:
        plan = self.plan(month)
        return turnings(plan, zone=zone) if plan else ()


def groups_of(reader: Connection, *, desk: str) -> tuple[Group, ...]:
    return roster_facts.groups_of(affairs.all_told(reader, Family.GROUP, desk=desk, over=False))


def plan_in(reader: Connection, month: str, *, desk: str) -> Plan | None:
    return roster_facts.plan_of(affairs.told(reader, Family.ROSTER, (month,), desk=desk))


def _attended_spans(stints: Iterable[Stint], *, now: int) -> dict[str, tuple[Span, ...]]:
    by_officer: dict[str, list[Stint]] = {}
    for each in stints:
        by_officer.setdefault(each.officer, []).append(each)
    return {officer: unbroken(told, now=now) for officer, told in by_officer.items()}
