"""A badge is on paper as an entry before it is a file, and reads as that officer."""

from __future__ import annotations

from pathlib import Path

import pypdf
import pytest

from checkpoint_app.domain.disclosures import EXPORTED
from checkpoint_app.domain.facts import By
from checkpoint_app.domain.officers import UnknownOfficer
from checkpoint_app.domain.roles import NotAllowed, Role
from checkpoint_app.services.badges import print_badge
from checkpoint_app.services.desk import Desk
from tests.services.desks import entries


def test_a_badge_is_written_down_then_printed(desk: Desk) -> None:
    officer = desk.officers.enrol("张㛃", agency="公安", by=desk.by)
    sent: list[Path] = []

    def send(path: Path) -> None:
        assert len(entries(desk, EXPORTED)) == 1
        sent.append(path)

    path = print_badge(desk, officer.number, by=desk.by, send=send)
    assert sent == [path]
    text = pypdf.PdfReader(path).pages[0].extract_text()
    assert "张㛃" in text
    assert officer.number in text
    assert desk.officers.of_badge(desk.officers.badge_text(officer.number)) == officer


def test_a_badge_names_somebody_in_full_and_is_printed_by_who_enrols(desk: Desk) -> None:
    lead = desk.officers.enrol("钱示范", role=Role.LEAD, by=desk.by).number
    desk.officers.set_pin(lead, "2580", by=desk.by)
    other = desk.officers.enrol("孙示范", by=desk.by).number
    with pytest.raises(NotAllowed):
        print_badge(desk, lead, by=By(desk.by.shift, other), send=lambda _path: None)
    assert entries(desk, EXPORTED) == []
    print_badge(desk, other, by=desk.by, send=lambda _path: None)
    assert [each["masked"] for each in entries(desk, EXPORTED)] == [False]


def test_nobody_gets_no_badge(desk: Desk) -> None:
    with pytest.raises(UnknownOfficer):
        print_badge(desk, "99", by=desk.by, send=lambda _path: None)
    assert entries(desk, EXPORTED) == []
