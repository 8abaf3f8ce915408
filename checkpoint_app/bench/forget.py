"""`bench forget FOLDER`: forgets 1,500 people in a copy of a seeded ledger, while a lane goes on working.

Prints how long a vehicle's append took meanwhile, what pages still hold before and after the new key, and
whether the chain still verifies. Every page is decrypted and searched without the app's help.
"""

from __future__ import annotations

import argparse
import json
import os
import secrets
import shutil
import statistics
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from checkpoint_app.bench import traffic
from checkpoint_app.bench.pages import values_left
from checkpoint_app.bench.seed import key_of, open_seeded
from checkpoint_app.crypto import keychain
from checkpoint_app.crypto.desk import signature_fits
from checkpoint_app.domain import chain, facts
from checkpoint_app.domain.facts import By
from checkpoint_app.domain.verdict import Verdict
from checkpoint_app.domain.words import Outcome, VerdictState
from checkpoint_app.storage import database, forgetting, hourly
from checkpoint_app.storage.appending import new_action, read_entries
from checkpoint_app.storage.desk import read_desk_keys
from checkpoint_app.storage.engine import Connection
from checkpoint_app.storage.forgetting import Order
from checkpoint_app.storage.ledger import Ledger
from checkpoint_app.storage.renewing import renew_file

PEOPLE = 1_500
ALONE = 3.0  # seconds the lane is measured without anything else
LANE_PAUSE = 0.02  # seconds between two vehicles, many lanes' worth


@dataclass(slots=True)
class Lane:
    """Appends crossings until told to stop; the time of each is kept."""

    ledger: Ledger
    times: list[float] = field(default_factory=list)
    _stop: threading.Event = field(default_factory=threading.Event)

    def work(self) -> None:
        """Runs in its own thread."""
        dice = Random(7)
        while not self._stop.wait(LANE_PAUSE):
            now = self.ledger.now()
            fact = facts.vehicle_crossed(
                traffic.crossing_at(dice, now), Verdict(VerdictState.PASS), Outcome.RELEASED, by=By(), at=now
            )
            began = time.perf_counter()
            self.ledger.append((fact,)).result()
            self.times.append((time.perf_counter() - began) * 1000)

    def stop(self) -> None:
        self._stop.set()

    def report(self, when: str) -> float:
        """Prints how long the appends took since the last report; the 99th percentile, ms."""
        times, self.times = sorted(self.times), []
        if len(times) < 2:
            return 0.0
        p99 = statistics.quantiles(times, n=100)[98]
        print(
            f"a lane's append {when}: p50 {statistics.median(times):.1f} ms, p99 {p99:.1f} ms,"
            f" most {times[-1]:.1f} ms of {len(times)}"
        )
        return p99


def run(arguments: Sequence[str]) -> int:
    """`bench forget FOLDER [--people N]`; 1 when a value is left or the chain does not verify."""
    parser = argparse.ArgumentParser(prog="bench forget", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--people", type=int, default=PEOPLE)
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(dir=given.folder.parent, prefix="forget-") as place:
        copy = Path(place) / "ledger"
        shutil.copytree(given.folder, copy)
        _sync(database.ledger_file(copy))
        return 0 if _measure(copy, given.people) else 1


def _sync(path: Path) -> None:
    """Else the first checkpoint would wait until the whole copy is on the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _measure(folder: Path, people: int) -> bool:
    old_key = key_of(folder)
    with database.open_reader(folder, old_key) as reader:
        before, values = _victims(reader, people)
    found = values_left(folder, (old_key,), values)
    print(
        f"{people:,} people past retention, {len(found):,} of {len(values):,} of their values found in pages"
    )
    if found != values:
        raise ValueError("the search for values is not to be trusted")
    _forget(folder, before)
    left = values_left(folder, (old_key,), values)
    print(f"left in the pages before the new key: {len(left)}")
    new_key = _renew(folder, old_key)
    left = values_left(folder, (old_key, new_key), values)
    print(f"left in the pages under either key after it: {len(left)}")
    return not left and _is_sound(folder, new_key)


def _victims(reader: Connection, people: int) -> tuple[int, frozenset[bytes]]:
    """The cut-off (ms UTC) before which so many people came first, and what is only theirs.

    Names and plates are shared with others; a phone may look like the time in somebody's header (17…).
    """
    values: set[str] = set()
    count = 0
    rows = reader.execute(
        "SELECT happened, personal FROM entry WHERE kind = ? ORDER BY happened", (facts.VEHICLE_CROSSED,)
    )
    for happened, personal in rows:
        if count >= people:
            return happened, frozenset(value.encode() for value in values)
        told = json.loads(personal)
        count += len(told["people"])
        values.update(person["id"] for person in told["people"])
        values.update(person["phone"] for person in told["people"] if not person["phone"].startswith("17"))
    raise ValueError("fewer people than that")


def _forget(folder: Path, before: int) -> None:
    ledger = open_seeded(folder)
    lane = Lane(ledger)
    thread = threading.Thread(target=lane.work)
    thread.start()
    try:
        time.sleep(ALONE)
        lane.report("before")
        began = time.perf_counter()
        done = forgetting.forget(ledger, Order(before, "bench", new_action(), By()))
        took = time.perf_counter() - began
        lane.report("meanwhile")
    finally:
        lane.stop()
        thread.join()
        ledger.close()
    print(f"forgotten: {done.entries:,} entries, {done.people:,} people in {took:.2f} s")


def _renew(folder: Path, old_key: bytes) -> bytes:
    new_key = secrets.token_bytes(32)
    began = time.perf_counter()
    keychain.replace_key(folder, new_key, name="bench", rekey=lambda key: renew_file(folder, old_key, key))
    print(f"file written anew under a new key: {time.perf_counter() - began:.1f} s")
    return new_key


def _is_sound(folder: Path, key: bytes) -> bool:
    began = time.perf_counter()
    with database.open_reader(folder, key) as reader:
        report = chain.verify(read_entries(reader), keys=read_desk_keys(reader), check=signature_fits)
        different = hourly.replay_hourly(reader)
    took = time.perf_counter() - began
    print(
        f"verified in {took:.1f} s: {report.entries:,} entries, {report.seals:,} seals,"
        f" {report.forgotten:,} forgotten, {len(report.faults)} faults, {len(different)} counts differ"
    )
    return report.sound and not different
