"""The people page by real keys: groups, a month by pattern, swaps, attendance, hours."""

from __future__ import annotations

import csv
from pathlib import Path

from PySide6.QtWidgets import QApplication

from checkpoint_app.domain.disclosures import EXPORTED
from checkpoint_app.domain.roster import Exchange
from checkpoint_app.ui.people_page_hours import HoursView
from tests.services.desks import entries
from tests.ui.people_played import K, Played, desk, numbers, play, staffed
from tests.ui.staff import enrol

__all__ = ["desk", "numbers", "play", "staffed"]

# groups and roster


def test_a_group_is_made_and_dropped_by_numbers(play: Played) -> None:
    for name in ("张样例", "李样例", "王样例"):
        play.desk.officers.enrol(name, by=play.desk.by)
    play.page.reload()
    play.settle()
    play.view(2)
    play.press(K.Key_F7)
    play.fill("一班", "3 4")
    play.write("5")
    play.press(K.Key_F1)
    group = play.desk.roster.group("一班")
    assert (group.leads, group.members) == (("03", "04"), ("03", "04", "05"))
    assert "2 experienced, 3 are needed" in play.painted
    play.press(K.Key_F7)
    play.fill("一班", "99")
    play.press(K.Key_F1)
    assert "Nobody has the number 99" in play.page.words
    play.press(K.Key_Escape, K.Key_F7)
    play.fill("一班", "", "")
    play.press(K.Key_F1)
    assert play.desk.roster.groups() == ()


def test_a_month_is_planned_by_keys(play: Played) -> None:
    enrol(play.desk)
    play.page.reload()
    play.settle()
    play.view(2)
    assert play.cells == []
    play.press(K.Key_F1)
    form = play.page.form
    assert form is not None
    assert "22 to 2" in form.hints.text or "23 to 2" in form.hints.text
    play.press(K.Key_F1)
    made = play.desk.roster.plan(play.page.found.month)
    assert made is not None
    assert len(play.cells) == made.days
    assert all(len(cell.split()) == 2 for row in play.cells for cell in row[1:])


def test_an_own_pattern_is_read_as_it_is_typed(play: Played) -> None:
    enrol(play.desk)
    play.page.reload()
    play.settle()
    play.view(2)
    play.press(K.Key_F1, K.Key_End)
    form = play.page.form
    assert form is not None
    assert form.hints.text == "Nobody can serve by this pattern"
    play.press(K.Key_Return)
    play.fill("一班 二班 三班")
    play.write("AABBCC")
    assert form.hints.text.startswith("3 groups")
    play.press(K.Key_F1)
    made = play.desk.roster.plan(play.page.found.month)
    assert made is not None
    assert made.pattern == "AABBCC"


def test_months_turn_by_keys(staffed: Played) -> None:
    staffed.view(2)
    month = staffed.page.found.month
    staffed.press(K.Key_F6)
    assert staffed.page.found.month > month
    assert staffed.cells == []
    assert staffed.page.found.month in staffed.page.list.empty.text
    staffed.press(K.Key_F5)
    assert staffed.page.found.month == month


def swaps(made: Played) -> tuple[object, ...]:
    stands = made.desk.roster.plan(made.page.found.month)
    assert stands is not None
    return stands.swaps


def test_a_swap_is_made_by_keys_and_keeps_the_totals(staffed: Played) -> None:
    staffed.view(2)
    before = staffed.desk.roster.plan(staffed.page.found.month)
    assert before is not None
    staffed.press(K.Key_Home, K.Key_Down, K.Key_Right)
    staffed.press(K.Key_F2, K.Key_F1)
    assert staffed.page.words == "A reason is needed"
    staffed.write("1")
    staffed.press(K.Key_F1)
    (swap,) = swaps(staffed)
    assert isinstance(swap, Exchange)
    assert swap.day == 2
    assert entries(staffed.desk, "roster_swapped")[0]["why"] == "lead_agreed"
    after = staffed.desk.roster.plan(staffed.page.found.month)
    assert after is not None
    assert after.count() == before.count()


def test_a_stand_in_that_leaves_too_few_leads_is_told_before_f1(staffed: Played) -> None:
    staffed.view(2)
    staffed.press(K.Key_Home)
    staffed.press(K.Key_F3)
    form = staffed.page.form
    assert form is not None
    staffed.press(K.Key_Return)  # to who serves instead
    place = [row[0] for row in staffed.cells]
    assert place
    comes = QApplication.focusWidget()
    assert comes is not None
    for _each in range(3):  # the first three of another group are experienced, the fourth is not
        staffed.press(K.Key_Down)
    staffed.until(lambda: "2 experienced, 3 are needed" in form.hints.text)
    assert swaps(staffed) == ()
    staffed.press(K.Key_Up)
    staffed.until(lambda: "experienced" not in form.hints.text and form.hints.text != "")


# attendance, hours


def test_hours_stand_by_officer_with_warnings_in_words(staffed: Played, numbers: list[str]) -> None:
    staffed.view(3)
    row = next(row for row in staffed.cells if row[0] == numbers[1])
    assert row[7] == "Lane 1"
    staffed.page.list.table.go([row[0] for row in staffed.cells].index(numbers[1]))
    month = staffed.page.found.month
    long = [flaw for flaw in staffed.page.found.flaws if (flaw.code, flaw.officer) == ("long", numbers[1])]
    told = "13.0 h without a break, at most 12 h" in staffed.painted
    assert told is bool(long), month


def test_a_post_is_taken_and_somebody_goes(staffed: Played, numbers: list[str]) -> None:
    staffed.view(3)
    assert staffed.cells[0][7] == "Hut"
    staffed.press(K.Key_F2, K.Key_Down, K.Key_F1)
    assert staffed.cells[0][7] == "Lane 1"
    staffed.press(K.Key_F3)
    assert staffed.cells[0][7] == ""
    staffed.press(K.Key_F7)
    assert staffed.cells[0][7] == "on duty"
    stint = next(each for each in staffed.desk.attendance.on() if each.officer == numbers[0])
    assert stint.state == "late"


def test_hours_are_exported_masked_or_in_full_for_a_reason(staffed: Played, tmp_path: Path) -> None:
    hours = staffed.page.views[2]
    assert isinstance(hours, HoursView)
    hours.folder = str(tmp_path)
    staffed.view(3)
    staffed.press(K.Key_F1, K.Key_Right, K.Key_F1)
    (entry,) = entries(staffed.desk, EXPORTED)
    assert (entry["form"], entry["masked"]) == ("hours-csv", True)
    (path,) = tmp_path.glob("hours-*.csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert "张*" in [row[1] for row in csv.reader(file)]
    staffed.press(K.Key_F1, K.Key_Return, K.Key_Right, K.Key_F1)
    assert staffed.page.words == "A reason is needed"
    assert staffed.kinds(EXPORTED) == 1
