"""Register, ledger, daily report and badges read back: every row, every column, sizes, stopping."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from checkpoint_app import i18n
from checkpoint_app.documents import badge, style
from checkpoint_app.documents.badge import render_badges, write_badges
from checkpoint_app.documents.daily import render_daily, write_daily
from checkpoint_app.documents.ledger_form import render_ledger_form, write_ledger_form
from checkpoint_app.documents.register_form import render_register_form, write_register_form
from tests.documents import forms
from tests.documents.reading import flat, pages, sizes

Progress = Callable[[int, int], bool]


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    before = i18n.language()
    i18n.use("zh_CN")
    yield
    i18n.use(before)


def test_the_register_has_every_row_and_the_customary_columns() -> None:
    made = render_register_form(forms.register(120))
    assert made is not None
    whole = flat(made[0])
    assert len(pages(made[0])) == made[1] > 3
    for n in range(1, 121):
        assert f"豫G{n:05}" in whole
    heads = (
        "序号", "日期时间", "车道", "方向", "车牌", "车型", "姓名", "性别", "证件号码", "联系电话", "常住地",
        "出发地", "途经地", "目的地", "事由", "同行", "体温", "健康码", "行程码", "场所码", "核酸", "14天史",
        "处置", "接收单位", "经手人", "备注",
    )  # fmt: skip
    assert "".join(heads) in whole
    assert whole.count("".join(heads)) == made[1]
    assert "单位盖章" in whole
    assert "4105**********1234" in whole


def test_people_beside_the_driver_are_added_up_on_each_sheet() -> None:
    made = render_register_form(forms.register(90))
    assert made is not None
    sums = [int(found) for page in pages(made[0]) for found in re.findall(r"本页\s+(\d+)", page)]
    wanted = sum(row.companions for row in forms.register_rows(90))
    assert sum(sums) == wanted
    assert re.search(rf"合计\s+{wanted}\b", pages(made[0])[-1])


def test_a_correction_in_the_ledger_names_the_row_it_corrects() -> None:
    made = render_ledger_form(forms.ledger(45))
    assert made is not None
    whole = flat(made[0])
    assert "245,010" not in whole
    assert "2452026" not in whole
    assert all(f"2026-G107-1121-{n:04}" in whole for n in range(1, 46))
    assert re.search(r"2026-G107-1121-0010.*?2450102026-G107-1121-0009", whole)


def test_the_day_stands_beside_the_day_before() -> None:
    made = render_daily(forms.day())
    assert made is not None
    first = pages(made[0])[0]
    for words in ("检查站日报", "27,004", "昨日 26,110", "+894", "增减", "29 小时未更新", "填报人", "审核人"):
        assert words in first, words
    assert made[1] == 1


def test_badges_are_bank_cards_ten_a_sheet_and_their_code_is_read() -> None:
    data, count = render_badges(forms.badges())
    assert count == len(pages(data)) == 2
    assert (round(badge.WIDE / style.MM, 1), round(badge.HIGH / style.MM, 1)) == (85.6, 54)
    text = flat(data)
    assert "赵䶮" in text
    assert text.count("工号0001") == 2


@pytest.mark.parametrize("made", [
    lambda: render_register_form(forms.register(5)),
    lambda: render_ledger_form(forms.ledger(5)),
    lambda: render_daily(forms.day()),
    lambda: render_badges(forms.badges()),
])  # fmt: skip
def test_nothing_is_smaller_than_eight_points(made: Callable[[], tuple[bytes, int]]) -> None:
    assert min(sizes(made()[0])) >= 8


@pytest.mark.parametrize("write", [
    lambda path, progress: write_register_form(forms.register(300), path, progress=progress),
    lambda path, progress: write_ledger_form(forms.ledger(300), path, progress=progress),
    lambda path, progress: write_daily(forms.day(), path, progress=progress),
])  # fmt: skip
def test_a_form_that_is_stopped_leaves_nothing(
    write: Callable[[Path, Progress], int], tmp_path: Path
) -> None:
    path = tmp_path / "form.pdf"
    assert write(path, lambda _done, _whole: False) == 0
    assert not list(tmp_path.iterdir())
    assert write(path, lambda _done, _whole: True) > 0
    assert path.read_bytes().startswith(b"%PDF")


def test_badges_are_written(tmp_path: Path) -> None:
    assert write_badges(forms.badges()[:1], tmp_path / "badge.pdf") == 1
    assert (tmp_path / "badge.pdf").exists()


def test_a_register_goes_on_in_vehicles_whoever_sat_in_them_and_never_beyond_their_number() -> None:
    form = forms.register(150)
    crowded = replace(form, rows=(row for row in form.rows for _person in range(3)))
    told: list[tuple[int, int]] = []

    def heard(done: int, of: int) -> bool:
        told.append((done, of))
        return True

    assert render_register_form(crowded, progress=heard)
    assert told == [(34, 150), (67, 150), (100, 150), (134, 150), (150, 150)]
