"""`bench collate [--stations N] [--crossings N]`: a day of many stations in one file, and searched.

Every station's day is written through the real append path, sent as bundles and taken in, all of it verified.
What the stations sent is kept in the system's temporary folder for the next time; headquarters begins anew.
Searches by fragments of plates that are there stand beside an empty loop with the same clock.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from random import Random

from checkpoint_app.bench import traffic
from checkpoint_app.bench.bundles import HEADQUARTERS, KEY, Sent, headquarters, in_order, send_all, take_in
from checkpoint_app.bench.seed import SEED, PlayedClock, Seeding, open_seeded
from checkpoint_app.crypto.envelope import ExchangeKey
from checkpoint_app.domain import facts
from checkpoint_app.domain.peers import Peer, PeerRole
from checkpoint_app.storage import blocks, database, finding, landing
from checkpoint_app.storage.engine import Connection
from checkpoint_app.storage.ledger import Ledger

STATIONS, CROSSINGS = 40, 6_000
LENGTHS, SEARCHES = (2, 3, 4), 100
LIMIT_MS = 50.0
PARTS = 4
"""How often growth is told on the way."""
CACHE = Path(tempfile.gettempdir()) / "checkpoint-bench-collate"
_PEER = "peer.json"
_SIZE = "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"


@dataclass(frozen=True, slots=True)
class Grown:
    """Headquarters behind so many stations: entries and seconds since it was empty, bytes of its file."""

    stations: int
    entries: int
    seconds: float
    size: int


@dataclass(frozen=True, slots=True)
class Searched:
    """Milliseconds of every search for fragments of `length`, and of turns of an empty loop."""

    length: int
    times: Sequence[float]
    empty: Sequence[float]
    rows: float


# the stations


def stations_sent(count: int, crossings: int, *, root: Path) -> tuple[Sent, ...]:
    """What each station sent; made in `root` where it is not there yet."""
    key = _exchange_key(root)
    return tuple(_sent(root / f"{number:03}-{crossings}", number, crossings, key) for number in range(count))


def _exchange_key(root: Path) -> ExchangeKey:
    """Headquarters', kept openly: everything it opens is invented."""
    root.mkdir(parents=True, exist_ok=True)
    kept = root / "headquarters.age"
    if not kept.exists():
        kept.write_text(ExchangeKey.make().identity, encoding="ascii")
    return ExchangeKey.load(kept.read_text(encoding="ascii"))


def _sent(folder: Path, number: int, crossings: int, key: ExchangeKey) -> Sent:
    stick, kept = folder / "stick", folder / _PEER
    if not kept.exists():
        stick.mkdir(parents=True, exist_ok=True)
        for file in stick.iterdir():  # of a run that was stopped
            file.unlink()
        with tempfile.TemporaryDirectory() as place:
            sent = _lived(Path(place), stick, number, crossings, key)
        kept.write_text(json.dumps(_peer_told(sent.peer)), encoding="utf-8")
    return Sent(in_order(stick), _peer_of(json.loads(kept.read_text(encoding="utf-8"))), key)


def _lived(place: Path, stick: Path, number: int, crossings: int, key: ExchangeKey) -> Sent:
    """A day of one station, sent."""
    desk, day = f"BENCH-{number:03}-1", traffic.LAST_DAY
    clock = PlayedClock(traffic.start_of(day))
    ledger = open_seeded(place, clock=clock, desk=desk)
    try:
        seeding = Seeding(ledger, clock, desk)
        wishes = traffic.facts_of_day(day, crossings, seed=SEED + number, desk=desk)
        seeding.feed(0, wishes, skip=0)
        seeding.settle()
        return send_all(ledger, stick, key)
    finally:
        ledger.close()


def _peer_told(peer: Peer) -> dict[str, str]:
    return {"desk": peer.desk, "key": peer.key, "public": peer.public.hex(), "recipient": peer.recipient}


def _peer_of(told: dict[str, str]) -> Peer:
    public = bytes.fromhex(told["public"])
    return Peer(told["desk"], PeerRole.STATION, told["desk"][:-2], told["key"], public, told["recipient"], 0)


# headquarters


