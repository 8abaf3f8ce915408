"""A day at headquarters: one station with a lost bundle, one at work, one that is not heard of."""

from __future__ import annotations

from dataclasses import replace

from checkpoint_app.domain.words import Outcome
from checkpoint_app.services.desk import Desk
from checkpoint_app.services.sending import Which
from checkpoint_app.ui.on_duty import OnDuty
from checkpoint_app.ui.pages.stations import StationsPage
from tests.country.places import HOUR, Place
from tests.services.desks import lane_of, ready
from tests.ui.window.hq_day import Region

SOUTH, NORTH, WEST = "G107-N-1", "X005-B-1", "S312-W-1"


def lived_today(made: Region) -> None:
    """South's second bundle is lost; North's shift is open, with a matter; West never sent anything."""
    above, south, north = made.above, made.south, made.north
    above.desk.begin_with("王示范", "2580")
    sent = []
    for count in (3, 4, 2):
        south.shift(count, hours=1)
        sent.append(south.send(made.road, which=Which.NEW))
    north.shift(2, hours=1)
    at_work(north, "四班")
    for file in (*sent[0], *sent[2], *north.send(made.road)):
        above.take(file)
    above.clock.pass_by(6 * HOUR)


def silent_after(desk: Desk, hours: int) -> None:
    desk.settings = replace(desk.settings, silence_hours=hours)


def at_work(place: Place, group: str) -> None:
    """A shift goes on: one vehicle so far, one matter open."""
    desk = place.desk
    desk.duty.open(group=group, lead="张示范", officers=("李样例",), zone=480).result()
    desk.resume_shift()
    lane = lane_of(desk)
    ready(lane, plate=f"豫{place.letter}{len(place.plates):05}")
    lane.end(Outcome.RELEASED).written.result()
    desk.matters.raise_("栏杆坏了", by=desk.by).result()


def stations_page(duty: OnDuty) -> StationsPage:
    page = duty.pages.page("shift")
    assert isinstance(page, StationsPage)
    return page
