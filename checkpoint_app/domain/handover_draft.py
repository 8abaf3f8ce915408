"""The draft of a handover: its lines, out of a shift's figures and what it wrote down. Pure.

Every open matter, every incident and every article has a line of its own. What was still open when the
handover began keeps its line while it lasts, also when it is closed meanwhile. Facts are public and told as
of the beginning, so that time alone changes no line; personal words stand beside them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from checkpoint_app.domain import desk_lines, handover_texts
from checkpoint_app.domain.canonical import Value
from checkpoint_app.domain.desk_lines import DeskLine
from checkpoint_app.domain.figures import ShiftFigures
from checkpoint_app.domain.handover import Line, Part
from checkpoint_app.domain.hours import ABSENT, LATE, PRESENT, REPLACED, Stint
from checkpoint_app.domain.logbook import Incident, Item, Matter, Order, Visit
from checkpoint_app.domain.officers import is_number
from checkpoint_app.domain.stores import CONDITIONS
from checkpoint_app.domain.words import Evidence, Outcome, VerdictState

MOST_SEQS = 16

Facts = dict[str, Value]


@dataclass(frozen=True, slots=True)
class Situation:
    """What a shift hands over, as of `begun` (ms UTC). `called` are the officers of its roll-call, `desks`
    the other desks of the station.
    """

    figures: ShiftFigures
    begun: int
    orders: tuple[Order, ...] = ()
    incidents: tuple[Incident, ...] = ()
    matters: tuple[Matter, ...] = ()
    visits: tuple[Visit, ...] = ()
    items: tuple[Item, ...] = ()
    stints: tuple[Stint, ...] = ()
    called: tuple[str, ...] = ()
    desks: tuple[DeskLine, ...] = ()


def draft(situation: Situation) -> tuple[Line, ...]:
    """The lines in the order they are read: what was, what is open, what there is."""
    parts = (*_past(situation), *_open(situation), *_things(situation))
    return tuple(
        Line(number, key, part, key.partition(":")[0], facts, _few(seqs), texts)
        for number, (part, key, facts, seqs, texts) in enumerate(parts, start=1)
    )


_Told = tuple[Part, str, Facts, tuple[int, ...], Mapping[str, Value]]


def _past(now: Situation) -> Iterator[_Told]:
    figures = now.figures
    told = {
        "totals": _totals(figures),
        "outcomes": _outcomes(figures),
        "alarms": _alarms(figures),
        "corrections": _corrections(figures),
        "evidence": _evidence(figures),
        "clock": _clock(figures),
        "outage": _outage(figures, until=now.begun),
        "roll": _roll(now),
    }
    for key, facts in told.items():
        yield Part.PAST, key, facts, (), {}
    for desk in now.desks:
        yield Part.PAST, f"desk:{desk.desk}", desk_lines.shown(desk), (), {}
    for visit in now.visits:
        found: Facts = {"at": visit.at, "findings": len(visit.findings)}
        yield Part.PAST, f"visit:{visit.id}", found, visit.seqs, handover_texts.of_visit(visit)


def _open(now: Situation) -> Iterator[_Told]:
    for order in now.orders:
        texts = handover_texts.of_order(order)
        yield Part.OPEN, f"order:{order.id}", _order(order, now), order.seqs[:1], texts
    for incident in now.incidents:
        yield (
            Part.OPEN,
            f"incident:{incident.id}",
            _incident(incident, begun=now.begun),
            incident.seqs,
            handover_texts.of_incident(incident),
        )
    for matter in now.matters:
        yield (
            Part.OPEN,
            f"matter:{matter.id}",
            _matter(matter, begun=now.begun),
            matter.seqs,
            handover_texts.of_matter(matter),
        )


def _things(now: Situation) -> Iterator[_Told]:
    for item in now.items:
        yield Part.THINGS, f"item:{item.id}", _item(item), item.seqs, handover_texts.of_item(item)
    for data in now.figures.data:
        facts: Facts = {
            "name": data.name,
            "version": data.version,
            "age": data.age,
            "light": data.light,
            "vehicles": data.vehicles,
        }
        yield Part.THINGS, f"data:{data.name}", facts, (), {}


def totals_of(figures: ShiftFigures, desks: Sequence[DeskLine] = ()) -> Facts:
    """The sums a shift is closed with: its own, and beside them those of the station's other desks."""
    sums: Facts = {
        "vehicles": figures.vehicles,
        "people": figures.people,
        "counted_vehicles": figures.counted_vehicles,
        "counted_people": figures.counted_people,
        "outcomes": dict(figures.outcomes),
    }
    return sums | ({"desks": {each.desk: desk_lines.told(each) for each in desks}} if desks else {})


