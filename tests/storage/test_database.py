"""The tables: append only, columns from the header, forgetting and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from checkpoint_app.domain.entry import Head, Stamp, build
from checkpoint_app.domain.words import ClockState
from checkpoint_app.storage import appending, database, derived, engine
from checkpoint_app.storage.engine import Connection, DiskFailed
from checkpoint_app.storage.schema import Derived
from tests.storage.desks import DESK, KEY, START, actions, crossed, opened

STAMP = Stamp(START, 480, 1, "0" * 16, ClockState.SURE)


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    found = database.open_writer(tmp_path, KEY, now=START)
    head = Head(DESK, "e" * 16)
    for number in range(3):
        entry = build(head, crossed(number), stamp=STAMP, salt=b"s" * 32)
        appending.insert(found, entry)
        head = Head(DESK, "e" * 16, head.seq + 1, entry.hash.hex())
    yield found
    found.close()


def test_the_columns_say_what_the_header_says(connection: Connection) -> None:
    row = connection.execute(
        "SELECT desk, epoch, seq, kind, shift, happened FROM entry WHERE id = 2"
    ).fetchone()
    assert row == (DESK, "e" * 16, 2, "vehicle_crossed", "S1", START)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM entry WHERE id = 1",
        "DELETE FROM entry",
        "UPDATE entry SET public = '{}' WHERE id = 1",
        "UPDATE entry SET header = '{}' WHERE id = 1",
        "UPDATE entry SET hash = zeroblob(32) WHERE id = 1",
        "UPDATE entry SET id = 77 WHERE id = 1",
        "UPDATE entry SET personal = '{}' WHERE id = 1",
        "UPDATE entry SET personal = NULL WHERE id = 1",
        "UPDATE entry SET salt = NULL WHERE id = 1",
        "UPDATE entry SET seq = 9 WHERE id = 1",
        "REPLACE INTO entry(id, header, public, hash) SELECT 1, header, '{}', hash FROM entry LIMIT 1",
        "INSERT INTO entry(header, public, hash) SELECT header, public, zeroblob(32) FROM entry LIMIT 1",
        "INSERT INTO entry(header, public, hash) VALUES('{}', '{}', zeroblob(32))",
        "INSERT INTO entry(header, public, hash) VALUES('not json', '{}', zeroblob(32))",
        "INSERT INTO entry(header, public, hash) SELECT replace(header, 'seq', 'q'), '{}', x'00' FROM entry",
    ],
)
def test_nothing_but_forgetting_is_possible(connection: Connection, statement: str) -> None:
    before = connection.execute("SELECT * FROM entry").fetchall()
    with pytest.raises(engine.DatabaseError):
        connection.execute(statement)
    assert connection.execute("SELECT * FROM entry").fetchall() == before


def test_without_its_triggers_the_table_would_lose_an_entry(connection: Connection) -> None:
    connection.execute("DROP TRIGGER entry_stays")
    connection.execute("DELETE FROM entry WHERE id = 1")
    assert connection.execute("SELECT count(*) FROM entry").fetchone() == (2,)


def test_personal_part_and_salt_are_forgotten_together(connection: Connection) -> None:
    connection.execute("UPDATE entry SET personal = NULL, salt = NULL WHERE id = 1")
    assert connection.execute("SELECT personal, salt FROM entry WHERE id = 1").fetchone() == (None, None)


def test_many_desks_share_the_table_and_a_place_is_taken_once(connection: Connection) -> None:
    for desk, epoch in ((DESK, "f" * 16), ("G25-02", "e" * 16)):
        appending.insert(connection, build(Head(desk, epoch), crossed(), stamp=STAMP, salt=b"s" * 32))
    again = build(Head(DESK, "e" * 16), crossed(7), stamp=STAMP, salt=b"s" * 32)
    with pytest.raises(engine.IntegrityError):
        appending.insert(connection, again)


def test_entries_come_back_chain_by_chain_whatever_the_page(connection: Connection) -> None:
    appending.insert(connection, build(Head("A", "a" * 16), crossed(), stamp=STAMP, salt=b"s" * 32))
    whole = list(appending.read_entries(connection))
    assert [entry.header[:40] for entry in whole] == [
        entry.header[:40] for entry in appending.read_entries(connection, page=1)
    ]
    assert len(whole) == 4


def test_the_places_are_found_by_index(connection: Connection) -> None:
    plan = connection.execute(
        "EXPLAIN QUERY PLAN SELECT hash FROM entry WHERE desk = 'a' AND epoch = 'b' ORDER BY seq DESC LIMIT 1"
    ).fetchall()
    assert "entry_place" in plan[0][3]


def test_a_derived_part_is_made_again_when_its_texts_change(connection: Connection) -> None:
    def part(expression: str) -> Derived:
        create = f"CREATE VIEW told AS SELECT {expression} AS n FROM entry"
        return Derived("told", ("DROP VIEW IF EXISTS told",), (create,))

    assert derived.renew(connection, (part("1"),)) == ("told",)
    assert derived.renew(connection, (part("1"),)) == ()
    assert derived.renew(connection, (part("2"),)) == ("told",)
    assert connection.execute("SELECT max(n) FROM told").fetchone() == (2,)


def test_a_derived_part_that_fails_leaves_the_old_one(connection: Connection) -> None:
    good = Derived("told", ("DROP VIEW IF EXISTS told",), ("CREATE VIEW told AS SELECT 1 AS n",))
    derived.renew(connection, (good,))
    bad = Derived("told", good.drops, ("CREATE VIEW told AS SELEC",))
    with pytest.raises(engine.DatabaseError):
        derived.renew(connection, (bad,))
    assert connection.execute("SELECT n FROM told").fetchone() == (1,)
    assert derived.renew(connection, (good,)) == ()


def test_a_reader_works_beside_the_window_and_after_it(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        first = ledger.append([crossed(1)]).result()[0]
        assert first.action in actions(tmp_path)
    assert first.action in actions(tmp_path)


def test_reading_an_absent_ledger_makes_none(tmp_path: Path) -> None:
    with pytest.raises(DiskFailed):
        actions(tmp_path)
    assert list(tmp_path.iterdir()) == []
