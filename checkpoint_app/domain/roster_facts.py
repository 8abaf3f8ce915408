"""What is written of groups, rosters and duty phones, and what it then says. Group names are public."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from checkpoint_app.domain.affairs import Told
from checkpoint_app.domain.canonical import Value
from checkpoint_app.domain.entry import Fact
from checkpoint_app.domain.facts import By, code_of, own_words
from checkpoint_app.domain.report import Contact
from checkpoint_app.domain.roster import Exchange, Group, Plan, StandIn, Swap, swapped
from checkpoint_app.domain.rotation import RosterRefused, Slot, Turn

GROUP_SET, GROUP_DROPPED = "group_set", "group_dropped"
ROSTER_SET, ROSTER_SWAPPED = "roster_set", "roster_swapped"
CONTACT_SET, CONTACT_DROPPED = "contact_set", "contact_dropped"


def group_set(group: Group, *, by: By, at: int, action: str) -> Fact:
    """A group as it is from now on; leads are members."""
    members: list[Value] = [*group.members]
    leads: list[Value] = [*group.leads]
    public: dict[str, Value] = {"about": group.name, "members": members, "leads": leads}
    return Fact(GROUP_SET, action, at, public, None, by.shift, by.officer)


def group_dropped(name: str, *, by: By, at: int, action: str) -> Fact:
    return Fact(GROUP_DROPPED, action, at, {"about": name, "over": True}, None, by.shift, by.officer)


def roster_set(plan: Plan, *, by: By, at: int, action: str) -> Fact:
    """A month's plan, in place of any before it."""
    days: list[Value] = [[turn.day, turn.slot, group] for turn in plan.turns for group in turn.groups]
    slots: list[Value] = [{"name": slot.name, "from": slot.begin, "to": slot.until} for slot in plan.slots]
    public: dict[str, Value] = {
        "about": plan.month,
        "days": days,
        "slots": slots,
        "pattern": plan.pattern,
        "phase": plan.phase,
    }
    return Fact(ROSTER_SET, action, at, public, None, by.shift, by.officer)


def roster_swapped(month: str, swap: Swap, *, why: str, by: By, at: int, action: str) -> Fact:
    """Groups exchange turns, or an officer stands in for another; `why` a code or own words."""
    public: dict[str, Value] = {"about": month, "day": swap.day, "slot": swap.slot, "group": swap.group}
    if isinstance(swap, StandIn):
        public |= {"goes": swap.goes, "comes": swap.comes}
    else:
        public |= {"other": swap.other} | ({"back": [*swap.back]} if swap.back else {})
    return Fact(
        ROSTER_SWAPPED, action, at, public | code_of(why), own_words(why) or None, by.shift, by.officer
    )


def contact_set(contact: Contact, *, by: By, at: int, action: str) -> Fact:
    """A duty phone; `contact.id` is its name, the action of its first entry."""
    personal: dict[str, Value] = {"name": contact.name, "phone": contact.phone, "about": contact.about}
    return Fact(CONTACT_SET, action, at, {"about": contact.id}, personal, by.shift, by.officer)


def contact_dropped(ident: str, *, by: By, at: int, action: str) -> Fact:
    return Fact(CONTACT_DROPPED, action, at, {"about": ident, "over": True}, None, by.shift, by.officer)


def groups_of(told: Iterable[Told]) -> tuple[Group, ...]:
    """Every group that is not dropped, in the order of their first entries."""
    found: dict[str, Group | None] = {}
    for each in told:
        members, leads = _texts(each.public.get("members")), _texts(each.public.get("leads"))
        found[each.name] = Group(each.name, members, leads) if each.kind == GROUP_SET else None
    return tuple(group for group in found.values() if group is not None)


def plan_of(told: Iterable[Told]) -> Plan | None:
    """One month as it stands; entries of that month in the order written. A swap that no longer fits the
    plan (written by another version) changes nothing.
    """
    plan: Plan | None = None
    for each in told:
        if each.kind == ROSTER_SET:
            plan = _plan(each)
        elif plan is not None:
            try:
                plan = swapped(plan, _swap(each.public))
            except RosterRefused:
                continue
    return plan


def contacts_of(told: Iterable[Told]) -> tuple[Contact, ...]:
    """Every phone that is not dropped; forgotten ones have neither name nor number and are left out."""
    found: dict[str, Contact | None] = {}
    for each in told:
        words = {name: str(each.personal.get(name, "")) for name in ("name", "phone", "about")}
        keeps = each.kind == CONTACT_SET and not each.forgotten
        found[each.name] = (
            Contact(each.name, words["name"], words["phone"], words["about"]) if keeps else None
        )
    return tuple(contact for contact in found.values() if contact is not None)


def _plan(told: Told) -> Plan:
    turns: dict[tuple[int, int], list[str]] = {}
    for row in _rows(told.public.get("days")):
        if (
            isinstance(row, Sequence)
            and len(row) == 3
            and isinstance(row[0], int)
            and isinstance(row[1], int)
        ):
            turns.setdefault((row[0], row[1]), []).append(str(row[2]))
    slots = tuple(
        Slot(str(row.get("name", "")), _whole(row.get("from")), _whole(row.get("to")))
        for row in _rows(told.public.get("slots"))
        if isinstance(row, Mapping)
    )
    made = tuple(Turn(day, slot, tuple(groups)) for (day, slot), groups in sorted(turns.items()))
    pattern, phase = str(told.public.get("pattern", "")), _whole(told.public.get("phase"))
    return Plan(told.name, slots, tuple(turn for turn in made if turn.slot < len(slots)), pattern, phase)


def _swap(public: Mapping[str, Value]) -> Swap:
    day, slot, group = _whole(public.get("day")), _whole(public.get("slot")), str(public.get("group", ""))
    if "comes" in public:
        return StandIn(day, slot, group, str(public.get("goes", "")), str(public["comes"]))
    back = _rows(public.get("back"))
    given = (_whole(back[0]), _whole(back[1])) if len(back) == 2 else None
    return Exchange(day, slot, group, str(public.get("other", "")), given)


def _rows(value: Value) -> Sequence[Value]:
    return value if isinstance(value, list | tuple) else ()


def _texts(value: Value) -> tuple[str, ...]:
    return tuple(str(each) for each in _rows(value))


def _whole(value: Value) -> int:
    return value if isinstance(value, int) else 0
