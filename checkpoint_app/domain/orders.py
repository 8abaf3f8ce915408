"""Orders received from above, the marks of who read them, and notes of the shift."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from checkpoint_app.domain.affairs import Told
from checkpoint_app.domain.canonical import Value
from checkpoint_app.domain.entry import Fact
from checkpoint_app.domain.facts import By
from checkpoint_app.domain.logbook import Noted, Order
from checkpoint_app.domain.telling import fold as fold_by
from checkpoint_app.domain.telling import tell

ORDER_RECEIVED = "order_received"
ORDER_READ = "order_read"
ORDER_ENDED = "order_ended"
NOTED = "noted"


def received(
    sender: str, *, number: str = "", text: str, until: int = 0, by: By, at: int, action: str
) -> Fact:
    """An instruction came, named by `action`; `until` ms UTC, 0 until it is ended."""
    public: Mapping[str, Value] = {"number": number, "until": until or None}
    words: Mapping[str, Value] = {"sender": sender, "text": text}
    return tell(ORDER_RECEIVED, public, personal=words, by=by, at=at, action=action)


def read(order: str, *, by: By, at: int, action: str) -> Fact:
    """The officer who acts has read it."""
    return tell(ORDER_READ, {"about": order}, by=by, at=at, action=action)


def ended(order: str, *, by: By, at: int, action: str) -> Fact:
    return tell(ORDER_ENDED, {"about": order, "over": True}, by=by, at=at, action=action)


def noted(text: str, *, by: By, at: int, action: str) -> Fact:
    """Something worth writing down that asks for nothing."""
    return tell(NOTED, {"over": True}, personal={"text": text}, by=by, at=at, action=action)


def fold(told: Sequence[Told]) -> tuple[Order, ...]:
    """Orders as they stand, in the order they were received."""
    return fold_by(told, begin={ORDER_RECEIVED: _received}, go_on=_GO_ON)


def fold_notes(told: Sequence[Told]) -> tuple[Noted, ...]:
    return fold_by(told, begin={NOTED: _noted}, go_on={})


def _received(told: Told) -> Order:
    return Order(
        told.name,
        told.happened,
        told.text("sender"),
        told.text("number"),
        told.text("text"),
        until=told.number("until"),
        officer=told.officer,
        shift=told.shift,
    )


def _read(order: Order, told: Told) -> Order:
    if any(officer == told.officer for officer, _ in order.read):
        return order
    return replace(order, read=(*order.read, (told.officer, told.happened)))


def _ended(order: Order, told: Told) -> Order:
    return replace(order, ended=order.ended or told.happened)


_GO_ON: Mapping[str, Callable[[Order, Told], Order]] = {ORDER_READ: _read, ORDER_ENDED: _ended}


def _noted(told: Told) -> Noted:
    return Noted(told.name, told.happened, told.officer, told.text("text"), shift=told.shift)
