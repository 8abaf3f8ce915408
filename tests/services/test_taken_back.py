"""A desk restored from an old backup takes back from a stick, and from headquarters, what it had lost."""

from __future__ import annotations

import shutil
from pathlib import Path

from checkpoint_app.services import proof
from checkpoint_app.services.desk import Desk
from checkpoint_app.services.sending import Which
from checkpoint_app.storage import queries
from tests.services.recorded import record
from tests.services.stations import ABOVE, NORTH, know, offered, sent, station, taken
from tests.storage.desks import Clock

PASSED_OVER = shutil.ignore_patterns("*.lock", "*-shm")


def plates(desk: Desk) -> list[str]:
    with desk.ledger.reader() as reader:
        return sorted(row.plate for row in queries.crossings(reader))


def lost_and_restored(folder: Path, clock: Clock) -> tuple[Path, ...]:
    """A day after its backup the computer of the north dies; what it had sent by then lies on a stick."""
    road = folder / "road"
    road.mkdir()
    with station(folder / "hq", ABOVE, clock=clock, role="headquarters") as above:
        with station(folder / "n", NORTH, clock=clock) as north:
            know(north, above)
            record(north)
        shutil.copytree(folder / "n", folder / "backup", ignore=PASSED_OVER)
        with station(folder / "n", NORTH, clock=clock) as north:
            record(north, "豫B67890")
            files = sent(north, road)
        for path in files:
            taken(above, path)
    return files


def test_a_restored_desk_takes_its_own_bundle_back(tmp_path: Path, clock: Clock) -> None:
    (path,) = lost_and_restored(tmp_path, clock)
    with station(tmp_path / "backup", NORTH, clock=clock, reason="restore") as north:
        record(north, "豫C11111")
        assert plates(north) == ["豫A12345", "豫C11111"]
        offer = offered(north, path)
        assert offer.preview is not None
        assert (offer.preview.forks, offer.preview.new > 0, offer.preview.present > 0) == (0, True, True)
        north.taking.take(offer, by=north.by)
        assert plates(north) == ["豫A12345", "豫B67890", "豫C11111"]
        assert north.collating.standing().forks == ()
        assert proof.prove(north.ledger.reader).sound


def test_a_restored_desk_gets_its_lost_entries_from_headquarters(tmp_path: Path, clock: Clock) -> None:
    lost_and_restored(tmp_path, clock)
    road = tmp_path / "back"
    road.mkdir()
    with (
        station(tmp_path / "hq", ABOVE, clock=clock, role="headquarters") as above,
        station(tmp_path / "backup", NORTH, clock=clock, reason="restore") as north,
    ):
        for path in sent(above, road, which=Which.ALL, to=(NORTH,)):
            taken(north, path)
        assert plates(north) == ["豫A12345", "豫B67890"]


def test_headquarters_sees_the_restored_epoch_and_neither_fork_nor_gap(tmp_path: Path, clock: Clock) -> None:
    lost_and_restored(tmp_path, clock)
    with (
        station(tmp_path / "hq", ABOVE, clock=clock, role="headquarters") as above,
        station(tmp_path / "backup", NORTH, clock=clock, reason="restore") as north,
    ):
        record(north, "豫C11111")
        for path in sent(north, tmp_path / "road"):
            taken(above, path)
        (found,) = above.collating.standing().desks
        assert (len(found.chains), found.missing, above.collating.standing().forks) == (2, 0, ())
        assert plates(above) == ["豫A12345", "豫B67890", "豫C11111"]
