"""Equipment and stock: declared, counted, moved in and out, dropped from the list."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from checkpoint_app.domain.affairs import Told
from checkpoint_app.domain.canonical import Value
from checkpoint_app.domain.entry import Fact
from checkpoint_app.domain.facts import By
from checkpoint_app.domain.logbook import Item, Moved
from checkpoint_app.domain.telling import fold as fold_by
from checkpoint_app.domain.telling import tell

ITEM_DECLARED = "item_declared"
ITEM_COUNTED = "item_counted"
ITEM_MOVED = "item_moved"
ITEM_DROPPED = "item_dropped"

CONDITIONS = ("good", "worn", "broken", "expired")
"""Public; a condition in somebody's own words is personal."""


def declared(
    name: str,
    *,
    unit: str = "",
    equipment: bool = False,
    due: int = 0,
    low: int = 0,
    about: str = "",
    by: By,
    at: int,
    action: str,
) -> Fact:
    """An article is kept here from now on, named by `action`; `about` one that is declared anew."""
    public: Mapping[str, Value] = {
        "about": about,
        "name": name,
        "unit": unit,
        "equipment": equipment,
        "due": due,
        "low": low,
    }
    return tell(ITEM_DECLARED, public, by=by, at=at, action=action)


def counted(item: str, *, count: int, condition: str = "", by: By, at: int, action: str) -> Fact:
    """So many are there, counted by hand; `condition` one of CONDITIONS or words."""
    public: dict[str, Value] = {"about": item, "count": count}
    words: dict[str, Value] = {}
    (public if condition in CONDITIONS else words)["condition"] = condition
    return tell(ITEM_COUNTED, public, personal=words, by=by, at=at, action=action)


def moved(item: str, *, count: int, whom: str = "", by: By, at: int, action: str) -> Fact:
    """So many came in, or went out where `count` is negative, from or to whom."""
    public: Mapping[str, Value] = {"about": item, "count": count}
    return tell(ITEM_MOVED, public, personal={"whom": whom}, by=by, at=at, action=action)


def dropped(item: str, *, by: By, at: int, action: str) -> Fact:
    return tell(ITEM_DROPPED, {"about": item, "over": True}, by=by, at=at, action=action)


def fold(told: Sequence[Told]) -> tuple[Item, ...]:
    """Articles as they stand, in the order they were declared."""
    return fold_by(told, begin={ITEM_DECLARED: _declared}, go_on=_GO_ON)


def _declared(told: Told) -> Item:
    return _declared_anew(Item(told.name, "", "", equipment=False), told)


def _declared_anew(item: Item, told: Told) -> Item:
    return replace(
        item,
        name=told.text("name"),
        unit=told.text("unit"),
        equipment=told.public.get("equipment") is True,
        due=told.number("due"),
        low=told.number("low"),
        dropped=0,
    )


def _counted(item: Item, told: Told) -> Item:
    condition = told.text("condition")
    return replace(item, balance=told.number("count"), condition=condition, counted=told.happened)


def _moved(item: Item, told: Told) -> Item:
    count = told.number("count")
    move = Moved(told.happened, count, told.text("whom"), told.officer)
    return replace(item, balance=item.balance + count, moves=(*item.moves, move))


def _dropped(item: Item, told: Told) -> Item:
    return replace(item, dropped=told.happened)


_GO_ON: Mapping[str, Callable[[Item, Told], Item]] = {
    ITEM_DECLARED: _declared_anew,
    ITEM_COUNTED: _counted,
    ITEM_MOVED: _moved,
    ITEM_DROPPED: _dropped,
}
