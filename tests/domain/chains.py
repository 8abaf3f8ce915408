"""Chains for tests: grown, checked, told coarsely."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import Any

from checkpoint_app.crypto.desk import DeskKey, signature_fits
from checkpoint_app.domain.chain import (
    Report,
    seal_fact,
    verify,
)
from checkpoint_app.domain.entry import (
    Entry,
    Fact,
    Head,
    Stamp,
    build,
    entry_hash,
    head_after,
    seal_message,
)
from checkpoint_app.domain.facts import By
from checkpoint_app.domain.words import ClockState

ROOT = Path(__file__).resolve().parents[2]
KEY = DeskKey.load(bytes(range(32)))
KEYS = {KEY.key_id: KEY.public}
STAMP = Stamp(1_640_995_200_500, 480, 86_400, "0" * 16, ClockState.SURE)


def grow(
    count: int, *, head: Head | None = None, seals: int = 20, word: str = "", key: DeskKey = KEY
) -> list[Entry]:
    """A chain of `count` entries that ends in a seal by `key`; `word` makes it another history."""
    head = head or Head("G107-S-1", "00000000000000f1")
    entries: list[Entry] = []
    for number in range(1, count + 1):
        action = hashlib.sha256(f"{head.seq}{word}".encode()).hexdigest()[:32]
        if number % seals == 0 or number == count:
            signature = key.sign(seal_message(head, key=key.key_id))
            fact = seal_fact(
                head, key=key.key_id, signature=signature, why="count", by=By(), at=number, action=action
            )
        else:
            personal = {"plate": f"豫A{number:05}"} if number % 3 else None
            fact = Fact("vehicle_crossed", action, number, {"people": number, "w": word}, personal)
        entries.append(build(head, fact, stamp=STAMP, salt=hashlib.sha256(action.encode()).digest()))
        head = head_after(entries[-1])
    return entries


def checked(entries: list[Entry], *heads: Head) -> Report:
    return verify(entries, keys=KEYS, check=signature_fits, heads=heads)


def rehashed(entry: Entry, header: bytes) -> Entry:
    return replace(entry, header=header, hash=entry_hash(header))


def coarse(found: Any) -> set[tuple[Any, ...]]:
    """Faults in which an outside head counts once a chain, however its disagreement is told."""
    named = {tuple(fault) for fault in found}
    outside = {("outside", *fault[1:3]) for fault in named if fault[0] in ("head", "recomputed")}
    return outside | {fault for fault in named if fault[0] not in ("head", "recomputed")}


def as_tuples(report: Report) -> list[tuple[Any, ...]]:
    return [(fault.what, fault.desk, fault.epoch, fault.seq, fault.upto) for fault in report.faults]
