"""Forgetting: nothing personal is left in any page under any key, and everything that counts still does."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from checkpoint_app.bench.pages import values_left
from checkpoint_app.domain import facts, lane_draft
from checkpoint_app.domain.crossing import Person
from checkpoint_app.domain.entry import Fact
from checkpoint_app.domain.facts import Tally
from checkpoint_app.domain.lane import LaneState
from checkpoint_app.domain.words import Direction, VehicleClass
from checkpoint_app.storage import database, engine, finding, forgetting, hourly, queries, renewing
from checkpoint_app.storage.appending import new_action
from checkpoint_app.storage.forgetting import ForgettingHindered, Order
from checkpoint_app.storage.ledger import Ledger
from checkpoint_app.storage.renewing import key_that_opens, renew_file
from tests.storage.desks import KEY, START, opened, verified
from tests.storage.traffic import DAY, amended, crossed, crossing, flagged

NEW_KEY = b"n" * 32
BOTH = (KEY, NEW_KEY)
CUT = START + DAY


def order(**changes: Any) -> Order:
    return replace(Order(CUT, "豫指〔2022〕7号", new_action(), facts.By("", "07")), **changes)


def planted(count: int, *, at: int = START) -> tuple[list[Fact], set[bytes]]:
    """Crossings of so many people, one each, and the values that must not be found again."""
    people = [
        Person(1, f"忘{number:04}", f"4101051980010{number:05}", "citizen_id", f"1390{number:07}")
        for number in range(count)
    ]
    entries = [
        crossed(crossing(plate=f"忘Z{number:05}", people=(person,)), at=at + number)
        for number, person in enumerate(people)
    ]
    values = {
        value.encode()
        for number, person in enumerate(people)
        for value in (person.name, person.document, person.phone, f"忘Z{number:05}")
    }
    return entries, values


def bystanders(count: int) -> list[Fact]:
    """Crossings after the cut-off, so that the planted ones share pages with others."""
    return [crossed(crossing(plate=f"豫A{number:05}"), at=CUT + number) for number in range(count)]


def state(folder: Path, key: bytes = KEY) -> tuple[object, ...]:
    """What forgetting must not change: counts by hour, chain, seals."""
    report = verified(folder, key)
    assert report.sound
    with database.open_reader(folder, key) as reader:
        counts = queries.hours(reader, since=0, until=10**6)
        assert hourly.replay_hourly(reader) == ()
    return counts, report.ends[0].epoch


@contextmanager
def filled(folder: Path, count: int) -> Iterator[tuple[Ledger, set[bytes]]]:
    """A ledger of `count` planted people among others."""
    entries, values = planted(count)
    with opened(folder) as ledger:
        for start in range(0, count, 300):
            ledger.append([*entries[start : start + 300], *bystanders(150)]).result()
        yield ledger, values


def test_of_1500_people_nothing_is_left_after_the_key_change(tmp_path: Path) -> None:
    with filled(tmp_path, 1_500) as (ledger, values):
        assert values_left(tmp_path, (KEY,), values) == values
        counts = queries_hours(ledger)
        done = forgetting.forget(ledger, order())
        assert (done.entries, done.people) == (1_500, 1_500)
        assert (done.first, done.last) == (START, START + 1_499)
        assert len(values_left(tmp_path, (KEY,), values)) <= len(values) * 0.01
        assert queries_hours(ledger) == counts
        assert forgetting.renewal_is_due(ledger)
    before = state(tmp_path)
    renew_file(tmp_path, KEY, NEW_KEY)
    assert values_left(tmp_path, BOTH, values) == set()
    assert state(tmp_path, NEW_KEY) == before
    assert verified(tmp_path, NEW_KEY).forgotten == 1_500
    with opened(tmp_path, key=NEW_KEY) as ledger:
        assert not forgetting.renewal_is_due(ledger)
        ledger.append([crossed()]).result()


def queries_hours(ledger: Ledger) -> object:
    with ledger.reader() as reader:
        return queries.hours(reader, since=0, until=10**6)


def test_the_search_for_values_finds_every_one_that_is_there(tmp_path: Path) -> None:
    """Control: pages are really decrypted, log and file alike."""
    with filled(tmp_path, 30) as (_, values):
        assert (tmp_path / "ledger.db-wal").stat().st_size > 0
        assert values_left(tmp_path, (KEY,), values) == values
        assert values_left(tmp_path, (NEW_KEY,), values) == set()
    assert values_left(tmp_path, (KEY,), values) == values


def test_without_secure_delete_most_would_be_left(tmp_path: Path) -> None:
    with filled(tmp_path, 300) as (ledger, values):
        ledger.alone(lambda db: db.execute("PRAGMA secure_delete = OFF").fetchall()).result()
        forgetting.forget(ledger, order())
        assert len(values_left(tmp_path, (KEY,), values)) > len(values) / 2


def test_an_open_reader_hinders_and_would_keep_values(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forgetting, "PATIENCE", 0.2)
    with filled(tmp_path, 300) as (ledger, values):
        reader = engine.connect(ledger.path, KEY, readonly=True)
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM entry").fetchone()
        with pytest.raises(ForgettingHindered):
            forgetting.forget(ledger, order())
        assert len(values_left(tmp_path, (KEY,), values)) > len(values) / 2
        assert not forgetting.renewal_is_due(ledger)
        reader.close()
        done = forgetting.resume(ledger)
        assert done is not None
        assert done.entries == 300
        assert forgetting.resume(ledger) is None
        assert forgetting.renewal_is_due(ledger)


def test_a_reader_keeps_the_file_from_being_renewed(tmp_path: Path) -> None:
    with filled(tmp_path, 5):
        pass
    reader = engine.connect(database.ledger_file(tmp_path), KEY, readonly=True)
    reader.execute("SELECT count(*) FROM entry").fetchone()
    with pytest.raises(ForgettingHindered):
        renew_file(tmp_path, KEY, NEW_KEY)
    reader.close()
    assert verified(tmp_path).sound


def test_what_happened_later_and_what_is_no_such_kind_is_kept(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        what = crossing()
        ledger.append([flagged(what), crossed(what), crossed(at=CUT)]).result()
        done = forgetting.forget(ledger, order(kinds=(facts.CHECK_FLAGGED,)))
        assert done.entries == 1
        with ledger.reader() as reader:
            assert [row.forgotten for row in queries.crossings(reader)] == [False, False]
        assert forgetting.forget(ledger, order()).entries == 1
        with ledger.reader() as reader:
            assert [row.forgotten for row in queries.crossings(reader)] == [False, True]


def test_a_later_correction_of_a_forgotten_crossing_goes_with_it(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        (written,) = ledger.append([crossed()]).result()
        ledger.append([amended(written, personal={"plate": "忘A99999"}, at=CUT + DAY)]).result()
        assert forgetting.forget(ledger, order()).entries == 2
        assert values_left(tmp_path, (KEY,), ["忘A99999".encode()]) == set()
        with ledger.reader() as reader:
            assert finding.search(reader, "A999").rows == ()
    assert verified(tmp_path).sound


def test_drafts_older_than_the_cut_go_and_younger_ones_stay(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        ledger.keep({"lane.1": {"plate": "忘A1"}}, painted=1).result()
        forgetting.forget(ledger, order(before=START))
        assert "lane.1" in ledger.drafts()
        forgetting.forget(ledger, order())
        assert "lane.1" not in ledger.drafts()
        with ledger.reader() as reader:
            rows = reader.execute("SELECT name FROM draft ORDER BY name").fetchall()
        assert rows == [("painted",), ("renewal_due",)]


def test_an_old_lane_loses_its_plates_and_names_and_no_vehicle_and_no_count(tmp_path: Path) -> None:
    parked = crossing(plate="忘A99999", people=(Person(1, "忘名"),))
    tally = Tally("a" * 32, 1, Direction.IN, START, ((VehicleClass.CAR, 3, 5),))
    state = LaneState(1, Direction.IN, parked=(parked,), tally=tally)
    with opened(tmp_path) as ledger:
        ledger.keep({"lane:1": lane_draft.write(state)}).result()
        forgetting.forget(ledger, order())
        left = lane_draft.read(ledger.drafts().get("lane:1"), blank=LaneState(1, Direction.IN))
        assert (left.tally, [each.action for each in left.parked]) == (tally, [parked.action])
        assert values_left(tmp_path, (KEY,), ["忘A99999".encode(), "忘名".encode()]) == set()


def test_copies_and_old_backups_go_and_are_named(tmp_path: Path) -> None:
    backups = [tmp_path / "old.backup", tmp_path / "young.backup"]
    for backup, made in zip(backups, (START, CUT + DAY), strict=True):
        backup.write_bytes(b"encrypted")
        os.utime(backup, ns=(made * 10**6, made * 10**6))
    folder = tmp_path / "ledger"
    with opened(folder) as ledger:
        (folder / "ledger.before-1000.db").write_bytes(b"a copy")
        done = forgetting.forget(ledger, order(), backups=backups)
        assert done.files == ("ledger.before-1000.db", "old.backup")
        assert [backup.exists() for backup in backups] == [False, True]
        with ledger.reader() as reader:
            told = [row.entry.public for row in queries.entries(reader, kinds=(facts.ERASED,))]
    assert b'"stage":"ordered"' in told[0]
    assert b'"files":["ledger.before-1000.db","old.backup"]' in told[1]


def test_the_order_is_told_without_anything_personal(tmp_path: Path) -> None:
    with filled(tmp_path, 20) as (ledger, values):
        forgetting.forget(ledger, order())
        with ledger.reader() as reader:
            rows = list(queries.entries(reader, kinds=(facts.ERASED,)))
    assert len(rows) == 2
    assert all(row.entry.personal is None for row in rows)
    assert "豫指〔2022〕7号".encode() in rows[0].entry.public
    assert not any(value in row.entry.public for row in rows for value in values)


def test_a_stop_between_two_steps_is_made_good_at_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Stopped(Exception):  # noqa: N818 - stands for a power cut
        pass

    def stop(*_: object) -> tuple[str, ...]:
        raise Stopped

    with filled(tmp_path, 300) as (ledger, values), monkeypatch.context() as patch:
        patch.setattr(forgetting, "_old_drafts", stop)
        with pytest.raises(Stopped):
            forgetting.forget(ledger, order())
    with opened(tmp_path) as ledger:
        done = forgetting.resume(ledger)
        assert done is not None
        assert (done.entries, done.people) == (300, 300)
        assert len(values_left(tmp_path, (KEY,), values)) <= len(values) * 0.01
    assert verified(tmp_path).sound


def test_a_step_stops_when_its_time_is_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forgetting, "STEP", 0)
    sizes: list[int] = []
    original = forgetting._step

    def counted(the_order: Order, done: forgetting.Forgotten, ids: Sequence[int]) -> Any:
        sizes.append(len(ids))
        return original(the_order, done, ids)

    monkeypatch.setattr(forgetting, "_step", counted)
    with filled(tmp_path, 20) as (ledger, _):
        assert forgetting.forget(ledger, order()).entries == 20
    assert sizes == list(range(20, 0, -1))


@pytest.mark.parametrize("place", ["_copy", "_check", "_put_in_place", "_sync"])
def test_a_stop_while_the_file_is_renewed_leaves_one_that_opens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    with filled(tmp_path, 20):
        pass
    before = state(tmp_path)

    def stop(*_: object, **__: object) -> int:
        raise OSError("power")

    with monkeypatch.context() as patch:
        patch.setattr(renewing, place, stop)
        with pytest.raises((OSError, engine.DiskFailed)):
            renew_file(tmp_path, KEY, NEW_KEY)
    key = key_that_opens(tmp_path, BOTH)
    assert state(tmp_path, key) == before
    assert not list(tmp_path.glob("ledger.renewed*"))
    renew_file(tmp_path, key, NEW_KEY)
    assert key_that_opens(tmp_path, BOTH) == NEW_KEY
    assert state(tmp_path, NEW_KEY) == before


def test_no_key_opens_a_renewed_file_but_the_new_one(tmp_path: Path) -> None:
    with filled(tmp_path, 5):
        pass
    renew_file(tmp_path, KEY, NEW_KEY)
    with pytest.raises(engine.WrongKey):
        key_that_opens(tmp_path, (KEY,))


RENEWING = """
import sys
from pathlib import Path
from checkpoint_app.storage.renewing import renew_file
print("ready", flush=True)
sys.stdin.readline()
renew_file(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]), bytes.fromhex(sys.argv[3]))
print("renewed", flush=True)
"""


def test_whenever_the_renewing_process_is_killed_one_key_opens_the_whole_ledger(tmp_path: Path) -> None:
    with filled(tmp_path, 200):
        pass
    before, key = state(tmp_path), KEY
    outcomes = set()
    for after in (0.0, 0.02, 0.04, 0.06, 0.1, 0.3):
        other = NEW_KEY if key == KEY else KEY
        finished = killed_while_renewing(tmp_path, key, other, after=after)
        key = key_that_opens(tmp_path, (key, other))
        outcomes.add((finished, key == other))
        assert state(tmp_path, key) == before
    assert (True, False) not in outcomes
    assert (False, False) in outcomes


def killed_while_renewing(folder: Path, key: bytes, new_key: bytes, *, after: float) -> bool:
    """Kills another process some seconds into its renewing; True when it had said that it was done."""
    process = subprocess.Popen(
        [sys.executable, "-c", RENEWING, str(folder), key.hex(), new_key.hex()],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
        text=True,
    )
    with process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdout.readline()
        process.stdin.write("\n")
        process.stdin.flush()
        time.sleep(after)
        process.kill()
        return "renewed" in process.stdout.read()
