"""A handover with one side away, or with nobody who takes over."""

from __future__ import annotations

import pytest

from checkpoint_app.domain.facts import By
from checkpoint_app.domain.handover import NobodySigned, NotOnThatSide, NotSigned, Side, State
from checkpoint_app.domain.words import Outcome
from checkpoint_app.services.desk import Desk
from checkpoint_app.services.duty import CrossingsWaiting, NoShift
from checkpoint_app.services.lane import Lane
from tests.services.handing import OUTGOING, answer, answer_all, begin, close, matter, sign


def test_with_one_side_away_the_other_signs_alone(desk: Desk) -> None:
    shift = begin(desk)
    desk.handovers.absent(shift, Side.OUTGOING, why="突发疾病", by=desk.by).result()
    answer_all(desk, shift)
    with pytest.raises(NotSigned):
        close(desk, shift)
    sign(desk, shift, Side.INCOMING)
    found = close(desk, shift)
    away = found.away(Side.OUTGOING)
    assert found.state is State.SEALED
    assert away is not None
    assert (away.why, away.refused) == ("突发疾病", False)


def test_with_nobody_to_take_over_the_lines_need_no_answer_and_stay_open(desk: Desk) -> None:
    raised = matter(desk)
    shift = begin(desk)
    answer(desk, shift, "totals")
    desk.handovers.absent(shift, Side.INCOMING, why="途中受阻", refused=True, by=desk.by).result()
    sign(desk, shift, Side.OUTGOING)
    found = close(desk, shift)
    assert [line.key for line in found.lines if line.key in found.answers] == ["totals"]
    assert [each.id for each in desk.matters.open()] == [raised]


def test_both_away_closes_nothing(desk: Desk) -> None:
    shift = begin(desk)
    for side in Side:
        desk.handovers.absent(shift, side, why="撤离", by=desk.by).result()
    with pytest.raises(NobodySigned):
        close(desk, shift)


def test_the_last_shift_of_all_is_closed_alone(desk: Desk, lane: Lane) -> None:
    raised, shift = matter(desk), desk.by.shift
    lane.plate("豫A12345")
    assert lane.kept is not None
    lane.kept.result()
    with pytest.raises(CrossingsWaiting):
        desk.handovers.close_alone(why="撤站", by=desk.by)
    lane.end(Outcome.TURNED_BACK).written.result()
    with pytest.raises(NotOnThatSide):
        desk.handovers.close_alone(why="撤站", number="77", by=desk.by)
    desk.handovers.close_alone(why="撤站", by=desk.by).result()
    found = desk.handovers.of_shift(shift)
    assert found is not None
    assert (found.state, [each.officer for each in found.signatures]) == (State.SEALED, [OUTGOING])
    assert (desk.duty.current(), desk.by) == (None, By())
    assert [each.id for each in desk.matters.open()] == [raised]
    with pytest.raises(NoShift):
        desk.handovers.close_alone(why="撤站", by=desk.by)
