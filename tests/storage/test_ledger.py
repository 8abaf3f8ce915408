"""Appending: what a resolved future promises, and what the chain holds for it."""

from __future__ import annotations

from concurrent.futures import Future
from pathlib import Path

import pytest

from checkpoint_app.domain import facts
from checkpoint_app.domain.canonical import NotCanonical
from checkpoint_app.domain.entry import LONGEST_PART, Fact, Head
from checkpoint_app.storage import engine
from checkpoint_app.storage.appending import new_action
from checkpoint_app.storage.engine import ReadTooLong
from checkpoint_app.storage.ledger import Terms, Written
from tests.storage.desks import DESK, KEY, START, Clock, actions, crossed, headers, opened, verified
from tests.storage.traffic import BY


def test_what_was_acknowledged_is_in_the_file_with_that_hash(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        (written,) = ledger.append([crossed(1)]).result()
        assert ledger.head().hash == written.hash
    with opened(tmp_path) as ledger, ledger.reader() as connection:
        row = connection.execute("SELECT hash FROM entry WHERE seq = ?", (written.seq,)).fetchone()
    assert row[0].hex() == written.hash


def test_a_chain_begins_with_the_epoch_and_ends_with_a_seal(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        ledger.append([crossed(1), crossed(2)]).result()
    assert [header.kind for header in headers(tmp_path)] == [
        "epoch_begun",
        "vehicle_crossed",
        "vehicle_crossed",
        "sealed",
    ]
    assert verified(tmp_path).sound


def test_a_second_start_goes_on_with_the_same_chain(tmp_path: Path) -> None:
    for number in range(3):
        with opened(tmp_path) as ledger:
            ledger.append([crossed(number)]).result()
    assert len({header.epoch for header in headers(tmp_path)}) == 1
    assert len({header.run for header in headers(tmp_path)}) == 3
    assert verified(tmp_path).seals == 3


def test_a_start_without_an_entry_writes_nothing(tmp_path: Path) -> None:
    with opened(tmp_path):
        pass
    before = headers(tmp_path)
    with opened(tmp_path):
        pass
    assert headers(tmp_path) == before


def test_another_machine_begins_a_new_epoch_that_names_the_old_head(tmp_path: Path) -> None:
    with opened(tmp_path, machine="one"):
        pass
    with opened(tmp_path, machine="one"):
        pass
    assert {header.seq for header in headers(tmp_path)} == {1, 2}
    with opened(tmp_path, machine="two") as ledger, ledger.reader() as connection:
        public = connection.execute(
            "SELECT public ->> '$.reason', public ->> '$.parent.seq' FROM entry ORDER BY id DESC LIMIT 1"
        ).fetchone()
    assert public == ("clone", 2)
    assert verified(tmp_path).sound


def test_an_action_that_is_asked_for_twice_is_written_once(tmp_path: Path) -> None:
    fact = crossed(1)
    with opened(tmp_path) as ledger:
        first = ledger.append([fact]).result()
        assert ledger.append([fact, crossed(2)]).result()[0] == first[0]
    with opened(tmp_path) as ledger:
        assert ledger.append([fact]).result() == first
    assert [header.action for header in headers(tmp_path)].count(fact.action) == 1


def test_facts_and_drafts_are_written_together_or_not_at_all(tmp_path: Path) -> None:
    too_long = Fact("vehicle_crossed", "0" * 32, START, {"x": "y" * LONGEST_PART})
    with opened(tmp_path) as ledger:
        ledger.keep({"lane": {"plate": "豫A00001"}}).result()
        with pytest.raises(ValueError, match="part too long"):
            ledger.append([crossed(1), too_long], drafts={"lane": None}).result()
        assert ledger.drafts() == {"lane": {"plate": "豫A00001"}}
        ledger.append([crossed(2)], drafts={"lane": None}).result()
        assert ledger.drafts() == {}
    kinds = [header.kind for header in headers(tmp_path)]
    assert kinds.count("vehicle_crossed") == 1


def test_what_no_ledger_may_hold_is_the_callers_fault_and_stops_nobody(tmp_path: Path) -> None:
    bad = Fact("vehicle_crossed", "0" * 32, START, {"temperature": 36.5})  # type: ignore[dict-item]
    with opened(tmp_path) as ledger:
        future = ledger.append([bad])
        with pytest.raises(NotCanonical):
            future.result()
        ledger.append([crossed(1)]).result()
    assert verified(tmp_path).sound


def test_every_500th_entry_is_a_seal_also_within_one_transaction(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        ledger.append([crossed(number) for number in range(1200)]).result()
    sealed = [header.seq for header in headers(tmp_path) if header.kind == "sealed"]
    assert sealed == [500, 1000, 1204]
    assert verified(tmp_path).sound


def test_ten_minutes_are_sealed(tmp_path: Path) -> None:
    clock = Clock()
    with opened(tmp_path, tick=clock) as ledger:
        ledger.append([crossed(1)]).result()
        clock.pass_by(599_000)
        ledger.append([crossed(2)]).result()
        assert [header.kind for header in headers(tmp_path)].count("sealed") == 0
        clock.pass_by(1_000)
        ledger.append([crossed(3)]).result()
    assert [header.kind for header in headers(tmp_path)][-2:] == ["vehicle_crossed", "sealed"]


def test_an_idle_ledger_is_sealed_by_time_too(tmp_path: Path) -> None:
    clock = Clock()
    sealed: Future[None] = Future()
    with opened(tmp_path, tick=clock, terms=Terms(ballast=0, seal_after=1000)) as ledger:
        ledger.append([crossed(1)]).result()
        ledger.on_written(lambda written: sealed.set_result(None) if written[-1].kind == "sealed" else None)
        clock.pass_by(1_000)
        sealed.result(5)


def test_a_seal_can_be_asked_for(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        ledger.append([crossed(1)]).result()
        assert ledger.seal("handover").result().kind == "sealed"
    assert verified(tmp_path).sound


def test_listeners_hear_what_was_written_after_it_was(tmp_path: Path) -> None:
    heard: list[tuple[Written, ...]] = []
    with opened(tmp_path, terms=Terms(ballast=0, seal_every=2)) as ledger:
        ledger.on_written(heard.append)
        ledger.append([crossed(1)]).result()
        ledger.keep({"lane": {}}).result()
    assert [[written.kind for written in group] for group in heard] == [["vehicle_crossed", "sealed"]]


def test_what_was_not_painted_is_asked_about_at_the_next_start(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        first = ledger.append([crossed(1)]).result()[0]
        second = ledger.append([crossed(2)], painted=first.seq).result()[0]
        third = ledger.append([crossed(3)]).result()[0]
    with opened(tmp_path) as ledger:
        assert ledger.unconfirmed() == (second, third)
        ledger.append([crossed(4)], painted=third.seq).result()
        assert ledger.unconfirmed() == (second, third)
    with opened(tmp_path) as ledger:
        assert [written.seq for written in ledger.unconfirmed()] == [third.seq + 2]
        ledger.close(painted=ledger.head().seq)


def test_after_a_clean_exit_that_painted_everything_nothing_is_asked(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        last = ledger.append([crossed(1)]).result()[0]
        ledger.close(painted=last.seq)
    with opened(tmp_path) as ledger:
        assert ledger.unconfirmed() == ()


@pytest.mark.parametrize(("why", "asked"), [("after_restart", [2]), ("slip", [1, 2])])
def test_an_answer_holds_while_another_waits(tmp_path: Path, why: str, asked: list[int]) -> None:
    """The control: what was undone for anything else was no answer."""
    with opened(tmp_path) as ledger:
        waiting = [ledger.append([crossed(number)]).result()[0] for number in (1, 2)]
    with opened(tmp_path) as ledger:
        ref = Head(DESK, waiting[0].epoch, waiting[0].seq, waiting[0].hash)
        undone = facts.outcome_undone(
            ref, ref_action=waiting[0].action, by=BY, at=START, action=new_action(), why=why
        )
        ledger.append([undone]).result()
    with opened(tmp_path) as ledger:
        left = [written for written in ledger.unconfirmed() if written.kind == facts.VEHICLE_CROSSED]
    assert left == [waiting[number - 1] for number in asked]


def test_what_a_run_showed_is_told_as_far_as_it_was_seen(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        older = ledger.append([crossed(1)]).result()[0]
    with opened(tmp_path) as ledger:
        seen = ledger.append([crossed(2)]).result()[0]
        unseen = ledger.append([crossed(3)]).result()[0]
        ledger.tell(upto=seen.seq).result()
    with opened(tmp_path) as ledger:
        assert ledger.unconfirmed() == (older, unseen)


def test_a_reader_cannot_write(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        with pytest.raises(engine.LedgerReadOnly), ledger.reader() as connection:
            connection.execute("DELETE FROM draft")
        ledger.append([crossed(1)]).result()


def test_a_reader_that_takes_too_long_is_stopped_and_the_next_one_works(tmp_path: Path) -> None:
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    with opened(tmp_path) as ledger:
        ledger._readers._longest = 0.05
        with pytest.raises(ReadTooLong), ledger.reader() as connection:
            connection.execute(endless).fetchone()
        with ledger.reader() as connection:
            assert connection.execute("SELECT count(*) FROM entry").fetchone() == (1,)


def test_the_file_shows_neither_names_nor_its_own_kind(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        ledger.append([crossed(1)]).result()
        whole = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    for text in ("张三", "11010519491231002X", "SQLite format", DESK):
        assert text.encode() not in whole


def test_work_that_needs_the_file_alone_can_change_its_key(tmp_path: Path) -> None:
    other = b"n" * 32

    def change(connection: engine.Connection) -> None:
        connection.execute("PRAGMA journal_mode = DELETE").fetchall()
        connection.execute(f"PRAGMA rekey = \"x'{other.hex()}'\"").fetchall()
        engine.set_and_check(connection, "journal_mode", "WAL", expected="wal")

    with opened(tmp_path) as ledger:
        written = ledger.append([crossed(1)]).result()[0]
        with ledger.reader() as connection:
            connection.execute("SELECT 1")
        ledger.alone(change, key=other).result()
        with ledger.reader() as connection:
            assert connection.execute("SELECT count(*) FROM entry").fetchone() == (2,)
        ledger.append([crossed(2)]).result()
    with pytest.raises(engine.WrongKey):
        actions(tmp_path, KEY)
    assert written.action in actions(tmp_path, other)


def test_equal_payloads_have_equal_digests_on_one_desk_and_no_other(tmp_path: Path) -> None:
    with opened(tmp_path / "one") as one, opened(tmp_path / "two") as two:
        assert one.payload_digest(b"code") == one.payload_digest(b"code") != two.payload_digest(b"code")


def test_a_closed_ledger_closes_again_and_takes_nothing_more(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        ledger.close()
        ledger.close()
        with pytest.raises(RuntimeError):
            ledger.append([crossed(1)]).result()
