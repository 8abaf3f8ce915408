"""Desks that send each other bundles: real ledgers, cards exchanged, files in a folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from checkpoint_app.bootstrap import change_settings, default_patterns, default_rules
from checkpoint_app.services.desk import Desk, new_action
from checkpoint_app.services.duty import Duty
from checkpoint_app.services.sending import Which
from checkpoint_app.services.taking import Offer
from checkpoint_app.storage.landing import Landed
from tests.pins import CHEAP
from tests.services.desks import SETTINGS
from tests.storage.desks import Clock, opened

NORTH, SOUTH, ABOVE = "G107-N-1", "G107-S-1", "HQ-1"


@dataclass(frozen=True, slots=True)
class Stations:
    """Two stations and headquarters; the folder is the road between them."""

    north: Desk
    south: Desk
    above: Desk
    road: Path
    clock: Clock


@contextmanager
def station(
    folder: Path, name: str, *, clock: Clock, role: str = "station", reason: str | None = None
) -> Iterator[Desk]:
    """A desk; a station has a shift open from the first time on. `reason` begins a new epoch."""
    settings = replace(SETTINGS, desk=name, station=f"站{name}", role=role)
    with opened(folder, tick=clock, desk=name, reason=reason) as ledger:
        desk = Desk(
            folder,
            settings,
            ledger,
            Duty(ledger, new_action),
            default_rules(settings),
            default_patterns(),
        )
        desk.take_settings = partial(change_settings, desk)
        desk.officers.cost = CHEAP
        if role == "station" and desk.duty.current() is None:
            desk.duty.open(group="三班", lead="王示范", officers=("李示范",), zone=480).result()
        desk.resume_shift()
        yield desk


@contextmanager
def stations(folder: Path) -> Iterator[Stations]:
    """All of them, each knowing the others that it needs."""
    clock, road = Clock(), folder / "road"
    road.mkdir()
    with ExitStack() as stack:
        north = stack.enter_context(station(folder / "n", NORTH, clock=clock))
        south = stack.enter_context(station(folder / "s", SOUTH, clock=clock))
        above = stack.enter_context(station(folder / "hq", ABOVE, clock=clock, role="headquarters"))
        for one in (north, south):
            know(one, above)
        yield Stations(north, south, above, road, clock)


def know(one: Desk, other: Desk) -> None:
    """Each enrols the other."""
    for here, there in ((one, other), (other, one)):
        card = there.peers.card()
        here.peers.enrol(card, card.fingerprint, by=here.by)


def sent(desk: Desk, road: Path, *, which: Which = Which.NEW, to: tuple[str, ...] = ()) -> tuple[Path, ...]:
    """Files of bundles with what is new."""
    done = desk.sending.send(desk.sending.plan(which, to=to), str(road), by=desk.by)
    assert done is not None
    return tuple(road / file.name for file in done.files)


def offered(desk: Desk, path: Path) -> Offer:
    offer = desk.taking.open(path, by=desk.by)
    assert offer is not None
    return offer


def taken(desk: Desk, path: Path) -> Landed | None:
    """Proved and taken in."""
    return desk.taking.take(offered(desk, path), by=desk.by)
