"""The handover sheet reads back whole: every figure, name and word, in both languages, whatever is on it."""

from __future__ import annotations

import os
import re
import stat
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from checkpoint_app import i18n
from checkpoint_app.documents import style
from checkpoint_app.documents.files import PaperNotWritten
from checkpoint_app.documents.handover import render_handover, write_handover
from checkpoint_app.documents.tables import Ticks
from checkpoint_app.domain.handover import Absent, Side, State
from checkpoint_app.domain.logbook import Noted
from checkpoint_app.domain.report import ShiftReport
from tests.documents import shift_figures, shifts
from tests.documents.reading import flat, pages, sizes


@pytest.fixture(params=["zh_CN", "en"])
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    before = i18n.language()
    yield i18n.use(request.param)
    i18n.use(before)


@pytest.fixture
def chinese() -> Iterator[None]:
    before = i18n.language()
    i18n.use("zh_CN")
    yield
    i18n.use(before)


@cache
def usual(name: str, language: str) -> bytes:
    """One of the invented shifts, drawn once in a language."""
    assert language == i18n.language()
    return made({"rich": shifts.rich, "tiny": shifts.tiny, "monstrous": small_monster}[name]())


def small_monster() -> ShiftReport:
    return shifts.monstrous(exceptions=20)


def made(report: ShiftReport) -> bytes:
    found = render_handover(report)
    assert found is not None
    data, count = found
    assert len(pages(data)) == count
    return data


@pytest.fixture(scope="module")
def rich_page() -> str:
    before = i18n.language()
    i18n.use("zh_CN")
    try:
        return pages(usual("rich", "zh_CN"))[0]
    finally:
        i18n.use(before)


def test_the_first_sheet_is_in_the_order_a_lead_reads(rich_page: str) -> None:
    order = (
        "检查站交接班记录", "2026-G107-1121-3", "南大门 G107 检查站", "王示范", "三班",
        "9,018", "17,003", "47", "3 / 1", "6.2 s",
        "须先知道的三件事", "已过时限 30 分钟", "29 小时未更新", "摄像头断开",
        "每小时车辆", "967", "1,316",
        "车道与处置", "2,291", "8,889",
        "未完事项", "桥北乡投诉待回电",
        "物品物资", "测温枪", "更正与数据", "过期未更新",
        "交班人", "接班人", "封存", "8F3A",
    )  # fmt: skip
    place = 0
    for words in order:
        found = rich_page.find(words, place)
        assert found >= 0, words
        place = found


def test_every_figure_of_the_shift_stands_on_the_first_sheet(rich_page: str) -> None:
    numbers = set(re.findall(r"[\d,.]+", rich_page))
    figures = shift_figures.figures()
    wanted = [figures.vehicles, figures.people, *figures.outcomes.values()]
    wanted += [line.vehicles for line in figures.lanes] + [line.people for line in figures.lanes]
    wanted += [hour.vehicles for hour in figures.hours]
    assert {f"{number:,}" for number in wanted} <= numbers


def test_names_with_rare_characters_read_back(rich_page: str, chinese: None) -> None:
    whole = flat(usual("rich", "zh_CN"))
    for name in shift_figures.OFFICERS.values():
        assert name in whole
    assert "赵䶮" in rich_page


def test_boxes_are_ticked_as_the_next_shift_answered(monkeypatch: pytest.MonkeyPatch, chinese: None) -> None:
    ticked: list[int | None] = []
    draw = Ticks.draw

    def seen(ticks: Ticks, *place: object) -> None:
        ticked.append(ticks.ticked)
        draw(ticks, *place)  # type: ignore[arg-type]

    monkeypatch.setattr(Ticks, "draw", seen)
    made(shifts.rich())
    assert ticked == [1, 0, 0, 0]
    ticked.clear()
    made(shifts.rich(handover=None))
    assert ticked == [None] * 4


def test_people_checked_are_masked_and_own_words_are_not_told(chinese: None) -> None:
    whole = flat(usual("rich", "zh_CN"))
    assert "张*" in whole
    assert "张三" not in whole
    assert "家属在站外" not in whole
    assert "自述理由" in whole


def test_nothing_is_smaller_than_eight_points(language: str) -> None:
    for name in ("rich", "tiny", "monstrous"):
        assert min(sizes(usual(name, language))) >= style.SMALL == 8


def test_everything_hostile_is_drawn_as_it_is(language: str) -> None:
    whole = flat(usual("monstrous", language))
    assert "<b>&amp;</b><imgsrc='file:///etc/passwd'/>□□[31m□" in whole
    assert "[U+30EDE]" in whole
    assert "{n}%s" in whole
    assert whole.count("x") >= 10_000


