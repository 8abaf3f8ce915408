"""A desk that begins with its lead, and the demonstration that begins with all of them."""

from __future__ import annotations

from pathlib import Path

from checkpoint_app.demo import play
from checkpoint_app.domain.roles import Role
from checkpoint_app.services.desk import Desk, local_offset
from checkpoint_app.storage import logbook
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


def test_the_demonstration_has_what_a_station_has(tmp_path: Path) -> None:
    from checkpoint_app import bootstrap

    play.prepare(tmp_path / "demo", seed=1)
    desk = bootstrap.open_desk(tmp_path / "demo")
    now = desk.ledger.now()
    groups = desk.roster.groups()
    assert len(groups) == 8
    assert all(len(each.leads) >= 2 for each in groups)
    assert desk.roster.due(now, local_offset(now)).current is not None
    assert desk.contacts.everybody()
    short = [each.name for each in desk.stores.everything() if each.balance < max(each.due, each.low)]
    assert short == ["测温枪", "N95 口罩"]
    assert len(desk.matters.open()) == 1
    with desk.ledger.reader() as reader:
        assert len(logbook.incidents(reader, play.DESK)) == 1
        assert len(logbook.orders_in_force(reader, play.DESK, now)) == 1
    desk.close()
