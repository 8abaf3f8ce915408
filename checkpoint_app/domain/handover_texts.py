"""Personal words of a handover's lines: what stands beside the signed facts, read from the log each time.

They are never signed, so that forgetting takes them out of old handovers too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from checkpoint_app.domain import incidents, matters, orders, stores, visits
from checkpoint_app.domain.affairs import Family, Told
from checkpoint_app.domain.canonical import Value
from checkpoint_app.domain.handover import Line
from checkpoint_app.domain.logbook import Incident, Item, Matter, Order, Step, Visit
from checkpoint_app.domain.officers import is_number

LAST_STEPS = 8

Texts = Mapping[str, Value]


def of_visit(visit: Visit) -> Texts:
    return {"visitor": visit.visitor, "agency": visit.agency, "text": visit.text}


def of_order(order: Order) -> Texts:
    return {"sender": order.sender, "text": order.text}


def of_incident(incident: Incident) -> Texts:
    return {
        "text": incident.text,
        "reported_to": incident.reported_to,
        "reply": incident.reply,
        "result": incident.result,
    }


def of_matter(matter: Matter) -> Texts:
    steps: list[Value] = [[each.at, each.officer, each.text or each.kind] for each in last_steps(matter)]
    texts: Texts = {"title": matter.title, "plate": matter.plate, "result": matter.result, "steps": steps}
    return texts if is_number(matter.owner) else {**texts, "owner": matter.owner}


def of_item(item: Item) -> Texts:
    """A condition in somebody's own words."""
    own_words = bool(item.condition) and item.condition not in stores.CONDITIONS
    return {"condition": item.condition} if own_words else {}


def last_steps(matter: Matter) -> tuple[Step, ...]:
    """As many as stand on a line."""
    return matter.steps[-LAST_STEPS:]


def affair_of(line: Line) -> tuple[Family, str] | None:
    """Family and name of the affair a line is about; None where it is about a figure."""
    about, _colon, name = line.key.partition(":")
    family = _FAMILIES.get(about)
    return (family, name) if family else None


def with_texts(line: Line, told: Sequence[Told]) -> Line:
    """A line that was stored, with what the entries of its affair still say: those that had been written
    when it was drafted.
    """
    found = affair_of(line)
    return replace(line, texts=_READ[found[0]](_drafted_from(line, told))) if found else line


def _drafted_from(line: Line, told: Sequence[Told]) -> Sequence[Told]:
    """Up to the last entry the line names, which for an order is its first; contents that were too long to
    be stored name none.
    """
    last = line.seqs[-1] if line.seqs else None
    ends = [place for place, each in enumerate(told, start=1) if each.seq == last]
    return told[: ends[-1]] if ends else told


def _visits(told: Sequence[Told]) -> Texts:
    return next(map(of_visit, visits.fold(told)), _NONE)


def _orders(told: Sequence[Told]) -> Texts:
    return next(map(of_order, orders.fold(told)), _NONE)


def _incidents(told: Sequence[Told]) -> Texts:
    return next(map(of_incident, incidents.fold(told)), _NONE)


def _matters(told: Sequence[Told]) -> Texts:
    return next(map(of_matter, matters.fold(told)), _NONE)


def _items(told: Sequence[Told]) -> Texts:
    return next(map(of_item, stores.fold(told)), _NONE)


_NONE: Texts = MappingProxyType({})

_FAMILIES: Mapping[str, Family] = {
    each.value: each for each in (Family.VISIT, Family.ORDER, Family.INCIDENT, Family.MATTER, Family.ITEM)
}
_READ: Mapping[Family, Callable[[Sequence[Told]], Texts]] = {
    Family.VISIT: _visits,
    Family.ORDER: _orders,
    Family.INCIDENT: _incidents,
    Family.MATTER: _matters,
    Family.ITEM: _items,
}
