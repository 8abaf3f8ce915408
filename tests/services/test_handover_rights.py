"""Who may hand a shift over, and with whose key a side is signed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from checkpoint_app.domain.facts import By
from checkpoint_app.domain.handover import Answered, NotTheNextShift, Side
from checkpoint_app.domain.officers import WrongPin
from checkpoint_app.domain.roles import NotAllowed, Role
from checkpoint_app.domain.roll import Rolled
from checkpoint_app.services.desk import Desk
from tests.services.desks import kinds
from tests.services.handing import answer_all, begin, close, sign, sign_both

PIN = "2580"


def keyed(desk: Desk) -> None:
    """王示范 (01) and 赵示范 (03) lead with a PIN, 李示范 (02) has one and is an officer."""
    desk.officers.enrol("王示范", role=Role.LEAD, by=desk.by)
    desk.officers.set_pin("01", PIN, by=desk.by)
    desk.by = By(desk.by.shift, "01")
    for name, role in (("李示范", Role.OFFICER), ("赵示范", Role.LEAD)):
        number = desk.officers.enrol(name, role=role, by=desk.by).number
        desk.officers.set_pin(number, PIN, by=desk.by)


def test_with_pins_each_side_signs_with_its_own_key(desk: Desk) -> None:
    keyed(desk)
    shift = begin(desk)
    assert desk.by.officer == "01"  # a name in the roll signs nobody on
    desk.by = By(desk.by.shift, "03")
    answer_all(desk, shift)
    with pytest.raises(WrongPin):
        sign(desk, shift, Side.OUTGOING, pin="1357")
    with pytest.raises(NotAllowed):
        sign(desk, shift, Side.OUTGOING, "02", pin=PIN)
    sign_both(desk, shift, pin=PIN)
    found = close(desk, shift)
    assert [bool(each.signature) for each in found.signatures] == [True, True]


def test_an_officer_hands_nothing_over(desk: Desk) -> None:
    keyed(desk)
    shift, acting = desk.by.shift, By(desk.by.shift, "02")
    with pytest.raises(NotAllowed):
        desk.handovers.begin(group="四班", lead="赵示范", roll=(Rolled("03", "赵示范"),), zone=480, by=acting)
    begin(desk)
    tries: tuple[Callable[[], object], ...] = (
        lambda: desk.handovers.answer(shift, "totals", Answered.ACCEPTED, by=acting),
        lambda: desk.handovers.absent(shift, Side.OUTGOING, why="x", by=acting),
        lambda: desk.handovers.refuse(shift, why="x", by=acting),
        lambda: desk.handovers.close(shift, by=acting),
        lambda: desk.handovers.close_alone(why="x", by=acting),
        lambda: desk.duty.close(waiting=0, by=acting),
        lambda: desk.duty.open(group="x", lead="x", officers=("x",), zone=480, by=acting),
    )
    for tried in tries:
        with pytest.raises(NotAllowed):
            tried()
    desk.ledger.keep({}).result()
    assert kinds(desk).count("action_refused") == 8


def test_with_pins_only_the_next_shift_answers_its_lines(desk: Desk) -> None:
    keyed(desk)
    shift, outgoing = begin(desk), desk.by
    for said, note in ((Answered.ACCEPTED, ""), (Answered.QUERIED, "与 2 道不符")):
        with pytest.raises(NotTheNextShift):
            desk.handovers.answer(shift, "totals", said, note=note, by=outgoing)
    assert len(desk.handovers.standing(shift).answers) == 0
    desk.sign_on("03", PIN, lane=None)
    assert answer_all(desk, shift).unanswered == ()


def test_without_pins_nobody_is_told_from_anybody(desk: Desk) -> None:
    shift = begin(desk)
    desk.handovers.answer(shift, "totals", Answered.ACCEPTED, by=By(desk.by.shift, "01")).result()
