"""`bench exchange [--crossings N] [--lane] [--memory]`: taking in bundles against writing the same rows.

The floor reads every row from the same file and writes it with `executemany` into the same table under the
same settings, and its search marks, all in one transaction; the import decrypts, checks, stages, inserts,
derives and appends receipts. `--lane` measures a lane's appends meanwhile, `--memory` the peaks of imports of
10,000 and of N crossings, each in a process of its own.
"""

from __future__ import annotations

import argparse
import multiprocessing
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from checkpoint_app.bench.exchange_out import peak_mb
from checkpoint_app.bench.forget import Lane
from checkpoint_app.bench.seed import folder_of, key_of, open_seeded, seed
from checkpoint_app.config import Settings
from checkpoint_app.crypto.desk import DeskKey
from checkpoint_app.crypto.envelope import ExchangeKey
from checkpoint_app.domain.facts import By
from checkpoint_app.domain.peers import Peer, PeerRole
from checkpoint_app.services.desk import new_action
from checkpoint_app.services.rights import Rights
from checkpoint_app.services.sending import Sending, Which
from checkpoint_app.storage import blocks, database, landing, marks
from checkpoint_app.storage.bundle import read_bundle
from checkpoint_app.storage.desk import read_desk_key
from checkpoint_app.storage.engine import Connection
from checkpoint_app.storage.ledger import Ledger, Terms
from checkpoint_app.storage.peers import write_peer
from checkpoint_app.storage.trust import read_trust

BAR, LANE_BAR_MS = 2.5, 50.0
FLAT_MB = 100
"""What a hundred times the entries may take more: the engine's own caches, which are bounded."""
FEW = 10_000
HEADQUARTERS = "BENCH-HQ"
KEY = b"b" * 32
_ROWS = "SELECT id + ?, header, public, personal, salt, hash FROM entry WHERE id > ? ORDER BY id LIMIT 2000"
_INSERT = "INSERT INTO entry(id, header, public, personal, salt, hash) VALUES(?, ?, ?, ?, ?, ?)"


@dataclass(frozen=True, slots=True)
class Sent:
    """What a station sent: files, and the peer and key that go with them."""

    files: tuple[Path, ...]
    peer: Peer
    key: ExchangeKey


def run(arguments: Sequence[str]) -> int:
    """1 when the import is over its bar."""
    parser = argparse.ArgumentParser(prog="bench exchange", description=__doc__)
    parser.add_argument("--crossings", type=int, default=100_000)
    parser.add_argument("--lane", action="store_true")
    parser.add_argument("--memory", action="store_true")
    given = parser.parse_args(arguments)
    folder = folder_of(given.crossings)
    seed(folder, given.crossings)
    if given.memory:
        return int(not _memory(given.crossings))
    with tempfile.TemporaryDirectory() as other, sent_from(folder, Path(other)) as sent:
        if given.lane:
            return int(not _beside_a_lane(Path(other) / "hq", sent))
        floor = _floor(Path(other) / "station", Path(other) / "floor")
        entries, took = _import(Path(other) / "hq", sent, step_ms=landing.QUIET_STEP_MS)
    ratio = took / floor
    print(f"{entries:,} entries: written alone {floor:.1f} s, {floor / entries * 1e6:.0f} us each")
    print(f"taken in, everything verified, {took:.1f} s, {took / entries * 1e6:.0f} us each:", end=" ")
    print(f"{ratio:.2f} times (bar {BAR})")
    return int(ratio > BAR)


@contextmanager
def sent_from(folder: Path, place: Path) -> Iterator[Sent]:
    """Everything of the ledger, in files for headquarters."""
    shutil.copytree(folder, place / "station")
    (stick := place / "stick").mkdir()
    ledger = open_seeded(place / "station")
    try:
        sent = send_all(ledger, stick, ExchangeKey.make())
    finally:
        ledger.close()
    yield sent


def send_all(ledger: Ledger, stick: Path, key: ExchangeKey) -> Sent:
    """Everything of an open ledger, in files in the folder `stick` that headquarters opens with `key`."""
    own, desk = DeskKey.load(KEY), ledger.head().desk
    above = Peer(HEADQUARTERS, PeerRole.HEADQUARTERS, "HQ", own.key_id, own.public, key.recipient, 0)
    ledger.transact(lambda writer: write_peer(writer, above)).result()
    settings = Settings(station="bench", desk=desk)
    sending = Sending(ledger, Rights(ledger, new_action), new_action, lambda: settings, lambda: key.recipient)
    sending.send(sending.plan(Which.ALL), str(stick), by=None)
    with ledger.reader() as reader:
        desk_key = read_desk_key(reader)
    assert desk_key is not None
    peer = Peer(desk, PeerRole.STATION, "bench", desk_key.key_id, desk_key.public, key.recipient, 0)
    return Sent(in_order(stick), peer, key)


