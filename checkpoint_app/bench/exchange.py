"""`bench exchange [--crossings N] [--rounds R] [--lane | --memory]`: bundles out and in, beside their floors.

Everything of a ledger goes out and comes in again, round by round; each round measures an export, the same
rows merely read, an import and the same rows merely written. The floor of an import reads every row from the
same file and writes it with `executemany` into the same table under the same settings, and its search marks,
all in one transaction. The bars are of the clock; where a busy machine spoils that, processor time decides.
`--lane` measures a lane's writes during an import, `--memory` the peaks of 10,000 and of N crossings (500,000
unless told), each in a process of its own.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from checkpoint_app.bench.bundles import (
    Sent,
    headquarters,
    in_order,
    peak_mb,
    send_all,
    sender,
    station,
    take_in,
)
from checkpoint_app.bench.exchange_lane import beside_a_lane
from checkpoint_app.bench.seed import folder_of, key_of, seed
from checkpoint_app.crypto.envelope import ExchangeKey
from checkpoint_app.services.sending import Sending, Which
from checkpoint_app.storage import blocks, database, landing, marks
from checkpoint_app.storage.engine import Connection
from checkpoint_app.storage.ledger import Ledger

CROSSINGS, FEW, MANY, ROUNDS = 100_000, 10_000, 500_000, 5
BARS = {"export": 2.0, "import": 2.5}
FLAT_MB = 100
"""What fifty times the entries may take more: the engine's own caches, which are bounded."""
_PAGE = 2_000
_READ = "SELECT header, public, personal, salt, hash FROM entry WHERE id > ? ORDER BY id LIMIT ?"
_ROWS = "SELECT id + ?, header, public, personal, salt, hash FROM entry WHERE id > ? ORDER BY id LIMIT ?"
_INSERT = "INSERT INTO entry(id, header, public, personal, salt, hash) VALUES(?, ?, ?, ?, ?, ?)"


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds by the clock, and of all this process's threads together."""

    clock: float
    processor: float


@dataclass(frozen=True, slots=True)
class Round:
    """One side, its floor and its work, over `entries` entries."""

    side: str
    entries: int
    floor: Took
    work: Took


def run(arguments: Sequence[str]) -> int:
    """1 when something is over its bar."""
    parser = argparse.ArgumentParser(prog="bench exchange", description=__doc__)
    parser.add_argument("--crossings", type=int)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--lane", action="store_true")
    parser.add_argument("--memory", action="store_true")
    given = parser.parse_args(arguments)
    crossings = given.crossings or (MANY if given.memory else CROSSINGS)
    folder = folder_of(crossings)
    seed(folder, crossings)
    if given.memory:
        return int(not _memory(crossings))
    with tempfile.TemporaryDirectory(prefix="exchange-") as place:
        if given.lane:
            return int(not beside_a_lane(Path(place) / "hq", _sent(folder, Path(place))))
        return tell(list(rounds(folder, Path(place), count=given.rounds)))


# both sides in turns


def rounds(folder: Path, place: Path, *, count: int) -> Iterator[Round]:
    """Export and import of a seeded ledger, each beside its floor; told as they are done."""
    key = ExchangeKey.make()
    (stick := place / "stick").mkdir()
    with station(folder, place / "station") as ledger:
        sending, peer = sender(ledger, key)
        for number in range(count):
            out = _out(ledger, sending, stick)
            into = _into(ledger.folder, place / str(number), Sent(in_order(stick), peer, key))
            for each in (out, into):
                print(f"round {number + 1}: {_told(each)}", flush=True)
                yield each
            for file in stick.iterdir():
                file.unlink()


def _out(ledger: Ledger, sending: Sending, stick: Path) -> Round:
    _, floor = _timed(lambda: _read_all(ledger))
    sent, work = _timed(lambda: sending.send(sending.plan(Which.ALL), str(stick), by=None))
    assert sent is not None  # nobody stops it
    return Round("export", sum(each.count for each in sent.files), floor, work)


def _into(source: Path, place: Path, sent: Sent) -> Round:
    floor = _floor(source, place / "floor")
    entries, work = _import(place / "hq", sent)
    return Round("import", entries, floor, work)


