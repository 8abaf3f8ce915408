"""A headquarters with stations of every kind: complete, silent, with a gap, in two histories."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from checkpoint_app.domain.bundles import BundleRefused
from checkpoint_app.domain.datasets import SetKind
from checkpoint_app.services.desk import Desk
from checkpoint_app.services.sending import Which
from checkpoint_app.ui.on_duty import OnDuty
from checkpoint_app.ui.pages.collation import CollationPage
from tests.country.country import copied, spoil
from tests.country.places import Place, acquaint, place

PIN = "2580"


@dataclass(slots=True)
class Region:
    """Headquarters, three stations, a copy of one of them; `road` is where bundles lie."""

    above: Place
    south: Place
    west: Place
    north: Place
    copy: Place
    road: Path

    @property
    def stations(self) -> tuple[Place, ...]:
        return (self.south, self.west, self.north, self.copy)


@contextmanager
def region(folder: Path) -> Iterator[Region]:
    """Nothing was sent yet."""
    above = place(folder / "hq", desk="YL-HQ", station="豫联指挥部", role="headquarters")
    south = place(folder / "south", desk="G107-N-1", station="南大门 G107", letter="A")
    west = place(folder / "west", desk="S312-W-1", station="西关 S312", letter="C")
    north = place(folder / "north", desk="X005-B-1", station="北桥 X005", letter="D")
    for each in (south, west, north):
        acquaint(above, each)
    west.shift(2)
    made = Region(above, south, west, north, copied(west, folder / "copy", letter="E"), folder / "road")
    made.road.mkdir()
    try:
        yield made
    finally:
        for each in (*made.stations, above):
            each.off()


@contextmanager
def woken(made: Region, folder: Path) -> Iterator[Region]:
    """The same once more in another folder, headquarters open; whoever else acts is switched `on` first."""
    shutil.copytree(made.above.folder.parent, folder)
    names = ("above", "south", "west", "north", "copy")
    places = {name: _elsewhere(getattr(made, name), folder) for name in names}
    again = Region(**places, road=folder / "road")
    again.above.on()
    again.above.desk.sign_on("01", PIN, lane=None)
    try:
        yield again
    finally:
        for each in (*again.stations, again.above):
            each.off()


def _elsewhere(one: Place, folder: Path) -> Place:
    clock = replace(one.clock)
    return replace(one, folder=folder / one.folder.name, clock=clock, plates=list(one.plates))


def lived(region: Region) -> None:
    """South loses its second bundle, West was copied, one bundle was spoilt; a notice was published."""
    south, west, north = region.south, region.west, region.north
    region.above.desk.begin_with("王示范", PIN)
    south.shift(3)
    first = south.send(region.road)
    south.shift(4)
    south.send(region.road)
    south.shift(2)
    last = south.send(region.road, which=Which.NEW)
    west.shift(3)
    region.copy.shift(2)
    north.shift(2)
    files = [*first, *last, *west.send(region.road), *region.copy.send(region.road), *north.send(region.road)]
    for file in files:
        region.above.take(file)
    north.shift(1)
    (bad,) = north.send(region.road / "stick")
    spoil(bad)
    refused(region.above.desk, bad)
    desk = region.above.desk
    desk.directives.publish(
        "notice", SetKind.NOTICE, "凌晨降雪，注意防滑", number="豫联〔2026〕88", by=desk.by
    )


def refused(desk: Desk, file: Path) -> None:
    try:
        desk.taking.open(file, by=desk.by)
    except BundleRefused:
        return
    raise AssertionError


def collation_page(duty: OnDuty) -> CollationPage:
    page = duty.pages.page("exchange")
    assert isinstance(page, CollationPage)
    return page


def speaking(desk: Desk, language: str) -> None:
    desk.settings = replace(desk.settings, language=language, retention_days=90)
