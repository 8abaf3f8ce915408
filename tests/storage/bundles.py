"""Invented bundles: desks with keys, chains, frames made by hand."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from checkpoint_app.crypto.desk import DeskKey
from checkpoint_app.crypto.envelope import ExchangeKey
from checkpoint_app.domain.bundles import Range
from checkpoint_app.domain.entry import GENESIS, Entry, read_header
from checkpoint_app.domain.peers import Peer, PeerRole
from checkpoint_app.domain.trust import Trust
from checkpoint_app.storage.bundle import Checked, Label, Taken, Written, read_bundle, write_bundle
from tests.domain.chains import KEY, grow

MADE = 1_665_800_000_000
HQ = "HQ-1"
STATION = "G107-S-1"
EXCHANGE = ExchangeKey.load("AGE-SECRET-KEY-1V4JK2ET9V4JK2ET9V4JK2ET9V4JK2ET9V4JK2ET9V4JK2ET9V4JSYS2XDF")
HQ_KEY = DeskKey.load(b"h" * 32)
ID = "0123456789abcdef" * 2


def peer(desk: str = STATION, key: DeskKey = KEY, **changes: Any) -> Peer:
    """A desk enrolled here."""
    card = Peer(desk, PeerRole.STATION, "南站", key.key_id, key.public, EXCHANGE.recipient, MADE)
    return replace(card, **changes)


def trusting(*peers: Peer, desk: str = HQ, key: DeskKey = HQ_KEY) -> Trust:
    """Headquarters, which knows these desks."""
    keys = {(each.desk, each.key): each.public for each in peers}
    return Trust(desk, {each.desk: each for each in peers}, {**keys, (desk, key.key_id): key.public})


def range_of(entries: Sequence[Entry], *, begun: int = MADE) -> Range:
    """The range that these entries of one chain are."""
    first, last = read_header(entries[0].header), read_header(entries[-1].header)
    before = first.prev if first.seq > 1 else GENESIS
    return Range(first.desk, first.epoch, begun, first.seq, last.seq, before, entries[-1].hash.hex())


@dataclass(frozen=True, slots=True)
class Made:
    """A bundle in memory."""

    data: bytes
    written: Written


def made(
    *parts: Sequence[Entry], key: DeskKey = KEY, to: Sequence[str] = (EXCHANGE.recipient,), **label: Any
) -> Made:
    """A bundle of these ranges."""
    ranges = tuple(map(range_of, parts))
    wanted: dict[str, Any] = {
        "bundle": ID,
        "sender": STATION,
        "station": "南站",
        "made": MADE,
        "ranges": ranges,
    }
    said = Label(**wanted | label)
    target = io.BytesIO()
    entries = [entry for part in parts for entry in part]
    written = write_bundle(target, entries, label=said, key=key, recipients=to)
    return Made(target.getvalue(), written)


def taken(
    data: bytes, *, trust: Trust | None = None, key: ExchangeKey = EXCHANGE
) -> tuple[Taken, list[Checked]]:
    """The bundle as headquarters reads it."""
    found: list[Checked] = []
    told = read_bundle(
        io.BytesIO(data), trust=trust or trusting(peer()), identities=[key.identity], sink=found.extend
    )
    return told, found


def chain(count: int = 60, **changes: Any) -> list[Entry]:
    """A chain that ends in a seal."""
    return grow(count, **changes)
