"""Attendance on a real ledger: who is on, posts, a month's hours, what goes out; no minute twice."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from zipfile import ZipFile

import pytest

from checkpoint_app.documents.sheets import FileNotWritten
from checkpoint_app.domain.disclosures import EXPORTED
from checkpoint_app.domain.facts import By
from checkpoint_app.domain.hours import on_duty
from checkpoint_app.domain.masking import mask_name
from checkpoint_app.domain.officers import Officer, UnknownOfficer
from checkpoint_app.domain.report import Attended
from checkpoint_app.domain.roles import Role
from checkpoint_app.domain.roll import Rolled
from checkpoint_app.services import attendance as service
from checkpoint_app.services.attendance import NoShiftToServe, NotOnDuty
from checkpoint_app.services.desk import Desk, new_action
from checkpoint_app.services.hours_table import export_hours
from checkpoint_app.services.viewing import ViewReasonNeeded
from tests.services.desks import desk_in, entries
from tests.storage.desks import Clock

HOUR, ZONE = 3_600_000, 480
EVENING = 1_669_809_600_000  # 2022-11-30 20:00 at +08:00
PEOPLE = {
    "11": Officer("11", "张三", Role.LEAD, "公安"),
    "12": Officer("12", "=cmd|' /C calc'!A0", Role.OFFICER, "卫健"),
}


@pytest.fixture
def clock() -> Clock:
    return Clock(EVENING)


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    with desk_in(tmp_path, clock=clock) as desk:
        yield desk


def pass_hours(clock: Clock, hours: float) -> None:
    clock.pass_by(round(hours * HOUR))


def lines(desk: Desk) -> tuple[Attended, ...]:
    with desk.ledger.reader() as reader:
        return service.attended(
            reader, desk.by.shift, desk=desk.settings.desk, now=desk.ledger.now(), officers=PEOPLE
        )


def come(desk: Desk, *numbers: str, late: bool = False) -> None:
    for number in numbers:
        desk.attendance.come(number, post="lane-1", late=late, by=desk.by).result()


def test_a_night_over_the_months_end_counts_in_both_months(desk: Desk, clock: Clock) -> None:
    come(desk, "11")
    pass_hours(clock, 8)
    desk.attendance.go("11", by=desk.by).result()
    (november,), (december,) = (desk.attendance.month(m, zone=ZONE) for m in ("2022-11", "2022-12"))
    assert (november.minutes, december.minutes) == (4 * 60, 4 * 60)
    assert desk.attendance.on() == ()


def test_a_restart_and_coming_twice_count_once(tmp_path: Path) -> None:
    clock = Clock(EVENING)
    with desk_in(tmp_path, clock=clock) as desk:
        come(desk, "11")
    pass_hours(clock, 2)
    with desk_in(tmp_path, clock=clock) as desk:
        come(desk, "11")
        pass_hours(clock, 1)
        (line,) = lines(desk)
        assert line.minutes == 180
        assert [stint.officer for stint in desk.attendance.on()] == ["11"]


def test_a_shift_says_who_was_late_replaced_and_did_not_come(desk: Desk, clock: Clock) -> None:
    come(desk, "11")
    come(desk, "12", late=True)
    desk.attendance.miss("13", by=desk.by).result()
    come(desk, "14")
    pass_hours(clock, 1)
    desk.attendance.go("14", replaced=True, by=desk.by).result()
    told = [(line.officer, line.state, line.minutes) for line in lines(desk)]
    assert told == [("11", "present", 60), ("12", "late", 60), ("14", "replaced", 60), ("13", "absent", 0)]
    assert (lines(desk)[0].name, lines(desk)[0].role) == ("张三", "lead")


def test_a_post_is_changed_without_a_minute_lost(desk: Desk, clock: Clock) -> None:
    come(desk, "11")
    pass_hours(clock, 1)
    desk.attendance.post("11", "lane-2", desk.by).result()
    pass_hours(clock, 1)
    (line,) = lines(desk)
    assert (line.posts, line.minutes) == (("lane-1", "lane-2"), 120)


def test_who_is_not_on_has_no_post_and_does_not_go(desk: Desk) -> None:
    with pytest.raises(NotOnDuty):
        desk.attendance.post("11", "hut", desk.by)
    with pytest.raises(NotOnDuty):
        desk.attendance.go("11", by=desk.by)
    assert entries(desk, "on_duty", "off_duty") == []


def test_nobody_comes_without_a_shift(desk: Desk) -> None:
    with pytest.raises(NoShiftToServe):
        desk.attendance.come("11", by=By())


def test_closing_the_shift_ends_what_nobody_ended(desk: Desk, clock: Clock) -> None:
    come(desk, "11")
    pass_hours(clock, 2)
    desk.duty.close(waiting=0, by=desk.by).result()
    pass_hours(clock, 20)
    assert desk.attendance.on() == ()
    assert [line.minutes for line in lines(desk)] == [120]


def test_who_goes_on_in_the_next_shift_is_in_both_once(desk: Desk, clock: Clock) -> None:
    come(desk, "11")
    pass_hours(clock, 3)
    following = By("next", desk.by.officer)
    fact = on_duty("11", post="hut", by=following, at=desk.ledger.now(), action=new_action())
    desk.ledger.append((fact,)).result()
    pass_hours(clock, 2)
    assert [line.minutes for line in lines(desk)] == [180]
    total = sum(
        each.minutes for month in ("2022-11", "2022-12") for each in desk.attendance.month(month, zone=ZONE)
    )
    assert total == 5 * 60


def written(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def export(desk: Desk, path: Path, *, masked: bool = False) -> Sequence[dict[str, object]]:
    export_hours(
        desk.attendance,
        "2022-11",
        path,
        zone=ZONE,
        officers=PEOPLE,
        masked=mask_name if masked else None,
        by=desk.by,
        why="" if masked else "lead_asked",
        form=path.suffix[1:],
    )
    return entries(desk, EXPORTED)


def test_the_table_is_written_down_first_and_guards_its_cells(
    desk: Desk, clock: Clock, tmp_path: Path
) -> None:
    come(desk, "11", "12")
    pass_hours(clock, 2.5)
    path = tmp_path / "hours.csv"
    (entry,) = export(desk, path)
    assert (entry["count"], entry["form"], entry["masked"]) == (2, "hours-csv", False)
    _head, one, two = written(path)
    assert one[:5] == ["11", "张三", "公安", "1", "2.5"]
    assert two[1] == "'=cmd|' /C calc'!A0"


def test_masked_names_stay_masked(desk: Desk, tmp_path: Path) -> None:
    come(desk, "11")
    (entry,) = export(desk, tmp_path / "hours.csv", masked=True)
    assert entry["masked"] is True
    assert written(tmp_path / "hours.csv")[1][1] == "张*"


def test_excel_gets_text_and_no_formula(desk: Desk, tmp_path: Path) -> None:
    come(desk, "12")
    export(desk, tmp_path / "hours.xlsx")
    with ZipFile(tmp_path / "hours.xlsx") as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet


def test_a_file_that_cannot_be_written_leaves_its_entry(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(FileNotWritten):
        export(desk, tmp_path / "nowhere" / "hours.csv")
    assert len(entries(desk, EXPORTED)) == 1


def test_names_in_full_need_a_reason(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(ViewReasonNeeded):
        export_hours(
            desk.attendance,
            "2022-11",
            tmp_path / "hours.csv",
            zone=ZONE,
            officers=PEOPLE,
            masked=None,
            by=desk.by,
        )
    assert entries(desk, EXPORTED) == []


@pytest.mark.parametrize("number", ["张三", "13800000000", "", "7a"])
def test_only_a_number_stands_in_public(desk: Desk, number: str) -> None:
    for act in (desk.attendance.come, desk.attendance.miss):
        with pytest.raises(UnknownOfficer):
            act(number, by=desk.by)
    with pytest.raises(UnknownOfficer):
        desk.roster.set_group("九", ["11", number or "x"], [], by=desk.by)
    if number:
        roll = [Rolled(number, "李示范"), Rolled("", "赵示范")]
        with pytest.raises(UnknownOfficer):
            desk.handovers.begin(group="二", lead="赵示范", roll=roll, zone=480, by=desk.by)
