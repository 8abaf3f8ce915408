"""The verdict panel as a person three metres away sees it, measured in grabs."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from checkpoint_app.domain.words import VerdictState
from checkpoint_app.ui import theme
from checkpoint_app.ui.panel_layout import lay_out
from checkpoint_app.ui.panel_text import Key, Notice, PanelText
from checkpoint_app.ui.tokens import THEMES
from checkpoint_app.ui.verdict_panel import VerdictPanel, enlargement
from tests.ui.recorder import Recorder
from tests.ui.samples import LANGUAGES, NOTICES, VERDICTS

V = VerdictState
# The panel in windows of 1366 × 768, 1280 × 690 and 1920 × 1080.
PANEL_SIZES = [(838, 370), (752, 292), (1392, 682)]
LONG = "车牌与通行证不符：证上 豫B·6K278，登记册内 豫B·6K2781，请核对实车前后两块车牌再放行"


def pixels(image: QImage) -> NDArray[np.int64]:
    converted = image.convertToFormat(QImage.Format.Format_RGB888)
    flat = np.frombuffer(converted.constBits(), np.uint8).reshape(image.height(), converted.bytesPerLine())
    return flat[:, : image.width() * 3].reshape(image.height(), image.width(), 3).astype(np.int64)


def rgb(colour: str) -> NDArray[np.int64]:
    return np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)])


def grabbed(qtbot: QtBot, text: PanelText, size: tuple[int, int] = (838, 370)) -> QImage:
    panel = VerdictPanel()
    qtbot.addWidget(panel)
    panel.resize(*size)
    panel.show_text(text)
    return panel.grab().toImage()


def word_ink(image: QImage, *, fill: str, right: int, bottom: int = 188) -> tuple[int, int]:
    """First and last row in which the word (right of its shape) differs clearly from the fill."""
    ground = rgb(fill)
    part = pixels(image)[16:bottom, 216:right]
    rows = np.flatnonzero((np.abs(part - ground).sum(axis=2) > 150).any(axis=1))
    return int(rows[0]) + 16, int(rows[-1]) + 16


@pytest.mark.parametrize("state", list(V))
@pytest.mark.parametrize("name", list(THEMES))
@pytest.mark.parametrize("size", [(838, 370), (752, 292)], ids=["1366x768", "1280x690"])
def test_the_chinese_word_has_the_ink_that_three_metres_need(
    qtbot: QtBot, app: QApplication, name: str, state: VerdictState, size: tuple[int, int]
) -> None:
    look = theme.Look(next(each for each in THEMES.values() if each.name == name))
    theme.apply(app, look)
    image = grabbed(qtbot, replace(VERDICTS["zh", state], clock=None), size)
    first, last = word_ink(image, fill=look.theme.verdict(state).fill, right=size[0] - 20)
    assert last - first + 1 >= 138


def test_the_word_keeps_138_px_of_ink_even_under_two_lines_of_reason_in_a_short_window(qtbot: QtBot) -> None:
    look = theme.look()
    text = replace(VERDICTS["zh", V.NOT_YET], reason=LONG)
    head = lay_out(text, width=752, height=292, look=look).head
    assert head.word_size < look.word
    image = grabbed(qtbot, text, (752, 292))
    first, last = word_ink(
        image, fill=look.theme.verdict(V.NOT_YET).fill, right=730, bottom=round(head.bottom)
    )
    assert last - first + 1 >= 138


@pytest.mark.parametrize("state", list(V))
@pytest.mark.parametrize("size", [(838, 370), (752, 292)], ids=["1366x768", "1280x690"])
def test_english_capitals_stand_at_least_22_minutes_of_arc_tall(
    qtbot: QtBot, state: VerdictState, size: tuple[int, int]
) -> None:
    """22' at 3 m and 0.26' a pixel are 85 px."""
    image = grabbed(qtbot, VERDICTS["en", state], size)
    right = size[0] - 190 if state is V.STOP else size[0] - 20
    first, last = word_ink(image, fill=theme.look().theme.verdict(state).fill, right=right)
    assert last - first + 1 >= 85


@pytest.mark.parametrize("state", list(V))
def test_the_word_stands_in_the_middle_of_its_shape(qtbot: QtBot, state: VerdictState) -> None:
    image = grabbed(qtbot, replace(VERDICTS["zh", state], clock=None))
    first, last = word_ink(image, fill=theme.look().theme.verdict(state).fill, right=800)
    assert (first + last) / 2 == pytest.approx(99, abs=1.5)


@pytest.mark.parametrize("state", list(V))
def test_the_frame_alone_tells_the_verdict(qtbot: QtBot, state: VerdictState) -> None:
    """Along a line across the top edge, and along the edge itself."""
    colours = theme.look().theme.verdict(state)
    image = grabbed(qtbot, VERDICTS["zh", state])
    columns = [[image.pixelColor(x, y) == QColor(colours.text) for y in range(18)] for x in range(300, 330)]
    thickest = max(columns, key=sum)
    assert sum(thickest) == {V.PASS: 0, V.NOT_YET: 5, V.REFER: 6, V.STOP: 8}[state]
    assert not any(thickest[:8])
    along = [image.pixelColor(x, 9) == QColor(colours.text) for x in range(8, 830)]
    changes = sum(one != other for one, other in pairwise(along))
    assert (changes > 80) is (state is V.NOT_YET)
    double = [image.pixelColor(400, y) == QColor(colours.text) for y in range(8, 16)]
    assert (double == [True] * 3 + [False] * 2 + [True] * 3) is (state is V.REFER)


def test_the_shapes_differ_without_colour(qtbot: QtBot) -> None:
    masks = []
    for state in V:
        colours = theme.look().theme.verdict(state)
        image = grabbed(qtbot, VERDICTS["zh", state])
        part = pixels(image)[19:179, 30:190]
        masks.append(np.abs(part - rgb(colours.text)).sum(axis=2) < 60)
    for one in range(4):
        for other in range(one):
            assert (masks[one] ^ masks[other]).mean() > 0.1


def test_the_foot_has_its_own_ground(qtbot: QtBot) -> None:
    for state in V:
        colours = theme.look().theme.verdict(state)
        image = grabbed(qtbot, VERDICTS["zh", state])
        assert image.pixelColor(500, 327 if state is V.PASS else 308) == QColor(colours.foot)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scale", theme.SCALES)
@pytest.mark.parametrize("size", PANEL_SIZES)
@pytest.mark.parametrize("state", list(V))
def test_nothing_of_a_verdict_is_cut(
    qtbot: QtBot,
    app: QApplication,
    recorder: Recorder,
    *,
    state: VerdictState,
    size: tuple[int, int],
    scale: int,
    language: str,
) -> None:
    theme.apply(app, theme.Look(scale=scale))
    panel = VerdictPanel()
    qtbot.addWidget(panel)
    text = VERDICTS[language, state]
    panel.show_text(text)
    recorder.grab(panel, width=size[0], height=size[1])
    must = "".join(part if isinstance(part, str) else part.cap for part in text.now)
    read = "".join(recorder.texts)
    assert text.word in recorder.texts
    assert text.reason.replace(" ", "") in read.replace(" ", "")
    assert must in read
    assert recorder.cut == []
    assert recorder.smallest >= 14


@pytest.mark.parametrize("text", NOTICES, ids=lambda text: text.word)
@pytest.mark.parametrize("scale", theme.SCALES)
@pytest.mark.parametrize("size", PANEL_SIZES)
def test_nothing_of_a_notice_is_cut(
    qtbot: QtBot,
    app: QApplication,
    recorder: Recorder,
    *,
    size: tuple[int, int],
    scale: int,
    text: PanelText,
) -> None:
    theme.apply(app, theme.Look(scale=scale))
    panel = VerdictPanel()
    qtbot.addWidget(panel)
    panel.show_text(text)
    recorder.grab(panel, width=size[0], height=size[1])
    assert text.word in recorder.texts
    assert recorder.cut == []
    assert recorder.smallest >= 14


def test_a_reason_beyond_all_room_ends_in_an_ellipsis_and_the_check_for_that_sees_it(
    qtbot: QtBot, recorder: Recorder
) -> None:
    panel = VerdictPanel()
    qtbot.addWidget(panel)
    panel.show_text(replace(VERDICTS["zh", V.REFER], reason=LONG * 6))
    recorder.grab(panel, width=752, height=292)
    assert len(recorder.cut) == 1
    assert recorder.cut[0].endswith("…")


def test_a_long_reason_takes_the_place_of_the_check_list(qtbot: QtBot, recorder: Recorder) -> None:
    panel = VerdictPanel()
    qtbot.addWidget(panel)
    text = replace(VERDICTS["zh", V.REFER], reason=LONG)
    panel.show_text(text)
    recorder.grab(panel, width=838, height=370)
    assert not {check.text for check in text.checks} & set(recorder.texts)
    assert "".join(recorder.texts).replace(" ", "").count(LONG.replace(" ", "")) == 1
    panel.show_text(VERDICTS["zh", V.REFER])
    recorder.grab(panel, width=838, height=370)
    assert {check.text for check in text.checks} <= set(recorder.texts)


def test_a_short_window_hides_the_check_list_and_keeps_word_reason_and_now(
    qtbot: QtBot, recorder: Recorder
) -> None:
    panel = VerdictPanel()
    qtbot.addWidget(panel)
    text = VERDICTS["zh", V.NOT_YET]
    panel.show_text(text)
    recorder.grab(panel, width=838, height=292)
    assert not {check.text for check in text.checks} & set(recorder.texts)
    assert {text.word, text.reason} <= set(recorder.texts)


def test_a_long_now_shrinks_and_is_not_cut(qtbot: QtBot, recorder: Recorder) -> None:
    panel = VerdictPanel()
    qtbot.addWidget(panel)
    now = ("现在：看实车前后两块车牌，录错按", Key("/"), "改；仍不符按", Key("F8"), "请带班到车道")
    panel.show_text(replace(VERDICTS["zh", V.REFER], now=now))
    recorder.grab(panel, width=752, height=370)
    sizes = {run.pixels for run in recorder.runs if run.text in now}
    assert len(sizes) == 1
    assert 18 <= sizes.pop() < 21
    assert recorder.cut == []


def test_markup_is_shown_as_it_is_written(qtbot: QtBot, recorder: Recorder) -> None:
    panel = VerdictPanel()
    qtbot.addWidget(panel)
    hostile = "<b>x</b>&amp;"
    panel.show_text(replace(VERDICTS["zh", V.STOP], word=hostile, reason=hostile, now=(hostile,)))
    recorder.grab(panel, width=838, height=370)
    assert recorder.texts.count(hostile) == 3


def test_direction_and_control_signs_are_shown_as_boxes(qtbot: QtBot, recorder: Recorder) -> None:
    panel = VerdictPanel()
    qtbot.addWidget(panel)
    panel.show_text(replace(VERDICTS["zh", V.REFER], reason="证上\u202e872K6·B豫\x07"))
    recorder.grab(panel, width=838, height=370)
    assert "证上□872K6·B豫□" in recorder.texts


def test_a_screen_reader_hears_verdict_reason_and_now_once(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel = VerdictPanel()
    qtbot.addWidget(panel)
    text = VERDICTS["zh", V.STOP]
    panel.show_text(text)
    assert (
        panel.accessibleName()
        == "拦停。通行证已注销（石桥镇交通组，11-20）。现在：F3劝返，F4移交，或F8请带班到车道"
    )
    panel.setAccessibleName("")
    panel.show_text(replace(text, reason="车牌与通行证不符"))
    assert "车牌与通行证不符" in panel.accessibleName()
    spoken: list[str] = []
    monkeypatch.setattr(panel, "_announce", spoken.append)
    panel.show_text(replace(text, reason="车牌与通行证不符", clock=("已停", "0:15")))
    assert spoken == []
    panel.show_text(text)
    assert spoken == [text.spoken]


def test_the_clock_gets_smaller_before_the_word_does(qtbot: QtBot, recorder: Recorder) -> None:
    panel = VerdictPanel()
    qtbot.addWidget(panel)
    panel.show_text(VERDICTS["en", V.STOP])
    recorder.grab(panel, width=838, height=370)
    wide = {run.text: run.pixels for run in recorder.runs}
    recorder.grab(panel, width=752, height=370)
    narrow = {run.text: run.pixels for run in recorder.runs}
    assert narrow["0:14"] == 50
    assert wide["STOP"] > narrow["STOP"] >= 110


def test_a_larger_panel_draws_everything_larger_and_a_smaller_one_does_not_shrink_it() -> None:
    assert enlargement(838, 370) == 1
    assert enlargement(752, 292) == 1
    assert enlargement(1392, 682) == pytest.approx(1392 / 838)
    assert enlargement(4000, 4000) == 2


@pytest.mark.parametrize("notice", list(Notice))
def test_a_notice_has_the_border_of_its_weight(qtbot: QtBot, notice: Notice) -> None:
    tokens = theme.look().theme
    border = {
        Notice.WAITING: (tokens.line, 1),
        Notice.SAVED: (tokens.good, 2),
        Notice.STALE: (tokens.warn, 2),
        Notice.TROUBLE: (tokens.bad, 2),
        Notice.ALARM: (tokens.bad, 4),
    }[notice]
    image = grabbed(qtbot, PanelText(notice, "等下一辆"))
    solid = [image.pixelColor(400, y) == QColor(border[0]) for y in range(10)]
    assert solid == [True] * border[1] + [False] * (10 - border[1])
