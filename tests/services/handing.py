"""A shift handed over in tests: who comes, what is said to every line."""

from __future__ import annotations

from collections.abc import Sequence

from checkpoint_app.domain.handover import Answered, Handover, Side
from checkpoint_app.domain.hours import ABSENT
from checkpoint_app.domain.roll import Rolled
from checkpoint_app.services.desk import Desk

ROLL = (Rolled("", "赵示范"), Rolled("", "钱示范", post="lane-1"), Rolled("", "孙缺席", ABSENT))
OUTGOING, INCOMING = "01", "03"
"""Numbers of the leads: 王示范 of the shift `desk_in` opens, 赵示范 of the next."""


def begin(desk: Desk, *, group: str = "四班", lead: str = "赵示范", roll: Sequence[Rolled] = ROLL) -> str:
    """Hands the open shift over; its id."""
    shift = desk.by.shift
    desk.handovers.begin(group=group, lead=lead, roll=roll, zone=480, by=desk.by).result()
    return shift


def answer(desk: Desk, shift: str, key: str, *, query: str = "", counted: int | None = None) -> None:
    said = Answered.QUERIED if query else Answered.ACCEPTED
    desk.handovers.answer(shift, key, said, note=query, counted=counted, by=desk.by).result()


def answer_all(desk: Desk, shift: str) -> Handover:
    for line in desk.handovers.standing(shift).unanswered:
        answer(desk, shift, line.key)
    return desk.handovers.standing(shift)


def sign(desk: Desk, shift: str, side: Side, number: str = "", pin: str = "") -> None:
    number = number or (OUTGOING if side is Side.OUTGOING else INCOMING)
    desk.handovers.sign(shift, side, number, pin, by=desk.by).result()


def sign_both(desk: Desk, shift: str, *, pin: str = "") -> None:
    for side in Side:
        sign(desk, shift, side, pin=pin)


def close(desk: Desk, shift: str) -> Handover:
    desk.handovers.close(shift, by=desk.by).result()
    return desk.handovers.standing(shift)


def matter(desk: Desk, title: str = "测温枪偏高") -> str:
    return desk.matters.raise_(title, by=desk.by).result()[0].action
