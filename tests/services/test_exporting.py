"""Lists that leave the ledger: read back cell by cell, guarded, masked, whole or not at all."""

from __future__ import annotations

import csv
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from string import ascii_uppercase
from xml.etree import ElementTree

import pytest

from checkpoint_app import i18n
from checkpoint_app.documents import sheets
from checkpoint_app.documents.sheets import FileNotWritten
from checkpoint_app.domain.disclosures import EXPORTED
from checkpoint_app.domain.words import OWN_WORDS, Outcome
from checkpoint_app.services import register_form
from checkpoint_app.services.desk import Desk
from checkpoint_app.services.exporting import CSV, XLSX, Export, export
from checkpoint_app.services.viewing import ViewReasonNeeded
from checkpoint_app.storage import queries
from checkpoint_app.storage.rows import CrossingRow
from tests.services.desks import entries, lane_of, scan
from tests.services.recorded import NAME, record

HOSTILE = "=cmd|' /C calc'!A0"
LINK = "http://evil.example/x"


@pytest.fixture
def rows(desk: Desk) -> tuple[CrossingRow, ...]:
    record(desk, "豫A12345", name=NAME)
    record(desk, "豫B67890", name=HOSTILE)
    record(desk, "豫C24680", name=LINK)
    with desk.ledger.reader() as reader:
        return queries.crossings(reader)


def write(desk: Desk, wanted: Export, *, progress: Callable[[int], bool] = lambda _done: True) -> bool:
    viewing = desk.viewing
    return export(wanted, viewing=viewing, by=desk.by, officers={"01": "王示范"}, progress=progress)


def read_csv(path: Path) -> list[dict[str, str]]:
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_a_list_is_read_back_masked_with_the_customary_columns(
    desk: Desk, rows: tuple[CrossingRow, ...], tmp_path: Path
) -> None:
    assert write(desk, Export(rows, tmp_path / "x.csv", CSV))
    lines = read_csv(tmp_path / "x.csv")
    assert tuple(lines[0]) == register_form.head()
    last = lines[-1]
    assert (last["Plate"], last["Name"], last["Document number"]) == ("豫A12345", "张*", "1101**********002X")
    assert (last["Temperature (repeated)"], last["Health code"], last["Outcome"]) == (
        "36.5",
        "Green",
        "Released",
    )
    assert (last["Officer"], last["No."]) == ("王示范", "3")
    (entry,) = entries(desk, EXPORTED)
    assert (entry["count"], entry["masked"], entry["form"]) == (3, True, "csv")
    assert entry["columns"] == list(register_form.CODES)


def test_whoever_was_checked_and_not_named_has_a_line_with_their_checks(desk: Desk, tmp_path: Path) -> None:
    lane = lane_of(desk)
    lane.plate("豫A12345")
    lane.people(3)
    for tenths in (365, 378):
        lane.temperature(tenths)
    scan(lane, 1)
    lane.end(Outcome.TURNED_BACK).written.result()
    with desk.ledger.reader() as reader:
        rows = queries.crossings(reader)
    assert write(desk, Export(rows, tmp_path / "x.csv", CSV))
    lines = read_csv(tmp_path / "x.csv")
    told = [(line["No."], line["Temperature (repeated)"], line["Health code"]) for line in lines]
    assert told == [("1", "36.5", "Green"), ("1", "37.8", "")]


def test_a_reason_that_was_erased_is_told_in_words_also_in_full(desk: Desk, tmp_path: Path) -> None:
    row = replace(record(desk, name=NAME), why=OWN_WORDS, forgotten=True)
    assert write(desk, Export([row], tmp_path / "x.csv", CSV, masked=False, why="lead_asked"))
    (line,) = read_csv(tmp_path / "x.csv")
    assert line["Remarks"] == "In own words Erased after the retention"


def test_a_full_list_needs_a_reason_and_guards_what_would_calculate(
    desk: Desk, rows: tuple[CrossingRow, ...], tmp_path: Path
) -> None:
    path = tmp_path / "x.csv"
    with pytest.raises(ViewReasonNeeded):
        write(desk, Export(rows, path, CSV, masked=False))
    assert not path.exists()
    assert write(desk, Export(rows, path, CSV, masked=False, why="lead_asked"))
    names = [line["Name"] for line in read_csv(path)]
    assert names == [LINK, "'" + HOSTILE, NAME]


def test_without_the_guard_a_name_would_calculate(
    desk: Desk, rows: tuple[CrossingRow, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheets, "guard_cell", str)
    write(desk, Export(rows, tmp_path / "x.csv", CSV, masked=False, why="lead_asked"))
    assert f",{HOSTILE}," in (tmp_path / "x.csv").read_text(encoding="utf-8-sig")


def test_an_excel_file_has_texts_and_numbers_and_neither_formulas_nor_links(
    desk: Desk, rows: tuple[CrossingRow, ...], tmp_path: Path
) -> None:
    path = tmp_path / "x.xlsx"
    assert write(desk, Export(rows, path, XLSX, masked=False, why="lead_asked"))
    with zipfile.ZipFile(path) as book:
        names = book.namelist()
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        strings = ElementTree.fromstring(book.read("xl/sharedStrings.xml"))
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet
    assert not any("externalLink" in name or name.endswith("sheet1.xml.rels") for name in names)
    shared = ["".join(item.itertext()) for item in strings]
    cells = {
        place: shared[int(value)] if 't="s"' in more else value
        for place, more, value in re.findall(r'<c r="([A-Z]+\d+)"([^>]*)><v>(.*?)</v>', sheet)
    }
    column = ascii_uppercase[register_form.CODES.index("name")]
    assert [cells[f"{column}{line}"] for line in (2, 3, 4)] == [LINK, HOSTILE, NAME]
    assert cells["A2"] == "1"


def test_head_and_cells_are_chinese_when_the_program_is(
    desk: Desk, rows: tuple[CrossingRow, ...], tmp_path: Path
) -> None:
    i18n.use("zh_CN")
    try:
        write(desk, Export(rows, tmp_path / "x.csv", CSV))
    finally:
        i18n.use("en")
    last = read_csv(tmp_path / "x.csv")[-1]
    assert (last["车牌"], last["处置"], last["方向"], last["健康码"]) == ("豫A12345", "放行", "入", "绿")


@pytest.mark.parametrize("form", [CSV, XLSX])
def test_an_export_that_is_ended_leaves_nothing(
    desk: Desk, rows: tuple[CrossingRow, ...], tmp_path: Path, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheets, "EVERY", 1)
    folder = tmp_path / "out"
    folder.mkdir()
    told: list[int] = []

    def end_it(done: int) -> bool:
        told.append(done)
        return False

    assert not write(desk, Export(rows, folder / "x", form), progress=end_it)
    assert told == [1]
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("form", [CSV, XLSX])
def test_a_folder_that_cannot_be_written_is_told_and_leaves_nothing(
    desk: Desk, rows: tuple[CrossingRow, ...], tmp_path: Path, form: str
) -> None:
    with pytest.raises(FileNotWritten) as told:
        write(desk, Export(rows, tmp_path / "absent" / "x", form))
    assert told.value.facts["why"]
    readonly = tmp_path / "ro"
    readonly.mkdir()
    (readonly / "x").mkdir()  # a folder stands where the file would: also for the administrator
    with pytest.raises(FileNotWritten):
        write(desk, Export(rows, readonly / "x", form))
    assert [each.name for each in readonly.iterdir()] == ["x"]
