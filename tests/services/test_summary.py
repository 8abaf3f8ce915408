"""The message for a group: everything counted, nobody named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from checkpoint_app import i18n
from checkpoint_app.domain.day_figures import DayFigures
from checkpoint_app.domain.words import Outcome
from checkpoint_app.services.desk import Desk
from checkpoint_app.services.reporting import Occasion, report_of, sources_of
from checkpoint_app.services.summary import LONGEST, day_text, summary_text
from tests.services.recorded import DOCUMENT, NAME, record

PLATE, PHONE = "豫A12345", "13800138000"


@pytest.fixture(autouse=True, params=("en", "zh_CN"))
def in_language(request: pytest.FixtureRequest) -> Iterator[None]:
    before = i18n.language()
    i18n.use(request.param)
    yield
    i18n.use(before)


def test_nobody_stands_in_the_message(desk: Desk) -> None:
    record(desk, PLATE, name=NAME, outcome=Outcome.HELD)
    desk.log.note(f"{NAME} {PHONE}", by=desk.by).result()
    desk.matters.raise_(f"回访{NAME}", by=desk.by).result()
    desk.log.order("李指挥", "12", f"查{PLATE}", by=desk.by).result()
    desk.log.incident("illness", f"{NAME}头晕", by=desk.by).result()
    report = report_of(sources_of(desk), desk.by.shift, Occasion("王示范", desk.ledger.now()))
    assert report is not None
    text = summary_text(report)
    everything = (NAME, DOCUMENT, PLATE, PHONE, "李指挥", "王示范", "李示范", desk.by.shift, report.desk)
    assert [each for each in everything if each in text] == []
    whole = repr(report)
    assert [each for each in (NAME, "王示范", PLATE, desk.by.shift) if each not in whole] == []
    assert "试验站" in text
    assert 0 < len(text) <= LONGEST


def test_figures_stand_in_the_message(desk: Desk) -> None:
    record(desk)
    record(desk, "豫B67890", outcome=Outcome.TURNED_BACK)
    report = report_of(sources_of(desk), desk.by.shift, Occasion())
    assert report is not None
    busy = replace(report, figures=replace(report.figures, vehicles=1_234, people=5_678))
    text = summary_text(busy)
    assert "1,234" in text
    assert "5,678" in text


def test_a_day_is_set_beside_the_day_before() -> None:
    text = day_text(
        DayFigures(2, vehicles=120, people=200, entries={"incident_noticed": 3}),
        DayFigures(1, vehicles=100, people=180),
        station="试验站",
        date="2026-11-21",
    )
    assert "+20" in text
    assert "120" in text
