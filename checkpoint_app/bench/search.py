"""`bench search FOLDER`: how long a search takes by kind of fragment, beside a plain LIKE of the same run.

Fragments are cut from entries picked by chance, so that common ones are looked for as often as they occur.
LIKE reads the whole ledger, therefore once a kind only. Every kind must stay below the limit at its 99th
percentile. The processor's own time stands beside the clock's, for a machine that has other work.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from checkpoint_app.bench.seed import key_of
from checkpoint_app.domain import facts
from checkpoint_app.storage import database, finding
from checkpoint_app.storage.engine import Connection

LIMIT_MS = 50.0
PROBES = 300
_LIKE = "SELECT id FROM entry WHERE personal LIKE ? ORDER BY id DESC LIMIT 50"

Cut = Callable[[Random, Mapping[str, Any]], str]
"""A fragment of a personal part."""


@dataclass(frozen=True, slots=True)
class Measured:
    """Milliseconds of every probe of one kind, of clock and of processor, and seconds of one LIKE."""

    kind: str
    example: str
    times: Sequence[float]
    cpu: Sequence[float]
    rows: float
    like: float | None

    @property
    def p99(self) -> float:
        return _p99(self.times)


def _p99(times: Sequence[float]) -> float:
    return statistics.quantiles(times, n=100)[98]


def _part(dice: Random, text: str, length: int) -> str:
    start = dice.randrange(max(1, len(text) - length + 1))
    return text[start : start + length]


def _of(field: str, cut: Callable[[Random, str], str]) -> Cut:
    return lambda dice, personal: cut(dice, dice.choice(personal["people"])[field])


def _always(text: str) -> Cut:
    return lambda _dice, _personal: text


KINDS: Mapping[str, Cut] = {
    "plate, any 2": lambda dice, personal: _part(dice, personal["plate"], 2),
    "plate, any 4": lambda dice, personal: _part(dice, personal["plate"], 4),
    "name, any 2": _of("name", lambda dice, text: _part(dice, text, 2)),
    "张伟": _always("张伟"),
    "豫A": _always("豫A"),
    "name, none": _always("龘靐"),
    "plate, none": lambda dice, _personal: f"ZZ{dice.randrange(10):01}ZZ",
    "id, none": lambda dice, _personal: f"99{dice.randrange(10**6):06}",
    "id, start": _of("id", lambda dice, text: text[: dice.randrange(4, 15)]),
    "id, whole": _of("id", lambda _dice, text: text),
    "id, birth date": _of("id", lambda _dice, text: text[6:14]),
    "id, last 6": _of("id", lambda _dice, text: text[-6:]),
    "id, last 4": _of("id", lambda _dice, text: text[-4:]),
    "phone, start": _of("phone", lambda dice, text: text[: dice.randrange(3, 12)]),
    "phone, last 4": _of("phone", lambda _dice, text: text[-4:]),
}


def measure(reader: Connection, *, probes: int, like: bool, seed: int = 1) -> Iterator[Measured]:
    """Every kind in turn; the entries behind the probes are picked and read before the clock runs."""
    dice = Random(seed)
    (last,) = reader.execute("SELECT max(id) FROM entry").fetchone()
    for kind, cut in KINDS.items():
        fragments = [cut(dice, _personal(reader, dice, last)) for _ in range(probes)]
        times, cpu, rows = [], [], 0
        for fragment in fragments:
            began, busy = time.perf_counter(), time.thread_time()
            rows += len(finding.search(reader, fragment).rows)
            cpu.append((time.thread_time() - busy) * 1000)
            times.append((time.perf_counter() - began) * 1000)
        plain = _like(reader, fragments[-1]) if like else None
        yield Measured(kind, fragments[-1], times, cpu, rows / probes, plain)


def _personal(reader: Connection, dice: Random, last: int) -> Mapping[str, Any]:
    while True:
        row = reader.execute(
            "SELECT personal FROM entry WHERE id = ? AND kind = ?",
            (dice.randrange(1, last + 1), facts.VEHICLE_CROSSED),
        ).fetchone()
        if row and row[0]:
            found: Mapping[str, Any] = json.loads(row[0])
            return found


def _like(reader: Connection, fragment: str) -> float:
    began = time.perf_counter()
    reader.execute(_LIKE, (f"%{fragment}%",)).fetchall()
    return time.perf_counter() - began


def _warm(path: Path) -> None:
    """Reads the file once, as the full verification behind every start does."""
    with path.open("rb") as file:
        while file.read(1 << 24):
            pass


def run(arguments: Sequence[str]) -> int:
    """`bench search FOLDER [--probes N] [--no-like] [--cold]`; 1 when a kind is over the limit."""
    parser = argparse.ArgumentParser(prog="bench search", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--probes", type=int, default=PROBES)
    parser.add_argument("--no-like", action="store_true")
    parser.add_argument("--cold", action="store_true", help="do not read the file once before")
    given = parser.parse_args(arguments)
    over = 0
    if not given.cold:
        _warm(database.ledger_file(given.folder))
    with database.open_reader(given.folder, key_of(given.folder)) as reader:
        print(
            f"{'kind':<16}{'example':<20}{'p50 ms':>8}{'p99 ms':>8}{'max ms':>8}"
            f"{'cpu p99':>9}{'rows':>7}{'LIKE s':>9}"
        )
        for found in measure(reader, probes=given.probes, like=not given.no_like):
            over += found.p99 > LIMIT_MS
            like = "" if found.like is None else f"{found.like:9.2f}"
            print(
                f"{found.kind:<16}{found.example:<20}{statistics.median(found.times):8.2f}{found.p99:8.2f}"
                f"{max(found.times):8.2f}{_p99(found.cpu):9.2f}{found.rows:7.1f}{like}",
                flush=True,
            )
    print(f"limit {LIMIT_MS:.0f} ms at p99: {'kept' if not over else f'{over} kinds over it'}")
    return 1 if over else 0
