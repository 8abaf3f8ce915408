"""A cut of the power on a real journalling file system: everything unsynced is gone."""

from __future__ import annotations

import os
import random
import signal
import time
from pathlib import Path

import pytest

from tests.kill.disks import Ext4, ext4, missing
from tests.kill.load import Order
from tests.kill.nursery import Nursery, heard, nursery, until_gone, until_opened
from tests.kill.oracle import Oracle

REASON = missing("mkfs.ext4", "mount", "umount")
pytestmark = pytest.mark.skipif(bool(REASON), reason=REASON)

KEY = "5a" * 32
SEED = 20221015


def test_a_power_cut_loses_nothing_that_was_acknowledged(tmp_path: Path, full_counts: bool) -> None:
    oracle = cut_often(tmp_path, cuts=100 if full_counts else 8, synchronous="FULL")
    assert oracle.faults == []
    assert oracle.acks


def test_without_a_sync_at_each_commit_a_power_cut_loses_entries(tmp_path: Path) -> None:
    oracle = cut_often(tmp_path, cuts=20, synchronous="NORMAL")
    assert any(fault.startswith(("lost", "draft")) for fault in oracle.faults)


def cut_often(folder: Path, *, cuts: int, synchronous: str) -> Oracle:
    """One ledger through many cuts, until the first fault; acknowledgements count if said before the cut."""
    dice = random.Random(SEED)
    with ext4(folder) as disk, nursery() as found:
        oracle = Oracle(disk.place / "lane" / "ledger.db", KEY)
        for number in range(cuts):
            order = Order(str(oracle.file.parent), KEY, str(folder / f"said-{number}"), dice.randrange(2**32))
            cut_once(found, disk, order, oracle, after=dice.uniform(0.05, 0.4), synchronous=synchronous)
            if oracle.faults:
                break
        return oracle


def painted_meanwhile(said: Path) -> list[str]:
    """What the screen showed between the last hearing and the cut: it need not be asked about again.

    Acknowledgements of that moment are not taken up: nobody can tell whether they came before the cut.
    """
    return [line for line in heard(said, 0) if line.startswith("painted ")]


def cut_once(
    found: Nursery, disk: Ext4, order: Order, oracle: Oracle, *, after: float, synchronous: str
) -> None:
    said = Path(order.out)
    process = found.start(Order(order.folder, order.key, order.out, order.seed, synchronous=synchronous))
    until_opened(said, 0)
    time.sleep(after)  # the random moment itself, not a synchronisation
    oracle.hear(heard(said, 0))
    disk.cut_power()
    os.kill(process, signal.SIGKILL)
    until_gone(process)
    oracle.hear(painted_meanwhile(said))
    disk.unmount()
    disk.mount()
    oracle.forget_what_was_read()
    oracle.look()