def test_a_note_longer_than_a_sheet_goes_on_and_loses_nothing(chinese: None) -> None:
    text = "".join(f"第{n}句。" for n in range(2_000))
    whole = flat(made(shifts.rich(notes=(Noted("n", shift_figures.BEGAN, "0001", text),))))
    feet = re.compile(
        r"(2026-G107-1121-3·南大门G107检查站含个人信息.{0,60}?共\d+页|王示范|时间记事内容经手人)"
    )
    assert text in feet.sub("", whole)


def test_no_row_is_torn_and_heads_repeat(chinese: None) -> None:
    report = shifts.rich(figures=shift_figures.figures(exceptions=120))
    found = [page for page in pages(made(report)) if re.search(r"24[56]\d{3}\s+\d\d:", page)]
    assert len(found) > 3
    for each in shift_figures.figures(exceptions=120).exceptions:
        holding = [page for page in found if re.search(rf"{each.seq}\s[^条]*?{each.plate}", page)]
        assert len(holding) == 1, each
    assert all("条目" in page and "车牌" in page for page in found)


def test_each_sheet_of_a_summed_table_ends_with_its_sum_and_the_sum_so_far(chinese: None) -> None:
    report = shifts.rich(figures=shift_figures.figures(exceptions=120))
    whole = sum(each.people for each in report.figures.exceptions)
    found = pages(made(report))
    torn = [page for page in found if "累计" in page and "张*" in page]
    parts, so_far = [], []
    for page in torn:
        own, until = re.findall(r"(?:本页|累计)\s+([\d,]+)", page)[-2:]
        parts.append(int(own.replace(",", "")))
        so_far.append(int(until.replace(",", "")))
    assert so_far == [sum(parts[: place + 1]) for place in range(len(parts))]
    last = next(page for page in found if re.search(rf"合计\s+{whole}\b", page))
    assert int(re.findall(r"本页\s+(\d+)", last)[0]) + so_far[-1] == whole


def test_each_page_says_which_of_how_many_it_is(chinese: None) -> None:
    found = pages(usual("rich", "zh_CN"))
    for number, page in enumerate(found, 1):
        assert f"第 {number} 页，共 {len(found)} 页" in page
        assert "内部使用" in page


def test_what_does_not_fit_is_found_on_the_page_that_is_named(chinese: None) -> None:
    found = pages(usual("monstrous", "zh_CN"))
    named = re.findall(r"另 (\d+) 项见第 (\d+) 页", found[0])
    assert len(named) >= 3
    titles = ("全部车道", "事项与办理经过", "物品物资", "更正")
    targets = [found[int(page) - 1] for _more, page in named]
    assert all(any(title in target for target in targets) for title in titles[1:])


def test_without_a_handover_the_sheet_says_so(chinese: None) -> None:
    first = pages(usual("tiny", "zh_CN"))[0]
    assert "未交接" in first
    assert "尚未封存" in first
    assert "未交接" not in pages(usual("rich", "zh_CN"))[0]


def test_a_side_that_refused_is_named_with_its_reason(chinese: None) -> None:
    absent = Absent(Side.INCOMING, "设备缺两件未说明", "0002", shift_figures.ENDED, refused=True)
    handover = replace(shifts.handover(), state=State.CLOSED, absent=(absent,), signatures=())
    data = made(shifts.rich(handover=handover))
    assert "接班被拒" in pages(data)[0]
    assert "拒签：设备缺两件未说明" in pages(data)[0].replace("\n", "")
    assert "未签字情况" in flat(data)


def test_a_reprint_is_marked_as_a_copy(chinese: None) -> None:
    assert "副本 2" in pages(made(shifts.rich(copy=2)))[0]
    assert "副本" not in pages(usual("rich", "zh_CN"))[0]


def test_the_progress_ends_the_work_and_nothing_is_left(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []

    def enough(done: int, whole: int) -> bool:
        told.append((done, whole))
        return len(told) < 3

    path = tmp_path / "sheet.pdf"
    assert (
        write_handover(shifts.rich(figures=shift_figures.figures(exceptions=900)), path, progress=enough) == 0
    )
    assert not list(tmp_path.iterdir())
    assert len(told) == 3
    assert write_handover(shifts.tiny(), path, progress=lambda _done, _whole: True) == 2
    assert [each.name for each in tmp_path.iterdir()] == ["sheet.pdf"]
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_disk_that_fails_leaves_the_old_sheet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "sheet.pdf"
    path.write_bytes(b"old")

    def full(_number: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(PaperNotWritten):
        write_handover(shifts.tiny(), path, progress=lambda _done, _whole: True)
    assert path.read_bytes() == b"old"
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.long
def test_a_shift_of_a_hundred_thousand_is_drawn_within_its_time() -> None:
    report = shifts.rich(figures=shift_figures.figures(exceptions=5_000, alarms=4_000))
    began = time.process_time()
    found = render_handover(report, progress=lambda _done, _whole: True)
    assert found is not None
    assert time.process_time() - began < 10
