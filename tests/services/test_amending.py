"""Amending and voiding: new entries, refused where the rules say no, whatever the age."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import replace

import pytest

from checkpoint_app.domain.amending import Changes
from checkpoint_app.domain.errors import Refusal
from checkpoint_app.domain.plates import parse_plate
from checkpoint_app.domain.words import Direction, VehicleClass
from checkpoint_app.services import retelling
from checkpoint_app.services.amending import (
    AmendReasonNeeded,
    CrossingAbsent,
    CrossingAhead,
    CrossingForgotten,
    CrossingVoid,
    NothingChanged,
)
from checkpoint_app.services.desk import Desk
from checkpoint_app.storage import finding
from checkpoint_app.storage.appending import Written
from checkpoint_app.storage.hourly import replay_hourly
from checkpoint_app.storage.rows import CrossingRow
from checkpoint_app.storage.shift_totals import shift_totals
from tests.services.desks import kinds
from tests.services.recorded import NAME, amend, amending, record, told
from tests.storage.desks import Clock

WEEKS = 40 * 86_400_000


def void(desk: Desk, row: CrossingRow, why: str = "slip") -> Future[tuple[Written, ...]]:
    return amending(desk).void(row, why=why, by=desk.by)


def test_a_correction_is_read_with_the_written_value_beneath(desk: Desk, clock: Clock) -> None:
    row = record(desk, name=NAME)
    clock.pass_by(WEEKS)
    changes = Changes(
        plate=parse_plate("豫A12346"),
        vehicle=VehicleClass.TRUCK,
        people=3,
        direction=Direction.OUT,
        lane=2,
        destination="师寨镇",
        names={1: "张山"},
    )
    found = amend(desk, row, changes, why="抄错了")
    now = found.now
    assert (now.plate, now.vehicle, now.people, now.direction, now.lane) == ("豫A12346", "truck", 3, "out", 2)
    assert (now.destination, now.persons[0].name, now.persons[0].document) == (
        "师寨镇",
        "张山",
        "11010519491231002X",
    )
    assert (found.written.plate, found.written.people, found.written.persons[0].name) == ("豫A12345", 1, NAME)
    assert now.amended
    assert found.events[-1].own["why"] == "抄错了"
    assert (found.intact, found.officers[now.officer]) == (True, "王示范")


def test_the_corrected_plate_is_found_and_counts_are_those_of_a_replay(desk: Desk) -> None:
    row = record(desk)
    amend(desk, row, Changes(plate=parse_plate("豫C99999"), people=4))
    with desk.ledger.reader() as reader:
        assert [each.id for each in finding.search(reader, "C999").rows] == [row.id]
        assert replay_hourly(reader) == ()


def test_an_amendment_is_undone_by_amending_again(desk: Desk) -> None:
    row = record(desk)
    amend(desk, row, Changes(people=5))
    found = amend(desk, row, Changes(people=1))
    assert found.now.people == 1
    titles = [step.title for step in retelling.steps(found, masked=True) if "→" in step.title]
    assert [title.split("People ")[1] for title in titles] == ["1 → 5", "5 → 1"]


def test_a_void_crossing_counts_no_more_at_any_age(desk: Desk, clock: Clock) -> None:
    row = record(desk)
    clock.pass_by(WEEKS)
    void(desk, row, "按错了").result()
    assert told(desk, row).now.undone
    with desk.ledger.reader() as reader:
        assert shift_totals(reader, desk.by.shift).vehicles == 0


@pytest.mark.parametrize(
    ("changes", "why", "refusal"),
    [
        (Changes(people=2), "  ", AmendReasonNeeded),
        (Changes(people=1, destination=""), "slip", NothingChanged),
        (Changes(), "slip", NothingChanged),
        (Changes(people=0, lane=-1), "slip", NothingChanged),
    ],
)
def test_without_a_reason_or_a_change_nothing_is_written(
    desk: Desk, changes: Changes, why: str, refusal: type[Refusal]
) -> None:
    row = record(desk)
    before = kinds(desk)
    with pytest.raises(refusal):
        amend(desk, row, changes, why=why)
    assert kinds(desk) == before


def test_a_void_needs_a_reason(desk: Desk) -> None:
    with pytest.raises(AmendReasonNeeded):
        void(desk, record(desk), "\n")


def test_what_is_void_is_neither_amended_nor_voided_again(desk: Desk) -> None:
    row = record(desk)
    void(desk, row).result()
    with pytest.raises(CrossingVoid):
        amend(desk, row, Changes(people=2))
    with pytest.raises(CrossingVoid):
        void(desk, row)


def test_the_future_is_left_alone_until_the_clock_is_right(desk: Desk, clock: Clock) -> None:
    row = record(desk)
    ahead = amending(desk)
    early = replace(ahead, ledger=_Early(desk, row.happened - 1))  # type: ignore[arg-type]
    with pytest.raises(CrossingAhead):
        early.void(row, why="slip", by=desk.by)
    void(desk, row).result()


class _Early:
    """The ledger as a clock that was put back sees it."""

    def __init__(self, desk: Desk, now: int) -> None:
        self._ledger, self._now = desk.ledger, now

    def now(self) -> int:
        return self._now

    def __getattr__(self, name: str) -> object:
        return getattr(self._ledger, name)


def test_what_is_no_crossing_of_this_file_is_refused(desk: Desk) -> None:
    row = record(desk)
    for other in (replace(row, id=10_000), replace(row, hash="0" * 64)):
        with pytest.raises(CrossingAbsent):
            void(desk, other)


def test_an_erased_crossing_gets_no_personal_part_again(desk: Desk) -> None:
    row = record(desk, name=NAME)
    desk.ledger.transact(
        lambda connection: connection.execute(
            "UPDATE entry SET personal = NULL, salt = NULL WHERE id = ?", (row.id,)
        )
    ).result()
    found = told(desk, row)
    assert found.now.forgotten
    assert found.intact
    with pytest.raises(CrossingForgotten):
        amend(desk, row, Changes(names={1: NAME}))
    void(desk, row).result()


def test_a_changed_entry_is_not_called_intact(desk: Desk) -> None:
    row = record(desk)
    assert told(desk, row).intact

    def forge(connection: object) -> None:
        connection.execute("DROP TRIGGER entry_only_forgets")  # type: ignore[attr-defined]
        connection.execute("UPDATE entry SET public = replace(public, '365', '385') WHERE id = ?", (row.id,))  # type: ignore[attr-defined]

    desk.ledger.transact(forge).result()
    assert not told(desk, row).intact


def test_a_seal_behind_the_crossing_is_told(desk: Desk) -> None:
    row = record(desk)
    assert told(desk, row).sealed < row.seq
    desk.ledger.seal("handover").result()
    assert told(desk, row).sealed >= row.seq
