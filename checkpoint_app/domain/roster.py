"""A month's roster: who is on in every slot, exchanges of groups, officers who stand in. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from checkpoint_app.domain.rotation import (
    DAY,
    Pattern,
    RosterRefused,
    Slot,
    Turn,
    days_of,
    natural_phase,
    read_pattern,
    rotate,
)

MINUTE = 60_000
Span = tuple[int, int]
"""Begin and end, ms UTC."""


@dataclass(frozen=True, slots=True)
class Group:
    """Officers' numbers; `leads` are those with experience, they are members too."""

    name: str
    members: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Exchange:
    """`group` gives its turn to `other` and takes the other's `back` (day, slot), or nothing in return."""

    day: int
    slot: int
    group: str
    other: str
    back: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class StandIn:
    """In one turn of `group` officer `comes` serves for officer `goes`."""

    day: int
    slot: int
    group: str
    goes: str
    comes: str


Swap = Exchange | StandIn


@dataclass(frozen=True, slots=True)
class Plan:
    """A month "YYYY-MM" as it stands. `pattern` is the text it came from, `phase` how many slots of it had
    passed at the first; `swaps` are already in `turns`, those of officers in `stand_ins` alone.
    """

    month: str
    slots: tuple[Slot, ...]
    turns: tuple[Turn, ...]
    pattern: str = ""
    phase: int = 0
    swaps: tuple[Swap, ...] = ()

    @property
    def days(self) -> int:
        return days_of(self.month)

    @property
    def stand_ins(self) -> tuple[StandIn, ...]:
        return tuple(each for each in self.swaps if isinstance(each, StandIn))

    def turn(self, day: int, slot: int) -> Turn | None:
        return next((each for each in self.turns if (each.day, each.slot) == (day, slot)), None)

    def count(self) -> Counter[str]:
        """Turns of every group."""
        return Counter(group for turn in self.turns for group in turn.groups)


@dataclass(frozen=True, slots=True)
class Turning:
    """A turn with its times, ms UTC; `slot` is its name."""

    day: int
    place: int
    slot: str
    groups: tuple[str, ...]
    begins: int
    ends: int
    month: str = ""


def generate(pattern: Pattern, groups: Sequence[str], month: str, *, phase: int | None = None) -> Plan:
    """The month by the pattern; without `phase` (slots of the cycle that have passed before the first) it is
    counted from a fixed day, so that month follows month. Raises PatternRefused, RosterRefused.
    """
    first = natural_phase(month, len(pattern.slots)) if phase is None else phase
    turns = rotate(pattern, groups, month, phase=first)
    return Plan(month, pattern.slots, turns, pattern.text, first % len(pattern.cycle))


def phase_after(plan: Plan) -> int:
    """The phase with which the next month goes on where this one ends."""
    return (plan.phase + plan.days * len(plan.slots)) % max(1, len(read_pattern(plan.pattern)))


def swapped(plan: Plan, swap: Swap) -> Plan:
    """The plan with one more swap; raises RosterRefused for one that cannot be."""
    if isinstance(swap, StandIn):
        turn = plan.turn(swap.day, swap.slot)
        if turn is None or swap.group not in turn.groups:
            raise RosterRefused(fault="turn")
        if swap.goes == swap.comes:
            raise RosterRefused(fault="same")
        return replace(plan, swaps=(*plan.swaps, swap))
    turns = _given(plan.turns, swap.day, swap.slot, goes=swap.group, comes=swap.other)
    if swap.back is not None:
        if swap.back == (swap.day, swap.slot):
            raise RosterRefused(fault="same")
        turns = _given(turns, *swap.back, goes=swap.other, comes=swap.group)
    return replace(plan, turns=turns, swaps=(*plan.swaps, swap))


def turnings(plan: Plan, *, zone: int) -> tuple[Turning, ...]:
    """Every turn with its times, in their order; `zone` minutes east."""
    year, month = int(plan.month[:4]), int(plan.month[5:])
    midnight = int(datetime(year, month, 1, tzinfo=UTC).timestamp()) * 1000 - zone * MINUTE
    found = []
    for turn in plan.turns:
        slot = plan.slots[turn.slot]
        begins = midnight + ((turn.day - 1) * DAY + slot.begin) * MINUTE
        ends = begins + slot.minutes * MINUTE
        found.append(Turning(turn.day, turn.slot, slot.name, turn.groups, begins, ends, plan.month))
    return tuple(sorted(found, key=lambda each: (each.begins, each.place)))


def serving(plan: Plan, turn: Turn, groups: Mapping[str, Group]) -> Mapping[str, tuple[str, ...]]:
    """Officers by group in one turn, those who stand in included."""
    found: dict[str, tuple[str, ...]] = {}
    for name in turn.groups:
        members = groups[name].members if name in groups else ()
        for each in plan.stand_ins:
            if (each.day, each.slot, each.group) == (turn.day, turn.slot, name):
                members = tuple(each.comes if one == each.goes else one for one in members)
        found[name] = members
    return found


def planned(plan: Plan, groups: Sequence[Group], *, zone: int) -> Mapping[str, tuple[Span, ...]]:
    """When each officer should serve, ms UTC."""
    known = {group.name: group for group in groups}
    turns = {(turn.day, turn.slot): turn for turn in plan.turns}
    found: dict[str, list[Span]] = {}
    for each in turnings(plan, zone=zone):
        for members in serving(plan, turns[each.day, each.place], known).values():
            for officer in members:
                found.setdefault(officer, []).append((each.begins, each.ends))
    return {officer: tuple(dict.fromkeys(spans)) for officer, spans in found.items()}


def _given(turns: tuple[Turn, ...], day: int, slot: int, *, goes: str, comes: str) -> tuple[Turn, ...]:
    """The turns with `comes` in the place of `goes`."""
    at = next((n for n, each in enumerate(turns) if (each.day, each.slot) == (day, slot)), None)
    if at is None or goes not in turns[at].groups:
        raise RosterRefused(fault="turn")
    if comes in turns[at].groups:
        raise RosterRefused(fault="same")
    groups = tuple(comes if one == goes else one for one in turns[at].groups)
    return (*turns[:at], replace(turns[at], groups=groups), *turns[at + 1 :])
