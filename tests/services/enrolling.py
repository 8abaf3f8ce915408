"""People with PINs for the tests of officers."""

from __future__ import annotations

import pytest

from checkpoint_app.domain.facts import By
from checkpoint_app.domain.officers import PinLocked, WrongPin
from checkpoint_app.domain.roles import Role
from checkpoint_app.services.desk import Desk
from checkpoint_app.services.officers import Officers

PIN, OTHER = "2580", "1379"
LEAD = By("", "01")


def led(desk: Desk) -> Officers:
    """王示范 (01, from the roll-call) leads and has a PIN."""
    desk.officers.enrol("王示范", role=Role.LEAD, by=desk.by)
    desk.officers.set_pin("01", PIN, by=desk.by)
    return desk.officers


def enrolled(desk: Desk, role: Role, *, pin: str = "") -> str:
    number = desk.officers.enrol(f"{role}示范", role=role, by=LEAD).number
    if pin:
        desk.officers.set_pin(number, pin, by=LEAD)
    return number


def wrong(desk: Desk, number: str = "01") -> None:
    with pytest.raises((WrongPin, PinLocked)):
        desk.officers.check_pin(number, OTHER)
