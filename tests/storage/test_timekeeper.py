"""The ledger under a clock that jumps: each jump has its entry and its seal, and nothing is poisoned."""

from __future__ import annotations

import time
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest

from checkpoint_app.domain.entry import Head, Stamp, build
from checkpoint_app.domain.facts import By
from checkpoint_app.domain.words import ClockState
from checkpoint_app.storage import appending, timekeeper
from tests.storage.desks import START, Clock, crossed, headers, opened, verified

HOUR = 3_600_000
YEAR = 365 * 24 * HOUR
BY = By("S1", "7")


def kinds(folder: Path) -> list[str]:
    return [header.kind for header in headers(folder)]


@pytest.mark.parametrize(
    "jump", [2 * HOUR, 400 * 24 * HOUR, 20 * YEAR, -2 * HOUR, -400 * 24 * HOUR, -60 * YEAR]
)
def test_a_jump_is_an_entry_and_a_seal_and_now_goes_on_as_predicted(tmp_path: Path, jump: int) -> None:
    clock = Clock()
    with opened(tmp_path, tick=clock) as ledger:
        ledger.append([crossed(1)]).result()
        clock.pass_by(60_000)
        clock.wall += jump
        assert ledger.now() == START + 60_000
        assert ledger.clock is ClockState.UNSURE
        ledger.append([crossed(2)]).result()
        clock.pass_by(60_000)
        ledger.append([crossed(3)]).result()
    assert kinds(tmp_path)[1:6] == [
        "vehicle_crossed",
        "clock_jumped",
        "sealed",
        "vehicle_crossed",
        "vehicle_crossed",
    ]
    states = [header.clock for header in headers(tmp_path)]
    assert states[:2] == [ClockState.SURE] * 2
    assert set(states[2:]) == {ClockState.UNSURE}
    written = [header.written for header in headers(tmp_path)]
    assert written == sorted(written)
    assert written[-1] == START + 120_000
    assert verified(tmp_path).sound


def test_an_idle_ledger_notices_a_jump_by_itself(tmp_path: Path) -> None:
    clock, noticed = Clock(), Future[str]()
    with opened(tmp_path, tick=clock) as ledger:
        ledger.on_written(lambda written: noticed.set_result(written[0].kind))
        clock.wall += HOUR
        assert noticed.result(5) == "clock_jumped"
        ledger._listeners = ()


def test_entries_of_an_unsure_clock_do_not_raise_the_floor(tmp_path: Path) -> None:
    clock = Clock()
    with opened(tmp_path, tick=clock) as ledger:
        ledger.append([crossed(1)]).result()
        clock.wall += 20 * YEAR
        ledger.append([crossed(2)]).result()
    repaired = Clock(wall=START + HOUR, elapsed=99)
    with opened(tmp_path, tick=repaired) as ledger:
        assert ledger.clock is ClockState.SURE
        assert ledger.now() == START + HOUR


def test_a_flat_battery_starts_unsure_at_the_last_sure_entry(tmp_path: Path) -> None:
    with opened(tmp_path, tick=Clock()) as ledger:
        ledger.append([crossed(1)]).result()
    with opened(tmp_path, tick=Clock(wall=0, elapsed=1)) as ledger:
        assert ledger.clock is ClockState.UNSURE
        assert ledger.now() == START
        ledger.append([crossed(2)]).result()
    assert kinds(tmp_path)[3:6] == ["clock_jumped", "sealed", "vehicle_crossed"]


def test_a_first_start_before_the_build_is_unsure(tmp_path: Path) -> None:
    with opened(tmp_path, build_date=START + HOUR) as ledger:
        assert ledger.clock is ClockState.UNSURE
        assert ledger.now() == START + HOUR


def test_nine_hours_of_sleep_are_no_jump(tmp_path: Path) -> None:
    clock = Clock()
    with opened(tmp_path, tick=clock) as ledger:
        clock.pass_by(9 * HOUR)
        clock.zone = -300
        ledger.append([crossed(1)]).result()
        assert ledger.clock is ClockState.SURE
    assert "clock_jumped" not in kinds(tmp_path)


