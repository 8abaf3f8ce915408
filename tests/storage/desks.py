"""A desk to test with: invented facts, a clock that is told, a ledger that closes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from checkpoint_app.crypto.desk import signature_fits
from checkpoint_app.domain import chain
from checkpoint_app.domain.canonical import Value
from checkpoint_app.domain.clock import Tick
from checkpoint_app.domain.entry import Fact, read_header
from checkpoint_app.storage import database
from checkpoint_app.storage.appending import new_action, read_entries
from checkpoint_app.storage.desk import read_desk_keys
from checkpoint_app.storage.ledger import Ledger, Terms

DESK = "G25-01"
KEY = b"k" * 32
BUILT = 1_600_000_000_000
START = 1_665_800_000_000
TERMS = Terms(ballast=0, patience=0.3)


@dataclass
class Clock:
    """Ticks as told, in ms; nothing moves by itself."""

    wall: int = START
    elapsed: int = 5_000
    zone: int = 480

    def __call__(self) -> Tick:
        return Tick(self.wall, self.elapsed, self.zone)

    def pass_by(self, ms: int) -> None:
        """Time passes as it should."""
        self.wall += ms
        self.elapsed += ms


@contextmanager
def opened(folder: Path, **changes: Any) -> Iterator[Ledger]:
    """The ledger in `folder`, closed at the end."""
    wanted: dict[str, Any] = {"desk": DESK, "build_date": BUILT, "tick": Clock(), "terms": TERMS} | changes
    ledger = Ledger.open(folder, wanted.pop("key", KEY), **wanted)
    try:
        yield ledger
    finally:
        ledger.close()


def crossed(number: int = 0, *, action: str = "", kind: str = "vehicle_crossed", padding: int = 0) -> Fact:
    """A fact about nobody."""
    public: dict[str, Value] = {"lane": 1, "n": number, "padding": "x" * padding}
    people: list[Value] = [{"n": 1, "name": "张三", "id": "11010519491231002X"}]
    personal: dict[str, Value] = {"plate": f"豫A{number:05d}", "people": people}
    return Fact(kind, action or new_action(), START, public, personal, "S1", "7")


def headers(folder: Path, key: bytes = KEY) -> list[Any]:
    """Every header in chain order."""
    with database.open_reader(folder, key) as connection:
        return [read_header(entry.header) for entry in read_entries(connection)]


def actions(folder: Path, key: bytes = KEY) -> set[str]:
    """Every action in the file."""
    return {header.action for header in headers(folder, key)}


def verified(folder: Path, key: bytes = KEY) -> chain.Report:
    """The whole file, checked as `verify` does."""
    with database.open_reader(folder, key) as connection:
        return chain.verify(read_entries(connection), keys=read_desk_keys(connection), check=signature_fits)


def files_of(folder: Path) -> set[str]:
    """Names in the ledger's folder."""
    return {path.name for path in folder.iterdir()}
