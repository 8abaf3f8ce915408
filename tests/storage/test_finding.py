"""Search by fragment: what it can be, in which order it is found, where it stops and goes on."""

from __future__ import annotations

from pathlib import Path

import pytest

from checkpoint_app.domain.crossing import Person
from checkpoint_app.storage import finding
from checkpoint_app.storage.ledger import Ledger
from checkpoint_app.storage.rows import SearchPage
from tests.storage.desks import START, opened
from tests.storage.traffic import DAY, ZHANG, amended, crossed, crossing, flagged

OU = Person(2, "欧阳娜娜", "410105198001011234", "citizen_id", "13912345678")
WANG = Person(1, "王小明", "E12345678", "passport", "")


@pytest.mark.parametrize(
    ("fragment", "kinds"),
    [
        ("豫A", "pn"),
        ("张伟", "pn"),
        ("AB", "pn"),
        ("12", "p"),
        ("1", ""),
        ("", ""),
        ("138", "pit"),
        ("002X", "pi"),
        ("A123", "pi"),
        ("11010519491231002X", "i"),
        ("110105194912310021", "i"),
        ("8613800138000", "it"),
        ("1949123", "pit"),
        ("19491231", "it"),
    ],
)
def test_the_shape_of_a_fragment_says_what_it_may_be(fragment: str, kinds: str) -> None:
    assert "".join(finding.kinds_of(fragment)) == kinds


def search(ledger: Ledger, text: str, **how: int | str | None) -> SearchPage:
    with ledger.reader() as reader:
        return finding.search(reader, text, **how)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    ["豫A", "45", "a·123", "三", "张三"[0:2], "110105", "19491231", "31002X", "002x", "1380013", "8000"],
)
def test_a_crossing_is_found_by_every_kind_of_fragment(tmp_path: Path, text: str) -> None:
    with opened(tmp_path) as ledger:
        ledger.append([crossed(), crossed(crossing(plate="京B99999", people=(WANG,)))]).result()
        found = search(ledger, text).rows
        assert [row.plate for row in found] == ([] if len(text) < 2 else ["豫A12345"])


@pytest.mark.parametrize("text", ["B12345", "石三", "49123", "1012", "3800", "0013", "豫B"])
def test_what_is_not_there_is_not_found(tmp_path: Path, text: str) -> None:
    with opened(tmp_path) as ledger:
        ledger.append([crossed()]).result()
        assert search(ledger, text).rows == ()


def test_somebody_in_the_back_seat_is_found_by_any_part_of_the_name(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        ledger.append([crossed(crossing(people=(ZHANG, OU)))]).result()
        assert all(search(ledger, text).rows for text in ("欧阳", "阳娜", "娜娜", "欧阳娜娜"))


def test_the_newest_come_first_over_days_and_within_one(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        times = [START - DAY, START, START + 60_000, START - 3 * DAY]
        ledger.append([crossed(crossing(plate=f"豫A0000{n}"), at=at) for n, at in enumerate(times)]).result()
        plates = [row.plate[-1] for row in search(ledger, "豫A").rows]
        assert plates == ["2", "1", "0", "3"]


def test_it_stops_at_the_limit_and_says_so(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        ledger.append([crossed(crossing(plate=f"豫A1111{n}")) for n in range(9)]).result()
        page = search(ledger, "111", limit=5)
        assert ([row.plate[-1] for row in page.rows], page.full) == (["8", "7", "6", "5", "4"], True)
        page = search(ledger, "111", limit=9)
        assert (len(page.rows), page.full, page.further) == (9, False, None)


def test_after_sixty_days_with_entries_it_asks_whether_to_go_on(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        days = [START - 2 * n * DAY for n in range(finding.DAYS + 3)]
        ledger.append([crossed(at=at) for at in days]).result()
        page = search(ledger, "12345", limit=100)
        assert (len(page.rows), page.full) == (finding.DAYS, False)
        rest = search(ledger, "12345", limit=100, before_day=page.further)
        assert (len(rest.rows), rest.further) == (3, None)


def test_a_flag_leads_to_the_crossing_it_ended_in_and_stands_alone_without_one(tmp_path: Path) -> None:
    ended, left = crossing(plate="豫A00001"), crossing(plate="豫A00002")
    with opened(tmp_path) as ledger:
        ledger.append([flagged(ended), flagged(left), crossed(ended)]).result()
        assert [(row.plate, row.kind) for row in search(ledger, "豫A").rows] == [
            ("豫A00001", "vehicle_crossed"),
            ("豫A00002", "check_flagged"),
        ]


def test_an_amended_plate_is_found_under_both_and_shown_as_corrected(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        (written,) = ledger.append([crossed()]).result()
        ledger.append([amended(written, personal={"plate": "豫B77777"})]).result()
        assert search(ledger, "B777").rows == search(ledger, "A123").rows
        (row,) = search(ledger, "A123").rows
        assert (row.plate, row.amended, row.persons) == ("豫B77777", True, (ZHANG,))


def test_a_search_may_be_narrowed_to_one_kind(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        ledger.append([crossed(), crossed(crossing(plate="豫A13800", people=()))]).result()
        assert len(search(ledger, "138").rows) == 2
        assert [row.plate for row in search(ledger, "138", kinds="t").rows] == ["豫A12345"]


def test_an_empty_ledger_finds_nothing(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        assert search(ledger, "豫A") == SearchPage(())
