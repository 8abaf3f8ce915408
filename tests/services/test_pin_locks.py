"""PINs that lock after five wrong ones, whatever the clock says and however often the program starts."""

from __future__ import annotations

from pathlib import Path

import pytest

from checkpoint_app.domain.lockout import FREE
from checkpoint_app.domain.officers import PinLocked, WrongPin
from checkpoint_app.domain.roles import Role
from checkpoint_app.services.desk import Desk
from checkpoint_app.services.officers import Officers
from tests.services.desks import desk_in
from tests.services.enrolling import OTHER, PIN, enrolled, led, wrong
from tests.storage.desks import Clock


def test_five_wrong_pins_lock_and_the_right_one_waits_too(desk: Desk, clock: Clock) -> None:
    led(desk)
    left = []
    for _ in range(FREE - 1):
        with pytest.raises(WrongPin) as refused:
            desk.officers.check_pin("01", OTHER)
        left.append(refused.value.facts["left"])
    assert left == [4, 3, 2, 1]
    for pin in (OTHER, PIN):
        with pytest.raises(PinLocked) as locked:
            desk.officers.check_pin("01", pin)
        assert locked.value.facts["wait_ms"] == 60_000
    clock.pass_by(59_999)
    with pytest.raises(PinLocked):
        desk.officers.check_pin("01", PIN)
    clock.pass_by(1)
    desk.officers.check_pin("01", PIN)
    wrong(desk)
    desk.officers.check_pin("01", PIN)


def test_one_officers_wrong_pins_lock_nobody_else(desk: Desk) -> None:
    led(desk)
    number = enrolled(desk, Role.OFFICER, pin=PIN)
    for _ in range(FREE):
        wrong(desk)
    desk.officers.check_pin(number, PIN)


def test_a_lock_survives_a_restart_and_a_restart_begins_the_wait_anew(tmp_path: Path) -> None:
    clock = Clock()
    with desk_in(tmp_path, clock=clock) as desk:
        led(desk)
        for _ in range(FREE):
            wrong(desk)
        clock.pass_by(59_000)
    with desk_in(tmp_path, clock=clock) as desk:
        clock.pass_by(59_000)
        with pytest.raises(PinLocked) as locked:
            desk.officers.check_pin("01", PIN)
        assert locked.value.facts["wait_ms"] == 1_000
        clock.pass_by(1_000)
        desk.officers.check_pin("01", PIN)


def test_wrong_pins_before_a_restart_count_after_it(tmp_path: Path) -> None:
    with desk_in(tmp_path) as desk:
        led(desk)
        for _ in range(FREE - 1):
            wrong(desk)
    with desk_in(tmp_path) as desk, pytest.raises(PinLocked):
        desk.officers.check_pin("01", OTHER)


def test_a_try_is_counted_before_it_is_known_to_be_wrong(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    led(desk)

    def killed(*_args: object, **_kwargs: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("checkpoint_app.crypto.pins.unlock", killed)
    with pytest.raises(KeyboardInterrupt):
        desk.officers.check_pin("01", PIN)
    assert [each.wrong for each in Officers(desk.ledger, desk.officers.new_action)._tries.values()] == [1]


def test_the_wall_clock_set_twenty_years_ahead_shortens_no_wait(desk: Desk, clock: Clock) -> None:
    led(desk)
    for _ in range(FREE):
        wrong(desk)
    clock.wall += 20 * 365 * 86_400_000
    with pytest.raises(PinLocked) as locked:
        desk.officers.check_pin("01", PIN)
    assert locked.value.facts["wait_ms"] == 60_000
