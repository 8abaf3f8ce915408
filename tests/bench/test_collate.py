"""A day of several stations in one file: everything arrives, what was sent is kept, numbers are told."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from checkpoint_app.bench import collate
from checkpoint_app.bench.bundles import KEY
from checkpoint_app.domain import facts
from checkpoint_app.storage import blocks, database, queries

STATIONS, CROSSINGS = 4, 300


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("stations")


def test_every_crossing_of_every_station_is_in_one_file_once(root: Path, tmp_path: Path) -> None:
    sent = collate.stations_sent(STATIONS, CROSSINGS, root=root)
    grown = list(collate.collate(tmp_path, sent))
    assert [each.stations for each in grown] == [0, 1, 2, 3, 4]
    with database.open_reader(tmp_path, KEY) as reader:
        rows = reader.execute("SELECT desk FROM entry WHERE kind = ?", (facts.VEHICLE_CROSSED,)).fetchall()
        (foreign,) = reader.execute("SELECT count(*) FROM entry WHERE id >= ?", (blocks.BLOCK,)).fetchone()
        found = list(collate.search(reader, searches=10))
        shifts = queries.shifts(reader)
    assert Counter(desk for (desk,) in rows) == {each.peer.desk: CROSSINGS for each in sent}
    assert foreign == grown[-1].entries
    assert len(shifts) == 3 * STATIONS
    assert [each.length for each in found] == [2, 3, 4]
    assert all(len(each.times) == len(each.empty) == 10 and each.rows > 0 for each in found)


def test_what_stations_sent_is_kept_and_used_again(root: Path) -> None:
    before = collate.stations_sent(2, CROSSINGS, root=root)
    bytes_ = [file.read_bytes() for each in before for file in each.files]
    again = collate.stations_sent(2, CROSSINGS, root=root)
    assert [file.read_bytes() for each in again for file in each.files] == bytes_
    assert [each.peer for each in again] == [each.peer for each in before]


def test_a_station_that_was_stopped_half_way_is_made_anew(root: Path, tmp_path: Path) -> None:
    (stick := tmp_path / f"000-{20}" / "stick").mkdir(parents=True)
    (stick / "half_1-9.cpb").write_bytes(b"half")
    (made,) = collate.stations_sent(1, 20, root=tmp_path)
    assert [file.name for file in made.files] != ["half_1-9.cpb"]
    (grown,) = list(collate.collate(tmp_path / "hq", (made,)))[-1:]
    assert grown.entries >= 20


def test_rate_size_growth_and_search_are_printed(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = ["--stations", "2", "--crossings", f"{CROSSINGS}", "--searches", "5", "--cache", str(root)]
    assert collate.run(wanted) == 0
    told = capsys.readouterr().out
    for word in ("entries a second", "bytes an entry more", "p99 ms", "empty loop", "kept"):
        assert word in told
    assert len(re.findall(r"^[234] .*\d$", told, re.MULTILINE)) == 3
    monkeypatch.setattr(collate, "LIMIT_MS", 0.0)
    assert collate.run(wanted) == 1
    assert "exceeded" in capsys.readouterr().out
