"""Seeded ledgers: the count asked for, a sound chain, the same traffic again, and going on after a stop."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from random import Random

import pytest

from checkpoint_app.bench import forget, search, seed, traffic
from checkpoint_app.crypto.desk import signature_fits
from checkpoint_app.domain import chain, facts
from checkpoint_app.domain.identity import scanned_document
from checkpoint_app.domain.words import ClockState
from checkpoint_app.storage import database, hourly, queries
from checkpoint_app.storage.appending import read_entries
from checkpoint_app.storage.desk import read_desk_keys
from checkpoint_app.storage.engine import Connection


@pytest.fixture
def small_days(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three days instead of one for the same traffic, and many batches."""
    monkeypatch.setattr(traffic, "_PER_DAY", (150, 200))
    monkeypatch.setattr(seed, "BATCH", 40)


def crossings_in(reader: Connection) -> int:
    (count,) = reader.execute("SELECT count(*) FROM crossing").fetchone()
    return int(count)


@pytest.mark.usefixtures("small_days")
def test_a_seeded_ledger_has_what_was_asked_for_and_verifies(tmp_path: Path) -> None:
    seed.seed(tmp_path, 500)
    with database.open_reader(tmp_path, seed.key_of(tmp_path)) as reader:
        assert crossings_in(reader) == 500
        report = chain.verify(read_entries(reader), keys=read_desk_keys(reader), check=signature_fits)
        assert report.sound
        assert report.seals >= 2
        assert hourly.replay_hourly(reader) == ()
        assert len(queries.shifts(reader)) == 3 * len(traffic.days_of(500, seed=seed.SEED))
        heads = [row.people for row in queries.crossings(reader)]
        assert 1.5 < sum(heads) / len(heads) < 2.0
        kinds = {row[0] for row in reader.execute("SELECT DISTINCT kind FROM entry")}
    wanted = {facts.CHECK_FLAGGED, facts.TALLIED, facts.SHIFT_OPENED, facts.SHIFT_CLOSED, facts.SEALED}
    assert wanted < kinds
    assert facts.CLOCK_JUMPED not in kinds


@pytest.mark.usefixtures("small_days")
def test_a_stopped_build_goes_on_and_doubles_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Stopped(Exception):  # noqa: N818 - stands for a key press
        pass

    original = seed.Seeding._append
    batches = iter(range(9))

    def until_ninth(seeding: seed.Seeding, *batch: object, **progress: object) -> None:
        if next(batches, None) is None:
            raise Stopped
        original(seeding, *batch, **progress)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(seed.Seeding, "_append", until_ninth)
        with pytest.raises(Stopped):
            seed.seed(tmp_path, 500)
    seed.seed(tmp_path, 500)
    with database.open_reader(tmp_path, seed.key_of(tmp_path)) as reader:
        assert crossings_in(reader) == 500
        actions = reader.execute(
            "SELECT count(DISTINCT header ->> '$.action'), count(*) FROM entry"
        ).fetchone()
        assert actions[0] == actions[1]
        assert chain.verify(read_entries(reader), keys=read_desk_keys(reader), check=signature_fits).sound


def test_a_finished_build_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert seed.run(["60", "--folder", str(tmp_path)]) == 0
    before = (tmp_path / "ledger.db").read_bytes()
    assert seed.run(["60", "--folder", str(tmp_path)]) == 0
    assert (tmp_path / "ledger.db").read_bytes() == before
    assert "60 crossings written" in capsys.readouterr().out


def test_the_same_seed_gives_the_same_traffic() -> None:
    def some(number: int) -> list[object]:
        return list(islice(traffic.facts_of_day(traffic.LAST_DAY, 50, seed=number, desk="D"), 60))

    assert some(1) == some(1)
    assert some(1) != some(2)


def test_invented_numbers_are_formally_right() -> None:
    dice = Random(4)
    for _ in range(300):
        document = scanned_document(traffic.citizen_id(dice))
        assert document is not None
        assert not document.contradicts_itself


def test_days_add_up_and_end_on_the_last_one() -> None:
    days = traffic.days_of(2_000_000, seed=seed.SEED)
    assert sum(count for _, count in days) == 2_000_000
    assert days[-1][0] == traffic.LAST_DAY
    assert all(10_000 <= count <= 40_000 for _, count in days[:-1])


def test_a_seeded_ledger_opens_again_with_a_sure_clock(tmp_path: Path) -> None:
    seed.seed(tmp_path, 30)
    ledger = seed.open_seeded(tmp_path)
    try:
        assert ledger.clock is ClockState.SURE
    finally:
        ledger.close()


@pytest.mark.usefixtures("small_days")
def test_search_and_forgetting_are_measured(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "LIMIT_MS", 60_000.0)
    monkeypatch.setattr(forget, "ALONE", 0.1)
    folder = tmp_path / "seeded"
    seed.seed(folder, 300)
    assert search.run([str(folder), "--probes", "3"]) == 0
    assert forget.run([str(folder), "--people", "100"]) == 0
    told = capsys.readouterr().out
    assert "kept" in told
    assert "left in the pages under either key after it: 0" in told
    assert [path.name for path in tmp_path.iterdir()] == ["seeded"]


@pytest.mark.usefixtures("small_days")
def test_a_search_over_the_limit_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "LIMIT_MS", 0.0)
    seed.seed(tmp_path, 100)
    assert search.run([str(tmp_path), "--probes", "2", "--no-like"]) == 1
