"""The search index: what is marked, that it follows appends and forgetting, that it can be made again."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkpoint_app.storage import engine, marks, schema, schema_exchange
from checkpoint_app.storage.engine import Connection
from checkpoint_app.storage.hourly import HOURLY
from tests.storage.desks import START

ZONE = 480
DAY = (START + ZONE * 60_000) // 86_400_000


@contextmanager
def table(*creates: str) -> Iterator[Connection]:
    """An empty ledger with these derived parts, or all."""
    with tempfile.TemporaryDirectory() as folder:
        connection = engine.connect(Path(folder) / "ledger.db", bytes(32))
        for statement in (
            *schema.FIRST,
            *schema_exchange.EXCHANGE,
            *(creates or (*HOURLY.creates, *marks.MARKS.creates)),
        ):
            connection.execute(statement)
        try:
            yield connection
        finally:
            connection.close()


@pytest.fixture(scope="module")
def one_table() -> Iterator[Connection]:
    """For many examples: a file for each costs more than what is tried in it."""
    with table(*marks.MARKS.creates) as connection:
        yield connection


@contextmanager
def undone(connection: Connection) -> Iterator[None]:
    """What is written in here is taken back."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")


def put(
    connection: Connection, personal: object, *, seq: int = 1, happened: int = START, zone: int = ZONE
) -> None:
    header = {
        "desk": "D1", "epoch": "e", "seq": seq, "kind": "vehicle_crossed", "shift": "",
        "happened": happened, "zone": zone, "action": f"{seq:032x}",
    }  # fmt: skip
    connection.execute(
        "INSERT INTO entry(header, public, personal, salt, hash) VALUES(?, ?, ?, ?, ?)",
        (
            json.dumps(header),
            "{}",
            None if personal is None else json.dumps(personal, ensure_ascii=False),
            None if personal is None else bytes(32),
            seq.to_bytes(32, "big"),
        ),
    )


def texts(connection: Connection, entry: int = 1) -> set[str]:
    rows = connection.execute("SELECT text FROM mark WHERE entry = ? ORDER BY text", (entry,))
    return {row[0] for row in rows}


def test_a_crossing_is_marked_by_every_tail_it_may_be_found_by() -> None:
    people = [{"n": 1, "name": "欧阳娜", "id": "11010519491231002X", "phone": "13800138000"}]
    with table() as connection:
        put(connection, {"plate": "豫A·12345", "people": people})
        assert texts(connection) == {
            "p豫A12345", "pA12345", "p12345", "p2345", "p345", "p45",
            "n欧阳娜", "n阳娜",
            "i11010519491231002X", "i19491231002X", "i31002X", "i002X",
            "t13800138000", "t8000",
        }  # fmt: skip


def test_other_documents_are_marked_from_their_start_and_their_last_places() -> None:
    with table() as connection:
        put(connection, {"people": [{"id": "E12345678"}]})
        assert texts(connection) == {"iE12345678", "i345678", "i5678"}


def test_a_name_of_one_character_is_still_marked() -> None:
    with table() as connection:
        put(connection, {"people": [{"name": "张"}, {"name": "Li Na"}]})
        assert texts(connection) == {"n张", "nLINA", "nINA", "nNA"}


def test_the_day_is_that_of_the_place_where_it_happened() -> None:
    with table() as connection:
        midnight_utc = 20_000 * 86_400_000
        put(connection, {"plate": "豫A1"}, seq=1, happened=midnight_utc - 1, zone=0)
        put(connection, {"plate": "豫A1"}, seq=2, happened=midnight_utc - 1, zone=480)
        put(connection, {"plate": "豫A1"}, seq=3, happened=midnight_utc, zone=-60)
        rows = connection.execute("SELECT entry, day FROM mark WHERE text = 'p豫A1' ORDER BY entry")
        assert rows.fetchall() == [(1, 19_999), (2, 20_000), (3, 19_999)]


def test_nothing_personal_leaves_no_mark_and_no_error() -> None:
    with table() as connection:
        put(connection, None, seq=1)
        put(connection, {"purpose": "探亲", "plate": "", "people": []}, seq=2)
        put(connection, {"plate": 7, "people": [{"name": None, "id": ["x"]}]}, seq=3)
        assert connection.execute("SELECT count(*) FROM mark").fetchone() == (0,)


def test_forgetting_takes_its_marks_and_nobody_elses() -> None:
    with table() as connection:
        for seq in (1, 2):
            put(connection, {"plate": "豫A12345", "people": [{"name": "张三"}]}, seq=seq)
        connection.execute("UPDATE entry SET personal = NULL, salt = NULL WHERE id = 1")
        assert texts(connection, 1) == set()
        assert len(texts(connection, 2)) == 7