def in_order(stick: Path) -> tuple[Path, ...]:
    """The bundles in a folder, by the numbers they have."""
    return tuple(sorted(stick.iterdir(), key=lambda file: int(file.name.split("_")[1].split("-")[0])))


def headquarters(folder: Path, *peers: Peer) -> Ledger:
    """Its ledger, which takes in what those peers sign."""
    ledger = Ledger.open(folder, KEY, desk=HEADQUARTERS, build_date=0, terms=Terms(ballast=0))
    for peer in peers:
        ledger.transact(lambda writer, peer=peer: write_peer(writer, peer)).result()  # type: ignore[misc]
    return ledger


def _import(folder: Path, sent: Sent, *, step_ms: float) -> tuple[int, float]:
    """Entries taken in, and seconds."""
    ledger = headquarters(folder, sent.peer)
    try:
        began = time.perf_counter()
        entries = take_in(ledger, sent, step_ms=step_ms)
        return entries, time.perf_counter() - began
    finally:
        ledger.close()


def take_in(ledger: Ledger, sent: Sent, *, step_ms: float) -> int:
    """Every file, from its bytes to its receipt; how many entries were new."""
    return sum(_take_file(ledger, file, sent, step_ms=step_ms) for file in sent.files)


def _take_file(ledger: Ledger, file: Path, sent: Sent, *, step_ms: float) -> int:
    with ledger.reader() as reader:
        trust = read_trust(reader, HEADQUARTERS)
    with ledger.staging() as staged, file.open("rb") as source:
        taken = read_bundle(source, trust=trust, identities=[sent.key.identity], sink=staged.add)
        return landing.land(ledger, staged, taken.manifest, by=By(), step_ms=step_ms).added


def _floor(source: Path, target: Path) -> float:
    """Seconds to read the same rows and write them, with their marks."""
    ledger = headquarters(target)
    try:
        with database.open_reader(source, key_of(source), whole=True) as reader:
            began = time.perf_counter()
            ledger.transact(lambda connection: _copy(reader, connection)).result()
            return time.perf_counter() - began
    finally:
        ledger.close()


def _copy(reader: Connection, connection: Connection) -> None:
    after = 0
    while rows := reader.execute(_ROWS, (blocks.BLOCK, after)).fetchall():
        connection.executemany(_INSERT, rows)
        marks.put_marks(connection, rows[0][0], rows[-1][0])
        after = rows[-1][0] - blocks.BLOCK


def _beside_a_lane(folder: Path, sent: Sent) -> bool:
    ledger = headquarters(folder, sent.peer)
    lane = Lane(ledger)
    thread = threading.Thread(target=lane.work)
    thread.start()
    try:
        time.sleep(3.0)
        lane.report("before")
        began = time.perf_counter()
        entries = take_in(ledger, sent, step_ms=landing.STEP_MS)
        took = time.perf_counter() - began
        p99 = lane.report("meanwhile")
    finally:
        lane.stop()
        thread.join()
        ledger.close()
    print(f"{entries:,} entries taken in beside a lane in {took:.1f} s (bar {LANE_BAR_MS:.0f} ms at p99)")
    return p99 <= LANE_BAR_MS


def _memory(crossings: int) -> bool:
    seed(folder_of(FEW), FEW)
    few, many = _peak(FEW), _peak(crossings)
    print(f"largest memory of an import: {few} MB of {FEW:,} crossings, {many} MB of {crossings:,}")
    return many - few <= FLAT_MB


def _peak(crossings: int) -> int:
    with (
        tempfile.TemporaryDirectory() as other,
        sent_from(folder_of(crossings), Path(other)) as sent,
        multiprocessing.get_context("spawn").Pool(1) as pool,
    ):
        return pool.apply(_import_peak, (Path(other) / "hq", sent))


def _import_peak(folder: Path, sent: Sent) -> int:
    _import(folder, sent, step_ms=landing.QUIET_STEP_MS)
    return peak_mb()
