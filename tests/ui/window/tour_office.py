"""The rest of the hour, away from the barrier: records, settings, help, language and theme, the end."""

from __future__ import annotations

from typing import cast

from checkpoint_app.domain.words import VerdictState
from checkpoint_app.ui.pages.records import RecordsPage
from checkpoint_app.ui.pages.rollcall import RollcallPage
from checkpoint_app.ui.pages.settings import SettingsPage
from checkpoint_app.ui.pages.shift import ShiftPage
from checkpoint_app.ui.record_side import Doing
from tests.ui.window.tour_hands import Tour
from tests.ui.window.tour_story import codes_read
from tests.ui.window.tour_street import arrival, phone

SOUNDS, CHECKS = 2, 3


def a_record(tour: Tour) -> None:
    """Found by a part of its plate, amended, seen in full, exported, printed."""
    tour.press("Ctrl+3")
    page = cast(RecordsPage, tour.stage.window.page("records"))
    settled(tour, page)
    tour.shot("records")
    tour.type("5K2")
    settled(tour, page)
    tour.shot("records-found")
    amend(tour, page)
    see_in_full(tour, page)
    take_out(tour, page)
    tour.press("F5")
    tour.until(lambda: len([*(tour.stage.desk.folder / "printed").glob("*.pdf")]) == 1)
    tour.until(lambda: ".pdf" in page.words)
    tour.paper.acts["exported"] += 1
    tour.shot("records-printed")
    tour.press("Esc")
    settled(tour, page)
    look_for_people(tour, page)


def amend(tour: Tour, page: RecordsPage) -> None:
    tour.press("F2")
    form = page.side.amend_form
    tour.until(form.plate.edit.hasFocus)
    enter_to(tour, form.purpose.edit.hasFocus)
    tour.type("探亲")
    enter_to(tour, form.reason.edit.hasFocus)
    tour.type("1")
    tour.shot("records-amend")
    tour.press("F1")
    tour.until(lambda: page.side.doing is Doing.LOOKING)
    settled(tour, page)
    tour.until(lambda: page.rows[0].amended)
    tour.paper.acts["crossing_amended"] += 1
    tour.shot("records-amended")


def see_in_full(tour: Tour, page: RecordsPage) -> None:
    tour.press("F4")
    tour.type("1")
    tour.shot("records-why-in-full")
    tour.press("F1")
    tour.until(lambda: page.side.doing is Doing.LOOKING and not page.side.detail.masked)
    tour.until(lambda: not page.side.detail.view.isEnabled())
    settled(tour, page)
    tour.paper.acts["person_viewed"] += 1
    tour.shot("records-in-full")


def take_out(tour: Tour, page: RecordsPage) -> None:
    tour.press("F6")
    form = page.side.ask_form
    for _step in range(4):
        if form.folder.edit.hasFocus():
            break
        tour.press("Tab")
    form.folder.edit.selectAll()
    tour.type(str(tour.papers))
    tour.shot("records-export")
    tour.press("F1")
    tour.until(lambda: page.side.doing is Doing.LOOKING)
    assert [*tour.papers.glob("*.xlsx")]
    tour.paper.acts["exported"] += 1
    tour.shot("records-exported")


def look_for_people(tour: Tour, page: RecordsPage) -> None:
    """A name: it is written down that somebody looked."""
    tour.type("张三")
    settled(tour, page)
    tour.shot("records-people-asked")
    tour.press("F1")
    settled(tour, page)
    tour.until(lambda: bool(page.rows))
    tour.paper.acts["people_looked_up"] += 1
    tour.shot("records-people-found")
    tour.press("F7")
    tour.shot("records-filters")
    tour.press("F7", "Esc", "Esc")


def settings(tour: Tour) -> None:
    """Every section; the loudness and what is checked are changed, and taken back."""
    tour.press("Ctrl+6")
    page = cast(SettingsPage, tour.stage.window.page("settings"))
    for place in range(len(page.sections)):
        tour.until(lambda wanted=place: page.list.place == wanted)  # type: ignore[misc]
        tour.shot(f"settings-{place + 1}")
        if place == SOUNDS:
            changed(tour, page, "Left", name="loudness")
        if place == CHECKS:
            changed(tour, page, "Right", " ", name="checks")
            tour.paper.acts["setting_changed"] += 2
        tour.press("Down")
    tour.press("Ctrl+1")


def changed(tour: Tour, page: SettingsPage, *keys: str, name: str) -> None:
    """Into the section, the keys that change something, and back."""
    desk = tour.stage.desk
    before = desk.settings
    tour.press("Enter")
    for key in keys:
        tour.type(key) if key == " " else tour.press(key)
    tour.until(lambda: desk.settings != before)
    tour.shot(f"settings-{name}-changed")
    tour.press("Ctrl+Z")
    tour.until(lambda: desk.settings == before)
    tour.shot(f"settings-{name}-undone")
    tour.press("Esc")
    tour.until(page.list.hasFocus)


def looks(tour: Tour) -> None:
    """Language and theme while somebody stands here; nothing of theirs changes."""
    settings = tour.stage.desk.settings
    tour.type("/a55555")
    tour.press("Enter")
    tour.street.stand(1, arrival(phone(111)))
    tour.until(lambda: codes_read(tour) == 1)
    tour.press("Ctrl+L")
    tour.until(lambda: tour.stage.desk.settings.language != settings.language)
    tour.shot("other-language")
    tour.press("Ctrl+L")
    for number in range(3):
        tour.press("Ctrl+T")
        tour.shot(f"theme-{number + 1}")
    tour.press("F12")
    tour.shot("names-hidden")
    tour.press("F12")
    tour.type("365")
    tour.sees(VerdictState.PASS)
    tour.ends("F1")
    tour.paper.left(1, "豫A55555")


def the_end(tour: Tour) -> None:
    tour.press("Ctrl+K")
    tour.shot("help")
    tour.press("Ctrl+2")
    board = cast(ShiftPage, tour.stage.window.page("shift"))
    tour.until(lambda: board.found is not None)
    tour.shot("shift-board")
    tour.press("F6")
    tour.shot("shift-numbers")
    tour.press("F6")
    nobody_takes_over(tour)


def nobody_takes_over(tour: Tour) -> None:
    """The end of the service: the lead says why, and it is closed and sealed."""
    tour.press("F1")
    roll = cast(RollcallPage, tour.stage.window.page("rollcall"))
    tour.until(lambda: roll.ready)
    tour.press("F6")
    tour.shot("shift-closing")
    tour.type("演示结束")
    tour.press("F1")
    tour.until(lambda: tour.stage.entries("shift_closed") == 1)
    tour.paper.acts["shift_closed"] += 1
    tour.shot("shift-closed")


def settled(tour: Tour, page: RecordsPage) -> None:
    tour.until(lambda: not page._typed.isActive() and page.answered)


def enter_to(tour: Tour, there: object) -> None:
    """Enter from field to field."""
    for _step in range(20):
        if there():  # type: ignore[operator]
            return
        tour.press("Enter")
    raise AssertionError("no Enter leads there")
