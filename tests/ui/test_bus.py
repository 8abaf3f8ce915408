"""A bus, a convoy and the keys of the moment, without a window around them."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from checkpoint_app import i18n
from checkpoint_app.domain.crossing import Check, Crossing, Person
from checkpoint_app.domain.passengers import PassengerListRefused
from checkpoint_app.domain.words import CheckKind, Direction, Evidence, VehicleClass, VerdictState
from checkpoint_app.ui import asking, bus_list, bus_panel, hints, lookup_text, theme
from checkpoint_app.ui.bus_ring import pieces
from checkpoint_app.ui.bus_row import BusText, Chip, MissingGrid
from checkpoint_app.ui.convoy_row import ConvoyStrip, ConvoyText, SmallPlate
from checkpoint_app.ui.counters import Counter, Counters, Note
from checkpoint_app.ui.hints import Hint, Situation
from checkpoint_app.ui.lane_mode import LaneMode, mode_of, release_word, vehicles
from checkpoint_app.ui.lane_suggested import Suggested
from checkpoint_app.ui.panel_text import CheckLine, PanelText, Ring
from checkpoint_app.ui.said import with_keys
from checkpoint_app.ui.theme import Look
from checkpoint_app.ui.tokens import THEMES, ThemeName
from checkpoint_app.ui.verdict_panel import enlargement
from tests.ui.recorder import Recorder
from tests.ui.test_verdict_panel import grabbed, pixels, rgb

RING = Ring(31, 45, "/ 45 人", (13,))
CHINESE = PanelText(
    VerdictState.NOT_YET,
    "未查完",
    "还差 14 人，其中 1 人需核实",
    checks=(CheckLine("qrcode", "连续扫码中，上一个 周* 健康码 绿"),),
    now=with_keys("现在：逐排出示健康码；没有手机的按 [*] 报身份证号"),
    ring=RING,
)
ENGLISH = replace(
    CHINESE,
    word="NOT YET",
    reason="14 people to go, 1 to look into",
    checks=(CheckLine("qrcode", "Reading on, last: 周* health code green"),),
    now=with_keys("Now: everybody shows the code, row by row; no phone: [*] and the ID"),
    ring=replace(RING, of="of 45"),
)
# The panel beside the row of a bus in windows of 1366 × 768, 1280 × 690 and 1920 × 1080.
SIZES = [(838, 334), (752, 250), (1392, 646)]
CROSSING = Crossing("a" * 32, 1, Direction.IN, 0)


@pytest.mark.parametrize("name", list(THEMES))
@pytest.mark.parametrize("size", SIZES)
def test_the_word_of_a_bus_has_the_ink_that_three_metres_need(
    qtbot: QtBot, app: QApplication, name: ThemeName, size: tuple[int, int]
) -> None:
    theme.apply(app, Look(THEMES[name]))
    larger = enlargement(*size)
    foot_top = size[1] / larger - 66
    layout = bus_panel.lay_out_bus(CHINESE, width=size[0] / larger, foot_top=foot_top, look=theme.look())
    top, bottom, left = round(16 * larger) + 1, round(foot_top * larger), round(layout.left * larger)
    part = pixels(grabbed(qtbot, CHINESE, size))[top:bottom, left + 4 : size[0] - round(20 * larger)]
    ground = rgb(THEMES[name].verdict(VerdictState.NOT_YET).fill)
    inked = (np.abs(part - ground).sum(axis=2) > 150).any(axis=1)
    rows = np.flatnonzero(inked)
    gaps = np.flatnonzero(np.diff(rows) > 4)
    assert rows[gaps[0]] - rows[0] + 1 >= 138


@pytest.mark.parametrize("scale", [100, 130])
@pytest.mark.parametrize("text", [CHINESE, ENGLISH], ids=["zh", "en"])
def test_nothing_beside_the_ring_is_cut(
    qtbot: QtBot, app: QApplication, recorder: Recorder, text: PanelText, scale: int
) -> None:
    theme.apply(app, Look(scale=scale))
    for size in SIZES:
        recorder.runs.clear()
        grabbed(qtbot, text, size)
        assert recorder.cut == []
        assert {text.word, "31", text.ring.of if text.ring else ""} <= set(recorder.texts)
        assert (
            text.reason.replace(" ", "")
            == "".join(recorder.texts[3:]).replace(" ", "")[: len(text.reason.replace(" ", ""))]
        )
        word = next(run for run in recorder.runs if run.text == text.word)
        assert word.box.height() >= (138 if text is CHINESE else 85)


@given(st.integers(1, 300).flatmap(lambda total: st.tuples(st.just(total), st.integers(0, total))))
def test_every_person_is_in_one_piece_of_the_ring(told: tuple[int, int]) -> None:
    total, done = told
    aside = (1,) if done < total else ()
    found = pieces(Ring(done, total, "", aside), radius=109)
    assert sum(count for _first, count, _kind in found) == total
    assert sum(count for _first, count, kind in found if kind == "done") == done
    assert sum(count for _first, count, kind in found if kind == "aside") == len(aside)
    assert [first for first, _count, _kind in found] == sorted(first for first, _count, _kind in found)


@pytest.mark.parametrize("people", [0, 16, 17, 52])
def test_every_missing_person_stands_on_one_page_of_sixteen(qtbot: QtBot, people: int) -> None:
    grid = MissingGrid()
    qtbot.addWidget(grid)
    grid.resize(838, 112)
    chips = tuple(Chip(number, f"{number}A", "张*") for number in range(1, people + 1))
    grid.show_text(BusText("", "", chips), more="{n}")
    seen: list[int] = []
    for _page in range(grid.pages):
        assert len(grid.shown) <= 16
        seen += [chip.number for chip in grid.shown]
        grid.turn(1)
    assert seen == list(range(1, people + 1))
    assert [chip.number for chip in grid.shown] == seen[:16]


def test_the_page_follows_whom_keys_go_to(qtbot: QtBot) -> None:
    grid = MissingGrid()
    qtbot.addWidget(grid)
    grid.resize(838, 112)
    chips = tuple(Chip(number, str(number), "", current=number == 20) for number in range(1, 41))
    grid.show_text(BusText("", "", chips), more="{n}")
    assert 20 in [chip.number for chip in grid.shown]


def test_a_convoy_shows_its_first_and_its_newest_vehicles(qtbot: QtBot, recorder: Recorder) -> None:
    strip = ConvoyStrip()
    qtbot.addWidget(strip)
    plates = tuple(SmallPlate(f"豫A1234{number % 10}") for number in range(30))
    strip.show_text(ConvoyText("车队 30 辆", "无牌", "另有 {n} 辆", plates))
    recorder.grab(strip, width=690, height=76)
    numbers = [number for number, _plate in strip.shown()]
    assert numbers[0] == 1
    assert numbers[-1] == 30
    assert recorder.cut == []
    assert any(f"另有 {30 - len(numbers)} 辆" in text for text in (" ".join(recorder.texts),))


@pytest.mark.parametrize("width", range(760, 1700, 60))
def test_hints_are_whole_or_not_there(qtbot: QtBot, recorder: Recorder, width: int) -> None:
    row = Counters()
    qtbot.addWidget(row)
    row.show_counters(
        [Counter("Vehicles", "1,187"), Counter("Persons", "2,204")], Note("eye", "Seen only", "14%")
    )
    told = hints.hints(Situation(open=True, lacking=frozenset({"temperature", "colour"}), people=3))
    row.show_hints(told)
    recorder.grab(row, width=width, height=40)
    shown = [hint for hint in told if hint.words in recorder.texts]
    assert recorder.cut == []
    assert shown == list(told[: len(shown)])
    assert all(hint.cap in recorder.texts for hint in shown)
    words = [
        run for run in recorder.runs if run.text in {hint.words for hint in told} | {"Seen only", "2,204"}
    ]
    words.sort(key=lambda run: run.box.left())
    assert all(one.box.right() < other.box.left() for one, other in pairwise(words))


def test_with_room_more_hints_are_shown(qtbot: QtBot, recorder: Recorder) -> None:
    row = Counters()
    qtbot.addWidget(row)
    row.show_hints(hints.hints(Situation(open=True, people=3)))
    few = len(recorder.grab(row, width=420, height=40).texts)
    assert len(recorder.grab(row, width=1400, height=40).texts) > few


@pytest.mark.parametrize(
    ("now", "caps"),
    [
        (Situation(), ["/", "Space", "F7"]),
        (Situation(parked=True, undoable=True), ["Ctrl+P", "Esc", "/", "Space", "F7"]),
        (Situation(choices=("1", "2", "6")), ["1–6", "Esc"]),
        (Situation(choices=("F1",)), ["F1", "Esc"]),
        (Situation(choices=("1", "2", "0")), ["0–2", "Esc"]),
        (Situation(choices=("Y1", "L1")), ["L1", "Esc"]),
        (Situation(typing_line=True), ["Enter", "Esc"]),
        (Situation(typing_plate=True), ["Enter", "/", "Esc"]),
        (Situation(open=True, lacking=frozenset({"temperature"})), ["/", "365", "*", "Ctrl+Z", "Ctrl+P"]),
        (Situation(open=True, plate=True, people=2), ["+", "/", "Ctrl+Z", "Ctrl+P"]),
        (Situation(open=True, mode=LaneMode.FOOT), ["+", "Ctrl+Z", "Ctrl+P"]),
        (Situation(open=True, mode=LaneMode.CONVOY, plate=True), ["Space", "/", "Ctrl+Z", "Ctrl+P"]),
        (
            Situation(
                open=True,
                mode=LaneMode.BUS,
                plate=True,
                people=45,
                lacking=frozenset({"health_code"}),
                pages=2,
            ),
            ["*", "+", "F4", "PgDn", "/", "Ctrl+Z", "Ctrl+P"],
        ),
        (Situation(open=True, plate=True, state=VerdictState.STOP), ["F9", "/", "Ctrl+Z", "Ctrl+P"]),
    ],
)
def test_hints_name_the_keys_that_make_sense(now: Situation, caps: list[str]) -> None:
    assert [hint.cap for hint in hints.hints(now)] == caps
    assert all(isinstance(hint, Hint) and hint.words for hint in hints.hints(now))


def test_a_colour_the_camera_measured_is_offered_first_and_only_for_a_bare_code() -> None:
    ask = asking.colours("yellow")
    assert asking.press(ask, "1") == asking.Chosen("yellow")
    assert [asking.press(ask, str(n)) for n in (2, 3, 4)] == [
        asking.Chosen(c) for c in ("green", "red", "grey")
    ]
    assert asking.press(asking.colours(""), "1") == asking.Chosen("green")
    code = Check(CheckKind.HEALTH_CODE, "presented", Evidence.SCANNED, 1, 1, digest="d1")
    seen = Check(CheckKind.HEALTH_CODE, "red", Evidence.SEEN, 2, 1)
    offered = Suggested()
    offered.note("d1", "green")
    assert offered.of(CROSSING.with_check(code)) == {1: "green"}
    assert offered.due(CROSSING.with_check(code)) == "green"
    assert offered.of(CROSSING.with_check(code).with_check(seen)) == {}
    assert offered.due(CROSSING) == ""


def test_a_camera_never_makes_the_window_remember_without_end() -> None:
    offered = Suggested()
    for number in range(3000):
        offered.note(str(number), "green")
    assert len(offered._colours) <= 1000


def test_the_way_of_checking_follows_the_crossing() -> None:
    assert mode_of(None) is LaneMode.ONE
    assert mode_of(replace(CROSSING, bus=True)) is LaneMode.BUS
    assert mode_of(replace(CROSSING, convoy=True)) is LaneMode.CONVOY
    assert mode_of(replace(CROSSING, vehicle=VehicleClass.FOOT)) is LaneMode.FOOT
    assert vehicles(CROSSING) == 1
    i18n.use("zh_CN")
    try:
        assert release_word(LaneMode.CONVOY, count=5) == "放行 5 辆"
        assert release_word(LaneMode.BUS, count=1) == "整车放行"
    finally:
        i18n.use("en")


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("zs", True),
        ("zhs", True),
        ("张", True),
        ("张小明", True),
        ("1234", True),
        ("002x", True),
        ("a", False),
        ("13800001111", False),
        ("11010519491231002X", False),
        ("E12345678", False),
        ("", False),
    ],
)
def test_what_the_register_is_asked_for(text: str, *, asked: bool) -> None:
    assert lookup_text.is_fragment(text) is asked


def test_every_fault_of_a_list_has_its_words() -> None:
    for fault in bus_list.FAULTS:
        words = bus_list.refused_words(PassengerListRefused(line=7, fault=fault))
        assert "7" in words.title
        assert "?" not in words.title


def test_a_person_with_a_seat_is_called_by_it() -> None:
    ask = asking.whole_or_one([(3, "3B"), (9, "person 9")])
    assert [choice.text for choice in ask.choices] == ["The whole vehicle", "Only 3B", "Only person 9"]
    assert asking.press(ask, "2") == asking.Chosen("3")
    assert asking.apart(3, "3B").person == 3
    assert Person(3, seat="3B").seat == "3B"
