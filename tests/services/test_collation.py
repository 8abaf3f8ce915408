"""How every desk stands at headquarters: held, missing, silent, with two histories; and who decides."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from checkpoint_app.services.collation import SettleReasonNeeded, UnknownFork, UnknownSide
from checkpoint_app.services.desk import Desk
from checkpoint_app.services.sending import Which
from checkpoint_app.storage import queries
from checkpoint_app.storage.forks import ForkRow
from tests.services.desks import entries
from tests.services.recorded import record
from tests.services.stations import (
    ABOVE,
    NORTH,
    SOUTH,
    Stations,
    know,
    sent,
    station,
    stations,
    taken,
)
from tests.storage.desks import Clock

HOURS = 3_600_000


@pytest.fixture
def at(tmp_path: Path) -> Iterator[Stations]:
    with stations(tmp_path) as made:
        yield made


def plates(desk: Desk) -> list[str]:
    with desk.ledger.reader() as reader:
        return sorted(row.plate for row in queries.crossings(reader))


def test_desks_that_are_enrolled_and_never_heard_of_are_named(at: Stations) -> None:
    found = at.above.collating.standing()
    assert [(each.desk, each.heard, each.count, each.missing) for each in found.desks] == [
        (NORTH, None, 0, 0),
        (SOUTH, None, 0, 0),
    ]
    assert (found.forks, found.refused, found.gaps) == ((), (), ())


def test_a_lost_bundle_is_named_by_desk_and_range_until_it_comes(at: Stations) -> None:
    (first,) = sent(at.north, at.road)
    record(at.north)
    (lost,) = sent(at.north, at.road)
    record(at.north, "豫B67890")
    (last,) = sent(at.north, at.road)
    taken(at.above, first)
    taken(at.above, last)
    (gap,) = at.above.collating.standing().gaps
    head = at.north.ledger.head()
    assert (gap.desk, gap.epoch, gap.tail) == (NORTH, head.epoch, False)
    north = at.above.collating.standing().desks[0]
    assert north.count + north.missing == north.chains[0].upto == head.seq
    assert plates(at.above) == ["豫B67890"]
    taken(at.above, lost)
    assert at.above.collating.standing().gaps == ()
    assert plates(at.above) == ["豫A12345", "豫B67890"]


def test_a_desk_is_silent_when_its_hours_are_over(at: Stations) -> None:
    taken(at.above, sent(at.north, at.road)[0])
    at.clock.pass_by(26 * HOURS)
    assert [each.silent for each in at.above.collating.standing().desks] == [False, False]
    at.clock.pass_by(1_000)
    assert [each.silent for each in at.above.collating.standing().desks] == [True, True]
    taken(at.above, sent(at.north, at.road)[0])
    assert [each.silent for each in at.above.collating.standing().desks] == [False, True]
    at.above.peers.revoke(SOUTH, why="stolen", by=at.above.by)
    assert [each.silent for each in at.above.collating.standing().desks] == [False, False]


def test_a_lost_end_is_missing_as_soon_as_any_bundle_tells_of_it(at: Stations) -> None:
    """The south carries the north's entries, and tells of its own, which are in a bundle that is lost."""
    know(at.north, at.south)
    (told,) = sent(at.north, at.road, to=(SOUTH,))
    taken(at.south, told)
    carried, lost = sent(at.south, at.road, which=Which.ALL, to=(ABOVE,))
    taken(at.above, carried)
    (gap,) = at.above.collating.standing().gaps
    assert (gap.desk, gap.first, gap.tail) == (SOUTH, 1, True)
    taken(at.above, lost)
    assert at.above.collating.standing().gaps == ()


@pytest.fixture
def cloned(tmp_path: Path) -> Iterator[tuple[Desk, Desk, Desk, Path]]:
    """Headquarters and a desk of which somebody copied the whole folder; both went on in one epoch."""
    clock, road = Clock(), tmp_path / "road"
    road.mkdir()
    with station(tmp_path / "hq", ABOVE, clock=clock, role="headquarters") as above:
        with station(tmp_path / "n", NORTH, clock=clock) as north:
            know(north, above)
            record(north)
        shutil.copytree(tmp_path / "n", tmp_path / "copy", ignore=shutil.ignore_patterns("*.lock", "*-shm"))
        with (
            station(tmp_path / "n", NORTH, clock=clock) as north,
            station(tmp_path / "copy", NORTH, clock=clock) as copy,
        ):
            yield above, north, copy, road


def forked(above: Desk, north: Desk, copy: Desk, road: Path) -> ForkRow:
    record(north, "豫B11111")
    record(copy, "豫B22222")
    for desk in (north, copy):
        for path in sent(desk, road):
            taken(above, path)
    (fork,) = above.collating.standing().forks
    return fork


def test_both_histories_of_a_cloned_desk_are_kept_and_neither_counts(
    cloned: tuple[Desk, Desk, Desk, Path],
) -> None:
    above, north, copy, road = cloned
    fork = forked(above, north, copy, road)
    assert (fork.desk, len(fork.sides), fork.ours) == (NORTH, 2, False)
    assert fork.withheld > 0
    assert plates(above) == ["豫A12345"]


@pytest.mark.parametrize("trusted", ["north", "copy"])
def test_the_history_that_somebody_decides_for_counts_and_the_other_is_kept(
    cloned: tuple[Desk, Desk, Desk, Path], trusted: str
) -> None:
    above, north, copy, road = cloned
    fork = forked(above, north, copy, road)
    with (north if trusted == "north" else copy).ledger.reader() as reader:
        (row,) = reader.execute(
            "SELECT lower(hex(hash)) FROM entry WHERE epoch = ? AND seq = ?", (fork.epoch, fork.seq)
        ).fetchone()
    above.collating.settle(
        NORTH, fork.epoch[:6], fork.seq, trusted=row[:12], why="the other is a copy", by=above.by
    )
    assert above.collating.standing().forks == ()
    assert plates(above) == ["豫A12345", "豫B11111" if trusted == "north" else "豫B22222"]
    (fact,) = entries(above, "fork_settled")
    assert (fact["desk"], fact["trusted"], fact["why"]) == (NORTH, row, "own_words")
    with above.ledger.unveiled() as whole:
        (kept,) = whole.execute("SELECT count(*) FROM fork WHERE settled IS NOT NULL").fetchone()
    assert kept > 0


def test_a_decision_names_a_fork_a_side_and_a_reason(cloned: tuple[Desk, Desk, Desk, Path]) -> None:
    above, north, copy, road = cloned
    fork = forked(above, north, copy, road)
    side = fork.sides[0].hash
    with pytest.raises(UnknownFork):
        above.collating.settle(NORTH, fork.epoch, fork.seq + 1, trusted=side, why="x", by=above.by)
    with pytest.raises(UnknownFork):
        above.collating.settle(SOUTH, fork.epoch, fork.seq, trusted=side, why="x", by=above.by)
    for wrong in ("", side[:7], "0" * 64):
        with pytest.raises(UnknownSide):
            above.collating.settle(NORTH, fork.epoch, fork.seq, trusted=wrong, why="x", by=above.by)
    with pytest.raises(SettleReasonNeeded):
        above.collating.settle(NORTH, fork.epoch, fork.seq, trusted=side, why=" ", by=above.by)
    assert above.collating.standing().forks == (fork,)
    assert entries(above, "fork_settled") == []