def test_without_the_trigger_marks_would_stay() -> None:
    with table(marks.TABLE, marks.TRIGGERS[0]) as connection:
        put(connection, {"plate": "豫A12345"})
        connection.execute("UPDATE entry SET personal = NULL, salt = NULL WHERE id = 1")
        assert texts(connection) != set()


def test_forgetting_looks_at_one_entrys_marks_only() -> None:
    """The row-value form of this delete reads the whole table."""
    delete = marks.TRIGGERS[1].partition("BEGIN")[2].rpartition(";")[0]
    bound = delete.replace("OLD.", "one.")
    with table() as connection:
        plan = connection.execute(
            "EXPLAIN QUERY PLAN " + bound.replace("one.id", "1").replace("one.happened", "1")
            .replace("one.header", "'{\"zone\":0}'").replace("one.personal", "'{}'")
        ).fetchall()  # fmt: skip
    assert any("SEARCH mark USING PRIMARY KEY (day=? AND text=? AND entry=?)" in row[3] for row in plan)
    assert not any("SCAN mark" in row[3] for row in plan)


def test_marks_made_again_are_the_same() -> None:
    with table() as connection:
        for seq in range(1, 60):
            people = [
                {"name": f"张{seq % 7}明", "id": f"41010519800101{seq:03}X", "phone": f"1380000{seq:04}"}
            ]
            put(connection, {"plate": f"豫A{seq:05}", "people": people}, seq=seq)
        before = connection.execute("SELECT * FROM mark").fetchall()
        connection.execute("DELETE FROM mark")
        assert marks.rebuild_marks(connection) == len(before)
        assert connection.execute("SELECT * FROM mark").fetchall() == before


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("豫a · 12345", "豫A12345"), ("１３８-0013", "1380013"), ("买买提·吐", "买买提吐"), ("li na", "LINA")],
)
def test_what_is_typed_is_folded(typed: str, kept: str) -> None:
    assert marks.fold(typed) == kept


NAMES = st.text(st.sampled_from("张伟欧阳娜买提·- AbZ"), min_size=0, max_size=9)
PLATES = st.text(st.sampled_from("豫京A·B12345警"), min_size=0, max_size=9)
DIGITS = st.text(st.sampled_from("0123456789X"), min_size=0, max_size=18)
PEOPLE = st.lists(st.fixed_dictionaries({"name": NAMES, "id": DIGITS, "phone": DIGITS}), max_size=3)


def tails(text: str, places: Iterator[int] | range | list[int]) -> set[str]:
    return {text[place:] for place in places if text[place:]}


def expected(plate: str, people: list[dict[str, str]]) -> set[str]:
    """The same rule once more, in Python."""
    found = {"p" + tail for tail in tails(marks.fold(plate), range(max(len(marks.fold(plate)) - 1, 1)))}
    for person in people:
        name, number, phone = (marks.fold(person[field]) for field in ("name", "id", "phone"))
        found |= {"n" + tail for tail in tails(name, range(max(len(name) - 1, 1)))}
        places = [0, max(len(number) - 6, 0), max(len(number) - 4, 0)]
        found |= {"i" + tail for tail in tails(number, places + ([6] if len(number) in (15, 18) else []))}
        found |= {"t" + tail for tail in tails(phone, [0, max(len(phone) - 4, 0)])}
    return found


@settings(max_examples=150, deadline=None)
@given(plate=PLATES, people=PEOPLE)
def test_marks_follow_the_rule_for_any_text(
    one_table: Connection, plate: str, people: list[dict[str, str]]
) -> None:
    with undone(one_table):
        put(one_table, {"plate": plate, "people": people})
        assert texts(one_table) == expected(plate, people)
        one_table.execute("UPDATE entry SET personal = NULL, salt = NULL")
        assert texts(one_table) == set()


@settings(max_examples=150, deadline=None)
@given(name=NAMES, plate=PLATES)
def test_any_two_characters_in_a_row_lie_in_a_range(one_table: Connection, name: str, plate: str) -> None:
    with undone(one_table):
        put(one_table, {"plate": plate, "people": [{"name": name}]})
        for kind, text in ((marks.NAME, marks.fold(name)), (marks.PLATE, marks.fold(plate))):
            for place in range(len(text) - 1):
                low, high = marks.mark_range(kind, text[place : place + 2])
                query = "SELECT count(*) FROM mark WHERE day = ? AND text >= ? AND text < ?"
                assert one_table.execute(query, (DAY, low, high)).fetchone()[0] > 0


def test_a_very_long_name_costs_no_more_than_its_places() -> None:
    with table() as connection:
        put(connection, {"people": [{"name": "长" * 5_000}]})
        assert len(texts(connection)) == 1  # equal tails of LONGEST characters
        assert {len(text) for text in texts(connection)} == {1 + marks.LONGEST}
