"""A printed sheet against a ledger somebody changed: every change is noticed, and where it is.

The attacker of a re-chained or cut ledger has the desk's own key and signs every seal anew.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager, closing, nullcontext
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import cv2
import numpy as np
import pytest

from checkpoint_app.bootstrap import default_patterns
from checkpoint_app.crypto.desk import DeskKey, signature_fits
from checkpoint_app.domain import canonical
from checkpoint_app.domain.chain import verify
from checkpoint_app.domain.codes import classify
from checkpoint_app.domain.entry import GENESIS, Entry, Fact, Head, public_digest, read_header, seal_message
from checkpoint_app.domain.facts import By
from checkpoint_app.domain.paper_proof import PaperProof, read, texts
from checkpoint_app.domain.words import CodeClass
from checkpoint_app.scanning.decoder import Decoder
from checkpoint_app.services.desk import new_action
from checkpoint_app.services.duty import Duty
from checkpoint_app.services.paper import PaperResult, compare, compared, proof_of
from checkpoint_app.storage import database, engine, queries
from checkpoint_app.storage.desk import read_desk_key
from checkpoint_app.storage.ledger import Ledger
from tests.domain.chains import rehashed
from tests.scanning.drawn import code
from tests.storage.desks import DESK, KEY, START, Clock, opened

TRIES = 100
SMALL: dict[str, canonical.Value] = {
    "lane": 1,
    "direction": "in",
    "class": "car",
    "outcome": "released",
    "people": 1,
}
SEQ = b'"seq":%d,"shift"'


@dataclass(frozen=True)
class Station:
    """A ledger with an earlier shift and one that is closed, sealed and printed; all its entries in order."""

    folder: Path
    key: DeskKey
    entries: list[Entry]
    proof: PaperProof

    @property
    def start(self) -> int:
        return self.proof.seals[0][0]

    @property
    def end(self) -> int:
        return self.proof.seals[-1][0]

    def place(self, random: Random) -> int:
        """A number of the printed shift."""
        return random.randint(self.proof.first, self.end)

    def against(self, entries: list[Entry]) -> PaperResult:
        return compared(entries, self.proof, keys={self.key.key_id: self.key.public})

    def alone(self, entries: list[Entry]) -> bool:
        """What the chain says of itself, without the sheet."""
        return verify(entries, keys={self.key.key_id: self.key.public}, check=signature_fits).sound


def crossing(number: int, shift: str) -> Fact:
    personal = {"plate": f"豫A{number:05d}"} if number % 3 else None
    return Fact("vehicle_crossed", new_action(), START + number, SMALL, personal, shift, "01")


def served(ledger: Ledger, duty: Duty, count: int) -> str:
    """A shift with so many crossings, closed and sealed."""
    duty.open(group="三班", lead="王示范", officers=("李示范",), zone=480).result()
    current = duty.current()
    assert current is not None
    for begin in range(0, count, 250):
        ledger.append([crossing(begin + more, current.shift) for more in range(250)]).result()
    duty.close(waiting=0, by=By(current.shift, "01")).result()
    return current.shift


@pytest.fixture(scope="session")
def station(tmp_path_factory: pytest.TempPathFactory) -> Station:
    folder = tmp_path_factory.mktemp("station")
    with opened(folder, tick=Clock()) as ledger:
        duty = Duty(ledger, new_action)
        served(ledger, duty, 1_000)
        shift = served(ledger, duty, 2_000)
        with ledger.reader() as reader:
            proof, key = proof_of(reader, shift), read_desk_key(reader)
            head = ledger.head()
            entries = list(queries.chain_entries(reader, DESK, head.epoch, limit=10_000))
    assert proof is not None
    assert key is not None
    return Station(folder, key, entries, read(texts(proof)))


def edited(entry: Entry, random: Random) -> Entry:
    """One part of an entry is another; nothing is worked out anew."""
    ways: list[Callable[[Entry], Entry]] = [
        lambda e: replace(e, public=e.public.replace(b"}", b',"x":1}', 1)),
        lambda e: replace(e, header=e.header.replace(b'"zone":480', b'"zone":420')),
        lambda e: replace(e, header=e.header.replace(b'"v":1', b'"v":2')),
        lambda e: replace(e, hash=bytes(32)),
    ]
    if entry.personal:
        ways.append(lambda e: replace(e, personal=b'{"plate":"x"}'))
        ways.append(lambda e: replace(e, salt=bytes(32)))
    return random.choice(ways)(entry)


def rechained(entries: list[Entry], key: DeskKey, *, after: int, shift: int = 0) -> list[Entry]:
    """Every entry behind number `after` names the hash before it and counts on; seals are signed anew."""
    out = entries[:after]
    before = out[-1].hash.hex() if out else GENESIS
    for place, entry in enumerate(entries[after:], start=after + 1):
        header = read_header(entry.header)
        public = entry.public
        if header.kind == "sealed":
            head = Head(header.desk, header.epoch, place - 1, before)
            told: Any = canonical.decode(public)
            signature = key.sign(seal_message(head, key=key.key_id)).hex()
            public = canonical.encode(
                {**told, "head": before, "seq": head.seq, "signature": signature, "key": key.key_id}
            )
        data = entry.header.replace(header.prev.encode(), before.encode(), 1)
        data = data.replace(SEQ % header.seq, SEQ % place, 1)
        data = data.replace(header.public.encode(), public_digest(public).encode(), 1)
        out.append(replace(rehashed(entry, data), public=public))
        before = out[-1].hash.hex()
    return out


def told_otherwise(entry: Entry, random: Random) -> Entry:
    """An entry that says something else, with everything of itself worked out anew."""
    header = read_header(entry.header)
    if header.kind == "sealed":
        return rehashed(entry, entry.header.replace(b'"mono":', b'"mono":9', 1))
    public = canonical.encode({**canonical.decode(entry.public), "people": random.randint(2, 9)})  # type: ignore[dict-item]
    return rehashed(
        replace(entry, public=public),
        entry.header.replace(header.public.encode(), public_digest(public).encode()),
    )


def renumbered(entry: Entry, before: int, after: int) -> Entry:
    return replace(entry, header=entry.header.replace(SEQ % before, SEQ % after, 1))


def test_a_ledger_that_nobody_touched_is_unchanged(station: Station) -> None:
    found = station.against(station.entries)
    assert found.unchanged
    assert found.checked == station.end - station.start + 1
    with database.open_reader(station.folder, KEY) as reader:
        assert compare(on(reader), station.proof) == found


def test_no_interval_between_seals_has_more_than_500_entries(station: Station) -> None:
    numbers = [seq for seq, _digest in station.proof.seals]
    assert len(numbers) >= 5
    assert max(high - low for low, high in pairwise(numbers)) <= 500


def test_of_100_edited_entries_every_one_is_named(station: Station) -> None:
    for seed in range(TRIES):
        random = Random(seed)
        place = station.place(random)
        entries = list(station.entries)
        entries[place - 1] = edited(entries[place - 1], random)
        found = station.against(entries)
        assert (found.unchanged, found.entry) == (False, place), seed


def test_of_100_removed_entries_every_one_is_noticed(station: Station) -> None:
    for seed in range(TRIES):
        place = station.place(Random(seed))
        found = station.against(station.entries[: place - 1] + station.entries[place:])
        assert not found.unchanged, seed
        assert place in {found.entry, station.end}, seed


def test_of_100_renumbered_entries_every_one_is_noticed(station: Station) -> None:
    """The number goes up beyond the end, or two entries change places."""
    for seed in range(TRIES):
        random, entries = Random(seed), list(station.entries)
        one, other = station.place(random), station.place(random)
        if one == other:
            other = station.proof.first + (one == station.proof.first)
        if seed % 2:
            entries[one - 1] = renumbered(station.entries[other - 1], other, one)
            entries[other - 1] = renumbered(station.entries[one - 1], one, other)
        else:
            entries.append(renumbered(entries.pop(one - 1), one, len(entries) + 1_000))
        found = station.against(entries)
        assert not found.unchanged, seed
        assert found.entry in {one, other} or one == station.end, seed


def test_of_100_rechained_entries_every_one_is_noticed_and_its_interval_named(station: Station) -> None:
    missed = 0
    for seed in range(TRIES):
        random = Random(seed)
        place = station.place(random)
        changed = list(station.entries)
        changed[place - 1] = told_otherwise(changed[place - 1], random)
        entries = rechained(changed, station.key, after=place - 1)
        found = station.against(entries)
        assert (found.unchanged, found.entry) == (False, None), seed
        assert holds(found, place), seed
        missed += station.alone(entries) if seed % 10 == 0 else 0
    assert missed == 10  # the control: without the sheet nobody can tell


def test_of_100_cut_ledgers_every_one_is_noticed_and_the_interval_named(station: Station) -> None:
    """The end is cut off and sealed, or some entries in the middle are gone and the rest moves up."""
    missed = 0
    for seed in range(TRIES):
        random = Random(seed)
        place = station.place(random)
        if seed % 2:
            entries = station.entries[: place - 1]
        else:
            gone = random.randint(1, 400)
            rest = station.entries[: place - 1] + station.entries[place - 1 + gone :]
            entries = rechained(rest, station.key, after=place - 1)
        found = station.against(entries)
        assert not found.unchanged, seed
        assert holds(found, place), seed
        missed += station.alone(entries) if seed % 10 < 2 else 0
    assert missed == 20  # the control: without the sheet nobody can tell


def holds(found: PaperResult, place: int) -> bool:
    """Whether the interval named has the place, and is no longer than one between two seals."""
    if found.interval is None:
        return False
    low, high = found.interval
    return low <= place <= high and high - low < 500


def test_a_changed_file_is_found_out_as_its_copy_is(station: Station, tmp_path: Path) -> None:
    """Through a real file and the real reading, one of each kind."""
    place = station.proof.first + 700
    header = station.entries[place - 1].header.decode()
    ways = {
        "edited": (
            "UPDATE entry SET public = '{\"people\":9}' WHERE desk = ? AND seq = ?",
            (DESK, place),
        ),
        "removed": ("DELETE FROM entry WHERE desk = ? AND seq = ?", (DESK, place)),
        "renumbered": (
            "UPDATE entry SET header = ? WHERE seq = ?",
            (header.replace(f'"seq":{place},', f'"seq":{place + 9_000},'), place),
        ),
        "cut": ("DELETE FROM entry WHERE desk = ? AND seq >= ?", (DESK, place)),
    }
    for name, (sql, values) in ways.items():
        with copied(station, tmp_path / name) as connection:
            connection.execute(sql, values)
            found = compare(on(connection), station.proof)
        assert found is not None
        assert not found.unchanged, name
        assert place in {found.entry, *(found.interval or ())} or holds(found, place), name


def on(connection: engine.Connection) -> Callable[[], AbstractContextManager[engine.Connection]]:
    return lambda: nullcontext(connection)


def copied(station: Station, folder: Path) -> closing[engine.Connection]:
    """A writing connection on a copy of the file, its guards taken away."""
    folder.mkdir()
    shutil.copy(database.ledger_file(station.folder), database.ledger_file(folder))
    connection = engine.connect(database.ledger_file(folder), KEY)
    for trigger in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {trigger[0]}")
    return closing(connection)


def test_a_sheet_of_another_desk_is_told_apart(station: Station) -> None:
    with database.open_reader(station.folder, KEY) as reader:
        found = compare(on(reader), replace(station.proof, epoch="0" * 16))
    assert found is not None
    assert (found.unchanged, found.known, found.interval) == (False, False, None)


def test_comparing_can_be_stopped(station: Station) -> None:
    with database.open_reader(station.folder, KEY) as reader:
        assert compare(on(reader), station.proof, progress=lambda _done: False) is None


def test_what_is_forgotten_changes_nothing_on_the_sheet(station: Station) -> None:
    entries = [replace(entry, personal=None, salt=None) for entry in station.entries]
    assert station.against(entries).unchanged


def test_what_comes_after_the_sheet_is_no_affair_of_it(station: Station) -> None:
    entries = [*station.entries, replace(station.entries[-1], header=b"{}")]
    assert station.against(entries[: station.end]).unchanged


def test_the_code_of_a_sheet_is_read_from_its_picture(station: Station) -> None:
    (text,) = texts(station.proof)
    picture = cv2.cvtColor(code(text.encode("ascii"), module=5), cv2.COLOR_GRAY2BGR)
    found = Decoder().read(np.asarray(picture, dtype=np.uint8), at=0)
    assert [reading.payload for reading in found] == [text.encode()]
    assert classify(text.encode(), default_patterns()).kind is CodeClass.SEAL
    assert read([found[0].payload.decode()]) == station.proof
