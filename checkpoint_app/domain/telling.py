"""How an affair is put into entries, and read back from them as a state."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import TypeVar

from checkpoint_app.domain.affairs import Told
from checkpoint_app.domain.canonical import Value
from checkpoint_app.domain.entry import Fact
from checkpoint_app.domain.facts import By
from checkpoint_app.domain.logbook import Incident, Item, Matter, Noted, Order, Visit

State = TypeVar("State", Noted, Order, Incident, Visit, Matter, Item)

NOTHING: Mapping[str, Value] = MappingProxyType({})


def tell(
    kind: str,
    public: Mapping[str, Value],
    *,
    by: By,
    at: int,
    action: str,
    personal: Mapping[str, Value] = NOTHING,
) -> Fact:
    """The fact of an affair; words, times and counts that are not there are left out."""
    said = {name: value for name, value in personal.items() if value not in ("", None)}
    shown = {name: value for name, value in public.items() if value not in ("", None)}
    return Fact(kind, action, at, shown, said or None, by.shift, by.officer)


def fold(
    told: Sequence[Told],
    *,
    begin: Mapping[str, Callable[[Told], State]],
    go_on: Mapping[str, Callable[[State, Told], State]],
) -> tuple[State, ...]:
    """The affairs that entries tell of, in the order they began.

    A kind that is in neither table changes nothing but stays among the entries; what is told of an affair
    before it begins is left out. A kind in both begins what has not begun.
    """
    states: dict[str, State] = {}
    for each in told:
        known = states.get(each.name)
        if known is not None:
            states[each.name] = _with(go_on[each.kind](known, each) if each.kind in go_on else known, each)
        elif each.kind in begin:
            states[each.name] = _with(begin[each.kind](each), each)
    return tuple(states.values())


def _with(state: State, told: Told) -> State:
    return replace(state, seqs=(*state.seqs, told.seq), forgotten=state.forgotten or told.forgotten)
