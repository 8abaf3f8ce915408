"""The customary forms, the day's report, the workbook: read back, masked, numbered, told before written."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdf
import pytest

from checkpoint_app.domain.amending import Changes
from checkpoint_app.domain.disclosures import EXPORTED
from checkpoint_app.domain.paper_proof import read
from checkpoint_app.domain.words import Outcome
from checkpoint_app.services import daily, forms, ledger_rows
from checkpoint_app.services.desk import Desk, local_offset
from checkpoint_app.services.paper import compare
from checkpoint_app.services.reporting import ShiftMissing, sheet_number
from checkpoint_app.services.viewing import ViewReasonNeeded
from checkpoint_app.services.workbook import TABLES, Wanted, write_everything
from tests.services.desks import entries
from tests.services.recorded import DOCUMENT, NAME, amend, record
from tests.storage.desks import Clock

HOSTILE = "=cmd|' /C calc'!A0"


def going(_done: int, _of: int = 0) -> bool:
    return True


def text_of(path: Path | None) -> str:
    assert path is not None
    return "".join("".join(page.extract_text().split()) for page in pypdf.PdfReader(path).pages)


def test_the_register_form_is_masked_and_numbered_with_copies(desk: Desk, tmp_path: Path) -> None:
    record(desk, "豫A12345", name=NAME)
    shift = desk.by.shift
    first = forms.print_register(desk, shift, tmp_path, progress=going, by=desk.by)
    second = forms.print_register(desk, shift, tmp_path, progress=going, by=desk.by)
    text = text_of(first)
    assert "豫A12345" in text
    assert "张*" in text
    assert NAME not in text
    assert DOCUMENT not in text
    assert sheet_number(shift) in text
    assert second is not None
    assert second.name.endswith("-register-2.pdf")
    assert [each["form"] for each in entries(desk, EXPORTED)] == ["register-pdf"] * 2


def test_the_ledger_has_the_first_writing_and_the_correction_as_its_own_row(
    desk: Desk, tmp_path: Path
) -> None:
    row = record(desk, "豫A12345", name=NAME, outcome=Outcome.HELD)
    amend(desk, row, Changes(people=4))
    desk.log.note("风大", by=desk.by).result()
    number = sheet_number(desk.by.shift)
    rows = list(ledger_rows.ledger_rows(desk.ledger.reader, desk.by.shift, number=number, officers={}))
    kinds = [each.kind for each in rows]
    assert len(kinds) == len({each.number for each in rows})
    crossing, amended = rows[-3], rows[-2]
    assert amended.corrects == crossing.number
    assert crossing.entry == str(row.seq)
    assert "张*" in crossing.detail
    assert NAME not in " ".join(each.detail for each in rows)
    assert "风大" in rows[-1].detail
    with desk.ledger.reader() as reader:
        assert ledger_rows.count(reader, desk.by.shift) == len(rows)
    made = forms.print_ledger(desk, desk.by.shift, tmp_path, progress=going, by=desk.by)
    assert "风大" in text_of(made)


@pytest.mark.parametrize("make", [forms.print_register, forms.print_ledger])
def test_an_ended_form_leaves_nothing_and_an_unknown_shift_is_refused(
    desk: Desk, tmp_path: Path, make: Callable[..., Path | None]
) -> None:
    for _ in range(3):
        record(desk)
    target = tmp_path / "out"
    target.mkdir()
    assert make(desk, desk.by.shift, target, progress=lambda _done, _of: False, by=desk.by) is None
    assert list(target.iterdir()) == []
    with pytest.raises(ShiftMissing):
        make(desk, "G25-01.20000101.1", target, progress=going, by=desk.by)
    assert len(entries(desk, EXPORTED)) == 1


def test_a_day_is_printed_with_the_day_before_and_names_nobody(
    desk: Desk, clock: Clock, tmp_path: Path
) -> None:
    record(desk, name=NAME)
    clock.pass_by(86_400_000)
    record(desk)
    record(desk, "豫B67890", outcome=Outcome.TURNED_BACK)
    day = (desk.ledger.now() + local_offset(desk.ledger.now()) * 60_000) // 86_400_000
    path = daily.print_daily(desk, day, tmp_path, progress=going, by=desk.by)
    text = text_of(path)
    assert [each for each in (NAME, "豫B67890", desk.by.shift) if each in text] == []
    assert daily.date_of(day) in text
    assert entries(desk, EXPORTED)[-1]["about"] == daily.date_of(day)


def test_a_day_on_paper_carries_its_seal_and_proves_what_it_was_made_from(desk: Desk, tmp_path: Path) -> None:
    record(desk)
    zone = local_offset(desk.ledger.now())
    day = (desk.ledger.now() + zone * 60_000) // 86_400_000
    path = daily.print_daily(desk, day, tmp_path, progress=going, by=desk.by)
    with desk.ledger.reader() as reader:
        sealing = daily.sealing_of(reader, desk.settings.desk, day, zone=zone)
    assert sealing is not None
    text = "".join(text_of(path).split())
    assert sealing.hash[:32].upper() in text.upper()
    found = read(sealing.texts)
    assert found.shift == daily.date_of(day)
    record(desk, "豫B67890")  # what comes later changes nothing
    result = compare(desk.ledger.reader, found)
    assert result is not None
    assert result.unchanged
    other = compare(desk.ledger.reader, replace(found, hash="0" * 64))
    assert other is not None
    assert not other.unchanged


def test_the_report_of_a_day_is_due_from_its_hour_on_until_it_is_made(desk: Desk, tmp_path: Path) -> None:
    zone = local_offset(desk.ledger.now())
    day = (desk.ledger.now() + zone * 60_000) // 86_400_000
    hour = (desk.ledger.now() + zone * 60_000) // 3_600_000 % 24
    record(desk)
    assert daily.is_due(desk, hour=hour) == day
    assert daily.is_due(desk, hour=hour + 1) is None  # nothing happened on the day before
    daily.print_daily(desk, day, tmp_path, progress=going, by=desk.by)
    assert daily.is_due(desk, hour=hour) is None


def test_a_due_day_is_today_from_its_hour_on() -> None:
    noon = 20_000 * 86_400_000 + 12 * 3_600_000
    assert daily.due_day(noon, zone=0, hour=12) == 20_000
    assert daily.due_day(noon - 1, zone=0, hour=12) == 19_999
    assert daily.due_day(noon - 1, zone=60, hour=12) == 20_000
    assert daily.date_of(20_000) == date(2024, 10, 4).isoformat()


def test_the_workbook_has_a_sheet_of_everything_and_no_cell_calculates(desk: Desk, tmp_path: Path) -> None:
    record(desk, name=NAME)
    record(desk, "豫B67890", name=HOSTILE, outcome=Outcome.HELD)
    desk.log.note(HOSTILE, by=desk.by).result()
    desk.matters.raise_(HOSTILE, by=desk.by).result()
    path = tmp_path / "all.xlsx"
    wanted = Wanted((desk.by.shift,), path, masked=False, why="上级要")
    assert write_everything(desk, wanted, progress=lambda _done: True, by=desk.by)
    with zipfile.ZipFile(path) as book:
        names = [name for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
        cells = "".join(book.read(name).decode() for name in names)
        strings = book.read("xl/sharedStrings.xml").decode()
    assert len(names) == 2 + len(TABLES)
    assert "<f>" not in cells
    assert HOSTILE in strings.replace("&apos;", "'")
    assert entries(desk, EXPORTED)[-1]["form"] == "xlsx"


TYPED = "张三说的"


def strings_of(desk: Desk, wanted: Wanted) -> str:
    assert write_everything(desk, wanted, progress=lambda _done: True, by=desk.by)
    with zipfile.ZipFile(wanted.path) as book:
        return book.read("xl/sharedStrings.xml").decode()


def typed_everywhere(desk: Desk) -> None:
    """A shift in which everybody typed the same words wherever words can be typed."""
    by = desk.by
    record(desk, name=NAME)
    desk.log.note(TYPED, by=by).result()
    desk.log.order(TYPED, "12", TYPED, by=by).result()
    incident = desk.log.incident("illness", TYPED, by=by).result()[0].action
    desk.log.report_incident(incident, TYPED, by=by).result()
    desk.log.answer(incident, TYPED, by=by).result()
    desk.log.close(incident, TYPED, by=by).result()
    desk.log.visit(TYPED, agency=TYPED, text=TYPED, by=by).result()
    matter = desk.matters.raise_(TYPED, owner=TYPED, by=by).result()[0].action
    desk.matters.close(matter, TYPED, by=by).result()
    item = desk.stores.declare("水", unit="瓶", equipment=False, due=0, low=5, count=2, by=by).result()
    desk.stores.count(item[0].action, 2, TYPED, by=by).result()


def test_masked_nothing_that_was_typed_leaves_and_the_file_says_so(desk: Desk, tmp_path: Path) -> None:
    typed_everywhere(desk)
    strings = strings_of(desk, Wanted((desk.by.shift,), tmp_path / "masked.xlsx"))
    assert [word for word in (TYPED, NAME) if word in strings] == []
    assert "Masked:" in strings
    assert "王示范" in strings  # who answers for it stands in full


def test_in_full_for_a_reason_what_was_typed_leaves_too(desk: Desk, tmp_path: Path) -> None:
    typed_everywhere(desk)
    whole = Wanted((desk.by.shift,), tmp_path / "whole.xlsx", masked=False, why="上级要")
    strings = strings_of(desk, whole)
    assert [word for word in (TYPED, NAME, "上级要") if word not in strings] == []


def test_names_leave_in_full_for_a_reason_only(desk: Desk, tmp_path: Path) -> None:
    record(desk, name=NAME)
    path = tmp_path / "people.csv"
    with pytest.raises(ViewReasonNeeded):
        write_everything(
            desk, Wanted((desk.by.shift,), path, masked=False), progress=lambda _done: True, by=desk.by
        )
    assert not path.exists()
    whole = Wanted((desk.by.shift,), path, masked=False, why="上级要")
    assert write_everything(desk, whole, progress=lambda _done: True, by=desk.by)
    assert NAME in path.read_text(encoding="utf-8-sig")


def test_an_ended_workbook_leaves_nothing(desk: Desk, tmp_path: Path) -> None:
    record(desk)
    path = tmp_path / "all.xlsx"
    assert not write_everything(
        desk, Wanted((desk.by.shift,), path), progress=lambda _done: False, by=desk.by
    )
    assert list(tmp_path.glob("*.xlsx*")) == []
