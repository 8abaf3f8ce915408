"""Bundles of other desks in this ledger: all of one or nothing, seen at the end, whatever came before."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from checkpoint_app.crypto.desk import signature_fits
from checkpoint_app.domain import chain
from checkpoint_app.domain.errors import Trouble
from checkpoint_app.domain.peers import PeerRole
from checkpoint_app.storage import backup, database, finding, landing, landing_steps, spans, staging
from checkpoint_app.storage.appending import read_entries
from checkpoint_app.storage.desk import read_desk_keys
from checkpoint_app.storage.engine import DiskFull, IntegrityError
from checkpoint_app.storage.landing import LandingStopped
from checkpoint_app.storage.landing_steps import Pace, Steps
from checkpoint_app.storage.ledger import Ledger
from tests.storage.desks import KEY, opened
from tests.storage.landings import (
    BY,
    HQ,
    NORTH,
    bundle,
    enrol,
    entries_of,
    everything,
    land,
    part,
    seen,
    staged,
    station,
    work,
)


def gaps_of(ledger: Ledger) -> list[tuple[int, int, bool]]:
    with ledger.reader() as reader:
        return [(gap.first, gap.last, gap.tail) for gap in spans.gaps(reader)]


def test_what_lands_is_there_as_it_was_written_with_its_receipt(tmp_path: Path) -> None:
    with station(tmp_path / "s") as south, station(tmp_path / "hq", HQ) as hq:
        work(south, 30)
        enrol(hq, south)
        found = everything(south)
        told = land(hq, found)
        assert (told.added, told.present, told.forks, told.gaps) == (32, 0, 0, ())
        assert [row[3] for row in seen(tmp_path / "hq")] == [entry.hash for entry in entries_of(south)]
        with hq.reader() as reader:
            receipt = reader.execute("SELECT public FROM entry WHERE kind = 'bundle_received'").fetchone()[0]
            assert found.manifest.bundle in receipt
            assert len(finding.search(reader, "豫A00007").rows) == 1
            report = chain.verify(read_entries(reader), keys=read_desk_keys(reader), check=signature_fits)
        assert report.sound
        assert not list((tmp_path / "hq" / staging.FOLDER).iterdir())


def test_a_preview_says_what_landing_then_does(tmp_path: Path) -> None:
    with station(tmp_path / "s") as south, station(tmp_path / "hq", HQ) as hq:
        work(south, 10)
        enrol(hq, south)
        land(hq, everything(south))
        work(south, 10)
        found = everything(south)
        with staged(hq, found) as waiting:
            with hq.unveiled() as reader:
                said = landing.preview(reader, waiting, found.manifest)
            before = seen(tmp_path / "hq")
            told = landing.land(hq, waiting, found.manifest, by=BY)
        assert (said.new, said.present, said.forks) == (11, 12, 0) == (told.added, told.present, told.forks)
        assert len(before) == 12


def test_what_arrives_twice_is_there_once(tmp_path: Path) -> None:
    with station(tmp_path / "s") as south, station(tmp_path / "hq", HQ) as hq:
        work(south, 5)
        enrol(hq, south)
        found = everything(south)
        land(hq, found)
        again, other = land(hq, found), land(hq, everything(south))
        assert (again.added, again.present, other.added, other.present) == (0, 7, 0, 7)
        assert len(seen(tmp_path / "hq")) == 7
        with hq.reader() as reader:
            assert landing.taken_at(reader, found.manifest) is not None
            assert landing.taken_at(reader, replace(found.manifest, digest="0" * 64)) is None


def test_bundles_in_any_order_leave_the_same_behind(tmp_path: Path) -> None:
    with station(tmp_path / "s") as south:
        for _ in range(5):
            work(south, 4)
        entries = entries_of(south)
        pieces = [part(entries, 1 + 5 * n + (n > 0), last=5 * n + 6) for n in range(5)]
        found = [bundle(south, each) for each in pieces]
        seens = []
        for number in range(4):
            order = random.Random(number).sample(found, len(found))
            with station(tmp_path / f"hq-{number}", HQ) as hq:
                enrol(hq, south)
                for each in order:
                    land(hq, each)
                assert gaps_of(hq) == []
            seens.append(seen(tmp_path / f"hq-{number}"))
    assert all(each == seens[0] for each in seens)
    assert len(seens[0]) == len(entries)


def test_what_is_missing_is_known_by_number_also_at_the_end(tmp_path: Path) -> None:
    with station(tmp_path / "s") as south, station(tmp_path / "hq", HQ) as hq:
        for _ in range(3):
            work(south, 3)
        enrol(hq, south)
        entries = entries_of(south)
        land(hq, bundle(south, part(entries, 10, last=12)))
        assert gaps_of(hq) == [(1, 9, False)]
        land(hq, bundle(south, part(entries, 1, last=4)))
        assert gaps_of(hq) == [(6, 9, False)]
        hq.transact(
            lambda connection: spans.note_announced(
                connection, (south.head().desk, south.head().epoch), seq=20, digest="0" * 64, at=1
            )
        ).result()
        assert gaps_of(hq) == [(6, 9, False), (14, 20, True)]


def test_headquarters_receipts_announce_what_a_restored_desk_lost(tmp_path: Path) -> None:
    with (
        station(tmp_path / "s") as south,
        station(tmp_path / "n", NORTH) as north,
        station(tmp_path / "hq", HQ) as hq,
    ):
        work(south, 5)
        enrol(hq, south)
        enrol(north, hq, PeerRole.HEADQUARTERS)
        land(hq, everything(south))
        hq.seal("test").result()
        land(north, everything(hq))
        assert gaps_of(north) == [(1, 7, True)]


def test_while_it_arrives_nobody_sees_any_of_it(tmp_path: Path) -> None:
    counts: list[tuple[int, ...]] = []

    def looking(_done: int, _all: int) -> bool:
        with database.open_reader(tmp_path / "hq", KEY) as reader:
            tables = ("entry WHERE id >= 134217728", "mark", "crossing", "hourly", "duty")
            counts.append(
                tuple(reader.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables)
            )
        with hq.unveiled() as reader:
            below.append(reader.execute("SELECT count(*) FROM entry WHERE id >= 134217728").fetchone()[0])
        return True

    below: list[int] = []
    with station(tmp_path / "s") as south, station(tmp_path / "hq", HQ) as hq:
        work(south, 20)
        enrol(hq, south)
        land(hq, everything(south), progress=looking)
    assert set(counts) == {(0, 0, 0, 0, 0)}
    assert max(below) == 22, "nothing was there to be hidden"


def test_a_landing_that_is_stopped_leaves_nothing(tmp_path: Path) -> None:
    with station(tmp_path / "s") as south, station(tmp_path / "hq", HQ) as hq:
        work(south, 20)
        enrol(hq, south)
        found = everything(south)
        with pytest.raises(LandingStopped):
            land(hq, found, progress=lambda _done, _all: False)
        with hq.unveiled() as reader:
            tables = ("entry WHERE id >= 134217728", "mark", "withheld", "arrival", "span", "hourly")
            assert [reader.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables] == [
                0
            ] * 6
        assert land(hq, found).added == 22


@pytest.mark.parametrize("keep_staging", [True, False])
@pytest.mark.parametrize("step", range(3))
def test_an_interrupted_landing_is_finished_or_taken_out_at_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int, keep_staging: bool
) -> None:
    real, steps = Steps._write, iter(range(100))

    def write(self: Steps, *given: Any) -> None:
        if next(steps) == step:
            raise DiskFull(path=self.ledger.path)
        real(self, *given)

    with station(tmp_path / "s") as south, station(tmp_path / "hq", HQ) as hq:
        work(south, 40)
        found = everything(south)
        enrol(hq, south)
        with monkeypatch.context() as broken:
            broken.setattr(landing_steps, "CHUNK", 14)
            broken.setattr(Steps, "_write", write)
            broken.setattr(staging.Staging, "close", staging.Staging.leave)
            with pytest.raises(Trouble):
                land(hq, found)
    assert seen(tmp_path / "hq") == []
    if not keep_staging:
        for file in (tmp_path / "hq" / staging.FOLDER).iterdir():
            file.unlink()
    with opened(tmp_path / "hq", desk=HQ) as hq:
        assert landing.resume(hq) == 1
        assert landing.resume(hq) == 0
        assert len(seen(tmp_path / "hq")) == (42 if keep_staging else 0)
        again = land(hq, found)
        assert again.added + again.present == 42
    assert len(seen(tmp_path / "hq")) == 42


def test_a_backup_made_meanwhile_is_cleaned_at_its_first_start(tmp_path: Path) -> None:
    def copying(_done: int, _all: int) -> bool:
        if not (tmp_path / "copy").exists():
            (tmp_path / "copy").mkdir()
            backup.copy_ledger(tmp_path / "hq", KEY, database.ledger_file(tmp_path / "copy"))
        return True

    with station(tmp_path / "s") as south, station(tmp_path / "hq", HQ) as hq:
        work(south, 20)
        enrol(hq, south)
        found = everything(south)
        land(hq, found, progress=copying)
    assert seen(tmp_path / "copy") == []
    with opened(tmp_path / "copy", desk=HQ) as restored:
        assert landing.resume(restored) == 1
        with restored.unveiled() as reader:
            assert reader.execute("SELECT count(*) FROM entry WHERE id >= 134217728").fetchone() == (0,)
        assert land(restored, found).added == 22


@pytest.mark.parametrize("which", ["WHERE id >= 134217728", ""])
def test_only_what_nobody_sees_may_be_deleted(tmp_path: Path, which: str) -> None:
    with station(tmp_path / "s") as south, station(tmp_path / "hq", HQ) as hq:
        work(south, 3)
        enrol(hq, south)
        land(hq, everything(south))
        with pytest.raises(IntegrityError):
            hq.transact(lambda connection: connection.execute(f"DELETE FROM entry {which}")).result()


def test_what_is_staged_can_be_read_by_nobody_without_the_key(tmp_path: Path) -> None:
    with station(tmp_path / "s") as south, station(tmp_path / "hq", HQ) as hq:
        work(south, 200)
        enrol(hq, south)
        with staged(hq, everything(south)) as waiting:
            waiting.secure()
            data = waiting.path.read_bytes()
            assert waiting.size() == 202
    assert len(data) > 100_000
    assert not any(
        text.encode() in data for text in ("张三", "11010519491231002X", "豫A00", "vehicle_crossed")
    )
    assert not waiting.path.exists()


def test_a_personal_part_that_was_missing_comes_with_another_bundle(tmp_path: Path) -> None:
    with station(tmp_path / "s") as south, station(tmp_path / "hq", HQ) as hq:
        work(south, 3)
        enrol(hq, south)
        entries = part(entries_of(south), 1)
        bare = [replace(entry, personal=None, salt=None) for entry in entries]
        land(hq, bundle(south, bare))
        assert [row[4] for row in seen(tmp_path / "hq") if row[4]] == []
        land(hq, bundle(south, entries))
        assert len([row[4] for row in seen(tmp_path / "hq") if row[4]]) == 3
        with hq.reader() as reader:
            assert len(finding.search(reader, "豫A00001").rows) == 1


def test_a_step_that_took_long_is_followed_by_a_shorter_one() -> None:
    pace = Pace(10.0, rows=1_000)
    pace.took(1_000, 0.050)
    assert pace.rows == 200
    pace.took(200, 0.001)
    assert pace.rows == 400, "no more than twice as many at once"
    pace.took(400, 5.0)
    assert pace.rows == landing_steps.FEWEST
    assert pace.longest == 5_000