def test_a_lead_confirms_the_clock_also_downward(tmp_path: Path) -> None:
    clock = Clock()
    with opened(tmp_path, tick=clock) as ledger:
        clock.wall -= HOUR
        ledger.append([crossed(1)]).result()
        confirmed = ledger.confirm_clock(by=BY).result()
        assert confirmed.kind == "clock_confirmed"
        assert ledger.clock is ClockState.SURE
        assert ledger.now() == START - HOUR
        ledger.append([crossed(2)]).result()
    found = headers(tmp_path)
    (entry,) = [header for header in found if header.kind == "clock_confirmed"]
    assert (entry.officer, entry.clock, entry.written) == ("7", ClockState.SURE, START - HOUR)
    assert found[entry.seq].kind == "sealed"
    with opened(tmp_path, tick=Clock(wall=START - HOUR + 1, elapsed=1)) as ledger:
        assert ledger.clock is ClockState.SURE, "the floor follows the confirmation down"


def test_a_confirmation_that_could_not_be_written_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock()
    with opened(tmp_path, tick=clock) as ledger:
        clock.wall += HOUR
        ledger.append([crossed(1)]).result()
        with monkeypatch.context() as patch:
            patch.setattr(ledger._book, "add", failing)
            with pytest.raises(RuntimeError):
                ledger.confirm_clock(by=BY).result()
        assert ledger.clock is ClockState.UNSURE


def failing(*_arguments: object) -> Any:
    raise RuntimeError("not written")


def test_a_jump_that_could_not_be_written_is_written_with_the_next_commit(tmp_path: Path) -> None:
    clock = Clock()
    with opened(tmp_path, tick=clock) as ledger:
        clock.wall += HOUR
        with pytest.raises(ValueError, match="header field"):
            ledger.append([crossed(1, kind="Not A Kind")]).result()
        assert kinds(tmp_path) == ["epoch_begun"]
        ledger.append([crossed(2)]).result()
    assert kinds(tmp_path)[1:3] == ["clock_jumped", "sealed"]


def test_entries_of_other_desks_do_not_raise_the_floor(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        ledger.append([crossed(1)]).result()
        stamp = Stamp(START + 20 * YEAR, 480, 0, "0" * 16, ClockState.SURE)
        foreign = build(Head("Z9", "a" * 16), crossed(2), stamp=stamp, salt=b"s" * 32)
        ledger.transact(lambda connection: appending.insert(connection, foreign)).result()
    with opened(tmp_path, tick=Clock(wall=START + HOUR, elapsed=1)) as ledger:
        assert ledger.clock is ClockState.SURE


def test_a_new_epoch_keeps_the_floor_of_the_old(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        ledger.append([crossed(1)]).result()
    with opened(tmp_path, reason="restore", tick=Clock(wall=START - HOUR)) as ledger:
        assert ledger.clock is ClockState.UNSURE


def test_durations_come_from_the_counter(tmp_path: Path) -> None:
    clock = Clock()
    with opened(tmp_path, tick=clock) as ledger:
        clock.pass_by(1_500)
        ledger.append([crossed(1)]).result()
    assert [header.mono for header in headers(tmp_path)][:2] == [0, 1_500]


def test_the_systems_own_clocks_run_forward() -> None:
    first, second = timekeeper.system_tick(), timekeeper.system_tick()
    assert abs(first.wall - time.time() * 1000) < 60_000
    assert second.elapsed >= first.elapsed > 0
    assert abs(first.zone) <= 14 * 60


def test_any_thread_may_ask_for_now_while_entries_are_written(tmp_path: Path) -> None:
    with opened(tmp_path, tick=timekeeper.system_tick, build_date=0) as ledger:
        futures = [ledger.append([crossed(number)]) for number in range(50)]
        times = [ledger.now() for _ in range(2000)]
        assert times == sorted(times)
        assert all(future.result() for future in futures)
