"""`list`: masked, searched, written down when a person is looked up, and safe in a spreadsheet."""

from __future__ import annotations

import csv
import zipfile
from pathlib import Path
from typing import Any

import pytest

from checkpoint_app.cli import record_words
from checkpoint_app.domain import amending, canonical
from checkpoint_app.domain.disclosures import EXPORTED, PEOPLE_LOOKED_UP
from checkpoint_app.domain.facts import CROSSING_AMENDED, OUTCOME_UNDONE, PERSON_VIEWED
from checkpoint_app.services import records
from checkpoint_app.storage import finding, queries, sifting
from checkpoint_app.storage.ledger import Ledger
from tests.cli.desks import WHY, Post


def viewed(post: Post) -> list[Any]:
    return of_kind(post, PERSON_VIEWED)


def of_kind(post: Post, *kinds: str) -> list[Any]:
    records = post.ask("--json", "list", "entries").records
    return [record for record in records if record["kind"] in kinds]


def test_crossings_come_newest_first_with_masked_names(post: Post) -> None:
    records = post.ask("--json", "list", "crossings").records
    assert [record["plate"] for record in records] == ["豫B67890", "豫A12345"]
    assert records[1]["names"] == "张* 李*"
    assert viewed(post) == []


def test_a_reason_in_own_words_is_masked_too(post: Post) -> None:
    masked = post.ask("--json", "list", "crossings").records
    whole = post.ask("--json", "list", "crossings", "--unmask", "--why", WHY).records
    assert {record["why"] for record in masked} == {"own_words"}
    assert {record["why"] for record in whole} == {"test"}


def test_people_are_masked_unless_asked_for_with_a_reason(post: Post) -> None:
    masked = post.ask("--json", "list", "people", "--plate", "12345").records
    assert [record["name"] for record in masked] == ["张*", "李*"]
    assert masked[0]["document"] == "1101**********002X"
    assert viewed(post) == []
    whole = post.ask("--json", "list", "people", "--plate", "12345", "--unmask", "--why", WHY).records
    assert whole[0]["document"] == "11010519491231002X"
    assert [entry["public"]["why"] for entry in viewed(post)] == ["own_words"]


@pytest.mark.parametrize(
    ("option", "fragment"),
    [("--name", "张三"), ("--document", "1101051949"), ("--text", "张三"), ("--text", "A12")],
)
def test_a_person_is_found_by_a_fragment_and_the_look_up_is_written_down(
    post: Post, option: str, fragment: str
) -> None:
    answer = post.ask("--json", "list", "crossings", option, fragment, "--why", WHY)
    assert [record["plate"] for record in answer.records] == ["豫A12345"]
    (entry,) = of_kind(post, PEOPLE_LOOKED_UP)
    assert entry["public"]["why"] == "own_words"
    assert fragment not in str(entry)
    assert viewed(post) == []  # names stayed masked
    with post.opened() as desk, desk.ledger.reader() as reader:
        found = queries.last_of_kind(reader, PEOPLE_LOOKED_UP)
    assert found is not None
    assert found.entry.personal
    assert canonical.decode(found.entry.personal) == {"why": WHY}


def test_what_is_seen_in_full_names_its_crossing(post: Post) -> None:
    post.ask("list", "people", "--plate", "12345", "--unmask", "--why", WHY)
    with post.opened() as desk, desk.ledger.reader() as reader:
        (crossing,) = finding.search(reader, "A12345").rows
    (entry,) = viewed(post)
    assert entry["public"]["ref"]["action"] == crossing.action


def test_a_look_up_in_vain_leaves_an_entry_too(post: Post) -> None:
    assert post.ask("--json", "list", "people", "--name", "赵六", "--why", WHY).records == []
    assert [entry["public"]["kinds"] for entry in of_kind(post, PEOPLE_LOOKED_UP)] == [["name"]]


@pytest.mark.parametrize(
    "words",
    [
        ("crossings", "--name", "张三"),
        ("crossings", "--text", "张三", "--why", "  "),
        ("people", "--unmask"),
        ("entries", "--unmask", "--why", WHY),
        ("shifts", "--plate", "豫A"),
        ("crossings", "--plate", "豫A", "--name", "张三", "--why", WHY),
        ("crossings", "--limit", "0"),
    ],
)
def test_wrong_use_is_told_and_writes_nothing(post: Post, words: tuple[str, ...]) -> None:
    assert post.ask("list", *words).status == 2
    assert viewed(post) == []


