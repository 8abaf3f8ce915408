"""Chains that were restored, cloned or forged: both sides kept, neither trusted until somebody decides."""

from __future__ import annotations

import random
import shutil
from pathlib import Path
from typing import Any

import pytest

from checkpoint_app.domain.entry import read_header
from checkpoint_app.storage import forks, landing, settling, spans
from checkpoint_app.storage.appending import new_action
from checkpoint_app.storage.forks import Candidate, ForkRow
from checkpoint_app.storage.ledger import Ledger
from checkpoint_app.storage.settling import Decision, ForkGone, OwnHistory
from tests.storage.landings import (
    BY,
    HQ,
    Bundle,
    bundle,
    enrol,
    entries_of,
    everything,
    land,
    part,
    seen,
    station,
    work,
)


def disputes(ledger: Ledger) -> tuple[ForkRow, ...]:
    with ledger.reader() as reader:
        return forks.rows(reader)


def decide(ledger: Ledger, row: ForkRow, side: int) -> settling.Settled:
    trusted = row.sides[side]
    decision = Decision(row.desk, row.epoch, trusted.seq, trusted.hash, "看过原件", BY, new_action())
    return settling.settle(ledger, decision)


def vehicles(ledger: Ledger) -> int:
    with ledger.reader() as reader:
        (count,) = reader.execute("SELECT ifnull(sum(vehicles), 0) FROM hourly").fetchone()
    return int(count)


@pytest.fixture
def cloned(tmp_path: Path) -> tuple[list[Bundle], list[Bundle]]:
    """Two computers that both went on with one chain: two bundles of each, the first from what they share."""
    with station(tmp_path / "a") as south:
        work(south, 10)
    shutil.copytree(tmp_path / "a", tmp_path / "b")
    found = []
    for name, counts in (("a", (4, 3)), ("b", (5, 2))):
        with station(tmp_path / name) as south:
            for count in counts:
                work(south, count)
            entries = entries_of(south)
            seals = [read_header(each.header).seq for each in entries if b'"sealed"' in each.header]
            cut = [seal for seal in seals if seal > 12]
            pieces = [part(entries, 1, last=cut[0]), part(entries, cut[0] + 1)]
            found.append([bundle(south, each) for each in pieces])
    return found[0], found[1]


def headquarters(tmp_path: Path, name: str = "hq") -> Any:
    return station(tmp_path / name, HQ)


def knows(hq: Ledger, tmp_path: Path) -> None:
    with station(tmp_path / "a") as south:
        enrol(hq, south)


def test_of_two_histories_neither_is_seen_until_somebody_decides(
    tmp_path: Path, cloned: tuple[list[Bundle], list[Bundle]]
) -> None:
    with headquarters(tmp_path) as hq:
        knows(hq, tmp_path)
        for each in (*cloned[0], *cloned[1]):
            land(hq, each)
        (row,) = disputes(hq)
        assert len(row.sides) == 2
        assert len(seen(tmp_path / "hq")) == row.seq - 1
        assert vehicles(hq) == 10
        told = decide(hq, row, 1)
        assert told.dispute is None
        assert disputes(hq) == ()
        assert vehicles(hq) == 17
        assert len(seen(tmp_path / "hq")) == row.seq - 1 + told.revealed
        with hq.reader() as reader:
            assert reader.execute("SELECT count(*) FROM fork WHERE settled IS NULL").fetchone() == (0,)
            (said,) = reader.execute("SELECT public FROM entry WHERE kind = 'fork_settled'").fetchone()
        assert row.sides[1].hash in said


@pytest.mark.parametrize("seed", range(6))
def test_whatever_the_order_the_same_is_seen_and_disputed(
    tmp_path: Path, cloned: tuple[list[Bundle], list[Bundle]], seed: int
) -> None:
    every = [*cloned[0], *cloned[1]]
    states = []
    for number in (0, seed + 1):
        order = every if number == 0 else random.Random(seed).sample(every, len(every))
        with headquarters(tmp_path, f"hq-{number}") as hq:
            knows(hq, tmp_path)
            for each in order:
                land(hq, each)
            rows = disputes(hq)
            assert sum(land(hq, each).forks for each in every) == 0
            states.append(
                (
                    seen(tmp_path / f"hq-{number}"),
                    {side.hash for row in rows for side in row.sides},
                    [row.seq for row in rows],
                    vehicles(hq),
                )
            )
    assert states[0] == states[1]


