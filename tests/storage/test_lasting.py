"""What is still needed outlasts the retention, and goes when its own end has come."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from checkpoint_app.domain import facts, incidents, matters, orders, register
from checkpoint_app.domain.canonical import Value
from checkpoint_app.domain.crossing import Crossing
from checkpoint_app.domain.entry import Fact
from checkpoint_app.domain.facts import By
from checkpoint_app.domain.initials import Initials
from checkpoint_app.domain.verdict import Verdict
from checkpoint_app.domain.words import VerdictState
from checkpoint_app.storage import derived, forgetting, lasting, logbook
from checkpoint_app.storage.appending import new_action
from checkpoint_app.storage.forgetting import EVER, Order
from checkpoint_app.storage.ledger import Ledger
from tests.storage.desks import DESK, START, Clock, opened
from tests.storage.traffic import DAY, crossed, crossing

BY = By("S1", "07")
CUT = START + DAY
LATE = 60 * DAY


def put(ledger: Ledger, *told: Fact) -> None:
    ledger.append(told).result()


def called(what: Crossing) -> Fact:
    """The lane's call about a vehicle."""
    verdict = Verdict(VerdictState.STOP)
    return facts.matter_raised(what, verdict, by=BY, at=START, action=new_action())


def forget(ledger: Ledger, *, before: int = CUT, since: int = EVER, lasting_too: bool = False) -> int:
    """How many entries lost their personal part."""
    order = Order(before, "7号", new_action(), BY, since=since, lasting_too=lasting_too)
    with ledger.reader() as reader:
        counted = forgetting.count(reader, order)
    assert forgetting.is_due(ledger, order) == bool(counted.entries)
    done = forgetting.forget(ledger, order)
    assert done.entries >= counted.entries
    return done.entries


def personal_left(ledger: Ledger) -> list[str]:
    with ledger.reader() as reader:
        rows = reader.execute("SELECT kind FROM entry WHERE personal IS NOT NULL ORDER BY id").fetchall()
    return [row[0] for row in rows]


def told(kind: str, *, about: str = "", over: bool = False, at: int = START) -> Fact:
    public: dict[str, Value] = {"about": about or "A", "over": over}
    return Fact(kind, new_action(), at, public, {"name": "张三"}, "S1", "07")


BEGINNINGS = [
    ("officer_enrolled", "officer_left"),
    ("contact_set", "contact_dropped"),
    ("order_received", "order_ended"),
    ("matter_raised", "matter_closed"),
    ("incident_noticed", "incident_closed"),
]


@pytest.mark.parametrize(("begins", "ends"), BEGINNINGS)
def test_what_is_not_over_is_kept_and_goes_when_it_is(tmp_path: Path, begins: str, ends: str) -> None:
    with opened(tmp_path) as ledger:
        put(ledger, told(begins), crossed())
        assert forget(ledger) == 1
        assert personal_left(ledger) == [begins]
        put(ledger, replace(told(ends, over=True), personal=None))
        assert forget(ledger) == 1
        assert personal_left(ledger) == []


@pytest.mark.parametrize(("begins", "ends"), BEGINNINGS)
def test_what_was_passed_over_is_found_again_though_it_lies_before_what_was_looked_through(
    tmp_path: Path, begins: str, ends: str
) -> None:
    end = CUT + 400 * DAY
    with opened(tmp_path) as ledger:
        put(ledger, told(begins))
        assert forget(ledger) == 0
        put(ledger, replace(told(ends, over=True, at=end), personal=None))
        assert forget(ledger, before=end, since=end - LATE) == 0, "as long as what tells of its end"
        assert forget(ledger, before=end + 1, since=end - LATE) == 1
        assert personal_left(ledger) == []


