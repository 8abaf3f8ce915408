"""Desks that send to headquarters: enrolled peers, filled ledgers, receipts as they come down."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from checkpoint_app.crypto.desk import DeskKey, key_id
from checkpoint_app.crypto.envelope import ExchangeKey
from checkpoint_app.domain.entry import Entry, Fact, Head, Stamp, build, head_after
from checkpoint_app.domain.exchange import Held, bundle_received
from checkpoint_app.domain.facts import By
from checkpoint_app.domain.peers import Peer, PeerRole
from checkpoint_app.domain.trust import Trust
from checkpoint_app.domain.words import ClockState
from checkpoint_app.services.desk import Desk, new_action
from checkpoint_app.storage import blocks
from checkpoint_app.storage.bundle import Checked, Taken, read_bundle
from checkpoint_app.storage.desk import read_desk_key
from checkpoint_app.storage.engine import Connection
from checkpoint_app.storage.peers import write_peer
from tests.storage.desks import DESK, START, crossed

HQ = "HQ-1"
HQ_AGE = ExchangeKey.make()
HQ_SIGN = DeskKey.load(b"h" * 32)
OTHER = "G25-02"
STAMP = Stamp(START + 1, 480, 1, "0" * 16, ClockState.SURE)
OTHER_AGE = ExchangeKey.make()


def peer(desk: str = HQ, *, role: PeerRole = PeerRole.HEADQUARTERS, station: str = "指挥部") -> Peer:
    age = OTHER_AGE if desk == OTHER else HQ_AGE
    return Peer(desk, role, station, HQ_SIGN.key_id, HQ_SIGN.public, age.recipient, START)


def enrol(desk: Desk, *peers: Peer) -> None:
    """Known here, as if their cards had been compared."""
    for each in peers or (peer(),):
        desk.ledger.transact(lambda writer, each=each: write_peer(writer, each)).result()  # type: ignore[misc]


def fill(desk: Desk, count: int, *, facts: Sequence[Fact] = ()) -> None:
    """So many crossings of nobody."""
    made = [*facts, *(crossed(number) for number in range(count))]
    for start in range(0, len(made), 500):
        desk.ledger.append(made[start : start + 500]).result()


def trust_of(desk: Desk) -> Trust:
    """Headquarters, which knows this desk."""
    with desk.ledger.reader() as reader:
        key = read_desk_key(reader)
    assert key is not None
    sender = Peer(
        DESK, PeerRole.STATION, "试验站", key_id(key.public), key.public, ExchangeKey.make().recipient, START
    )
    return Trust(HQ, {DESK: sender}, {(DESK, sender.key): key.public})


def taken(desk: Desk, file: Path, *, age: ExchangeKey = HQ_AGE) -> tuple[Taken, list[Checked]]:
    """What headquarters reads in a file; raises what the reader raises."""
    found: list[Checked] = []
    with file.open("rb") as source:
        read = read_bundle(
            io.BytesIO(source.read()),
            trust=trust_of(desk),
            identities=[age.identity],
            sink=found.extend,
            progress=lambda _done, _of: True,
        )
    return read, found


def receipt(held: Sequence[Held], *, at: int = START) -> Fact:
    """Headquarters' receipt for these."""
    return bundle_received("b" * 32, DESK, what=held, added=1, forks=0, by=By(), at=at, action=new_action())


@dataclass
class Above:
    """Headquarters' chain, as far as it came down."""

    head: Head = field(default_factory=lambda: Head(HQ, "00000000000000f9"))

    def comes_down(self, desk: Desk, *facts: Fact) -> None:
        """Its entries stand in this ledger as another chain's do."""
        found: list[tuple[int, Entry]] = []
        for fact in facts:
            entry = build(self.head, fact, stamp=STAMP, salt=b"s" * 32)
            self.head = head_after(entry)
            found.append((blocks.start_of(1) + self.head.seq, entry))

        def write(writer: Connection) -> None:
            writer.execute(
                "INSERT OR IGNORE INTO chain_number VALUES(?, ?, 1, ?)", (HQ, self.head.epoch, START)
            )
            writer.execute(
                "INSERT OR REPLACE INTO span VALUES(?, ?, 1, ?)", (HQ, self.head.epoch, self.head.seq)
            )
            for number, entry in found:
                writer.execute(
                    "INSERT INTO entry(id, header, public, hash) VALUES(?, ?, ?, ?)",
                    (number, entry.header.decode(), entry.public.decode(), entry.hash),
                )

        desk.ledger.transact(write).result()