@pytest.mark.parametrize("side", [0, 1])
def test_a_decision_holds_for_what_comes_later(
    tmp_path: Path, cloned: tuple[list[Bundle], list[Bundle]], side: int
) -> None:
    with headquarters(tmp_path) as hq:
        knows(hq, tmp_path)
        land(hq, cloned[0][0])
        land(hq, cloned[1][0])
        (row,) = disputes(hq)
        decide(hq, row, side)
        trusted, other = (cloned[0], cloned[1]) if side == 0 else (cloned[1], cloned[0])
        before = vehicles(hq)
        told = land(hq, other[1])
        assert (told.added, vehicles(hq)) == (0, before)
        assert told.forks == other[1].manifest.count
        assert land(hq, trusted[1]).added == trusted[1].manifest.count
        assert vehicles(hq) == 17
        assert disputes(hq) == ()
        with hq.reader() as reader:
            assert spans.gaps(reader) == ()


def test_a_side_that_does_not_join_is_a_dispute_without_a_second_entry(
    tmp_path: Path, cloned: tuple[list[Bundle], list[Bundle]]
) -> None:
    a, b = cloned
    with headquarters(tmp_path) as hq:
        knows(hq, tmp_path)
        land(hq, a[0])
        behind = b[1] if b[1].manifest.ranges[0].first == a[0].manifest.ranges[0].last + 1 else None
        land(hq, b[1])
        assert (disputes(hq) != ()) == (behind is not None)


def test_a_crash_in_the_midst_of_a_decision_is_gone_on_from(
    tmp_path: Path, cloned: tuple[list[Bundle], list[Bundle]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_given: Any) -> None:
        raise RuntimeError("killed")

    with headquarters(tmp_path) as hq:
        knows(hq, tmp_path)
        for each in (*cloned[0], *cloned[1]):
            land(hq, each)
        (row,) = disputes(hq)
        with monkeypatch.context() as broken:
            broken.setattr(settling, "_spans_from", fail)
            with pytest.raises(RuntimeError):
                decide(hq, row, 1)
        assert len(seen(tmp_path / "hq")) == row.seq - 1
    with headquarters(tmp_path) as hq:
        assert settling.resume(hq)
        assert not settling.resume(hq)
        assert landing.resume(hq) == 0
        assert disputes(hq) == ()
        assert vehicles(hq) == 17


def test_only_what_is_in_dispute_can_be_decided(
    tmp_path: Path, cloned: tuple[list[Bundle], list[Bundle]]
) -> None:
    with headquarters(tmp_path) as hq:
        knows(hq, tmp_path)
        for each in (cloned[0][0], cloned[1][0]):
            land(hq, each)
        (row,) = disputes(hq)
        with pytest.raises(ForkGone):
            settling.settle(hq, Decision(row.desk, row.epoch, 1, "0" * 64, "", BY, new_action()))


def test_what_came_of_our_own_chain_is_kept_apart_and_never_counts(
    tmp_path: Path, cloned: tuple[list[Bundle], list[Bundle]]
) -> None:
    with station(tmp_path / "a") as south:
        before = vehicles(south)
        told = land(south, cloned[1][0])
        assert (told.added, vehicles(south)) == (0, before)
        assert told.forks > 0
        (row,) = disputes(south)
        assert row.ours
        other = next(place for place, side in enumerate(row.sides) if side.bundle)
        with pytest.raises(OwnHistory):
            decide(south, row, other)
        decide(south, row, 1 - other)
        assert disputes(south) == ()
        assert vehicles(south) == before


def test_entries_of_an_own_earlier_epoch_come_back(tmp_path: Path) -> None:
    with station(tmp_path / "a") as south:
        work(south, 5)
        shutil.copytree(tmp_path / "a", tmp_path / "old")
        work(south, 6)
        found = everything(south)
    with station(tmp_path / "old", reason="restore") as restored:
        assert land(restored, found).added == 7
        assert len(seen(tmp_path / "old")) == 7
        assert vehicles(restored) == 11
        assert disputes(restored) == ()
        with restored.reader() as reader:
            assert spans.gaps(reader) == ()


def test_who_contradicts_the_trusted_line_is_rejected_with_all_that_follows() -> None:
    line = [Candidate(seq, f"a{seq}", f"a{seq - 1}") for seq in range(1, 6)]
    other = [Candidate(seq, f"b{seq}", f"b{seq - 1}" if seq > 3 else "a2", aside=True) for seq in range(3, 7)]
    assert forks.rejected([*line, *other], (3, "a3")) == {(seq, f"b{seq}") for seq in range(3, 7)}
    assert forks.rejected([*line, *other], (3, "b3")) == {(seq, f"a{seq}") for seq in range(3, 6)}
    assert forks.rejected([*line, *other], (4, "b4")) == {(seq, f"a{seq}") for seq in range(3, 6)}
