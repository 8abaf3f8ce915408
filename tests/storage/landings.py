"""Bundles between invented desks: made from one ledger, landed in another."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from checkpoint_app.crypto.desk import DeskKey
from checkpoint_app.domain import facts
from checkpoint_app.domain.bundles import Manifest, read_manifest
from checkpoint_app.domain.entry import Entry, read_header
from checkpoint_app.domain.facts import By
from checkpoint_app.domain.peers import Peer, PeerRole
from checkpoint_app.domain.trust import Trust
from checkpoint_app.storage import database, landing
from checkpoint_app.storage.appending import read_entries
from checkpoint_app.storage.bundle import Label, read_bundle, write_bundle
from checkpoint_app.storage.desk import read_chain, read_desk_key
from checkpoint_app.storage.landing import Landed
from checkpoint_app.storage.ledger import Ledger
from checkpoint_app.storage.peers import read_peers, write_peer
from checkpoint_app.storage.staging import Staging
from tests.storage.bundles import EXCHANGE, range_of
from tests.storage.desks import KEY, START, crossed, opened

HQ, SOUTH, NORTH = "HQ-1", "G107-S-1", "G107-N-1"
BY = By("", "7")


@dataclass(frozen=True)
class Bundle:
    """A file and who made it."""

    data: bytes
    manifest: Manifest

    def save(self, path: Path) -> Path:
        """Two files, so that nobody has to open the first to know what is in it."""
        path.write_bytes(self.data)
        path.with_suffix(".json").write_bytes(self.manifest.encode())
        return path

    @classmethod
    def load(cls, path: Path) -> Bundle:
        return cls(path.read_bytes(), read_manifest(path.with_suffix(".json").read_bytes()))


@contextmanager
def station(folder: Path, desk: str = SOUTH, **changes: Any) -> Iterator[Ledger]:
    """A desk with a ledger of its own."""
    with opened(folder, desk=desk, **changes) as ledger:
        yield ledger


def work(ledger: Ledger, count: int, *, padding: int = 0) -> None:
    """Crossings, and a seal behind them."""
    ledger.append([crossed(number, padding=padding) for number in range(count)], seal="test").result()


def entries_of(ledger: Ledger, *, own: bool = True) -> list[Entry]:
    """What lies in a ledger, of its own present chain or of all."""
    head = ledger.head()
    with ledger.unveiled() as reader:
        found = list(read_entries(reader))
    named = [(read_header(entry.header), entry) for entry in found]
    return [
        entry for header, entry in named if not own or (header.desk, header.epoch) == (head.desk, head.epoch)
    ]


def part(entries: Sequence[Entry], first: int, last: int = 0) -> list[Entry]:
    """Entries by number, up to the next seal."""
    found = []
    for entry in entries:
        header = read_header(entry.header)
        if header.seq >= first:
            found.append(entry)
        if header.kind == facts.SEALED and header.seq >= (last or entries_last(entries)):
            break
    return found


def entries_last(entries: Sequence[Entry]) -> int:
    return max(read_header(entry.header).seq for entry in entries)


def bundle(ledger: Ledger, *parts: Sequence[Entry], name: str = "", **label: Any) -> Bundle:
    """A file of these ranges, carried by the ledger's desk."""
    with ledger.reader() as reader:
        key, chain = read_desk_key(reader), read_chain(reader)
    assert key is not None
    assert chain is not None
    target = io.BytesIO()
    said = Label(
        bundle=name or DeskKey.make().private.hex()[:32],
        sender=chain.desk,
        station="南站",
        made=START,
        ranges=tuple(map(range_of, parts)),
        **label,
    )
    flat = [entry for each in parts for entry in each]
    written = write_bundle(target, flat, label=said, key=key, recipients=[EXCHANGE.recipient])
    return Bundle(target.getvalue(), written.manifest)


def everything(ledger: Ledger, **label: Any) -> Bundle:
    """All of the ledger's present chain, up to its last seal."""
    return bundle(ledger, part(entries_of(ledger), 1), **label)


def enrol(ledger: Ledger, other: Ledger, role: PeerRole = PeerRole.STATION) -> None:
    """The other desk's key is trusted here."""
    with other.reader() as reader:
        key, chain = read_desk_key(reader), read_chain(reader)
    assert key is not None
    assert chain is not None
    peer = Peer(chain.desk, role, "南站", key.key_id, key.public, EXCHANGE.recipient, START)
    ledger.transact(lambda connection: write_peer(connection, peer)).result()


def staged(ledger: Ledger, found: Bundle) -> Staging:
    """The bundle's entries, verified and waiting."""
    with ledger.reader() as reader:
        chain = read_chain(reader)
        keys = {
            (desk, key): public
            for desk, key, public in reader.execute("SELECT desk, key, public FROM desk_key")
        }
        peers = {peer.desk: peer for peer in read_peers(reader)}
    assert chain is not None
    trust = Trust(chain.desk, peers, keys)
    staging = ledger.staging()
    read_bundle(io.BytesIO(found.data), trust=trust, identities=[EXCHANGE.identity], sink=staging.add)
    return staging


def land(ledger: Ledger, found: Bundle, **how: Any) -> Landed:
    """Takes it in."""
    with staged(ledger, found) as staging:
        return landing.land(ledger, staging, found.manifest, by=BY, **how)


def seen(folder: Path) -> list[tuple[Any, ...]]:
    """What a reader sees of other desks: every entry by name, whole."""
    with database.open_reader(folder, KEY) as reader:
        return reader.execute(
            "SELECT desk, epoch, seq, hash, personal FROM entry WHERE id >= 134217728 ORDER BY id"
        ).fetchall()
