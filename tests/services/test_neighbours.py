"""Two desks of one station: bundles through a shared folder, one handover over both, what is missing said."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from checkpoint_app.documents.handover import render_handover
from checkpoint_app.documents.line_words import words_of
from checkpoint_app.domain.desk_lines import QUIET
from checkpoint_app.services import neighbours
from checkpoint_app.services.board import BoardReading
from checkpoint_app.services.desk import Desk
from checkpoint_app.services.neighbours import NoFolder, NoNeighbours
from checkpoint_app.services.reporting import Occasion, report_of, sources_of
from checkpoint_app.services.summary import summary_text
from checkpoint_app.storage.desk_lines import signed_lines
from checkpoint_app.ui import board_rows
from tests.documents.reading import flat
from tests.services.desks import entries
from tests.services.handing import answer_all, begin, close, sign_both
from tests.services.recorded import record
from tests.services.stations import know, station
from tests.storage.desks import Clock

FIRST, SECOND = "G107-N-1", "G107-N-2"
MINUTE = 60_000


@dataclass(frozen=True)
class Pair:
    """The lead's desk and the other one; the folder between them."""

    lead: Desk
    other: Desk
    folder: Path
    clock: Clock


@pytest.fixture
def pair(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Pair]:
    monkeypatch.setattr("checkpoint_app.services.watching._is_old", lambda _changed: True)
    clock, folder = Clock(), tmp_path / "shared"
    folder.mkdir()
    with ExitStack() as stack:
        lead, other = (
            stack.enter_context(station(tmp_path / name, name, clock=clock)) for name in (FIRST, SECOND)
        )
        for desk in (lead, other):
            desk.settings = replace(desk.settings, station="G107　南大门", exchange_folder=str(folder))
        know(lead, other)
        yield Pair(lead, other, folder, clock)


def cross(desk: Desk, count: int, *, lane: int = 1) -> None:
    for number in range(count):
        record(desk, f"豫A{number:05}", lane=lane)


def both_exchange(pair: Pair) -> None:
    """Each sends; the second look takes what the other left at the first."""
    for desk in (pair.other, pair.lead, pair.other):
        desk.neighbours.exchange(by=desk.by)


def test_the_lead_hands_over_what_both_desks_did(pair: Pair) -> None:
    cross(pair.lead, 2)
    cross(pair.other, 3, lane=2)
    pair.clock.pass_by(MINUTE)
    both_exchange(pair)
    shift = begin(pair.lead)
    (line,) = [each for each in pair.lead.handovers.standing(shift).lines if each.about == "desk"]
    assert (line.key, line.facts["vehicles"]) == (f"desk:{SECOND}", 3)
    answer_all(pair.lead, shift)
    sign_both(pair.lead, shift)
    close(pair.lead, shift)
    (closed,) = entries(pair.lead, "shift_closed")
    assert closed["totals"]["vehicles"] == 2
    assert closed["totals"]["desks"][SECOND]["vehicles"] == 3
    assert closed["handover"]["totals"]["desks"] == closed["totals"]["desks"]
    report = report_of(sources_of(pair.lead), shift, Occasion())
    assert report is not None
    assert (report.all_vehicles, report.figures.all_vehicles) == (5, 2)
    assert [(lane.desk, lane.lane, lane.vehicles) for lane in report.lanes] == [("", 1, 2), (SECOND, 2, 3)]


def test_what_comes_after_the_handover_is_in_the_next_one_and_changes_no_sheet(pair: Pair) -> None:
    cross(pair.other, 2, lane=2)
    pair.clock.pass_by(MINUTE)
    both_exchange(pair)
    cross(pair.other, 1, lane=2)
    pair.clock.pass_by(MINUTE)
    first = begin(pair.lead)
    answer_all(pair.lead, first)
    sign_both(pair.lead, first)
    close(pair.lead, first)
    pair.clock.pass_by(MINUTE)
    both_exchange(pair)
    second = pair.lead.by.shift
    with pair.lead.ledger.reader() as reader:
        assert [line.vehicles for line in signed_lines(reader, first)] == [2]
    report = report_of(sources_of(pair.lead), second, Occasion(at=pair.lead.ledger.now()))
    again = report_of(sources_of(pair.lead), first, Occasion())
    assert report is not None
    assert again is not None
    assert [(each.vehicles, each.late) for each in report.desks] == [(1, 1)]
    assert [each.vehicles for each in again.desks] == [2]


