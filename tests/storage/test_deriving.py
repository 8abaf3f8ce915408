"""What other desks wrote is derived the same whatever came first, and leaves no trace when it goes."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from checkpoint_app.domain.entry import Entry, Fact
from checkpoint_app.domain.facts import By
from checkpoint_app.domain.words import Outcome
from checkpoint_app.storage import deriving, hourly, ordering, queries
from checkpoint_app.storage.appending import new_action
from checkpoint_app.storage.engine import Connection
from checkpoint_app.storage.ledger import Ledger
from tests.storage.arrivals import entries_of, land, place, show
from tests.storage.desks import DESK, START, opened
from tests.storage.traffic import amended, crossed, crossing, flagged, tallied, undone

TABLES = ("revision", "thread", "duty", "corrects", "affair", "affair_entry", "lasting", "mark")
SHIFT = f"{DESK}.20221015.1"


def opening(shift: str = SHIFT) -> Fact:
    said = {"group": "二组", "lead": "07", "officers": ["07"]}
    return Fact("shift_opened", new_action(), START, said, {"officers": {"07": "王强"}}, shift, "07")


@pytest.fixture(scope="module")
def chains(tmp_path_factory: pytest.TempPathFactory) -> Sequence[Entry]:
    """A desk that corrected, undid, flagged and raised a matter, and after a restore corrected once more."""
    folder = tmp_path_factory.mktemp("deriving") / "other"
    with opened(folder) as ledger:
        car = crossing()
        matter = Fact("matter_raised", new_action(), START, {"until": START}, {"what": "钱包"}, SHIFT, "07")
        facts = (opening(), flagged(car), crossed(car), matter)
        first = ledger.append((*facts, crossed(), crossed(), tallied(cars=3, people=4))).result()[4:]
        ledger.append((amended(first[0], public={"outcome": "held"}), undone(first[1]))).result()
    with opened(folder, reason="restore") as ledger:
        closed = Fact(
            "matter_closed", new_action(), START, {"about": matter.action, "over": True}, None, SHIFT
        )
        ledger.append((amended(first[0], public={"people": 5}), closed, crossed())).result()
    return entries_of(folder)


def derived_rows(connection: Connection) -> dict[str, list[str]]:
    """Rows by table, by names instead of local ids."""
    names = {
        ident: f"<{epoch}:{seq}>"
        for ident, epoch, seq in connection.execute("SELECT id, epoch, seq FROM entry WHERE id >= 134217728")
    }
    found = {}
    for table in (*TABLES, "hourly"):
        where = " WHERE vehicles OR people" if table == "hourly" else ""
        rows: list[Any] = connection.execute(f"SELECT * FROM {table}{where}").fetchall()
        found[table] = sorted(str([names.get(value, value) for value in row]) for row in rows)
    return found


def derived_of(ledger: Ledger) -> dict[str, list[str]]:
    with ledger.reader() as reader:
        assert hourly.replay_hourly(reader) == ()
        return derived_rows(reader)


@pytest.fixture(scope="module")
def wanted(tmp_path_factory: pytest.TempPathFactory, chains: Sequence[Entry]) -> dict[str, list[str]]:
    with opened(tmp_path_factory.mktemp("wanted"), desk="HQ") as ledger:
        land(ledger, chains)
        return derived_of(ledger)


@pytest.mark.parametrize("seed", range(5))
def test_in_whatever_order_entries_come_the_tables_are_the_same_and_made_again_too(
    tmp_path: Path, chains: Sequence[Entry], wanted: dict[str, list[str]], seed: int
) -> None:
    dice, shuffled = random.Random(seed), list(chains)
    dice.shuffle(shuffled)
    with opened(tmp_path, desk="HQ") as ledger:
        while shuffled:
            count = dice.randrange(1, 8)
            land(ledger, shuffled[:count])
            del shuffled[:count]
        assert derived_of(ledger) == wanted
        ledger.transact(lambda connection: connection.execute("DELETE FROM derived").rowcount).result()
    with opened(tmp_path, desk="HQ") as ledger:
        assert derived_of(ledger) == wanted


@pytest.mark.parametrize("cut", range(1, 12, 2))
def test_what_goes_out_of_sight_leaves_no_trace_in_any_table(
    tmp_path: Path, chains: Sequence[Entry], cut: int
) -> None:
    with opened(tmp_path / "part", desk="HQ") as ledger:
        land(ledger, chains[:cut])
        wanted = derived_of(ledger)
    with opened(tmp_path / "whole", desk="HQ") as ledger:

        def come_and_go(connection: Connection) -> None:
            show(connection, place(connection, chains[:cut]))
            late = place(connection, chains[cut:])
            show(connection, late)
            deriving.retract(connection, late)
            connection.executemany("INSERT INTO withheld VALUES(?, ?, 'fork', '')", late)

        ledger.transact(come_and_go).result()
        with ledger.reader() as reader:
            found = derived_rows(reader)
    marks = {"mark", "lasting"}  # of everything in the file; readers do not see those of what is withheld
    assert {table: rows for table, rows in found.items() if table not in marks} == {
        table: rows for table, rows in wanted.items() if table not in marks
    }


def test_nothing_of_another_desk_enters_a_question_of_the_own_one(
    tmp_path: Path, chains: Sequence[Entry]
) -> None:
    with opened(tmp_path, desk="HQ") as ledger:
        land(ledger, chains)
        with ledger.reader() as reader:
            assert queries.last_crossings(reader, 1) == ()
            assert queries.open_shift(reader, desk="HQ") is None
            assert queries.officer_names(reader) == {}
            assert queries.numbers_given(reader) == frozenset()
            assert queries.days(reader, since=0, until=10**6, desks=("HQ",)) == ()
            (day,) = queries.days(reader, since=0, until=10**6, desks=(DESK,))
            assert queries.shifts(reader)[0].shift == SHIFT
        assert ledger.unconfirmed() == ()
    assert (day.vehicles, day.counted_vehicles) == (3, 3)


def test_a_shift_that_names_another_desk_is_nobodys(tmp_path: Path) -> None:
    with opened(tmp_path / "z", desk="Z-9") as ledger:
        ledger.append((opening(), crossed(outcome=Outcome.HELD, by=By(SHIFT, "07")))).result()
    with opened(tmp_path / "hq", desk="HQ") as ledger:
        land(ledger, entries_of(tmp_path / "z"))
        with ledger.reader() as reader:
            assert queries.shift(reader, SHIFT) is None
            assert queries.crossings(reader, shift=SHIFT) == ()
            assert len(queries.crossings(reader)) == 1


def test_several_chains_of_a_desk_count_by_when_each_first_told_of_it() -> None:
    late = ordering.Place(1 << 27 | 5, "a" * 16, 5, 200)
    early = ordering.Place(2 << 27 | 9, "b" * 16, 9, 100)
    behind = ordering.Place(2 << 27 | 10, "b" * 16, 10, 300)
    own = ordering.Place(7, "c" * 16, 7, 50)
    assert ordering.in_order((own, late, behind, early)) == [early, behind, late, own]
