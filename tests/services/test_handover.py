"""A handover: two shifts overlap, lines are answered and signed, nothing is dropped on the way."""

from __future__ import annotations

from pathlib import Path
from threading import Thread

import pytest

from checkpoint_app.domain.affairs import Family
from checkpoint_app.domain.errors import Refusal
from checkpoint_app.domain.facts import By
from checkpoint_app.domain.handover import (
    Answered,
    LinesUnanswered,
    LineUnknown,
    NoHandover,
    NoteNeeded,
    NotOnThatSide,
    NotSigned,
    Side,
    SignedAlready,
    State,
    digest_of,
)
from checkpoint_app.domain.hours import stints
from checkpoint_app.domain.roll import Rolled
from checkpoint_app.domain.words import Outcome
from checkpoint_app.services.desk import Desk
from checkpoint_app.services.duty import HandoverUnderWay, NamesNeeded, ShiftOpen
from checkpoint_app.services.handover import ShiftUnknown
from checkpoint_app.services.handover_now import Now, Standings
from checkpoint_app.services.lane import Lane
from checkpoint_app.services.log_rules import CountRefused, WordsTooLong
from checkpoint_app.storage import affairs
from checkpoint_app.storage.shift_figures import shift_figures
from tests.services.desks import desk_in, entries
from tests.services.handing import (
    INCOMING,
    OUTGOING,
    answer,
    answer_all,
    begin,
    close,
    matter,
    sign,
    sign_both,
)
from tests.storage.desks import Clock, verified

PIN = "2580"


def item(desk: Desk, *, count: int = 4) -> str:
    written = desk.stores.declare("对讲机", unit="部", equipment=True, due=4, count=count, by=desk.by)
    return written.result()[0].action


def vehicles(desk: Desk, shift: str) -> int:
    with desk.ledger.reader() as reader:
        figures = shift_figures(reader, shift)
    assert figures is not None
    return figures.all_vehicles


def turned_back(lane: Lane, plate: str = "豫A12345") -> None:
    lane.plate(plate)
    lane.end(Outcome.TURNED_BACK).written.result()


def test_from_the_beginning_of_a_handover_crossings_belong_to_the_next_shift(desk: Desk, lane: Lane) -> None:
    turned_back(lane)
    shift = begin(desk)
    turned_back(lane, "豫B67890")
    assert desk.by == By(desk.handovers.standing(shift).next_shift, INCOMING)
    assert [vehicles(desk, one) for one in (shift, desk.by.shift)] == [1, 1]


def test_beginning_writes_both_shifts_and_the_roll_in_one_transaction(desk: Desk) -> None:
    heard: list[list[str]] = []
    desk.ledger.on_written(lambda written: heard.append([one.kind for one in written]))
    begin(desk)
    assert heard == [["handover_begun", "shift_opened", "on_duty", "on_duty", "off_duty"]]


def test_a_vehicle_that_stands_at_the_lane_belongs_to_the_shift_it_ends_in(desk: Desk, lane: Lane) -> None:
    lane.plate("豫A12345")
    shift = begin(desk)
    lane.end(Outcome.TURNED_BACK).written.result()
    assert [vehicles(desk, one) for one in (shift, desk.by.shift)] == [0, 1]


def test_what_was_counted_before_is_counted_in_the_outgoing_shift(desk: Desk, lane: Lane) -> None:
    lane.count(people=2)
    shift, tallied = desk.by.shift, lane.close()
    assert tallied is not None
    desk.handovers.begin(
        group="四班", lead="赵示范", roll=(Rolled("", "赵示范"),), zone=480, tallied=(tallied,), by=desk.by
    ).result()
    lane.count(people=1)
    lane.close()
    desk.ledger.keep({}).result()
    assert [vehicles(desk, one) for one in (shift, desk.by.shift)] == [1, 1]


def test_a_restart_in_the_middle_loses_nothing(tmp_path: Path) -> None:
    clock = Clock()
    with desk_in(tmp_path, clock=clock) as desk:
        shift = begin(desk)
        answer(desk, shift, "totals")
    with desk_in(tmp_path, clock=clock) as desk:
        standing = desk.handovers.under_way()
        assert standing is not None
        assert (standing.shift, standing.state) == (shift, State.CLOSING)
        assert list(standing.answers) == ["totals"]
        assert desk.by.shift == standing.next_shift


def test_no_shift_is_opened_closed_or_handed_over_while_one_is_handed_over(desk: Desk) -> None:
    shift = begin(desk)
    with pytest.raises(HandoverUnderWay) as refused:
        begin(desk)
    assert refused.value.facts == {"shift": shift}
    with pytest.raises(HandoverUnderWay):
        desk.duty.close(waiting=0, by=desk.by)
    with pytest.raises(ShiftOpen):
        desk.duty.open(group="五班", lead="周示范", officers=("吴示范",), zone=480)
    with pytest.raises(HandoverUnderWay):
        desk.handovers.close_alone(why="撤站", by=desk.by)


