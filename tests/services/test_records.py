"""Looking through: filters agree in both ways, parts add up to the whole, people leave an entry first."""

from __future__ import annotations

import itertools
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checkpoint_app.domain.amending import Changes
from checkpoint_app.domain.crossing import Crossing
from checkpoint_app.domain.disclosures import PEOPLE_LOOKED_UP
from checkpoint_app.domain.words import Direction, Outcome
from checkpoint_app.services import records
from checkpoint_app.services.desk import Desk
from checkpoint_app.services.records import Wanted, kinds_sought, look
from checkpoint_app.services.viewing import ViewReasonNeeded
from checkpoint_app.storage import histories, queries, sifting
from checkpoint_app.storage.ledger import Ledger
from checkpoint_app.storage.sifting import AMENDED, UNDONE, Sieve
from tests.services.desks import entries
from tests.services.recorded import NAME, amend, amending, record
from tests.storage.desks import START, opened
from tests.storage.traffic import BY, DAY, amended, crossed, crossing, undone


def filled(ledger: Ledger) -> None:
    """Sixty crossings of three days, some corrected."""
    outcomes, lanes = itertools.cycle(Outcome), itertools.cycle((1, 2, 3))
    made = [
        crossed(
            crossing(plate=f"豫A0{n:04}", lane=next(lanes)), at=START + n * DAY // 20, outcome=next(outcomes)
        )
        for n in range(60)
    ]
    written = ledger.append(made).result()
    ledger.append([amended(each, public={"lane": 4}) for each in written[::7]]).result()
    ledger.append([undone(each) for each in written[::11]]).result()


def _car(number: int, *, lane: int) -> Crossing:
    return crossing(plate=f"豫A0{number:04}", lane=lane)


SIEVES = st.builds(
    Sieve,
    since=st.none() | st.integers(START - DAY, START + 4 * DAY),
    until=st.none() | st.integers(START - DAY, START + 4 * DAY),
    lane=st.integers(0, 4),
    outcome=st.sampled_from(["", *Outcome]),
    evidence=st.sampled_from(["", "scanned", "seen"]),
    officer=st.sampled_from(["", BY.officer, "08"]),
    direction=st.sampled_from(["", "in", "out"]),
    state=st.sampled_from(["", AMENDED, UNDONE]),
    shift=st.sampled_from(["", BY.shift, "other"]),
)


