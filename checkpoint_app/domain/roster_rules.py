"""What a lead should know about a roster beforehand: too few leads, too long duty, too short rest. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from checkpoint_app.domain.roster import MINUTE, Group, Plan, Span, serving, turnings


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something a lead should know before it happens. `code`: few_leads (count of need), two_groups, unknown
    (a group that is none), twice (an officer in two groups of one turn), long, rest (minutes of need).
    `at` is ms UTC of the turn or the time meant, 0 where it is about the group itself.
    """

    code: str
    group: str = ""
    officer: str = ""
    at: int = 0
    found: int = 0
    need: int = 0
    others: tuple[str, ...] = ()


def group_flaws(groups: Sequence[Group], *, leads_needed: int) -> tuple[Flaw, ...]:
    """Groups without enough experience, officers in more than one."""
    few = tuple(
        Flaw("few_leads", group.name, found=len(group.leads), need=leads_needed)
        for group in groups
        if len(group.leads) < leads_needed
    )
    member: dict[str, list[str]] = {}
    for group in groups:
        for officer in group.members:
            member.setdefault(officer, []).append(group.name)
    double = tuple(
        Flaw("two_groups", names[0], officer, others=tuple(names[1:]))
        for officer, names in member.items()
        if len(names) > 1
    )
    return (*few, *double)


def plan_flaws(plan: Plan, groups: Sequence[Group], *, leads_needed: int, zone: int) -> tuple[Flaw, ...]:
    """What is wrong with single turns: unknown groups, stand-ins that leave too few leads, officers twice."""
    known = {group.name: group for group in groups}
    leads = {lead for group in groups for lead in group.leads}
    times = {(each.day, each.place): each.begins for each in turnings(plan, zone=zone)}
    strange = {name for turn in plan.turns for name in turn.groups} - known.keys()
    found = [Flaw("unknown", name) for name in sorted(strange)]
    touched = {(each.day, each.slot, each.group) for each in plan.stand_ins}
    for turn in plan.turns:
        on, at = serving(plan, turn, known), times[turn.day, turn.slot]
        for name, members in on.items():
            count = len(leads.intersection(members))
            if (turn.day, turn.slot, name) in touched and count < leads_needed:
                found.append(Flaw("few_leads", name, at=at, found=count, need=leads_needed))
        twice = Counter(officer for members in on.values() for officer in members)
        found += [
            Flaw("twice", officer=officer, at=at) for officer, times_on in twice.items() if times_on > 1
        ]
    return tuple(found)


def duty_flaws(
    spans: Mapping[str, Iterable[Span]], *, longest: int, least_rest: int, gap: int = 30
) -> tuple[Flaw, ...]:
    """Duties longer than `longest` and rests shorter than `least_rest`, both minutes; what lies less than
    `gap` minutes apart is one duty. `spans` by officer: plan, attendance, or both.
    """
    found: list[Flaw] = []
    for officer, told in sorted(spans.items()):
        ended = None
        for begin, end in _joined(told, gap * MINUTE):
            rest = (begin - ended) // MINUTE if ended is not None else least_rest
            if rest < least_rest:
                found.append(Flaw("rest", officer=officer, at=begin, found=rest, need=least_rest))
            minutes = (end - begin) // MINUTE
            if minutes > longest:
                found.append(Flaw("long", officer=officer, at=begin, found=minutes, need=longest))
            ended = end
    return tuple(found)


def _joined(spans: Iterable[Span], gap: int) -> list[Span]:
    joined: list[Span] = []
    for begin, end in sorted(spans):
        if joined and begin - joined[-1][1] <= gap:
            joined[-1] = joined[-1][0], max(joined[-1][1], end)
        else:
            joined.append((begin, end))
    return joined