def test_the_next_shift_needs_a_lead_who_came(desk: Desk) -> None:
    with pytest.raises(NamesNeeded):
        begin(desk, lead="孙缺席")
    assert desk.handovers.under_way() is None


def test_every_line_is_answered_before_anybody_signs(desk: Desk) -> None:
    shift = begin(desk)
    with pytest.raises(LinesUnanswered):
        sign(desk, shift, Side.INCOMING)
    assert answer_all(desk, shift).digest


def test_both_sign_and_the_shift_is_closed_and_sealed(desk: Desk) -> None:
    shift = begin(desk)
    answer_all(desk, shift)
    sign(desk, shift, Side.OUTGOING)
    with pytest.raises(NotSigned) as refused:
        close(desk, shift)
    assert refused.value.facts == {"side": "incoming"}
    sign(desk, shift, Side.INCOMING)
    before = desk.handovers.standing(shift)
    found = close(desk, shift)
    assert found.state is State.SEALED
    assert [(each.side, each.officer) for each in found.signatures] == [
        (Side.OUTGOING, OUTGOING),
        (Side.INCOMING, INCOMING),
    ]
    assert [line.facts for line in found.lines] == [line.facts for line in before.lines]
    assert (found.digest, found.answers) == (before.digest, before.answers)
    assert desk.handovers.under_way() is None
    assert desk.duty.current() is not None
    with pytest.raises(NoHandover):
        close(desk, shift)
    assert verified(desk.folder).sound


def test_a_side_is_signed_by_who_serves_in_it_and_nobody_signs_both(desk: Desk) -> None:
    shift = begin(desk, roll=(Rolled("", "赵示范"), Rolled("01", "王示范")))
    answer_all(desk, shift)
    with pytest.raises(NotOnThatSide):
        sign(desk, shift, Side.OUTGOING, INCOMING)
    sign(desk, shift, Side.OUTGOING)
    with pytest.raises(SignedAlready):
        sign(desk, shift, Side.INCOMING, OUTGOING)


def test_an_answer_holds_only_while_its_line_does(desk: Desk) -> None:
    about = f"matter:{matter(desk)}"
    shift = begin(desk)
    answer_all(desk, shift)
    sign_both(desk, shift)
    desk.matters.work(about.partition(":")[2], "已换备用枪", by=desk.by).result()
    standing = desk.handovers.standing(shift)
    assert [line.key for line in standing.unanswered] == [about]
    assert (standing.outdated, standing.digest, standing.signatures) == ((about,), "", ())
    assert len(standing.overtaken) == 2
    with pytest.raises(LinesUnanswered):
        close(desk, shift)
    answer(desk, shift, about)
    with pytest.raises(NotSigned):
        close(desk, shift)
    sign_both(desk, shift)
    assert close(desk, shift).state is State.SEALED


def test_a_matter_that_is_closed_meanwhile_keeps_its_line(desk: Desk) -> None:
    raised = matter(desk)
    shift = begin(desk)
    answer(desk, shift, f"matter:{raised}")
    desk.matters.close(raised, "已修好", by=desk.by).result()
    line = next(line for line in desk.handovers.standing(shift).lines if line.key == f"matter:{raised}")
    assert line.facts["closed"]
    assert line.key in desk.handovers.standing(shift).outdated


def test_what_the_next_shift_raises_is_not_handed_over_to_it(desk: Desk) -> None:
    shift = begin(desk)
    raised = matter(desk)
    assert f"matter:{raised}" not in {line.key for line in desk.handovers.standing(shift).lines}
    answer_all(desk, shift)
    sign_both(desk, shift)
    close(desk, shift)
    next_ = begin(desk, group="五班", lead="周示范", roll=(Rolled("", "周示范"),))
    assert f"matter:{raised}" in {line.key for line in desk.handovers.standing(next_).lines}


def test_a_query_says_what_is_in_doubt_and_becomes_a_matter_of_the_next_shift(desk: Desk) -> None:
    shift, open_ = desk.by.shift, matter(desk)
    counted = item(desk)
    begin(desk)
    with pytest.raises(NoteNeeded):
        desk.handovers.answer(shift, "totals", Answered.QUERIED, note=" ", by=desk.by)
    with pytest.raises(LineUnknown):
        answer(desk, shift, "matter:none")
    answer(desk, shift, "totals", query="与 2 道不符")
    answer(desk, shift, f"matter:{open_}", query="还没有回话")
    answer(desk, shift, f"item:{counted}", counted=3, query="少一部")
    answer_all(desk, shift)
    sign_both(desk, shift)
    close(desk, shift)
    open_now = {each.title: each for each in desk.matters.open()}
    assert set(open_now) == {"测温枪偏高", "与 2 道不符", "对讲机: 少一部"}
    assert open_now["与 2 道不符"].shift == desk.by.shift
    assert open_now["测温枪偏高"].steps[-1].text == "还没有回话"
    assert [each.balance for each in desk.stores.everything()] == [3]


