"""What `bench exchange` says is what was measured: everything goes out and comes in, beside its floor."""

from __future__ import annotations

from pathlib import Path

import pytest

from checkpoint_app.bench import exchange, exchange_lane
from checkpoint_app.bench.bundles import KEY, Sent
from checkpoint_app.bench.exchange import Round, Took
from checkpoint_app.bench.seed import seed
from checkpoint_app.storage import blocks, database

CROSSINGS = 300


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("seeded")
    seed(folder, CROSSINGS)
    return folder


def test_each_round_has_both_sides_beside_floors_of_the_same_entries(seeded: Path, tmp_path: Path) -> None:
    found = list(exchange.rounds(seeded, tmp_path, count=2))
    assert [each.side for each in found] == ["export", "import"] * 2
    assert all(each.entries > CROSSINGS for each in found)
    assert found[0].entries == found[1].entries
    for number in range(2):
        rows = [_rows(tmp_path / str(number) / name) for name in ("floor", "hq")]
        assert rows[0] == rows[1]
        assert min(rows[0]) > CROSSINGS


def _rows(folder: Path) -> tuple[int, int]:
    """Foreign entries and all marks."""
    count = f"SELECT (SELECT count(*) FROM entry WHERE id >= {blocks.BLOCK}), (SELECT count(*) FROM mark)"
    with database.open_reader(folder, KEY, whole=True) as reader:
        entries, found = reader.execute(count).fetchone()
    return entries, found


def test_a_lane_and_the_hold_of_every_step_are_told(
    seeded: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchange_lane, "ALONE", 0.2)
    sent: Sent = exchange._sent(seeded, tmp_path)
    exchange_lane.beside_a_lane(tmp_path / "hq", sent)
    told = capsys.readouterr().out
    assert "a lane's append before: " in told
    assert "an empty loop meanwhile: p99 " in told
    steps = int(told.partition(" steps held the writer")[0].rpartition("\n")[2].replace(",", ""))
    assert steps > 5  # each table's rows, their marks, and the last


@pytest.mark.parametrize(
    ("clock", "processor", "busy", "status"),
    [(2.4, 2.4, False, 0), (2.6, 2.4, False, 1), (2.6, 2.4, True, 0), (2.6, 2.6, True, 1)],
)
def test_processor_time_decides_only_on_a_busy_machine(
    clock: float, processor: float, busy: bool, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchange, "_is_busy", lambda: busy)
    found = [
        Round(side, 1_000, Took(1.0, 1.0), Took(times * clock / 2.5, times * processor / 2.5))
        for side, times in exchange.BARS.items()
    ]
    assert exchange.tell(found) == status
