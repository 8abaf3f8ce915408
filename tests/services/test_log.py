"""Notes, orders, incidents, visits: what is written stands as it was told, and nothing is told twice."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from checkpoint_app.domain.facts import By
from checkpoint_app.domain.logbook import Incident, Matter, Order, ShiftLog
from checkpoint_app.domain.roles import NotAllowed, Role
from checkpoint_app.services.desk import Desk, new_action
from checkpoint_app.services.lane import Lane
from checkpoint_app.services.log import Finding, Saved, of_shift, orders_in_force, overdue
from checkpoint_app.services.log_rules import (
    AffairOver,
    AffairUnknown,
    CountRefused,
    DueTooEarly,
    WordsNeeded,
    WordsTooLong,
)
from checkpoint_app.services.rights import Rights
from checkpoint_app.storage import logbook
from tests.services.desks import entries, ready
from tests.storage.desks import DESK, START, Clock

HOUR = 3_600_000


def name(saved: Saved) -> str:
    """What the first entry of a write is called."""
    return saved.result()[0].action


def incident(desk: Desk) -> Incident:
    with desk.ledger.reader() as reader:
        (found,) = logbook.incidents(reader, DESK, open_only=False)
    return found


def in_force(desk: Desk) -> tuple[Order, ...]:
    with desk.ledger.reader() as reader:
        return orders_in_force(reader, DESK, desk.ledger.now())


def shift_log(desk: Desk) -> ShiftLog:
    with desk.ledger.reader() as reader:
        return of_shift(reader, desk.by.shift)


def test_a_note_stands_with_who_wrote_it(desk: Desk) -> None:
    desk.log.note("  对讲机 2 号电量低 ", by=desk.by).result()
    (note,) = shift_log(desk).notes
    assert (note.text, note.officer, note.at) == ("对讲机 2 号电量低", desk.by.officer, START)


@pytest.mark.parametrize(
    ("text", "refusal"), [("", WordsNeeded), (" \n", WordsNeeded), ("长" * 501, WordsTooLong)]
)
def test_a_note_needs_words_and_not_too_many(desk: Desk, text: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        desk.log.note(text, by=desk.by)
    assert entries(desk, "noted") == []


def test_an_order_is_in_force_until_its_time_and_says_who_read_it(desk: Desk, clock: Clock) -> None:
    order = name(
        desk.log.order("区指挥部", "豫防指〔2026〕12号", "货车只走 2 车道", until=START + HOUR, by=desk.by)
    )
    desk.log.read_order(order, by=By(desk.by.shift, "03")).result()
    desk.log.read_order(order, by=By(desk.by.shift, "03")).result()
    (known,) = in_force(desk)
    assert (known.sender, known.number, known.text) == ("区指挥部", "豫防指〔2026〕12号", "货车只走 2 车道")
    assert known.read == (("03", START),)
    clock.pass_by(HOUR)
    desk.ledger.now()
    assert in_force(desk) == ()


def test_an_ended_order_is_neither_shown_nor_read_nor_ended_again(desk: Desk) -> None:
    order = name(desk.log.order("区指挥部", "", "加派一人", by=desk.by))
    desk.log.end_order(order, by=desk.by).result()
    assert in_force(desk) == ()
    for again in (desk.log.read_order, desk.log.end_order):
        with pytest.raises(AffairOver):
            again(order, by=desk.by)
    assert shift_log(desk).received == {order}


def test_a_mark_that_comes_when_the_order_has_just_ended_does_not_bring_it_back(desk: Desk) -> None:
    order = name(desk.log.order("区指挥部", "", "加派一人", by=desk.by))
    held = desk.log._order(order)
    ended = desk.log.end_order(order, by=desk.by)
    from checkpoint_app.domain import orders

    late = orders.read(held.id, by=desk.by, at=START, action=new_action())
    desk.ledger.append((late,)).result()
    ended.result()
    assert in_force(desk) == ()


def test_an_order_that_is_over_already_is_refused(desk: Desk) -> None:
    with pytest.raises(DueTooEarly):
        desk.log.order("区指挥部", "", "加派一人", until=START - 1, by=desk.by)


def test_the_clock_of_an_incident(desk: Desk, clock: Clock) -> None:
    happened = name(desk.log.incident("forced", "白色面包车冲卡", by=desk.by))
    clock.pass_by(2 * 60_000)
    desk.log.report_incident(happened, "区公安分局", by=desk.by).result()
    clock.pass_by(29 * 60_000)
    now = desk.ledger.now()
    assert incident(desk).overdue(now)
    with desk.ledger.reader() as reader:
        assert overdue(reader, DESK, now).incidents == 1
    desk.log.answer(happened, "已派车", by=desk.by).result()
    desk.log.close(happened, "车辆已截停", by=desk.by).result()
    known = incident(desk)
    assert (known.kind, known.noticed, known.due) == ("forced", START, START + 30 * 60_000)
    assert (known.reported, known.answered) == (START + 2 * 60_000, START + 31 * 60_000)
    assert (known.reported_to, known.reply, known.result) == ("区公安分局", "已派车", "车辆已截停")
    assert not known.overdue(now + HOUR)
    with pytest.raises(AffairOver):
        desk.log.answer(happened, "又", by=desk.by)


def test_the_first_report_and_answer_count_and_the_last_words(desk: Desk, clock: Clock) -> None:
    happened = name(desk.log.incident("illness", "司机头晕", due_minutes=0, by=desk.by))
    for who in ("急救", "医院"):
        desk.log.report_incident(happened, who, by=desk.by).result()
        desk.log.answer(happened, f"{who}已到", by=desk.by).result()
        clock.pass_by(60_000)
    known = incident(desk)
    assert (known.reported, known.reported_to, known.answered, known.reply) == (
        START,
        "医院",
        START,
        "医院已到",
    )
    assert not known.overdue(START + 24 * HOUR)


def test_a_crossing_and_who_was_handed_over_belong_to_an_incident(desk: Desk, lane: Lane) -> None:
    ready(lane)
    crossing = lane.state.open
    assert crossing
    happened = name(desk.log.incident("illness", "司机发热", by=desk.by))
    for _ in range(2):
        desk.log.link(happened, crossing.action, by=desk.by).result()
    desk.log.transfer(
        happened, people=2, taken_from="豫A12345", handed_to="120 救护车", authorised="王示范", by=desk.by
    ).result()
    known = incident(desk)
    assert known.linked == (crossing.action,)
    (transfer,) = known.transfers
    assert (transfer.people, transfer.handed_to, transfer.authorised) == (2, "120 救护车", "王示范")
    with pytest.raises(CountRefused):
        desk.log.transfer(happened, people=0, taken_from="a", handed_to="b", authorised="c", by=desk.by)
    with pytest.raises(WordsNeeded):
        desk.log.transfer(happened, people=1, taken_from="a", handed_to="b", authorised="", by=desk.by)


def test_every_finding_of_a_visit_becomes_a_matter(desk: Desk) -> None:
    found = (Finding("灭火器过期", owner="03", due=START + HOUR), Finding("台账未填", owner="张三"))
    visit = name(desk.log.visit("李督导", agency="区防指", text="总体较好", findings=found, by=desk.by))
    log = shift_log(desk)
    first, second = log.matters
    assert log.visits[0].findings == (first.id, second.id)
    assert (first.title, first.owner, first.due, first.source) == ("灭火器过期", "03", START + HOUR, "visit")
    assert (second.owner, second.due) == ("张三", 0)
    assert log.raised == {first.id, second.id}
    public = entries(desk, "matter_raised")
    assert [each["of"] for each in public] == [visit, visit]
    assert [each.get("owner") for each in public] == ["03", None], "a name is not public"


def test_a_visit_with_one_finding_that_cannot_stand_writes_nothing(desk: Desk) -> None:
    with pytest.raises(WordsNeeded):
        desk.log.visit("李督导", findings=(Finding("灭火器过期"), Finding(" ")), by=desk.by)
    assert entries(desk, "visited", "matter_raised") == []


def matters(desk: Desk) -> tuple[Matter, ...]:
    return desk.matters.open()


def test_what_a_lane_calls_about_one_vehicle_is_one_matter(desk: Desk, lane: Lane) -> None:
    from checkpoint_app.services.lead import somebody_sent

    ready(lane)
    crossing = lane.state.open
    assert crossing
    for _ in range(2):
        lane.report().result()
    somebody_sent(desk, lane.state, crossing.action).result()
    (matter,) = matters(desk)
    assert (matter.source, matter.crossing, matter.lane, matter.plate) == (
        "lane",
        crossing.action,
        1,
        "豫A12345",
    )
    assert [step.kind for step in matter.steps] == ["called", "called", "sent"]


def test_a_released_vehicle_leaves_its_matter_open(desk: Desk, lane: Lane) -> None:
    from checkpoint_app.domain.words import Outcome

    ready(lane)
    lane.report().result()
    lane.end(Outcome.RELEASED).written.result()
    (matter,) = matters(desk)
    desk.matters.close(matter.id, "误报", by=desk.by).result()
    assert matters(desk) == ()


def test_calls_without_a_vehicle_are_matters_of_their_own(desk: Desk, lane: Lane) -> None:
    lane.report().result()
    lane.report().result()
    assert len(matters(desk)) == 2


ACTS: dict[str, tuple[Callable[[Desk, By], object], set[Role]]] = {
    "note": (lambda desk, by: desk.log.note("a", by=by), {Role.OFFICER, Role.LEAD}),
    "incident": (lambda desk, by: desk.log.incident("other", "a", by=by), {Role.OFFICER, Role.LEAD}),
    "order": (lambda desk, by: desk.log.order("a", "", "b", by=by), {Role.LEAD}),
    "visit": (lambda desk, by: desk.log.visit("a", by=by), {Role.LEAD}),
    "matter": (lambda desk, by: desk.matters.raise_("a", by=by), {Role.OFFICER, Role.LEAD}),
    "close": (lambda desk, by: desk.matters.close("0", "a", by=by), {Role.LEAD}),
    "store": (lambda desk, by: desk.stores.declare("a", by=by), {Role.OFFICER, Role.LEAD}),
}


@pytest.mark.parametrize("act", list(ACTS))
@pytest.mark.parametrize("role", list(Role))
def test_only_who_may_writes(desk: Desk, act: str, role: Role) -> None:
    desk.rights = Rights(desk.ledger, new_action, role_of=lambda _officer: role)
    do, may = ACTS[act]
    if role not in may:
        with pytest.raises(NotAllowed):
            do(desk, desk.by)
    elif act == "close":
        with pytest.raises(AffairUnknown):
            do(desk, desk.by)
    else:
        do(desk, desk.by)
