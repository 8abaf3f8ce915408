"""One crossing on paper: its text read back, kept when no printer takes it, nothing blocked."""

from __future__ import annotations

import shutil
import stat
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from checkpoint_app.documents.crossing import render
from checkpoint_app.documents.files import PaperNotWritten
from checkpoint_app.domain.amending import Changes
from checkpoint_app.domain.chain import head_text, parse_head
from checkpoint_app.domain.passengers import Passenger
from checkpoint_app.domain.words import Outcome
from checkpoint_app.services import printing
from checkpoint_app.services.desk import Desk
from checkpoint_app.services.printing import (
    NoPrinter,
    Occasion,
    PrintRefused,
    keep,
    paper,
    print_crossing,
)
from checkpoint_app.services.retention import PRINTED
from checkpoint_app.storage.rows import Convoy, HistoryRow
from tests.services.desks import lane_of
from tests.services.recorded import NAME, amend, newest, record, told

HOSTILE = "<b>&amp;</b><img src='file:///etc/passwd'/>"


@pytest.fixture
def whole(desk: Desk) -> HistoryRow:
    row = record(desk, name=NAME, why="老人走错路")
    amend(desk, row, Changes(people=2, destination="师寨镇"), why="录重")
    desk.ledger.seal("handover").result()
    return told(desk, row)


def occasion(desk: Desk, *, masked: bool = True) -> Occasion:
    head = desk.ledger.head()
    return Occasion("试验站", head.desk, "王示范", desk.ledger.now(), 480, head, masked=masked)


def text_of(data: bytes, tmp_path: Path) -> str:
    program = shutil.which("pdftotext")
    if program is None:
        pytest.skip("no pdftotext")
    file = tmp_path / "read.pdf"
    file.write_bytes(data)
    read = subprocess.run([program, "-layout", str(file), "-"], capture_output=True, check=True)
    return read.stdout.decode()


def test_the_sheet_says_what_was_recorded_masked_with_head_and_page(
    desk: Desk, whole: HistoryRow, tmp_path: Path
) -> None:
    text = text_of(render(paper(whole, occasion(desk))), tmp_path)
    for words in ("豫A12345", "张*", "1101**********002X", "师寨镇", "People 1 → 2", "Page 1 of 1", "王示范"):
        assert words in text
    for hidden in (NAME, "11010519491231002X", "老人走错路", "录重"):
        assert hidden not in text
    groups = desk.ledger.head().hash.upper()
    assert "   ".join(groups[n : n + 4] for n in range(0, 16, 4)).replace("   ", "") in text.replace(" ", "")


def test_whoever_did_not_go_on_with_the_vehicle_is_told_with_their_outcome(desk: Desk) -> None:
    lane = lane_of(desk)
    lane.plate("豫A12345")
    lane.people(3)
    lane.person_outcome(2, Outcome.HELD, why="发烧王某")
    lane.end(Outcome.TURNED_BACK).written.result()
    sheet = paper(told(desk, newest(desk)), occasion(desk))
    (person,) = [value for value in sheet.values if value.label == "Person 2"]
    assert person.text == "Held · In own words"
    full = paper(told(desk, newest(desk)), occasion(desk, masked=False))
    assert "Held · 发烧王某" in {value.text for value in full.values}


def test_a_seat_is_told_as_a_seat_and_not_as_another_figure_of_the_number(desk: Desk) -> None:
    lane = lane_of(desk)
    lane.plate("豫A12345")
    lane.bus()
    lane.passengers((Passenger("1", NAME, "11010519491231002X"),))
    lane.end(Outcome.TURNED_BACK).written.result()
    sheet = paper(told(desk, newest(desk)), occasion(desk, masked=False))
    (person,) = [value for value in sheet.values if value.label == "Person 1"]
    assert person.text == f"{NAME}  11010519491231002X  seat 1"


def test_a_sheet_is_as_old_as_its_crossing_so_that_it_is_forgotten_with_it(
    desk: Desk, whole: HistoryRow, tmp_path: Path
) -> None:
    path = keep(whole, occasion(desk), folder=tmp_path)
    assert path.stat().st_mtime_ns // 1_000_000 == whole.now.happened


def test_a_copy_never_takes_the_place_of_one_that_is_still_there(
    desk: Desk, whole: HistoryRow, tmp_path: Path
) -> None:
    first, second = (keep(whole, occasion(desk), folder=tmp_path) for _ in range(2))
    first.unlink()
    third = keep(whole, occasion(desk), folder=tmp_path)
    assert second.exists()
    assert third not in {first, second}


