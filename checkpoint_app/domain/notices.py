"""What a lead must know first about a shift, gravest first, out of what stands on its sheet. Pure.

Codes and their facts are said in words by `documents.notice_words`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from checkpoint_app.domain.desk_lines import DeskLine, shown
from checkpoint_app.domain.figures import ShiftFigures
from checkpoint_app.domain.handover import Handover
from checkpoint_app.domain.logbook import Incident, Item, Matter, Order
from checkpoint_app.domain.report import Attended, Notice
from checkpoint_app.domain.words import Evidence, Outcome

LEAST = 3
"""How many there are at least: what is of interest fills up what is grave."""

BY_EYE = (Evidence.DECLARED.value, Evidence.SEEN.value)
_HELD = (Outcome.HELD.value, Outcome.TRANSFERRED.value)
_WATCH = "watch"


def notices(
    figures: ShiftFigures,
    *,
    now: int,
    matters: Sequence[Matter] = (),
    incidents: Sequence[Incident] = (),
    orders: Sequence[Order] = (),
    items: Sequence[Item] = (),
    attended: Sequence[Attended] = (),
    handover: Handover | None = None,
    desks: Sequence[DeskLine] = (),
) -> tuple[Notice, ...]:
    """`now` (ms UTC) is the moment at which something is overdue: the end of a shift that has one."""
    grave = (
        *_overdue(matters, incidents, now),
        *_sides(handover),
        *(Notice("desk_missing", shown(each)) for each in desks if not each.whole),
        *_unanswered(figures),
        *_stale(figures),
        *_outages(figures),
        *_jumps(figures),
        *_short(items),
        *_unread(orders, attended, now),
        *_absent(attended),
    )
    told = (*(grave or (Notice("nothing"),)), *_told(figures))
    return tuple(told)


def _overdue(matters: Sequence[Matter], incidents: Sequence[Incident], now: int) -> Iterator[Notice]:
    for incident in sorted(incidents, key=lambda each: each.due):
        if incident.overdue(now):
            facts = {"kind": incident.kind, "late_ms": now - incident.due, "due": incident.due}
            yield Notice("incident_unanswered", facts)
    for matter in sorted(matters, key=lambda each: each.due):
        if matter.overdue(now):
            facts = {"title": matter.title, "late_ms": now - matter.due, "due": matter.due}
            yield Notice("matter_overdue", facts)


def _sides(handover: Handover | None) -> Iterator[Notice]:
    for each in handover.absent if handover else ():
        if each.refused:
            yield Notice("lead_refused", {"why": each.why})
        else:
            yield Notice("one_side_absent", {"side": each.side.value, "why": each.why})


def _unanswered(figures: ShiftFigures) -> Iterator[Notice]:
    open_ones = sum(not each.outcome and not each.voided for each in figures.alarms)
    if open_ones:
        yield Notice("alarm_unanswered", {"alarms": open_ones})


def _stale(figures: ShiftFigures) -> Iterator[Notice]:
    for data in sorted(figures.data, key=lambda each: -each.vehicles):
        if data.vehicles:
            facts = {"name": data.name, "version": data.version, "age": data.age, "vehicles": data.vehicles}
            yield Notice("data_stale", facts)


def _outages(figures: ShiftFigures) -> Iterator[Notice]:
    for each in sorted(figures.outages, key=lambda one: -one.vehicles):
        facts = {"what": each.what, "lane": each.lane, "since": each.since, "until": each.until}
        yield Notice("outage", {**facts, "vehicles": each.vehicles})


def _jumps(figures: ShiftFigures) -> Iterator[Notice]:
    for each in figures.clock:
        if each.kind == "jumped":
            yield Notice("clock_jumped", {"at": each.at, "off": each.off})


def _short(items: Sequence[Item]) -> Iterator[Notice]:
    for item in items:
        if item.short:
            wanted = item.due if item.equipment else item.low
            facts: Mapping[str, object] = {"name": item.name, "balance": item.balance, "wanted": wanted}
            yield Notice("item_short", {**facts, "unit": item.unit, "equipment": item.equipment})


def _unread(orders: Sequence[Order], attended: Sequence[Attended], now: int) -> Iterator[Notice]:
    there = {each.officer for each in attended if each.state != "absent"}
    for order in orders:
        unread = there - {order.officer, *(officer for officer, _at in order.read)}
        if order.in_force(now) and unread:
            yield Notice("order_unread", {"number": order.number, "officers": len(unread)})


def _absent(attended: Sequence[Attended]) -> Iterator[Notice]:
    absent = sum(each.state == "absent" for each in attended)
    if absent:
        yield Notice("officers_absent", {"absent": absent, "should": len(attended)})


def _told(figures: ShiftFigures) -> Iterator[Notice]:
    """What is of interest in every shift, nothing to report included."""
    hits = [each for each in figures.alarms if any(_WATCH in code.lower() for code in each.reasons)]
    if hits:
        unanswered = sum(not each.outcome for each in hits)
        yield Notice("watch_hits", {"hits": len(hits), "unanswered": unanswered})
    held = sum(figures.people_apart.get(outcome, 0) for outcome in _HELD)
    held += sum(each.people for each in figures.exceptions if each.outcome in _HELD and not each.elsewhere)
    if held:
        yield Notice("held", {"people": held})
    by_eye = sum(figures.people_by_evidence.get(kind, 0) for kind in BY_EYE)
    yield Notice("seen_only", {"people": by_eye, "all": figures.all_people})
    late = sum(each.late for each in figures.corrections)
    yield Notice("corrections", {"n": len(figures.corrections), "late": late, "undone": figures.undone})
