"""Three stations and headquarters through three days.

What is lost, doubled, spoilt, restored and cloned on the way, and what headquarters makes of it. Every desk
is a data folder of its own with its real file; nothing reaches another but by bundles.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from checkpoint_app.domain.bundles import BundleRefused
from checkpoint_app.domain.datasets import SetKind
from checkpoint_app.services.delivery import State
from checkpoint_app.services.sending import Which
from checkpoint_app.storage import logbook
from tests.country.country import Country, copied, country, dies_and_comes_back, spoil
from tests.country.places import Place


@dataclass
class Story:
    """`first` is the shift each desk began with, `backup` West's of its first morning."""

    country: Country
    folder: Path
    first: dict[str, str]
    backup: Path
    copy: Place | None = None


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Story]:
    made = country(tmp_path)
    made.west.shift(3)
    told = Story(made, tmp_path, {}, made.west.backup(tmp_path / "safe"))
    yield told
    for each in (made.headquarters, *made.stations, told.copy):
        if each is not None:
            each.off()


def test_three_days_of_a_country_under_one_headquarters(story: Story) -> None:
    on_the_first_day_one_bundle_is_lost_one_doubled_one_spoilt(story)
    on_the_second_day_the_gap_is_named_and_filled(story)
    west_was_silent_for_two_days_dies_and_comes_back_from_its_backup(story)
    north_is_copied_and_nobody_is_trusted_until_somebody_decides(story)
    every_crossing_is_counted_exactly_once(story)
    receipts_go_back_and_a_directive_is_adopted(story)


def on_the_first_day_one_bundle_is_lost_one_doubled_one_spoilt(story: Story) -> None:
    played = story.country
    story.first = {each.name: each.shift(4) for each in played.stations}
    sent = {each.name: each.send(played.shared) for each in (played.south, played.second, played.north)}
    (spoilt,) = sent[played.second.name]
    spoil(spoilt)
    with pytest.raises(BundleRefused):
        played.headquarters.take(spoilt)
    played.hand_over([*sent[played.north.name], *sent[played.north.name]])
    assert [each.name for each in played.standing.refused] == [spoilt.name]
    assert played.plates == Counter(played.north.plates)
    shutil.rmtree(played.shared)  # and with it South's


def on_the_second_day_the_gap_is_named_and_filled(story: Story) -> None:
    played, south = story.country, story.country.south
    played.wait(hours=24)
    played.hand_over(played.second.send(played.stick))
    south.shift(4)
    played.hand_over(south.send(played.shared, which=Which.NEW))
    (gap,) = (each for each in played.standing.gaps if each.desk == south.name)
    assert gap.first == 1
    assert set(played.plates) == {*played.north.plates, *played.second.plates, *south.plates[4:]}
    played.hand_over(south.send(played.shared))
    assert not played.standing.gaps


def west_was_silent_for_two_days_dies_and_comes_back_from_its_backup(story: Story) -> None:
    played, west = story.country, story.country.west
    west.shift(5)
    played.wait(hours=24)
    assert west.name in {each.desk for each in played.standing.desks if each.silent}
    on_stick = west.send(played.stick)
    dies_and_comes_back(west, story.backup)
    west.shift(2)
    played.hand_over([*west.send(played.shared), *on_stick])
    assert {plate: played.plates[plate] for plate in west.plates} == dict.fromkeys(west.plates, 1)
    assert west.desk.collating.standing().forks == ()
    for file in on_stick:  # what the backup did not have comes home by the same stick
        west.take(file)
    assert west.name not in {each.desk for each in played.standing.desks if each.silent}


def north_is_copied_and_nobody_is_trusted_until_somebody_decides(story: Story) -> None:
    played, north = story.country, story.country.north
    before = len(north.plates)
    story.copy = copied(north, story.folder / "copy", letter="E")
    for each in (story.copy, north):
        each.shift(2)
        played.hand_over(each.send(played.stick))
    (fork,) = played.standing.forks
    assert fork.desk == north.name
    assert {*north.plates[before:], *story.copy.plates}.isdisjoint(played.plates)
    played.settle(fork, north)
    assert not played.standing.forks
    assert not any(each.against for each in played.standing.desks)
    story.copy.shift(1)
    played.hand_over(story.copy.send(played.stick))  # somebody still works at the copy: that is told
    assert [each.desk for each in played.standing.desks if each.against] == [north.name]


def every_crossing_is_counted_exactly_once(story: Story) -> None:
    everything = [plate for each in story.country.stations for plate in each.plates]
    assert story.country.plates == Counter(everything)
    assert story.country.counted == len(everything)


def receipts_go_back_and_a_directive_is_adopted(story: Story) -> None:
    played, desk = story.country, story.country.headquarters.desk
    desk.directives.publish(
        "notice", SetKind.NOTICE, "明日 06:00 起全部登记。", number="豫联〔2026〕88", by=desk.by
    )
    down = played.headquarters.send(story.folder / "down")
    for station in played.stations:
        for_us = [file for file in down if is_for(station, file)]
        assert for_us
        states = {each.shift: each.state for each in station.desk.sending.states()}
        assert station is played.west or states[story.first[station.name]] is State.RECEIPTED
        adopt(station)


def is_for(station: Place, file: Path) -> bool:
    """Takes it in when it is."""
    try:
        return station.take(file) is not None
    except BundleRefused as refused:
        if refused.facts["check"] != "recipient":
            raise
        return False


def adopt(station: Place) -> None:
    directives = station.desk.directives
    (pending,) = directives.pending()
    directives.adopt(pending, by=station.desk.by).result()
    assert not directives.pending()
    with station.desk.ledger.reader() as reader:
        orders = logbook.orders_in_force(reader, station.name, station.clock.wall)
    assert [each.text for each in orders] == ["明日 06:00 起全部登记。"]
