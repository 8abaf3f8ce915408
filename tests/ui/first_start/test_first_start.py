"""The first start, by real keys, down to a desk that opens."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from checkpoint_app import bootstrap, config, i18n
from checkpoint_app.config import LaneSetting, Settings
from checkpoint_app.crypto.errors import KeyringAbsent
from checkpoint_app.crypto.keyfile import KeyPlace
from checkpoint_app.crypto.recovery import RecoveryKey
from checkpoint_app.ui import theme
from checkpoint_app.ui.tokens import ThemeName
from checkpoint_app.ui.told import Tone
from tests.ui.first_start.steps import (
    PHRASE,
    Ends,
    K,
    Make,
    press,
    to_keeping,
    to_key,
    to_sheet,
    to_station,
    write,
)


def test_a_newcomer_answers_everything_with_the_keyboard_and_the_desk_opens(
    qtbot: QtBot, ends: Ends, make: Make
) -> None:
    page = make()
    done: list[tuple[str, object]] = []
    page.proven.connect(lambda proven: done.append(("proven", proven)))
    page.finished.connect(lambda settings: done.append(("finished", settings)))
    press(K.Key_F1)
    write("South Gate G107")
    press(K.Key_Tab)
    press(K.Key_Tab)  # the suggested desk stays
    write("j3")
    press(K.Key_F1)
    qtbot.waitUntil(lambda: page.lanes.lanes[0].camera == "C270")
    press(K.Key_F6)
    QTest.keyClick(page.lanes.cards[1].way, K.Key_Right)
    press(K.Key_F1)
    press(K.Key_Down)
    press(K.Key_Down)  # the bus's own list
    press(K.Key_Space)
    press(K.Key_F1)
    write("30")
    press(K.Key_F1)
    qtbot.waitUntil(lambda: page.key.place.value == "keyring")
    press(K.Key_F1)
    qtbot.waitUntil(lambda: page.current is page.recovery, timeout=10_000)
    words = page.recovery.card.words
    press(K.Key_F1)
    write(" ".join(words))
    press(K.Key_F1)
    assert page.current is page.summary
    assert [answer.tone for answer in page.summary.answers] == [Tone.GOOD] * 6
    press(K.Key_F1)
    settings = Settings(
        station="South Gate G107",
        desk="SOUTH-GATE-G107-1",
        province="冀",
        lanes=(LaneSetting(1, "in", "C270"), LaneSetting(2, "out", "Old")),
        class_checks={"bus": ("temperature",)},
        retention_days=30,
        language="en",
        key_place="keyring",
        sheet_proved=True,
    )
    assert done == [("proven", True), ("finished", settings)]
    assert config.load_settings(ends.folder) == replace(settings, sheet_proved=False), "until it is over"
    assert RecoveryKey.from_words(" ".join(words)) == ends.made[0]
    bootstrap.open_desk(ends.folder).close()


def test_without_a_key_store_a_passphrase_protects_and_opens(qtbot: QtBot, ends: Ends, make: Make) -> None:
    ends.works = False
    page = make()
    to_key(qtbot, page)
    assert "keeps no keys" in page.key._why.text
    press(K.Key_F1)
    assert page.current is page.key
    assert QApplication.focusWidget() is page.key.first.edit
    write(PHRASE)
    press(K.Key_F1)
    assert QApplication.focusWidget() is page.key.second.edit
    write(PHRASE[:-1])
    press(K.Key_F1)
    assert (page.current, page.key._match.tone) == (page.key, Tone.BAD)
    write(PHRASE[-1])
    press(K.Key_F1)
    qtbot.waitUntil(lambda: page.current is page.recovery, timeout=10_000)
    assert page.key.first.value == page.key.second.value == ""
    bootstrap.open_desk(ends.folder, passphrase=PHRASE).close()


def test_going_back_keeps_everything_that_was_typed(qtbot: QtBot, ends: Ends, make: Make) -> None:
    ends.works = False
    page = make()
    to_key(qtbot, page)
    QTest.keyClicks(page.key.first.edit, PHRASE)
    for _step in range(5):
        press(K.Key_Escape)
    assert page.current is page.language
    press(K.Key_Escape)
    assert page.current is page.language
    press(K.Key_F1)
    assert (page.station.station.value, page.station.desk.value) == ("South Gate G107", "SOUTH-GATE-G107-1")
    press(K.Key_F1)
    assert page.lanes.lanes[0].camera == "C270"
    for _step in range(3):
        press(K.Key_F1)
    assert page.key.first.value == PHRASE


def test_language_theme_and_size_change_at_once(app: QApplication, make: Make) -> None:
    page = make()
    assert page.current.title() == "Language and look"
    press(K.Key_Left)
    assert (i18n.language(), page.current.title()) == ("zh_CN", "语言与外观")
    press(K.Key_Tab)
    press(K.Key_Right)
    assert theme.look().theme.name is ThemeName.NIGHT
    press(K.Key_Tab)
    press(K.Key_Right)
    assert theme.look().scale == 115
    assert (page.settings.language, page.settings.theme, page.settings.scale) == ("zh_CN", "night", 115)


def test_a_wrong_desk_name_is_said_while_it_is_typed_and_stops_the_step(make: Make) -> None:
    page = make()
    to_station(page)
    write("South")
    press(K.Key_Tab)
    write("g 1")
    assert page.station.desk.value == "G 1"
    assert (page.station._desk_note.tone, "a space" in page.station._desk_note.text) == (Tone.BAD, True)
    press(K.Key_F1)
    assert page.current is page.station
    assert QApplication.focusWidget() is page.station.desk.edit


def test_an_empty_station_stops_the_step_only_when_asked(make: Make) -> None:
    page = make()
    to_station(page)
    assert page.station._station_note.tone is Tone.HINT
    press(K.Key_F1)
    assert (page.current, page.station._station_note.tone) == (page.station, Tone.BAD)


def test_the_suggested_desk_follows_the_station_until_it_is_typed_by_hand(make: Make) -> None:
    page = make()
    to_station(page)
    write("Gate 7")
    assert page.station.desk.value == "GATE-7-1"
    QTest.keyClick(page.station.desk.edit, K.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(page.station.desk.edit, "east")
    QTest.keyClicks(page.station.station.edit, "0")
    assert page.station.desk.value == "EAST"


@pytest.mark.parametrize(("keys", "sign"), [("j1", "京"), ("y3", "渝"), ("x2", "新"), ("zj4", "晋")])
def test_two_keys_choose_a_province(make: Make, keys: str, sign: str) -> None:
    page = make()
    to_station(page)
    QTest.keyClicks(page.station.province, keys)
    assert page.station.province.value == sign


def test_a_finished_page_is_not_finished_before_it_is_summed_up(qtbot: QtBot, make: Make) -> None:
    page = make()
    to_sheet(qtbot, page)
    ended: list[object] = []
    page.finished.connect(ended.append)
    press(K.Key_F1)
    press(K.Key_F4)
    assert (page.current, ended) == (page.summary, [])
    press(K.Key_Escape)
    assert page.current is page.summary, "what the key was made for stays"


def test_the_days_of_keeping_have_no_answer_of_their_own(make: Make) -> None:
    page = make()
    to_keeping(page)
    press(K.Key_F1)
    assert page.keeping._missing.tone is Tone.BAD
    write("4000")
    press(K.Key_F1)
    assert page.current is page.keeping, "more days than ten years have"
    press(K.Key_Backspace)
    press(K.Key_F1)
    assert page.settings.retention_days == 400


def test_a_file_of_another_desk_is_found_on_its_stick(qtbot: QtBot, ends: Ends, make: Make) -> None:
    page = make()
    press(K.Key_F9)
    qtbot.waitUntil(lambda: ends.asked == 1)
    assert page.station.station.value == ""
    config.save_settings(ends.stick, Settings(station="北门", desk="N-1", retention_days=14))
    press(K.Key_F9)
    qtbot.waitUntil(lambda: page.station.station.value == "北门")
    assert (page.keeping.days.number, ends.asked) == (14, 1)


def test_a_key_store_that_fails_is_said_and_leaves_the_passphrase(
    qtbot: QtBot, ends: Ends, make: Make
) -> None:
    ends.error = KeyringAbsent(reason="locked")
    page = make()
    to_key(qtbot, page)
    press(K.Key_F1)
    assert page.next.locked
    qtbot.waitUntil(lambda: not page.next.locked)
    assert (page.current, page.key._progress.tone) == (page.key, Tone.BAD)
    assert page.key.key_place is KeyPlace.PASSPHRASE


def test_a_folder_that_cannot_be_written_is_said(qtbot: QtBot, ends: Ends, make: Make) -> None:
    ends.error = OSError(30, "Read-only file system", "/desk")
    page = make()
    to_key(qtbot, page)
    press(K.Key_F1)
    qtbot.waitUntil(lambda: page.key._progress.tone is Tone.BAD)
    assert page.current is page.key
    press(K.Key_F1)
    qtbot.waitUntil(lambda: page.current is page.recovery, timeout=10_000)


def test_the_sheet_is_saved_and_printed_from_the_keyboard(qtbot: QtBot, ends: Ends, make: Make) -> None:
    page = make()
    words = to_sheet(qtbot, page)
    qtbot.waitUntil(lambda: page.recovery.where.count() == 1)
    press(K.Key_F2)
    qtbot.waitUntil(lambda: page.recovery.result.tone is Tone.GOOD, timeout=10_000)
    assert [path.suffix for path in ends.stick.iterdir()] == [".pdf"]
    press(K.Key_F3)
    qtbot.waitUntil(lambda: "LaserJet" in page.recovery.result.text)
    assert ends.printed[0].words == words


def test_without_a_printer_or_a_stick_the_page_says_what_to_do(qtbot: QtBot, ends: Ends, make: Make) -> None:
    page = make()
    to_sheet(qtbot, page)
    qtbot.waitUntil(lambda: page.recovery.where.count() == 1)
    ends.printer = None
    ends.stick.rmdir()
    for key in (K.Key_F2, K.Key_F3):
        press(key)
        qtbot.waitUntil(lambda: page.recovery.result.tone is Tone.BAD, timeout=10_000)
        assert "Now:" in page.recovery.result.text
        page.recovery.result.show_text("")


def test_words_are_away_while_they_are_typed_back_and_a_wrong_one_is_named(qtbot: QtBot, make: Make) -> None:
    page = make()
    words = to_sheet(qtbot, page)
    press(K.Key_F1)
    assert page.recovery.card.words == ()
    write(" ".join((*words[:6], "bobob" if words[6] != "bobob" else "babab", "")))
    assert "Word 7" in page.recovery.found.text
    press(K.Key_F1)
    assert page.current is page.recovery
    press(K.Key_Escape)
    assert page.recovery.card.words == words


def test_too_few_words_are_counted(qtbot: QtBot, make: Make) -> None:
    page = make()
    words = to_sheet(qtbot, page)
    press(K.Key_F1)
    write(" ".join(words[:15]))
    press(K.Key_F1)
    assert page.recovery.found.text == "3 words are missing"


def test_a_scanned_code_proves_as_well(qtbot: QtBot, ends: Ends, make: Make) -> None:
    page = make()
    to_sheet(qtbot, page)
    press(K.Key_F1)
    assert not page.recovery.typed.toPlainText()
    assert page.scanned(ends.made[0].identity)
    press(K.Key_F1)
    with qtbot.waitSignal(page.proven) as proven:
        press(K.Key_F1)
    assert proven.args == [True]


def test_later_is_said_as_not_proven_and_the_secret_leaves_the_window(
    qtbot: QtBot, ends: Ends, make: Make
) -> None:
    page = make()
    words = to_sheet(qtbot, page)
    press(K.Key_F1)
    write(words[0])
    press(K.Key_F4)
    assert page.recovery._key is None
    with qtbot.waitSignals([page.proven, page.finished]), qtbot.waitSignal(page.proven) as proven:
        press(K.Key_F1)
    assert proven.args == [False]
    assert not page.settings.sheet_proved
    assert page.recovery.card.words == ()
    assert page.recovery.typed.toPlainText() == ""
    assert page.recovery._key is None


def test_a_finished_page_is_not_finished_twice(qtbot: QtBot, make: Make) -> None:
    page = make()
    to_sheet(qtbot, page)
    ended: list[object] = []
    page.finished.connect(ended.append)
    press(K.Key_F1)
    press(K.Key_F4)
    for _time in range(3):
        page.postpone()
        page.forward()
    assert len(ended) == 1


def test_a_dropped_settings_file_fills_everything_in(tmp_path: Path, make: Make) -> None:
    lanes = (LaneSetting(3, "out", "Old"), LaneSetting(4, "in", "", "by-id/usb-scanner"))
    checks = {"truck": ("identity",)}
    known = Settings(station="北门", desk="N-1", province="冀", lanes=lanes, class_checks=checks)
    known = replace(known, retention_days=45, volume=60)
    config.save_settings(tmp_path / "other", known)
    page = make()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "other" / "desk.json"))])
    spot, none = QPointF(600, 400), Qt.KeyboardModifier.NoModifier
    drop = QDropEvent(spot, Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, none)
    page.dropEvent(drop)
    assert (page.station.station.value, page.station.desk.value) == ("北门", "N-1")
    assert page.station.province.value == "冀"
    assert page.lanes.lanes == known.lanes
    assert page.checks.list_of("truck") == ("identity",)
    assert (page.keeping.days.number, page.settings.volume) == (45, 60)
    assert i18n.language() == "zh_CN"


def test_a_file_that_is_no_settings_file_changes_nothing(tmp_path: Path, make: Make) -> None:
    (tmp_path / "desk.json").write_text("nonsense", encoding="utf-8")
    page = make(station="East")
    page.prefill(tmp_path / "desk.json")
    assert page._hint.tone is Tone.BAD
    assert page.station.station.value == "East"


def test_enter_goes_on_to_the_next_field_and_never_to_the_next_step(make: Make) -> None:
    page = make()
    to_station(page)
    press(K.Key_Return)
    assert QApplication.focusWidget() is page.station.desk.edit
    for _time in range(12):
        focused = QApplication.focusWidget()
        if focused is page.next or focused is page.back:
            break
        press(K.Key_Return)
    assert page.current is page.station


def test_tab_reaches_every_question_in_the_order_of_reading(make: Make) -> None:
    page = make()
    to_station(page)
    parts = page.station
    seen = [QApplication.focusWidget()]
    for _time in range(5):
        press(K.Key_Tab)
        seen.append(QApplication.focusWidget())
    assert seen == [
        parts.station.edit,
        parts.desk.edit,
        parts.province,
        page.back,
        page.file,
        page.next,
    ]
