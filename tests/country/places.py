"""One desk somewhere in the country: its folder, its clock, the vehicles that passed, and what it can do."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from checkpoint_app import bootstrap
from checkpoint_app.config import Settings, save_settings
from checkpoint_app.crypto.keyfile import KeyPlace
from checkpoint_app.crypto.recovery import RecoveryKey
from checkpoint_app.domain.words import Outcome
from checkpoint_app.services.desk import Desk, local_offset
from checkpoint_app.services.safekeeping import back_up
from checkpoint_app.services.sending import Which
from checkpoint_app.storage.landing import Landed
from tests.pins import CHEAP
from tests.services.desks import lane_of, ready
from tests.storage.desks import Clock

HOUR, DAY = 3_600_000, 86_400_000
BEGIN = 1_805_000_000_000


@dataclass(slots=True)
class Place:
    """`plates` are those of every vehicle that left here, `words` open the file if its computer is lost."""

    folder: Path
    desk: Desk
    clock: Clock
    words: RecoveryKey
    letter: str
    plates: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.desk.ledger.head().desk

    def shift(self, vehicles: int, *, hours: int = 8) -> str:
        """A whole shift; its id."""
        zone = local_offset(self.clock.wall)
        opened = self.desk.duty.open(group="三班", lead="张示范", officers=("李样例",), zone=zone)
        opened.result()
        self.desk.resume_shift()
        lane = lane_of(self.desk)
        for _ in range(vehicles):
            plate = f"豫{self.letter}{len(self.plates):05}"
            ready(lane, plate=plate)
            lane.end(Outcome.RELEASED).written.result()
            self.plates.append(plate)
            self.clock.pass_by(hours * HOUR // vehicles)
        shift = self.desk.by.shift
        self.desk.duty.close(waiting=0, by=self.desk.by).result()
        return shift

    def send(self, where: Path, *, to: tuple[str, ...] = (), which: Which = Which.UNRECEIPTED) -> list[Path]:
        """Bundles into that folder; their files."""
        where.mkdir(exist_ok=True)
        sent = self.desk.sending.send(self.desk.sending.plan(which, to=to), str(where), by=self.desk.by)
        assert sent is not None
        return [where / file.name for file in sent.files]

    def take(self, file: Path) -> Landed | None:
        """Takes a bundle in; None when there was nothing to take."""
        offer = self.desk.taking.open(file, by=self.desk.by)
        assert offer is not None
        return self.desk.taking.take(offer, by=self.desk.by)

    def backup(self, where: Path) -> Path:
        where.mkdir(exist_ok=True)
        with bootstrap.read_desk(self.folder) as reading:
            return back_up(reading, where, now=self.clock.wall).folder

    def off(self) -> None:
        self.desk.close()

    def on(self) -> None:
        self.desk = opened(self.folder, self.clock)


def opened(folder: Path, clock: Clock) -> Desk:
    desk = bootstrap.open_desk(folder, tick=clock)
    desk.officers.cost = CHEAP
    return desk


def place(folder: Path, *, desk: str, station: str, letter: str = "Z", role: str = "station") -> Place:
    """A desk as it stands after its first start."""
    settings = Settings(
        station=station, desk=desk, role=role, language="en", key_place="open_file", sheet_proved=True
    )
    words = bootstrap.set_up(folder, settings, place=KeyPlace.OPEN_FILE)
    save_settings(folder, settings)  # the recovery sheet was proved
    clock = Clock(wall=BEGIN, zone=local_offset(BEGIN))
    return Place(folder, opened(folder, clock), clock, words, letter)


def acquaint(one: Place, other: Place) -> None:
    """Each takes the other's card and hears its fingerprint read aloud."""
    for here, there in ((one, other), (other, one)):
        card = there.desk.peers.card()
        here.desk.peers.enrol(card, card.fingerprint[-5:], by=here.desk.by)
