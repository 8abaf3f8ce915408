"""The other parts of the lane page: nothing cut at any window or scale, markup literal, no small print."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from checkpoint_app.ui import theme
from checkpoint_app.ui.camera_panel import CameraPanel, CameraTrouble, Step, StepState, covering
from checkpoint_app.ui.choice_row import Choice, ChoiceRow
from checkpoint_app.ui.counters import Counter, Counters, Note
from checkpoint_app.ui.key_button import KeyButton, KeyKind
from checkpoint_app.ui.person_card import CardKind, CardText, PersonCard
from checkpoint_app.ui.plate import Plate
from checkpoint_app.ui.rail import Rail, RailItem
from checkpoint_app.ui.recent_list import RecentList, RecentRow, Tone
from checkpoint_app.ui.tokens import PlateColour
from checkpoint_app.ui.top_bar import BarText, Freshness, Light, Tag, TopBar
from tests.ui.recorder import Recorder

HOSTILE = "<b>x</b>"
# Width of the whole column beside the rail in windows of 1366, 1280 and 1920 px.
COLUMNS = (1290, 1204, 1844)
PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"


def bar(chinese: bool) -> TopBar:
    made = TopBar()
    if chinese:
        lights = (
            Light("规则", "v12·3 小时"),
            Light("名单", "v88·26 小时", Freshness.OLD),
            Light("时钟", "12:31:09", strong=True),
        )
        text = BarText("1 车道·入", "南大门 G107", "三班 08:00–16:00", (), lights, "已存", "12:31:07")
    else:
        lights = (
            Light("Rules", "v12·3 h"),
            Light("Lists", "v88·26 h", Freshness.OLD),
            Light("Clock", "12:31:09", strong=True),
        )
        text = BarText("Lane 1·In", "South Gate G107", "Shift 3 08:00–16:00", (), lights, "Saved", "12:31:07")
    made.show_text(text)
    return made


def numbers(chinese: bool) -> Counters:
    made = Counters()
    labels = ["本班 车", "人", "劝返", "留观", "平均每车", "近 10 辆"]
    if not chinese:
        labels = ["Vehicles", "People", "Turned back", "Held", "Mean", "Last 10"]
    values = ["1,187", "2,204", "9", "0", "5.9 s", "5.4 s"]
    pairs = [Counter(label, value) for label, value in zip(labels, values, strict=True)]
    made.show_counters(pairs, Note("eye", "仅目视" if chinese else "Seen only", "14%"))
    return made


def pages(chinese: bool) -> Rail:
    made = Rail()
    words = ("车道", "登记册", "交换") if chinese else ("Lane", "Registers", "Exchange")
    items = [
        RailItem(name, "road", word, badge)
        for name, word, badge in zip(("lane", "registers", "exchange"), words, (0, 4, 12), strict=True)
    ]
    made.show_items(items, current="lane", foot=RailItem("user", "user", "王*" if chinese else "Wang*"))
    return made


def camera(chinese: bool) -> CameraPanel:
    made = CameraPanel()
    made.set_label("1 车道摄像头" if chinese else "Lane 1 camera")
    words = (
        ("画面 24 帧/秒", "找到码", "已判 38 ms")
        if chinese
        else ("Image 24 fps", "Code found", "Judged 38 ms")
    )
    made.set_steps([Step(StepState.DONE, word) for word in words])
    return made


def camera_gone(chinese: bool) -> CameraPanel:
    made = camera(chinese)
    if chinese:
        made.show_trouble(
            CameraTrouble(
                "摄像头断开 0:21", ("扫描枪和手工录入照常，记录照存", "现在：查 USB 插头，插好会自己恢复")
            )
        )
    else:
        lines = ("Scanner and typing work, records are saved", "Now: check the USB plug")
        made.show_trouble(CameraTrouble("Camera gone 0:21", lines))
    return made


def person(chinese: bool) -> PersonCard:
    if chinese:
        text = CardText(CardKind.DONE, "① 张*", "驾驶员·4105**********1234", "36.5", "登记比对", "list-check")
    else:
        text = CardText(
            CardKind.DONE, "① Zhang*", "Driver·4105**********1234", "36.5", "Registered", "list-check"
        )
    return PersonCard(text)


def question(chinese: bool) -> ChoiceRow:
    made = ChoiceRow()
    words = ["急救", "民生保供", "本地居民", "带班同意", "设备故障", "其他"]
    if not chinese:
        words = ["Emergency", "Supplies", "Resident", "Lead agreed", "Device failed", "Other"]
    choices = [Choice(str(n + 1), word) for n, word in enumerate(words)]
    made.show_choices("为何放行" if chinese else "Why release", choices)
    return made


def provinces(_chinese: bool) -> ChoiceRow:
    made = ChoiceRow()
    made.show_choices("", [Choice(f"H{n % 9 + 1}", sign) for n, sign in enumerate(PROVINCES)])
    return made


PARTS: list[tuple[str, Callable[[bool], QWidget], Callable[[int], tuple[int, int]]]] = [
    ("bar", bar, lambda column: (column, 48)),
    ("counters", numbers, lambda column: (column - 24, 40)),
    ("rail", pages, lambda _column: (76, 690)),
    ("camera", camera, lambda _column: (414, 224)),
    ("camera gone", camera_gone, lambda _column: (414, 224)),
    ("person", person, lambda column: ((column - 24 - 24) // 3, 76)),
    ("one of four persons", person, lambda column: ((column - 24 - 36) // 4, 76)),
    ("reasons", question, lambda column: (column - 24, 76)),
    ("provinces", provinces, lambda column: (column - 24, 76)),
]


@pytest.mark.parametrize("chinese", [True, False], ids=["zh", "en"])
@pytest.mark.parametrize("scale", theme.SCALES)
@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize(("_name", "make", "size"), PARTS, ids=[part[0] for part in PARTS])
def test_nothing_is_cut_and_nothing_is_small(
    qtbot: QtBot,
    app: QApplication,
    recorder: Recorder,
    *,
    _name: str,
    make: Callable[[bool], QWidget],
    size: Callable[[int], tuple[int, int]],
    column: int,
    scale: int,
    chinese: bool,
) -> None:
    theme.apply(app, theme.Look(scale=scale))
    widget = make(chinese)
    qtbot.addWidget(widget)
    width, height = size(column)
    recorder.grab(widget, width=width, height=height)
    assert recorder.cut == []
    assert recorder.smallest >= 14


UNLOCKED = [KeyKind.PLAIN, KeyKind.PRIMARY, KeyKind.SUGGESTED]
# Cap, word, hint, the least width in a window of 1280 px, and the kinds that happen.
KEYS = [
    ("F1", "放行", "须带班解锁", 195, list(KeyKind)),
    ("F2", "登记放行", "", 150, list(KeyKind)),
    ("F4", "留观/移交", "", 147, UNLOCKED),
    ("F7", "大巴", "切换", 113, UNLOCKED),
    ("空格", "计数 +1", "", 116, UNLOCKED),
    ("Esc", "撤销", "按住", 113, UNLOCKED),
    ("F1", "Release", "needs a reason", 195, list(KeyKind)),
    ("F3", "Turn back", "", 120, UNLOCKED),
    ("Space", "Count +1", "", 116, UNLOCKED),
    ("Esc", "Undo", "long", 113, UNLOCKED),
]


@pytest.mark.parametrize("scale", theme.SCALES)
@pytest.mark.parametrize(
    ("cap", "word", "hint", "width", "kind"),
    [(cap, word, hint, width, kind) for cap, word, hint, width, kinds in KEYS for kind in kinds],
)
def test_no_word_of_a_key_is_cut_even_at_its_least_width(
    qtbot: QtBot,
    app: QApplication,
    recorder: Recorder,
    *,
    cap: str,
    word: str,
    hint: str,
    width: int,
    kind: KeyKind,
    scale: int,
) -> None:
    theme.apply(app, theme.Look(scale=scale))
    key = KeyButton(cap, word, hint=hint, kind=kind, main=cap == "F1")
    qtbot.addWidget(key)
    recorder.grab(key, width=width, height=92)
    assert [cap, word] == [text for text in recorder.texts if text in {cap, word}]
    assert recorder.cut == []
    assert recorder.smallest >= 14


def test_the_checks_above_would_see_a_cut_word(qtbot: QtBot, recorder: Recorder) -> None:
    key = KeyButton("F4", "留观/移交并且上报指挥部")
    qtbot.addWidget(key)
    key.setMinimumWidth(40)
    recorder.grab(key, width=60, height=92)
    assert recorder.cut


@pytest.mark.parametrize(
    "make",
    [
        lambda: KeyButton("F1", HOSTILE),
        lambda: PersonCard(CardText(CardKind.DONE, HOSTILE, HOSTILE, HOSTILE, HOSTILE)),
        lambda: PersonCard(CardText(CardKind.MORE, HOSTILE)),
    ],
)
def test_markup_is_shown_as_it_is_written(
    qtbot: QtBot, recorder: Recorder, make: Callable[[], QWidget]
) -> None:
    widget = make()
    qtbot.addWidget(widget)
    recorder.grab(widget, width=600, height=92)
    assert HOSTILE in recorder.texts


def test_markup_in_lists_and_bars_is_shown_as_it_is_written(qtbot: QtBot, recorder: Recorder) -> None:
    recent, top, counters, rail = RecentList(), TopBar(), Counters(), Rail()
    recent.show_rows([RecentRow(HOSTILE, HOSTILE, "check", HOSTILE, Tone.GOOD, HOSTILE)])
    top.show_text(BarText(HOSTILE, HOSTILE, HOSTILE, (Tag("bus", HOSTILE),), (Light(HOSTILE, HOSTILE),)))
    counters.show_counters([Counter(HOSTILE, HOSTILE)], Note("eye", HOSTILE, HOSTILE))
    rail.show_items([RailItem("lane", "road", HOSTILE)], current="lane")
    for widget in (recent, top, counters, rail):
        qtbot.addWidget(widget)
        recorder.grab(widget, width=900, height=120)
        assert HOSTILE in recorder.texts
    assert not rail.findChildren(QLabel)


def test_a_narrow_bar_gives_up_the_shift_before_the_lights(qtbot: QtBot, recorder: Recorder) -> None:
    made = bar(True)
    qtbot.addWidget(made)
    recorder.grab(made, width=760, height=48)
    assert {"v88·26 小时", "12:31:07", "1 车道·入"} <= set(recorder.texts)
    assert "三班 08:00–16:00" not in recorder.texts


def test_tags_keep_their_icon_where_their_words_do_not_fit(qtbot: QtBot, recorder: Recorder) -> None:
    made = bar(False)
    qtbot.addWidget(made)
    tags = (
        Tag("bus", "Lane 2 STOP", stop=True),
        Tag("key", "Sheet not proved"),
        Tag("history", "Not answered"),
    )
    made.show_text(replace(made.text, tags=tags))
    recorder.grab(made, width=760, height=48)
    assert "Lane 2 STOP" in recorder.texts
    assert not {"Sheet not proved", "Not answered"} & set(recorder.texts)
    assert "Not answered" in made.accessibleName()
    recorder.grab(made, width=1_800, height=48)
    assert {"Sheet not proved", "Not answered"} <= set(recorder.texts)


def test_the_lights_differ_in_shape(qtbot: QtBot) -> None:
    seen = []
    for freshness in Freshness:
        made = TopBar()
        qtbot.addWidget(made)
        made.show_text(BarText("", "", lights=(Light("", "", freshness),)))
        made.resize(300, 48)
        image = made.grab().toImage()
        mask = {
            (x, y) for x in range(200, 300) for y in range(48) if image.pixelColor(x, y).lightness() > 120
        }
        left = min(x for x, _ in mask)
        seen.append({(x - left, y) for x, y in mask})
    fresh, old, expired = seen
    assert len(fresh ^ old) > 15
    assert len(old ^ expired) > 15
    assert len(fresh ^ expired) > 15


def test_counters_that_do_not_fit_go_whole_and_from_the_end(qtbot: QtBot, recorder: Recorder) -> None:
    made = numbers(True)
    qtbot.addWidget(made)
    recorder.grab(made, width=520, height=40)
    assert 0 < made.visible() < 6
    assert recorder.cut == []
    assert "1,187" in recorder.texts
    assert "5.4 s" not in recorder.texts


def test_the_recent_list_shows_as_many_rows_as_there_is_height(qtbot: QtBot, recorder: Recorder) -> None:
    rows = [RecentRow(f"12:30:0{n}", "豫A·12C47", "check", "放行", Tone.GOOD, "5.1 s") for n in range(5)]
    made = RecentList()
    qtbot.addWidget(made)
    made.show_rows(rows)
    recorder.grab(made, width=414, height=116)
    assert made.visible_rows() == 5
    assert recorder.cut == []
    recorder.grab(made, width=414, height=66)
    assert made.visible_rows() == 2


def test_an_outcome_takes_the_place_of_its_seconds_before_it_keeps_only_its_icon(
    qtbot: QtBot, recorder: Recorder
) -> None:
    made = RecentList()
    qtbot.addWidget(made)
    made.show_rows([RecentRow("12:30:01", "豫A·12C47", "pencil", "登记放行", Tone.PLAIN, "124.0 s")])
    recorder.grab(made, width=290, height=116)
    assert "登记放行" in recorder.texts
    assert "124.0 s" not in recorder.texts
    assert recorder.cut == []
    recorder.grab(made, width=250, height=116)
    assert "登记放行" not in recorder.texts
    assert recorder.cut == []


def test_an_empty_list_says_what_will_appear(qtbot: QtBot, recorder: Recorder) -> None:
    made = RecentList()
    qtbot.addWidget(made)
    made.show_rows([], empty="放行后这里列出最近五辆")
    assert recorder.grab(made, width=414, height=116).texts == ["放行后这里列出最近五辆"]


def test_a_code_is_outlined_where_it_is_in_the_picture(qtbot: QtBot) -> None:
    picture = QImage(640, 360, QImage.Format.Format_RGB32)
    picture.fill(QColor("#808080"))
    made = CameraPanel()
    qtbot.addWidget(made)
    made.resize(414, 218)
    made.show_picture(picture, [[(200, 100), (400, 100), (400, 300), (200, 300)]])
    place = covering(picture, made.rect().toRectF())
    image = made.grab().toImage()
    scale = place.width() / 640
    x, y = round(200 * scale + place.x()), round(200 * scale + place.y())
    column = [image.pixelColor(x + step, y).lightness() for step in range(-4, 5)]
    assert min(column) < 60
    assert max(column) > 240
    assert image.pixelColor(x + 40, y).lightness() == pytest.approx(128, abs=2)


def test_a_gone_camera_takes_the_picture_away_and_comes_back(qtbot: QtBot, recorder: Recorder) -> None:
    made = camera_gone(True)
    qtbot.addWidget(made)
    assert "摄像头断开 0:21" in recorder.grab(made, width=414, height=252).texts
    picture = QImage(64, 36, QImage.Format.Format_RGB32)
    picture.fill(QColor("#808080"))
    made.show_picture(picture)
    assert "摄像头断开 0:21" not in recorder.grab(made, width=414, height=252).texts
    made.show_absent("没有摄像头")
    assert "没有摄像头" in recorder.grab(made, width=414, height=252).texts


def test_a_plate_has_its_real_colour_and_a_narrow_dot(qtbot: QtBot, recorder: Recorder) -> None:
    for colour in PlateColour:
        made = Plate()
        qtbot.addWidget(made)
        made.set_plate("豫A·D12345", colour)
        recorder.grab(made, width=232, height=48)
        assert recorder.texts == ["豫A·D12345"]
        assert recorder.cut == []
        ground = theme.look().theme.plate(colour).ground
        assert made.grab().toImage().pixelColor(10, 10) == QColor(ground)
