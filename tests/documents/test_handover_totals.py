"""Every total on the sheet, read back from the PDF's text, equals an independent sum over the ledger."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdf
import pytest

from checkpoint_app import i18n
from checkpoint_app.documents.handover import render_handover
from checkpoint_app.domain.report import ShiftReport
from checkpoint_app.services.reporting import Occasion, Sources, report_of
from checkpoint_app.storage.ledger import Ledger
from tests.storage.desks import opened
from tests.storage.shift_oracle import Sums, oracle
from tests.storage.simulated import Simulation

SHORT, LONG, PER_LEDGER = 30, 200, 5
CLASSES = {
    "Car": "car",
    "Bus": "bus",
    "Truck": "truck",
    "Motorcycle": "motorcycle",
    "Special": "special",
    "On foot": "foot",
}
APART = {"Held": "held", "Handed over": "transferred", "Turned back": "turned_back"}
EVIDENCE = ("declared", "seen", "measured", "scanned", "registered", "verified")
COLUMNS = {
    "released": "Released",
    "registered": "Registered",
    "turned_back": "Turnedback",
    "held": "Held",
    "transferred": "Handedover",
    "abandoned": "Leftunfinished",
    "": "Onlycounted",
}
"""Columns of the table of lanes behind vehicles and people; the last two are there when they are needed."""
LANE = r"^(\d+) (In|Out)((?: \d+){7,9})(?: \d+\.\d| —) \d+%$"


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    before = i18n.language()
    i18n.use("en")
    yield
    i18n.use(before)


def text_of(report: ShiftReport) -> str:
    made = render_handover(report)
    assert made is not None
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made[0])).pages]
    return re.sub(r"(?<=\d),(?=\d{3})", "", "\n".join(pages))


def numbers(text: str, pattern: str) -> tuple[int, ...]:
    found = re.search(pattern, text)
    assert found is not None, pattern
    return tuple(map(int, found.groups()))


def read_back(text: str) -> Sums:
    """The sheet's totals in the form of the second opinion; what is not printed stays 0."""
    found = Sums(undone=numbers(text, r"(\d+) crossings were made void")[0])
    counted = re.search(r"applied to them: (\d+) vehicles, (\d+) people", text)
    if counted:
        found.counted_vehicles, found.counted_people = map(int, counted.groups())
    header = re.search(r"^Lane All.*By eye$", text, re.MULTILINE)
    named = header.group().replace(" ", "") if header else ""
    names = [name for name, word in COLUMNS.items() if word in named]
    for lane, way, counts in re.findall(LANE, text, re.MULTILINE):
        key = (int(lane), way.lower())
        vehicles, _people, *rest = map(int, counts.split())
        told = dict(zip(names, rest, strict=True))
        found.lane_counted[key] = told.pop("", 0)
        found.lanes[key] = vehicles - found.lane_counted[key]
        for name, count in told.items():
            found.lane_outcomes[(*key, name)] = count
    for hour, counts in re.findall(r"^(?:\d\d-\d\d )?(\d\d):00–\d\d:00((?: \d+)+)$", text, re.MULTILINE):
        *_lanes, vehicles, people, _back, _held = map(int, counts.split())
        found.hours[int(hour)] += vehicles
        found.hour_people[int(hour)] += people
    for word, kind in CLASSES.items():
        row = re.search(rf"^{word} (\d+) (\d+)$", text, re.MULTILINE)
        found.classes[kind] = int(row.group(1)) if row else 0
    for kind in EVIDENCE:
        row = re.search(
            rf"^{'On register' if kind == 'registered' else kind.title()} (\d+) \d+%$", text, re.MULTILINE
        )
        found.people_by_evidence[kind] = int(row.group(1)) if row else 0
    for way in ("In", "Out"):
        row = re.search(rf"^{way} (\d+) (\d+)$", text, re.MULTILINE)
        found.directions[way.lower()] = int(row.group(1)) if row else 0
    apart = re.search(r"did not go on with a vehicle that did: (.*)\.", text)
    for word, kind in APART.items():
        row = re.search(rf"{word} (\d+)", apart.group(1)) if apart else None
        found.apart[kind] = int(row.group(1)) if row else 0
    return found


def check(text: str, wanted: Sums) -> None:
    found = read_back(text)
    whole, people = wanted.vehicles + wanted.counted_vehicles, wanted.people + wanted.counted_people
    assert numbers(text, r"All vehicles\n(\d+)\n") == (whole,)
    assert numbers(text, r"All people\n(\d+)\n") == (people,)
    assert numbers(text, r"Turned back\n(\d+)\n") == (wanted.outcomes["turned_back"],)
    held, passed_on = wanted.outcomes["held"], wanted.outcomes["transferred"]
    assert numbers(text, r"Held / passed on\n(\d+) / (\d+)\n") == (held, passed_on)
    for name in ("undone", "counted_vehicles", "counted_people"):
        assert getattr(found, name) == getattr(wanted, name), name
    for name in ("lanes", "lane_counted", "classes", "people_by_evidence", "directions", "apart"):
        assert +getattr(found, name) == +getattr(wanted, name), name
    assert +found.lane_outcomes == +wanted.lane_outcomes
    for name in ("hours", "hour_people"):
        by_day: Counter[int] = Counter()
        for hour, count in getattr(wanted, name).items():
            by_day[hour % 24] += count
        assert +getattr(found, name) == +by_day, name


def reports(ledger: Ledger, seed: int) -> Iterator[tuple[ShiftReport, Sums]]:
    shifts = Simulation(ledger, seed).play(PER_LEDGER, most=40)
    sources = Sources("试验站", ledger.reader)
    with ledger.reader() as reader:
        rows = reader.execute("SELECT header, public, personal, lower(hex(hash)) FROM entry ORDER BY id")
        wanted = oracle(rows.fetchall())
    for shift in shifts:
        report = report_of(sources, shift, Occasion("王示范", ledger.now()))
        assert report is not None
        yield report, wanted[shift]


@pytest.mark.parametrize("seed", range(LONG // PER_LEDGER))
def test_totals_on_the_pdf_equal_an_independent_sum(tmp_path: Path, seed: int, *, full_counts: bool) -> None:
    if seed >= SHORT // PER_LEDGER and not full_counts:
        pytest.skip("200 shifts with --long")
    with opened(tmp_path) as ledger:
        for report, wanted in reports(ledger, seed):
            check(text_of(report), wanted)


def test_one_vehicle_more_on_the_sheet_is_noticed(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        report, wanted = next(reports(ledger, 1))
    more = replace(report, figures=replace(report.figures, vehicles=report.figures.vehicles + 1))
    with pytest.raises(AssertionError):
        check(text_of(more), wanted)
    line = replace(report.figures.lanes[0], vehicles=report.figures.lanes[0].vehicles + 1)
    lanes = (line, *report.figures.lanes[1:])
    with pytest.raises(AssertionError):
        check(text_of(replace(report, figures=replace(report.figures, lanes=lanes))), wanted)
