"""South with two desks, West, North, and their headquarters; bundles go by a shared folder and by a stick."""

from __future__ import annotations

import shutil
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from checkpoint_app import bootstrap
from checkpoint_app.crypto.keyfile import KeyPlace
from checkpoint_app.services.collation import Collation
from checkpoint_app.services.restoring import restore
from checkpoint_app.storage import queries
from checkpoint_app.storage.forks import ForkRow
from tests.country.places import HOUR, Place, acquaint, opened, place


@dataclass
class Country:
    """Everybody has everybody's card who needs it; `shared` and `stick` are where bundles lie."""

    headquarters: Place
    south: Place
    second: Place
    west: Place
    north: Place
    shared: Path
    stick: Path

    @property
    def stations(self) -> tuple[Place, ...]:
        return (self.south, self.second, self.west, self.north)

    @property
    def standing(self) -> Collation:
        return self.headquarters.desk.collating.standing()

    @property
    def plates(self) -> Counter[str]:
        """Every crossing that headquarters' records show."""
        with self.headquarters.desk.ledger.reader() as reader:
            rows = queries.crossings(reader, limit=10_000)
        return Counter(row.plate for row in rows if not row.undone)

    @property
    def counted(self) -> int:
        """Vehicles by headquarters' hours, every station and day."""
        with self.headquarters.desk.ledger.reader() as reader:
            return sum(row.vehicles for row in queries.hours(reader, since=0, until=100_000))

    def hand_over(self, files: list[Path]) -> None:
        for file in files:
            self.headquarters.take(file)

    def wait(self, hours: int) -> None:
        """All clocks show the same, so many hours after the one that was furthest."""
        everybody = (self.headquarters, *self.stations)
        furthest = max(each.clock.wall for each in everybody)
        for each in everybody:
            each.clock.pass_by(furthest - each.clock.wall + hours * HOUR)

    def settle(self, fork: ForkRow, real: Place) -> None:
        """Headquarters trusts the side that stands in the real computer's own ledger."""
        with real.desk.ledger.reader() as reader:
            (entry,) = queries.chain_entries(reader, fork.desk, fork.epoch, after=fork.seq - 1, limit=1)
        desk = self.headquarters.desk
        desk.collating.settle(
            fork.desk, fork.epoch, fork.seq, trusted=entry.hash.hex(), why="a copy for a course", by=desk.by
        )


def country(folder: Path) -> Country:
    made = Country(
        place(folder / "hq", desk="YL-HQ", station="豫联指挥部", role="headquarters"),
        place(folder / "south", desk="G107-N-1", station="南大门 G107", letter="A"),
        place(folder / "second", desk="G107-N-2", station="南大门 G107", letter="B"),
        place(folder / "west", desk="S312-W-1", station="西关 S312", letter="C"),
        place(folder / "north", desk="X005-B-1", station="北桥 X005", letter="D"),
        folder / "shared",
        folder / "stick",
    )
    for station in made.stations:
        acquaint(made.headquarters, station)
    acquaint(made.south, made.second)
    return made


def spoil(file: Path) -> None:
    """One bit, somewhere in the envelope."""
    whole = bytearray(file.read_bytes())
    whole[900] ^= 1
    file.write_bytes(whole)


def dies_and_comes_back(lost: Place, backup: Path) -> None:
    """The computer is gone; another one starts from the backup, by the words on the recovery sheet."""
    lost.off()
    shutil.rmtree(lost.folder)
    restore(
        backup,
        lost.folder,
        " ".join(lost.words.words),
        place=KeyPlace.OPEN_FILE,
        passphrase=None,
        open_desk=lambda folder, given, reason: bootstrap.open_desk(
            folder, passphrase=given, tick=lost.clock, reason=reason
        ),
    )
    lost.on()


def copied(real: Place, folder: Path, *, letter: str) -> Place:
    """A copy of the folder that takes itself for the same computer; its vehicles have plates of their own."""
    real.off()
    shutil.copytree(real.folder, folder)
    real.on()
    return Place(folder, opened(folder, real.clock), real.clock, real.words, letter)
