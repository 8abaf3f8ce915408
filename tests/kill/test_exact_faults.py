"""A kill or an error at each single write and sync of a short piece of work, put there by strace."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from checkpoint_app.storage import database
from tests.kill.load import Order
from tests.kill.nursery import Nursery, heard, nursery, until_gone, until_stopped
from tests.kill.oracle import Oracle
from tests.storage.desks import verified

ABSENT = sys.platform != "linux" or shutil.which("strace") is None
pytestmark = pytest.mark.skipif(ABSENT, reason="needs strace: this protection is NOT shown by this run")

KEY = "5a" * 32
CALLS = ("pwrite64", "fsync", "ftruncate")
SEED = 20221015


@pytest.fixture(scope="module")
def found() -> Iterator[Nursery]:
    with nursery() as one:
        yield one


@pytest.mark.timeout(1800)
def test_a_kill_at_any_call_loses_nothing(found: Nursery, tmp_path: Path, full_counts: bool) -> None:
    count = count_calls(found, tmp_path / "count")
    for call in CALLS:
        for number in chosen(count[call], full_counts=full_counts, few=4):
            oracle = suffer(found, tmp_path / f"{call}-{number}", f"{call}:signal=SIGKILL:when={number}")
            assert oracle.faults == [], (call, number)


@pytest.mark.timeout(1800)
def test_an_error_at_any_call_is_told_and_the_work_goes_on(
    found: Nursery, tmp_path: Path, full_counts: bool
) -> None:
    """Each action is asked for again after its refusal; in the end all are there, once."""
    count = count_calls(found, tmp_path / "count")
    for call in CALLS:
        for number in chosen(count[call], full_counts=full_counts, few=4):
            oracle = suffer(found, tmp_path / f"{call}-{number}", f"{call}:error=EIO:when={number}")
            assert oracle.faults == [], (call, number)
            assert set(oracle.troubles) <= {"DiskFailed"}, (call, number)


def test_a_disk_that_fails_again_and_again_acknowledges_only_what_it_holds(
    found: Nursery, tmp_path: Path
) -> None:
    for call, every in (("pwrite64", 23), ("fsync", 3)):
        oracle = suffer(found, tmp_path / call, f"{call}:error=EIO:when=9+{every}")
        assert oracle.faults == []
        assert "DiskFailed" in oracle.troubles, call
        assert verified(oracle.file.parent, bytes.fromhex(KEY)).sound


def test_a_disk_that_is_dead_from_some_call_on_acknowledges_nothing_more(
    found: Nursery, tmp_path: Path, full_counts: bool
) -> None:
    for number in (40, 80, 120, 160) if full_counts else (80,):
        oracle = suffer(found, tmp_path / str(number), f"pwrite64,fsync:error=EIO:when={number}+")
        assert oracle.faults == []
        assert oracle.troubles[-1] == "DiskFailed"


def test_a_slow_disk_delays_the_answer_and_nothing_else(found: Nursery, tmp_path: Path) -> None:
    oracle = suffer(found, tmp_path / "slow", "fsync:delay_enter=12000")
    assert oracle.faults == []
    assert oracle.troubles == []
    assert oracle.acks


def chosen(count: int, *, full_counts: bool, few: int) -> list[int]:
    """Every call, or a few that differ little from run to run."""
    assert count
    every = range(1, count + 1)
    return list(every) if full_counts else random.Random(SEED).sample(every, min(few, count))


def count_calls(found: Nursery, folder: Path) -> dict[str, int]:
    """How often the piece of work makes each call on the ledger's files."""
    folder.mkdir()
    work(found, folder, ["-e", "trace=" + ",".join(CALLS)])
    lines = (folder / "trace").read_text().splitlines()
    return {call: sum(f" {call}(" in line for line in lines) for call in CALLS}


def suffer(found: Nursery, folder: Path, fault: str) -> Oracle:
    """The piece of work under that fault, then once more without it, and what the oracle says of both."""
    folder.mkdir()
    calls = fault.split(":", 1)[0]
    oracle = Oracle(folder / "desk" / database.FILE, KEY)
    work(found, folder, ["-e", f"trace={calls}", "-e", f"inject={fault}"])
    said = folder / "said"
    oracle.hear(heard(said, 0))
    if oracle.file.exists() and oracle.file.stat().st_size:
        oracle.look()
    before = said.stat().st_size if said.exists() else 0
    work(found, folder, None)
    oracle.hear(heard(said, before))
    oracle.look()
    assert heard(said, before)[-1] == "done"
    return oracle


def work(found: Nursery, folder: Path, tracing: list[str] | None) -> None:
    """Ten steps of a lane in a process of their own, traced or not; back when it has ended."""
    order = Order(
        str(folder / "desk"),
        KEY,
        str(folder / "said"),
        seed=1,
        steps=10,
        close=True,
        depth=1,
        stopped=tracing is not None,
    )
    process = found.start(order)
    if tracing is not None:
        trace(process, folder, tracing)
    until_gone(process)


def trace(process: int, folder: Path, tracing: list[str]) -> None:
    """Attaches strace to a process that stands still, lets it go on and follows it to its end."""
    paths = [f"{folder}/desk/{database.FILE}{end}" for end in ("", "-wal")]
    only = [word for path in paths for word in ("-P", path)]
    command = ["strace", "-f", "-o", str(folder / "trace"), *only, *tracing, "-p", str(process)]
    until_stopped(process)
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as tracer:
        assert tracer.stderr is not None
        assert "attached" in tracer.stderr.readline()
        os.kill(process, signal.SIGCONT)
        tracer.communicate(timeout=60)
