"""A kill at any moment of an import leaves all of a bundle or nothing, and the next start goes on."""

from __future__ import annotations

import json
import logging
import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2 as plain

from tests.kill.arriving import Order
from tests.kill.nursery import Nursery, nursery, until_gone, until_opened
from tests.storage.desks import KEY
from tests.storage.landings import HQ, NORTH, SOUTH, bundle, enrol, entries_of, part, station, work

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs fork and SIGKILL")

LOG = logging.getLogger(__name__)  # shown by --log-cli-level=INFO
SEED = 20221016
LONGEST = 0.35  # seconds of work before a kill
BLOCK = 1 << 27


@dataclass
class Outside:
    """Looks at the file with nothing of the program, after each kill."""

    folder: Path
    bundles: Sequence[Any]
    faults: list[str] = field(default_factory=list)
    between: int = 0
    """Kills after which a bundle lay half in the file, seen by nobody."""

    def look(self) -> None:
        connection = plain.connect(f"{(self.folder / 'ledger.db').as_uri()}", uri=True)
        try:
            connection.execute(f"PRAGMA key = \"x'{KEY.hex()}'\"")
            hidden = connection.execute("SELECT low, high FROM withheld").fetchall()
            rows = connection.execute(
                "SELECT id, lower(hex(hash)) FROM entry WHERE id >= ?", (BLOCK,)
            ).fetchall()
            ended = {
                row[0] for row in connection.execute("SELECT bundle FROM arrival WHERE ended IS NOT NULL")
            }
            told = {row[0] for row in connection.execute(_RECEIPTS)}
            counted = dict(
                connection.execute("SELECT desk, sum(vehicles) FROM hourly GROUP BY desk").fetchall()
            )
        finally:
            connection.close()
        seen = {digest for ident, digest in rows if not any(low <= ident <= high for low, high in hidden)}
        self.between += len(rows) > len(seen)
        self._judge(seen, ended, told, counted)

    @property
    def partial(self) -> bool:
        """Whether a part of a bundle was ever seen."""
        return any("seen of" in fault for fault in self.faults)

    def _judge(self, seen: set[str], ended: set[str], told: set[str], counted: dict[str, int]) -> None:
        for one in self.bundles:
            here = len(seen & one.hashes)
            if here not in (0, len(one.hashes)):
                self.faults.append(f"{here} of {len(one.hashes)} seen of {one.name}")
            if (here > 0) != (one.name in ended) or (here > 0) != (one.name in told):
                self.faults.append(
                    f"{one.name}: {here} seen, ended {one.name in ended}, told {one.name in told}"
                )
        whole = sum(one.crossings for one in self.bundles if one.name in ended)
        if sum(counted.values()) != whole:
            self.faults.append(f"{counted} counted, {whole} are here")


_RECEIPTS = "SELECT public ->> '$.bundle' FROM entry WHERE id < 134217728 AND kind = 'bundle_received'"


@dataclass(frozen=True)
class Sent:
    """A bundle, and what is in it."""

    name: str
    file: str
    hashes: set[str]
    crossings: int


def test_40_kills_leave_no_partial_bundle(tmp_path: Path) -> None:
    assert_all_or_nothing(tmp_path, kills=40)


@pytest.mark.long
@pytest.mark.timeout(900)
def test_500_kills_leave_no_partial_bundle(tmp_path: Path) -> None:
    assert_all_or_nothing(tmp_path, kills=500)


def test_an_import_that_hides_nothing_is_found_out(tmp_path: Path) -> None:
    outsides = kill_often(tmp_path, kills=300, careless=True)
    assert any(outside.partial for outside in outsides)


def assert_all_or_nothing(folder: Path, *, kills: int) -> None:
    outsides = kill_often(folder, kills=kills)
    assert [fault for outside in outsides for fault in outside.faults] == []
    between = sum(outside.between for outside in outsides)
    LOG.info("%d kills, %d of them in the midst of a bundle", kills, between)
    assert between > kills // 8, "hardly a kill fell into a landing: the harness proves nothing"


def kill_often(folder: Path, *, kills: int, careless: bool = False) -> list[Outside]:
    """A fresh desk whenever one has taken in everything; each was looked at after every kill."""
    dice = random.Random(SEED)
    bundles = made(folder)
    outsides: list[Outside] = []
    with nursery("tests.kill.arriving") as found:
        for number in range(kills):
            if not outsides or outsides[-1].faults or finished(outsides[-1], bundles):
                place = folder / f"hq-{number}"
                shutil.copytree(folder / "hq", place)
                outsides.append(Outside(place, bundles))
            place = outsides[-1].folder
            files = tuple(one.file for one in bundles)
            order = Order(str(place), KEY.hex(), str(folder / f"said-{number}"), files, careless)
            kill_once(found, order, after=dice.uniform(0, LONGEST))
            outsides[-1].look()
            if dice.random() < 0.15:
                shutil.rmtree(place / "staging", ignore_errors=True)  # as after a backup was restored
            if careless and outsides[-1].partial:
                break
    return outsides


def kill_once(found: Nursery, order: Order, *, after: float) -> None:
    process = found.start(order)
    until_opened(Path(order.out), 0)
    time.sleep(after)  # the random moment itself, not a synchronisation
    with_it = Path(order.out).read_text()
    if "done" not in with_it:
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
    until_gone(process)


def finished(outside: Outside, bundles: Sequence[Sent]) -> bool:
    connection = plain.connect(str(outside.folder / "ledger.db"))
    try:
        connection.execute(f"PRAGMA key = \"x'{KEY.hex()}'\"")
        (count,) = connection.execute("SELECT count(*) FROM arrival WHERE ended IS NOT NULL").fetchone()
    finally:
        connection.close()
    return bool(count == len(bundles))


def made(folder: Path) -> list[Sent]:
    """Bundles of two stations for one headquarters, whose folder is there too."""
    with (
        station(folder / "south", SOUTH) as south,
        station(folder / "north", NORTH) as north,
        station(folder / "hq", HQ) as hq,
    ):
        for each in (south, north):
            work(each, 400)
            work(each, 400)
            enrol(hq, each)
        return [save(folder, each, first) for each in (south, north) for first in (1, 404)]


def save(folder: Path, ledger: Any, first: int) -> Sent:
    entries = part(entries_of(ledger), first, last=first + 390)
    found = bundle(ledger, entries)
    file = found.save(folder / f"{found.manifest.bundle}.cpb")
    kinds = [json.loads(entry.header)["kind"] for entry in entries]
    return Sent(
        found.manifest.bundle,
        str(file),
        {entry.hash.hex() for entry in entries},
        kinds.count("vehicle_crossed"),
    )
