"""`bench exchange_out [--crossings N] [--rounds R]`: an export of everything against reading the same rows.

Both read every stored part of every entry from the same file with the same settings, in turns. The export
also makes lines, packs, encrypts, signs, writes, syncs and reads back.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from checkpoint_app.bench.seed import DESK, folder_of, open_seeded, seed
from checkpoint_app.config import Settings
from checkpoint_app.crypto.desk import DeskKey
from checkpoint_app.crypto.envelope import ExchangeKey
from checkpoint_app.domain.peers import Peer, PeerRole
from checkpoint_app.services.desk import new_action
from checkpoint_app.services.rights import Rights
from checkpoint_app.services.sending import Sending, Which
from checkpoint_app.storage.ledger import Ledger
from checkpoint_app.storage.peers import write_peer

FLOOR = "SELECT header, public, personal, salt, hash FROM entry WHERE id > ? ORDER BY id LIMIT 2000"
BAR = 2.0


@dataclass(frozen=True, slots=True)
class Out:
    """Seconds of one round, over `entries` entries, into `size` bytes."""

    entries: int
    size: int
    floor: float
    export: float


def rounds(ledger: Ledger, place: Path, *, count: int) -> list[Out]:
    """Reading and exporting in turns."""
    key = DeskKey.load(b"h" * 32)
    above = ExchangeKey.make().recipient
    peer = Peer("HQ", PeerRole.HEADQUARTERS, "HQ", key.key_id, key.public, above, 0)
    ledger.transact(lambda writer: write_peer(writer, peer)).result()
    settings = Settings(station="bench", desk=DESK)
    sending = Sending(ledger, Rights(ledger, new_action), new_action, lambda: settings, lambda: above)
    return [_round(ledger, sending, place) for _ in range(count)]


def _round(ledger: Ledger, sending: Sending, place: Path) -> Out:
    floor = _floor(ledger)
    began = time.perf_counter()
    sent = sending.send(sending.plan(Which.ALL), str(place), by=None)
    took = time.perf_counter() - began
    assert sent is not None  # nobody stops it
    for file in place.iterdir():
        file.unlink()
    return Out(sum(each.count for each in sent.files), sum(each.size for each in sent.files), floor, took)


def _floor(ledger: Ledger) -> float:
    began, after, count = time.perf_counter(), 0, 2_000
    while count == 2_000:
        with ledger.reader() as reader:
            rows = reader.execute(FLOOR, (after,)).fetchall()
        count, after = len(rows), after + 2_000
    return time.perf_counter() - began


def run(arguments: Sequence[str]) -> int:
    """1 when the export takes longer than BAR times the floor."""
    parser = argparse.ArgumentParser(prog="bench exchange_out", description=__doc__)
    parser.add_argument("--crossings", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args(arguments)
    folder = folder_of(given.crossings)
    seed(folder, given.crossings)
    with tempfile.TemporaryDirectory() as other:
        copy = Path(shutil.copytree(folder, Path(other) / "ledger"))
        (place := Path(other) / "stick").mkdir()
        ledger = open_seeded(copy)
        try:
            found = rounds(ledger, place, count=given.rounds)
        finally:
            ledger.close()
    return tell(found)


def tell(found: Sequence[Out]) -> int:
    """Prints medians; the exit status."""
    floor, export = (
        statistics.median(getattr(each, name) / each.entries for each in found) * 1e6
        for name in ("floor", "export")
    )
    ratio = statistics.median(each.export / each.floor for each in found)
    entries, size = found[-1].entries, found[-1].size
    print(f"{entries:,} entries, {size:,} bytes, {size / entries:.0f} an entry")
    print(f"reading {floor:.1f} us an entry, export {export:.1f} us, {ratio:.2f} times (bar {BAR})")
    print(f"largest memory {peak_mb()} MB")
    return int(ratio > BAR)


def peak_mb() -> int:
    """The largest memory this process ever had, MB; 0 where nobody tells."""
    if sys.platform == "win32":
        return 0
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
