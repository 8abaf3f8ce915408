"""The settings page by its keys: every change at once, in words, and back again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from checkpoint_app import i18n
from checkpoint_app.config import LaneSetting, Settings
from checkpoint_app.scanning.camera import View
from checkpoint_app.scanning.health import Sight
from checkpoint_app.ui import app as application
from checkpoint_app.ui import theme
from checkpoint_app.ui.camera_view import Seen
from checkpoint_app.ui.pages.settings import SettingsPage
from checkpoint_app.ui.shift_text import Proof
from checkpoint_app.ui.tasks import Tasks
from checkpoint_app.ui.told import Tone
from tests.ui.recorder import Recorder
from tests.ui.uncut import cut_words

K = Qt.Key
FOUR = tuple(LaneSetting(n, "in" if n < 4 else "out", f"C270 USB {n}" if n < 4 else "") for n in range(1, 5))
KNOWN = Settings(station="南大门 G107", desk="G107-N-1", retention_days=30, language="en", lanes=FOUR[:2])
SIZES = [(1290, 720), (1204, 642), (1844, 1032)]
"""What rail and top bar leave of 1366 × 768, 1280 × 690 and 1920 × 1080."""


class Owner:
    """Takes what the page wants into use, as the window does."""

    def __init__(self, page: SettingsPage) -> None:
        self.page, self.now = page, KNOWN
        self.wanted: list[Settings] = []
        self.heard: list[str] = []
        page.wanted.connect(self.take)

    def take(self, settings: Settings) -> None:
        self.now = settings
        self.wanted.append(settings)
        self.page.show_settings(settings, Proof())


@pytest.fixture
def tasks() -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.close()


def made_page(qtbot: QtBot, tasks: Tasks, *, demo: bool = False, heard: list[str] | None = None) -> Owner:
    page = SettingsPage(
        demo=demo,
        cameras=lambda: ["C270 USB 1", "C270 USB 9"],
        tasks=tasks,
        play=heard.append if heard is not None else None,
    )
    qtbot.addWidget(page)
    owner = Owner(page)
    page.show_settings(KNOWN, Proof())
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    page.shown()
    return owner


@pytest.fixture
def owner(qtbot: QtBot, tasks: Tasks) -> Owner:
    return made_page(qtbot, tasks)


def press(*keys: Qt.Key) -> None:
    for key in keys:
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, key)


def test_a_change_is_in_use_at_once_said_in_words_and_undone(owner: Owner) -> None:
    press(K.Key_Return, K.Key_Tab, K.Key_Right)
    assert owner.now == replace(KNOWN, theme="night")
    assert owner.page.said.text == "Changed: Theme: Day → Night"
    press(K.Key_Tab, K.Key_Right)
    assert owner.now == replace(KNOWN, theme="night", scale=115)
    owner.page.undo()
    owner.page.undo()
    assert owner.now == KNOWN
    assert owner.page.said.text == "Taken back: Theme: Night → Day"
    owner.page.undo()
    assert len(owner.wanted) == 4, "nothing is left to undo"


def test_undo_leaves_alone_what_was_changed_elsewhere_since(owner: Owner) -> None:
    press(K.Key_Return, K.Key_Tab, K.Key_Right)
    owner.page.show_settings(replace(owner.now, language="zh_CN", scale=130), Proof())
    owner.page.undo()
    assert owner.now == replace(KNOWN, language="zh_CN", scale=130)


def test_the_sections_are_gone_through_with_the_arrows_and_escape_comes_back(owner: Owner) -> None:
    titles = [owner.page.current.title()]
    for _place in range(len(owner.page.sections)):
        press(K.Key_Down)
        titles.append(owner.page.current.title())
    assert len(set(titles)) == len(owner.page.sections)
    owner.page.go(2)
    press(K.Key_Right)
    assert owner.page.sounds.volume.hasFocus()
    press(K.Key_Escape)
    assert owner.page.list.hasFocus()


def test_days_of_keeping_are_kept_when_the_field_is_left(owner: Owner) -> None:
    owner.page.go(4)
    press(K.Key_Right)
    press(K.Key_End, K.Key_Backspace)
    QTest.keyClicks(owner.page.keeping.days.field.edit, "5")
    assert owner.wanted == [], "35 is not 3"
    press(K.Key_Return)
    assert owner.now.retention_days == 35
    assert "Kept for: 30 days → 35 days" in owner.page.said.text


def test_leads_duties_rests_and_the_daily_report_are_set_by_keys(owner: Owner) -> None:
    owner.page.go(8)
    press(K.Key_Right)
    for number in ("2", "10", "11", "17"):
        press(K.Key_End, K.Key_Backspace, K.Key_Backspace)
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClicks(focused, number)
        press(K.Key_Return)
    now = owner.now
    told = (now.leads_needed, now.longest_duty_hours, now.least_rest_hours, now.daily_hour)
    assert told == (2, 10, 11, 17)
    assert "Day's report due from: 18 o'clock → 17 o'clock" in owner.page.said.text
    owner.page.undo()
    assert owner.now.daily_hour == 18


def test_a_number_out_of_its_bounds_changes_nothing(owner: Owner) -> None:
    owner.page.go(8)
    press(K.Key_Right)
    press(K.Key_End, K.Key_Backspace)
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClicks(focused, "21")
    press(K.Key_Return)
    assert owner.wanted == []


def test_a_field_somebody_types_in_is_left_alone_by_news_of_the_ledger(owner: Owner) -> None:
    owner.page.go(4)
    press(K.Key_Right)
    QTest.keyClicks(owner.page.keeping.days.field.edit, "7")
    owner.page.show_settings(owner.now, Proof(4_000))
    assert owner.page.keeping.days.field.value == "307"


def test_what_the_window_refuses_is_shown_as_it_was(owner: Owner) -> None:
    owner.page.go(1)
    owner.page.lanes.cards[1].way._choose("out")
    assert owner.now.lanes[1].direction == "out"
    owner.page.show_settings(KNOWN, Proof())
    assert owner.page.lanes.lanes == KNOWN.lanes
    assert owner.page.lanes.cards[1].way.value == "in"


def test_a_running_lanes_camera_is_shown_and_never_opened_again(owner: Owner) -> None:
    owner.page.go(1)
    picture = QImage(1280, 720, QImage.Format.Format_RGB888)
    owner.page.show_seen(2, Seen(View(None, 0, Sight.FINE, 0, rate=24.0), picture))
    assert [card.preview.working for card in owner.page.lanes.cards] == [False, True]
    assert [card._view for card in owner.page.lanes.cards] == [None, None]


def test_an_older_desk_is_asked_how_long_it_keeps_what_it_knows(owner: Owner) -> None:
    assert owner.page.strip.isHidden()
    owner.page.show_settings(replace(KNOWN, retention_days=0), Proof())
    assert not owner.page.strip.isHidden()
    owner.page.go(4)
    press(K.Key_Right)
    QTest.keyClicks(owner.page.keeping.days.field.edit, "14")
    press(K.Key_Return)
    assert (owner.now.retention_days, owner.page.strip.isHidden()) == (14, True)


def test_each_sound_can_be_heard_and_silence_is_said(qtbot: QtBot, tasks: Tasks) -> None:
    heard: list[str] = []
    page = made_page(qtbot, tasks, heard=heard).page
    page.go(2)
    for name, key in page.sounds.keys.items():
        key.click()
        assert heard[-1] == name
    page.sounds._play = lambda _name: False
    page.sounds.hear("stop")
    assert page.sounds.result.tone is Tone.BAD
    page.sounds.volume._choose("0")
    page.sounds.hear("stop")
    assert "Muted" in page.sounds.result.text


def test_a_class_begins_its_own_list_and_gives_it_back(owner: Owner) -> None:
    owner.page.go(3)
    press(K.Key_Right)
    press(K.Key_Down, K.Key_Down, K.Key_Space)
    assert owner.now.class_checks == {"bus": ("temperature",)}
    press(K.Key_Backspace)
    assert owner.now.class_checks == {}
    press(K.Key_Up, K.Key_Up, K.Key_Right, K.Key_Space)
    assert owner.now.required_checks == ("health_code", "travel_code", "temperature")


def test_the_desks_own_name_stays_and_the_station_is_one_change(owner: Owner) -> None:
    owner.page.go(5)
    press(K.Key_Right)
    QTest.keyClicks(owner.page.station.station.edit, " East")
    assert owner.wanted == []
    press(K.Key_Return)
    assert (owner.now.station, len(owner.wanted)) == ("南大门 G107 East", 1)
    assert owner.page.station.desk.edit.isReadOnly()


def test_f1_leads_back_to_the_lane_and_in_the_demonstration_to_a_desk(qtbot: QtBot, tasks: Tasks) -> None:
    for demo in (False, True):
        page = made_page(qtbot, tasks, demo=demo).page
        signal = page.first_start_wanted if demo else page.left
        with qtbot.waitSignal(signal):
            press(K.Key_F1)


def test_the_size_of_a_pixel_makes_the_word_larger(owner: Owner) -> None:
    owner.page.look.ruler.setFocus()
    press(*[K.Key_Right] * 3)
    assert owner.now.pixel_um == round(85_600 / owner.page.look.ruler.bar)
    coarse, fine = theme.Look(mm_per_px=0.3).word, theme.Look(mm_per_px=0.16).word
    assert (coarse, fine) == (160, 208)
    for um in range(50, 1000, 10):
        word = theme.Look(mm_per_px=um / 1000).word
        assert word * theme.INK_PER_EM >= 138
        assert word * theme.INK_PER_EM * um / 1000 >= 31.3


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("scale", [100, 130])
def test_nothing_is_cut_in_any_section(
    qtbot: QtBot, app: QApplication, tasks: Tasks, recorder: Recorder, language: str, scale: int
) -> None:
    theme.apply(app, theme.Look(scale=scale))
    application.speak(app, language)
    page = made_page(qtbot, tasks).page
    known = replace(KNOWN, lanes=FOUR, theme_by="clock", pixel_um=255, language=language, scale=scale)
    page.show_settings(known, Proof(40_000, 0))
    found = {}
    for place, section in enumerate(page.sections):
        page.go(place)
        for width, height in SIZES:
            found[section.title(), width] = cut_words(page, recorder, width=width, height=height)
            assert recorder.smallest >= theme.SMALLEST
    application.speak(app, "en")
    assert {where: cut for where, cut in found.items() if cut} == {}


def test_headquarters_sets_neither_lanes_nor_checks(qtbot: QtBot, tasks: Tasks) -> None:
    owner = made_page(qtbot, tasks)
    page = owner.page
    page.show_settings(replace(KNOWN, role="headquarters", exchange_folder=""), Proof())
    gone = (page.lanes, page.sounds, page.checks, page.duty)
    assert not any(section in page.sections or section.isVisible() for section in gone)
    page.go(page.sections.index(page.exchange))
    assert page.current is page.exchange
    assert not page.exchange.minutes.isVisible()
    page.exchange.folder.edit.setFocus()
    QTest.keyClicks(page.exchange.folder.edit, "/mnt/share")
    QTest.keyClick(page.exchange.folder.edit, Qt.Key.Key_Return)
    assert owner.now.exchange_folder == "/mnt/share"
    assert "Watched folder" in page.said.text


def test_a_folder_longer_than_any_path_is_not_taken(qtbot: QtBot, tasks: Tasks) -> None:
    owner = made_page(qtbot, tasks)
    section = owner.page.exchange
    section.folder.set_value("x" * 501)
    assert section.filled(KNOWN) == KNOWN
