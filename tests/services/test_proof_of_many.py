"""A file with chains of many desks: what never came is listed, what was taken out is a fault."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from checkpoint_app.crypto.desk import DeskKey
from checkpoint_app.domain.chain import Report
from checkpoint_app.domain.entry import read_header
from checkpoint_app.services.proof import prove
from checkpoint_app.storage.engine import Connection
from checkpoint_app.storage.ledger import Ledger
from tests.storage import landings

Read = Callable[[], AbstractContextManager[Connection]]


@pytest.fixture
def above(tmp_path: Path) -> Ledger:
    """Headquarters, with the first and the third of three stretches of a station."""
    with landings.station(tmp_path / "s") as south:
        for _ in range(3):
            landings.work(south, 3)
        entries = landings.entries_of(south)
        with landings.station(tmp_path / "hq", "HQ-1") as ledger:
            landings.enrol(ledger, south)
            first = landings.part(entries, 1, 2)
            last = landings.part(entries, read_header(first[-1].header).seq + 5)
            for part in (first, last):
                landings.land(ledger, landings.bundle(south, part))
    return ledger


def proved(folder: Path) -> Report:
    with landings.station(folder, "HQ-1") as ledger:
        return prove(ledger.reader)


def test_what_never_came_of_another_chain_is_a_gap_and_no_fault(above: Ledger) -> None:
    report = proved(above.folder)
    assert report.sound
    ((desk, first, last),) = [(gap.desk, gap.seq, gap.upto) for gap in report.gaps]
    assert (desk, last - first if last else 0) == (landings.SOUTH, 3)


def test_control_what_was_taken_out_of_another_chain_is_a_fault(above: Ledger) -> None:
    with landings.station(above.folder, "HQ-1") as ledger:

        def steal(connection: Connection) -> None:
            connection.execute("DROP TRIGGER entry_stays")
            connection.execute("DELETE FROM entry WHERE desk = ? AND seq = 2", (landings.SOUTH,))

        ledger.transact(steal).result()
        report = prove(ledger.reader)
    assert [(fault.what, fault.seq) for fault in report.faults] == [("gap", 2)]


def test_a_key_of_another_desk_seals_nothing(above: Ledger) -> None:
    with landings.station(above.folder, "HQ-1") as ledger:
        public = DeskKey.make().public

        def swap(connection: Connection) -> None:
            connection.execute("UPDATE desk_key SET desk = 'X-1' WHERE desk = ?", (landings.SOUTH,))
            connection.execute("INSERT INTO desk_key VALUES(?, 'other', ?, 0)", (landings.SOUTH, public))

        ledger.transact(swap).result()
        report = prove(ledger.reader)
    assert {fault.what for fault in report.faults} == {"seal"}