def test_filters_say_the_same_as_sql_and_row_by_row(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        filled(ledger)

        @settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
        @given(SIEVES)
        def agree(sieve: Sieve) -> None:
            with ledger.reader() as reader:
                rows = reader.execute(
                    f"SELECT {histories.COLUMNS} FROM {histories.SOURCE} WHERE kind = 'vehicle_crossed'"
                ).fetchall()
            one_by_one = {row[0] for row in rows if sieve.passes(row)}
            page = look(ledger.reader, Wanted(sieve=sieve))
            assert {row.id for row in page.rows} == one_by_one
            by_fragment = look(ledger.reader, Wanted("豫A0", sieve=sieve))
            assert {row.id for row in by_fragment.rows} == one_by_one
            assert [row.happened for row in page.rows] == sorted(
                (row.happened for row in page.rows), reverse=True
            )

        agree()


@pytest.mark.parametrize("fragment", ["", "豫A0"])
def test_parts_add_up_to_the_whole(tmp_path: Path, fragment: str) -> None:
    with opened(tmp_path) as ledger:
        filled(ledger)
        wanted = Wanted(fragment, sieve=Sieve(outcome="released"))
        whole = look(ledger.reader, wanted)
        page = look(ledger.reader, wanted, most=3)
        found = list(page.rows)
        while page.on is not None:
            assert len(page.rows) <= 3
            page = look(ledger.reader, wanted, on=page.on, most=3)
            found += page.rows
    assert [row.id for row in found] == [row.id for row in whole.rows]
    assert len(found) == 10


def test_a_search_ends_after_what_it_may_look_at_and_goes_on_from_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(records, "STEP_FOUND", 7)
    with opened(tmp_path) as ledger:
        filled(ledger)
        wanted = Wanted("豫A0", sieve=Sieve(state=UNDONE))
        page = look(ledger.reader, wanted, most_looked=7)
        assert page.looked == 7
        found, on, parts = [row.id for row in page.rows], page.on, 1
        while on is not None:
            page = look(ledger.reader, wanted, on=on, most_looked=7)
            found += [row.id for row in page.rows if row.id not in found]
            on, parts = page.on, parts + 1
        assert parts > 5
        assert found == [row.id for row in look(ledger.reader, wanted).rows]


def test_a_search_that_is_not_wanted_any_more_stops_at_the_next_step(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sifting, "sift", partial(sifting.sift, step=10))
    with opened(tmp_path) as ledger:
        filled(ledger)
        answers = iter([False, True])
        page = look(ledger.reader, Wanted(sieve=Sieve(officer="99")), stop=lambda: next(answers))
        assert (page.stopped, page.looked) == (True, 20)
        assert look(ledger.reader, Wanted(sieve=Sieve(officer="99"))).on is None


def test_own_words_and_codes_are_found_by_the_reason(desk: Desk) -> None:
    code = record(desk, "豫A11111", outcome=Outcome.REGISTERED, why="no_phone")
    own = record(desk, "豫A22222", outcome=Outcome.REGISTERED, why="老人走错路")
    read = desk.ledger.reader
    assert [row.id for row in look(read, Wanted(sieve=Sieve(why="no_phone"))).rows] == [code.id]
    assert [row.id for row in look(read, Wanted(sieve=Sieve(why="own_words"))).rows] == [own.id]


def test_a_plate_search_finds_no_people_and_a_people_search_does(desk: Desk) -> None:
    row = record(desk, name=NAME, direction=Direction.OUT)
    read = desk.ledger.reader
    assert look(read, Wanted(NAME)).rows == ()
    assert [each.id for each in look(read, Wanted(NAME, people=True)).rows] == [row.id]
    assert [each.id for each in look(read, Wanted("A123")).rows] == [row.id]


@pytest.mark.parametrize(
    ("fragment", "sought"),
    [
        ("张三", ("name",)),
        ("6A0W", ("document",)),
        ("1380013", ("document", "phone")),
        ("11010519491231002X", ("document",)),
        ("豫", ()),
        ("", ()),
    ],
)
def test_what_a_fragment_may_be_is_told_beforehand(fragment: str, sought: tuple[str, ...]) -> None:
    assert kinds_sought(fragment) == sought


def test_a_look_up_is_written_without_its_fragment(desk: Desk) -> None:
    desk.viewing.looked_up(("name", "phone"), "", desk.by).result()
    assert entries(desk, PEOPLE_LOOKED_UP) == [{"kinds": ["name", "phone"], "why": ""}]


def test_an_unmasked_export_needs_a_reason(desk: Desk) -> None:
    viewing = desk.viewing
    with pytest.raises(ViewReasonNeeded):
        viewing.exported(1, form="csv", columns=(), masked=False, why=" ", by=desk.by)


def test_a_history_has_everything_with_names_masked_until_asked_for(desk: Desk) -> None:
    from checkpoint_app.services.retelling import steps
    from tests.services.recorded import told

    row = record(desk, name=NAME, why="老人走错路", outcome=Outcome.REGISTERED)
    amend(desk, row, Changes(people=2), why="张三的车")
    desk.viewing.view(row.action, why="compare_id", by=desk.by).result()
    amending(desk).void(row, why="slip", by=desk.by).result()
    found = told(desk, row)
    masked = " ".join(f"{step.title} {step.detail}" for step in steps(found, masked=True))
    whole = " ".join(f"{step.title} {step.detail}" for step in steps(found, masked=False))
    assert not any(name in masked for name in (NAME, "老人", "王示范", "11010519491231002X"))
    assert all(name in whole for name in (NAME, "老人走错路", "张三的车", "王示范"))
    for words in ("People 1 → 2", "Seen in full", "Made void", "36.5"):
        assert words in masked
    assert [step.number for step in steps(found, masked=True)][-3:] == [row.seq + n for n in (1, 2, 3)]


def test_a_stream_is_read_at_once_so_that_the_limit_binds(tmp_path: Path) -> None:
    """What a caller does between two entries holds no snapshot; a cursor left half read does."""
    with opened(tmp_path) as ledger:
        ledger.append([crossed() for _ in range(5)]).result()
        with ledger.reader() as reader:
            count = "SELECT count(*) FROM entry"
            ((desk, epoch),) = queries.chains(reader)
            assert len(queries.entries(reader)) == len(queries.chain_entries(reader, desk, epoch)) == 6
            ledger.append([crossed()]).result()
            assert reader.execute(count).fetchone()[0] == 7
            half_read: Any = reader.execute("SELECT id FROM entry")
            next(half_read)
            ledger.append([crossed()]).result()
            assert reader.execute(count).fetchone()[0] == 7
            half_read.close()