def _read_all(ledger: Ledger) -> None:
    after, count = 0, _PAGE
    while count == _PAGE:
        with ledger.reader() as reader:
            count = len(reader.execute(_READ, (after, _PAGE)).fetchall())
        after += _PAGE


def _floor(source: Path, target: Path) -> Took:
    """What reading the same rows and writing them takes, with their marks."""
    ledger = headquarters(target)
    try:
        with database.open_reader(source, key_of(source), whole=True) as reader:
            work = lambda: ledger.transact(lambda writer: _copy(reader, writer)).result()  # noqa: E731
            return _timed(work)[1]
    finally:
        ledger.close()


def _copy(reader: Connection, writer: Connection) -> None:
    after = 0
    while rows := reader.execute(_ROWS, (blocks.BLOCK, after, _PAGE)).fetchall():
        writer.executemany(_INSERT, rows)
        marks.put_marks(writer, rows[0][0], rows[-1][0])
        after = rows[-1][0] - blocks.BLOCK


def _import(folder: Path, sent: Sent) -> tuple[int, Took]:
    """Entries taken in, and what that took."""
    ledger = headquarters(folder, sent.peer)
    try:
        return _timed(lambda: take_in(ledger, sent, step_ms=landing.QUIET_STEP_MS))
    finally:
        ledger.close()


def _timed(work: Callable[[], Any]) -> tuple[Any, Took]:
    clock, processor = time.perf_counter(), time.process_time()
    done = work()
    return done, Took(time.perf_counter() - clock, time.process_time() - processor)


# what is printed


def tell(found: Sequence[Round]) -> int:
    """Prints medians beside their bars; 1 when one is over."""
    busy, over = _is_busy(), []
    for side, bar in BARS.items():
        some = [each for each in found if each.side == side]
        clock = statistics.median(each.work.clock / each.floor.clock for each in some)
        processor = statistics.median(each.work.processor / each.floor.processor for each in some)
        kept = clock <= bar or (busy and processor <= bar)
        over += [] if kept else [side]
        print(
            f"{side} of {some[-1].entries:,} entries, everything verified, {len(some)} rounds:"
            f" {clock:.2f} times its floor (bar {bar}), {processor:.2f} times its processor time:"
            f" {'kept' if kept else 'exceeded'}"
        )
    print("the machine was busy: processor time decides" if busy else "the machine was not busy")
    return int(bool(over))


def _is_busy() -> bool:
    """Whether others wanted the processor too, this last minute."""
    return hasattr(os, "getloadavg") and os.getloadavg()[0] > (os.cpu_count() or 1)


def _told(each: Round) -> str:
    floor, work = each.floor.clock / each.entries * 1e6, each.work.clock / each.entries * 1e6
    return (
        f"{each.side} {work:.0f} us an entry, floor {floor:.0f}: {work / floor:.2f} times,"
        f" {each.work.processor / each.floor.processor:.2f} of processor time"
    )


# memory


def _memory(crossings: int) -> bool:
    seed(folder_of(FEW), FEW)
    few, many = _peaks(FEW), _peaks(crossings)
    for side in BARS:
        print(
            f"largest memory of an {side}: {few[side]} MB of {FEW:,} crossings,"
            f" {many[side]} MB of {crossings:,} (bar {FLAT_MB} MB more)",
            flush=True,
        )
    return all(many[side] - few[side] <= FLAT_MB for side in BARS)


def _peaks(crossings: int) -> dict[str, int]:
    """MB, by side."""
    with tempfile.TemporaryDirectory(prefix="exchange-") as place:
        sent, out = _elsewhere(_export_peak, folder_of(crossings), Path(place))
        into = _elsewhere(_import_peak, Path(place) / "hq", sent)
    return {"export": out, "import": into}


def _elsewhere(work: Callable[..., Any], *given: object) -> Any:
    """The same in a process of its own."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(work, given)


def _export_peak(folder: Path, place: Path) -> tuple[Sent, int]:
    return _sent(folder, place), peak_mb()


def _import_peak(folder: Path, sent: Sent) -> int:
    _import(folder, sent)
    return peak_mb()


def _sent(folder: Path, place: Path) -> Sent:
    """Everything of a seeded ledger, in files for headquarters."""
    (stick := place / "stick").mkdir()
    with station(folder, place / "station") as ledger:
        return send_all(ledger, stick, ExchangeKey.make())
