"""Reads the golden vectors of tests/data/entries (see packaging/vectors.py for their form)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from checkpoint_app.domain.chain import Fault, parse_head
from checkpoint_app.domain.entry import Entry, Head

FOLDER = Path(__file__).resolve().parent.parent / "data" / "entries"
VALID = sorted(FOLDER.glob("*.jsonl"))
BROKEN = sorted(FOLDER.glob("broken/*.jsonl"))


@dataclass(frozen=True, slots=True)
class Vectors:
    """One file: as lines, and as the app sees them."""

    lines: list[dict[str, Any]]
    entries: list[Entry]
    keys: dict[str, bytes]
    heads: list[Head]
    faults: list[Fault]


def load(path: Path) -> Vectors:
    """A vector file."""
    with path.open(encoding="utf-8") as file:
        lines = [json.loads(line) for line in file]
    first = lines[0]
    return Vectors(
        lines,
        [entry_of(line) for line in lines[1:]],
        {name: bytes.fromhex(key) for name, key in first["keys"].items()},
        [parse_head(text) for text in first.get("heads", [])],
        [Fault(*fault) for fault in first.get("faults", [])],
    )


def entry_of(line: dict[str, Any]) -> Entry:
    """The entry of one line."""
    return Entry(
        header=line["header"].encode(),
        public=line["public"].encode(),
        personal=None if line["personal"] is None else line["personal"].encode(),
        salt=None if line["salt"] is None else bytes.fromhex(line["salt"]),
        hash=bytes.fromhex(line["hash"]),
    )


def line_of(entry: Entry) -> dict[str, Any]:
    """The line of one entry."""
    return {
        "header": entry.header.decode(),
        "public": entry.public.decode(),
        "personal": None if entry.personal is None else entry.personal.decode(),
        "salt": None if entry.salt is None else entry.salt.hex(),
        "hash": entry.hash.hex(),
    }
