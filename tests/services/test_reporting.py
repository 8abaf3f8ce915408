"""The sheet of a shift: what stands on it, its copies, its entry before its file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pypdf
import pytest

from checkpoint_app.domain.disclosures import EXPORTED
from checkpoint_app.domain.errors import Trouble
from checkpoint_app.domain.facts import By
from checkpoint_app.domain.report import ShiftReport
from checkpoint_app.domain.roles import NotAllowed, Role
from checkpoint_app.domain.words import Outcome
from checkpoint_app.services.desk import Desk
from checkpoint_app.services.reporting import (
    Occasion,
    ShiftMissing,
    print_handover,
    report_of,
    sheet_number,
    sources_of,
)
from tests.services.desks import entries
from tests.services.recorded import NAME, record
from tests.storage.desks import DESK


def sheet(desk: Desk) -> ShiftReport:
    found = report_of(sources_of(desk), desk.by.shift, Occasion("王示范", desk.ledger.now()))
    assert found is not None
    return found


def going(_done: int, _of: int) -> bool:
    return True


def until(last: int) -> Callable[[int, int], bool]:
    """Progress that ends the work there."""
    return lambda done, _of: done < last


def text_of(path: Path) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(path).pages)


def test_a_sheet_is_numbered_by_year_desk_day_and_shift() -> None:
    assert sheet_number("G107-A.20261121.3") == "2026-G107-A-1121-3"
    assert sheet_number("G107-A.x") == "G107-A.x"


def test_everything_the_shift_wrote_down_stands_on_its_sheet(desk: Desk) -> None:
    record(desk, outcome=Outcome.HELD, name=NAME)
    desk.log.note("天黑了", by=desk.by).result()
    desk.log.order("县指挥部", "12", "查验后备箱", by=desk.by).result()
    desk.log.incident("illness", "司机头晕", by=desk.by).result()
    desk.matters.raise_("修三号灯", by=desk.by).result()
    desk.stores.declare("水", unit="瓶", equipment=False, due=0, low=5, count=2, by=desk.by).result()
    desk.contacts.set("县医院", "0371-1234567", by=desk.by).result()
    found = sheet(desk)
    assert (found.station, found.desk, found.copy) == ("试验站", DESK, 0)
    assert found.figures.outcomes == {"held": 1}
    assert [each.text for each in found.notes] == ["天黑了"]
    assert [each.number for each in found.orders] == ["12"]
    assert [each.kind for each in found.incidents] == ["illness"]
    assert [each.title for each in found.matters] == ["修三号灯"]
    assert [each.name for each in found.items] == ["水"]
    assert [each.name for each in found.contacts] == ["县医院"]
    assert {each.name for each in found.attended} <= {"王示范", "李示范"}
    assert "item_short" in [each.code for each in found.notices]
    assert found.officers[desk.by.officer] == "王示范"


def test_a_matter_closed_in_the_shift_stays_on_its_sheet_and_leaves_the_next(desk: Desk) -> None:
    (raised, *_rest) = desk.matters.raise_("修三号灯", by=desk.by).result()
    desk.matters.close(raised.action, "换好了", by=desk.by).result()
    first = sheet(desk)
    desk.duty.close(waiting=0, by=desk.by).result()
    desk.duty.open(group="四班", lead="赵示范", officers=("钱示范",), zone=480).result()
    desk.resume_shift()
    assert [bool(each.closed) for each in first.matters] == [True]
    assert sheet(desk).matters == ()


def test_the_entry_stands_before_the_file_and_reprints_are_copies(desk: Desk, tmp_path: Path) -> None:
    record(desk)
    shift = desk.by.shift
    steps: list[tuple[int, int]] = []

    def progress(done: int, of: int) -> bool:
        steps.append((done, of))
        return True

    first = print_handover(desk, shift, tmp_path, progress=progress, by=desk.by)
    second = print_handover(desk, shift, tmp_path, progress=going, by=desk.by)
    assert first is not None
    assert second is not None
    assert [first.name, second.name] == [f"{sheet_number(shift)}.pdf", f"{sheet_number(shift)}-2.pdf"]
    forms = [(each["form"], each["about"], each["count"]) for each in entries(desk, EXPORTED)]
    assert forms == [("handover-pdf", shift, 1)] * 2
    assert steps == sorted(steps)
    assert sheet_number(shift) in text_of(first)


def test_ended_work_leaves_no_file(desk: Desk, tmp_path: Path) -> None:
    record(desk)
    target = tmp_path / "sheets"
    target.mkdir()
    for last in (0, 20, 21):
        stopped = print_handover(desk, desk.by.shift, target, progress=until(last), by=desk.by)
        assert stopped is None
    assert list(target.iterdir()) == []


def test_without_its_entry_there_is_no_file(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object, **_more: object) -> None:
        raise Trouble

    monkeypatch.setattr(type(desk.ledger), "append", fail)
    with pytest.raises(Trouble):
        print_handover(desk, desk.by.shift, tmp_path / "x.pdf", progress=going, by=desk.by)
    assert not (tmp_path / "x.pdf").exists()


def test_a_shift_nobody_had_is_refused(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(ShiftMissing):
        print_handover(desk, "G25-01.20000101.1", tmp_path / "x.pdf", progress=going, by=desk.by)


def test_an_officer_prints_no_handover_once_there_are_pins(desk: Desk, tmp_path: Path) -> None:
    lead = desk.officers.enrol("钱示范", role=Role.LEAD, by=desk.by)
    desk.officers.set_pin(lead.number, "2580", by=desk.by)
    with pytest.raises(NotAllowed):
        print_handover(desk, desk.by.shift, tmp_path / "x.pdf", progress=going, by=By(desk.by.shift, "02"))
    desk.ledger.keep({}).result()
    assert [each["action"] for each in entries(desk, "action_refused")] == ["report"]
