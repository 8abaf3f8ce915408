"""One schedule: parcels of a world on their way, and what a ledger shows at the end against the oracle."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

from checkpoint_app.domain.bundles import Announced
from checkpoint_app.domain.entry import Entry
from checkpoint_app.storage import spans
from checkpoint_app.storage.forks import rows as fork_rows
from tests.schedules import oracle
from tests.schedules.bare import Bare, Parcel, header_of
from tests.schedules.oracle import Name, Picture
from tests.schedules.world import Line, World

SEEN = "NOT EXISTS (SELECT 1 FROM withheld WHERE {0} BETWEEN low AND high)"


@dataclass
class Told:
    """What one schedule did, for counting: `lost` parcels were never delivered."""

    landed: int = 0
    crashed: int = 0
    refused: int = 0
    doubled: int = 0
    lost: int = 0
    forks: int = 0
    erased: int = 0


class DivergedError(AssertionError):
    """A ledger shows something else than what was delivered says."""


def play(bare: Bare, world: World, dice: random.Random, *, announce: bool = True) -> Told:
    """Raises DivergedError."""
    told, delivered, heads = Told(), [], []
    parcels = _parcels(world, dice)
    sent = [parcel for parcel in parcels if dice.random() > 0.15]
    told.lost = len(parcels) - len(sent)
    sent += [parcel for parcel in sent if dice.random() < 0.3]
    told.doubled = len(sent) - len(set(map(id, sent)))
    dice.shuffle(sent)
    with bare.schedule():
        for parcel in sent:
            if dice.random() < 0.08:  # cut short or changed on the way: the reader refuses it, nothing lands
                told.refused += 1
                continue
            if announce:
                parcel = Parcel(parcel.name, parcel.ranges, _heads(world, parcel))
            _deliver(bare, parcel, dice, told)
            if bare.took(parcel):
                delivered += [entry for each in parcel.ranges for entry in each]
                heads += [(head.desk, head.epoch, head.seq) for head in _heads(world, parcel)]
        wanted = oracle.expect(delivered, heads)
        told.landed, told.forks = len(delivered), len(wanted.disputes)
        told.erased = sum(own is None for *_, own in wanted.entries)
        compare(wanted, picture(bare.connection))
    return told


def _deliver(bare: Bare, parcel: Parcel, dice: random.Random, told: Told) -> None:
    if dice.random() < 0.8:
        bare.land(parcel)
        return
    told.crashed += 1
    staged = dice.random() < 0.7
    bare.land_and_crash(parcel, at=dice.randrange(9), after_commit=dice.random() < 0.5, staged=staged)


def _heads(world: World, parcel: Parcel) -> tuple[Announced, ...]:
    """The furthest sealed head of the lines of which the parcel brings something."""
    hashes = {each[-1].hash for each in parcel.ranges}
    lines = [line for line in world.lines if any(entry.hash in hashes for entry in line.entries)]
    return tuple(
        Announced(line.desk, line.epoch, last, line.entries[last - 1].hash.hex(), 1, "0" * 16, "0" * 128)
        for line in lines
        if (last := line.seals[-1])
    )


def _parcels(world: World, dice: random.Random) -> list[Parcel]:
    """Every line in stretches that end with seals, some of them overlapping, up to three in a parcel."""
    ranges = [each for line in world.lines for each in _stretches(line, dice)]
    dice.shuffle(ranges)
    parcels: list[Parcel] = []
    while ranges:
        take = min(len(ranges), dice.randrange(1, 4))
        chosen, ranges = _apart(ranges[:take]), ranges[take:]
        parcels.append(Parcel(f"{dice.getrandbits(64):016x}", chosen))
    return parcels


def _stretches(line: Line, dice: random.Random) -> list[tuple[Entry, ...]]:
    found, at = [], 0
    while at < len(line.seals):
        end = min(len(line.seals) - 1, at + dice.randrange(3))
        back = max(0, at - (dice.randrange(2) if at else 0))
        first = line.seals[back - 1] if back else 0
        stretch = line.entries[first : line.seals[end]]
        found.append(tuple(map(_bared, stretch)) if dice.random() < 0.15 else stretch)
        at = end + 1
    return found


def _bared(entry: Entry) -> Entry:
    """As somebody passes it on who holds its personal part no more."""
    return Entry(entry.header, entry.public, None, None, entry.hash)


def _apart(ranges: Sequence[tuple[Entry, ...]]) -> tuple[tuple[Entry, ...], ...]:
    """Ranges of one chain in one bundle must not overlap: the later ones of a chain stay at home."""
    chains: dict[tuple[str, str], tuple[Entry, ...]] = {}
    for each in ranges:
        head = header_of(each[0])
        chains.setdefault((head.desk, head.epoch), each)
    return tuple(chains.values())


def compare(wanted: Picture, found: Picture) -> None:
    for each in fields(Picture):
        left, right = getattr(wanted, each.name), getattr(found, each.name)
        if left != right:
            raise DivergedError(f"{each.name}: wanted {_only(left, right)}, found {_only(right, left)}")


def _only(one: Any, other: Any) -> str:
    if isinstance(one, dict):
        one, other = set(map(str, one.items())), set(map(str, other.items()))
    return str(sorted(map(str, one - other)))[:600]


def picture(connection: Any) -> Picture:
    """What a reader would see in the tables, by names instead of local ids."""
    ids: dict[int, Name] = {}
    found = Picture()
    for ident, desk, epoch, seq, digest, own, seen in connection.execute(_ENTRIES).fetchall():
        ids[ident] = (desk, epoch, seq)
        found.accepted.add((desk, epoch, seq, digest))
        if seen:
            found.entries.add((desk, epoch, seq, digest, own))
    aside = connection.execute("SELECT desk, epoch, seq, lower(hex(hash)) FROM fork").fetchall()
    found.accepted |= set(aside)
    found.disputes = {(row.desk, row.epoch, row.seq) for row in fork_rows(connection)}
    found.gaps = {(gap.desk, gap.epoch, gap.first, gap.last) for gap in spans.gaps(connection)}
    for *slot, vehicles, people in connection.execute("SELECT * FROM hourly WHERE vehicles OR people"):
        found.counts[tuple(slot)] = (vehicles, people)
    for entry, public, undone in connection.execute("SELECT * FROM revision"):
        found.revisions[ids[entry]] = (json.dumps(json.loads(public), sort_keys=True), bool(undone))
    for desk, action, entry in connection.execute("SELECT * FROM thread"):
        found.threads.add((desk, action, ids[entry]))
    for shift, desk, opened, closed in connection.execute("SELECT shift, desk, opened, closed FROM duty"):
        found.duties[shift, desk] = (ids.get(opened), ids.get(closed))
    for desk, name, first, last, over, until in connection.execute(_AFFAIRS):
        found.affairs[desk, name] = (ids[first], ids[last], bool(over), until)
    for text, entry in connection.execute(_PLATES):
        found.plates.add((text[1:], ids[entry]))
    return found


_ENTRIES = f"""
SELECT id, desk, epoch, seq, lower(hex(hash)), personal, {SEEN.format("id")}
  FROM entry WHERE id >= 134217728"""
_AFFAIRS = "SELECT desk, name, first, last, over, until FROM affair WHERE family = 'matter'"
_PLATES = f"SELECT text, entry FROM mark WHERE text >= 'p豫A' AND text < 'p豫B' AND {SEEN.format('entry')}"