def test_without_the_list_it_would_be_there_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Control: looking on from `since` alone does not come back to it."""
    monkeypatch.setattr(forgetting, "_LOOKS", forgetting._LOOKS[1:])
    end = CUT + 400 * DAY
    with opened(tmp_path) as ledger:
        put(ledger, told("matter_raised"))
        put(ledger, told("matter_closed", over=True, at=end))
        assert forget(ledger, before=end + 1, since=end - LATE) == 1
        assert personal_left(ledger) == ["matter_raised"]


def test_an_order_to_forget_everything_takes_open_affairs_too(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        put(ledger, *(told(begins) for begins, _ in BEGINNINGS))
        assert forget(ledger, lasting_too=True) == len(BEGINNINGS)
        assert personal_left(ledger) == []


def test_a_note_and_a_visit_go_with_their_time(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        put(ledger, told("noted", over=True), told("visited", over=True), told("item_moved"))
        assert forget(ledger) == 3


def test_an_order_with_a_time_is_over_by_itself(tmp_path: Path) -> None:
    until = CUT + 10 * DAY
    with opened(tmp_path, tick=Clock(START)) as ledger:
        put(
            ledger,
            orders.received(
                "区指挥部", text="货车走 2 车道", until=until, by=BY, at=START, action=new_action()
            ),
        )
        assert forget(ledger, before=until) == 0
        assert forget(ledger, before=until + 1, since=until - 1) == 1


def test_a_call_of_a_lane_outlives_its_crossing_until_somebody_closes_it(tmp_path: Path) -> None:
    what = crossing(plate="豫A12345")
    with opened(tmp_path) as ledger:
        put(ledger, called(what), crossed(what))
        assert forget(ledger) == 1
        with ledger.reader() as reader:
            (matter,) = logbook.matters(reader, DESK)
        assert (matter.plate, matter.forgotten) == ("豫A12345", False)
        put(ledger, matters.closed(what.action, result="误报", by=BY, at=START, action=new_action()))
        assert forget(ledger) == 2
        with ledger.reader() as reader:
            (matter,) = logbook.matters(reader, DESK, open_only=False)
        assert (matter.plate, matter.result, matter.forgotten) == ("", "", True)


def test_a_call_closed_long_ago_goes_with_its_crossing(tmp_path: Path) -> None:
    what = crossing(plate="豫A12345")
    with opened(tmp_path) as ledger:
        put(
            ledger,
            called(what),
            crossed(what),
            matters.closed(what.action, result="误报", by=BY, at=START, action=new_action()),
        )
        assert forget(ledger) == 3


def test_somebody_struck_from_the_register_years_later_is_forgotten_then(tmp_path: Path) -> None:
    person = register.Resident("张三", "11010519491231002X", id=new_action())
    later = START + 700 * DAY
    with opened(tmp_path) as ledger:
        put(ledger, register.person_registered(person, initials=Initials({}, {}, {}), by=BY, at=START))
        assert forget(ledger) == 0
        put(
            ledger,
            register.person_struck(person.id, by=BY, at=later, action=new_action(), why="死亡"),
        )
        assert forget(ledger, before=later, since=later - LATE) == 1


def test_made_again_from_the_entries_the_list_is_the_same(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        put(ledger, *(told(begins, about=begins) for begins, _ in BEGINNINGS))
        put(ledger, told("officer_left", about="officer_enrolled", over=True))
        put(ledger, incidents.noticed("other", text="a", by=BY, at=START, action=new_action()))
        forget(ledger)
        with ledger.reader() as reader:
            before = reader.execute("SELECT entry FROM lasting").fetchall()
        ledger.alone(lambda connection: derived._make(connection, lasting.LASTING)).result()
        with ledger.reader() as reader:
            assert reader.execute("SELECT entry FROM lasting").fetchall() == before
    assert len(before) == len(BEGINNINGS)


def test_an_order_kept_by_an_older_program_is_carried_on(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        put(ledger, told("matter_raised"), crossed())
        order = Order(CUT, "7号", new_action(), BY, lasting_too=False)
        kept = forgetting._write(order, forgetting.Forgotten())
        assert isinstance(kept, dict)
        kept["order"]["register_too"] = kept["order"].pop("lasting_too")
        ledger.keep({forgetting.UNDER_WAY: kept}).result()
        done = forgetting.resume(ledger)
        assert done is not None
        assert (done.entries, personal_left(ledger)) == (1, ["matter_raised"])
