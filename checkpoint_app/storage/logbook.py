"""What is written down beside the crossings, as it stands now or stood at an entry."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from checkpoint_app.domain import incidents as incident_facts
from checkpoint_app.domain import matters as matter_facts
from checkpoint_app.domain import orders as order_facts
from checkpoint_app.domain import stores as store_facts
from checkpoint_app.domain import visits as visit_facts
from checkpoint_app.domain.affairs import Family, Told
from checkpoint_app.domain.facts import MATTER_RAISED
from checkpoint_app.domain.logbook import Incident, Item, Matter, Order, ShiftLog
from checkpoint_app.storage import affairs
from checkpoint_app.storage.engine import Connection

LAST_MOVES = 24
"""Entries of an article that are read however often it was counted since."""

FAMILIES = (Family.NOTE, Family.ORDER, Family.INCIDENT, Family.VISIT, Family.MATTER, Family.ITEM)


def matters(
    reader: Connection, desk: str, *, open_only: bool = True, upto: int | None = None
) -> tuple[Matter, ...]:
    """Matters in the order they were raised; with `upto`, a local id, as they stood when that was the last
    entry. So for the other functions here.
    """
    found = matter_facts.fold(_told(reader, Family.MATTER, desk, standing=open_only, upto=upto))
    return tuple(each for each in found if not (open_only and each.closed))


def incidents(
    reader: Connection, desk: str, *, open_only: bool = True, upto: int | None = None
) -> tuple[Incident, ...]:
    found = incident_facts.fold(_told(reader, Family.INCIDENT, desk, standing=open_only, upto=upto))
    return tuple(each for each in found if not (open_only and each.closed))


def orders_in_force(reader: Connection, desk: str, now: int, *, upto: int | None = None) -> tuple[Order, ...]:
    """Orders neither ended nor past their time at `now`, ms UTC."""
    names = affairs.names(reader, Family.ORDER, desk=desk, over=False, upto=upto, lasting=now)
    found = order_facts.fold(_until(affairs.told(reader, Family.ORDER, names, desk=desk), upto))
    return tuple(each for each in found if each.in_force(now))


def items(reader: Connection, desk: str, *, upto: int | None = None) -> tuple[Item, ...]:
    """Articles kept, equipment first; of their history what came since the last count, and LAST_MOVES."""
    names = affairs.names(reader, Family.ITEM, desk=desk, over=False, upto=upto)
    found = store_facts.fold(_articles(reader, names, desk=desk, upto=upto))
    kept = [each for each in found if not each.dropped]
    return tuple(sorted(kept, key=lambda each: not each.equipment))


def one(reader: Connection, family: Family, name: str, *, desk: str) -> tuple[Told, ...]:
    """The entries of one affair; none when there is no such affair."""
    return affairs.told(reader, family, (name,), desk=desk)


def of_shift(reader: Connection, shift: str, *, upto: int | None = None) -> ShiftLog:
    """What a shift wrote down and worked on; everything read is bounded by what it told."""
    told = _until(affairs.of_shift(reader, shift, FAMILIES), upto)
    whole = {family: _whole(reader, family, told, upto=upto) for family in FAMILIES}
    raised = _names(told, (MATTER_RAISED,)) - _names_before(whole[Family.MATTER], shift)
    return ShiftLog(
        notes=order_facts.fold_notes(whole[Family.NOTE]),
        orders=order_facts.fold(whole[Family.ORDER]),
        incidents=incident_facts.fold(whole[Family.INCIDENT]),
        visits=visit_facts.fold(whole[Family.VISIT]),
        matters=matter_facts.fold(whole[Family.MATTER]),
        items=store_facts.fold(whole[Family.ITEM]),
        raised=raised,
        closed=_names(told, (matter_facts.MATTER_CLOSED,)),
        received=_names(told, (order_facts.ORDER_RECEIVED,)),
        moved=_names(told, (store_facts.ITEM_COUNTED, store_facts.ITEM_MOVED)),
    )


@dataclass(frozen=True, slots=True)
class Overdue:
    """How many matters and incidents are past their time."""

    matters: int = 0
    incidents: int = 0

    def __bool__(self) -> bool:
        return bool(self.matters or self.incidents)


def overdue(reader: Connection, desk: str, now: int) -> Overdue:
    """What should have been done by `now`, ms UTC: lights the badge of the shift page."""
    return Overdue(
        sum(each.overdue(now) for each in matters(reader, desk)),
        sum(each.overdue(now) for each in incidents(reader, desk)),
    )


def _told(
    reader: Connection, family: Family, desk: str, *, standing: bool, upto: int | None
) -> Sequence[Told]:
    names = affairs.names(reader, family, desk=desk, over=False if standing else None, upto=upto)
    return _until(affairs.told(reader, family, names, desk=desk), upto)


def _whole(reader: Connection, family: Family, told: Iterable[Told], *, upto: int | None) -> Sequence[Told]:
    """Every entry of the affairs of a family that are told of, not only the shift's own."""
    named = dict.fromkeys((each.desk, each.name) for each in told if each.family is family)
    if family is Family.ITEM:
        return tuple(
            each for desk, name in named for each in _articles(reader, (name,), desk=desk, upto=upto)
        )
    found = [each for desk, name in named for each in affairs.told(reader, family, (name,), desk=desk)]
    return _until(found, upto)


def _articles(reader: Connection, names: Iterable[str], *, desk: str, upto: int | None) -> tuple[Told, ...]:
    """An article is counted and moved for years: what stands now is reckoned from the last count."""
    return affairs.newest(
        reader,
        Family.ITEM,
        names,
        desk=desk,
        begun=store_facts.ITEM_DECLARED,
        anew=store_facts.ITEM_COUNTED,
        most=LAST_MOVES,
        upto=upto,
    )


def _until(told: Sequence[Told], upto: int | None) -> Sequence[Told]:
    return told if upto is None else tuple(each for each in told if each.id <= upto)


def _names(told: Iterable[Told], kinds: Sequence[str]) -> frozenset[str]:
    return frozenset(each.name for each in told if each.kind in kinds)


def _names_before(told: Iterable[Told], shift: str) -> frozenset[str]:
    """Affairs whose first entry is another shift's."""
    first: dict[str, Told] = {}
    for each in told:
        first.setdefault(each.name, each)
    return frozenset(name for name, each in first.items() if each.shift != shift)
