"""Crossings, shifts and streams as rows."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from checkpoint_app.domain import facts
from checkpoint_app.domain.crossing import Follower, Person
from checkpoint_app.domain.entry import Fact
from checkpoint_app.domain.facts import By
from checkpoint_app.domain.verdict import Verdict
from checkpoint_app.domain.words import Outcome, VerdictState
from checkpoint_app.storage import queries
from checkpoint_app.storage.appending import new_action
from checkpoint_app.storage.histories import history
from checkpoint_app.storage.rows import Convoy
from tests.storage.desks import DESK, START, opened
from tests.storage.traffic import (
    BY,
    DAY,
    ZHANG,
    amended,
    crossed,
    crossing,
    flagged,
    head_of,
    tallied,
    undone,
)

OTHER = By("G25-01.20221015.2", "08")


def shift_opened(name: str, at: int, officers: dict[str, str]) -> Fact:
    return facts.shift_opened(name, group="三", lead="07", officers=officers, at=at, action=new_action())


def test_crossings_are_listed_by_shift_and_by_time_newest_first(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        ledger.append([crossed(at=START + n * 60_000, by=OTHER if n % 2 else BY) for n in range(6)]).result()
        with ledger.reader() as reader:
            mine = queries.crossings(reader, shift=BY.shift)
            assert [row.happened - START for row in mine] == [240_000, 120_000, 0]
            assert [row.shift for row in queries.crossings(reader, limit=1)] == [OTHER.shift]
            window = queries.crossings(reader, since=START + 60_000, until=START + 180_000)
            assert [row.happened - START for row in window] == [120_000, 60_000]
            assert queries.crossings(reader, shift=BY.shift, before=mine[0]) == mine[1:]
            whole = queries.crossings(reader)
            assert queries.crossings(reader, before=whole[2]) == whole[3:]


def test_a_row_says_what_was_written(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        (written,) = ledger.append([crossed()]).result()
        with ledger.reader() as reader:
            (row,) = queries.crossings(reader)
    assert (row.seq, row.hash, row.action) == (written.seq, written.hash, written.action)
    assert (row.plate, row.persons, row.people, row.took) == ("豫A12345", (ZHANG,), 1, 6_000)
    assert (row.outcome, row.evidence, row.verdict, row.zone) == ("released", "scanned", "pass", 480)
    assert (row.amended, row.undone, row.forgotten) == (False, False, False)


def test_a_history_has_the_corrected_the_written_and_everything_between(tmp_path: Path) -> None:
    what = crossing()
    with opened(tmp_path) as ledger:
        _, written = ledger.append([flagged(what), crossed(what)]).result()
        ledger.append(
            [amended(written, public={"outcome": "held"}, personal={"plate": "豫B1"}), undone(written)]
        ).result()
        with ledger.reader() as reader:
            (row,) = queries.crossings(reader)
            told = history(reader, row.id)
    assert told is not None
    assert (told.now.plate, told.now.outcome, told.now.amended, told.now.undone) == (
        "豫B1",
        "held",
        True,
        True,
    )
    assert (told.written.plate, told.written.outcome, told.written.undone) == ("豫A12345", "released", False)
    assert [event.kind for event in told.events] == ["check_flagged", "crossing_amended", "outcome_undone"]


def test_a_crossing_that_takes_anothers_place_is_in_its_history(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        (written,) = ledger.append([crossed()]).result()
        again = crossing()
        replacement = Fact(
            facts.VEHICLE_CROSSED, again.action, START, {**crossed().public, "replaces": written.action}
        )
        ledger.append([undone(written), replacement]).result()
        with ledger.reader() as reader:
            first = queries.crossings(reader)[-1]
            told = history(reader, first.id)
    assert told is not None
    assert [event.kind for event in told.events] == ["outcome_undone", "vehicle_crossed"]


def test_there_is_no_history_of_what_is_no_crossing(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger, ledger.reader() as reader:
        assert history(reader, 1) is None
        assert history(reader, 99) is None


def test_a_shift_is_open_until_it_is_closed(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        ledger.append([shift_opened(BY.shift, START, {"07": "李雷", "08": "韩梅"})]).result()
        with ledger.reader() as reader:
            row = queries.open_shift(reader, desk=DESK)
            assert queries.open_shift(reader, desk="OTHER") is None
        assert row is not None
        assert (row.shift, row.group, row.lead, dict(row.officers)) == (
            BY.shift,
            "三",
            "07",
            {"07": "李雷", "08": "韩梅"},
        )
        ledger.append([facts.shift_closed(by=BY, at=START + 1, action=new_action(), totals={})]).result()
        with ledger.reader() as reader:
            assert queries.open_shift(reader, desk=DESK) is None
            closed = queries.shift(reader, BY.shift)
        assert closed is not None
        assert closed.closed == START + 1


def test_shifts_are_counted_by_day_and_officers_keep_their_last_numbers(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        for number in range(1, 12):
            officers = {"07": "李雷", f"{number + 10}": "韩梅"}
            ledger.append([shift_opened(f"{DESK}.20221015.{number}", START + number, officers)]).result()
        ledger.append([shift_opened(f"{DESK}.20221016.1", START + DAY, {})]).result()
        with ledger.reader() as reader:
            assert queries.shifts_begun(reader, desk=DESK, day="20221015") == 11
            assert queries.shifts_begun(reader, desk=DESK, day="20221017") == 0
            assert queries.officer_numbers(reader) == {"李雷": "07", "韩梅": "21"}
            assert queries.shifts(reader, limit=2)[1].shift == f"{DESK}.20221015.11"


def test_a_day_sums_up_its_hours(tmp_path: Path) -> None:
    today = (START + 480 * 60_000) // DAY
    with opened(tmp_path) as ledger:
        ledger.append(
            [crossed(), crossed(outcome=Outcome.HELD), tallied(cars=3, people=5), crossed(at=START + DAY)]
        ).result()
        with ledger.reader() as reader:
            first, second = queries.days(reader, since=today, until=today + 2)
    assert (first.day, first.vehicles, first.people, first.held, first.turned_back) == (today, 2, 2, 1, 0)
    assert (first.counted_vehicles, first.counted_people) == (3, 5)
    assert (second.day, second.vehicles, second.counted_vehicles) == (today + 1, 1, 0)


def test_the_lanes_last_crossings_leave_out_what_was_undone(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        done = ledger.append(
            [crossed(crossing(plate=f"豫A0000{n}", lane=1 + n % 2), at=START + n) for n in range(8)]
        ).result()
        ledger.append([undone(done[6])]).result()
        with ledger.reader() as reader:
            assert [row.plate[-1] for row in queries.last_crossings(reader, 1, n=2)] == ["4", "2"]


def test_people_come_with_their_crossing_unless_it_was_undone(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        _, gone = ledger.append([crossed(), crossed()]).result()
        ledger.append([undone(gone)]).result()
        with ledger.reader() as reader:
            (row,) = queries.people(reader)
            crossing_row = queries.crossings(reader)[1]
    assert (row.person, row.plate, row.crossing) == (ZHANG, "豫A12345", crossing_row.id)


def test_streams_go_on_where_they_stopped_and_give_the_stored_bytes(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        ledger.append([crossed() for _ in range(7)]).result()
        with ledger.reader() as reader:
            ((desk, epoch),) = queries.chains(reader)
            whole = list(queries.chain_entries(reader, desk, epoch))
            parts = [*queries.chain_entries(reader, desk, epoch, limit=3)]
            parts += queries.chain_entries(reader, desk, epoch, after=3)
            rows = list(queries.entries(reader, kinds=("vehicle_crossed",)))
            later = list(queries.entries(reader, after=rows[4].id, shift=BY.shift))
    assert parts == whole
    assert [row.entry for row in rows] == whole[1:]
    assert [row.entry for row in later] == whole[6:]


def test_a_row_has_what_a_bus_and_a_convoy_write(tmp_path: Path) -> None:
    people = (replace(ZHANG, seat="1A"), Person(2, "李四", seat="1B", outcome="held", why="follow_up"))
    bus = replace(crossing(people=people), bus=True, service="K108", plate_at=START - 3_000)
    convoy = replace(crossing(), followers=(Follower(new_action(), plate="豫B67890", people=2),))
    lead = facts.vehicle_crossed(convoy, Verdict(VerdictState.PASS), Outcome.RELEASED, by=BY, at=START)
    others = facts.followers_crossed(convoy, Verdict(VerdictState.PASS), Outcome.RELEASED, by=BY, at=START)
    with opened(tmp_path) as ledger:
        ledger.append([crossed(bus), lead, *others]).result()
        with ledger.reader() as reader:
            rows = queries.crossings(reader)
            told = history(reader, rows[-1].id)
    second, first, driven = rows
    assert (driven.bus, driven.service, driven.plate_at) == (True, "K108", START - 3_000)
    assert [person.seat for person in driven.persons] == ["1A", "1B"]
    assert (driven.persons[1].outcome, driven.persons[1].why) == ("held", "follow_up")
    assert (first.convoy, second.convoy) == (Convoy(convoy.action, 1, 2), Convoy(convoy.action, 2, 2))
    assert (second.plate, second.people) == ("豫B67890", 2)
    assert told is not None
    assert told.intact


def test_a_history_has_own_words_and_whose_numbers_they_are(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        ledger.append([shift_opened(BY.shift, START, {"07": "李雷"})]).result()
        (written,) = ledger.append([crossed()]).result()
        words = facts.outcome_undone(
            head_of(written), ref_action=written.action, by=BY, at=START, action=new_action(), why="张三说的"
        )
        ledger.append([words]).result()
        with ledger.reader() as reader:
            told = history(reader, queries.crossings(reader)[0].id)
    assert told is not None
    assert told.events[-1].own == {"why": "张三说的"}
    assert dict(told.officers) == {"07": "李雷"}