def test_a_query_in_the_moment_of_closing_is_refused_and_not_lost(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    shift = begin(desk)
    answer_all(desk, shift)
    sign_both(desk, shift)
    told: list[BaseException | None] = []
    read = Standings.now

    def query() -> None:
        try:
            answer(desk, shift, "totals", query="少一辆")
            told.append(None)
        except Refusal as refused:
            told.append(refused)

    late = Thread(target=query)

    def now(standings: Standings, of: str) -> Now:
        found = read(standings, of)
        if not late.ident:
            late.start()
            late.join(0.3)
        return found

    monkeypatch.setattr(Standings, "now", now)
    close(desk, shift)
    late.join()
    assert [type(each) for each in told] == [NoHandover]
    assert [each for each in entries(desk, "handover_answered") if each["said"] == "queried"] == []


@pytest.mark.parametrize("count", [-1, 1_000_001, 2**60])
def test_articles_are_counted_from_none_to_as_many_as_a_station_has(desk: Desk, count: int) -> None:
    kept = f"item:{item(desk)}"
    shift = begin(desk)
    with pytest.raises(CountRefused):
        answer(desk, shift, kept, counted=count)
    with pytest.raises(WordsTooLong):
        answer(desk, shift, kept, query="缺" * 501)
    with pytest.raises(WordsTooLong):
        desk.handovers.refuse(shift, why="缺" * 501, by=desk.by)
    assert entries(desk, "handover_answered") == []


def test_refused_the_next_shift_ends_and_the_outgoing_one_goes_on(desk: Desk, lane: Lane) -> None:
    shift = begin(desk, roll=(Rolled("", "赵示范"), Rolled("02", "李示范")))
    next_ = desk.by.shift
    turned_back(lane)
    answer(desk, shift, "totals")
    with pytest.raises(NoteNeeded):
        desk.handovers.refuse(shift, why="", by=desk.by)
    desk.handovers.refuse(shift, why="物资不符", by=desk.by).result()
    assert (desk.by.shift, desk.handovers.under_way()) == (shift, None)
    standing = desk.handovers.standing(shift)
    assert (standing.state, standing.refused, dict(standing.answers)) == (State.OPEN, "物资不符", {})
    closed = entries(desk, "shift_closed")
    assert [(each["totals"]["vehicles"], each.get("refused")) for each in closed] == [(1, True)]
    turned_back(lane, "豫B67890")
    assert [vehicles(desk, one) for one in (shift, next_)] == [1, 1]
    with desk.ledger.reader() as reader:
        told = affairs.all_told(reader, Family.ATTENDANCE, desk=desk.settings.desk)
    assert {each.officer for each in stints(told) if each.lasting} == {"02"}
    again = begin(desk)
    assert again == shift
    answer_all(desk, shift)
    sign(desk, shift, Side.OUTGOING)
    sign(desk, shift, Side.INCOMING, "03")
    assert close(desk, shift).state is State.SEALED


def test_who_has_signed_does_not_refuse(desk: Desk) -> None:
    shift = begin(desk)
    answer_all(desk, shift)
    sign(desk, shift, Side.INCOMING)
    with pytest.raises(SignedAlready):
        desk.handovers.refuse(shift, why="反悔", by=desk.by)


def test_what_was_signed_stands_in_the_closing_entry_and_names_no_one(desk: Desk) -> None:
    shift = begin(desk)
    answer_all(desk, shift)
    sign_both(desk, shift)
    found = close(desk, shift)
    (closed,) = entries(desk, "shift_closed")
    assert digest_of(closed["handover"]) == closed["digest"] == found.digest
    assert "示范" not in str(closed)


def test_the_totals_of_the_closing_entry_stand_still_under_late_corrections(desk: Desk, lane: Lane) -> None:
    turned_back(lane)
    shift = begin(desk)
    lane.undo().result()
    answer_all(desk, shift)
    sign_both(desk, shift)
    close(desk, shift)
    (closed,) = entries(desk, "shift_closed")
    assert closed["totals"]["vehicles"] == 1


def test_a_shift_that_is_not_handed_over_has_a_draft_and_no_handover(desk: Desk) -> None:
    raised = matter(desk)
    assert desk.handovers.of_shift(desk.by.shift) is None
    assert f"matter:{raised}" in {line.key for line in desk.handovers.standing(desk.by.shift).lines}
    with pytest.raises(ShiftUnknown):
        desk.handovers.standing("none")
    assert desk.handovers.of_shift("none") is None


def test_officers_who_stay_are_not_noted_as_gone(desk: Desk) -> None:
    desk.duty.close(waiting=0, by=desk.by).result()
    roll = (Rolled("", "王示范"), Rolled("", "李示范", post="lane-1"))
    desk.duty.open(group="三班", lead="王示范", roll=roll, zone=480, weather="晴").result()
    desk.resume_shift()
    shift = begin(desk, roll=(Rolled("", "赵示范"), Rolled("02", "李示范")))
    answer_all(desk, shift)
    sign_both(desk, shift)
    close(desk, shift)
    off = [each["about"] for each in entries(desk, "off_duty")]
    assert off == ["01"]
