"""Shifts: opened once, closed when every vehicle has its outcome."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier, Event
from typing import Any

import pytest

from checkpoint_app.domain.facts import By
from checkpoint_app.domain.words import Outcome
from checkpoint_app.services.desk import new_action
from checkpoint_app.services.duty import CrossingsWaiting, Duty, NamesNeeded, NoShift, ShiftOpen
from checkpoint_app.storage.ledger import Ledger
from checkpoint_app.storage.rows import ShiftRow
from tests.services.desks import desk_in, entries, kinds, lane_of
from tests.storage.desks import DESK, Clock, opened

HOUR = 3_600_000


@pytest.fixture
def duty(tmp_path: Path, clock: Clock) -> Iterator[Duty]:
    with opened(tmp_path, tick=clock) as ledger:
        yield Duty(ledger, new_action)


def begin(
    duty: Duty, *, lead: str = "王示范", officers: tuple[str, ...] = ("李示范",), zone: int = 480
) -> str:
    duty.open(group="三班", lead=lead, officers=officers, zone=zone).result()
    current = duty.current()
    assert current is not None
    return current.shift


def close(duty: Duty) -> None:
    duty.close(waiting=0, by=By()).result()


def test_a_shift_is_named_by_desk_local_day_and_number(duty: Duty) -> None:
    assert begin(duty) == f"{DESK}.20221015.1"
    close(duty)
    assert begin(duty) == f"{DESK}.20221015.2"


def test_the_day_is_that_of_the_stations_own_clock(duty: Duty) -> None:
    assert begin(duty, zone=-600) == f"{DESK}.20221014.1"


def test_shifts_of_several_desks_never_have_the_same_name(tmp_path: Path) -> None:
    names = []
    for desk in ("G25-01", "G25-01-1", "G25", "G25-0"):
        with opened(tmp_path / desk, desk=desk) as ledger:
            duty = Duty(ledger, new_action)
            names += [begin(duty)]
            close(duty)
            names += [begin(duty)]
    assert len(set(names)) == 8


def test_a_second_shift_is_refused_while_one_is_open_or_being_opened(duty: Duty) -> None:
    written = duty.open(group="三班", lead="王示范", officers=("李示范",), zone=480)
    with pytest.raises(ShiftOpen):
        duty.open(group="三班", lead="王示范", officers=("李示范",), zone=480)
    written.result()
    with pytest.raises(ShiftOpen) as refused:
        begin(duty)
    assert refused.value.facts["shift"] == f"{DESK}.20221015.1"


@pytest.mark.parametrize(
    ("group", "lead", "officers"),
    [("", "王", ("李",)), ("三班", " ", ("李",)), ("三班", "王", ()), ("三班", "王", (" ", "\t"))],
)
def test_a_shift_needs_its_names(duty: Duty, group: str, lead: str, officers: tuple[str, ...]) -> None:
    with pytest.raises(NamesNeeded):
        duty.open(group=group, lead=lead, officers=officers, zone=480)


def test_officers_keep_their_numbers_and_newcomers_get_the_next(duty: Duty) -> None:
    begin(duty)
    close(duty)
    begin(duty, lead="赵新来", officers=("李示范", " 王示范 ", "赵新来"))
    current = duty.current()
    assert current is not None
    assert dict(current.officers) == {"03": "赵新来", "02": "李示范", "01": "王示范"}
    assert current.lead == "03"


def test_a_number_is_not_given_again_once_its_name_is_forgotten(duty: Duty) -> None:
    begin(duty)
    close(duty)
    sql = "UPDATE entry SET personal = NULL, salt = NULL WHERE kind = 'shift_opened'"
    duty.ledger.transact(lambda connection: connection.execute(sql).rowcount).result()
    begin(duty, lead="赵新来", officers=("钱新来",))
    current = duty.current()
    assert current is not None
    assert dict(current.officers) == {"03": "赵新来", "04": "钱新来"}


def test_of_many_who_open_a_shift_at_once_one_does(duty: Duty) -> None:
    together = Barrier(6)

    def try_it() -> bool:
        together.wait()
        try:
            begin(duty)
        except ShiftOpen:
            return False
        return True

    with ThreadPoolExecutor(6) as threads:
        opened_it = [threads.submit(try_it) for _ in range(6)]
    assert sum(one.result() for one in opened_it) == 1


def test_closing_and_its_seal_are_one_transaction(duty: Duty) -> None:
    begin(duty)
    heard: list[list[str]] = []
    duty.ledger.on_written(lambda written: heard.append([one.kind for one in written]))
    close(duty)
    assert heard == [["shift_closed", "sealed"]]


def test_totals_wait_for_what_is_still_being_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    go = Event()
    honest_keep, honest_totals = Ledger.keep, Duty.totals

    def keep(ledger: Ledger, drafts: Any) -> Any:
        go.set()
        return honest_keep(ledger, drafts)

    def totals(duty: Duty, shift: str) -> Any:
        found = honest_totals(duty, shift)
        go.set()
        return found

    with desk_in(tmp_path) as desk:
        lane = lane_of(desk)
        lane.plate("豫A12345")
        monkeypatch.setattr(Ledger, "keep", keep)
        monkeypatch.setattr(Duty, "totals", totals)
        desk.ledger.transact(lambda _connection: go.wait(60))
        lane.end(Outcome.TURNED_BACK)
        desk.duty.close(waiting=0, by=desk.by).result()
        assert entries(desk, "shift_closed")[0]["totals"]["vehicles"] == 1


def test_an_officers_name_is_personal_and_the_number_public(duty: Duty) -> None:
    from checkpoint_app.storage import queries

    begin(duty)
    close(duty)
    with duty.ledger.reader() as reader:
        for row in queries.entries(reader):
            assert "示范" not in (row.entry.header + row.entry.public).decode()
            if row.entry.personal:
                assert "示范" in row.entry.personal.decode()


def test_a_shift_closes_once_and_is_sealed(tmp_path: Path) -> None:
    with desk_in(tmp_path) as desk:
        lane = lane_of(desk)
        lane.plate("豫A12345")
        lane.end(Outcome.TURNED_BACK).written.result()
        desk.duty.close(waiting=0, by=desk.by)
        with pytest.raises(NoShift):
            desk.duty.close(waiting=0, by=desk.by)
        desk.ledger.keep({}).result()
        assert desk.duty.current() is None
        assert kinds(desk) == ["vehicle_crossed", "shift_closed"]
        assert entries(desk, "shift_closed")[0]["totals"]["outcomes"] == {"turned_back": 1}
        assert entries(desk, "sealed")[-1]["why"] == "handover"


def test_a_shift_that_is_written_while_it_is_looked_for_is_neither_opened_nor_closed_twice(
    duty: Duty, monkeypatch: pytest.MonkeyPatch
) -> None:
    look = Duty.current

    def looked_too_early(self: Duty) -> ShiftRow | None:
        found = look(self)
        for written in (self._opening, self._closing):
            if written is not None:
                written.result()
        return found

    monkeypatch.setattr(Duty, "current", looked_too_early)
    duty.open(group="三班", lead="王示范", officers=("李示范",), zone=480)
    with pytest.raises(ShiftOpen):
        duty.open(group="三班", lead="王示范", officers=("李示范",), zone=480)
    duty.close(waiting=0, by=By())
    with pytest.raises(NoShift):
        duty.close(waiting=0, by=By())


@pytest.mark.parametrize("parked", [False, True])
def test_a_vehicle_without_an_outcome_keeps_the_shift_open_even_at_a_lane_nobody_shows(
    tmp_path: Path, parked: bool
) -> None:
    with desk_in(tmp_path) as desk:
        lane = lane_of(desk, 3)
        lane.plate("豫A12345")
        if parked:
            lane.park()
        assert lane.kept is not None
        lane.kept.result()
        with pytest.raises(CrossingsWaiting) as refused:
            desk.duty.close(waiting=0, by=desk.by)
        assert refused.value.facts == {"count": 1}
        assert desk.duty.current() is not None


def test_without_a_shift_nothing_is_closed(duty: Duty) -> None:
    with pytest.raises(NoShift):
        close(duty)
