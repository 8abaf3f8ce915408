"""The day's report under a clock that is played: reminded of, made once by itself, never for nobody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from checkpoint_app.documents.files import PaperNotWritten
from checkpoint_app.domain.disclosures import EXPORTED
from checkpoint_app.domain.roles import Role
from checkpoint_app.services import daily
from checkpoint_app.services.desk import Desk, local_offset
from checkpoint_app.services.retention import PRINTED
from checkpoint_app.ui.daily_report import DailyReport
from checkpoint_app.ui.tasks import Tasks
from tests.pins import cheap_pins
from tests.services.desks import desk_in, entries
from tests.services.recorded import record
from tests.storage.desks import START, Clock

__all__ = ["cheap_pins"]

HOUR = 3_600_000
DUE, OVERDUE_MS = "clock-exclamation", 15_000
PIN = "2580"


class Played:
    """A desk, its report, and hands on the clock."""

    def __init__(self, desk: Desk, clock: Clock, bot: QtBot) -> None:
        self.desk, self.clock, self.bot, self.tasks = desk, clock, bot, Tasks()
        hour = (START + local_offset(START) * 60_000) // HOUR % 24
        self.desk.settings = replace(self.desk.settings, daily_hour=(hour + 1) % 24)
        record(self.desk)
        self.report = DailyReport(self.desk, self.tasks)
        self.looked = 0
        self.report.changed.connect(self._count)

    def _count(self) -> None:
        self.looked += 1

    def look(self) -> None:
        """Until whatever the look begins is done."""
        before = self.looked
        self.report.look()
        self.bot.waitUntil(lambda: self.looked > before and not self.report._writing, timeout=OVERDUE_MS)

    @property
    def files(self) -> list[str]:
        folder = self.desk.folder / PRINTED
        return sorted(each.name for each in folder.iterdir()) if folder.exists() else []

    @property
    def icon(self) -> str:
        return self.report.tag.icon if self.report.tag else ""

    def close(self) -> None:
        self.report.close()
        self.tasks.close()


@pytest.fixture
def played(tmp_path: Path, qtbot: QtBot) -> Iterator[Played]:
    clock = Clock(wall=START)
    with desk_in(tmp_path, clock=clock) as desk:
        made = Played(desk, clock, qtbot)
        yield made
        made.close()


def nobody_signed_on(desk: Desk) -> None:
    lead = desk.officers.enrol("钱示范", role=Role.LEAD, by=desk.by)
    desk.officers.set_pin(lead.number, PIN, by=desk.by)
    desk.by = replace(desk.by, officer="")


def test_before_its_hour_there_is_nothing_to_say_or_to_write(played: Played) -> None:
    played.look()
    assert (played.icon, played.files) == ("", [])


def test_at_its_hour_it_is_made_once_with_the_entry_before_it(played: Played) -> None:
    played.clock.pass_by(HOUR)
    for _minute in range(3):
        played.look()
        played.clock.pass_by(60_000)
    assert len(played.files) == 1
    (told,) = entries(played.desk, EXPORTED)
    assert (told["form"], told["masked"]) == (daily.FORM, True)
    assert played.icon == ""


def test_the_next_day_has_its_own(played: Played) -> None:
    played.clock.pass_by(HOUR)
    played.look()
    played.clock.pass_by(24 * HOUR)
    record(played.desk, "豫B67890")
    played.look()
    assert len(played.files) == 2


def test_while_nobody_is_signed_on_it_is_only_reminded_of(played: Played) -> None:
    nobody_signed_on(played.desk)
    played.clock.pass_by(HOUR)
    played.look()
    assert (played.icon, played.files) == (DUE, [])
    assert entries(played.desk, "action_refused") == []


def test_once_a_lead_signs_on_it_is_made(played: Played) -> None:
    nobody_signed_on(played.desk)
    played.clock.pass_by(HOUR)
    played.look()
    lead = next(each.number for each in played.desk.officers.everybody() if each.name == "钱示范")
    played.desk.sign_on(lead, PIN, lane=None)
    played.look()
    assert len(played.files) == 1
    assert played.icon == ""


def test_what_could_not_be_written_is_said_and_stands_as_an_outage(
    played: Played, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_given: object, **_named: object) -> int:
        raise PaperNotWritten(path="x", why="full")

    monkeypatch.setattr(daily, "write_daily", full)
    played.clock.pass_by(HOUR)
    played.look()
    played.desk.ledger.keep({}).result()
    assert (played.icon, played.files) == ("alert-triangle", [])
    assert [each["what"] for each in entries(played.desk, "outage")] == ["printing"]
    played.look()
    assert played.icon == "alert-triangle"


def test_closed_it_says_no_more(played: Played) -> None:
    played.report.close()
    played.clock.pass_by(HOUR)
    before = played.looked
    played.report.look()
    played.desk.ledger.keep({}).result()
    assert played.looked == before
