"""Nothing of the first start is cut off, in either language, at any size."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from checkpoint_app import i18n
from checkpoint_app.ui import theme
from checkpoint_app.ui.pages.first_start import FirstStartPage
from checkpoint_app.ui.told import Tone
from tests.ui.first_start.steps import (
    PHRASE,
    SIZES,
    Ends,
    K,
    Make,
    press,
    to_sheet,
    to_station,
    write,
)
from tests.ui.recorder import Recorder
from tests.ui.uncut import cut_words


def first_steps(qtbot: QtBot, page: FirstStartPage) -> Iterator[str]:
    """Every state of the page up to its lanes, by name, while it is on screen."""
    yield "language"
    page.language.theme.setFocus()
    press(K.Key_Right)
    press(K.Key_Right)
    press(K.Key_Right)
    page.language.ruler.setFocus()
    press(K.Key_Right)
    yield "by the sun, measured"
    to_station(page)
    yield "station empty"
    press(K.Key_F1)
    yield "station asked"
    write("South Gate G107")
    yield "station"
    press(K.Key_F1)
    qtbot.waitUntil(lambda: page.lanes.cards[0].note.text.startswith("1280×720"), timeout=10_000)
    yield "lane"
    for _time in range(3):
        press(K.Key_F6)
    qtbot.waitUntil(lambda: page.lanes.cards[1].note.text.startswith("640×480"), timeout=10_000)
    yield "four lanes"
    press(K.Key_F7)
    second = page.lanes.cards[1].camera
    second.setCurrentIndex(second.findData("C270"))
    yield "one camera twice"
    second.setCurrentIndex(second.findData(""))
    yield "no camera"


def middle_steps(page: FirstStartPage) -> Iterator[str]:
    """What is checked and how long it is kept."""
    press(K.Key_F1)
    press(K.Key_Down)
    press(K.Key_Space)
    yield "checks"
    page.checks.window_hours.field.edit.setText("900")
    press(K.Key_F1)
    yield "checks out of bounds"
    page.checks.window_hours.field.edit.setText("24")
    press(K.Key_F1)
    yield "keeping"
    press(K.Key_F1)
    yield "keeping asked"
    write("30")


def last_steps(qtbot: QtBot, page: FirstStartPage, ends: Ends) -> Iterator[str]:
    """The key and the recovery sheet."""
    press(K.Key_F1)
    qtbot.waitUntil(lambda: page.key.place.value != "")
    if not ends.works:
        press(K.Key_F1)
        yield "short"
        write(PHRASE)
        press(K.Key_F1)
        write(PHRASE)
    yield "key"
    press(K.Key_F1)
    qtbot.waitUntil(lambda: page.current is page.recovery, timeout=10_000)
    qtbot.waitUntil(lambda: page.recovery.where.count() == 1)
    ends.stick.rmdir()
    press(K.Key_F2)
    qtbot.waitUntil(lambda: page.recovery.result.tone is Tone.BAD, timeout=10_000)
    yield "sheet"
    press(K.Key_F1)
    write("bobob ")
    yield "typed back"
    press(K.Key_F4)
    yield "summary"


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize(("scale", "works"), [(100, True), (130, False)], ids=["store", "130 % passphrase"])
def test_nothing_is_cut_at_any_step(
    qtbot: QtBot,
    app: QApplication,
    ends: Ends,
    make: Make,
    recorder: Recorder,
    language: str,
    scale: int,
    works: bool,
) -> None:
    ends.works = works
    theme.apply(app, theme.Look(scale=scale))
    page = make(language=language, scale=scale)
    found = {}
    for step in chain(first_steps(qtbot, page), middle_steps(page), last_steps(qtbot, page, ends)):
        for width, height in SIZES:
            found[step, width] = cut_words(page, recorder, width=width, height=height)
            assert recorder.smallest >= 14
    assert {place: cut for place, cut in found.items() if cut} == {}


def test_going_through_all_steps_never_widens_the_least_window(
    qtbot: QtBot, app: QApplication, make: Make
) -> None:
    theme.apply(app, theme.Look(scale=130))
    page = make(scale=130)
    page.resize(1280, 690)
    to_sheet(qtbot, page)
    press(K.Key_F1)
    QApplication.processEvents()
    press(K.Key_Escape)
    QApplication.processEvents()
    assert (page.width(), page.height()) == (1280, 690)


def test_the_check_above_would_see_a_cut_word(make: Make, recorder: Recorder) -> None:
    page = make()
    page._title.setText("A title that is far too long for any window that anybody has " * 3)
    page._title.setFixedWidth(300)
    assert cut_words(page, recorder, width=1366, height=768)
