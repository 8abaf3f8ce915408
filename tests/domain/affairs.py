"""Facts as they come back from a ledger, without one."""

from __future__ import annotations

from types import MappingProxyType

from checkpoint_app.domain.affairs import FAMILY_OF, Family, Told
from checkpoint_app.domain.entry import Fact


def told_of(fact: Fact, place: int, *, forgotten: bool = False) -> Told:
    """The entry of a fact; `forgotten` without its personal part."""
    return Told(
        place,
        "D",
        place,
        FAMILY_OF.get(fact.kind, Family.NOTE),
        str(fact.public.get("about", fact.action)),
        fact.kind,
        fact.action,
        fact.shift,
        fact.officer,
        fact.happened,
        480,
        fact.public,
        MappingProxyType({}) if forgotten or fact.personal is None else fact.personal,
        forgotten=forgotten and fact.personal is not None,
    )
