"""The help says what the lane does: its keys are the lane's keys, its pictures are there."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from checkpoint_app import config, i18n
from checkpoint_app.ui import theme
from checkpoint_app.ui.dropped import Dropped
from checkpoint_app.ui.help_text import FOLDER, topics
from checkpoint_app.ui.pages.help import TOPICS, HelpPage
from checkpoint_app.ui.place_field import PlaceField
from tests.ui.window.stage import GREEN, Stage

LANGUAGES = ("zh_CN", "en")
PICTURE = re.compile(r"!\[.+\]\((.+?)\)")
CAP = re.compile(r"`([^`]+)`")
TYPED = re.compile(r"[a-z]+|[0-9]{3}")
"""What is typed in an example: no key."""
SHIFTS = 7
"""The place of the topic about shifts."""
PRINTED = {"/": "/", "*": "*", "+": "+", "-": "-", "Space": " "}


def text_of(language: str) -> str:
    return config.resource(f"{FOLDER}/{language}.md").read_text(encoding="utf-8")


def caps(language: str) -> set[str]:
    return keys_in(text_of(language))


def keys_in(text: str) -> set[str]:
    return {cap for cap in CAP.findall(text) if not TYPED.fullmatch(cap)}


def lane_caps() -> set[str]:
    """Keys outside the topic about shifts, whose own are pressed on the board."""
    return {cap for place, topic in enumerate(topics("en")) if place != SHIFTS for cap in keys_in(topic.text)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_picture_is_there_and_is_of_this_language(language: str) -> None:
    names = PICTURE.findall(text_of(language))
    assert len(names) >= 3
    for name in names:
        assert name.endswith(f"-{language}.png")
        size = QImage(str(config.resource(f"{FOLDER}/{name}"))).size()
        assert max(size.width(), size.height()) >= 1000


def test_no_picture_lies_there_that_nobody_shows() -> None:
    shown = {name for language in LANGUAGES for name in PICTURE.findall(text_of(language))}
    kept = {path.name for path in config.resource(FOLDER).glob("*.png")}
    assert kept == shown


def test_both_languages_have_the_same_topics_and_the_same_keys() -> None:
    chinese, english = (topics(language) for language in LANGUAGES)
    assert len(chinese) == len(english) == TOPICS
    assert caps("zh_CN") == caps("en")
    for one, other in zip(chinese, english, strict=True):
        assert [len(PICTURE.findall(topic.text)) for topic in (one, other)] in ([0, 0], [1, 1])


def measured(stage: Stage) -> bool:
    """Whether a digit goes into the temperature."""
    stage.type("3")
    return bool(stage.duty.lane.fields.temperature.value)


def turned(stage: Stage) -> bool:
    """Whether the page key turns the pages of people."""
    pages: list[int] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stage.duty.lane.people, "turn", pages.append)
        QTest.keyClick(stage.duty.lane, Qt.Key.Key_PageDown)
    return pages == [1]


def known(stage: Stage, cap: str) -> bool:
    """Whether the lane or the window does something with this key."""
    commands, window = stage.duty.lane.commands, stage.window
    if re.fullmatch(r"F\d+", cap):
        return commands.function(int(cap[1:])) or cap == "F11"
    if cap.startswith("Ctrl+"):
        key = int(getattr(Qt.Key, f"Key_{cap[5:]}"))
        return commands.control(key) or key in window._commands
    if cap in {"1", "2", "3"}:
        commands.function(7)
        if stage.duty.work.ask is None:  # it was on and is off now
            commands.function(7)
        return commands.typed(cap)
    others: dict[str, Callable[[], bool]] = {
        "Enter": commands.entered,
        "Tab": lambda: commands.tabbed(back=False),
        "Esc": lambda: commands.escape(down=True) and commands.escape(down=False),
        "↓": lambda: isinstance(stage.duty.lane.fields.origin, PlaceField),
        "PgDn": lambda: turned(stage),
        **dict.fromkeys("09", lambda: measured(stage)),
    }
    return others[cap]() if cap in others else commands.typed(PRINTED[cap])


def test_every_key_of_the_help_is_one_the_lane_knows(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Dropped, "choose", lambda _self: None)  # no window of the system's
    unknown = set()
    for cap in sorted(lane_caps()):
        stage.duty.work.question(None)
        stage.duty.lane.commands.line.leave()
        stage.duty.lane.fields.focus_home()
        if not known(stage, cap):
            unknown.add(cap)
    assert unknown == set()
    assert not known(stage, "Ctrl+Y")  # so that the question can be answered by no


def test_ctrl_k_shows_it_a_digit_chooses_and_f1_goes_back(stage: Stage) -> None:
    stage.key("Ctrl+K")
    page = stage.window.page("help")
    assert isinstance(page, HelpPage)
    assert stage.window.current == "help"
    titles = []
    for digit in "1539":
        stage.type(digit)
        titles.append(page.text.document().firstBlock().text())
    wanted = topics(i18n.language())
    assert titles == [wanted[int(digit) - 1].title for digit in "1539"]
    stage.key("F1")
    assert stage.window.current != "help"


def test_a_scan_goes_to_the_lane_from_here_too(stage: Stage) -> None:
    stage.key("Ctrl+K")
    stage.burst(GREEN)
    assert stage.duty.work.lane.state.open is not None


@pytest.mark.parametrize("scale", [100, 130])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_of_topics_is_never_cut(language: str, scale: int, app: QApplication) -> None:
    i18n.use(language)
    theme.apply(app, theme.Look(scale=scale))
    try:
        page = HelpPage()
        page.resize(1280, 640)
        page.show()
        for button in page._buttons:
            needed = button.fontMetrics().horizontalAdvance(button.text())
            assert needed <= button.width() - 20, button.text()
        page.close()
    finally:
        theme.apply(app, theme.Look())
