"""What the window sees of the app's own failures reaches whoever writes them down."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from checkpoint_app.scanning.scanners import ScannerGone
from checkpoint_app.services.desk import Desk
from checkpoint_app.ui.outage_watch import Hearing, scanner_seen
from checkpoint_app.ui.sounds import Sounds
from tests.services.desks import desk_in, entries
from tests.storage.desks import START, Clock

MINUTE = 60_000


@pytest.fixture
def clock() -> Clock:
    return Clock(wall=START)


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    with desk_in(tmp_path, clock=clock) as made:
        yield made


def written(desk: Desk) -> list[tuple[str, int, int]]:
    desk.ledger.keep({}).result()
    return [(each["what"], each["lane"], each["until"] - each["since"]) for each in entries(desk, "outage")]


def test_a_scanner_that_was_gone_is_written_down_when_it_is_back(desk: Desk, clock: Clock) -> None:
    scanner_seen(desk, 2, ScannerGone(name="usb-A"))
    clock.pass_by(8_000)
    scanner_seen(desk, 2, None)
    assert written(desk) == [("scanner", 2, 8_000)]


def test_muted_for_a_minute_is_an_outage_of_the_desk(qtbot: QtBot, desk: Desk, clock: Clock) -> None:
    sounds = Sounds(find=lambda name: f"/bin/{name}", platform="linux")
    hearing = Hearing(desk, sounds)
    hearing.listen()
    sounds.muted = True
    hearing.listen()
    clock.pass_by(MINUTE)
    hearing.listen()
    sounds.muted = False
    hearing.listen()
    hearing.close()
    assert written(desk) == [("sound", 0, MINUTE)]


def test_without_a_player_nothing_is_heard_from_the_first_moment(
    qtbot: QtBot, desk: Desk, clock: Clock
) -> None:
    hearing = Hearing(desk, Sounds(find=lambda _name: None, platform="linux"))
    hearing.listen()
    clock.pass_by(MINUTE)
    desk.outages.settle()
    hearing.close()
    assert written(desk) == [("sound", 0, MINUTE)]
