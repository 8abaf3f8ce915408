"""A kill at any moment loses nothing that was acknowledged, and the restart asks about the rest."""

from __future__ import annotations

import logging
import sys
from pathlib import Path

import pytest

from tests.kill.nursery import kill_often, nursery

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs fork and SIGKILL")

LOG = logging.getLogger(__name__)  # shown by --log-cli-level=INFO
SEED = 20221015


def test_200_kills_lose_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    assert_nothing_lost(tmp_path, kills=200)


@pytest.mark.long
@pytest.mark.timeout(900)
def test_1000_kills_lose_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    assert_nothing_lost(tmp_path, kills=1000)


def test_acknowledging_before_the_commit_loses_entries_to_a_kill(tmp_path: Path) -> None:
    with nursery() as found:
        oracles = kill_often(found, tmp_path, kills=100, seed=SEED, early=True)
    assert any(fault.startswith("lost") for oracle in oracles for fault in oracle.faults)


def assert_nothing_lost(folder: Path, *, kills: int) -> None:
    with nursery() as found:
        oracles = kill_often(found, folder, kills=kills, seed=SEED)
    assert [fault for oracle in oracles for fault in oracle.faults] == []
    acks = sum(len(oracle.acks) for oracle in oracles)
    unconfirmed = sum(oracle.unconfirmed for oracle in oracles)
    LOG.info("%d kills, %d entries acknowledged, %d committed and never so", kills, acks, unconfirmed)
    assert acks > kills
    assert unconfirmed > 0, "no kill fell between commit and acknowledgement: the harness proves nothing"
