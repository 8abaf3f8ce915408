"""Verification in parts: the same answer whatever the parts, and the end alone for a quick look."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import pytest

from checkpoint_app.services import proof
from checkpoint_app.services.proof import prove, prove_end
from checkpoint_app.storage import database
from tests.cli.desks import forced
from tests.storage.desks import KEY, crossed, opened


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """Twelve entries of traffic in one chain."""
    with opened(tmp_path) as writing:
        for number in range(10):
            writing.append((crossed(number),)).result()
    return tmp_path


@pytest.mark.parametrize("part", [1, 3, 12, 2_000])
def test_parts_make_no_difference(ledger: Path, part: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proof, "PART", part)
    with database.open_reader(ledger, KEY) as connection:
        report = prove(lambda: nullcontext(connection))
    assert (report.sound, report.entries, report.seals) == (True, 12, 1)


def test_progress_can_end_the_work(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proof, "PART", 4)
    with database.open_reader(ledger, KEY) as connection:
        report = prove(lambda: nullcontext(connection), progress=lambda done: done < 8)
    assert report.entries == 8


def test_work_that_is_ended_begins_no_other_chain(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with opened(ledger, reason="restore") as writing:
        writing.append((crossed(99),)).result()
    monkeypatch.setattr(proof, "PART", 4)
    with database.open_reader(ledger, KEY) as connection:
        assert prove(lambda: nullcontext(connection), progress=lambda _done: False).entries <= 4
        assert len(prove(lambda: nullcontext(connection)).ends) == 2


def test_the_end_alone_is_proved_from_the_entry_before_it(ledger: Path) -> None:
    with database.open_reader(ledger, KEY) as connection:
        report = prove_end(connection, most=5)
    assert (report.sound, report.entries) == (True, 5)


@pytest.mark.parametrize(("seq", "sound"), [(6, True), (9, False)])
def test_the_end_alone_sees_changes_in_the_end_alone(ledger: Path, seq: int, sound: bool) -> None:
    with forced(ledger, KEY) as connection:
        connection.execute("UPDATE entry SET public = '{}' WHERE seq = ?", (seq,))
    with database.open_reader(ledger, KEY) as connection:
        assert prove_end(connection, most=5).sound is sound
        assert not prove(lambda: nullcontext(connection)).sound