def test_while_the_window_writes_plates_are_found_and_people_are_refused(post: Post) -> None:
    with post.opened():
        assert post.ask("--json", "list", "crossings", "--plate", "豫A").records[0]["plate"] == "豫A12345"
        refused = post.ask("list", "people", "--name", "张三", "--why", WHY)
    assert refused.status == 1
    assert refused.out == ""
    assert "process" in refused.err


def test_times_shift_and_limit_narrow_the_list(post: Post) -> None:
    assert len(post.ask("--json", "list", "crossings", "--since", "1h").records) == 2
    assert post.ask("--json", "list", "crossings", "--until", "1h").records == []
    assert len(post.ask("--json", "list", "crossings", "--limit", "1").records) == 1
    assert post.ask("--json", "list", "crossings", "--shift", "none").records == []
    assert post.ask("list", "crossings", "--since", "soon").status == 1


def test_nothing_found_is_status_0(post: Post) -> None:
    answer = post.ask("list", "shifts")
    assert (answer.status, answer.out) == (0, "nothing found\n")


def test_a_spreadsheet_reads_back_what_was_written_and_calculates_nothing(post: Post, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    post.ask("list", "people", "--unmask", "--why", WHY, "--csv", file)
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    with file.open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.DictReader(opened))
    assert [row["Name"] for row in rows] == ["'=cmd|' /C calc'!A0", "王小明", "张三", "李四"]
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values() if cell)


def test_without_the_guard_a_name_would_calculate(
    post: Post, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("checkpoint_app.documents.sheets.guard_cell", str)
    post.ask("list", "people", "--unmask", "--why", WHY, "--csv", tmp_path / "people.csv")
    assert ",=cmd|" in (tmp_path / "people.csv").read_text(encoding="utf-8-sig")


def test_a_table_that_cannot_be_written_is_refused(post: Post, tmp_path: Path) -> None:
    answer = post.ask("--json", "list", "crossings", "--csv", tmp_path / "absent" / "x.csv")
    assert (answer.status, answer.records[0]["error"]) == (1, "FileNotWritten")


def test_headings_are_chinese_when_the_program_is_and_json_keeps_its_names(
    post: Post, tmp_path: Path
) -> None:
    post.ask("--lang", "zh_CN", "list", "crossings", "--csv", tmp_path / "x.csv")
    head = (tmp_path / "x.csv").read_text(encoding="utf-8-sig").splitlines()[0]
    assert head.startswith("条目,日期时间,车道,方向,车牌,车型")
    assert "车牌" in post.ask("--lang", "zh_CN", "list", "crossings").out
    assert "plate" in post.ask("--lang", "zh_CN", "--json", "list", "crossings").records[0]


def test_an_excel_file_in_full_is_written_down_as_an_export(post: Post, tmp_path: Path) -> None:
    file = tmp_path / "people.xlsx"
    assert post.ask("list", "people", "--unmask", "--why", WHY, "--xlsx", file).status == 0
    with zipfile.ZipFile(file) as book:
        assert "王小明" in book.read("xl/sharedStrings.xml").decode()
        assert "<f>" not in book.read("xl/worksheets/sheet1.xml").decode()
    (entry,) = of_kind(post, EXPORTED)
    assert (entry["public"]["form"], entry["public"]["masked"]) == ("xlsx", False)


def test_a_masked_file_is_written_down_as_an_export_and_never_leaves_beside_the_window(
    post: Post, tmp_path: Path
) -> None:
    file = tmp_path / "crossings.csv"
    answer = post.ask("list", "crossings", "--csv", file)
    assert (answer.status, "written in the ledger" in answer.err) == (0, True)
    (entry,) = of_kind(post, EXPORTED)
    assert (entry["public"]["form"], entry["public"]["masked"], entry["public"]["count"]) == ("csv", True, 2)
    with post.opened():
        beside = post.ask("--json", "list", "people", "--xlsx", tmp_path / "people.xlsx")
        assert (beside.status, beside.records[0]["error"]) == (1, "LedgerInUse")
        assert not (tmp_path / "people.xlsx").exists()
        assert post.ask("list", "people").status == 0
    assert len(of_kind(post, EXPORTED)) == 1


@pytest.mark.parametrize(("words", "of"), [((), "sift"), (("--plate", "1234"), "search")])
def test_a_long_list_in_full_is_read_in_steps_of_which_none_holds_the_file(
    post: Post, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], of: str
) -> None:
    whose, small = (sifting, {"step": 2}) if of == "sift" else (finding, {})
    work, reader = getattr(whose, of), Ledger.reader
    opened: list[int] = []
    steps: list[int] = []

    def counted(*given: Any, **named: Any) -> Any:
        steps.append(len(opened))
        return work(*given, **named, **small)

    def read(ledger: Ledger) -> Any:
        opened.append(1)
        return reader(ledger)

    monkeypatch.setattr(whose, of, counted)
    monkeypatch.setattr(records, "STEP_FOUND", 1)
    monkeypatch.setattr(Ledger, "reader", read)
    answer = post.ask("--json", "list", "crossings", "--unmask", "--why", WHY, *words)
    assert (answer.status, answer.records != []) == (0, True)
    assert len(set(steps)) == len(steps) > 1


