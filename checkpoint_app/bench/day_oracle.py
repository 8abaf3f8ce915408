"""Who counts along: what was sent through the lanes, and what the file says, by plain SQL and JSON alone.

Nothing here uses the program's own questions to the ledger, its views or its hours.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as driver

Key = tuple[int, str, str, str, int]
"""Lane, direction, outcome ("counted" for a tally), plate ("" without), people in the vehicle."""


@dataclass(slots=True)
class Sent:
    """What was sent: every vehicle by itself, who is on a passenger list by document, what was undone."""

    vehicles: Counter[Key] = field(default_factory=Counter)
    tallied: Counter[tuple[int, str]] = field(default_factory=Counter)
    tallied_people: Counter[tuple[int, str]] = field(default_factory=Counter)
    documents: set[str] = field(default_factory=set)
    undone: int = 0

    def crossed(self, lane: int, direction: str, outcome: str, plate: str, people: int) -> None:
        """One vehicle got its outcome."""
        self.vehicles[lane, direction, outcome, plate, people] += 1

    def counted(self, lane: int, direction: str, people: int) -> None:
        """One vehicle was counted by eye."""
        self.tallied[lane, direction] += 1
        self.tallied_people[lane, direction] += people

    @property
    def all_vehicles(self) -> int:
        return self.vehicles.total() + self.tallied.total()

    @property
    def all_people(self) -> int:
        return sum(key[-1] * count for key, count in self.vehicles.items()) + self.tallied_people.total()


def read(path: Path, key: bytes) -> Sent:
    """The same out of the file."""
    found = Sent()
    crossed: dict[str, Key] = {}
    for header, public, personal in _entries(path, key):
        _read_entry(found, crossed, header, public, personal)
    found.vehicles.update(crossed.values())
    return found


def differences(sent: Sent, found: Sent) -> list[str]:
    """Everything that is not the same on both sides; empty is right."""
    told = []
    for name in ("vehicles", "tallied", "tallied_people"):
        missing, extra = (
            getattr(sent, name) - getattr(found, name),
            getattr(found, name) - getattr(sent, name),
        )
        told += [f"{name} missing: {key} ×{count}" for key, count in missing.items()]
        told += [f"{name} not sent: {key} ×{count}" for key, count in extra.items()]
    told += [f"person missing: {document}" for document in sent.documents - found.documents]
    told += [f"person not sent: {document}" for document in found.documents - sent.documents]
    if sent.undone != found.undone:
        told.append(f"undone: {sent.undone} sent, {found.undone} found")
    return told


def _entries(path: Path, key: bytes) -> Iterator[tuple[dict[str, Any], dict[str, Any], dict[str, Any]]]:
    connection = driver.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    try:
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        rows = connection.execute("SELECT header, public, personal FROM entry ORDER BY id")
        for header, public, personal in rows:
            yield json.loads(header), json.loads(public), json.loads(personal) if personal else {}
    finally:
        connection.close()


def _read_entry(
    found: Sent,
    crossed: dict[str, Key],
    header: dict[str, Any],
    public: dict[str, Any],
    personal: dict[str, Any],
) -> None:
    if header["kind"] == "vehicle_crossed":
        place = (public["lane"], public["direction"], public["outcome"])
        crossed[header["action"]] = (*place, personal.get("plate", ""), public["people"])
        found.documents |= {one["id"] for one in personal.get("people", ()) if one.get("id")}
    elif header["kind"] == "outcome_undone":
        del crossed[public["ref"]["action"]]
        found.undone += 1
    elif header["kind"] == "tallied":
        for part in public["counts"]:
            found.tallied[public["lane"], public["direction"]] += part["vehicles"]
            found.tallied_people[public["lane"], public["direction"]] += part["people"]
