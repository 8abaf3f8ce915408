"""What golden vectors are made of: chains that come out the same every time, and the files they go to."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from checkpoint_app.crypto.desk import DeskKey  # noqa: E402
from checkpoint_app.domain.canonical import Value  # noqa: E402
from checkpoint_app.domain.chain import seal_fact  # noqa: E402
from checkpoint_app.domain.entry import Entry, Fact, Head, Stamp, build, head_after, seal_message  # noqa: E402
from checkpoint_app.domain.facts import By  # noqa: E402
from checkpoint_app.domain.words import ClockState  # noqa: E402

FOLDER = ROOT / "tests" / "data" / "entries"
START = 1_640_995_200_000  # 2022-01-01T00:00:00Z
PACE = 8_600  # ms from one entry to the next
Line = dict[str, str | None]
Part = Mapping[str, Value]


def made(purpose: str, length: int) -> bytes:
    """Bytes that look random and are the same every time."""
    return sha256(purpose.encode()).digest()[:length]


KEY_A = DeskKey.load(made("test key a", 32))
KEY_B = DeskKey.load(made("test key b", 32))
BY = By("20220101-3", "0007")


class Chain:
    """A chain under construction; the same calls give the same bytes."""

    def __init__(self, desk: str, epoch: str, *, key: DeskKey) -> None:
        self.key = key
        self.head = Head(desk, epoch)
        self.entries: list[Entry] = []

    @property
    def name(self) -> str:
        """What is particular to the next entry."""
        return f"{self.head.desk} {self.head.epoch} {self.head.seq}"

    @property
    def action(self) -> str:
        """The next entry's action id."""
        return made("action " + self.name, 16).hex()

    def stamp(self, *, zone: int = 480, sure: bool = True) -> Stamp:
        """When the next entry is written."""
        passed = PACE * self.head.seq
        clock = ClockState.SURE if sure else ClockState.UNSURE
        return Stamp(START + passed, zone, passed, made("run " + self.head.epoch, 8).hex(), clock)

    def append(
        self, kind: str, public: Part, personal: Part | None = None, *, stamp: Stamp | None = None
    ) -> None:
        """The next entry, at `stamp` or a pace after the one before."""
        stamp = stamp or self.stamp()
        self.put(Fact(kind, self.action, stamp.written, public, personal, BY.shift, BY.officer), stamp)

    def seal(self, why: str = "count", *, over: Head | None = None, key: DeskKey | None = None) -> None:
        """A seal over the head, or a false one over another head or by another key."""
        key, head, stamp = key or self.key, over or self.head, self.stamp()
        signature = key.sign(seal_message(head, key=key.key_id))
        fact = seal_fact(
            head, key=key.key_id, signature=signature, why=why, by=BY, at=stamp.written, action=self.action
        )
        self.put(fact, stamp)

    def put(self, fact: Fact, stamp: Stamp) -> None:
        """The next entry as it is."""
        entry = build(self.head, fact, stamp=stamp, salt=made("salt " + self.name, 32))
        self.entries.append(entry)
        self.head = head_after(entry)


def line_of(entry: Entry) -> Line:
    """An entry as a line of the file."""
    return {
        "header": entry.header.decode(),
        "public": entry.public.decode(),
        "personal": entry.personal.decode() if entry.personal is not None else None,
        "salt": entry.salt.hex() if entry.salt is not None else None,
        "hash": entry.hash.hex(),
    }


def lines_of(chain: Chain) -> list[Line]:
    """All entries of a chain as lines."""
    return [line_of(entry) for entry in chain.entries]


def write(
    name: str,
    lines: Sequence[Line],
    *,
    heads: Sequence[str] = (),
    faults: Sequence[tuple[object, ...]] | None = None,
) -> None:
    """One file; `faults` only for broken ones: (what, desk, epoch, seq, upto or None)."""
    first: dict[str, object] = {"keys": {key.key_id: key.public.hex() for key in (KEY_A, KEY_B)}}
    first |= {"heads": list(heads)} if heads else {}
    first |= {"faults": [list(fault) for fault in faults]} if faults is not None else {}
    path = FOLDER / f"{name}.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    texts = [json.dumps(line, ensure_ascii=False, sort_keys=True) + "\n" for line in (first, *lines)]
    path.write_bytes("".join(texts).encode())