def test_a_search_for_a_plate_alone_is_no_look_up_and_does_not_say_so(post: Post) -> None:
    answer = post.ask("list", "crossings", "--text", "A1", "--why", WHY)
    assert (answer.status, "look-up" in answer.err) == (0, False)
    assert of_kind(post, PEOPLE_LOOKED_UP) == []


def test_filters_narrow_the_list(post: Post) -> None:
    def count(*words: str) -> int:
        return len(post.ask("--json", "list", "crossings", *words).records)

    assert count("--outcome", "registered", "--lane", "1", "--direction", "in") == 2
    assert count("--outcome", "released") == count("--lane", "2") == count("--officer", "77") == 0
    assert count("--reason", "own_words") == 2
    assert count("--plate", "12345", "--reason", "own_words") == 1
    assert count("--plate", "12345", "--only", "amended") == 0


def test_a_crossing_is_amended_and_made_void_by_its_number(post: Post) -> None:
    row = post.ask("--json", "list", "crossings", "--plate", "12345").records[0]
    words = (
        "amend",
        str(row["seq"]),
        "--people",
        "3",
        "--name",
        "1=张山",
        "--plate",
        "豫A12346",
        "--why",
        WHY,
    )
    assert post.ask("--json", *words).records[0]["kind"] == CROSSING_AMENDED
    now = post.ask("--json", "list", "crossings", "--only", "amended").records[0]
    assert (now["plate"], now["people"], now["state"], now["names"]) == ("豫A12346", 3, "amended", "张* 李*")
    assert post.ask("--json", "void", str(row["seq"]), "--why", "slip").records[0]["kind"] == OUTCOME_UNDONE
    assert post.ask("--json", "void", str(row["seq"]), "--why", "slip").records[0]["error"] == "CrossingVoid"


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (("amend", "1", "--people", "2", "--why", "slip"), "CrossingAbsent"),
        (("void", "99999", "--why", "slip"), "CrossingAbsent"),
        (("amend", "3", "--name", "张山", "--why", "slip"), "NameUnreadable"),
        (("amend", "3", "--why", "slip"), "NothingChanged"),
        (("amend", "3", "--people", "9", "--why", "  "), "AmendReasonNeeded"),
    ],
)
def test_a_correction_that_cannot_be_is_refused(post: Post, words: tuple[str, ...], error: str) -> None:
    number = post.ask("--json", "list", "crossings").records[0]["seq"]
    said = [str(number) if word == "3" else word for word in words]
    answer = post.ask("--json", *said)
    assert (answer.status, answer.records[0]["error"]) == (1, error)
    assert of_kind(post, CROSSING_AMENDED, OUTCOME_UNDONE) == []


@pytest.mark.parametrize("words", [("--people", "-5"), ("--people", "301"), ("--lane", "100")])
def test_a_number_that_no_vehicle_can_have_is_wrong_use_and_writes_nothing(
    post: Post, words: tuple[str, str]
) -> None:
    number = post.ask("--json", "list", "crossings").records[0]["seq"]
    answer = post.ask("amend", str(number), "--to", "师寨镇", *words, "--why", "slip")
    assert (answer.status, of_kind(post, CROSSING_AMENDED)) == (2, [])


def test_the_command_line_takes_the_numbers_that_an_amendment_takes() -> None:
    assert (record_words.MOST_PEOPLE, record_words.MOST_LANES) == (amending.MOST_PEOPLE, amending.MOST_LANES)


def test_a_list_is_of_one_desk_or_station_only(post: Post) -> None:
    assert len(post.ask("--json", "list", "crossings", "--desk", "g107-n-1").records) == 2
    assert len(post.ask("--json", "list", "shifts", "--station", "南大门 G107").records) == 1
    nobody = post.ask("--json", "list", "entries", "--desk", "X005-B-1")
    assert (nobody.status, nobody.records[0]["error"]) == (1, "NobodyCalled")