def test_a_desk_that_is_missed_stands_on_the_sheet_with_numbers_and_time(pair: Pair) -> None:
    cross(pair.other, 2, lane=2)
    pair.clock.pass_by(MINUTE)
    both_exchange(pair)
    cross(pair.other, 4, lane=2)
    pair.other.neighbours.exchange(by=pair.other.by)
    lost = max(pair.folder.glob(f"{SECOND}_*"), key=lambda path: int(path.name.split("_")[1].split("-")[0]))
    lost.unlink()
    pair.clock.pass_by(MINUTE)
    cross(pair.other, 1, lane=2)
    both_exchange(pair)
    (standing,) = pair.lead.neighbours.standing()
    (missing,) = standing.missing
    assert standing.desk == SECOND
    assert missing.last - missing.first >= 3
    assert missing.since > 0
    report = report_of(sources_of(pair.lead), pair.lead.by.shift, Occasion(at=pair.lead.ledger.now()))
    assert report is not None
    assert [each.code for each in report.notices][:1] == ["desk_missing"]
    rendered = render_handover(report)
    assert rendered is not None
    text = flat(rendered[0])
    assert f"{missing.first:,}–{missing.last:,}" in text
    line = next(
        each for each in pair.lead.handovers.standing(pair.lead.by.shift).lines if each.about == "desk"
    )
    assert words_of(line, names={}, now=pair.clock.wall, zone=480).grave


def test_a_silent_desk_is_told_since_when_and_one_that_works_is_not(pair: Pair) -> None:
    cross(pair.other, 1, lane=2)
    pair.clock.pass_by(MINUTE)
    both_exchange(pair)
    assert [each.quiet for each in pair.lead.neighbours.standing()] == [False]
    heard = pair.lead.neighbours.standing()[0].heard
    pair.clock.pass_by(QUIET + 2 * MINUTE)
    assert [(each.quiet, each.heard) for each in pair.lead.neighbours.standing()] == [(True, heard)]


def test_by_the_clock_a_bundle_goes_when_something_happened_and_now_and_then_when_nothing_did(
    pair: Pair,
) -> None:
    other = pair.other.neighbours
    pair.clock.pass_by(MINUTE)
    assert other.tick()
    pair.clock.pass_by(5 * MINUTE)
    assert not other.tick()
    cross(pair.other, 1, lane=2)
    pair.clock.pass_by(5 * MINUTE)
    assert other.tick()
    pair.clock.pass_by(MINUTE)
    assert not other.tick()
    pair.clock.pass_by(neighbours.HEARTBEAT)
    assert other.tick()


def test_a_folder_that_is_gone_stops_nobody_and_is_tried_again(pair: Pair) -> None:
    pair.clock.pass_by(10 * MINUTE)
    kept, gone = pair.other.settings, str(pair.folder / "gone" / "x")
    pair.other.settings = replace(kept, exchange_folder=f"{gone}")
    (pair.folder / "gone").write_text("")
    assert not pair.other.neighbours.tick()
    pair.other.settings = kept
    pair.clock.pass_by(10 * MINUTE)
    assert pair.other.neighbours.tick()


def test_with_no_folder_or_no_other_desk_nothing_is_sent(pair: Pair) -> None:
    pair.lead.settings = replace(pair.lead.settings, exchange_folder="")
    with pytest.raises(NoFolder):
        pair.lead.neighbours.exchange(by=pair.lead.by)
    pair.lead.settings = replace(pair.lead.settings, exchange_folder=str(pair.folder), station="北门")
    with pytest.raises(NoNeighbours):
        pair.lead.neighbours.exchange(by=pair.lead.by)
    assert not pair.lead.neighbours.tick()


def test_the_board_has_the_lanes_of_the_other_desk_as_far_as_they_are_here(pair: Pair) -> None:
    cross(pair.other, 3, lane=2)
    pair.clock.pass_by(MINUTE)
    both_exchange(pair)
    now = pair.lead.ledger.now()
    shift = pair.lead.duty.current()
    assert shift is not None
    with pair.lead.ledger.reader() as reader:
        board = BoardReading(FIRST).read(reader, shift, now=now, zone=480, working=1, others=(SECOND,))
    (other,) = board.others
    assert [(lane.lane, lane.vehicles) for lane in other.lanes] == [(2, 3)]
    assert other.whole
    assert not board.lanes
    (row,) = board_rows.other_rows(board.others)
    assert (row.name, row.vehicles, row.now.tone) == (f"{SECOND} 2", "3", "good")
    (late,) = board_rows.other_rows((replace(other, quiet=True),))
    assert late.now.tone == "warn"


def test_the_message_for_a_group_is_of_the_whole_station_and_says_what_is_not_here(pair: Pair) -> None:
    cross(pair.lead, 2)
    cross(pair.other, 3, lane=2)
    pair.clock.pass_by(MINUTE)
    both_exchange(pair)
    report = report_of(sources_of(pair.lead), pair.lead.by.shift, Occasion(at=pair.lead.ledger.now()))
    assert report is not None
    assert "5" in summary_text(report)
    assert SECOND not in summary_text(report)
    missed = replace(report, desks=tuple(replace(each, heard=0) for each in report.desks))
    assert SECOND in summary_text(missed)
