"""A desk that begins with its lead, and the demonstration that begins with all of them."""

from __future__ import annotations

from pathlib import Path

from checkpoint_app.demo import play
from checkpoint_app.domain.roles import Role
from checkpoint_app.services.desk import Desk
from tests.pins import cheap_pins
from tests.ui.window.stage import english, make_desk

__all__ = ["cheap_pins"]


def begun(folder: Path) -> Desk:
    return make_desk(folder, english(), shift=False)


def test_a_new_desk_begins_with_its_lead_signed_on(tmp_path: Path) -> None:
    desk = begun(tmp_path / "desk")
    lead = desk.begin_with("王示范", "2580")
    assert (lead.role, desk.by.officer, desk.officers.protected) == (Role.LEAD, lead.number, True)
    desk.close()


def test_the_demonstration_has_somebody_of_every_role_with_the_pin_that_is_shown(tmp_path: Path) -> None:
    shown = play.prepare(tmp_path / "demo", seed=1)
    from checkpoint_app import bootstrap

    desk = bootstrap.open_desk(tmp_path / "demo")
    assert {each.role for each in desk.officers.everybody()} == set(Role)
    for each in desk.officers.everybody():
        desk.officers.check_pin(each.number, play.PIN)
    shown.signs_on(desk)
    assert desk.by.officer == play.LEAD_NUMBER
    assert desk.officers.role_of(desk.by.officer) is Role.LEAD
    desk.close()
