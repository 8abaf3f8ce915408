"""The passphrase page, by real keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from checkpoint_app import i18n
from checkpoint_app.crypto.errors import WrongPassphrase
from checkpoint_app.ui import messages, theme
from checkpoint_app.ui.pages.unlock import TRIES_BEFORE_HELP, UnlockPage
from tests.ui.recorder import Recorder
from tests.ui.uncut import cut_words


@pytest.fixture
def page(qtbot: QtBot) -> UnlockPage:
    i18n.use("en")
    made = UnlockPage()
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    made.setFocus()
    return made


def refuse(page: UnlockPage) -> None:
    page.refuse(messages.words_for(WrongPassphrase()))


@pytest.mark.parametrize("key", [Qt.Key.Key_F1, Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_what_is_typed_is_sent_once_by_f1_or_enter(qtbot: QtBot, page: UnlockPage, key: Qt.Key) -> None:
    sent: list[str] = []
    page.entered.connect(sent.append)
    QTest.keyClicks(page.field.edit, "kizof mudub")
    QTest.keyClick(page.field.edit, key)
    QTest.keyClick(page.field.edit, key)
    assert sent == ["kizof mudub"]
    assert page.open.locked


def test_nothing_is_sent_while_nothing_is_typed(page: UnlockPage) -> None:
    sent: list[str] = []
    page.entered.connect(sent.append)
    QTest.keyClick(page.field.edit, Qt.Key.Key_F1)
    assert sent == []
    assert "first" in page._result.text


def test_a_wrong_passphrase_says_so_and_may_be_typed_again(page: UnlockPage) -> None:
    sent: list[str] = []
    page.entered.connect(sent.append)
    for typed in ("wrong one", "right one"):
        QTest.keyClicks(page.field.edit, typed)
        QTest.keyClick(page.field.edit, Qt.Key.Key_F1)
        refuse(page)
    assert sent == ["wrong one", "right one"]
    assert "does not fit" in page._result.text
    assert page.field.value == ""
    assert not page.open.locked


def test_the_third_wrong_one_shows_how_to_recover(page: UnlockPage) -> None:
    for _time in range(TRIES_BEFORE_HELP - 1):
        refuse(page)
    assert not page._help_card.isVisible()
    refuse(page)
    assert page._help_card.isVisible()
    assert "18 words" in page._help.text


def test_typing_is_hidden_until_asked_and_again_once_sent(page: UnlockPage) -> None:
    assert page.field.edit.echoMode() is QLineEdit.EchoMode.Password
    QTest.keyClicks(page.field.edit, "kizof")
    QTest.keyClick(page.field.edit, Qt.Key.Key_F2)
    assert page.field.edit.echoMode() is QLineEdit.EchoMode.Normal
    QTest.keyClick(page.field.edit, Qt.Key.Key_F1)
    assert page.field.edit.echoMode() is QLineEdit.EchoMode.Password


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("scale", theme.SCALES)
@pytest.mark.parametrize("size", [(1366, 768), (1280, 690)])
def test_nothing_is_cut(
    app: QApplication, page: UnlockPage, recorder: Recorder, language: str, scale: int, size: tuple[int, int]
) -> None:
    theme.apply(app, theme.Look(scale=scale))
    i18n.use(language)
    page.retranslate()
    for _time in range(TRIES_BEFORE_HELP):
        refuse(page)
    assert cut_words(page, recorder, width=size[0], height=size[1]) == []
    assert recorder.smallest >= 14
