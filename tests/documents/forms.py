"""Invented rows for the customary forms."""

from __future__ import annotations

from collections.abc import Iterator

from checkpoint_app.documents import badge, daily, ledger_form, register_form
from tests.documents import shift_figures


def register_rows(count: int) -> Iterator[register_form.Row]:
    for n in range(1, count + 1):
        yield register_form.Row(
            n,
            f"11-21 {n // 3600 % 24:02}:{n // 60 % 60:02}:{n % 60:02}",
            str(n % 4 + 1),
            "出" if n % 4 == 3 else "入",
            f"豫G{n:05}",
            "小客",
            "张*" if n % 9 else "",
            "男" if n % 2 else "女",
            "4105**********1234" if n % 9 else "",
            "138****5678" if n % 9 else "",
            origin="新乡市",
            destination="师寨镇五陵村",
            purpose="探亲" if n % 5 else "运煤",
            companions=n % 4,
            temperature="36.5",
            health_code="绿",
            travel_code="绿" if n % 3 else "",
            test="48h 阴" if n % 7 else "",
            outcome="放行" if n % 20 else "劝返",
            officer="王示范",
        )


def register(count: int) -> register_form.RegisterForm:
    return register_form.RegisterForm(
        "南大门 G107 检查站", "1", "2026-11-21 08:00–16:00", "2026-G107-1121-T3", register_rows(count), count,
        "王示范 2026-11-21 16:05 打印",
    )  # fmt: skip


def ledger(count: int) -> ledger_form.LedgerForm:
    rows = (
        ledger_form.Row(
            f"2026-G107-1121-{n:04}", "11-21 08:12", "劝返", f"豫G{n:05}",
            "黄码，劝其原路返回；已告知电话", "王示范",
            f"{245_000 + n}", f"2026-G107-1121-{n - 1:04}" if n % 10 == 0 else "",
        )
        for n in range(1, count + 1)
    )  # fmt: skip
    return ledger_form.LedgerForm(
        "南大门 G107 检查站", "1", "2026-11-21", "2026-G107-1121-L", rows, count, "王示范 16:05 打印"
    )


def day() -> daily.Daily:
    figures = tuple(
        daily.Figure(label, today, before, change)
        for label, today, before, change in (
            ("车辆", "27,004", "26,110", "+894"), ("人员", "51,120", "50,020", "+1,100"),
            ("劝返", "131", "150", "−19"),
            ("留观 / 移交", "7 / 2", "4 / 0", "+3 / +2"), ("未完事项", "4", "6", "−2"),
            ("平均每车", "6.2 s", "6.4 s", "−0.2"),
        )
    )  # fmt: skip
    return daily.Daily(
        "南大门 G107 检查站", "1", "2026-11-21（星期六）", "2026-G107-1121-D", figures,
        (("处置", figures[2:5]), ("核验方式", figures[:3])),
        tuple((str(n), 900 + n * 17 % 400, 880 + n * 29 % 420) for n in range(24)),
        ("关注名单 v88 已 29 小时未更新。", "4 车道摄像头断开 46 秒。"),
        None, "王示范", shift_figures.ENDED, shift_figures.ZONE,
    )  # fmt: skip


def badges() -> tuple[badge.Badge, ...]:
    return tuple(
        badge.Badge(number, name, "带班" if number == "0001" else "执勤员", "县交通局", "南大门 G107 检查站",
                    f"CPO1:A:{number}:0123456789abcdef")
        for number, name in [*shift_figures.OFFICERS.items()] * 2
    )  # fmt: skip
