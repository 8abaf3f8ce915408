"""What measurements of the exchange share: a station that sends all it has, a place that takes it in."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from checkpoint_app.bench.seed import open_seeded
from checkpoint_app.config import Settings
from checkpoint_app.crypto.desk import DeskKey
from checkpoint_app.crypto.envelope import ExchangeKey
from checkpoint_app.domain.facts import By
from checkpoint_app.domain.peers import Peer, PeerRole
from checkpoint_app.services.desk import new_action
from checkpoint_app.services.rights import Rights
from checkpoint_app.services.sending import Sending, Which
from checkpoint_app.storage import landing
from checkpoint_app.storage.bundle import read_bundle
from checkpoint_app.storage.desk import read_desk_key
from checkpoint_app.storage.ledger import Ledger, Terms
from checkpoint_app.storage.peers import write_peer
from checkpoint_app.storage.trust import read_trust

HEADQUARTERS = "BENCH-HQ"
KEY = b"b" * 32


@dataclass(frozen=True, slots=True)
class Sent:
    """What a station sent: files, and the peer and key that go with them."""

    files: tuple[Path, ...]
    peer: Peer
    key: ExchangeKey


@contextmanager
def station(folder: Path, copy: Path) -> Iterator[Ledger]:
    """A copy of a seeded ledger, open."""
    shutil.copytree(folder, copy)
    ledger = open_seeded(copy)
    try:
        yield ledger
    finally:
        ledger.close()


def send_all(ledger: Ledger, stick: Path, key: ExchangeKey) -> Sent:
    """Everything of an open ledger, in files in the folder `stick` that headquarters opens with `key`."""
    sending, peer = sender(ledger, key)
    sending.send(sending.plan(Which.ALL), str(stick), by=None)
    return Sent(in_order(stick), peer, key)


def sender(ledger: Ledger, key: ExchangeKey) -> tuple[Sending, Peer]:
    """What sends an open ledger's bundles to headquarters, and the ledger's desk as headquarters knows it."""
    own, desk = DeskKey.load(KEY), ledger.head().desk
    above = Peer(HEADQUARTERS, PeerRole.HEADQUARTERS, "HQ", own.key_id, own.public, key.recipient, 0)
    ledger.transact(lambda writer: write_peer(writer, above)).result()
    settings = Settings(station="bench", desk=desk)
    sending = Sending(ledger, Rights(ledger, new_action), new_action, lambda: settings, lambda: key.recipient)
    with ledger.reader() as reader:
        desk_key = read_desk_key(reader)
    assert desk_key is not None
    peer = Peer(desk, PeerRole.STATION, "bench", desk_key.key_id, desk_key.public, key.recipient, 0)
    return sending, peer


def in_order(stick: Path) -> tuple[Path, ...]:
    """The bundles in a folder, by the numbers they have."""
    return tuple(sorted(stick.iterdir(), key=lambda file: int(file.name.split("_")[1].split("-")[0])))


def headquarters(folder: Path, *peers: Peer, kind: type[Ledger] = Ledger) -> Ledger:
    """Its ledger, which takes in what those peers sign."""
    ledger = kind.open(folder, KEY, desk=HEADQUARTERS, build_date=0, terms=Terms(ballast=0))
    for peer in peers:
        ledger.transact(lambda writer, peer=peer: write_peer(writer, peer)).result()  # type: ignore[misc]
    return ledger


def take_in(ledger: Ledger, sent: Sent, *, step_ms: float) -> int:
    """Every file, from its bytes to its receipt; how many entries were new."""
    return sum(_take_file(ledger, file, sent, step_ms=step_ms) for file in sent.files)


def _take_file(ledger: Ledger, file: Path, sent: Sent, *, step_ms: float) -> int:
    with ledger.reader() as reader:
        trust = read_trust(reader, HEADQUARTERS)
    with ledger.staging() as staged, file.open("rb") as source:
        taken = read_bundle(source, trust=trust, identities=[sent.key.identity], sink=staged.add)
        return landing.land(ledger, staged, taken.manifest, by=By(), step_ms=step_ms).added


def peak_mb() -> int:
    """The largest memory this process ever had, MB; 0 where nobody tells."""
    if sys.platform == "win32":
        return 0
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