def collate(folder: Path, sent: Sequence[Sent]) -> Iterator[Grown]:
    """Takes in station by station; says how far it is in the beginning, every part of the way, at the end."""
    ledger = headquarters(folder, *(each.peer for each in sent))
    every = max(1, len(sent) // PARTS)
    entries, took = 0, 0.0
    try:
        yield Grown(0, 0, 0.0, _size(ledger))
        for number, station in enumerate(sent, start=1):
            began = time.perf_counter()
            entries += take_in(ledger, station, step_ms=landing.QUIET_STEP_MS)
            took += time.perf_counter() - began
            if number % every == 0 or number == len(sent):
                yield Grown(number, entries, took, _size(ledger))
    finally:
        ledger.close()


def _size(ledger: Ledger) -> int:
    with ledger.reader() as reader:
        return int(reader.execute(_SIZE).fetchone()[0])


def search(reader: Connection, *, searches: int, seed: int = 1) -> Iterator[Searched]:
    """Fragments of plates that are there, from anywhere in them."""
    dice = Random(seed)
    chains = reader.execute("SELECT number, desk, epoch FROM chain_number").fetchall()
    for length in LENGTHS:
        fragments = [_fragment(reader, dice, chains, length) for _ in range(searches)]
        found: list[int] = []
        times = _timed(fragments, lambda each: found.append(len(finding.search(reader, each).rows)))  # noqa: B023
        yield Searched(length, times, _timed(fragments, lambda _each: None), sum(found) / searches)


def _timed(fragments: Sequence[str], work: Callable[[str], None]) -> list[float]:
    times = []
    for each in fragments:
        began = time.perf_counter()
        work(each)
        times.append((time.perf_counter() - began) * 1000)
    return times


def _fragment(reader: Connection, dice: Random, chains: Sequence[Sequence[object]], length: int) -> str:
    while True:
        plate = _plate(reader, dice, int(str(dice.choice(chains)[0])))
        if len(plate) >= length:
            at = dice.randrange(len(plate) - length + 1)
            return plate[at : at + length]


def _plate(reader: Connection, dice: Random, number: int) -> str:
    """Of some crossing of that chain; "" when chance found another entry."""
    start = blocks.start_of(number)
    (last,) = reader.execute(
        "SELECT max(id) FROM entry WHERE id >= ? AND id < ?", (start, start + blocks.BLOCK)
    ).fetchone()
    row = reader.execute(
        "SELECT personal ->> '$.plate' FROM entry WHERE id = ? AND kind = ?",
        (dice.randrange(start + 1, last + 1), facts.VEHICLE_CROSSED),
    ).fetchone()
    return str(row[0] or "") if row else ""


# what is printed


def growth_lines(grown: Sequence[Grown]) -> Iterator[str]:
    for before, now in pairwise(grown):
        entries, seconds = now.entries - before.entries, now.seconds - before.seconds
        yield (
            f"{now.stations:>4} stations {now.entries:>10,} entries {now.size:>14,} bytes"
            f" {entries / seconds:>8,.0f} entries a second"
            f" {(now.size - before.size) / entries:>6,.0f} bytes an entry more"
        )
    first, last = grown[0], grown[-1]
    yield (
        f"taken in, everything verified: {last.entries:,} entries in {last.seconds:.1f} s,"
        f" {last.entries / last.seconds:,.0f} a second;"
        f" {(last.size - first.size) / last.entries:,.0f} bytes an entry"
    )


def search_lines(found: Sequence[Searched]) -> Iterator[str]:
    yield f"{'plate, any':<12}{'p50 ms':>9}{'p99 ms':>9}{'rows':>7}{'empty loop p50':>17}{'p99':>9}"
    for each in found:
        yield (
            f"{each.length:<12}{statistics.median(each.times):>9.2f}{p99(each.times):>9.2f}{each.rows:>7.1f}"
            f"{statistics.median(each.empty):>17.4f}{p99(each.empty):>9.4f}"
        )


def p99(times: Sequence[float]) -> float:
    return statistics.quantiles(times, n=100, method="inclusive")[98]


def run(arguments: Sequence[str]) -> int:
    """1 when a search is over its limit."""
    parser = argparse.ArgumentParser(prog="bench collate", description=__doc__)
    parser.add_argument("--stations", type=int, default=STATIONS)
    parser.add_argument("--crossings", type=int, default=CROSSINGS)
    parser.add_argument("--searches", type=int, default=SEARCHES)
    parser.add_argument("--cache", type=Path, default=CACHE)
    given = parser.parse_args(arguments)
    began = time.perf_counter()
    sent = stations_sent(given.stations, given.crossings, root=given.cache)
    size = sum(file.stat().st_size for each in sent for file in each.files)
    print(
        f"{given.stations} stations, {given.crossings:,} crossings each, {size:,} bytes of bundles"
        f" ({time.perf_counter() - began:.0f} s)",
        flush=True,
    )
    with tempfile.TemporaryDirectory(prefix="collate-") as folder:
        grown = list(collate(Path(folder), sent))
        print(*growth_lines(grown), sep="\n", flush=True)
        with database.open_reader(Path(folder), KEY) as reader:
            found = list(search(reader, searches=given.searches))
    print(*search_lines(found), sep="\n")
    over = [each for each in found if p99(each.times) > LIMIT_MS]
    print(f"{HEADQUARTERS}: limit {LIMIT_MS:.0f} ms at p99 {'exceeded' if over else 'kept'}")
    return int(bool(over))
