"""The demonstration without a window: what it tells is in the ledger."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from checkpoint_app import bootstrap, i18n
from checkpoint_app.demo import headless
from checkpoint_app.demo import play as scene
from checkpoint_app.demo.device import DemoLane
from checkpoint_app.demo.headless import Officer
from checkpoint_app.domain.words import Direction
from checkpoint_app.services.desk import Desk
from checkpoint_app.storage import queries


@pytest.fixture(autouse=True)
def in_english() -> None:
    i18n.use("en")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    scene.prepare(tmp_path)
    made = bootstrap.open_desk(tmp_path)
    yield made
    made.close()


def test_nobody_is_asked_about_what_the_demonstration_did_itself(desk: Desk) -> None:
    assert desk.duty.current() is not None
    assert desk.ledger.unconfirmed() == ()


def serve(officer: Officer, demo: DemoLane, *, vehicles: int) -> None:
    """The officer reads every card at once; nobody needs a camera for that."""
    for number in range(vehicles):
        payloads = tuple(payload for card in demo.current.cards for payload in card.payloads)
        officer.looks(payloads, now=float(number))
        assert demo.released
        demo.advance()


def test_every_vehicle_served_or_counted_is_in_the_ledger(desk: Desk) -> None:
    told: list[str] = []
    demo = DemoLane(seed=7, waits=True)
    officer = Officer(desk, demo, tell=told.append)
    serve(officer, demo, vehicles=40)
    assert officer.goes_home() == 0
    with desk.ledger.reader() as reader:
        rows = {row.seq: row for row in queries.crossings(reader)}
    lines = [
        match.groups() for line in told if (match := re.match(r" *(\d+)  (\S+) +(\w+) +(\w{16})$", line))
    ]
    assert len(lines) == len(rows) == demo.served == 40
    for seq, plate, outcome, digest in lines:
        row = rows[int(seq)]
        assert (row.plate, row.outcome, row.hash[:16]) == (plate, outcome, digest)
    assert {row.outcome for row in rows.values()} >= {"released", "held"}
    assert officer.counted == 40 // headless.COUNT_EVERY


def test_what_a_window_left_open_and_parked_stays_for_it(tmp_path: Path) -> None:
    scene.prepare(tmp_path)
    before = bootstrap.open_desk(tmp_path)
    lane = before.lane(1, direction=Direction.IN)
    lane.plate("豫A11111")
    lane.park()
    lane.plate("豫B22222")
    before.close()
    desk = bootstrap.open_desk(tmp_path)
    demo = DemoLane(seed=7, waits=True)
    officer = Officer(desk, demo, tell=lambda _line: None)
    serve(officer, demo, vehicles=3)
    officer.looks(demo.current.cards[0].payloads, now=0.0)
    assert officer.goes_home() == 0
    assert sum(officer.served.values()) == 4
    assert officer.lane.state.open is None
    assert {each.plate for each in officer.lane.state.parked} == {"豫A11111", "豫B22222"}
    desk.close()


def test_a_vehicle_still_standing_at_the_end_was_not_finished_and_is_accounted_for(desk: Desk) -> None:
    demo = DemoLane(seed=7, waits=True)
    officer = Officer(desk, demo, tell=lambda _line: None)
    officer.looks(demo.current.cards[0].payloads, now=0.0)
    assert officer.goes_home() == 0
    assert officer.served == {"abandoned": 1}


def test_what_the_camera_does_not_read_is_typed_after_a_while(desk: Desk) -> None:
    demo = DemoLane(seed=7, waits=True)
    officer = Officer(desk, demo, tell=lambda _line: None)
    officer.looks((), now=0.0)
    officer.looks((), now=1_000.0)
    assert officer.served == {"registered": 1}
    assert officer.goes_home() == 0


def test_a_vehicle_missing_from_the_ledger_is_noticed(desk: Desk) -> None:
    told: list[str] = []
    demo = DemoLane(seed=7, waits=True)
    officer = Officer(desk, demo, tell=told.append)
    serve(officer, demo, vehicles=2)
    officer.served["released"] += 1
    assert officer.goes_home() == 1
    assert "NOT COMPLETE" in told[-1]


def test_it_runs_on_its_own_folder_through_camera_and_decoder(tmp_path: Path) -> None:
    """Within a minute where the machine has other things to do, else within seconds."""
    told: list[str] = []
    for seconds in (4, 12, 60):
        assert headless.run(tmp_path / "demo", seconds=seconds, tell=told.append) == 0
        assert told[-1] == "every vehicle is in the ledger"
        if any(re.search(r" 豫\w+ ", line) for line in told):
            return
    pytest.fail("no vehicle was read")