def test_the_service_of_a_bus_and_the_place_in_a_convoy_are_on_the_sheet(desk: Desk) -> None:
    row = replace(record(desk), service="K108", convoy=Convoy("a" * 32, 2, 3))
    history = replace(told(desk, record(desk)), now=row)
    found = {value.label: value.text for value in paper(history, occasion(desk)).values}
    assert (found["Service"], found["Convoy"]) == ("K108", "2/3")
    plain = {value.label for value in paper(told(desk, record(desk)), occasion(desk)).values}
    assert not {"Service", "Convoy"} & plain


def test_in_full_it_says_the_names(desk: Desk, whole: HistoryRow, tmp_path: Path) -> None:
    text = text_of(render(paper(whole, occasion(desk, masked=False))), tmp_path)
    assert NAME in text
    assert "老人走错路" in text


def test_a_name_is_never_markup(desk: Desk, whole: HistoryRow, tmp_path: Path) -> None:
    row = replace(whole.now, destination=HOSTILE, persons=(replace(whole.now.persons[0], name=HOSTILE),))
    sheet = paper(replace(whole, now=row), occasion(desk, masked=False))
    text = text_of(render(sheet), tmp_path)
    assert "<b>&amp;</b>" in text


def test_a_long_history_takes_more_sheets_with_their_numbers(
    desk: Desk, whole: HistoryRow, tmp_path: Path
) -> None:
    sheet = paper(whole, occasion(desk))
    text = text_of(render(replace(sheet, lines=sheet.lines * 30)), tmp_path)
    assert "Page 1 of " in text
    assert "Page 1 of 1\n" not in text
    pages = text.count("Page ")
    assert f"Page {pages} of {pages}" in text


def test_the_code_is_the_head_that_verify_takes(desk: Desk, whole: HistoryRow) -> None:
    sheet = paper(whole, occasion(desk))
    assert parse_head(sheet.head) == desk.ledger.head()
    assert sheet.head == head_text(desk.ledger.head())


def test_the_file_is_kept_for_its_owner_alone_and_reprints_are_numbered(
    desk: Desk, whole: HistoryRow, tmp_path: Path
) -> None:
    taken: list[Path] = []
    first = print_crossing(
        whole, occasion(desk), folder=tmp_path, viewing=desk.viewing, by=desk.by, send=taken.append
    )
    second = print_crossing(
        whole, occasion(desk), folder=tmp_path, viewing=desk.viewing, by=desk.by, send=taken.append
    )
    assert taken == [first, second]
    assert (first.parent.name, first.name[-6:], second.name[-6:]) == (PRINTED, "-1.pdf", "-2.pdf")
    assert not any(text in first.name for text in ("豫", "12345", "张"))
    if sys.platform != "win32":
        assert stat.S_IMODE(first.stat().st_mode) == 0o600
        assert stat.S_IMODE(first.parent.stat().st_mode) == 0o700


def test_without_a_printer_the_sheet_is_kept_and_said(
    desk: Desk, whole: HistoryRow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setattr("shutil.which", lambda _name: None)
    with pytest.raises(NoPrinter) as refused:
        print_crossing(whole, occasion(desk), folder=tmp_path, viewing=desk.viewing, by=desk.by)
    assert Path(str(refused.value.facts["path"])).read_bytes().startswith(b"%PDF")


@pytest.mark.skipif(sys.platform == "win32", reason="the shell's print verb has no exit status")
@pytest.mark.parametrize(
    ("script", "refusal"),
    [
        ("echo 'lp: Error - no default destination available.' >&2; exit 1", NoPrinter),
        ("echo 'lp: Forbidden' >&2; exit 1", PrintRefused),
        ("sleep 5", PrintRefused),
        ("exit 0", None),
    ],
)
def test_what_the_systems_printing_answers_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, refusal: type[Exception] | None
) -> None:
    program = tmp_path / "lp"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o700)
    monkeypatch.setattr("shutil.which", lambda _name: str(program))
    monkeypatch.setattr(printing, "PATIENCE", 0.3)
    if refusal is None:
        printing.send_to_printer(tmp_path / "x.pdf")
        return
    with pytest.raises(refusal):
        printing.send_to_printer(tmp_path / "x.pdf")


def test_a_folder_that_cannot_be_made_is_told(desk: Desk, whole: HistoryRow, tmp_path: Path) -> None:
    (tmp_path / PRINTED).write_text("in the way")
    with pytest.raises(PaperNotWritten):
        keep(whole, occasion(desk), folder=tmp_path)
