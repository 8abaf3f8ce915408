"""Loads started quickly and killed at a chosen moment."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, replace
from pathlib import Path

from tests.kill.arriving import Order as Arriving
from tests.kill.load import Order
from tests.kill.oracle import Oracle

ROOT = Path(__file__).resolve().parent.parent.parent
OPENING = 10.0  # seconds after which a load that has not opened its ledger is a fault
LONGEST = 0.1  # seconds of work before a kill


class Nursery:
    """One process with everything imported, which forks loads."""

    def __init__(self, module: str = "tests.kill.load") -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", module, "--serve"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def start(self, order: Order | Arriving) -> int:
        """The number of a new process that carries out `order`."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(asdict(order)) + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())

    def close(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait(10)


@contextmanager
def nursery(module: str = "tests.kill.load") -> Iterator[Nursery]:
    """A nursery, closed at the end."""
    found = Nursery(module)
    try:
        yield found
    finally:
        found.close()


def kill_often(found: Nursery, folder: Path, *, kills: int, seed: int, early: bool = False) -> list[Oracle]:
    """Starts and kills loads, a new ledger every 50 kills; each oracle has looked after every kill."""
    dice, oracles = random.Random(seed), []
    for number in range(kills):
        if number % 50 == 0:
            place = folder / f"ledger-{number}"
            key = dice.randbytes(32).hex()
            oracles.append(Oracle(place / "ledger.db", key))
            order = Order(str(place), key, str(folder / f"said-{number}"), early=early)
        order = replace(order, seed=dice.randrange(2**32))
        kill_once(found, order, oracles[-1], after=dice.uniform(0, LONGEST), opening=dice.random() < 0.1)
        if early and oracles[-1].faults:
            break
    return oracles


def kill_once(found: Nursery, order: Order, oracle: Oracle, *, after: float, opening: bool) -> None:
    """One load, killed `after` seconds of work, or while it is `opening`."""
    said = Path(order.out)
    before = said.stat().st_size if said.exists() else 0
    process = found.start(order)
    if not opening:
        until_opened(said, before)
    time.sleep(after)  # the random moment itself, not a synchronisation
    os.kill(process, signal.SIGKILL)
    until_gone(process)
    oracle.hear(heard(said, before))
    if oracle.file.exists() and oracle.file.stat().st_size:
        oracle.look()


def heard(said: Path, before: int) -> list[str]:
    """Whole lines said after `before` bytes."""
    if not said.exists():
        return []
    whole = said.read_bytes()[before:]
    return [line.decode() for line in whole.split(b"\n")[:-1]]


def until_opened(said: Path, before: int) -> None:
    """Waits for the load to say that it works."""
    deadline = time.monotonic() + OPENING
    while not any(line.startswith("opened") for line in heard(said, before)):
        assert time.monotonic() < deadline, "a load did not open its ledger"
        time.sleep(0.002)


def until_gone(process: int) -> None:
    """Waits for a killed process to be reaped."""
    deadline = time.monotonic() + 60
    with suppress(ProcessLookupError):
        while time.monotonic() < deadline:
            os.kill(process, 0)
            time.sleep(0.0005)


def until_stopped(process: int) -> None:
    """Waits for a load that stands still at its start."""
    deadline = time.monotonic() + OPENING
    while Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] != "T":
        assert time.monotonic() < deadline, "a load did not stop"
        time.sleep(0.001)