def _totals(figures: ShiftFigures) -> Facts:
    lanes: list[Value] = [
        [
            line.lane,
            line.direction,
            line.vehicles + line.counted_vehicles,
            line.people + line.counted_people,
        ]
        for line in figures.lanes
    ]
    return {
        "vehicles": figures.vehicles,
        "people": figures.people,
        "counted_vehicles": figures.counted_vehicles,
        "counted_people": figures.counted_people,
        "undone": figures.undone,
        "mean_ms": figures.mean_ms,
        "lanes": lanes,
    }


def _outcomes(figures: ShiftFigures) -> Facts:
    counts: Facts = {each.value: figures.outcomes.get(each.value, 0) for each in Outcome}
    return counts | {"undone": figures.undone}


def _alarms(figures: ShiftFigures) -> Facts:
    stands = [alarm for alarm in figures.alarms if not alarm.voided]
    answered = sum(bool(alarm.answered or alarm.outcome) for alarm in stands)
    return {
        "count": len(stands),
        "alarms": len(stands),
        "answered": answered,
        "unanswered": len(stands) - answered,
        "stop": sum(alarm.state == VerdictState.STOP for alarm in stands),
        "refer": sum(alarm.state == VerdictState.REFER for alarm in stands),
    }


def _corrections(figures: ShiftFigures) -> Facts:
    late = sum(each.late for each in figures.corrections)
    undone = sum(each.undone for each in figures.corrections)
    count = len(figures.corrections)
    return {
        "count": count,
        "own": count - late,
        "late": late,
        "undone": undone,
        "amended": count - undone,
    }


def _evidence(figures: ShiftFigures) -> Facts:
    counts: Facts = {each.value: figures.people_by_evidence.get(each.value, 0) for each in Evidence}
    return counts | {"counted": figures.counted_people}


def _clock(figures: ShiftFigures) -> Facts:
    jumps = [event for event in figures.clock if event.kind == "jumped"]
    confirmed = sum(event.kind == "confirmed" for event in figures.clock)
    return {"jumped": len(jumps), "confirmed": confirmed, "off": jumps[-1].off if jumps else 0}


def _outage(figures: ShiftFigures, *, until: int) -> Facts:
    what: list[Value] = [
        [each.what, each.lane, each.since, each.until, each.vehicles] for each in figures.outages
    ]
    return {
        "count": len(what),
        "outages": len(what),
        "ms": sum(max(0, (each.until or until) - each.since) for each in figures.outages),
        "vehicles": sum(each.vehicles for each in figures.outages),
        "what": what,
    }


def _roll(now: Situation) -> Facts:
    """Officers by state; of those who came, at which posts and how long until the handover began."""
    states = dict.fromkeys(now.called, PRESENT) | {each.officer: each.state for each in now.stints}
    people: list[Value] = [[number, state, *_served(now, number)] for number, state in sorted(states.items())]
    counts: Facts = {
        state: sum(each == state for each in states.values()) for state in (PRESENT, LATE, ABSENT, REPLACED)
    }
    return counts | {"should": len(states), "people": people}


def _served(now: Situation, number: str) -> tuple[str, int]:
    own = [each for each in now.stints if each.officer == number]
    posts = dict.fromkeys(post for each in own for post in each.posts)
    return ", ".join(posts), sum(each.minutes(now=now.begun, until=now.begun) for each in own)


def _order(order: Order, now: Situation) -> Facts:
    read = {number for number, at in order.read if at <= now.begun}
    return {
        "number": order.number,
        "at": order.at,
        "until": order.until,
        "read": len(read),
        "unread": len(set(now.called) - read - {order.officer}),
    }


def _incident(incident: Incident, *, begun: int) -> Facts:
    return {
        "kind": incident.kind,
        "noticed": incident.noticed,
        "due": incident.due,
        "reported": incident.reported,
        "answered": incident.answered,
        "closed": incident.closed,
        "linked": len(incident.linked),
        "transfers": sum(each.people for each in incident.transfers),
        "overdue": incident.overdue(begun),
    }


def _matter(matter: Matter, *, begun: int) -> Facts:
    steps: list[Value] = [[each.at, each.officer, each.kind] for each in handover_texts.last_steps(matter)]
    facts: Facts = {
        "source": matter.source,
        "raised": matter.raised,
        "due": matter.due,
        "lane": matter.lane,
        "closed": matter.closed,
        "overdue": matter.overdue(begun),
        "steps": steps,
    }
    return facts | ({"owner": matter.owner} if is_number(matter.owner) else {})


def _item(item: Item) -> Facts:
    facts: Facts = {
        "name": item.name,
        "unit": item.unit,
        "equipment": item.equipment,
        "balance": item.balance,
        "due": item.due,
        "low": item.low,
        "short": item.short,
        "counted": item.counted,
    }
    return facts | ({"condition": item.condition} if item.condition in CONDITIONS else {})


def _few(seqs: Sequence[int]) -> tuple[int, ...]:
    """The first and the last of a long history: enough to find it, and to notice that it went on."""
    return tuple(seqs) if len(seqs) <= MOST_SEQS else (seqs[0], *seqs[1 - MOST_SEQS :])
